/** One functions host of a run, behind proxies of its own. It is started again whenever it dies. */
import type { WriteStream } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readLocalSettings } from '../../local/host/settings.ts';
import { addressSettings } from '../../local/cloud/environment.ts';
import { startBrokerProxy, type BrokerProxy } from './broker-proxy.ts';
import { graphCallKind, tableCallKind } from './call-kinds.ts';
import { startHttpProxy, type Proxy } from './http-proxy.ts';
import { EndedBeforeReady, READY_WITHIN_MS, startProcess, type RunProcess } from './process.ts';
import type { CallKind, Strike, Strikes } from './strikes.ts';
import type { WorldClock } from './world-clock.ts';

const APP_DIR = fileURLToPath(new URL('../../', import.meta.url));
/** Between death and the next start, as a platform needs. */
const PAUSE_MS = 1_000;
/** The host itself gives what runs 30 s, and then closes its connections. */
const PLATFORM_GRACE_MS = 90_000;

export interface HostOptions {
  readonly index: number;
  readonly clock: WorldClock;
  readonly strikes: Strikes;
  readonly ports: { readonly graph: number; readonly tables: number; readonly broker: number };
  readonly log: WriteStream;
  /** How wrong the clock is of the process that is started now. */
  readonly skewMs: () => number;
  readonly areTablesDown: () => boolean;
}

export class ChaosHost {
  readonly index: number;
  readonly #options: HostOptions;
  readonly #proxies: { readonly graph: Proxy; readonly tables: Proxy; readonly broker: BrokerProxy };
  #process: RunProcess | undefined;
  #isOver = false;
  #alive: Promise<void> = Promise.resolve();

  private constructor(options: HostOptions, proxies: { graph: Proxy; tables: Proxy; broker: BrokerProxy }) {
    this.index = options.index;
    this.#options = options;
    this.#proxies = proxies;
  }

  static async start(options: HostOptions): Promise<ChaosHost> {
    const { clock, strikes, index, ports } = options;
    const later: { host?: ChaosHost } = {};
    const kill = (): void => later.host?.kill();
    const take = (kind: CallKind): Strike | undefined => strikes.take(kind, index);
    const busy = (): (() => void) => clock.busy();
    const url = (port: number): URL => new URL(`http://127.0.0.1:${port}`);
    const takeTables = (kind: CallKind): Strike | undefined =>
      options.areTablesDown() ? { kind, skip: 0, when: 'before', what: 503 } : take(kind);
    const host = new ChaosHost(options, {
      graph: await startHttpProxy({ target: url(ports.graph), kindOf: graphCallKind, take, kill, busy }),
      tables: await startHttpProxy({ target: url(ports.tables), kindOf: tableCallKind, take: takeTables, kill, busy }),
      broker: await startBrokerProxy({
        brokerPort: ports.broker,
        take: () => take('broker'),
        kill,
        moved: () => clock.moved(),
      }),
    });
    later.host = host;
    await host.#begin();
    host.#alive = host.#keepAlive();
    return host;
  }

  /** Where it listens; undefined while it is down. */
  get url(): string | undefined {
    return this.#process?.isAlive() === true ? `http://127.0.0.1:${this.#process.port}/api` : undefined;
  }

  kill(): void {
    this.#process?.child.kill('SIGKILL');
  }

  /** SIGTERM: it takes nothing new and finishes what runs. Like a platform, does not wait for that for ever. */
  async terminate(): Promise<void> {
    const ending = this.#process;
    ending?.child.kill('SIGTERM');
    await this.#options.clock.wait(PLATFORM_GRACE_MS);
    if (ending?.isAlive() !== true) return;
    this.#options.strikes.count('terminated in vain, killed');
    ending.child.kill('SIGKILL');
  }

  /** Stands still for a while, as a process on a starved machine. */
  async freeze(milliseconds: number): Promise<void> {
    const frozen = this.#process;
    frozen?.child.kill('SIGSTOP');
    await this.#options.clock.wait(milliseconds);
    frozen?.child.kill('SIGCONT');
  }

  dropBroker(): void {
    this.#proxies.broker.drop();
  }

  async stop(): Promise<void> {
    this.#isOver = true;
    this.kill();
    await this.#process?.gone;
    await this.#alive;
    await Promise.all(Object.values(this.#proxies).map((proxy) => proxy.close()));
  }

  async #keepAlive(): Promise<void> {
    while (!this.#isOver) {
      await this.#process?.gone;
      if (this.#isOver) return;
      await this.#options.clock.wait(PAUSE_MS);
      await this.#begin().catch((error: unknown) => {
        if (!(error instanceof EndedBeforeReady)) throw error;
      });
    }
  }

  async #begin(): Promise<void> {
    const { clock, log } = this.#options;
    const over = clock.busy(READY_WITHIN_MS);
    try {
      this.#process = await startProcess({
        entry: 'host/main.ts',
        args: ['--app-dir', APP_DIR],
        clock: clock.file,
        skewMs: this.#options.skewMs(),
        env: this.#environment(),
        log,
      });
      if (this.#isOver) this.kill();
    } finally {
      over();
    }
  }

  #environment(): NodeJS.ProcessEnv {
    const { graph, tables, broker } = this.#proxies;
    return {
      ...readLocalSettings(APP_DIR),
      ...addressSettings({ api: 0, graph: graph.port, tables: tables.port, broker: broker.port }),
      LOCAL_LOG: 'verbose',
    };
  }
}
