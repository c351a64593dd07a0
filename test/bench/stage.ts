/**
 * One run's cloud: simulator, tables and broker as processes of their own, a functions host where one is wanted, one
 * clock.
 */
import { createWriteStream, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addressSettings } from '../../local/cloud/environment.ts';
import type { TableStore } from '../../local/tables/store.ts';
import { askBroker } from '../chaos/ask-broker.ts';
import { READY_WITHIN_MS, startProcess, type RunProcess } from '../chaos/process.ts';
import { startCountingWay, type CountingWay } from './counted.ts';
import type { StageClock } from './stage-clock.ts';

export interface StageOptions {
  readonly clock: StageClock;
  readonly guests: number;
  /** Whether the documented budgets refuse; they are counted always. */
  readonly throttle: 'documented' | 'none';
  /** What holds the tables. Default `azurite`. */
  readonly store?: TableStore;
  /** Of every call to Graph. */
  readonly latency?: object;
  /** Without counting, a host talks to its services directly, which costs no time. Default true. */
  readonly isCounted?: boolean;
}

export interface HostOptions {
  readonly appDir: string;
  /** Added to the addresses of the services. */
  readonly env?: NodeJS.ProcessEnv;
}

export interface StageHost {
  readonly pid: number;
  /** `http://127.0.0.1:PORT/api` */
  readonly api: string;
}

export interface QueueTotals {
  readonly sent: number;
  readonly delivered: number;
  readonly settled: number;
  readonly renewed: number;
  readonly peeked: number;
}

/** Of the tenant. */
export const SEED = 1;
/** An invocation holds a message for less. */
const LOCK_SECONDS = 60;

async function end(part: RunProcess): Promise<void> {
  if (!part.isAlive()) return;
  part.child.kill('SIGKILL');
  await part.gone;
}

export class Stage {
  readonly clock: StageClock;
  /** For files of this run. */
  readonly directory = mkdtempSync(join(tmpdir(), 'bench-'));
  readonly #parts: Readonly<Record<'graph' | 'tables' | 'broker', RunProcess>>;
  readonly #way: CountingWay | undefined;
  readonly #hosts: RunProcess[] = [];

  private constructor(
    clock: StageClock,
    parts: Record<'graph' | 'tables' | 'broker', RunProcess>,
    way: CountingWay | undefined,
  ) {
    this.clock = clock;
    this.#parts = parts;
    this.#way = way;
  }

  static async start({
    clock,
    guests,
    throttle,
    store = 'azurite',
    latency,
    isCounted = true,
  }: StageOptions): Promise<Stage> {
    const over = clock.busy(READY_WITHIN_MS);
    const log = createWriteStream('/dev/null');
    const part = (name: string, args: readonly string[]): Promise<RunProcess> =>
      startProcess({
        entry: `${name}/main.ts`,
        args: ['--port', '0', ...args],
        clock: clock.file,
        env: clock.slot(),
        log,
      });
    const [graph, tables, broker] = await Promise.all([
      part('graph', ['--guests', String(guests), '--seed', String(SEED), '--throttle', throttle]),
      part('tables', ['--store', store]),
      part('broker', ['--lock-seconds', String(LOCK_SECONDS)]),
    ]);
    const way = isCounted
      ? await startCountingWay(clock, { graph: graph.port, tables: tables.port, broker: broker.port })
      : undefined;
    const stage = new Stage(clock, { graph, tables, broker }, way);
    for (const { child } of [graph, tables, broker]) clock.follow(child.pid);
    if (latency !== undefined) await stage.sim('POST', '/latency', latency);
    over();
    return stage;
  }

  /** Where the services are, as a host or a script of this run should reach them. */
  get settings(): Record<string, string> {
    const { graph, tables, broker } = this.#parts;
    return addressSettings({
      api: 0,
      ...(this.#way?.ports ?? { graph: graph.port, tables: tables.port, broker: broker.port }),
    });
  }

  async startHost({ appDir, env = {} }: HostOptions): Promise<StageHost> {
    const over = this.clock.busy(READY_WITHIN_MS);
    const host = await startProcess({
      entry: 'host/main.ts',
      args: ['--app-dir', appDir],
      clock: this.clock.file,
      log: createWriteStream(this.#hostLog, { flags: 'a' }),
      env: { ...this.settings, LOCAL_LOG: 'verbose', ...this.clock.slot(), ...env },
    });
    this.#hosts.push(host);
    this.clock.follow(host.child.pid);
    over();
    return { pid: host.child.pid ?? 0, api: `http://127.0.0.1:${host.port}/api` };
  }

  /** Runs a program to its end. It says when it is ready, as every part does. */
  async runScript(entry: URL, args: readonly string[]): Promise<void> {
    const log = createWriteStream(join(this.directory, 'script.log'));
    const script = await startProcess({
      entry,
      args,
      clock: this.clock.file,
      env: { ...this.settings, ...this.clock.slot() },
      log,
    });
    this.clock.follow(script.child.pid);
    await script.gone;
    if (script.child.exitCode !== 0)
      throw new Error(
        `${entry.pathname} ended with ${script.child.exitCode}: ` +
          readFileSync(join(this.directory, 'script.log'), 'utf8').slice(-1000),
      );
  }

  /** Calls a host. Its work counts as work for the clock for so long. */
  async call(
    url: string,
    init: RequestInit = {},
    mostWorkMs = 60_000,
  ): Promise<{ readonly status: number; readonly text: string }> {
    const over = this.clock.busy(mostWorkMs);
    try {
      const response = await fetch(url, init);
      return { status: response.status, text: await response.text() };
    } finally {
      over();
    }
  }

  /** Asks the simulator. */
  async sim<T>(method: string, path: string, body?: object): Promise<T> {
    const { status, text } = await this.call(`http://127.0.0.1:${this.#parts.graph.port}/_sim${path}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (status >= 300) throw new Error(`${method} /_sim${path} was answered ${status}: ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as T; // Of the simulator in this repository.
  }

  /** Table requests so far, by kind. */
  tableCalls(): Record<string, number> {
    if (this.#way === undefined) throw new Error('this stage does not count');
    return Object.fromEntries(this.#way.tableCalls);
  }

  /** What the broker was asked since its start, all queues together. */
  async brokerOperations(): Promise<QueueTotals> {
    const answer = await askBroker(this.#parts.broker.child, { kind: 'operations' });
    if (answer.kind !== 'operations') throw new Error(`the broker answered ${answer.kind}`);
    const totals = { sent: 0, delivered: 0, settled: 0, renewed: 0, peeked: 0 };
    for (const queue of Object.values(answer.queues))
      for (const name of ['sent', 'delivered', 'settled', 'renewed', 'peeked'] as const) totals[name] += queue[name];
    return totals;
  }

  /** Messages that were not settled yet, dead letters not among them. */
  async messagesLeft(): Promise<number> {
    const answer = await askBroker(this.#parts.broker.child, { kind: 'counts' });
    if (answer.kind !== 'counts') throw new Error(`the broker answered ${answer.kind}`);
    return Object.values(answer.queues).reduce(
      (sum, { active, locked, scheduled }) => sum + active + locked + scheduled,
      0,
    );
  }

  /** All that hosts have logged; empty without a host. */
  hostLog(): string {
    return existsSync(this.#hostLog) ? readFileSync(this.#hostLog, 'utf8') : '';
  }

  async stopHosts(): Promise<void> {
    await Promise.all(this.#hosts.map(end));
  }

  async stop(): Promise<void> {
    await this.stopHosts();
    await Promise.all(Object.values(this.#parts).map(end));
    await this.#way?.close();
    this.clock.stop();
    rmSync(this.directory, { recursive: true });
  }

  get #hostLog(): string {
    return join(this.directory, 'host.log');
  }
}
