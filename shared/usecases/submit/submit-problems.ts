/** Refusals of a submission that have nothing to do with its rows. */
import { problem, type Problem } from '../../domain/api/problem.ts';

export const STILL_RECEIVING = problem(
  'submissionInProgress',
  'Another request with the same Idempotency-Key has not ended. Nothing of this one was queued; repeat it in a while.',
);
export const KEY_REUSED = problem(
  'idempotencyKeyReused',
  'This Idempotency-Key came before with another body or other options. Nothing was queued; use a new key for a ' +
    'new job.',
);
export const KEY_OF_DELETED_JOB = problem(
  'jobDeleted',
  'This Idempotency-Key belongs to a job that is no longer stored. Nothing was queued; use a new key.',
);

export const tooManyOpen = (limit: number): Problem =>
  problem(
    'tooManyOpenJobs',
    `${limit} jobs of yours have not ended, dry runs and paused ones among them, and no more are taken. Nothing was ` +
      'queued. Wait until some have ended, cancel what is not needed (GET /api/jobs lists them), or put more resets ' +
      'into one job.',
  );

export const tooSlow = (maxSeconds: number): Problem =>
  problem(
    'submissionTooSlow',
    `The body did not arrive within ${maxSeconds} s. Nothing was queued; send it again, or in several parts.`,
  );
