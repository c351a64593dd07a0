import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileRoute, matchRoute } from '../../../local/host/http/routes.ts';
import { resolveSettings } from '../../../local/host/settings.ts';
import { nextRun, parseSchedule } from '../../../local/host/timers/ncrontab.ts';

describe('a schedule', () => {
  const next = (expression: string, after: string) => nextRun(parseSchedule(expression), new Date(after)).toISOString();

  test.each([
    ['0 */5 * * * *', '2026-11-21T10:02:03Z', '2026-11-21T10:05:00.000Z'],
    ['0 */5 * * * *', '2026-11-21T10:05:00Z', '2026-11-21T10:10:00.000Z'],
    ['0 */5 * * * *', '2026-12-31T23:59:59.999Z', '2027-01-01T00:00:00.000Z'],
    ['*/10 * * * * *', '2026-11-21T10:02:03Z', '2026-11-21T10:02:10.000Z'],
    ['5/20 * * * * *', '2026-11-21T10:02:06Z', '2026-11-21T10:02:25.000Z'],
    ['0 0 9-17/4 * * 1-5', '2026-11-20T17:00:00Z', '2026-11-23T09:00:00.000Z'],
    ['0 15,45 8 * * *', '2026-11-21T08:15:00Z', '2026-11-21T08:45:00.000Z'],
    ['0 30 2 31 * *', '2026-11-01T00:00:00Z', '2026-12-31T02:30:00.000Z'],
    ['0 0 0 29 2 *', '2026-03-01T00:00:00Z', '2028-02-29T00:00:00.000Z'],
    ['*/15 * * * *', '2026-11-21T10:02:03Z', '2026-11-21T10:15:00.000Z'],
  ])('%s after %s comes at %s', (expression, after, expected) => {
    expect(next(expression, after)).toBe(expected);
  });

  test.each(['0 60 * * * *', '* * *', '0 0 0 0 * *', '0 5-1 * * * *', '0 */0 * * * *', '0 x * * * *', '0 0 0 * JAN *'])(
    '%s is refused',
    (expression) => {
      expect(() => parseSchedule(expression)).toThrow(expression);
    },
  );

  test('a day that never comes is refused', () => {
    expect(() => nextRun(parseSchedule('0 0 0 30 2 *'), new Date())).toThrow('never comes');
  });

  test('the next run is later, on a named second, and none was passed over', () => {
    const step = fc.integer({ min: 1, max: 30 });
    const start = fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(step, start, (every, after) => {
        const found = nextRun(parseSchedule(`*/${every} * * * * *`), after);
        expect(found.getTime()).toBeGreaterThan(after.getTime());
        expect(found.getUTCSeconds() % every).toBe(0);
        expect(found.getTime() - after.getTime()).toBeLessThanOrEqual(60_000);
        for (let second = found.getTime() - 1000; second > after.getTime(); second -= 1000)
          expect(new Date(second).getUTCSeconds() % every).not.toBe(0);
      }),
    );
  });
});

describe('a route', () => {
  const match = (template: string, path: string) => matchRoute(compileRoute(template), path);

  test.each([
    ['jobs/{id}', '/jobs/7', { id: '7' }],
    ['jobs/{id}', '/JOBS/7/', { id: '7' }],
    ['jobs/{id}', '/jobs/', undefined],
    ['jobs/{id?}', '/jobs', {}],
    ['jobs/{id}', '/jobs/a/b', undefined],
    ['jobs/{id}', '/jobs/a%2Fb', { id: 'a/b' }],
    ['jobs/{id}', '/jobs/100%', { id: '100%' }],
    ['files/{*rest}', '/files', {}],
    ['files/{**rest}', '/files/a/b', { rest: 'a/b' }],
    ['openapi.json', '/openapi.json', {}],
    ['openapi.json', '/openapi-json', undefined],
    ['{id:guid}', '/0c9f6e3e-1111-4222-8333-abcdefabcdef', { id: '0c9f6e3e-1111-4222-8333-abcdefabcdef' }],
    ['{id:guid}', '/0c9f6e3e', undefined],
    ['{n:int}', '/12', { n: '12' }],
    ['{n:int}', '/1x', undefined],
  ])('%s and %s give %j', (template, path, expected) => {
    expect(match(template, path)).toEqual(expected);
  });

  test.each(['a/{id:length(3)}', 'a/{id:regex(a:b)}', 'a/x-{id}'])(
    '%s is refused, because it would not match as in the cloud',
    (template) => {
      expect(() => compileRoute(template)).toThrow(template);
    },
  );
});

test('settings in a binding are replaced wherever they stand, and a missing one is named', () => {
  const environment = { QUEUE: 'bulk', HOST: 'h' };
  expect(
    resolveSettings(
      { queueName: '%QUEUE%', list: [{ deep: 'a-%HOST%-%QUEUE%' }], count: 3, plain: '100 %' },
      environment,
    ),
  ).toEqual({
    queueName: 'bulk',
    list: [{ deep: 'a-h-bulk' }],
    count: 3,
    plain: '100 %',
  });
  expect(() => resolveSettings('%MISSING%', environment)).toThrow('MISSING');
});
