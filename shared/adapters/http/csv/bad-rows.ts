/** The bad rows of a CSV as a CSV again: correct them and submit the file as it is. */
import type { BadRows } from '../../../domain/submission/events.ts';
import { csvLine } from './csv-line.ts';

/** `result.*` columns are ignored on input, so that this one need not be removed. */
const PROBLEM_COLUMN = 'result.problem';

/** Yields the file line by line, the header first. */
export function* encodeBadRows(badRows: BadRows): Generator<string, void, void> {
  yield csvLine([...badRows.columns, PROBLEM_COLUMN]);
  for (const { input, problem } of badRows.rows) yield csvLine([...input, problem]);
}
