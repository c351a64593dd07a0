// Writes the table of submission codes into docs/submitting.md: node scripts/codes.ts
import { readFileSync, writeFileSync } from 'node:fs';
import { SUBMISSION_CODES } from '../shared/domain/submission/codes.ts';

export const PAGE = 'docs/submitting.md';
const BEGIN = '<!-- codes: written by `node scripts/codes.ts`, held by a test -->\n';
const END = '<!-- /codes -->';

/** The page with the table as the code has it. */
export function withCodes(page: string): string {
  const rows = Object.entries(SUBMISSION_CODES).map(([code, { status, meaning, fix }]) => `| \`${code}\` | ${status} | ${meaning} | ${fix} |`);
  const table = ['| code | status | meaning | what to do |', '|---|---|---|---|', ...rows].join('\n');
  return `${page.slice(0, page.indexOf(BEGIN) + BEGIN.length)}${table}\n${page.slice(page.indexOf(END))}`;
}

if (import.meta.main) writeFileSync(PAGE, withCodes(readFileSync(PAGE, 'utf8')));
