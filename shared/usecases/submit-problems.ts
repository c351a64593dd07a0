/** Refusals of a submission that have nothing to do with its rows. */
import { problem } from '../domain/problem.ts';

export const STILL_RECEIVING = problem('submissionInProgress', 'Another request with the same Idempotency-Key has not ended. Nothing of this one was queued; repeat it in a while.');
export const KEY_REUSED = problem('idempotencyKeyReused', 'This Idempotency-Key came before with another body or other options. Nothing was queued; use a new key for a new job.');
export const KEY_OF_DELETED_JOB = problem('jobDeleted', 'This Idempotency-Key belongs to a job that is no longer stored. Nothing was queued; use a new key.');
export const TOO_SLOW = problem('submissionTooSlow', 'The body did not arrive within 5 minutes. Nothing was queued; send it again, or in several parts.');
