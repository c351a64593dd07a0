/** The figures of several runs as a table in Markdown. */
import type { Figure, Figures, Measurement, Target } from './measurement.ts';
import { summarize, type Summary } from './summary.ts';

/** @param isJudged false for runs that are too small for their targets */
export function tableOf({ columns, rows }: Measurement, runs: readonly Figures[], isJudged = true): string {
  const lines = rows.map((row) => {
    const summaries = columns.map((column) => summaryOf(runs, row.name, column));
    const label = row.unit === undefined ? row.name : `${row.name} (${row.unit})`;
    const { target } = row;
    const own = target === undefined ? undefined : summaries[columns.indexOf(target.column)];
    const verdict = !isJudged
      ? ''
      : own !== undefined && target !== undefined && reaches(target, own)
        ? ': reached'
        : ': MISSED';
    return [
      label,
      ...summaries.map((summary) => cell(summary, row)),
      target === undefined ? '' : `${inWords(target)}${verdict}`,
    ];
  });
  return [['', ...columns, 'target'], ['---', ...columns.map(() => '---:'), '---'], ...lines]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

/** Rows whose target was missed. */
export function missed({ columns, rows }: Measurement, runs: readonly Figures[]): string[] {
  return rows.flatMap(({ name, target }) => {
    if (target === undefined || !columns.includes(target.column)) return [];
    const summary = summaryOf(runs, name, target.column);
    return summary !== undefined && reaches(target, summary) ? [] : [name];
  });
}

function summaryOf(runs: readonly Figures[], row: string, column: string): Summary | undefined {
  const values = runs.flatMap((run) => run[row]?.[column] ?? []);
  return values.length === 0 ? undefined : summarize(values);
}

/** The median; with more than one run the least and the most beside it, where they differ. */
function cell(summary: Summary | undefined, { digits = 0 }: Figure): string {
  if (summary === undefined) return '–';
  const text = (value: number): string =>
    value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  const { median, least, most } = summary;
  return text(least) === text(most) ? text(median) : `${text(median)} (${text(least)}–${text(most)})`;
}

/** The worst of the runs must reach it, not their median. */
function reaches({ atLeast = -Infinity, atMost = Infinity }: Target, { least, most }: Summary): boolean {
  return least >= atLeast && most <= atMost;
}

function inWords({ atLeast, atMost }: Target): string {
  return atLeast === undefined ? `≤ ${atMost}` : `≥ ${atLeast}`;
}
