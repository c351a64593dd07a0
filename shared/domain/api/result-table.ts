/**
 * The results as a table for people with a spreadsheet: the columns of the input, or what the resets of another format
 * said; the guest's object id; then `result.*`, which a new submission passes over.
 */
import { PERHAPS_FOUNDER } from '../reset/preflight-verdicts.ts';
import { resetView, warningsOf, type OtherJobView, type ViewSettings } from './reset-view.ts';
import type { ResetRecord } from '../reset/reset.ts';
import { fieldOf } from '../submission/columns.ts';
import { SAID_COLUMNS, saidCells } from '../submission/write-cells.ts';

/** What the table needs to know of its job. */
export interface ResultTable {
  /** Columns of the CSV that was submitted, if it was one. */
  readonly inputColumns?: readonly string[];
  readonly isDryRun: boolean;
}

/** The members of the view that become columns, in this order. */
const COLUMNS = [
  'row',
  'status',
  'code',
  'message',
  'nextStep',
  'retryable',
  'otherJobId',
  'otherJobDeleted',
  'otherJobResetAt',
  'warnings',
  'guestId',
  'attempts',
  'startedAt',
  'endedAt',
  'graphRequestId',
  'invitationId',
  'mail',
  'mailTo',
  'messageLanguage',
  'verification',
  'redemption',
  'checkedAt',
  'userPrincipalNameBefore',
  'userPrincipalNameAfter',
  'mailBefore',
  'mailAfter',
  'inviteRedeemUrl',
] as const;

/** And these in a dry run. */
const DRY_RUN_COLUMNS = ['wouldMailTo', 'wouldAddEmail', 'wouldMessageLanguage'] as const;

/** Added where the input has no such column, so that the table names the same guests when it is submitted again. */
const ID_COLUMN = 'id';

const idIndex = (columns: readonly string[]): number => columns.findIndex((name) => fieldOf(name) === 'id');

export function resultColumns({ inputColumns = SAID_COLUMNS, isDryRun }: ResultTable): string[] {
  return [
    ...inputColumns,
    ...(idIndex(inputColumns) === -1 ? [ID_COLUMN] : []),
    ...[...COLUMNS, ...(isDryRun ? DRY_RUN_COLUMNS : [])].map((column) => `result.${column}`),
  ];
}

/** Cells under `resultColumns` of the same table. */
export function resultCells(record: ResetRecord, table: ResultTable, settings: ViewSettings): (string | undefined)[] {
  const { otherJob, ...members } = resetView(record, settings);
  const { mailTo, addEmail, messageLanguage } = record.would ?? {};
  const { id, deleted, resetAt } = (otherJob ?? {}) as OtherJobView;
  const warnings = warningsOf(record).map(({ message }) => message);
  const view: Record<string, unknown> = {
    ...members,
    otherJobId: id,
    otherJobDeleted: deleted,
    otherJobResetAt: resetAt,
    warnings: warnings.length > 0 ? warnings.join(' ') : undefined,
  };
  return [
    ...namedCells(record, table.inputColumns),
    ...COLUMNS.map((column) => cellText(view[column])),
    ...(table.isDryRun ? [mailTo, addEmail, messageLanguage] : []),
  ];
}

/** What was said, and the object id: in the input's own column where that is empty, else behind. */
function namedCells(record: ResetRecord, inputColumns?: readonly string[]): (string | undefined)[] {
  const { request } = record;
  const { input } = request;
  const id = idCell(record);
  if (inputColumns === undefined) return [...saidCells(request), id];
  const cells: (string | undefined)[] = inputColumns.map((_column, position) => input?.[position]);
  const index = idIndex(inputColumns);
  if (index === -1) return [...cells, id];
  return cells.map((cell, position) => (position === index && (cell ?? '').trim() === '' ? id : cell));
}

/** Nothing where naming the guest by object id would be a decision, which is for whoever submits. */
function idCell({ request: { selector }, guestId, verdict }: ResetRecord): string | undefined {
  if (verdict?.code === PERHAPS_FOUNDER.code) return undefined;
  return guestId ?? (selector.by === 'id' ? selector.value : undefined);
}

function cellText(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
