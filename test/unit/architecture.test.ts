/** The layers, as tests of a few lines. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, test } from 'vitest';
import { OTHER_ROUTES } from '../../shared/entry/http/other-routes.ts';
import { HTTP_ROUTES } from '../../shared/entry/http/routes.ts';

const files = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name));
const read = (file: string): string => readFileSync(file, 'utf8');
/** What a file imports: packages by name, own files by path. */
const imports = (file: string): string[] =>
  [...read(file).matchAll(/(?:from|import) '([^']+)'|import\('([^']+)'\)/g)]
    .map(([, named, dynamic]) => named ?? dynamic ?? '')
    .map((target) => (target.startsWith('.') ? normalize(join(dirname(file), target)) : target));
const offenders = (all: readonly string[], isWrong: (target: string, file: string) => boolean): string[] =>
  all.flatMap((file) =>
    imports(file)
      .filter((target) => isWrong(target, file))
      .map((target) => `${file} imports ${target}`),
  );

const app = [...files('functions'), ...files('shared')];
const program = files('cli');
const client = files('client');
const inBrowser = readdirSync('console/src', { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => join('console/src', name));

describe('the layers', () => {
  test('functions and shared know nothing of local and test', () => {
    expect(app.length).toBeGreaterThan(80);
    expect(offenders(app, (target) => /^(local|test|scripts)\//.test(target))).toEqual([]);
  });
  test('the program uses of the app what is pure, and nobody uses the program', () => {
    /** The domain, and what reads the environment or knows addresses; of packages, the sign-in and schemas. */
    const lent = /^(?:cli\/|client\/|node:|shared\/domain\/|shared\/(?:clouds|settings|authentication|config)\.ts$)/;
    const packages = ['@azure/identity', '@clack/prompts', 'log-update', 'zod'];
    expect(offenders(program, (target) => !lent.test(target) && !packages.includes(target))).toEqual([]);
    const others = [...app, ...files('local'), ...files('scripts')];
    expect(offenders(others, (target) => target.startsWith('cli/'))).toEqual([]);
  });
  test('the client knows nothing of the service but its document, and runs wherever fetch is', () => {
    expect(offenders(client, (target) => !target.startsWith('client/') && target !== 'openapi-fetch')).toEqual([]);
    expect(client.filter((file) => /\bprocess\.|\bBuffer\b|\bconsole\.\w+\(/.test(read(file)))).toEqual([]);
    const others = [...app, ...files('local'), ...files('scripts')];
    expect(offenders(others, (target) => target.startsWith('client/'))).toEqual([]);
  });
  test('the console knows of the service its document, and the rules that are asked where something is typed', () => {
    const lent = ['language', 'selector'].map((name) => `shared/domain/submission/${name}.ts`);
    const others = /^(?:cli|functions|local|scripts|shared|test)\//;
    expect(inBrowser.length).toBeGreaterThan(80);
    expect(offenders(inBrowser, (target) => others.test(target) && !lent.includes(target))).toEqual([]);
  });
  test('what two pages of the console need is no page’s own', () => {
    const folderOf = (file: string): string | undefined => /^console\/src\/pages\/[^/]+\//.exec(file)?.[0];
    const isForeign = (target: string, file: string): boolean =>
      folderOf(target) !== undefined && folderOf(target) !== folderOf(file) && file !== 'console/src/shell/pages.tsx';
    expect(offenders(inBrowser, isForeign)).toEqual([]);
  });
  test('the program meets its environment and its terminal in one file', () => {
    const met = /process\.(?:env|argv|stdin|stdout|stderr|exit)|\bconsole\./;
    expect(program.filter((file) => met.test(read(file)))).toEqual(['cli/main.ts']);
  });
  test('point one way: functions, entry, runtime, adapters, use cases, domain', () => {
    const layers = [
      /^shared\/domain\//,
      /^shared\/usecases\//,
      /^shared\/adapters\//,
      /^shared\/[\w-]+\.ts$/,
      /^shared\/entry\//,
    ];
    const heightOf = (file: string): number => layers.findIndex((layer) => layer.test(file));
    const placed = files('shared');
    expect(placed.filter((file) => heightOf(file) < 0)).toEqual([]);
    expect(offenders(placed, (target, file) => heightOf(target) > heightOf(file))).toEqual([]);
    expect(offenders(placed, (target) => target.startsWith('functions/'))).toEqual([]);
  });
  test('and in no circle, nor do the parts of the program and of the local cloud', () => {
    const graph = new Map([...app, ...program, ...client, ...files('local')].map((file) => [file, imports(file)]));
    /** Files whose imports are known to lead nowhere back; `path` is the way to the file that is looked at. */
    const innocent = new Set<string>();
    const circleFrom = (file: string, path: readonly string[]): readonly string[] | undefined => {
      if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
      if (innocent.has(file)) return undefined;
      for (const target of graph.get(file) ?? []) {
        const circle = circleFrom(target, [...path, file]);
        if (circle !== undefined) return circle;
      }
      innocent.add(file);
      return undefined;
    };
    const circles = [...graph.keys()].values().map((file) => circleFrom(file, []));
    expect(circles.find((circle) => circle !== undefined)).toBeUndefined();
  });
  test('the rooms of the domain stand in one order, and what has no room imports none', () => {
    const order = [['graph', 'guest', 'reset'], ['chunk', 'stops'], ['job'], ['claim', 'pace'], ['submission', 'api']];
    /** What can be an address, a domain or a language, and how a value is quoted, is asked everywhere. */
    const lent = ['address', 'domain-name', 'findings', 'language'].map(
      (name) => `shared/domain/submission/${name}.ts`,
    );
    const roomOf = (file: string): string | undefined => /^shared\/domain\/([^/]+)\//.exec(file)?.[1];
    const heightOf = (file: string): number => order.findIndex((rooms) => rooms.includes(roomOf(file) ?? ''));
    const domain = files('shared/domain');
    expect(domain.filter((file) => roomOf(file) !== undefined && heightOf(file) < 0)).toEqual([]);
    expect(offenders(domain, (target, file) => heightOf(target) > heightOf(file) && !lent.includes(target))).toEqual(
      [],
    );
  });
  test('the domain imports only itself and zod, and has no clock and no chance', () => {
    expect(
      offenders(files('shared/domain'), (target) => !target.startsWith('shared/domain/') && target !== 'zod'),
    ).toEqual([]);
    const impure = /Date\.now|new Date\(\)|Math\.random|randomUUID|performance\.|process\.|setTimeout/;
    expect(files('shared/domain').filter((file) => impure.test(read(file)))).toEqual([]);
  });
  test('use cases import no package', () => {
    expect(offenders(files('shared/usecases'), (target) => !target.startsWith('shared/'))).toEqual([]);
  });
  test('SDKs are in adapters, and in the composition root', () => {
    const isSdk = (target: string): boolean => target.startsWith('@azure/') || target.startsWith('@microsoft/');
    expect(
      offenders(
        app,
        (target, file) => isSdk(target) && !/^(shared\/(adapters\/|entry\/|runtime\.ts)|functions\/)/.test(file),
      ),
    ).toEqual([]);
    expect(
      offenders(app, (target, file) => target === '@azure/functions' && !/^(functions|shared\/entry)\//.test(file)),
    ).toEqual([]);
    expect(offenders(files('functions'), (target) => isSdk(target) && target !== '@azure/functions')).toEqual([]);
  });
  test('the log is written in one place, which lets words through and no text', () => {
    const writes = /\bconsole\.\w+\(|\bcontext\.(?:log|trace|debug|info|warn|error)\(/;
    expect(app.filter((file) => writes.test(read(file)))).toEqual(['shared/adapters/invocation-log.ts']);
    const texts = /\blog\.(?:info|warn|error)\([^;]*?(?:String\(|\.(?:message|detail|value|address|mail)\b|`)/;
    expect(app.filter((file) => texts.test(read(file)))).toEqual([]);
  });
  test('the environment is read in one place', () => {
    expect(app.filter((file) => /process\.env/.test(read(file)))).toEqual(['shared/runtime.ts']);
  });
});

describe('the functions', () => {
  const own = readdirSync('functions').filter((name) => name !== 'index.ts');
  test('are all registered, one in a file, under the name of the file', () => {
    expect(
      imports('functions/index.ts')
        .filter((target) => target.startsWith('functions/'))
        .map((target) => target.replace('functions/', ''))
        .sort(),
    ).toEqual(own.sort());
    for (const name of own)
      expect(
        [...read(`functions/${name}`).matchAll(/app\.(?:http|serviceBusQueue|timer)\(\s*'(\w+)'/g)].map(
          ([, id]) => `${id}.ts`,
        ),
        name,
      ).toEqual([name]);
  });
  test('that answer HTTP are those of the table of routes, each under its own name', () => {
    const registered = own.flatMap((name) =>
      [
        ...read(`functions/${name}`).matchAll(
          /app\.http\(\s*'(\w+)',\s*(?:openHttp|knownHttp|http|other|file)Function\(\s*'(\w+)'/g,
        ),
      ].map(([, id, of]) => [id, of]),
    );
    expect(registered.filter(([id, of]) => id !== of)).toEqual([]);
    expect(registered.map(([id = '']) => id).toSorted()).toEqual(
      [...Object.keys(HTTP_ROUTES), ...Object.keys(OTHER_ROUTES)].toSorted(),
    );
    expect(own.filter((name) => read(`functions/${name}`).includes('app.http('))).toHaveLength(registered.length);
  });
  test("that answer HTTP read no request but the one that arrived: the library's is read in one file", () => {
    const readers = app.filter((file) => /\bHttpRequest\b|HttpHandler|\.triggerMetadata/.test(read(file)));
    expect(readers.map((file) => file.replace('shared/entry/', '')).sort()).toEqual([
      'http/requests/arrived-request.ts',
      'http/requests/true-requests.ts',
      'queue/backing-off.ts',
    ]);
    // Of what the library calls a function with, it is named once, to be exchanged for what arrived.
    expect(read('shared/entry/http/handler.ts').match(/\buntrue\b/g)).toHaveLength(2);
  });
  test('get of a query only what the table of routes has read: the query itself is read in few files', () => {
    const readers = app.filter((file) =>
      /\bsearchParams\b|\b[qQ]uery\b[.!?]*\.(?:get|getAll|has|keys|entries)\(/.test(read(file)),
    );
    expect(readers.sort()).toEqual([
      'shared/entry/http/requests/read-query.ts',
      'shared/entry/http/requests/true-requests.ts',
    ]);
  });
});

describe('a line', () => {
  /** What the formatter keeps on one line: the name of a test, which is one sentence, and the path of an import. */
  const ONE_LINE = /^\s*(?:test|describe)\b.*\((['"]).*\1,|^import /;
  test('is not wider than 120 columns', () => {
    const all = ['functions', 'shared', 'client', 'cli', 'clients', 'local', 'scripts', 'test'].flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
    );
    const ours = all.filter(
      (file) =>
        /\.(?:ts|mjs|ps1|psm1|psd1|ps1xml)$/.test(file) &&
        !/node_modules|\/\.tools\/|^test\/corpus|^client\/schema/.test(file),
    );
    expect(ours.length).toBeGreaterThan(600);
    const wide = ours.flatMap((file) =>
      read(file)
        .split('\n')
        .filter((line) => line.length > 120 && !ONE_LINE.test(line))
        .map((line) => `${file}: ${line.trim()}`),
    );
    expect(wide).toEqual([]);
  });
});
