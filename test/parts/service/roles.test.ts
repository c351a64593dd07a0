/**
 * A directory role ends a reset only as Graph tells it at that time. The tenant's own statistics say what was asked.
 */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startService, type Service } from '../service-fixture.ts';

let service: Service;
beforeEach(async () => {
  service = await startService();
});
afterEach(async () => {
  await service?.stop();
});

const holder = () => service.graph.special('roleHolder');
const asked = async () =>
  ((await service.graph.sim('GET', '/stats')).body as { requests: { listRoles: number; invite: number } }).requests;
async function run(userId: string, options: object = {}): Promise<unknown> {
  const id = await service.job([{ user: userId }], { sendInvitationMessage: true, ...options });
  await service.drain();
  return (await service.resets(id))[0]?.verdict?.code;
}

test('a role that was removed a minute ago no longer ends the reset', async () => {
  expect(await run(holder().id)).toBe('directoryRole');
  expect(await service.mailsTo(holder().id)).toBe(0);
  await service.graph.sim('POST', `/users/${holder().id}`, { roles: [] });
  service.advance(60);
  expect(await run(holder().id)).toBe('reset');
  expect(await service.mailsTo(holder().id)).toBe(1);
});

test.each([
  ['ends no reset', {}, 'reset', 1],
  ['ends a rehearsal', { dryRun: true }, 'directoryRole', 0],
])('a list from a minute ago that Graph does not confirm %s', async (_what, options, code, mails) => {
  await run(holder().id);
  await service.graph.sim('POST', `/users/${holder().id}`, { roles: [] });
  service.advance(60);
  await service.fault({ kind: 'listRoles', status: 503 });
  expect(await run(holder().id, options)).toBe(code);
  expect(await service.mailsTo(holder().id)).toBe(mails);
});

test('Graph is asked anew once for a chunk, whoever in it holds a role, and not for those who hold none', async () => {
  await run(service.graph.guest('Accepted').id);
  expect((await asked()).listRoles).toBe(1);
  await run(service.graph.guest('Accepted', 1).id);
  expect((await asked()).listRoles).toBe(1);
  await service.job(
    service.graph.tenant.special.filter(({ user }) => user.roles.length > 0).map(({ user }) => ({ user: user.id })),
  );
  await service.drain();
  expect((await asked()).listRoles).toBe(2);
});

test('a list that Graph refused to give with 429 is asked for again by the next chunk', async () => {
  await service.fault({ kind: 'listRoles', status: 429, retryAfter: 2 });
  await run(service.graph.guest('Accepted').id);
  expect(await run(holder().id)).toBe('directoryRole');
});
