/** What can be said of a job on the command line. */
import { STOP_CODES } from '../../client/codes.ts';
import type { ResetQuery, RetryQuery, StopCode, SubmitQuery } from '../../client/types.ts';
import { UsageError } from '../errors.ts';

/** Of everything that makes a job. */
export const MAKING_OPTIONS = {
  'dry-run': { type: 'boolean' },
  'send-mail': { type: 'boolean' },
  'no-mail': { type: 'boolean' },
  reason: { type: 'string' },
  'not-before': { type: 'string' },
  'not-after': { type: 'string' },
  key: { type: 'string' },
} as const;
export const MAKING_USAGE = `  --dry-run            look everything up, decide, and send nothing
  --send-mail          Microsoft mails the guests
  --no-mail            nobody is mailed; the results have a redeem URL for each guest
  --reason TEXT        shown with the job
  --not-before TIME    nothing is sent before it (ISO 8601)
  --not-after TIME     nothing is sent from it on
  --key KEY            Idempotency-Key: the same line once more makes no second job`;

/** Of whatever lets a job go. */
export const WAIT_OPTIONS = { wait: { type: 'boolean' }, 'wait-while-paused': { type: 'boolean' } } as const;
export const WAIT_USAGE = `  --wait               stay until the job has ended or is paused, and show how far it is
  --wait-while-paused  stay until it has ended, also while it is paused`;

/** Whoever waits while it is paused waits. */
export const waits = (values: {
  readonly wait?: boolean | undefined;
  readonly 'wait-while-paused'?: boolean | undefined;
}): boolean => values.wait === true || values['wait-while-paused'] === true;

/** Of lists. */
export const MANY_OPTIONS = {
  'pause-after': { type: 'string' },
  'max-per-minute': { type: 'string' },
  'allow-duplicate': { type: 'boolean' },
  yes: { type: 'boolean' },
  ...WAIT_OPTIONS,
} as const;
export const MANY_USAGE = `  --pause-after N      stop by itself after the first N, until "resume"
  --max-per-minute N   at most so many resets in any minute
  --allow-duplicate    submit although the same was submitted within the hour
  --yes                mail more than 20 guests without being asked
${WAIT_USAGE}`;

/** Of what is said of guests anew. */
export const GUEST_OPTIONS = {
  language: { type: 'string' },
  'redirect-url': { type: 'string' },
  'only-if': { type: 'string' },
  'skip-if-reset-within-hours': { type: 'string' },
} as const;
export const GUEST_USAGE = `  --language TAG       of Microsoft's mail, such as de-DE
  --redirect-url URL   where the guests land after redeeming
  --only-if STATE      pending (not redeemed) or accepted (redeemed): skip guests in another state
  --skip-if-reset-within-hours N
                       skip who was reset within so many hours (default 24)`;

type Values = Partial<
  Readonly<
    Record<
      | Exclude<keyof typeof MAKING_OPTIONS, 'dry-run' | 'send-mail' | 'no-mail'>
      | keyof typeof GUEST_OPTIONS
      | 'pause-after'
      | 'max-per-minute'
      | 'change-email-domain',
      string | undefined
    >
  >
> & {
  readonly 'dry-run'?: boolean | undefined;
  readonly 'send-mail'?: boolean | undefined;
  readonly 'no-mail'?: boolean | undefined;
};

/** Who types a line twice means it once, whatever its key. */
export const duplicateQuery = (values: { readonly 'allow-duplicate'?: boolean | undefined }) => ({
  allowDuplicate: values['allow-duplicate'] === true,
});

/** What was said, in the words of the API. @throws UsageError */
export function makingQuery(values: Values): SubmitQuery & ResetQuery & RetryQuery {
  if (values['send-mail'] === true && values['no-mail'] === true)
    throw new UsageError('Say --send-mail or --no-mail, not both.');
  const mail = values['send-mail'] ?? (values['no-mail'] === true ? false : undefined);
  return withoutUnsaid({
    dryRun: values['dry-run'],
    sendInvitationMessage: mail,
    reason: values.reason,
    notBefore: values['not-before'],
    notAfter: values['not-after'],
    pauseAfter: wholeNumber('--pause-after', values['pause-after']),
    maxPerMinute: wholeNumber('--max-per-minute', values['max-per-minute']),
    messageLanguage: values.language,
    inviteRedirectUrl: values['redirect-url'],
    onlyIf: oneOf('--only-if', values['only-if'], ['any', 'pending', 'accepted']),
    skipIfResetWithinHours: hours('--skip-if-reset-within-hours', values['skip-if-reset-within-hours']),
    changeEmailDomain: values['change-email-domain'],
  });
}

type Said<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> };

export const withoutUnsaid = <T extends object>(all: T): Said<T> =>
  Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as Said<T>;

function wholeNumber(option: string, text: string | undefined): number | undefined {
  if (text === undefined || /^\d{1,9}$/.test(text)) return text === undefined ? undefined : Number(text);
  throw new UsageError(`${option} must be a whole number, not "${text}".`);
}

function hours(option: string, text: string | undefined): number | undefined {
  if (text === undefined || /^\d{1,9}(?:\.\d{1,9})?$/.test(text)) return text === undefined ? undefined : Number(text);
  throw new UsageError(`${option} must be a number of hours, such as 24 or 0.5, not "${text}".`);
}

/** @throws UsageError */
export function oneOf<const T extends string>(option: string, text: string | undefined, words: readonly T[]) {
  const word = words.find((each) => each === text);
  if (text !== undefined && word === undefined)
    throw new UsageError(`${option} must be one of ${words.join(', ')}, not "${text}".`);
  return word;
}

const STOP_NAMES = Object.keys(STOP_CODES) as readonly StopCode[];
/** Of a resume: which stop is meant. */
export const STOP_OPTIONS = { stop: { type: 'string' } } as const;

/** @throws UsageError */
export const stopOf = (text: string | undefined): StopCode | undefined => oneOf('--stop', text, STOP_NAMES);

/** A job's id, or its address, as people copy either. @throws UsageError */
export function jobIdOf(text: string): string {
  const id = /^(?:https?:\/\/[^?#]+\/jobs\/)?([0-9a-z]{26})(?:[/?#].*)?$/.exec(text)?.[1];
  if (id === undefined) throw new UsageError(`"${text}" is no id of a job: it has 26 letters and digits.`);
  return id;
}
