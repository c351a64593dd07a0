/**
 * Taking a job in. Its chunks are written under a fresh job id; the one compare-and-set of the idempotency row that
 * names this id makes it a job (`decide.ts`). Whatever happens before that leaves nothing behind, or something that
 * reconcile deletes.
 */
import { withHold } from '../../domain/job/approval.ts';
import { withCanary } from '../../domain/job/canary.ts';
import { isWatched } from '../../domain/job/duplicate.ts';
import { newJobId, type JobId } from '../../domain/ids.ts';
import { receivingJob, type Job, type Submitter } from '../../domain/job/job.ts';
import { commit, received } from '../../domain/job/changes.ts';
import type { Problem } from '../../domain/api/problem.ts';
import type { BadRows, Submission, SubmissionEnd } from '../../domain/submission/events.ts';
import type { Deps } from '../deps.ts';
import { dispatch } from '../dispatch.ts';
import { decide } from './decide.ts';
import { announced } from './finish-commit.ts';
import { openTry, type OpenTry } from './open-try.ts';
import { duplicateOf } from './duplicate-problem.ts';
import { KEY_OF_DELETED_JOB, KEY_REUSED, STILL_RECEIVING, tooManyOpen, tooSlow } from './submit-problems.ts';
import { chunkWriter, TooManyOpenJobs, type ChunkWriter } from './write-chunks.ts';

/** A request body that can be read once: checked, or only for its hash. */
export interface IncomingBody {
  /** @param now what times in it are compared with */
  read(now: number): Submission;
  drain(): Promise<void>;
  /** Of the body and everything else that makes two requests the same. Known once the body was read to its end. */
  hash(): string;
  /** The same for two requests of different keys; whatever says the same of the body is the same here. */
  contentHash(): string;
}

export interface SubmitRequest {
  readonly submitter: Submitter;
  /** The caller's own key; without one every request is a new job. */
  readonly idempotencyKey?: string;
  /** Whether it is taken although an earlier job has the same content. Default: where the caller gave a key. */
  readonly allowDuplicate?: boolean | undefined;
  readonly body: IncomingBody;
  /** The ended job whose resets are submitted once more. */
  readonly retryOf?: JobId;
}

export type SubmitResult =
  /** `isReplay`: the job was there before, under the same key. */
  | { readonly kind: 'accepted'; readonly job: Job; readonly isReplay?: true }
  | { readonly kind: 'refused'; readonly problem: Problem; readonly badRows?: BadRows };

export async function submitJob(deps: Deps, request: SubmitRequest): Promise<SubmitResult> {
  const key = request.idempotencyKey ?? deps.random.uuid();
  const jobId = newJobId(deps.clock.now(), deps.random.bytes(16));
  const opened = await openTry(deps, request.submitter.id, key, jobId);
  if (opened.kind === 'busy') return { kind: 'refused', problem: STILL_RECEIVING };
  if (opened.kind === 'committed') return answerRepeat(deps, request.body, opened);
  deps.trace.note({ jobId });
  const traceparent = deps.trace.traceparent();
  const job: Job = {
    ...receivingJob(jobId, request.submitter, { caller: request.submitter.id, key }, deps.clock.now()),
    ...(request.retryOf !== undefined && { retryOf: request.retryOf }),
    ...(traceparent !== undefined && { traceparent }),
  };
  try {
    return await receive(deps, job, request, opened);
  } catch (error) {
    if (error instanceof TooManyOpenJobs) {
      await discard(deps, job, opened.version);
      return { kind: 'refused', problem: tooManyOpen(deps.policy.maxOpenJobsPerCaller) };
    }
    await discard(deps, job, opened.version).catch((failure: unknown) =>
      deps.log.warn('tryLeftBehind', { jobId }, failure),
    );
    throw error;
  }
}

/** The same key again: the same job, if the body is the same too. */
async function answerRepeat(
  deps: Deps,
  body: IncomingBody,
  opened: Extract<OpenTry, { kind: 'committed' }>,
): Promise<SubmitResult> {
  await body.drain();
  if (body.hash() !== opened.bodyHash) return { kind: 'refused', problem: KEY_REUSED };
  const read = await deps.jobs.read(opened.jobId);
  if (read === undefined || read.value.deletion !== undefined) return { kind: 'refused', problem: KEY_OF_DELETED_JOB };
  if (read.value.status !== 'receiving') return { kind: 'accepted', job: read.value, isReplay: true };
  return { ...(await finish(deps, read.value)), isReplay: true };
}

async function receive(
  deps: Deps,
  job: Job,
  { body, idempotencyKey, allowDuplicate: isMeant = idempotencyKey !== undefined }: SubmitRequest,
  opened: Extract<OpenTry, { kind: 'open' }>,
): Promise<SubmitResult> {
  const writer = chunkWriter(deps, job);
  const end = await readAll(body.read(deps.clock.now()), writer, () => isLate(deps, opened));
  if (end === 'late') {
    await discard(deps, job, opened.version);
    return { kind: 'refused', problem: tooSlow(deps.policy.submitMaxSeconds) };
  }
  if (end.kind === 'rejected') {
    await discard(deps, job, opened.version);
    return { kind: 'refused', problem: end.problem, ...(end.badRows !== undefined && { badRows: end.badRows }) };
  }
  const { sizes, rowsSay } = await writer.finish();
  const said = { ...received(job, end.summary, sizes.length), ...(rowsSay !== undefined && { rowsSay }) };
  const whole = withContent(withCanary(said, sizes), body);
  const complete = withHold(whole, deps.policy.holdJobsAbove, deps.clock.now());
  if (!(await writeReceived(deps, complete, opened))) return { kind: 'refused', problem: STILL_RECEIVING };
  const decision = await decide(deps, complete, body.hash(), opened, isMeant);
  switch (decision.kind) {
    case 'committed':
      return finish(deps, complete);
    case 'lost':
      await removeRows(deps, complete);
      return { kind: 'refused', problem: STILL_RECEIVING };
    case 'duplicate':
      await discard(deps, complete, opened.version);
      return {
        kind: 'refused',
        problem: duplicateOf(complete, decision.earlier, (await deps.control.read()).gate),
      };
  }
}

const withContent = (job: Job, body: IncomingBody): Job =>
  isWatched(job) ? { ...job, idempotency: { ...job.idempotency, content: body.contentHash() } } : job;

async function readAll(
  submission: Submission,
  writer: ChunkWriter,
  late: () => boolean,
): Promise<SubmissionEnd | 'late'> {
  try {
    for (;;) {
      const next = await submission.next();
      if (next.done === true) return next.value;
      if (late()) {
        // What it would return is of no interest: reading is over.
        await submission.return({ kind: 'rejected', problem: STILL_RECEIVING });
        return 'late';
      }
      await writer.add(next.value);
    }
  } catch (error) {
    // Whoever answers reads the rest of the body, so nobody else may hold it.
    await submission.return({ kind: 'rejected', problem: STILL_RECEIVING }).catch(() => undefined);
    throw error;
  } finally {
    // Rows that are still on their way when those of a refused try are removed would stay.
    await writer.settle();
  }
}

/**
 * Asked between pieces of the body, as writing takes its time too. Whoever waits for bytes has a deadline of its own.
 */
const isLate = ({ clock, policy }: Deps, opened: { readonly startedAt: number }): boolean =>
  clock.monotonic() - opened.startedAt > policy.submitMaxSeconds * 1000;

/** Its row as it must be before the commit. @returns false where it is gone, or somebody else has written it */
async function writeReceived(deps: Deps, job: Job, opened: Extract<OpenTry, { kind: 'open' }>): Promise<boolean> {
  const stored = await deps.jobs.read(job.id);
  if (stored === undefined) return false;
  if ((await deps.jobs.replace(job, stored.version)) !== 'changed') return true;
  await discard(deps, job, opened.version);
  return false;
}

/** What follows the commit can be finished by anybody, so its failure is no failure of the submission. */
async function finish(deps: Deps, job: Job): Promise<Extract<SubmitResult, { kind: 'accepted' }>> {
  const committed = commit(job, deps.clock.now());
  try {
    const read = await deps.jobs.read(job.id);
    if (read?.value.status === 'receiving') await deps.jobs.replace(await announced(deps, committed), read.version);
    await dispatch(deps);
  } catch (error) {
    deps.log.warn('dispatchPutOff', { jobId: job.id }, error);
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
