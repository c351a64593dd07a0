// Writes the tables of codes into the pages of docs/: node scripts/codes.ts
import { readFileSync, writeFileSync } from 'node:fs';
import { API_CODES } from '../shared/domain/api/codes.ts';
import { RESET_CODES } from '../shared/domain/reset/codes.ts';
import { STOP_CODES } from '../shared/domain/stops/codes.ts';
import { SUBMISSION_CODES } from '../shared/domain/submission/codes.ts';

interface Refusal {
  readonly status: number;
  readonly meaning: string;
  readonly fix: string;
}

interface Table {
  readonly page: string;
  /** Names the place in the page. */
  readonly name: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const refusals = (page: string, codes: Readonly<Record<string, Refusal>>): Table => ({
  page,
  name: 'codes',
  head: ['code', 'status', 'meaning', 'what to do'],
  rows: Object.entries(codes).map(([code, { status, meaning, fix }]) => [`\`${code}\``, `${status}`, meaning, fix]),
});

const RETRYABLE = { true: '`true`', false: '`false`', undefined: '' } as const;

export const TABLES: readonly Table[] = [
  refusals('docs/submitting.md', SUBMISSION_CODES),
  refusals('docs/results.md', API_CODES),
  {
    page: 'docs/results.md',
    name: 'reset codes',
    head: ['code', '`retryable`', 'meaning'],
    rows: Object.entries(RESET_CODES).map(([code, { retryable, meaning }]) => [
      `\`${code}\``,
      RETRYABLE[`${retryable}`],
      meaning,
    ]),
  },
  {
    page: 'docs/results.md',
    name: 'stop codes',
    head: ['code', '`scope`', 'meaning'],
    rows: Object.entries(STOP_CODES).map(([code, { of, meaning }]) => [
      `\`${code}\``,
      of.map((scope) => `\`${scope}\``).join(', '),
      meaning,
    ]),
  },
];

/** The page's text with the table as the code has it. */
export function withTable(text: string, { name, head, rows }: Table): string {
  const begin = `<!-- ${name}: written by \`node scripts/codes.ts\`, held by a test -->\n`;
  const end = `<!-- /${name} -->`;
  if (!text.includes(begin) || !text.includes(end)) throw new Error(`the page has no place for the table "${name}"`);
  const lines = [head, head.map(() => '---'), ...rows].map((cells, line) =>
    line === 1 ? `|${cells.join('|')}|` : `| ${cells.join(' | ')} |`,
  );
  return `${text.slice(0, text.indexOf(begin) + begin.length)}${lines.join('\n')}\n${text.slice(text.indexOf(end))}`;
}

if (import.meta.main) {
  for (const table of TABLES) writeFileSync(table.page, withTable(readFileSync(table.page, 'utf8'), table));
}
