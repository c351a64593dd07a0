// Writes the tables of error codes into the pages of docs/: node scripts/codes.ts
import { readFileSync, writeFileSync } from 'node:fs';
import { API_CODES } from '../shared/domain/api-codes.ts';
import { SUBMISSION_CODES } from '../shared/domain/submission/codes.ts';

interface Entry {
  readonly status: number;
  readonly meaning: string;
  readonly fix: string;
}

/** Page → the codes of its table. */
export const PAGES: Readonly<Record<string, Readonly<Record<string, Entry>>>> = {
  'docs/submitting.md': SUBMISSION_CODES,
  'docs/results.md': API_CODES,
};

const BEGIN = '<!-- codes: written by `node scripts/codes.ts`, held by a test -->\n';
const END = '<!-- /codes -->';

/** The page with the table as the code has it. */
export function withCodes(page: string, codes: Readonly<Record<string, Entry>>): string {
  const rows = Object.entries(codes).map(
    ([code, { status, meaning, fix }]) => `| \`${code}\` | ${status} | ${meaning} | ${fix} |`,
  );
  const table = ['| code | status | meaning | what to do |', '|---|---|---|---|', ...rows].join('\n');
  return `${page.slice(0, page.indexOf(BEGIN) + BEGIN.length)}${table}\n${page.slice(page.indexOf(END))}`;
}

if (import.meta.main) {
  for (const [page, codes] of Object.entries(PAGES)) writeFileSync(page, withCodes(readFileSync(page, 'utf8'), codes));
}
