// Writes the codes into the pages of docs/ and into client/codes.ts: node scripts/codes.ts
import { readFileSync, writeFileSync } from 'node:fs';
import { EXPLAINED, type Explanation } from '../shared/domain/api/explanations.ts';
import { RESET_CODES } from '../shared/domain/reset/codes.ts';
import { STOP_CODES } from '../shared/domain/stops/codes.ts';
import { CLIENT_CODES } from './client-codes.ts';

interface Part {
  readonly page: string;
  /** Names the place in the page. */
  readonly name: string;
  readonly text: string;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
}

/** Each code has a heading, for which pages make an anchor. */
const explanation = ({ code, status, title, cause, remedy, again, done }: Explanation): string =>
  [
    `### \`${code}\``,
    `*${title}* (${status}). ${cause}`,
    `**What to do:** ${remedy}`,
    ...(again === undefined ? [] : [`**The same request again:** ${again}`]),
    ...(done === undefined ? [] : [`**What has been done:** ${done}`]),
  ].join('\n\n');

const RETRYABLE = { true: '`true`', false: '`false`', undefined: '' } as const;

export const PARTS: readonly Part[] = [
  {
    page: 'docs/errors.md',
    name: 'codes',
    text: EXPLAINED.flatMap(({ title, codes }) => [`## ${title}`, ...codes.map(explanation)]).join('\n\n'),
  },
  {
    page: 'docs/results.md',
    name: 'reset codes',
    text: table(
      ['code', '`retryable`', 'meaning'],
      Object.entries(RESET_CODES).map(([code, { retryable, meaning }]) => [
        `\`${code}\``,
        RETRYABLE[`${retryable}`],
        meaning,
      ]),
    ),
  },
  {
    page: 'docs/results.md',
    name: 'stop codes',
    text: table(
      ['code', '`scope`', 'meaning', 'what lifts it'],
      Object.entries(STOP_CODES).map(([code, { of, meaning, remedy }]) => [
        `\`${code}\``,
        of.map((scope) => `\`${scope}\``).join(', '),
        meaning,
        remedy,
      ]),
    ),
  },
];

/** The page with this part as the code has it. */
export function withPart(page: string, { name, text }: Part): string {
  const begin = `<!-- ${name}: written by \`node scripts/codes.ts\`, held by a test -->\n`;
  const end = `<!-- /${name} -->`;
  if (!page.includes(begin) || !page.includes(end)) throw new Error(`the page has no place for "${name}"`);
  return `${page.slice(0, page.indexOf(begin) + begin.length)}${text}\n${page.slice(page.indexOf(end))}`;
}

if (import.meta.main) {
  for (const part of PARTS) writeFileSync(part.page, withPart(readFileSync(part.page, 'utf8'), part));
  writeFileSync('client/codes.ts', CLIENT_CODES);
}
