/** What this process has read of jobs of late: a chunk's visit asks twice, and chunks of one job follow each other. */
import type { Job } from '../../domain/job/job.ts';
import { GATE_MAX_AGE_MS } from '../../domain/policy.ts';
import type { Clock } from '../../usecases/ports.ts';

export interface RecentJob {
  readonly job: Job;
  /** Monotonic time of the read. */
  readonly at: number;
}

export interface RecentJobs {
  /** The job as it was at most a second ago. */
  get(id: string): RecentJob | undefined;
  remember(job: Job, at: number): void;
  /** Before this process changes the job. */
  forget(id: string): void;
  /** Monotonic time. */
  now(): number;
}

/** The oldest is forgotten first. */
const REMEMBERED = 100;

export function recentJobs(clock: Pick<Clock, 'monotonic'>): RecentJobs {
  const known = new Map<string, RecentJob>();
  return {
    get(id) {
      const recent = known.get(id);
      return recent !== undefined && clock.monotonic() - recent.at < GATE_MAX_AGE_MS ? recent : undefined;
    },
    remember(job, at) {
      known.delete(job.id);
      known.set(job.id, { job, at });
      const [oldest] = known.keys();
      if (known.size > REMEMBERED && oldest !== undefined) known.delete(oldest);
    },
    forget: (id) => void known.delete(id),
    now: () => clock.monotonic(),
  };
}
