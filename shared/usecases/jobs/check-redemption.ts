/**
 * Whether the guests of an ended job have redeemed: step by step over its chunks, reading only, at the pace of reads.
 */
import { SERVICE } from '../../domain/actions.ts';
import { CHUNK_MAX_RESETS } from '../../domain/chunk/chunk.ts';
import { requestCheck } from '../../domain/job/changes.ts';
import type { Job } from '../../domain/job/job.ts';
import type { JobId } from '../../domain/ids.ts';
import { lookUpOf } from '../../domain/guest/look-up.ts';
import {
  addRedemptions,
  isCheckable,
  moveOn,
  NO_REDEMPTIONS,
  checkedNow,
  type RedemptionCounts,
} from '../../domain/reset/redemption.ts';
import { changeJob } from '../change-job.ts';
import { changeChunk } from '../change-row.ts';
import type { Deps } from '../deps.ts';
import { stepThroughChunks } from './step-through-chunks.ts';
import { lookUp, takeTurnAfterThrottling } from '../throttling.ts';

type CheckDeps = Pick<
  Deps,
  'jobs' | 'chunks' | 'queue' | 'directory' | 'control' | 'policy' | 'clock' | 'audit' | 'log' | 'measure'
>;

/** Chunks of one message; a few seconds of work at most. */
const CHUNKS_AT_ONCE = 5;

/** Begins a check, unless one is on its way. The job must have ended. */
export async function startCheck(deps: CheckDeps, id: JobId, by = SERVICE): Promise<Job | undefined> {
  const now = deps.clock.now();
  const job = await changeJob(deps, id, (current) => requestCheck(current, by, now));
  if (job?.check?.requestedAt === now) await deps.queue.sendTask({ kind: 'check', jobId: id }, deps.clock.now());
  return job;
}

/**
 * Checks the next chunks, and asks for its own next run. Two at once are harmless: only one of them moves the check on.
 */
export async function continueCheck(deps: CheckDeps, id: JobId): Promise<void> {
  const job = (await deps.jobs.read(id))?.value;
  if (job?.check === undefined || job.check.endedAt !== undefined || job.deletion !== undefined) return;
  const startedAt = deps.clock.now();
  let counts = NO_REDEMPTIONS;
  let waitSeconds = 0;
  const isLast = await stepThroughChunks(deps, job, {
    kind: 'check',
    cursorOf: ({ check }) => check,
    chunks: CHUNKS_AT_ONCE,
    moverOnly: true,
    visit: async (index) => {
      const checked = await checkChunk(deps, job, index);
      if (checked === 'gone') return 'stop';
      if ('waitSeconds' in checked) {
        ({ waitSeconds } = checked);
        return 'stop';
      }
      counts = addRedemptions(counts, checked.counts);
      return undefined;
    },
    move: (current, from, to, now) => {
      const { check, deletion, chunkCount } = current;
      const moved = check && moveOn(check, from, to, counts, to >= chunkCount, now);
      return moved === undefined || moved === check || deletion !== undefined ? current : { ...current, check: moved };
    },
    nextAt: (visited) =>
      Math.max(
        deps.clock.now() + waitSeconds * 1000,
        startedAt + (visited * CHUNK_MAX_RESETS * 1000) / deps.policy.readsPerSecond,
      ),
  });
  if (isLast) deps.log.info('checked', { jobId: id, ...counts });
}

async function checkChunk(
  deps: CheckDeps,
  job: Job,
  index: number,
): Promise<{ readonly counts: RedemptionCounts } | { readonly waitSeconds: number } | 'gone'> {
  const { id } = job;
  const read = await deps.chunks.read(id, index);
  if (read === undefined) {
    const now = (await deps.jobs.read(id))?.value;
    if (now === undefined || now.deletion !== undefined) return 'gone';
    throw new Error(`chunk ${index} of job ${id} is missing`);
  }
  const asked = read.value.resets.filter(isCheckable);
  if (asked.length === 0) return { counts: NO_REDEMPTIONS };
  const comesAgainAt = await takeTurnAfterThrottling(deps, asked.length);
  if (comesAgainAt !== undefined) return { waitSeconds: (comesAgainAt - deps.clock.now()) / 1000 };
  const { batch, found, waitSeconds } = await lookUp(deps, asked.map(lookUpOf));
  if (waitSeconds > 0) return { waitSeconds };
  if (batch.kind !== 'answered') throw new Error(`Graph did not answer the look-ups of a check: ${batch.kind}`);

  const checkedAt = deps.clock.now();
  const changes = new Map(
    asked.map((record, position) => [
      record.request.row,
      checkedNow(record, found[position] ?? { kind: 'none' }, checkedAt),
    ]),
  );
  // Only the two annotations, whatever else has changed in the row meanwhile.
  await changeChunk(deps, job, read, (chunk) => ({
    ...chunk,
    resets: chunk.resets.map((record) => ({ ...record, ...changes.get(record.request.row) })),
  }));
  return {
    counts: [...changes.values()].reduce(
      (sum, { redemption }) => addRedemptions(sum, { ...NO_REDEMPTIONS, [redemption]: 1 }),
      NO_REDEMPTIONS,
    ),
  };
}
