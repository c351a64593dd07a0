/** What a request that came to nothing says to people and to programs. */
import type { Failure, Foreign } from '../../client/answer.ts';
import type { Problem } from '../../client/types.ts';
import type { ExitCode } from '../command.ts';
import { ToldError } from '../errors.ts';
import type { Terminal } from '../terminal.ts';
import { lineOf, type Asking } from './line.ts';
import { plain } from './plain.ts';
import { inOptions, inOurWords, optionOf } from './words.ts';

/** Of a submission with mistakes so many are shown; the answer has up to 100. */
const SHOWN_MAX = 20;

/** Lines, the first of which says the most. */
export function failureText(failure: Failure): string[] {
  switch (failure.kind) {
    case 'refused':
      return problemText(failure.problem);
    case 'foreign':
      return [foreignText(failure)];
    case 'lost': {
      const at = failure.at === undefined ? '' : ` at ${plain(failure.at)}`;
      return [
        `No answer from the API${at} (${causeOf(failure.cause)}).`,
        'Is that its address (--url), and does it run?',
      ];
    }
  }
}

function foreignText({ status, text, to, at = 'that address' }: Foreign): string {
  if (to !== undefined)
    return (
      `That address leads to ${plain(to)} (${status}), which was not followed. ` +
      'If that is the API, say its address with --url.'
    );
  return status === 401
    ? 'The API does not accept the token (401): it is for another app, or sign-in is not set up. See: doctor'
    : `Not the API has answered at ${plain(at)}, but something in front of it, or in its place: ` +
        `${status} ${plain(text)}`;
}

/** Where nobody has shown a token yet. @param url of the API, as it was said */
export function firstContactError(url: string, failure: Failure): ToldError {
  const lines =
    failure.kind === 'foreign' && failure.to === undefined
      ? [
          `${url} is not the address of the API, or something stands in front of it. It says: ` +
            `${failure.status} ${plain(failure.text)}`,
        ]
      : failureText(failure);
  return new ToldError(lines.join('\n'), { ...failureJson(failure), detail: lines[0] });
}

/** Node's `fetch` says "fetch failed", and why in its cause. */
function causeOf(error: unknown): string {
  const { cause, message } = error as { readonly cause?: { code?: unknown; message?: unknown }; message?: unknown };
  return plain(String(cause?.code ?? cause?.message ?? message ?? error));
}

function problemText({ code, detail, errors = [], errorCount = errors.length, traceId }: Problem): string[] {
  // What is wrong with the whole, and not with a row, may be all that the first sentence says.
  const further = errors.filter(({ row, message }) => row !== undefined || !detail.startsWith(message));
  const rows = further.slice(0, SHOWN_MAX).map(({ row, line, field, message, code: each }) => {
    const [place, said] = row === undefined ? [optionOf(field), inOptions(message)] : [field, inOurWords(message)];
    const at = [row && `row ${row}`, line && `line ${line}`, place].filter(Boolean).join(', ');
    return `  ${at === '' ? '' : `${at}: `}${said} (${each})`;
  });
  const more = errorCount - (errors.length - further.length) - rows.length;
  const codes = [code, ...errors.map((error) => error.code)];
  return [
    errors.some(({ row }) => row !== undefined) ? inOurWords(detail) : inOptions(detail),
    ...rows,
    ...(more > 0 ? [`  … and ${more} more`] : []),
    ...(codes.includes('missingSendInvitationMessage') ? ['Say --send-mail or --no-mail.'] : []),
    `(${code}; trace ${plain(traceId)})`,
  ];
}

/** For programs: a refusal as the API gave it, anything else in its form. */
function failureJson(failure: Failure): ToldError['json'] {
  if (failure.kind === 'refused') return { ...failure.problem };
  const [detail] = failureText(failure);
  if (failure.kind === 'lost') return { code: 'noAnswer', detail };
  const { status, to } = failure;
  return { code: 'foreignAnswer', status, detail, ...(to !== undefined && { to }) };
}

/** What is told beside a failure: to people in lines, to programs in members. */
export interface Beside {
  readonly lines: readonly string[];
  readonly json: Readonly<Record<string, string>>;
}
const NOTHING: Beside = { lines: [], json: {} };

/** Tells it. @returns the exit code that it means */
export function fail(
  failure: Failure,
  values: Asking & { readonly json?: boolean | undefined },
  terminal: Terminal,
  beside = NOTHING,
): ExitCode {
  for (const line of [...failureText(failure), ...beside.lines]) terminal.err(line);
  if (values.json === true) terminal.out(JSON.stringify({ ...failureJson(failure), ...beside.json }));
  if (failure.kind !== 'refused' || failure.problem.code !== 'duplicateSubmission') return 1;
  const { earlierJob } = failure.problem;
  if (earlierJob !== undefined) terminal.err(`The earlier job: ${lineOf(`status ${plain(earlierJob.id)}`, values)}`);
  terminal.err('To submit it all the same: the same line with --allow-duplicate');
  return 5;
}

/** After Ctrl-C. What is told beside says what became of that which was waited for. */
export function interrupted(
  { json }: { readonly json?: boolean | undefined },
  terminal: Terminal,
  beside: Beside,
): ExitCode {
  for (const line of beside.lines) terminal.err(line);
  if (json === true) terminal.out(JSON.stringify({ code: 'interrupted', detail: beside.lines[0], ...beside.json }));
  return 130;
}
