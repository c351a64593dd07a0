/**
 * `docs/benchmarks.md`: a section for each measurement, of which a run replaces those that it has measured. What stands
 * behind the last of them is written by hand, and stays.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Measurement } from './measurement.ts';

const HEAD = `# Benchmarks

\`npm run bench\` measures this project beside three plain ways to do the same, on the local cloud, and writes this
page. \`npm run bench -- --only rate --runs 3\` measures one part of it, \`--quick\` only shows that everything runs.

| | |
|---|---|
| guest-reset | the built app in the local functions host, as \`npm start\` runs it |
| (a) one after another | as \`Reset-MsIdExternalUser\` in a loop: look up, invite, go on; retries of the Graph client |
| (b) batches of 20 | \`$batch\` look-ups, then \`$batch\` invitations, one batch after another, nothing repeated |
| (c) plain Functions | for each guest a message, an execution and a table row; retries of the Graph client |

The baselines are in \`test/bench/baselines/\`. All tools meet the same simulated tenant, the same broker and the
same tables: Azurite, in memory. Only rows that say "light tables" have the light table store in its place; the
difference is Azurite's share. What that does not show is in [simulator-differences.md](simulator-differences.md).
Figures are medians; in brackets the least and the most of the runs. A target is reached if every run reaches it.
`;

/** @param order names of all measurements, as they follow each other on the page */
export function writeSection(
  file: string,
  { name, title, about }: Measurement,
  table: string,
  measured: string,
  order: readonly string[],
): void {
  const page = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const sections = readSections(page);
  sections.set(name, `## ${title}\n\n${about}\n\n${measured}\n\n${table}`);
  const written = order.flatMap((each) => {
    const section = sections.get(each);
    return section === undefined ? [] : [`${opening(each)}\n${section}\n${closing(each)}\n`];
  });
  writeFileSync(file, [HEAD, ...written].join('\n') + behindSections(page));
}

function readSections(page: string): Map<string, string> {
  const found = page.matchAll(/<!-- bench (\w+): .*-->\n([\s\S]*?)\n<!-- end of bench \1 -->/g);
  return new Map([...found].map(([, name = '', section = '']) => [name, section]));
}

function behindSections(page: string): string {
  const last = /[\s\S]*<!-- end of bench \w+ -->\n/.exec(page);
  return last === null ? '' : page.slice(last[0].length);
}

const opening = (name: string): string => `<!-- bench ${name}: written by \`npm run bench\` -->`;
const closing = (name: string): string => `<!-- end of bench ${name} -->`;
