/** Reads a body as the service does, from chunks of any size, and gathers what came out. */
import type { RowProblem } from '../../../shared/domain/api/problem.ts';
import type { SubmissionEnd } from '../../../shared/domain/submission/events.ts';
import type { SubmissionSummary } from '../../../shared/domain/job/changes.ts';
import type { ResetRequest } from '../../../shared/domain/reset/reset.ts';
import { readSubmission, type SubmissionSettings } from '../../../shared/entry/http/submission/read-submission.ts';

export interface Reading {
  readonly resets: readonly ResetRequest[];
  readonly end: SubmissionEnd;
}

export interface ReadingOptions extends Partial<SubmissionSettings> {
  readonly query?: string;
  readonly type?: string | undefined;
  /** Bytes of each chunk, over and over. Default: all at once. */
  readonly chunkBytes?: readonly number[];
}

export const TYPES = { json: 'application/json', ndjson: 'application/x-ndjson', csv: 'text/csv' } as const;

export const ID = 'abcdef01-1111-4111-8111-111111111111';

export async function read(
  body: string | Uint8Array,
  { query = '', type, chunkBytes = [Infinity], ...settings }: ReadingOptions,
): Promise<Reading> {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  const submission = readSubmission(chunked(bytes, chunkBytes), type, new URLSearchParams(query), {
    maxResets: 1_000,
    maxBodyBytes: 10_000_000,
    keepBadRows: false,
    now: Date.UTC(2026, 0, 1),
    ...settings,
  });
  const resets: ResetRequest[] = [];
  for (;;) {
    const next = await submission.next();
    if (next.done === true) return { resets, end: next.value };
    resets.push(...next.value);
  }
}

/** JSON and CSV with mail switched off by the query, as most tests do not care about it. */
export function readJson(body: unknown, options: ReadingOptions = {}): Promise<Reading> {
  return read(typeof body === 'string' ? body : JSON.stringify(body), {
    type: TYPES.json,
    query: 'sendInvitationMessage=false',
    ...options,
  });
}

export function readCsv(body: string | Uint8Array, options: ReadingOptions = {}): Promise<Reading> {
  return read(body, { type: TYPES.csv, query: 'sendInvitationMessage=false', ...options });
}

export function problemOf({ end }: Reading) {
  if (end.kind !== 'rejected') throw new Error('The submission was accepted; a problem was expected.');
  return end.problem;
}

export function errorsOf(reading: Reading): readonly RowProblem[] {
  return problemOf(reading).errors ?? [];
}

export function codesOf(reading: Reading): string[] {
  return errorsOf(reading).map(({ code }) => code);
}

export function summaryOf({ end }: Reading): SubmissionSummary {
  if (end.kind !== 'accepted') throw new Error(`The submission was refused: ${JSON.stringify(end.problem)}`);
  return end.summary;
}

async function* chunked(bytes: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  let start = 0;
  for (let turn = 0; start < bytes.byteLength; turn++) {
    const end = Math.min(bytes.byteLength, start + (sizes[turn % sizes.length] ?? 1));
    yield bytes.subarray(start, end);
    start = end;
  }
}
