/** Counts what a functions host asks of its services, between the two, and tells the clock that somebody moves. */
import { startBrokerProxy } from '../chaos/broker-proxy.ts';
import { tableCallKind } from '../chaos/call-kinds.ts';
import { startHttpProxy } from '../chaos/http-proxy.ts';
import type { StageClock } from './stage-clock.ts';

export interface StagePorts {
  readonly graph: number;
  readonly tables: number;
  readonly broker: number;
}

export interface CountingWay {
  readonly ports: StagePorts;
  /** Table requests so far, by kind. */
  readonly tableCalls: ReadonlyMap<string, number>;
  close(): Promise<void>;
}

/** One way from one host to the services. */
export async function startCountingWay(clock: StageClock, services: StagePorts): Promise<CountingWay> {
  const tableCalls = new Map<string, number>();
  const nobody = { take: () => undefined, kill: () => undefined };
  const url = (port: number): URL => new URL(`http://127.0.0.1:${port}`);
  const moved = (): (() => void) => {
    clock.moved();
    return () => clock.moved();
  };
  const [graph, tables, broker] = await Promise.all([
    // A call to Graph is mostly waiting: the clock may move meanwhile.
    startHttpProxy({ target: url(services.graph), kindOf: () => 'call', ...nobody, busy: moved }),
    startHttpProxy({
      target: url(services.tables),
      ...nobody,
      busy: () => clock.busy(),
      kindOf(method, path, body) {
        const kind = kindOfTableCall(method, path, body);
        tableCalls.set(kind, (tableCalls.get(kind) ?? 0) + 1);
        return kind;
      },
    }),
    startBrokerProxy({ brokerPort: services.broker, ...nobody, moved: () => clock.moved() }),
  ]);
  return {
    ports: { graph: graph.port, tables: tables.port, broker: broker.port },
    tableCalls,
    close: async () => {
      await Promise.all([graph, tables, broker].map((proxy) => proxy.close()));
    },
  };
}

/** Making the tables at the start belongs to no reset. */
function kindOfTableCall(method: string, path: string, body: string): string {
  return /\/Tables(\(|\?|$)/.test(path) ? 'createTable' : tableCallKind(method, path, body);
}
