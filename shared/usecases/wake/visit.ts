/** What a visit to a chunk needs to know of the job and the moment. */
import type { Job } from '../../domain/job/job.ts';

export interface Visit {
  readonly job: Job;
  /** When the tenant or the job was last resumed; 0 for never. */
  readonly resumedAt: number;
  /** False while there is a stop, or when the job is canceled: then only resets in doubt are looked at. */
  readonly maySend: boolean;
  /** Where this visit tries, with one guest, whether a stop can be lifted: since when that stands. */
  readonly triesSince?: number;
}
