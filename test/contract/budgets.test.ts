/** More work at once than the tenant's budgets have room for. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startService, type Service } from './service-fixture.ts';

let service: Service;
beforeEach(async () => { service = await startService({ guests: 500 }); });
afterEach(async () => { await service.stop(); });

interface Statistics { readonly requests: { readonly getUser: number; readonly invite: number }; readonly budgets: Record<string, { readonly windowsOver: number }> }

test('eight small jobs in one moment: everybody is reset once, no window is over its budget, and hardly anybody is looked up twice', { timeout: 60_000 }, async () => {
  const guests = Array.from({ length: 160 }, (_, index) => service.graph.guest('Accepted', index));
  for (let job = 0; job < 8; job++) await service.job(guests.slice(job * 20, job * 20 + 20).map(({ id }) => ({ user: id })), { sendInvitationMessage: true, verify: false });
  const start = service.now();
  await service.drain();
  const stats = (await service.graph.sim('GET', '/stats')).body as Statistics;
  expect(stats.requests.invite).toBe(160);
  expect(Object.entries(stats.budgets).filter(([, { windowsOver }]) => windowsOver > 0)).toEqual([]);
  expect(stats.requests.getUser).toBeLessThan(2.2 * 160);
  for (const { id } of guests) expect(await service.mailsTo(id)).toBe(1);
  // 160 at 18 a second, less the burst; looking and sending take no time of this clock.
  expect(service.now() - start).toBeLessThan(15_000);
});

test('claims that take seconds bring no two payments into one window', { timeout: 60_000 }, async () => {
  const guests = Array.from({ length: 160 }, (_, index) => service.graph.guest('Accepted', index));
  for (let job = 0; job < 8; job++) await service.job(guests.slice(job * 20, job * 20 + 20).map(({ id }) => ({ user: id })), { sendInvitationMessage: true, verify: false });
  // Eight visits, each paid for a second after the other; their claims wait, and are let go at one moment.
  let letGo = (): void => undefined;
  const gate = new Promise<void>((resolve) => { letGo = resolve; });
  let waiting = 0;
  const slow: Service['deps'] = { ...service.deps, guests: { ...service.deps.guests, claim: async (...args) => { waiting++; await gate; return service.deps.guests.claim(...args); } } };
  const visits: Promise<unknown>[] = [];
  for (let visit = 0; visit < 7; visit++) {
    const before = waiting;
    visits.push(service.step(slow));
    await expect.poll(() => waiting, { interval: 5, timeout: 10_000 }).toBeGreaterThanOrEqual(before + 1);
    service.advance(1.15);
  }
  letGo();
  await Promise.all(visits);
  await service.drain();
  const stats = (await service.graph.sim('GET', '/stats')).body as Statistics;
  expect(Object.entries(stats.budgets).filter(([, { windowsOver }]) => windowsOver > 0)).toEqual([]);
  expect(stats.requests.invite).toBe(160);
  for (const { id } of guests) expect(await service.mailsTo(id)).toBe(1);
});
