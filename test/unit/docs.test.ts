/** What the pages say of files and commands is there. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const pages = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'CHANGELOG.md',
  ...readdirSync('docs').map((name) => `docs/${name}`),
].filter((name) => name.endsWith('.md'));
const decisions = readdirSync('docs/decisions').map((name) => `docs/decisions/${name}`);
const missing = (page: string, named: readonly string[], isThere: (name: string) => boolean): string[] =>
  named.filter((name) => !isThere(name)).map((name) => `${page} names ${name}`);
const all = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, name = '']) => name);

test.each([...pages, ...decisions])('%s names only files that are there', (page) => {
  const text = readFileSync(page, 'utf8');
  const folder = page.includes('/') ? page.slice(0, page.lastIndexOf('/') + 1) : '';
  const code = all(text, /`((?:[\w.-]+\/)+[\w.-]+\.\w+)`/g);
  const links = all(text, /\]\(([^):#]+)(?:#[^)]*)?\)/g);
  // What tests and builds leave behind is not there in a fresh clone.
  const isFile = (name: string): boolean =>
    /^(?:\.local|dist)\//.test(name) || existsSync(name) || existsSync(`shared/${name}`);
  expect(missing(page, code, isFile)).toEqual([]);
  expect(missing(page, links, (name) => existsSync(folder + name))).toEqual([]);
});

test.each(pages)('%s names only commands that package.json has', (page) => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
  const text = readFileSync(page, 'utf8');
  const run = all(text, /\bnpm run (?:-s )?([\w:-]+)/g);
  const known = [...Object.keys(scripts), 'start', 'test'];
  expect(missing(page, run, (name) => known.includes(name))).toEqual([]);
});
