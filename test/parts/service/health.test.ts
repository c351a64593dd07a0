import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkHealth, healthFromControlRow, healthOf, isWell } from '../../../shared/usecases/check-health.ts';
import { throttlePaceFor } from '../../../shared/usecases/throttling.ts';
import { stopTenant } from '../../../shared/usecases/wake/react-to-outcomes.ts';
import { pauseTenant, resumeTenant } from '../../../shared/usecases/stops/stop-control.ts';
import { startService, type Service } from '../service-fixture.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(async () => {
  await service?.stop();
});

test('a tenant that somebody has paused is not ill: the pause is told, with how to resume, until it is lifted', async () => {
  const { deps } = service;
  expect(healthOf(await checkHealth(deps))).toBe('healthy');
  await pauseTenant(deps, 'Everything is paused, for the whole tenant, by Ada: drill.');
  const checks = await checkHealth(deps);
  expect(healthOf(checks)).toBe('paused');
  expect(checks.find(({ name }) => name === 'gate')).toMatchObject({
    ok: true,
    standing: 'paused',
    note: expect.stringMatching(/by Ada: drill\. POST \/api\/resume /),
  });
  await resumeTenant(deps);
  expect(healthOf(await checkHealth(deps))).toBe('healthy');
});

test('a pause in front of a refusal of the tenant silences no alarm', async () => {
  const { deps } = service;
  await stopTenant(deps, { code: 'tenantBlocked', message: 'Blocked.' });
  await pauseTenant(deps, 'Everything is paused.');
  const gate = (await checkHealth(deps)).find(({ name }) => name === 'gate');
  expect(gate).toMatchObject({ ok: false, problem: expect.stringContaining('(tenantBlocked) stands behind it') });
  // Once for the pause, once for what stood behind it.
  for (let presses = 0; presses < 2; presses++) await resumeTenant(deps);
  expect(healthOf(await checkHealth(deps))).toBe('healthy');
});

test('throttling is told, and is no ill health', async () => {
  const { deps } = service;
  const gate = async () => (await checkHealth(deps)).find(({ name }) => name === 'gate');
  expect(await gate()).not.toHaveProperty('note');
  await throttlePaceFor(deps, [{ seconds: 30 }]);
  expect(await gate()).toMatchObject({
    ok: true,
    standing: 'throttled',
    note: expect.stringMatching(/^Graph throttles: nothing is sent until .*Z, and then at 70 % of the usual rate\.$/),
  });
  service.advance(31);
  expect(await gate()).toMatchObject({
    ok: true,
    note: 'Graph throttled a short while ago: resets are sent at 70 % of the usual rate, which rises.',
  });
  service.advance(600);
  expect(await gate()).not.toHaveProperty('note');
});

test('while Graph asks to wait it is not asked, and health says so', async () => {
  const { deps } = service;
  const requests = async () =>
    (await service.graph.sim('GET', '/stats')).body as { requests: object; roundTrips: number };
  await throttlePaceFor(deps, [{ seconds: 40 }]);
  const before = await requests();
  const checks = await checkHealth(deps);
  expect(await requests()).toEqual(before);
  expect(healthOf(checks)).toBe('throttled');
  for (const name of ['graph', 'roles'])
    expect(checks.find((check) => check.name === name)).toMatchObject({
      ok: true,
      note: expect.stringMatching(/^Graph asked to wait until .*Z, so it was not asked\.$/),
    });
  service.advance(641);
  expect((await checkHealth(deps)).find(({ name }) => name === 'graph')).not.toHaveProperty('note');
});

test('a 429 that health meets itself is kept by everybody, and is no ill health', async () => {
  const { deps } = service;
  await service.fault({ kind: 'findUsers', status: 429, retryAfter: 30 });
  const checks = await checkHealth(deps);
  expect([isWell(healthOf(checks)), checks.find(({ name }) => name === 'graph')?.note]).toEqual([
    true,
    expect.stringMatching(/^Graph asked to wait until /),
  ]);
  expect((await deps.control.read()).pace.throttledUntil).toBeGreaterThan(service.now() + 25_000);
  service.advance(641);
});

test('a tenant that Graph refuses is ill, and that is a problem', async () => {
  const { deps } = service;
  await stopTenant(deps, { code: 'tenantBlocked', message: 'Microsoft has blocked invitations.' });
  const checks = await checkHealth(deps);
  expect(healthOf(checks)).toBe('stopped');
  expect(checks.find(({ name }) => name === 'gate')).toMatchObject({
    ok: false,
    problem: expect.stringMatching(/^Microsoft has blocked invitations\. POST \/api\/resume /),
  });
});

test('whatever else is wrong weighs more than how sending stands', () => {
  expect(healthOf([{ ok: true, standing: 'paused' }, { ok: false }])).toBe('unhealthy');
  expect(healthOf([{ ok: false, standing: 'stopped' }, { ok: false }])).toBe('unhealthy');
  expect(healthOf([{ ok: false, standing: 'stopped' }, { ok: true }])).toBe('stopped');
});

test('everybody may know how sending stands, which reads one row and asks neither Graph nor the queues', async () => {
  await using own = await startOwnService();
  const calls: string[] = [];
  const unasked = new Proxy(
    {},
    {
      get: (_port, name) => {
        calls.push(String(name));
        throw new Error('asked');
      },
    },
  );
  const { deps } = own;
  const watched = { ...deps, directory: unasked, queue: unasked, invitations: unasked };
  const told = async () => {
    own.advance(2); // The control row is remembered for a second.
    return healthFromControlRow(watched);
  };
  expect(await told()).toBe('healthy');
  await throttlePaceFor(deps, [{ seconds: 30 }]);
  expect(await told()).toBe('throttled');
  await pauseTenant(deps, 'Everything is paused.');
  expect(await told()).toBe('paused');
  await stopTenant(deps, { code: 'tenantBlocked', message: 'Blocked.' });
  expect(await told()).toBe('stopped');
  expect(await healthFromControlRow({ ...deps, control: { ...deps.control, read: refused } })).toBe('unhealthy');
  expect(calls).toEqual([]);
});

const refused = async (): Promise<never> => {
  throw new Error('The tables are away.');
};

async function startOwnService(): Promise<Service & AsyncDisposable> {
  const own = await startService();
  return { ...own, [Symbol.asyncDispose]: async () => own.stop() };
}
