/** The bad rows of a CSV as a CSV again. Only those: the good rows were not queued either and must be submitted too. */
import type { BadRows } from '../../../domain/submission/events.ts';
import { csvHeader, csvLine } from './csv-line.ts';

/** Ignored on input, so that it need not be removed before the file is submitted again. */
const PROBLEM_COLUMN = 'problem';

/** Yields the file line by line, the header first. */
export function* encodeBadRows({ columns, separator, rows }: BadRows): Generator<string, void, void> {
  yield csvHeader([...columns, PROBLEM_COLUMN], separator);
  for (const { input, problem } of rows) yield csvLine([...input, problem], separator);
}
