/** Every problem of one submission, and the single answer they make. */
import { MAX_LISTED_ERRORS, type Problem, type RowProblem } from '../api/problem.ts';
import { SUBMISSION_CODES, type SubmissionCode } from './codes.ts';

/** Lists the first problems and counts them all. Problems of the request as a whole are listed before those of rows. */
export class ProblemList {
  readonly #general: RowProblem[] = [];
  readonly #ofRows: RowProblem[] = [];
  #count = 0;

  get count(): number {
    return this.#count;
  }

  add(problems: readonly RowProblem[]): void {
    for (const problem of problems) {
      this.#count++;
      const list = problem.row === undefined ? this.#general : this.#ofRows;
      if (list.length < MAX_LISTED_ERRORS) list.push(problem);
    }
  }

  /** The answer. `stopped` is the problem that ended the reading early, if one did; it is among the problems, too. */
  toProblem(stopped: RowProblem | undefined): Problem {
    const errors = [...this.#general, ...this.#ofRows].slice(0, MAX_LISTED_ERRORS);
    const first = stopped ?? this.#onlyGeneralKind();
    if (first !== undefined)
      return refusal(knownCode(first.code), `${first.message} Nothing was queued.`, errors, this.#count);
    const found = this.#count === 1 ? '1 problem' : `${this.#count} problems`;
    const shown = this.#count > errors.length ? ` The first ${errors.length} are listed.` : '';
    return refusal(
      'invalidSubmission',
      `${found}; nothing was queued. Correct what errors names and submit again.${shown}`,
      errors,
      this.#count,
    );
  }

  /** A single kind of problem that is about no row speaks for the whole request. */
  #onlyGeneralKind(): RowProblem | undefined {
    const [first] = this.#general;
    return first !== undefined && this.#ofRows.length === 0 && this.#general.every(({ code }) => code === first.code)
      ? first
      : undefined;
  }
}

/** The refusal of a whole request, with status and title of its code. */
export function refusal(
  code: SubmissionCode,
  detail: string,
  errors?: readonly RowProblem[],
  errorCount?: number,
): Problem {
  const { status, title } = SUBMISSION_CODES[code];
  return {
    status,
    code,
    title,
    detail,
    ...(errors === undefined ? {} : { errors }),
    ...(errorCount === undefined ? {} : { errorCount }),
  };
}

function knownCode(code: string): SubmissionCode {
  const codes = Object.keys(SUBMISSION_CODES) as SubmissionCode[];
  return codes.find((known) => known === code) ?? 'invalidSubmission';
}
