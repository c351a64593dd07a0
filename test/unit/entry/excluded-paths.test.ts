/** Where the platform lets everybody through, nobody is asked who they are. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { EXCLUDED_PATHS, mayBeExcluded } from '../../../shared/entry/http/excluded-paths.ts';
import { HTTP_ROUTES, type HttpRoute } from '../../../shared/entry/http/routes.ts';

const ROUTES: readonly (readonly [string, HttpRoute])[] = Object.entries(HTTP_ROUTES);

/** Routes that ask who calls where the platform may not have taken away what a stranger wrote. */
const asking = (routes: readonly (readonly [string, HttpRoute])[]): string[] =>
  routes
    .filter(([, { route, access }]) => access !== 'everybody' && mayBeExcluded(`/api/${route}`))
    .map(([name]) => name);

test('no route on or below an excluded path, or beginning like one, asks who calls', () => {
  expect(asking(ROUTES)).toEqual([]);
});

test('one that did would be found', () => {
  const { getDiagnostics } = HTTP_ROUTES;
  for (const route of ['health', 'health/full', 'Health/{id}', 'healthy', 'console/api', 'problems/{code}'])
    expect(asking([...ROUTES, ['planted', { ...getDiagnostics, route }]]), route).toEqual(['planted']);
});

test('whoever answers everybody is registered so that no header reaches it', () => {
  const registeredBy = (name: string): string =>
    /app\.http\(\s*'\w+',\s*(\w+)\(/.exec(readFileSync(`functions/${name}.ts`, 'utf8'))?.[1] ?? '';
  for (const [name, { access }] of ROUTES)
    expect([name, registeredBy(name) === 'openHttpFunction']).toEqual([name, access === 'everybody']);
});

test('the principal header is named in one file, which one file asks', () => {
  const files = ['functions', 'shared'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => `${folder}/${file}`),
  );
  const having = (pattern: RegExp): string[] => files.filter((file) => pattern.test(readFileSync(file, 'utf8')));
  expect(having(/x-ms-client-principal/i)).toEqual(['shared/entry/http/requests/caller.ts']);
  expect(having(/\bidentify\(/).toSorted()).toEqual([
    'shared/entry/http/handler.ts',
    'shared/entry/http/requests/caller.ts',
  ]);
});

test.each([
  ['/api/health', true],
  ['/API/HEALTH/', true],
  ['/api/health/details', true],
  ['/api/healthy', true],
  ['/api/openapi.json', true],
  ['/api/openapi-v2.json', true],
  ['/api/diagnostics', false],
  ['/api', false],
  ['/health', false],
  ['/api/jobs/api/health', false],
])('%s may be let through: %s', (path, expected) => {
  expect(mayBeExcluded(path)).toBe(expected);
});

test('each is a path of its own below the prefix, or all that is below one', () => {
  for (const path of EXCLUDED_PATHS) expect(path).toMatch(/^\/api\/[a-z0-9.-]+(?:\/\*)?$/);
});

test('whoever answers everybody is reached without a token also where the platform compares whole paths', () => {
  const isLetThrough = (path: string): boolean =>
    EXCLUDED_PATHS.some((each) => each === path || (each.endsWith('/*') && path.startsWith(each.slice(0, -1))));
  // An old address, of what asks for a token.
  const open = ROUTES.filter(([name, { access }]) => access === 'everybody' && name !== 'getHealthDetails').map(
    ([, { route }]) => `/api/${route}`,
  );
  expect(open.filter((path) => !isLetThrough(path))).toEqual([]);
});
