/** The border between reading a submitted body (adapters) and taking it in (use case). */
import type { CsvSeparator } from '../job/job.ts';
import type { Problem } from '../api/problem.ts';
import type { SubmissionSummary } from '../job/changes.ts';
import type { ResetRequest } from '../reset/reset.ts';

/** How reading ended. With a problem, nothing of it may be queued. */
export type SubmissionEnd =
  | { readonly kind: 'accepted'; readonly summary: SubmissionSummary }
  | { readonly kind: 'rejected'; readonly problem: Problem; readonly badRows?: BadRows };

/** Bad CSV rows to give back (`?format=csv`): the input columns and what is wrong with each row. */
export interface BadRows {
  readonly columns: readonly string[];
  readonly separator: CsvSeparator;
  readonly rows: Iterable<BadRow>;
}

export interface BadRow {
  readonly input: readonly string[];
  readonly problem: string;
}

/**
 * A body while it is read: yields good resets as soon as they are known, those of a piece of the body at a time, and
 * returns how it ended. After a first bad row it goes on reading, to report every problem, but yields nothing more.
 */
export type Submission = AsyncGenerator<readonly ResetRequest[], SubmissionEnd, void>;
