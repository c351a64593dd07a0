/**
 * What the use cases need of the outside, shaped as plain functions. The adapters fill them in.
 * `version` is an ETag: a replace succeeds only on the version that was read. Times are milliseconds since the epoch.
 */
import type { Chunk } from '../domain/chunk/chunk.ts';
import type { GuestClaim, ResetReference } from '../domain/claim/claim.ts';
import type { AuditEntry } from '../domain/job/audit.ts';
import type { Erasure } from '../domain/job/erasure.ts';
import type { DeadLetters } from '../domain/api/dead-letters.ts';
import type { Task } from '../domain/job/task.ts';
import type { ChunkCounts } from '../domain/job/progress.ts';
import type { Gate } from '../domain/stops/stop.ts';
import type { BatchAnswer } from '../domain/graph/answer.ts';
import { JOB_ID_TIME_CHARS, type JobId } from '../domain/ids.ts';
import type { Job } from '../domain/job/job.ts';
import type { Lane } from '../domain/job/lane.ts';
import type { LookUp } from '../domain/guest/look-up.ts';
import type { MetricName } from '../domain/metrics.ts';
import type { Pace } from '../domain/pace/pace.ts';
import type { SendPlan } from '../domain/reset/send-plan.ts';
import type { Wake } from '../domain/chunk/wake.ts';

export interface Versioned<T> {
  readonly value: T;
  readonly version: string;
}

/** The answer of a compare-and-set that came too late. */
export type Changed = 'changed';

export interface Clock {
  /** The corrected time: the local clock, moved by what the table service's clock says. */
  now(): number;
  /** Milliseconds of a clock that never jumps; only differences mean something. */
  monotonic(): number;
  sleep(milliseconds: number): Promise<void>;
}

export interface Random {
  /** A number in [0, 1). */
  fraction(): number;
  bytes(count: number): Uint8Array;
  uuid(): string;
}

export interface JobStore {
  insert(job: Job): Promise<void>;
  read(id: JobId): Promise<Versioned<Job> | undefined>;
  /** Of a job that is shown beside others: one that cannot be read is logged, and stands in nobody's way. */
  peek(id: JobId): Promise<Job | 'unreadable' | undefined>;
  /** The job as it was at most a second ago, and the monotonic time at which it was so. */
  recent(id: JobId): Promise<{ readonly job: Job; readonly at: number } | undefined>;
  replace(job: Job, version: string): Promise<Versioned<Job> | Changed>;
  remove(id: JobId): Promise<void>;
  /** Jobs after `after`, an id or the beginning of one, newest first. */
  page(after: string | undefined, size: number): Promise<Job[]>;
  /** Jobs created before that time, newest first. */
  createdBefore(time: number): AsyncIterable<Job>;
  /** Jobs with something left to do: not ended, being checked, stripped or removed. Newest first. */
  open(): AsyncIterable<Versioned<Job>>;
  /** How many jobs of a submitter have not ended, those that are being received among them; counts no further. */
  countOpenOf(submitterId: string, atMost: number): Promise<number>;
  /** Jobs with actions that may have no row in the audit table. Newest first. */
  unaudited(): AsyncIterable<Versioned<Job>>;
  /** Ended jobs with successes that may still have to be looked at. Newest first. */
  verifying(): AsyncIterable<Versioned<Job>>;
}

export interface ChunkStore {
  /** Takes in new chunks of one job. `before` runs once, before the first of them is written. */
  inserts(before: () => Promise<void>): ChunkInserts;
  read(jobId: JobId, index: number): Promise<Versioned<Chunk> | undefined>;
  /** Of a chunk that is shown beside others: one that cannot be read is logged, and stands in nobody's way. */
  peek(jobId: JobId, index: number): Promise<Chunk | 'unreadable' | undefined>;
  replace(chunk: Chunk, version: string): Promise<{ readonly version: string } | Changed>;
  /** Counters of the chunks from `from` to before `to`, in order. */
  counts(jobId: JobId, from: number, to: number): Promise<ChunkCounts[]>;
  /** All chunks from `from` on, in order, a page at a time. */
  from(jobId: JobId, from: number): AsyncIterable<Chunk>;
  /** Chunks in order with something left to do, as many as asked for. */
  pastDue(jobId: JobId, which: PastDue): Promise<Versioned<Chunk>[]>;
  remove(jobId: JobId, index: number): Promise<void>;
  removeAll(jobId: JobId): Promise<void>;
}

/**
 * Chunks on their way into the store, kept as they will be stored: their resets as objects would take several times the
 * memory.
 */
export interface ChunkInserts {
  /**
   * Begins to write those before in one transaction, when this one does not fit into it any more. Throws why the one
   * before that failed.
   */
  add(chunk: Chunk): Promise<void>;
  /** Writes what was not written yet. Throws why anything was not. */
  flush(): Promise<void>;
  /**
   * Waits for what is on its way, however that ends. Whoever gives up must, before the chunks written so far can be
   * removed.
   */
  settle(): Promise<void>;
}

export interface PastDue {
  /**
   * What is left to do. `open`: resets that have not ended. `sending`: of these, one that is being sent, or in doubt.
   * `verifying`:
   * all have ended, and a success is to be looked at once more.
   */
  readonly left: 'open' | 'sending' | 'verifying';
  /** Chunks before this one. */
  readonly to: number;
  /** Due before that time; default: due at any time. */
  readonly before?: number;
  readonly limit: number;
  /** Others are passed over and do not count, at most a thousand of them. Default: all count. */
  readonly isMeant?: (chunk: Chunk) => boolean;
}

export interface GuestStore {
  /**
   * One transaction: the history row and the guest's `current`. `current` is replaced only on `version`, else inserted.
   */
  claim(guestId: string, claim: GuestClaim, at: number, version: string | undefined): Promise<'claimed' | Changed>;
  current(guestId: string): Promise<Versioned<GuestClaim> | undefined>;
  /** Tried resets of the guest, newest first, after `after` (a key). */
  history(guestId: string, after: string | undefined, size: number): Promise<HistoryEntry[]>;
  /** Deletes the history row of a reset; a missing one is as good as deleted. */
  forget(guestId: string, reference: ResetReference): Promise<void>;
  /** Deletes all rows of the guest but those of jobs that have not ended. @returns how many */
  eraseRows(guestId: string, hasEnded: (jobId: JobId) => Promise<boolean>): Promise<number>;
  /** Replaces `current`, or deletes it, only on `version`; whoever came first keeps it. */
  settle(guestId: string, claim: GuestClaim | undefined, version: string): Promise<void>;
}

/** So many characters of an entry's key tell when its job was submitted; all of it names the job. */
export const HISTORY_TIME_CHARS = 'h-'.length + JOB_ID_TIME_CHARS;

export interface HistoryEntry extends ResetReference {
  /** Where this entry stands; only for paging. `h-`, the job id, a hyphen, the row. */
  readonly key: string;
  /** When it was last tried. */
  readonly at: number;
}

export interface IdempotencyEntry {
  readonly state: 'receiving' | 'committed';
  readonly jobId: JobId;
  /** When a try that is still receiving may be taken over. */
  readonly deadline: number;
  readonly bodyHash?: string;
}

/** The jobs that a caller has made of one content; `domain/job/duplicate.ts` says which are kept. Newest first. */
export type SameJobs = readonly JobId[];

export interface IdempotencyStore {
  insert(caller: string, key: string, entry: IdempotencyEntry): Promise<{ readonly version: string } | Changed>;
  read(caller: string, key: string): Promise<Versioned<IdempotencyEntry> | undefined>;
  replace(
    caller: string,
    key: string,
    entry: IdempotencyEntry,
    version: string,
  ): Promise<{ readonly version: string } | Changed>;
  /** Only on `version`; a missing row is as good as removed. */
  remove(caller: string, key: string, version: string): Promise<void>;
  /** @param content a hash of what was submitted */
  sameJobs(caller: string, content: string): Promise<Versioned<SameJobs> | undefined>;
  /** As `replace`, and the jobs of that content with it: both, or none. Those too only on their own `version`. */
  replaceWithSame(
    caller: string,
    key: string,
    entry: IdempotencyEntry,
    version: string,
    same: { readonly content: string; readonly jobs: SameJobs; readonly version: string | undefined },
  ): Promise<{ readonly version: string } | Changed>;
  /** Only on `version`. Without jobs the row is removed, where a missing one is as good. */
  keepSame(caller: string, content: string, jobs: SameJobs, version: string): Promise<void>;
}

/** Erasures that are under way, by guest. */
export interface ErasureStore {
  read(guestId: string): Promise<Versioned<Erasure> | undefined>;
  /** Where `version` is undefined, only where there is none. */
  write(erasure: Erasure, version: string | undefined): Promise<{ readonly version: string } | Changed>;
  /** Only on `version`. */
  end(erasure: Erasure, version: string): Promise<void>;
  all(): Promise<readonly Versioned<Erasure>[]>;
}

export interface AuditStore {
  /** Each is the same row whenever it is written. */
  write(entries: readonly AuditEntry[]): Promise<void>;
  /** Newest first, after `after` (a key); of one job where it is named. */
  page(
    jobId: JobId | undefined,
    after: string | undefined,
    size: number,
  ): Promise<readonly { readonly key: string; readonly entry: AuditEntry }[]>;
  /** Removes what was done before that time, so many at most. @returns how many */
  removeBefore(time: number, limit: number): Promise<number>;
}

export interface ControlStore {
  /** Gate and pace as they were at most a second ago. */
  read(): Promise<{ readonly gate: Gate; readonly pace: Pace }>;
  /** Asks `change` anew whenever the row was another. What it leaves as it is was read after this call began. */
  changeGate(change: (gate: Gate) => Gate): Promise<Gate>;
  /** The same for the pace; gives back what `change` returned beside it. */
  changePace<T>(change: (pace: Pace) => { readonly pace: Pace; readonly result: T }): Promise<T>;
}

export interface ScheduledWake {
  readonly wake: Wake;
  readonly at: number;
  /** Default: derived from job, chunk and wake, so that the broker drops repeats. A copy gets a fresh one. */
  readonly messageId?: string;
}

export interface Queue {
  sendWakes(lane: Lane, wakes: readonly ScheduledWake[]): Promise<void>;
  /**
   * Asks for dispatch to run a few seconds after that time, where repeats for the same moment are dropped; or for
   * another task at that time.
   */
  sendTask(task: Task, at: number): Promise<void>;
  /** Whether the lane has messages ready that nobody has taken for a while. */
  hasBacklog(lane: Lane): Promise<boolean>;
  /** Throws when the service cannot be reached. */
  check(): Promise<void>;
  /** Of every queue, the empty ones too. Tells nothing of what is in them. */
  deadLetters(): Promise<readonly DeadLetters[]>;
}

/** The tenant's users on Graph, to read: nothing here can change or send anything. */
export interface Directory {
  /** Reads guests, at most 20, in one batch. The id of an answer is its position in `lookUps`. */
  lookUp(lookUps: readonly LookUp[]): Promise<BatchAnswer>;
  /**
   * Names of the directory roles that users hold, by object id in lower case; undefined where they cannot be read. They
   * may be minutes old.
   * @param since they are asked for no earlier; monotonic
   */
  roles(since?: number): Promise<ReadonlyMap<string, string> | undefined>;
  /** Reads one user, to see that Graph answers and lets the service read users. */
  check(): Promise<BatchAnswer>;
}

/** The writes on Graph. */
export interface Invitations {
  /** Adds the new emails of those plans that have one, in one batch. Safe to repeat. */
  addEmails(plans: readonly SendPlan[]): Promise<BatchAnswer>;
  /** Sends the invitations in one batch: one POST on the wire, never repeated. */
  send(plans: readonly SendPlan[]): Promise<BatchAnswer>;
}

/**
 * Log lines carry ids, codes and counts; never a body, a token, a redeem URL or an address. A text that is no word is
 * left out. `thrown` is written as its codes.
 */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;
export interface Log {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields, ...thrown: readonly [unknown?]): void;
  error(event: string, fields?: LogFields, ...thrown: readonly [unknown?]): void;
}

/** Counts or measures one of the service's own numbers, in its unit; attributes are codes. */
export type Measure = (
  metric: MetricName,
  value: number,
  attributes?: Readonly<Record<string, string | number>>,
) => void;

/** The trace that this work is shown in. Every call does nothing where nobody wants to know. */
export interface Trace {
  /** For rows and messages, so that what follows is shown in the same trace. */
  readonly traceparent: () => string | undefined;
  /** Points from here to another trace that this work belongs to as well. */
  readonly linkTo: (traceparent: string | undefined) => void;
  /** What this work is about; as in a log line. */
  readonly note: (fields: LogFields) => void;
}
