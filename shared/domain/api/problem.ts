/** What is wrong with a request, told so that the caller can mend it. Encoded as RFC 9457 problem details. */
import type { JobId } from '../ids.ts';
import { API_CODES, type ApiCode } from './codes.ts';
import type { SubmissionCode } from '../submission/codes.ts';

/**
 * One thing wrong in one place. `row` is the 1-based row of the guest, `line` the 1-based line of the body where that
 * differs.
 */
export interface RowProblem {
  readonly code: string;
  /** What is wrong and what to write instead. Never repeats a whole body; may name the offending value, shortened. */
  readonly message: string;
  readonly row?: number;
  readonly line?: number;
  readonly field?: string;
}

/** A refusal as a value: `status` is the HTTP status, `code` is stable and documented. */
export interface Problem {
  readonly status: number;
  readonly code: ApiCode | SubmissionCode;
  readonly title: string;
  readonly detail: string;
  /** The first 100. */
  readonly errors?: readonly RowProblem[];
  /** How many there were in all. */
  readonly errorCount?: number;
  /** The methods that the path takes. */
  readonly allow?: readonly string[];
  /** Of a job that is paused. */
  readonly job?: JobId;
  /** Of a duplicate. */
  readonly earlierJob?: JobId;
  /** When to ask again, where that is known. */
  readonly retryAfterSeconds?: number;
}

/** At most this many are listed in one answer. */
export const MAX_LISTED_ERRORS = 100;

/** The refusal of a request, with status and title of its code. */
export function problem(code: ApiCode, detail: string): Problem {
  const { status, title } = API_CODES[code];
  return { status, code, title, detail };
}
