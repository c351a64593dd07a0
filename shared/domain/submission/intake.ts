/**
 * Takes in what a reader finds in a body: good resets come out at once, problems are kept for the end.
 * Memory grows with the guests seen (one hash each), the problems listed and, where asked for, the bad rows; each of
 * them has an end.
 */
import type { Problem, RowProblem } from '../api/problem.ts';
import type { ResetRequest } from '../reset/reset.ts';
import type { BodyFormat, BodyItem } from './body-item.ts';
import type { CsvSeparator } from '../job/job.ts';
import { BAD_ROWS_MAX_CHARS, BadRowList } from './bad-rows.ts';
import { type Columns, readHeader } from './columns.ts';
import type { SubmissionEnd } from './events.ts';
import { type Place, problemAt } from './findings.ts';
import { MailChoice } from './mail-choice.ts';
import { BESIDE_ONE_RESET, OPTION_NAMES, OptionsReader } from './options.ts';
import { optionConflicts } from './option-conflicts.ts';
import { ProblemList } from './problem-list.ts';
import { isBlank, keptCells, readCells } from './read-cells.ts';
import { readEntry } from './read-entry.ts';
import type { ReadReset } from './reset-input.ts';
import { DuplicateGuests } from './duplicate-guests.ts';
import { guestKey } from './selector.ts';
import { UnevenRows } from './uneven-rows.ts';
import { UnusedAddresses } from './unused-addresses.ts';

export interface IntakeSettings {
  readonly maxResets: number;
  /** What to do about mail where nobody says it; has no built-in default. */
  readonly defaultSendInvitationMessage?: boolean;
  /** The path names the guest, and the body is what an entry says. */
  readonly isOfOneGuest?: boolean;
  /** What times among the options are compared with. */
  readonly now: number;
  /** Whether all bad rows of a CSV are given back with the problem. */
  readonly keepBadRows: boolean;
}

/** The text of the body, as a whole. */
export interface BodyText {
  readonly isBlank: boolean;
  readonly isOneLine: boolean;
}

type RowPlace = Place & { readonly row: number };

export class Intake {
  readonly #settings: IntakeSettings;
  readonly #format: BodyFormat;
  readonly #options: OptionsReader;
  readonly #problems = new ProblemList();
  readonly #mail = new MailChoice();
  readonly #unusedAddresses = new UnusedAddresses();
  readonly #unevenRows = new UnevenRows();
  readonly #seen = new DuplicateGuests();
  readonly #badRows = new BadRowList();
  #columns: Columns | undefined;
  #separator: CsvSeparator | undefined;
  #rows = 0;
  #resetsMembers = 0;
  #stopped: RowProblem | undefined;

  constructor(format: BodyFormat, query: URLSearchParams, settings: IntakeSettings) {
    this.#format = format;
    this.#settings = settings;
    this.#options = new OptionsReader(OPTION_NAMES, settings.isOfOneGuest === true ? BESIDE_ONE_RESET : undefined);
    this.#options.readQuery(query);
  }

  /** True once nothing more needs to be read. */
  get isStopped(): boolean {
    return this.#stopped !== undefined;
  }

  /** The reset in this item, if it is a good one and no problem came before it. */
  take(item: BodyItem): ResetRequest | undefined {
    switch (item.kind) {
      case 'stopped':
        return this.#stop(item.problem);
      case 'member':
        return this.#takeMember(item);
      case 'separator':
        this.#separator = item.separator;
        return undefined;
      case 'cells':
        return this.#takeCells(item);
      case 'badLine': {
        const place = this.#nextRow(item.line);
        return place === undefined ? undefined : this.#refuse([{ ...item.problem, ...place }]);
      }
      case 'entry': {
        const place = this.#nextRow(item.line);
        return place === undefined ? undefined : this.#settle(readEntry(item.value, place, item.repeated), place);
      }
    }
  }

  /** How it ended. */
  end(text: BodyText): SubmissionEnd {
    if (this.#stopped === undefined) this.#addClosingProblems(text);
    this.#problems.add(this.#options.problems);
    if (this.#problems.count > 0) {
      const plain = this.#problems.toProblem(this.#stopped);
      const advice = [
        ...(this.#badRows.isTooLong ? [NOT_GIVEN_BACK] : []),
        ...(hasLostLineEnds(plain, this.#format, text) ? [LINE_ENDS_LOST] : []),
      ];
      const problem = { ...plain, detail: [plain.detail, ...advice].join(' ') };
      return this.#columns === undefined || this.#badRows.isEmpty || this.#badRows.isTooLong
        ? { kind: 'rejected', problem }
        : {
            kind: 'rejected',
            problem,
            badRows: { columns: this.#columns.names, separator: this.#separator ?? ',', rows: this.#badRows },
          };
    }
    const options = this.#options.options(this.#settings.defaultSendInvitationMessage);
    return {
      kind: 'accepted',
      summary: {
        options,
        ...(this.#columns !== undefined && { columns: this.#columns.names }),
        ...(this.#separator !== undefined && { separator: this.#separator }),
        warnings: [
          ...(this.#columns?.warnings ?? []),
          ...this.#unusedAddresses.warnings(),
          ...this.#unevenRows.warnings(),
          ...this.#mail.warnings(options.defaults),
        ],
        total: this.#rows,
      },
    };
  }

  #addClosingProblems({ isBlank: isEmpty }: BodyText): void {
    const isFirst = this.#problems.count === 0;
    if (isEmpty)
      this.#problems.add([
        problemAt({}, 'emptyBody', 'The request has no body. With curl send a file with --data-binary @guests.csv.'),
      ]);
    else if (this.#rows === 0 && isFirst)
      this.#problems.add([problemAt({}, 'noResets', `There are no resets. ${HOW_TO_ADD[this.#format]}`)]);
    const options = this.#options.options(this.#settings.defaultSendInvitationMessage);
    this.#problems.add(optionConflicts(options, this.#settings.now));
    if (options.defaults.sendInvitationMessage === undefined)
      this.#problems.add(this.#mail.problems(this.#settings.isOfOneGuest === true ? 'one' : this.#format));
  }

  #takeMember({ name, value, repeated }: Extract<BodyItem, { kind: 'member' }>): undefined {
    if (name !== 'resets') {
      this.#options.readMember(name, value, repeated);
      return undefined;
    }
    this.#resetsMembers++;
    if (this.#resetsMembers > 1)
      this.#problems.add([problemAt({}, 'duplicateMember', 'The body has "resets" twice. Keep one.', 'resets')]);
    if (!Array.isArray(value))
      this.#problems.add([
        problemAt({}, 'wrongType', 'resets must be an array with one entry for each guest.', 'resets'),
      ]);
    return undefined;
  }

  #takeCells({ cells, line, isOpen }: Extract<BodyItem, { kind: 'cells' }>): ResetRequest | undefined {
    if (isBlank(cells)) return undefined;
    if (this.#columns === undefined) {
      const header = readHeader(cells, line);
      this.#columns = header.columns;
      // Without sound columns the rows mean nothing; reading them would only repeat one problem many times.
      const [first] = header.problems;
      return first === undefined ? undefined : this.#stop(first, header.problems);
    }
    const place = this.#nextRow(line);
    if (place === undefined) return undefined;
    this.#unevenRows.note(cells.length, this.#columns.width);
    this.#unusedAddresses.note(cells, this.#columns.unused);
    return this.#settle(readCells(cells, this.#columns, place, isOpen), place, cells);
  }

  #settle(read: ReadReset, place: RowPlace, cells?: readonly string[]): ResetRequest | undefined {
    if (!read.ok) return this.#refuse(read.problems, cells);
    const earlier = this.#seen.add(guestKey(read.request.selector), place.row);
    if (earlier !== undefined) {
      return this.#refuse(
        [problemAt(place, 'duplicateUser', `Row ${earlier} names the same guest. Keep one row.`, read.guestField)],
        cells,
      );
    }
    this.#mail.note(read.request);
    return this.#problems.count + this.#options.problems.length > 0 ? undefined : read.request;
  }

  #refuse(problems: readonly RowProblem[], cells?: readonly string[]): undefined {
    this.#problems.add(problems);
    if (!this.#settings.keepBadRows || cells === undefined || this.#columns === undefined) return;
    const line = problems[0]?.line;
    const told = problems
      .map(({ field, message }) => (field === undefined ? message : `${field}: ${message}`))
      .join(' ');
    this.#badRows.add({
      input: keptCells(cells, this.#columns),
      problem: line === undefined ? told : `Line ${line}. ${told}`,
    });
  }

  #nextRow(line: number | undefined): RowPlace | undefined {
    const { maxResets } = this.#settings;
    if (this.#rows >= maxResets) {
      return this.#stop(
        problemAt({}, 'tooManyResets', `There are more than ${maxResets} resets. Split them into several jobs.`),
      );
    }
    this.#rows++;
    return line === undefined ? { row: this.#rows } : { row: this.#rows, line };
  }

  #stop(problem: RowProblem, all: readonly RowProblem[] = [problem]): undefined {
    this.#stopped = problem;
    this.#problems.add(all);
  }
}

const TOO_LONG = `more than ${BAD_ROWS_MAX_CHARS} characters in all`;
const NOT_GIVEN_BACK = `The bad rows have ${TOO_LONG}, so they are not given back as a CSV.`;

const LINE_ENDS_LOST =
  'The body is a single line. With curl send a file with --data-binary @file, for -d takes the line ends away.';

/** A CSV of one line has a header only. JSON needs no line ends, and NDJSON of one entry none. */
function hasLostLineEnds(
  { errors = [] }: Problem,
  format: BodyFormat,
  { isBlank: isEmpty, isOneLine }: BodyText,
): boolean {
  if (isEmpty || !isOneLine || format === 'json') return false;
  return format === 'csv' || errors.some(({ code }) => code === 'invalidJson' || code === 'rowTooLong');
}

const HOW_TO_ADD: Readonly<Record<BodyFormat, string>> = {
  json: 'Write them as { "resets": [ { "user": "..." } ] }.',
  ndjson: 'Write one entry a line, such as { "user": "..." }.',
  csv: 'Write one row for each guest under the header.',
};
