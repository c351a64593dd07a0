/**
 * How far a job is, folded from its chunks; and closing it when everything has ended, or stopping it when its canary
 * has.
 */
import { dispatchable } from '../../domain/job/canary.ts';
import { foldProgress, type Progress } from '../../domain/job/progress.ts';
import type { JobId } from '../../domain/ids.ts';
import { isEndedJob, type Job } from '../../domain/job/job.ts';
import type { Counts } from '../../domain/reset/counts.ts';
import { keepWaits, progressed } from '../../domain/job/changes.ts';
import type { Endings } from '../../domain/reset/endings.ts';
import type { OutcomeCounts } from '../../domain/reset/outcome-counts.ts';
import { changeJob } from '../change-job.ts';
import type { Deps } from '../deps.ts';
import type { Versioned } from '../ports.ts';

export interface JobProgress {
  readonly job: Job;
  readonly counts: Counts;
  readonly outcomeCounts: OutcomeCounts;
  /** When resets ended, and were sent, as far as that is known. */
  readonly endings?: Endings | undefined;
  readonly sendings?: Endings | undefined;
}

type ProgressDeps = Pick<Deps, 'jobs' | 'chunks' | 'control' | 'clock' | 'audit' | 'log'>;

/** Chunks that a fold may pass over again and again before the snapshot is moved on. */
const SNAPSHOT_STEP = 100;
/**
 * Reads a job with its counts. Whoever reads may also close it, stop it, or move its snapshot on.
 * @throws when others write the row each time that the job is to be closed or stopped: nobody may come later to do it
 */
export async function readProgress(deps: ProgressDeps, read: Versioned<Job>): Promise<JobProgress> {
  let sums: Pick<Progress, 'counts' | 'outcomeCounts' | 'endings' | 'sendings'> = read.value.snapshot;
  const changed = await changeJob(
    deps,
    read.value.id,
    async (job) => {
      if (isEndedJob(job)) {
        sums = job.snapshot;
        return job;
      }
      const progress = await fold(deps, job);
      sums = progress;
      const now = deps.clock.now();
      const next = progressed(job, progress, now);
      const mustBeWritten = isEndedJob(next) || next.stop !== job.stop;
      if (!mustBeWritten && next.snapshot.upTo < job.snapshot.upTo + SNAPSHOT_STEP) return job;
      return keepWaits(next, (await deps.control.read()).pace.waits, now);
    },
    read,
  );
  const { counts, outcomeCounts, endings, sendings } = sums;
  return { job: changed ?? read.value, counts, outcomeCounts, endings, sendings };
}

async function fold({ chunks }: ProgressDeps, job: Job): Promise<Progress> {
  return foldProgress(job, await chunks.counts(job.id, job.snapshot.upTo, job.cursor));
}

/**
 * Closes the job if its last reset has ended, stops it if the last of its canary has. Costs one read while chunks are
 * still to be dispatched.
 */
export async function closeIfDone(deps: ProgressDeps, id: JobId): Promise<void> {
  const read = await deps.jobs.read(id);
  if (read === undefined || isEndedJob(read.value) || read.value.cursor < dispatchable(read.value)) return;
  await readProgress(deps, read);
}
