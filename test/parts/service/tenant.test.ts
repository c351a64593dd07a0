/** How the tenant stands, as the control row tells it: after real throttling of the simulated Graph, and stops. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { gateView } from '../../../shared/entry/http/answers/gate-requests.ts';
import { answerTenant } from '../../../shared/entry/http/answers/tenant-answer.ts';
import type { Caller } from '../../../shared/entry/http/requests/caller.ts';
import type { Deps } from '../../../shared/usecases/deps.ts';
import { pauseTenant } from '../../../shared/usecases/stops/stop-control.ts';
import { callOf } from '../call-of.ts';
import { startService, type Service } from '../service-fixture.ts';

const SUBMITTER: Caller = { id: 'caller', roles: new Set(['Submit']) };

let service: Service;
beforeEach(async () => {
  service = await startService();
});
afterEach(async () => {
  await service?.stop();
});

interface TenantView {
  readonly status: string;
  readonly pace: Readonly<Record<string, unknown>>;
}
/** What nobody shall need who only asks how the tenant stands. */
const away = new Proxy({} as Deps['directory'], {
  get: (_target, name) => {
    throw new Error(`Graph was asked: ${String(name)}`);
  },
});
async function tenant(more: Partial<Deps> = {}): Promise<TenantView> {
  const deps = { ...service.deps, directory: away, ...more };
  return (await answerTenant(callOf('getTenant', { caller: SUBMITTER, deps }))).jsonBody as TenantView;
}

test('a tenant that nothing holds back runs as fast as it may, without a word from Graph', async () => {
  const { resetsPerSecond } = service.deps.policy;
  const rate = Math.round(100 * resetsPerSecond) / 100;
  expect(await tenant()).toEqual({ status: 'running', pace: { perSecond: rate, limitPerSecond: rate } });
});

test('a stop is told in the very words of whoever made it', async () => {
  const paused = gateView(await pauseTenant(service.deps, 'Everything is paused: lunch.', true));
  const { pace, ...rest } = await tenant();
  expect(rest).toEqual(paused);
  expect(rest).toMatchObject({ status: 'paused', code: 'pausedByHand', message: 'Everything is paused: lunch.' });
  expect(pace).toMatchObject({ perSecond: 0 });
});

test('a wait that Graph asked for is told, and what comes after it', async () => {
  await service.fault({ status: 429, retryAfter: 30 });
  await service.job([{ user: service.graph.guest('Accepted', 0).id }], { sendInvitationMessage: true });
  await service.step();
  const { status, pace } = await tenant();
  expect([status, pace['perSecond']]).toEqual(['running', 0]);
  const until = Date.parse(String(pace['throttledUntil'])) - service.deps.clock.now();
  expect(until).toBeGreaterThan(0);
  expect(until).toBeLessThanOrEqual(30_000);
  expect(pace['lastWait']).toMatchObject({ until: pace['throttledUntil'] });
  expect(Date.parse(String(pace['fullRateAt']))).toBeGreaterThan(Date.parse(String(pace['throttledUntil'])));
});
