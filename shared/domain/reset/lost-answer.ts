/** What a reset is told when Graph's answer was lost, or proves nothing. */
import type { ResetRecord, Verdict } from './reset.ts';

export const NO_ANSWER: Verdict = { code: 'noAnswer', message: 'Graph gave no answer.' };

export const SEEN_IN_DIRECTORY: Verdict = {
  code: 'resetSeenInDirectory',
  message: "Graph's answer was lost or proves nothing, but the directory shows that the reset happened.",
};

export const SEEN_WITHOUT_URL: Verdict = {
  ...SEEN_IN_DIRECTORY,
  nextStep:
    'Only the answer had the redeem URL. The guest can redeem through the link of an app; or submit again with ' +
    'skipIfResetWithinHours 0.',
};

/** Where nobody can tell what became of the request in doubt. */
export const unknownOf = ({ oddAnswer }: ResetRecord): Verdict =>
  oddAnswer === undefined
    ? UNKNOWN
    : { ...UNKNOWN, message: `${oddAnswer.message} The directory does not show whether the reset happened.` };

export const UNKNOWN: Verdict = {
  code: 'outcomeUnknown',
  message: "Graph's answer was lost, and the directory does not show whether the reset happened.",
  nextStep:
    'Ask the guest whether a new invitation came. If none did, retry the job with status=unknown: if one did, ' +
    'that would be a second mail.',
};
