/** What the pages say of files and commands is there. */
import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { COMMANDS } from '../../cli/commands.ts';
import { CLIENT_CODES } from '../../scripts/client-codes.ts';
import { PARTS, withPart } from '../../scripts/codes.ts';
import { HTTP_ROUTES, matchRoute, type HttpRoute } from '../../shared/entry/http/routes.ts';

const pages = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'CHANGELOG.md',
  'infra/README.md',
  ...readdirSync('docs').map((name) => `docs/${name}`),
  ...globSync('samples/**/README.md'),
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
    /^(?:\.local|dist)\//.test(name) || [name, `shared/${name}`, folder + name].some((path) => existsSync(path));
  expect(missing(page, code, isFile)).toEqual([]);
  expect(missing(page, links, (name) => existsSync(folder + name))).toEqual([]);
});

/** As GitHub makes them of headings. */
const anchorsOf = (page: string): string[] =>
  all(readFileSync(page, 'utf8'), /^#+ (.*)$/gm).map((heading) =>
    heading
      .trim()
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );

test.each([...pages, ...decisions])('%s leads only to headings that are there', (page) => {
  const folder = page.slice(0, page.lastIndexOf('/') + 1);
  const links = [...readFileSync(page, 'utf8').matchAll(/\]\(([^):#]*)#([^)]+)\)/g)];
  const lost = links.filter(([, file = '', anchor = '']) => {
    const target = file === '' ? page : folder + file;
    return target.endsWith('.md') && !anchorsOf(target).includes(anchor);
  });
  expect(lost.map(([link]) => link)).toEqual([]);
});

test('what the commands of the pages write, git leaves alone: it has addresses of guests', () => {
  const ignored = readFileSync('.gitignore', 'utf8').split('\n');
  const option =
    /(?:\s(?:-o|--output|--results|--summary|--dump-header|Export-Csv)|>>?) ([\w-]+\.(?:csv|json|txt|md))\b/g;
  const written = [...pages, 'clients/powershell/README.md'].flatMap((page) => all(readFileSync(page, 'utf8'), option));
  expect(new Set(written).size).toBeGreaterThan(3);
  expect(written.filter((name) => !ignored.includes(name))).toEqual([]);
});

test.each(pages)('%s names only commands that package.json has', (page) => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
  const text = readFileSync(page, 'utf8');
  const run = all(text, /\bnpm run (?:-s )?([\w:-]+)/g);
  const known = [...Object.keys(scripts), 'start', 'test'];
  expect(missing(page, run, (name) => known.includes(name))).toEqual([]);
});

test.each([...pages, 'azure.yaml'])('%s names only commands and options that the program has', (page) => {
  const lines = all(
    readFileSync(page, 'utf8'),
    /\bnpm(?:\.cmd)? run -s ((?:guest-reset|doctor) -- (?!--help)[^`,"\n]+)/g,
  );
  const unknown = lines.filter((line) => {
    // What is to be filled in may have blanks: `<client id>`.
    const words = line
      .replaceAll(/<[^>]*>/g, 'X')
      .replace(' --', '')
      .replace(/^guest-reset /, '')
      .trim()
      .split(/\s+/);
    const named = COMMANDS.filter(({ name }) => words.join(' ').startsWith(name));
    const longest = named.toSorted((one, other) => other.name.length - one.name.length)[0];
    const options = words.filter((word) => word.startsWith('--'));
    return longest === undefined || options.some((option) => !longest.usage.includes(`  ${option} `));
  });
  expect(unknown).toEqual([]);
});

test.each(PARTS)('$page tells of the $name what the code has', (part) => {
  const page = readFileSync(part.page, 'utf8');
  expect(withPart(page, part)).toBe(page);
});

test('client/codes.ts tells of the codes what the service has', () => {
  expect(readFileSync('client/codes.ts', 'utf8')).toBe(CLIENT_CODES);
});

test('docs/command-line.md names every command of jobs, guests and the tenant, and only options that there are', () => {
  const text = readFileSync('docs/command-line.md', 'utf8');
  const named = all(text, /[`\s]((?:tenant )?[a-z]+)(?= (?:JOB|FILE|USER|ID)`|`)/g);
  const ofOthers = /^(?:setup|doctor)/;
  const commands = COMMANDS.map(({ name }) => name).filter((name) => !ofOthers.test(name));
  expect(commands.filter((name) => !named.includes(name))).toEqual([]);
  const options = new Set(['help', 'allow-no-subscriptions', 'auth', ...COMMANDS.flatMap((each) => each.options)]);
  expect(all(text, /[`\s]--([a-z][\w-]*)/g).filter((name) => !options.has(name))).toEqual([]);
});

test('docs/operations.md asks only what a route answers, with parameters that it takes', () => {
  const asked = [
    ...readFileSync('docs/operations.md', 'utf8').matchAll(/(GET|POST|DELETE) \$url(\/[^\s`?]+)(?:\?([^\s`]+))?/g),
  ];
  const unknown = asked.filter(([, method, path = '', query = '']) => {
    const route = Object.values<HttpRoute>(HTTP_ROUTES).find(
      (each) => each.method === method && matchRoute(each.route, `/api${path.replaceAll(/[{}]/g, '')}`) !== undefined,
    );
    const names = [...new URLSearchParams(query).keys()];
    return (
      route === undefined || names.some((name) => !(name in route.query || route.options.some((one) => one === name)))
    );
  });
  expect(asked.length).toBeGreaterThan(15);
  expect(unknown.map(([text]) => text)).toEqual([]);
});

test('docs/operations.md explains only what the doctor says, and only alerts that are there', () => {
  const text = readFileSync('docs/operations.md', 'utf8');
  const section = (title: string): string => text.split(`## ${title}\n`)[1]?.split('\n## ')[0] ?? '';
  const firstCells = (title: string): string[] =>
    all(section(title), /^\| ([^|]+) \|/gm).flatMap((cell) => all(cell, /`([\w-]+)`/g));
  const filesBelow = (folder: string): string =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(?:ts|bicep)$/.test(name))
      .map((name) => readFileSync(`${folder}/${name}`, 'utf8'))
      .join('\n');
  const [doctor, alerts] = [filesBelow('cli'), filesBelow('infra/modules')];
  const says = firstCells('What the doctor says');
  expect(says.length).toBeGreaterThan(10);
  expect(says.filter((code) => !doctor.includes(`'${code}'`))).toEqual([]);
  const named = firstCells('Alerts');
  expect(named).toHaveLength(9);
  expect(named.filter((name) => !alerts.includes(`'${name}'`) && !alerts.includes(`-${name}-`))).toEqual([]);
});
