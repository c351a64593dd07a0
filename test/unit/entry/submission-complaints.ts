/** What must hold however a reading ended, as a list of what does not: empty for a good one. */
import { MAX_LISTED_ERRORS, type Problem, type RowProblem } from '../../../shared/domain/api/problem.ts';
import type { ResetRequest } from '../../../shared/domain/reset/reset.ts';
import { SUBMISSION_CODES } from '../../../shared/domain/submission/codes.ts';
import type { SubmissionEnd } from '../../../shared/domain/submission/events.ts';
import { ROW_MAX_CHARS } from '../../../shared/domain/submission/lengths.ts';
import type { Reading } from './submission-reading.ts';

/** May be about a whole row, which no field alone can mend. */
const OF_WHOLE_ROWS = new Set(['raggedRow', 'incompleteRow', 'rowTooLong', 'invalidJson', 'wrongType', 'unknownField']);
const DETAIL_MAX_CHARS = 1_700;
/** Of one row: each of its fields can be wrong. */
const BAD_ROW_MAX_CHARS = 30_000;

export function complaintsAbout({ resets, end }: Reading): string[] {
  return end.kind === 'rejected'
    ? [...complaintsAboutProblem(end.problem), ...aboutBadRows(end)]
    : [...aboutRows(resets, end), ...resets.flatMap(aboutReset)];
}

export function complaintsAboutProblem({ status, code, detail, errors = [], errorCount = 0 }: Problem): string[] {
  const known = Object.entries(SUBMISSION_CODES).find(([name]) => name === code)?.[1];
  return wrong({
    [`the code ${code} is not documented`]: known === undefined,
    [`${code} has the status ${status}`]: known?.status !== status,
    [`the detail has ${detail.length} characters`]: detail.length > DETAIL_MAX_CHARS,
    [`${errors.length} errors are listed`]:
      errors.length > MAX_LISTED_ERRORS || (errors.length === 0 && status === 400 && errorCount > 0),
    [`${errors.length} errors are listed and ${errorCount} counted`]: errorCount < errors.length,
  }).concat(errors.flatMap(aboutError));
}

function aboutError({ code, message, row, line, field }: RowProblem): string[] {
  return wrong({
    [`the code ${code} is not documented`]: !Object.hasOwn(SUBMISSION_CODES, code),
    [`the message of ${code} has ${message.length} characters`]: message.length > 1_500,
    [`the field of ${code} has ${field?.length} characters`]: (field?.length ?? 0) > 200,
    [`${code} is in row ${row}, line ${line}`]: [row, line].some(
      (number) => number !== undefined && !(Number.isInteger(number) && number > 0),
    ),
    [`${code} in row ${row} names no field`]: row !== undefined && field === undefined && !OF_WHOLE_ROWS.has(code),
  });
}

function aboutBadRows({ badRows }: Extract<SubmissionEnd, { kind: 'rejected' }>): string[] {
  return [...(badRows?.rows ?? [])].flatMap(({ input, problem }) =>
    wrong({
      [`a bad row has ${input.length} cells`]: input.length !== badRows?.columns.length,
      [`a bad row has a problem of ${problem.length} characters`]: problem.length > BAD_ROW_MAX_CHARS,
    }),
  );
}

function aboutRows(
  resets: readonly ResetRequest[],
  { summary }: Extract<SubmissionEnd, { kind: 'accepted' }>,
): string[] {
  return wrong({
    'no reset was accepted': resets.length === 0,
    [`${resets.length} resets came, ${summary.total} are told`]: resets.length !== summary.total,
    'rows are not in order': resets.some(({ row }, index) => row !== index + 1),
    'what is kept with the job is long': JSON.stringify(summary).length > 3 * ROW_MAX_CHARS,
  });
}

function aboutReset(reset: ResetRequest): string[] {
  const stored = JSON.stringify(reset);
  return wrong({
    [`row ${reset.row} takes ${stored.length} characters`]: stored.length > ROW_MAX_CHARS,
    [`row ${reset.row} is another one when read back`]:
      JSON.stringify(JSON.parse(Buffer.from(stored).toString())) !== stored,
    [`row ${reset.row} holds what is no text`]: /\\ud[89a-f]|\\u0000|\uFFFD/.test(stored.replaceAll('\\\\', '')),
    [`row ${reset.row} names nobody`]: reset.selector.value === '',
  });
}

const wrong = (complaints: Record<string, boolean>): string[] =>
  Object.entries(complaints)
    .filter(([, isWrong]) => isWrong)
    .map(([complaint]) => complaint);
