/** Every code of a stop: why nothing is sent. The table of `docs/results.md` is written from this one. */
import { RESET_CODES } from '../reset/codes.ts';

interface StopCodeEntry {
  readonly of: readonly ('tenant' | 'job')[];
  readonly meaning: string;
}

const JOB = ['job'] as const;
const TENANT = ['tenant'] as const;

export const STOP_CODES = {
  pausedByHand: { of: ['tenant', 'job'], meaning: 'Somebody wished so, and may have said why.' },
  pauseAfter: { of: JOB, meaning: 'The first resets of the job have ended, as was asked for.' },
  awaitingApproval: {
    of: JOB,
    meaning:
      'The job has more resets than `HOLD_JOBS_ABOVE`: somebody with `Manage` who did not submit it must approve it.',
  },
  refusedRepeatedly: { of: JOB, meaning: 'Graph refused guest after guest for a reason that nobody knows.' },
  unexpectedAnswers: { of: JOB, meaning: 'Graph gave answers that do not tell what became of the invitations.' },
  tenantBlocked: { of: TENANT, meaning: RESET_CODES.tenantBlocked.meaning },
  invitationsNotAllowed: { of: TENANT, meaning: RESET_CODES.invitationsNotAllowed.meaning },
  noToken: { of: TENANT, meaning: RESET_CODES.noToken.meaning },
  tokenRejected: { of: TENANT, meaning: "Graph did not accept the service's token, twice in a row." },
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
