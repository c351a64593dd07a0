/**
 * `Retry-After` of every kind, in each place where Graph may put it: what is waited for has an end, and what was asked
 * for is told.
 */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkHealth } from '../../../shared/usecases/check-health.ts';
import { throttlePaceFor } from '../../../shared/usecases/throttling.ts';
import { resumeTenant } from '../../../shared/usecases/stops/stop-control.ts';
import { startService, type Service } from '../service-fixture.ts';

let service: Service;
beforeEach(async () => {
  service = await startService();
});
afterEach(async () => {
  await service.stop();
});

const HOUR = 3_600;
const MAIL = { sendInvitationMessage: true, verify: false };
const pace = async () => (await service.deps.control.read()).pace;
const secondsThrottled = async (): Promise<number> =>
  Math.round(((await pace()).throttledUntil - service.now()) / 1_000);
const gateCheck = async () => (await checkHealth(service.deps)).find(({ name }) => name === 'gate');
const guest = (from = 0): { user: string } => ({ user: service.graph.guest('Accepted', from).id });

/** A throttled reset; `kind` is the call that meets the 429. */
async function throttled(kind: string, retryAfter?: unknown) {
  // Two batches look up: guests, and who holds a role.
  await service.fault({
    kind,
    status: 429,
    times: kind === 'batch' ? 2 : 1,
    ...(retryAfter !== undefined && { retryAfter }),
  });
  const id = await service.job([guest()], MAIL);
  await service.step();
  return id;
}

describe.each(['getUser', 'invite', 'batch'])('a 429 of %s', (kind) => {
  test.each([
    ['nothing', undefined, 10],
    ['a word', 'soon', 10],
    ['less than nothing', '-5', 10],
    ['no time at all', 0, 1],
    ['fractions', 7.5, 8],
    ['a date', () => new Date(service.now() + 90_000).toUTCString(), 90],
    ['a date that has passed', 'Sun, 06 Nov 1994 08:49:37 GMT', 1],
    ['an hour', HOUR, HOUR],
    ['more than an hour', HOUR + 1, HOUR],
    ['a date in the next year', () => new Date(service.now() + 365 * 86_400_000).toUTCString(), HOUR],
    ['decades', 1e9, HOUR],
    ['more than a date can hold', 1e13, HOUR],
    ['more than anything', 1e300, HOUR],
  ] as const)('that asks for %s holds the tenant for as long as that counts', async (_what, asked, seconds) => {
    await throttled(kind, typeof asked === 'function' ? asked() : asked);
    // Graph's dates have whole seconds.
    expect(Math.abs((await secondsThrottled()) - seconds)).toBeLessThanOrEqual(1);
    await service.drain();
    expect(await secondsThrottled()).toBeLessThanOrEqual(0);
    expect(await service.mailsTo(guest().user)).toBe(1);
  });
});

describe('health tells a wait that was cut', () => {
  test('what Graph asked for, as what it counts, and how to lift it', async () => {
    await throttled('invite', 1e9);
    expect((await gateCheck())?.note).toMatch(
      /Graph asked for 1000000000 s, until 20\d\d-.*Z; that counts as 1 h\. POST \/api\/resume /,
    );
  });
  test('also where no date is so late', async () => {
    await throttled('invite', 1e13);
    expect((await gateCheck())?.note).toMatch(/Graph asked for 10000000000000 s; that counts as 1 h/);
  });
  test('and no other', async () => {
    await throttled('invite', HOUR);
    expect((await gateCheck())?.note).not.toContain('resume');
  });
});

describe('a resume', () => {
  test('lifts a wait that was cut: what was throttled, and what is new, is sent at once', async () => {
    const id = await throttled('invite', 1e9);
    await resumeTenant(service.deps);
    expect(await secondsThrottled()).toBeLessThanOrEqual(0);
    expect((await gateCheck())?.note).not.toContain('resume');
    const before = service.now();
    await service.job([guest(1)], MAIL);
    await service.drain();
    const [reset] = await service.resets(id);
    expect(reset).toMatchObject({ status: 'succeeded' });
    expect((reset?.endedAt ?? Infinity) - before).toBeLessThan(60_000);
    expect([await service.mailsTo(guest().user), await service.mailsTo(guest(1).user)]).toEqual([1, 1]);
  });
  test('lets the look at who is in doubt keep its time', async () => {
    await service.fault({ status: 503, retryAfter: 1e9, match: { userId: guest().user } });
    await service.fault({ status: 429, retryAfter: 1e9, match: { userId: guest(1).user } });
    const id = await service.job([guest(), guest(1)], MAIL);
    await service.step();
    const [doubt] = await service.resets(id);
    await resumeTenant(service.deps);
    const [kept, hurried] = await service.resets(id);
    expect(kept).toMatchObject({ status: 'sending', dueAt: doubt?.dueAt });
    expect(hurried?.dueAt).toBeLessThanOrEqual(service.now());
  });
  test('keeps a real wait to the second', async () => {
    await throttled('invite', HOUR);
    const { throttledUntil } = await pace();
    await resumeTenant(service.deps);
    expect((await pace()).throttledUntil).toBe(throttledUntil);
  });
  test('that lifts a wait that was cut keeps the real one beside it', async () => {
    await throttled('invite', 1e9);
    await throttlePaceFor(service.deps, [{ seconds: 600 }]);
    await resumeTenant(service.deps);
    expect(Math.abs((await secondsThrottled()) - 600)).toBeLessThanOrEqual(5);
  });
});

test('a 503 that asks for decades keeps its one guest waiting for an hour at most, and nobody else', async () => {
  await service.fault({ status: 503, retryAfter: 1e9 });
  const id = await service.job([guest()], MAIL);
  await service.step();
  const [reset] = await service.resets(id);
  expect(reset?.status).toBe('sending');
  expect((reset?.dueAt ?? Infinity) - service.now()).toBeLessThanOrEqual(HOUR * 1_000);
  expect(await secondsThrottled()).toBeLessThanOrEqual(0);
  await service.drain();
  expect((await service.resets(id))[0]?.status).toBe('succeeded');
});

test('a guest whom Graph asks to wait for again and again has ended after a day', async () => {
  await service.fault({ status: 503, retryAfter: 1e9, times: 1_000 });
  await service.fault({ kind: 'getUser', status: 503, retryAfter: 1e9, times: 1_000 });
  const startedAt = service.now();
  const id = await service.job([guest()], MAIL);
  await service.drain();
  const [reset] = await service.resets(id);
  expect(reset?.status).not.toBe('pending');
  expect((reset?.endedAt ?? Infinity) - startedAt).toBeLessThanOrEqual(24 * HOUR * 1_000 + 5_000);
});

test('a hold that no wait accounts for carries nobody past the day for which a reset is tried', async () => {
  const startedAt = service.now();
  const id = await throttled('invite', HOUR);
  await service.deps.control.changePace((before) => ({
    pace: { ...before, throttledUntil: 1e20 },
    result: undefined,
  }));
  await service.drain();
  const [reset] = await service.resets(id);
  expect(reset).toMatchObject({ status: 'failed', verdict: { code: 'throttled' } });
  expect((reset?.endedAt ?? Infinity) - startedAt).toBeLessThanOrEqual(24 * HOUR * 1_000 + 5_000);
  expect((await gateCheck())?.note).toContain('No wait that counts is so long. POST /api/resume');
  await resumeTenant(service.deps);
  expect(await secondsThrottled()).toBeLessThanOrEqual(0);
});
