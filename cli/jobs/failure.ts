/** What a request that came to nothing says to people and to programs. */
import type { Failure } from '../../client/answer.ts';
import type { Problem } from '../../client/types.ts';
import type { ExitCode, Terminal } from '../command.ts';
import { PROGRAM } from '../program.ts';
import { plain } from './plain.ts';

/** Of a submission with mistakes so many are shown; the answer has up to 100. */
const SHOWN_MAX = 20;

/** Lines, the first of which says the most. */
export function failureText(failure: Failure): string[] {
  switch (failure.kind) {
    case 'refused':
      return problemText(failure.problem);
    case 'foreign':
      return failure.status === 401
        ? ['The API does not accept the token (401): it is for another app, or sign-in is not set up. See: doctor']
        : [`Not the API has answered, but something in front of it: ${failure.status} ${plain(failure.text)}`];
    case 'lost':
      return [`No answer from the API (${causeOf(failure.cause)}).`];
  }
}

/** Node's `fetch` says "fetch failed", and why in its cause. */
function causeOf(error: unknown): string {
  const { cause, message } = error as { readonly cause?: { code?: unknown; message?: unknown }; message?: unknown };
  return plain(String(cause?.code ?? cause?.message ?? message ?? error));
}

function problemText({ code, detail, errors = [], errorCount = errors.length, traceId }: Problem): string[] {
  const rows = errors.slice(0, SHOWN_MAX).map(({ row, line, field, message, code: each }) => {
    const at = [row && `row ${row}`, line && `line ${line}`, field].filter(Boolean).join(', ');
    return `  ${at === '' ? '' : `${at}: `}${plain(message)} (${each})`;
  });
  const more = errorCount - rows.length;
  const codes = [code, ...errors.map((error) => error.code)];
  return [
    plain(detail),
    ...rows,
    ...(more > 0 ? [`  … and ${more} more`] : []),
    ...(codes.includes('missingSendInvitationMessage') ? ['Say --send-mail or --no-mail.'] : []),
    `(${code}; trace ${plain(traceId)})`,
  ];
}

/** For programs: a refusal as the API gave it, anything else in its form. */
export function failureJson(failure: Failure): object {
  if (failure.kind === 'refused') return failure.problem;
  const [detail] = failureText(failure);
  return failure.kind === 'foreign'
    ? { code: 'foreignAnswer', status: failure.status, detail }
    : { code: 'noAnswer', detail };
}

/** Tells it. @returns the exit code that it means */
export function fail(
  failure: Failure,
  { json }: { readonly json?: boolean | undefined },
  terminal: Terminal,
): ExitCode {
  for (const line of failureText(failure)) terminal.err(line);
  if (json === true) terminal.out(JSON.stringify(failureJson(failure)));
  if (failure.kind !== 'refused' || failure.problem.code !== 'duplicateSubmission') return 1;
  const { earlierJob } = failure.problem;
  if (earlierJob !== undefined) terminal.err(`The earlier job: ${PROGRAM} status ${plain(earlierJob.id)}`);
  terminal.err('To submit it all the same: the same line with --allow-duplicate');
  return 5;
}
