/** Refusals of a submission that have nothing to do with its rows. */
import type { Problem } from '../domain/problem.ts';

export const STILL_RECEIVING: Problem = {
  status: 409, code: 'submissionInProgress', title: 'A submission with this key is being received',
  detail: 'Another request with the same Idempotency-Key has not ended. Nothing of this one was queued; repeat it in a while.',
};
export const KEY_REUSED: Problem = {
  status: 422, code: 'idempotencyKeyReused', title: 'The key belongs to another submission',
  detail: 'This Idempotency-Key came before with another body or other options. Nothing was queued; use a new key for a new job.',
};
export const KEY_OF_DELETED_JOB: Problem = {
  status: 409, code: 'jobDeleted', title: 'The job of this key was deleted',
  detail: 'This Idempotency-Key belongs to a job that is no longer stored. Nothing was queued; use a new key.',
};
export const TOO_SLOW: Problem = {
  status: 408, code: 'submissionTooSlow', title: 'The body took too long',
  detail: 'The body did not arrive within 5 minutes. Nothing was queued; send it again, or in several parts.',
};
