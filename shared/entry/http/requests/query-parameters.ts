/** What the queries of the routes take: how each value is read, and how it is described. */
import type { ApiCode } from '../../../domain/api/codes.ts';
import { RESET_CODES, type ResetCode } from '../../../domain/reset/codes.ts';
import { SHOWN_JOB_STATUSES } from '../../../domain/job/job.ts';
import { JOB_ID_PATTERN, parseJobId } from '../../../domain/ids.ts';
import { STOP_CODES, type StopCode } from '../../../domain/stops/codes.ts';
import { REDEMPTIONS, RESET_STATUSES, RETRIED_STATUSES } from '../../../domain/reset/reset.ts';
import { checkDateTime } from '../../../domain/submission/date-time.ts';
import { flagWord } from '../../../domain/submission/flag-word.ts';
import { REASON_MAX_CHARS } from '../../../domain/submission/lengths.ts';
import { auditPosition, historyPosition, jobPosition, resetPosition } from '../answers/paging.ts';

export interface Parameter<T> {
  /** What the value may be, as JSON Schema says it. */
  readonly schema: Readonly<Record<string, unknown>>;
  /** One sentence for the OpenAPI document. */
  readonly says: string;
  /** @param text as it was written; undefined where the query has no such name */
  readonly read: (text: string | undefined) => SaidValue<T>;
}

/** `mustBe` ends a sentence that begins with the parameter's name. Without a code it is `invalidParameter`. */
export type SaidValue<T> = { readonly value: T } | { readonly mustBe: string; readonly code?: ApiCode };

/** The type of what a parameter's `read` gives. */
export type ValueOf<P> = P extends Parameter<infer T> ? T : never;

/** A parameter that may be left out. `parse` gives undefined for what it cannot be. */
function optional<T>(
  schema: Parameter<T>['schema'],
  says: string,
  mustBe: string,
  parse: (text: string) => T | undefined,
): Parameter<T | undefined> {
  return {
    schema,
    says,
    read(text) {
      if (text === undefined) return { value: undefined };
      const value = parse(text.trim());
      return value === undefined ? { mustBe } : { value };
    },
  };
}

/** The known word that a text is, in any case. */
const wordIn = <T extends string>(known: readonly T[], text: string): T | undefined =>
  known.find((each) => each.toLowerCase() === text.toLowerCase());

const oneOf = <T extends string>(known: readonly T[], says: string): Parameter<T | undefined> =>
  optional({ type: 'string', enum: known }, says, `one of ${known.join(', ')}`, (text) => wordIn(known, text));

/** Words with commas between. */
const someOf = <T extends string>(known: readonly T[], says: string): Parameter<readonly T[] | undefined> =>
  optional(
    { type: 'string', pattern: `^(?:${known.join('|')})(?:,(?:${known.join('|')}))*$` },
    says,
    `some of ${known.join(', ')}, with commas between`,
    (text) => {
      const words = text.split(',').map((each) => wordIn(known, each.trim()));
      return words.every((word) => word !== undefined) ? words : undefined;
    },
  );

const time = (says: string): Parameter<number | undefined> =>
  optional(
    { type: 'string', format: 'date-time' },
    says,
    'a date and time with its offset, such as 2030-01-31T08:00:00Z; in a query write a + as %2B',
    (text) => {
      const checked = checkDateTime('', text);
      return checked.ok ? checked.value : undefined;
    },
  );

const flag = (says: string): Parameter<boolean | undefined> =>
  optional({ type: 'boolean' }, says, 'true or false', flagWord);

const sizeOf = (fallback: number, most: number, says: string): Parameter<number | undefined> =>
  optional(
    { type: 'integer', minimum: 1, maximum: most, default: fallback },
    says,
    `a whole number from 1 to ${most}`,
    (text) => (/^\d{1,9}$/.test(text) && Number(text) >= 1 && Number(text) <= most ? Number(text) : undefined),
  );

function pageSizeOf(fallback: number, most: number): Parameter<number> {
  const { read, ...described } = sizeOf(fallback, most, 'Items of one page.');
  return {
    ...described,
    read: (text) => (text === undefined ? { value: fallback } : (read(text) as SaidValue<number>)),
  };
}

/** Of the resets of a job. Whether it was said is asked, too: a file has no pages. */
export const RESETS_PAGE_SIZE = 100;

const tokenOf = <T>(parse: (token: string) => T | undefined): Parameter<T | undefined> => ({
  schema: { type: 'string' },
  says: 'From the nextLink of the page before.',
  read(text) {
    const value = text === undefined ? undefined : parse(text);
    if (text === undefined || value !== undefined) return { value };
    return {
      mustBe: 'from a page of this list: take its nextLink as it stands, or leave it out to begin again',
      code: 'invalidContinuationToken',
    };
  },
});

/** Blank text says nothing. */
const reason: Parameter<string | undefined> = {
  schema: { type: 'string', maxLength: REASON_MAX_CHARS },
  says: 'Shown to everybody who waits.',
  read(text = '') {
    const said = text.trim();
    if (said.length > REASON_MAX_CHARS) return { mustBe: `at most ${REASON_MAX_CHARS} characters long` };
    return { value: said === '' ? undefined : said };
  },
};

export const FORMATS = { json: 'application/json', csv: 'text/csv', ndjson: 'application/x-ndjson' } as const;
export type Format = keyof typeof FORMATS;

const CODES = Object.keys(RESET_CODES) as ResetCode[];

const JOB_ID = { type: 'string', pattern: JOB_ID_PATTERN } as const;

/** Of every answer whose Location is a completion. */
const waiting = {
  waitWhilePaused: flag('Whether the completion answers 202, not 409, while the tenant or the job is paused.'),
};

const ofManyResets = {
  allowDuplicate: flag(
    'Of more than 20 resets: whether a second job is made where one of the last hour, open or completed, has the ' +
      'same. Default: only with an Idempotency-Key.',
  ),
};

/** By route; the names are those of the query. */
export const QUERIES = {
  nothing: {},
  submission: {
    format: oneOf(['csv'], 'Gives bad CSV rows back as CSV with a column `problem`.'),
    ...ofManyResets,
    ...waiting,
  },
  reset: waiting,
  jobs: {
    status: someOf(SHOWN_JOB_STATUSES, 'Only jobs that are shown with one of these, with commas between.'),
    dryRun: flag('Only dry runs, or only others.'),
    createdAfter: time('Only jobs made then or later.'),
    createdBefore: time('Only jobs made earlier than that.'),
    retryOf: optional(JOB_ID, 'Only retries of this job.', 'the id of a job', parseJobId),
    submittedBy: optional(
      { type: 'string' },
      'Only jobs of this caller, by object id.',
      'an object id, as submittedBy of a job has it',
      (text) => (text === '' ? undefined : text),
    ),
    pageSize: pageSizeOf(20, 100),
    continuationToken: tokenOf(jobPosition),
  },
  completion: waiting,
  resets: {
    status: someOf(RESET_STATUSES, 'Only resets with one of these, with commas between.'),
    code: someOf(CODES, 'Only resets with one of these, with commas between.'),
    redemption: oneOf(REDEMPTIONS, 'Only these, of the last check.'),
    format: oneOf(Object.keys(FORMATS) as Format[], 'Default by Accept, else json.'),
    from: optional(
      { type: 'integer', minimum: 1 },
      'Only resets from this row on; the first one is 1. Not beside a continuationToken.',
      'the number of a row, from 1',
      (text) => (/^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined),
    ),
    pageSize: sizeOf(RESETS_PAGE_SIZE, 1_000, 'Items of one page; only of JSON.'),
    continuationToken: tokenOf(resetPosition),
  },
  retry: {
    status: someOf(
      RETRIED_STATUSES,
      'Resets that ended so. Default: canceled, and failed where trying again can help.',
    ),
    code: someOf(CODES, 'Of these only resets with one of the codes, with commas between.'),
    ...ofManyResets,
    ...waiting,
  },
  history: { pageSize: pageSizeOf(20, 100), continuationToken: tokenOf(historyPosition) },
  audit: {
    jobId: optional(JOB_ID, 'Only what was done to this job.', 'the id of a job', parseJobId),
    pageSize: pageSizeOf(20, 100),
    continuationToken: tokenOf(auditPosition),
  },
  pause: { reason },
  resume: {
    stop: oneOf(
      Object.keys(STOP_CODES) as StopCode[],
      'The code of the stop that was seen: no other is lifted, however often the request is sent.',
    ),
  },
} as const satisfies Record<string, Readonly<Record<string, Parameter<unknown>>>>;
