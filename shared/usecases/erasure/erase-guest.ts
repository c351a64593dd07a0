/**
 * Erasing, in steps of some seconds; a message of the dispatch queue asks for the next one, and reconcile for one that
 * was lost. Every write may be made twice. Where two make the same step, whoever saves it second stops.
 */
import { eraserOf, type Eraser } from '../../domain/guest/erasure-words.ts';
import { addErased, eraseInChunk, eraseInJob, type Erasure } from '../../domain/job/erasure.ts';
import { isEndedJob, type Job } from '../../domain/job/job.ts';
import { LOST_AFTER_MS } from '../../domain/chunk/wake.ts';
import { changeJob, changeGate } from '../change-job.ts';
import { whileChanged } from '../change-row.ts';
import type { Deps } from '../deps.ts';
import type { Versioned } from '../ports.ts';

type EraseDeps = Pick<
  Deps,
  'jobs' | 'chunks' | 'guests' | 'erasures' | 'audit' | 'control' | 'idempotency' | 'queue' | 'clock' | 'log'
>;

/** Of one step. */
export const STEP_MS = 20_000;
const JOBS_AT_ONCE = 100;
const AUDIT_AT_ONCE = 100;

/** The next step of an erasure. @returns it as it is then, and whether nothing is left */
export async function stepErasure(
  deps: EraseDeps,
  { value, version }: Versioned<Erasure>,
  stepMs = STEP_MS,
): Promise<{ readonly erasure: Erasure; readonly isDone: boolean }> {
  const until = deps.clock.monotonic() + stepMs;
  const isOver = (): boolean => deps.clock.monotonic() >= until;
  const eraser = eraserOf(value.words);
  const afterJobs = value.auditAfter === undefined ? await eraseInJobs(deps, value, eraser, isOver) : value;
  const { erasure, isAll } =
    afterJobs.auditAfter === undefined
      ? { erasure: afterJobs, isAll: false }
      : await eraseInAudit(deps, afterJobs, eraser, isOver);
  if (isAll) return { erasure: await finish(deps, erasure, eraser, version), isDone: true };
  const saved = { ...erasure, movedAt: deps.clock.now() };
  if ((await deps.erasures.write(saved, version)) !== 'changed')
    await deps.queue.sendTask({ kind: 'erase' }, deps.clock.now());
  return { erasure: saved, isDone: false };
}

/** A step of each that is under way. */
export async function continueErasures(deps: EraseDeps): Promise<void> {
  for (const each of await deps.erasures.all()) await stepErasure(deps, each);
}

/** Asks for the next step where the last one is long ago. */
export async function repeatLostErasures({ erasures, queue, clock }: EraseDeps): Promise<void> {
  const lostBefore = clock.now() - LOST_AFTER_MS;
  if ((await erasures.all()).some(({ value: { movedAt } }) => movedAt < lostBefore))
    await queue.sendTask({ kind: 'erase' }, clock.now());
}

async function eraseInJobs(deps: EraseDeps, begun: Erasure, eraser: Eraser, isOver: () => boolean): Promise<Erasure> {
  let erasure = begun;
  for (;;) {
    const jobs = await deps.jobs.page(erasure.after, JOBS_AT_ONCE);
    for (const job of jobs) {
      // Open ones did not have the guest, or came later.
      if (isEndedJob(job)) {
        const before = erasure.erased;
        for await (const chunk of deps.chunks.from(job.id, erasure.chunk)) {
          if (eraser.names(chunk.resets)) erasure = await eraseChunk(deps, job, chunk.index, erasure, eraser);
          erasure = { ...erasure, chunk: chunk.index + 1 };
          if (isOver()) return erasure;
        }
        const isNamed = await eraseJobRow(deps, job, eraser);
        const { resets, texts } = erasure.erased;
        if (isNamed || resets + texts > before.resets + before.texts) erasure = addErased(erasure, { jobs: 1 });
      }
      erasure = { ...erasure, after: job.id, chunk: 0 };
      if (isOver()) return erasure;
    }
    if (jobs.length < JOBS_AT_ONCE) return { ...erasure, auditAfter: '' };
  }
}

/** Read again before it is written: somebody may be stripping the job, or noting what a look found. */
function eraseChunk(deps: EraseDeps, job: Job, index: number, erasure: Erasure, eraser: Eraser): Promise<Erasure> {
  return whileChanged(`chunk ${index} of job ${job.id}`, async () => {
    const read = await deps.chunks.read(job.id, index);
    if (read === undefined) return erasure;
    const { chunk, resets, texts } = eraseInChunk(read.value, erasure, eraser);
    if (chunk === read.value) return erasure;
    return (await deps.chunks.replace(chunk, read.version)) === 'changed'
      ? 'changed'
      : addErased(erasure, { resets, texts });
  });
}

/** @returns whether the row named the guest */
async function eraseJobRow(deps: EraseDeps, job: Job, eraser: Eraser): Promise<boolean> {
  if (eraseInJob(job, eraser) === job) return false;
  const { caller, key } = job.idempotency;
  // A key that names the guest goes: nobody could find its row by another.
  const entry = eraser.names(key) ? await deps.idempotency.read(caller, key) : undefined;
  if (entry?.value.jobId === job.id) await deps.idempotency.remove(caller, key, entry.version);
  await changeJob(deps, job.id, (current) => eraseInJob(current, eraser));
  return true;
}

async function eraseInAudit(
  deps: EraseDeps,
  begun: Erasure,
  eraser: Eraser,
  isOver: () => boolean,
): Promise<{ readonly erasure: Erasure; readonly isAll: boolean }> {
  let erasure = begun;
  for (;;) {
    const page = await deps.audit.page(undefined, erasure.auditAfter, AUDIT_AT_ONCE);
    const named = page.map(({ entry }) => entry).filter(({ reason }) => eraser.names(reason));
    await deps.audit.write(named.map((entry) => ({ ...entry, ...eraser.redacted({ reason: entry.reason ?? '' }) })));
    erasure = { ...addErased(erasure, { texts: named.length }), auditAfter: page.at(-1)?.key ?? '' };
    if (page.length < AUDIT_AT_ONCE) return { erasure, isAll: true };
    if (isOver()) return { erasure, isAll: false };
  }
}

/** The tenant's pause, the guest's own rows, the audit row, and at last the erasure itself. */
async function finish(deps: EraseDeps, begun: Erasure, eraser: Eraser, version: string): Promise<Erasure> {
  await changeGate(deps, (gate) => eraser.redacted(gate));
  const { guestId, by, startedAt } = begun;
  const rows = await deps.guests.eraseRows(guestId, async (jobId) => {
    const job = await deps.jobs.peek(jobId);
    return job === undefined || job === 'unreadable' || isEndedJob(job);
  });
  const erasure = addErased(begun, { rows });
  const { resets, texts } = erasure.erased;
  // Whoever dies after it writes the same row again.
  if (resets + texts + rows > 0)
    await deps.audit.write([{ of: 'guest', number: 0, at: startedAt, action: 'erased', by, total: resets }]);
  await deps.erasures.end(erasure, version);
  deps.log.info('guestErased', { resets, rows });
  return erasure;
}
