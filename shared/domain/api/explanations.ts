/** Every code of a refusal, told at length: what its page and `docs/errors.md` say. */
import { API_CODES, askAgainAfterSeconds, type ApiCode } from './codes.ts';
import { SUBMISSION_CODES, type SubmissionCode } from '../submission/codes.ts';

type Code = ApiCode | SubmissionCode;

/** Words in backticks are code. */
export interface Explanation {
  readonly code: Code;
  readonly status: number;
  readonly title: string;
  readonly cause: string;
  readonly remedy: string;
  /** When the same request may be sent again, where that is not as `USUALLY`. */
  readonly again?: string;
  /** What has become of the request that was refused, where that is not as `USUALLY`. */
  readonly done?: string;
}

export interface ExplainedGroup {
  readonly title: string;
  readonly codes: readonly Explanation[];
}

/** With which code a group begins: the tables have their codes in this order. */
const GROUPS: Readonly<Partial<Record<Code, string>>> = {
  notSignedIn: 'Who asks',
  pathNotFound: 'What is asked for',
  jobNotFound: 'Which job, and how it stands',
  unknownParameter: 'What the query says',
  invalidGuestId: 'Which guest',
  invalidIdempotencyKey: 'A new job',
  internalError: 'The service itself',
  invalidSubmission: 'What is submitted',
  unknownOption: 'Options of a job',
  noUserColumn: 'Columns and lines of a CSV',
  missingUser: 'One reset',
};

export const USUALLY = {
  again: 'When what is to be done is done: until then the answer stays the same.',
  done: 'Nothing.',
} as const;

/** Of chance, or of the way: the request itself may be right. */
const BY_CHANCE: readonly Code[] = ['internalError', 'incompleteBody', 'submissionTooSlow'];

function whenAgain(code: Code, status: number): string | undefined {
  const seconds = askAgainAfterSeconds(code, status);
  if (seconds !== undefined)
    return `After the seconds that the header \`Retry-After\` says: ${seconds}, where nothing better is known.`;
  return BY_CHANCE.includes(code) ? 'At once.' : undefined;
}

const NOT_CERTAIN: readonly Code[] = ['internalError', 'temporarilyUnavailable'];

const whatWasDone = (code: Code): string | undefined =>
  NOT_CERTAIN.includes(code)
    ? 'That is not certain. A submission has become one whole job, or none: the same request with the same ' +
      '`Idempotency-Key` finds it, or makes it. Any other request may be sent again: twice does no more than once.'
    : undefined;

type Entry = (typeof API_CODES)[ApiCode] | (typeof SUBMISSION_CODES)[SubmissionCode];

function explained([code, { status, title, meaning, fix }]: readonly [Code, Entry]): Explanation {
  const [again, done] = [whenAgain(code, status), whatWasDone(code)];
  return {
    code,
    status,
    title,
    cause: meaning,
    remedy: fix,
    ...(again !== undefined && { again }),
    ...(done !== undefined && { done }),
  };
}

const ALL = (Object.entries({ ...API_CODES, ...SUBMISSION_CODES }) as [Code, Entry][]).map(explained);

/** All codes, in groups. */
export const EXPLAINED: readonly ExplainedGroup[] = grouped();

function grouped(): ExplainedGroup[] {
  const groups: { title: string; codes: Explanation[] }[] = [];
  for (const each of ALL) {
    const title = GROUPS[each.code];
    if (title !== undefined) groups.push({ title, codes: [] });
    groups.at(-1)?.codes.push(each);
  }
  return groups;
}

export const ALL_CODES: readonly Code[] = ALL.map(({ code }) => code);

const byCode = new Map(ALL.map((each) => [each.code.toLowerCase(), each]));

/** By its code, in any case of letters: a person may have typed it. */
export const explanationOf = (code: string): Explanation | undefined => byCode.get(code.toLowerCase());
