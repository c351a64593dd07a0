/** Reads the header of a CSV: which column is which field, which are kept, and what looks like a mistake. */
import type { RowProblem } from '../api/problem.ts';
import { jsonLength } from '../reset/json-length.ts';
import { jobWarning, type JobWarning } from '../reset/warnings.ts';
import { ownOfExport } from './entra-export.ts';
import { problemAt } from './findings.ts';
import { unguardFormula } from './formula-guard.ts';
import { COLUMNS_MAX, ROW_MAX_CHARS } from './lengths.ts';
import { nearestName } from './nearest-name.ts';
import { SELECTOR_FIELDS } from './selector.ts';

/** Columns that mean something, as we write them. */
export const COLUMN_NAMES = [
  ...SELECTOR_FIELDS,
  'reference',
  'invitedUserDisplayName',
  'inviteRedirectUrl',
  'sendInvitationMessage',
  'messageLanguage',
  'customizedMessageBody',
  'ccRecipient',
  'ccRecipientName',
  'addEmailTo',
  'resetRedemption',
  'invitedUserType',
] as const;
export type ColumnName = (typeof COLUMN_NAMES)[number];

/** What portals, their templates (in brackets there) and lists write for ours. */
const OTHER_NAMES: Readonly<Record<string, ColumnName>> = {
  objectId: 'id',
  userId: 'user',
  UPN: 'userPrincipalName',
  email: 'mail',
  emailAddress: 'mail',
  inviteeEmail: 'invitedUserEmailAddress',
  emailAddressToInvite: 'invitedUserEmailAddress',
  sendEmail: 'sendInvitationMessage',
};

/** Names are the same whatever their blanks, `_`, `-` and case. */
const compared = (name: string): string => name.toLowerCase().replaceAll(/[\s_-]/g, '');

const FIELD_BY_NAME = new Map<string, ColumnName>([
  ...COLUMN_NAMES.map((name) => [compared(name), name] as const),
  ...Object.entries(OTHER_NAMES).map(([name, field]) => [compared(name), field] as const),
]);

/** What a misspelled name may mean. Short ones of others are left out: too many words are near to them. */
const SPELLINGS = [...COLUMN_NAMES, 'objectId', 'inviteeEmail'];

const NAMES_TO_ADD = 'user, id, userPrincipalName, mail, invitedUserEmailAddress';

/** The name that decides: of a column of a template the one in brackets. */
const plainName = (name: string): string => compared(/^[^[]*\[([^\]]+)\]/.exec(name)?.[1] ?? name);

/** The field that a column of this name is read as. */
export const fieldOf = (name: string): ColumnName | undefined => FIELD_BY_NAME.get(plainName(name));

/** Whether a column of this name holds the names by which people know somebody. Nothing else is made of them. */
export const isNameColumn = (name: string): boolean => compared(name) === 'displayname';

/** Columns that an earlier answer added, to the results or to bad rows: not read, not given back. */
const RESULT_COLUMN = /^(result\..*|problem)$/i;

export interface Column {
  /** In the row, 0-based. */
  readonly index: number;
  readonly name: string;
}

export interface Columns {
  /** Names as written, `result.*` left out. */
  readonly names: readonly string[];
  /** Index of each of `names` in the row. */
  readonly keptIndexes: readonly number[];
  /** Where to find each known field, and what its columns are called here: mostly it is one. */
  readonly known: ReadonlyMap<ColumnName, readonly Column[]>;
  /** The others that have a name: neither of an earlier answer, nor an export's own. */
  readonly unused: readonly Column[];
  /** Cells that every row must have. */
  readonly width: number;
  readonly warnings: readonly JobWarning[];
}

const NO_COLUMNS: Columns = { names: [], keptIndexes: [], known: new Map(), unused: [], width: 0, warnings: [] };

/** The columns of a header. It is kept with the job, so it has the limit of a row. */
export function readHeader(
  cells: readonly string[],
  line: number,
): { readonly columns: Columns; readonly problems: readonly RowProblem[] } {
  const excess = excessOf(cells, line);
  if (excess !== undefined) return { columns: NO_COLUMNS, problems: [excess] };
  const names = cells.map((cell) => unguardFormula(cell).trim());
  const isOfExport = ownOfExport(names);
  const known = new Map<ColumnName, Column[]>();
  const problems: RowProblem[] = [];
  const unused: Column[] = [];
  for (const [index, name] of names.entries()) {
    if (name === '' || RESULT_COLUMN.test(name)) continue;
    const field = fieldOf(name);
    const near = field === undefined ? nearestName(plainName(name), SPELLINGS) : undefined;
    if (field !== undefined) known.set(field, [...(known.get(field) ?? []), { index, name }]);
    else if (near !== undefined)
      problems.push(
        problemAt(
          { line },
          'misspelledColumn',
          `Column ${name} is not known. Did you mean ${near}? If it is a column of your own, rename it.`,
          name,
        ),
      );
    else if (!isOfExport(name)) unused.push({ index, name });
  }
  if (problems.length === 0 && !SELECTOR_FIELDS.some((field) => known.has(field))) {
    problems.push(
      problemAt(
        { line },
        'noUserColumn',
        `No column names the guest. Add one of ${NAMES_TO_ADD}; found: ${listed(names)}.`,
      ),
    );
  }
  const keptIndexes = names.flatMap((name, index) => (RESULT_COLUMN.test(name) ? [] : [index]));
  const warnings = unused.length === 0 ? [] : [jobWarning('unusedColumns', listed(unused.map(({ name }) => name)))];
  return {
    columns: {
      names: keptIndexes.map((index) => names[index] ?? ''),
      keptIndexes,
      known,
      unused,
      width: cells.length,
      warnings,
    },
    problems,
  };
}

function excessOf(cells: readonly string[], line: number): RowProblem | undefined {
  const advice = 'Remove columns you do not need, or check that the first line is the header.';
  const length = jsonLength(cells);
  if (length > ROW_MAX_CHARS)
    return problemAt(
      { line },
      'rowTooLong',
      `The header takes ${length} characters in all; at most ${ROW_MAX_CHARS} are allowed. ${advice}`,
    );
  // What an earlier answer added does not count: results with all of their columns can be submitted again.
  const columns = cells.filter((cell) => !RESULT_COLUMN.test(unguardFormula(cell).trim())).length;
  return columns > COLUMNS_MAX
    ? problemAt(
        { line },
        'tooManyColumns',
        `The header has ${columns} columns; at most ${COLUMNS_MAX} are allowed. ${advice}`,
      )
    : undefined;
}

/**
 * Names for a message, at most 100 of them and 1,000 characters: a file that is no CSV may have a very long "header".
 */
export function listed(names: readonly string[]): string {
  const list = names.slice(0, 100).join(', ');
  return list.length > 1_000 || names.length > 100 ? `${list.slice(0, 1_000)}, ...` : list;
}
