/**
 * The use cases on real parts: tables in Azurite or in the light store, Graph in the simulator over HTTP. Only time and
 * the queue are the test's own: messages are handed over one by one, in order of their time, and time jumps to each.
 */
import { createHash } from 'node:crypto';
import { startHttpProxy, type Blow, type Proxy } from '../chaos/http-proxy.ts';
import { startTables, type TableStore } from '../../local/tables/store.ts';
import { connectTables, type Tables } from '../../shared/adapters/tables/client.ts';
import { auditStore } from '../../shared/adapters/tables/audit-store.ts';
import { erasureStore } from '../../shared/adapters/tables/erasure-store.ts';
import { chunkStore } from '../../shared/adapters/tables/chunk-store.ts';
import { controlStore } from '../../shared/adapters/tables/control-store.ts';
import { connectGraph } from '../../shared/adapters/graph/client.ts';
import { guestDirectory } from '../../shared/adapters/graph/directory.ts';
import { invitations } from '../../shared/adapters/graph/invitations.ts';
import { guestStore } from '../../shared/adapters/tables/guest-store.ts';
import { idempotencyStore } from '../../shared/adapters/tables/idempotency-store.ts';
import { jobStore } from '../../shared/adapters/tables/job-store.ts';
import { recentJobs } from '../../shared/adapters/tables/recent-jobs.ts';
import { readSubmission } from '../../shared/entry/http/submission/read-submission.ts';
import { systemRandom } from '../../shared/adapters/random.ts';
import type { Task } from '../../shared/domain/job/task.ts';
import type { JobId } from '../../shared/domain/ids.ts';
import type { Lane } from '../../shared/domain/job/lane.ts';
import { DEFAULT_POLICY } from '../../shared/domain/policy.ts';
import type { ResetRecord } from '../../shared/domain/reset/reset.ts';
import type { Deps } from '../../shared/usecases/deps.ts';
import { ownSends } from '../../shared/domain/pace/own-sends.ts';
import type { MetricName } from '../../shared/domain/metrics.ts';
import type { LogFields, Queue, ScheduledWake, Trace } from '../../shared/usecases/ports.ts';
import { processWake, type WakeResult } from '../../shared/usecases/wake/process-wake.ts';
import { submitJob, type SubmitRequest, type SubmitResult } from '../../shared/usecases/submit/submit-job.ts';
import type { SimulatorOptions } from '../../local/graph/simulator.ts';
import { startTestGraph, type TestGraph } from './local/graph-simulator-calls.ts';

const ACCOUNT = 'devstoreaccount1';
const KEY = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';

export interface Message extends ScheduledWake {
  readonly lane: Lane;
}

export interface Service {
  readonly deps: Deps;
  readonly graph: TestGraph;
  readonly tables: Tables;
  /** Messages nobody has taken yet. */
  readonly messages: Message[];
  /** Tasks other than dispatch that nobody has run yet. */
  readonly tasks: Task[];
  /** Names of the events that were logged. */
  readonly logged: readonly string[];
  /** The same with their fields. */
  readonly events: readonly LoggedEvent[];
  /** The service's own numbers. */
  readonly measured: readonly Measured[];
  now(): number;
  advance(seconds: number): void;
  /** @param said the key, or more of the request */
  submit(
    resets: readonly object[],
    options?: object,
    said?: string | Partial<SubmitRequest>,
    deps?: Deps,
  ): Promise<SubmitResult>;
  /** Submits and expects a job. */
  job(resets: readonly object[], options?: object): Promise<JobId>;
  /** The same of a CSV. @param query options of the job */
  csvJob(text: string, query?: string): Promise<JobId>;
  /** Hands the earliest message over; time jumps to it. Undefined when there is none. */
  step(deps?: Deps): Promise<WakeResult | undefined>;
  /** Hands messages over until none is left. */
  drain(): Promise<void>;
  resets(id: JobId): Promise<ResetRecord[]>;
  /** Has the next invitation go wrong; `more` says how, or names another call. */
  fault(more: object): Promise<void>;
  mailsTo(guestId: string): Promise<number>;
  stop(): Promise<void>;
}

export interface LoggedEvent {
  readonly event: string;
  readonly fields: LogFields;
}

export interface Measured {
  readonly metric: MetricName;
  readonly value: number;
  readonly attributes: Readonly<Record<string, string | number>>;
}

export const UNTRACED: Trace = { traceparent: () => undefined, linkTo: () => undefined, note: () => undefined };

/** Steps that a test may need; more is a job that never ends. */
const MAX_STEPS = 200;

/** Strikes calls of the tables: `call` is such as `PUT chunks`, or `BATCH guests` for a transaction. */
export type StrikeTables = (call: string) => Blow | undefined;

/** Repeats come soon where calls are struck. */
const STRUCK_RETRY_DELAY_MS = 5;
const USUAL_TIMEOUT_MS = 20_000;

export interface ServiceOptions {
  /**
   * What holds the tables. The light store answers in a fraction of Azurite's time and refuses what Azurite refuses
   * (`light-tables.test.ts` compares the two), so logic is tested on it; Azurite where the tables are the subject.
   */
  readonly store?: TableStore;
  readonly strikeTables?: StrikeTables;
  /** Of the next call of the tables, for tests that have to wait for it. */
  readonly timeoutMs?: () => number;
}

export async function startService(
  simulated: Partial<SimulatorOptions> = {},
  { store = 'light', strikeTables, timeoutMs = () => USUAL_TIMEOUT_MS }: ServiceOptions = {},
): Promise<Service> {
  let offset = 0;
  const now = (): number => Date.now() + offset;
  const server = await startTables(store, 0);
  const graph = await startTestGraph({ ...simulated, now: () => new Date(now()) });
  const proxy = strikeTables && (await proxyOf(`http://127.0.0.1:${server.port}`, strikeTables));
  const connectionString = tablesConnection(proxy?.port ?? server.port);
  const tables = connectTables(
    { connectionString },
    () => false,
    ...(proxy === undefined
      ? []
      : [
          {
            get timeoutMs() {
              return timeoutMs();
            },
            retryDelayMs: STRUCK_RETRY_DELAY_MS,
          },
        ]),
  );
  // As a deployment does.
  await Promise.all(Object.values(tables).map((table) => table.createTable()));

  const clock = {
    now,
    monotonic: () => performance.now() + offset,
    sleep: async (milliseconds: number) => {
      offset += milliseconds;
    },
  };
  const messages: Message[] = [];
  const tasks: Task[] = [];
  const credential = {
    getToken: async () => ({ token: await issueToken(graph.simulator.url), expiresOnTimestamp: now() + 3_600_000 }),
  };
  const post = connectGraph({ endpoint: graph.simulator.url, version: 'v1.0', credential, timeoutSeconds: 5 });
  const logged: string[] = [];
  const events: LoggedEvent[] = [];
  const measured: Measured[] = [];
  const hear = (event: string, fields: LogFields = {}): void => {
    logged.push(event);
    events.push({ event, fields });
  };
  const log: Deps['log'] = { info: hear, warn: hear, error: hear };
  const deps: Deps = {
    jobs: jobStore(tables.jobs, recentJobs(clock), log),
    chunks: chunkStore(tables.chunks, log),
    guests: guestStore(tables.guests),
    idempotency: idempotencyStore(tables.idempotency),
    audit: auditStore(tables.audit),
    erasures: erasureStore(tables.guests),
    control: controlStore(tables.control, 'tenant', clock),
    queue: queueInto(messages, tasks),
    directory: guestDirectory(post, clock, graph.simulator.url),
    invitations: invitations(post),
    ownSends: ownSends(),
    clock,
    random: { ...systemRandom, fraction: () => 0.5 },
    policy: DEFAULT_POLICY,
    deployment: { defaultRedirectUrl: 'https://myapps.microsoft.com' },
    log,
    measure: (metric, value, attributes = {}) => void measured.push({ metric, value, attributes }),
    trace: UNTRACED,
  };

  const step: Service['step'] = async (using = deps) => {
    messages.sort((one, other) => one.at - other.at);
    const message = messages.shift();
    if (message === undefined) return undefined;
    offset += Math.max(0, message.at - now());
    return processWake(using, { ...message.wake, at: message.at });
  };
  const submit: Service['submit'] = (resets, options = {}, said = {}, using = deps) =>
    submitJob(using, {
      submitter: { id: 'caller' },
      body: bodyOf(JSON.stringify({ ...options, resets })),
      ...(typeof said === 'string' ? { idempotencyKey: said } : said),
    });

  return {
    deps,
    graph,
    tables,
    messages,
    tasks,
    logged,
    events,
    measured,
    now,
    step,
    submit,
    advance: (seconds) => {
      offset += seconds * 1000;
    },
    job: async (resets, options = { sendInvitationMessage: true }) => accepted(await submit(resets, options)),
    csvJob: async (text, query = 'sendInvitationMessage=true') =>
      accepted(await submitJob(deps, { submitter: { id: 'caller' }, body: bodyOf(text, 'text/csv', query) })),
    async drain() {
      for (let steps = 0; (await step()) !== undefined; steps++)
        if (steps > MAX_STEPS) throw new Error('the job does not come to an end');
    },
    async resets(id) {
      const all: ResetRecord[] = [];
      for await (const chunk of deps.chunks.from(id, 0)) all.push(...chunk.resets);
      return all;
    },
    async fault(more) {
      const { status, body } = await graph.sim('POST', '/faults', { kind: 'invite', times: 1, ...more });
      if (status >= 300) throw new Error(`the fault was refused: ${JSON.stringify(body)}`);
    },
    async mailsTo(guestId) {
      const { body } = await graph.sim('GET', '/mails');
      return (body as { userId: string }[]).filter(({ userId }) => userId === guestId).length;
    },
    async stop() {
      await graph.simulator.close();
      await proxy?.close();
      await server.close();
    },
  };
}

/** Of the account that Azurite knows. */
export function tablesConnection(port: number): string {
  const account = `DefaultEndpointsProtocol=http;AccountName=${ACCOUNT};AccountKey=${KEY}`;
  return `${account};TableEndpoint=http://127.0.0.1:${port}/${ACCOUNT};`;
}

function proxyOf(target: string, take: StrikeTables): Promise<Proxy> {
  const kindOf = (method: string, path: string, body: string): string => {
    const isBatch = path.includes('$batch');
    const table = /\/(jobs|chunks|guests|control|idempotency|audit)\b/.exec(isBatch ? body : path)?.[1] ?? 'other';
    return `${isBatch ? 'BATCH' : method} ${table}`;
  };
  return startHttpProxy({ target: new URL(target), kindOf, take, kill: () => undefined, busy: () => () => undefined });
}

function queueInto(messages: Message[], tasks: Task[]): Queue {
  return {
    sendWakes: async (lane, wakes) => {
      messages.push(...wakes.map((wake) => ({ ...wake, lane })));
    },
    sendTask: async (task) => {
      if (task.kind !== 'dispatch') tasks.push(task);
    },
    hasBacklog: async () => false,
    check: async () => undefined,
    deadLetters: async () => [],
  };
}

function accepted(result: SubmitResult): JobId {
  if (result.kind === 'refused') throw new Error(`refused: ${JSON.stringify(result.problem)}`);
  return result.job.id;
}

function bodyOf(text: string, type = 'application/json', query = ''): Parameters<typeof submitJob>[1]['body'] {
  async function* bytes(): AsyncGenerator<Uint8Array> {
    yield new TextEncoder().encode(text);
  }
  const hash = (): string => createHash('sha256').update(text).digest('hex');
  return {
    read: (now) =>
      readSubmission(bytes(), type, new URLSearchParams(query), {
        maxResets: 1_000,
        maxBodyBytes: 1_000_000,
        keepBadRows: false,
        now,
      }),
    drain: async () => undefined,
    hash,
    contentHash: hash,
  };
}

async function issueToken(url: string): Promise<string> {
  const response = await fetch(
    `${url}/_sim/identity/token?resource=${encodeURIComponent(url)}&api-version=2019-08-01`,
    { headers: { 'X-IDENTITY-HEADER': 'test' } },
  );
  return ((await response.json()) as { access_token: string }).access_token;
}
