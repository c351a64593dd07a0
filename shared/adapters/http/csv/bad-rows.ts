/** The bad rows of a CSV as a CSV again. Only those: the good rows were not queued either and must be submitted too. */
import type { BadRows } from '../../../domain/submission/events.ts';
import { csvLine } from './csv-line.ts';

/** Ignored on input, so that it need not be removed before the file is submitted again. */
const PROBLEM_COLUMN = 'problem';

/** Yields the file line by line, the header first. */
export function* encodeBadRows(badRows: BadRows): Generator<string, void, void> {
  yield csvLine([...badRows.columns, PROBLEM_COLUMN]);
  for (const { input, problem } of badRows.rows) yield csvLine([...input, problem]);
}
