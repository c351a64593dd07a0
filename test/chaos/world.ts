/**
 * Everything of one run: Graph, tables and broker as processes of their own, functions hosts behind proxies, one clock.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultQueueNames } from '../../local/broker/broker.ts';
import type { ControlAnswer } from '../../local/broker/control.ts';
import { askBroker } from './ask-broker.ts';
import type { Fault as BrokerFault } from '../../local/broker/faults.ts';
import type { Random } from '../../local/graph/random.ts';
import { ChaosHost } from './host.ts';
import { openLog, READY_WITHIN_MS, startProcess, type RunProcess } from './process.ts';
import { Strikes } from './strikes.ts';
import { WorldClock } from './world-clock.ts';

export interface WorldOptions {
  readonly seed: number;
  readonly hosts: number;
  readonly guests: number;
  readonly lockSeconds: number;
  readonly detectsDuplicates: boolean;
  /** How wrong a host's clock may be, in ms, either way. */
  readonly skewMs: number;
  readonly random: Random;
}

type Parts = Readonly<Record<'graph' | 'tables' | 'broker', RunProcess>>;

/** Messages that may be copied at a time. */
const COPIES = 20;

export class World {
  readonly clock: WorldClock;
  readonly strikes: Strikes;
  readonly hosts: readonly ChaosHost[];
  areTablesDown = false;
  readonly #directory: string;
  readonly #parts: Parts;

  private constructor(
    clock: WorldClock,
    strikes: Strikes,
    directory: string,
    parts: Parts,
    hosts: readonly ChaosHost[],
  ) {
    this.clock = clock;
    this.strikes = strikes;
    this.#directory = directory;
    this.#parts = parts;
    this.hosts = hosts;
  }

  static async start(options: WorldOptions): Promise<World> {
    const clock = new WorldClock();
    const strikes = new Strikes();
    const directory = mkdtempSync(join(tmpdir(), 'chaos-'));
    const log = openLog(join(directory, 'parts.log'));
    const part = (name: string, args: readonly string[]): Promise<RunProcess> =>
      startProcess({ entry: `${name}/main.ts`, args, clock: clock.file, log });
    const over = clock.busy(READY_WITHIN_MS);
    const [graph, tables, broker] = await Promise.all([
      part('graph', ['--port', '0', '--guests', String(options.guests), '--seed', String(options.seed)]),
      part('tables', ['--port', '0']),
      part('broker', [
        '--port',
        '0',
        '--lock-seconds',
        String(options.lockSeconds),
        ...(options.detectsDuplicates ? [] : ['--duplicate-seconds', '0']),
      ]),
    ]);
    const later: { world?: World } = {};
    const hosts = await Promise.all(
      Array.from({ length: options.hosts }, (_, index) =>
        ChaosHost.start({
          index,
          clock,
          strikes,
          ports: { graph: graph.port, tables: tables.port, broker: broker.port },
          log: openLog(join(directory, 'hosts.log')),
          skewMs: () => Math.round((options.random.fraction() * 2 - 1) * options.skewMs),
          areTablesDown: () => later.world?.areTablesDown ?? false,
        }),
      ),
    );
    over();
    later.world = new World(clock, strikes, directory, { graph, tables, broker }, hosts);
    return later.world;
  }

  /** Asks the simulator. */
  async sim<T>(method: string, path: string, body?: object): Promise<T> {
    const response = await fetch(`http://127.0.0.1:${this.#parts.graph.port}/_sim${path}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }

  async planBrokerFault(fault: BrokerFault): Promise<void> {
    await askBroker(this.#parts.broker.child, { kind: 'plan', fault });
  }

  async clearBrokerFaults(): Promise<void> {
    await askBroker(this.#parts.broker.child, { kind: 'clearFaults' });
  }

  async queueCounts(): Promise<Extract<ControlAnswer, { kind: 'counts' }>['queues']> {
    const answer = await askBroker(this.#parts.broker.child, { kind: 'counts' });
    if (answer.kind !== 'counts') throw new Error(`the broker answered ${answer.kind}`);
    return answer.queues;
  }

  /** Delivers messages that wait once more, in another order and at once. @returns how many */
  async copyMessages(random: Random): Promise<number> {
    const count = 1 + random.below(COPIES);
    let copied = 0;
    for (const queue of defaultQueueNames) {
      const answer = await askBroker(this.#parts.broker.child, { kind: 'copyWaiting', queue, count });
      if (answer.kind !== 'copied') throw new Error(`the broker answered ${answer.kind}`);
      copied += answer.messages;
    }
    return copied;
  }

  /** Of the tables, to look into them. */
  get tablesPort(): number {
    return this.#parts.tables.port;
  }

  /** All that the hosts have logged. */
  hostLog(): string {
    return readFileSync(join(this.#directory, 'hosts.log'), 'utf8');
  }

  /** Where the logs are, if they are kept. */
  get directory(): string {
    return this.#directory;
  }

  async stop(keepLogs: boolean): Promise<void> {
    await Promise.all(this.hosts.map((host) => host.stop()));
    await Promise.all(
      Object.values(this.#parts).map(async ({ child, gone }) => {
        child.kill('SIGKILL');
        await gone;
      }),
    );
    this.clock.stop();
    if (!keepLogs && process.env['KEEP_LOGS'] === undefined) rmSync(this.#directory, { recursive: true });
  }
}
