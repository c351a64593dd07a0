/**
 * Every code of a stop: why nothing is sent, and what lifts it. The table of `docs/results.md` is written from this
 * one.
 */
import { RESET_CODES } from '../reset/codes.ts';

interface StopCodeEntry {
  readonly of: readonly ('tenant' | 'job')[];
  readonly meaning: string;
  /** What to do before it is lifted, and what a resume does then. */
  readonly remedy: string;
}

const JOB = ['job'] as const;
const TENANT = ['tenant'] as const;

const THEN_RESUME = 'then resume: one guest is tried first.';
const MEND_IDENTITY = `Mend the managed identity or its permissions, ${THEN_RESUME}`;

export const STOP_CODES = {
  pausedByHand: {
    of: ['tenant', 'job'],
    meaning: 'Somebody wished so, and may have said why.',
    remedy: 'Resume when the reason is gone: all goes on at once.',
  },
  pauseAfter: {
    of: JOB,
    meaning: 'The first resets of the job have ended, as was asked for.',
    remedy: 'Look at how they ended, then resume: the rest goes on at once. Whoever submitted the job may do so, too.',
  },
  awaitingApproval: {
    of: JOB,
    meaning:
      'The job has more resets than `HOLD_JOBS_ABOVE`: somebody with `Manage` who did not submit it must approve it.',
    remedy: 'They look at what was submitted, then resume: that approves it.',
  },
  refusedRepeatedly: {
    of: JOB,
    meaning: 'Graph refused guest after guest for a reason that nobody knows.',
    remedy: `Mend what Graph’s words name, ${THEN_RESUME}`,
  },
  unexpectedAnswers: {
    of: JOB,
    meaning: 'Graph gave answers that do not tell what became of the invitations.',
    remedy: `Look at those guests, ${THEN_RESUME}`,
  },
  tenantBlocked: {
    of: TENANT,
    meaning: RESET_CODES.tenantBlocked.meaning,
    remedy: 'It does not lift by itself: open a support request with Microsoft, wait for the answer, ' + THEN_RESUME,
  },
  invitationsNotAllowed: {
    of: TENANT,
    meaning: RESET_CODES.invitationsNotAllowed.meaning,
    remedy: `Allow guest invitations in the external collaboration settings of Entra, ${THEN_RESUME}`,
  },
  noToken: { of: TENANT, meaning: RESET_CODES.noToken.meaning, remedy: MEND_IDENTITY },
  tokenRejected: {
    of: TENANT,
    meaning: "Graph did not accept the service's token, twice in a row.",
    remedy: MEND_IDENTITY,
  },
} as const satisfies Record<string, StopCodeEntry>;

export type StopCode = keyof typeof STOP_CODES;

/**
 * The stop of the code of a verdict about the whole tenant.
 * @throws Error for any other verdict: that is a mistake of ours
 */
export function stopCodeOf(code: string): StopCode {
  if (!isStopCode(code)) throw new Error(`There is no stop of the code ${code}.`);
  return code;
}

const isStopCode = (code: string): code is StopCode => Object.hasOwn(STOP_CODES, code);
