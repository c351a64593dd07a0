/**
 * Taking a job in. Its chunks are written under a fresh job id; the one compare-and-set of the idempotency row that names
 * this id makes it a job. Whatever happens before that leaves nothing behind, or something that reconcile deletes.
 */
import { CHUNK_MAX_CHARS, CHUNK_MAX_RESETS, newChunk, type Chunk } from '../domain/chunk.ts';
import { newJobId } from '../domain/ids.ts';
import { receivingJob, type Job, type Submitter } from '../domain/job.ts';
import { commit, received } from '../domain/job-changes.ts';
import type { Problem } from '../domain/problem.ts';
import type { ResetRequest } from '../domain/reset.ts';
import type { BadRows, Submission, SubmissionEnd } from '../domain/submission/events.ts';
import type { Deps } from './deps.ts';
import { dispatch } from './dispatch.ts';
import { openTry, type OpenTry } from './open-try.ts';

/** A request body that can be read once: checked, or only for its hash. */
export interface IncomingBody {
  read(): Submission;
  drain(): Promise<void>;
  /** Of the body and everything else that makes two requests the same. Known once the body was read to its end. */
  hash(): string;
}

export interface SubmitRequest {
  readonly submitter: Submitter;
  /** The caller's own key; without one every request is a new job. */
  readonly idempotencyKey?: string;
  readonly body: IncomingBody;
}

export type SubmitResult =
  | { readonly kind: 'accepted'; readonly job: Job }
  | { readonly kind: 'refused'; readonly problem: Problem; readonly badRows?: BadRows };

export async function submitJob(deps: Deps, request: SubmitRequest): Promise<SubmitResult> {
  const key = request.idempotencyKey ?? deps.random.uuid();
  const jobId = newJobId(deps.clock.now(), deps.random.bytes(16));
  const opened = await openTry(deps, request.submitter.id, key, jobId);
  if (opened.kind === 'busy') return { kind: 'refused', problem: STILL_RECEIVING };
  if (opened.kind === 'committed') return answerRepeat(deps, request.body, opened);
  const job = receivingJob(jobId, request.submitter, { caller: request.submitter.id, key }, deps.clock.now());
  try {
    return await receive(deps, job, request.body, opened);
  } catch (error) {
    await discard(deps, job, opened.version).catch((failure: unknown) => deps.log.warn('tryLeftBehind', { jobId, error: String(failure) }));
    throw error;
  }
}

/** The same key again: the same job, if the body is the same too. */
async function answerRepeat(deps: Deps, body: IncomingBody, opened: Extract<OpenTry, { kind: 'committed' }>): Promise<SubmitResult> {
  await body.drain();
  if (body.hash() !== opened.bodyHash) return { kind: 'refused', problem: KEY_REUSED };
  const read = await deps.jobs.read(opened.jobId);
  if (read === undefined) return { kind: 'refused', problem: KEY_OF_DELETED_JOB };
  return read.value.status === 'receiving' ? finish(deps, read.value) : { kind: 'accepted', job: read.value };
}

async function receive(deps: Deps, job: Job, body: IncomingBody, opened: Extract<OpenTry, { kind: 'open' }>): Promise<SubmitResult> {
  const writer = chunkWriter(deps, job);
  const end = await readAll(body.read(), writer, () => isLate(deps, opened));
  if (end === 'late') {
    await discard(deps, job, opened.version);
    return { kind: 'refused', problem: TOO_SLOW };
  }
  if (end.kind === 'rejected') {
    await discard(deps, job, opened.version);
    return { kind: 'refused', problem: end.problem, ...(end.badRows !== undefined && { badRows: end.badRows }) };
  }
  const complete = received(job, end.summary, await writer.finish());
  return (await decide(deps, complete, body.hash(), opened)) ? finish(deps, complete) : { kind: 'refused', problem: STILL_RECEIVING };
}

async function readAll(submission: Submission, writer: ChunkWriter, late: () => boolean): Promise<SubmissionEnd | 'late'> {
  for (;;) {
    const next = await submission.next();
    if (next.done === true) return next.value;
    if (late()) {
      await submission.return(NEVER_REACHED);
      return 'late';
    }
    await writer.add(next.value);
  }
}

/** The value that ends a generator which nobody will ask again. */
const NEVER_REACHED: SubmissionEnd = { kind: 'rejected', problem: { status: 408, code: 'submissionTooSlow', title: '', detail: '' } };

const isLate = (deps: Deps, opened: { readonly startedAt: number }): boolean => deps.clock.monotonic() - opened.startedAt > SUBMIT_MAX_MS;
/** The submitter stops itself after this long; its entry may be taken over after that. */
export const SUBMIT_MAX_MS = 5 * 60_000;

interface ChunkWriter {
  add(request: ResetRequest): Promise<void>;
  /** Writes the rest. @returns how many chunks there are */
  finish(): Promise<number>;
}

/** Chunks kept in memory before they are written; also the most of one table transaction. */
const CHUNKS_AT_ONCE = 100;

function chunkWriter(deps: Deps, job: Job): ChunkWriter {
  let requests: ResetRequest[] = [];
  let chars = 0;
  let chunks: Chunk[] = [];
  let count = 0;
  let isJobWritten = false;

  const flush = async (): Promise<void> => {
    // The row first: whoever finds chunks after a crash must find whose they are.
    if (!isJobWritten) await deps.jobs.insert(job);
    isJobWritten = true;
    if (chunks.length > 0) await deps.chunks.insert(chunks);
    chunks = [];
  };
  const closeChunk = (): void => {
    chunks.push(newChunk(job.id, count++, requests, job.createdAt));
    requests = [];
    chars = 0;
  };
  return {
    async add(request) {
      const size = JSON.stringify(request).length;
      if (requests.length === CHUNK_MAX_RESETS || (requests.length > 0 && chars + size > CHUNK_MAX_CHARS)) closeChunk();
      requests.push(request);
      chars += size;
      if (chunks.length === CHUNKS_AT_ONCE) await flush();
    },
    async finish() {
      if (requests.length > 0) closeChunk();
      await flush();
      return count;
    },
  };
}

/** The commit: from here on the job is promised. @returns false when another try has taken the key over */
async function decide(deps: Deps, job: Job, bodyHash: string, opened: Extract<OpenTry, { kind: 'open' }>): Promise<boolean> {
  const { caller, key } = job.idempotency;
  const stored = await deps.jobs.read(job.id);
  if (stored === undefined || await deps.jobs.replace(job, stored.version) === 'changed') return false;
  const entry = { state: 'committed', jobId: job.id, deadline: opened.deadline, bodyHash } as const;
  if (await deps.idempotency.replace(caller, key, entry, opened.version) !== 'changed') return true;
  // The SDK repeats a write whose answer was lost: the entry may be ours.
  const current = await deps.idempotency.read(caller, key);
  if (current?.value.state === 'committed' && current.value.jobId === job.id) return true;
  await removeRows(deps, job);
  return false;
}

/** What follows the commit can be finished by anybody, so its failure is no failure of the submission. */
async function finish(deps: Deps, job: Job): Promise<SubmitResult> {
  const committed = commit(job, deps.clock.now());
  try {
    const read = await deps.jobs.read(job.id);
    if (read?.value.status === 'receiving') await deps.jobs.replace(committed, read.version);
    await dispatch(deps);
  } catch (error) {
    deps.log.warn('dispatchPutOff', { jobId: job.id, error: String(error) });
  }
  return { kind: 'accepted', job: committed };
}

async function discard(deps: Deps, job: Job, version: string): Promise<void> {
  await deps.idempotency.remove(job.idempotency.caller, job.idempotency.key, version);
  const entry = await deps.idempotency.read(job.idempotency.caller, job.idempotency.key);
  if (entry?.value.state === 'committed' && entry.value.jobId === job.id) return;
  await removeRows(deps, job);
}

async function removeRows(deps: Deps, job: Job): Promise<void> {
  await deps.chunks.removeAll(job.id);
  await deps.jobs.remove(job.id);
}

const STILL_RECEIVING: Problem = {
  status: 409, code: 'submissionInProgress', title: 'A submission with this key is being received',
  detail: 'Another request with the same Idempotency-Key has not ended. Nothing of this one was queued; repeat it in a while.',
};
const KEY_REUSED: Problem = {
  status: 422, code: 'idempotencyKeyReused', title: 'The key belongs to another submission',
  detail: 'This Idempotency-Key came before with another body or other options. Nothing was queued; use a new key for a new job.',
};
const KEY_OF_DELETED_JOB: Problem = {
  status: 409, code: 'jobDeleted', title: 'The job of this key was deleted',
  detail: 'This Idempotency-Key belongs to a job that is no longer stored. Nothing was queued; use a new key.',
};
const TOO_SLOW: Problem = {
  status: 408, code: 'submissionTooSlow', title: 'The body took too long',
  detail: 'The body did not arrive within 5 minutes. Nothing was queued; send it again, or in several parts.',
};
