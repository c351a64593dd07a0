/**
 * How a guest stands now: what the simulated directory says, and whether a dry run of that guest would say the same of
 * resetting them.
 */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { DirectoryUser } from '../../../local/graph/directory.ts';
import type { Selector } from '../../../shared/domain/reset/reset.ts';
import { openErasure } from '../../../shared/usecases/erasure/begin-erasure.ts';
import type { Deps } from '../../../shared/usecases/deps.ts';
import { stepErasure } from '../../../shared/usecases/erasure/erase-guest.ts';
import { guestHistory } from '../../../shared/usecases/jobs/guest-history.ts';
import { lookAtGuest } from '../../../shared/usecases/jobs/look-at-guest.ts';
import { pauseTenant } from '../../../shared/usecases/stops/stop-control.ts';
import { throttlePaceFor } from '../../../shared/usecases/throttling.ts';
import { startService, type Service } from '../service-fixture.ts';

let service: Service;
beforeEach(async () => {
  service = await startService({ guests: 120 });
});
afterEach(async () => {
  await service?.stop();
});

const guest = (index = 0): DirectoryUser => service.graph.guest('Accepted', index);
const byId = ({ id }: Pick<DirectoryUser, 'id'>): Selector => ({ by: 'id', value: id });
const change = (id: string, to: object) => service.graph.sim('POST', `/users/${id}`, to);
const statistics = async () =>
  (await service.graph.sim('GET', '/stats')).body as { requests: Record<string, number>; writes: { total: number } };

interface Seen {
  readonly readAt: string;
  readonly resettable: boolean;
  readonly [member: string]: unknown;
}
async function seen(selector: Selector = byId(guest())): Promise<Seen> {
  const found = await lookAtGuest(service.deps, selector);
  if ('problem' in found) throw new Error(`refused: ${JSON.stringify(found.problem)}`);
  return found.view as Seen;
}
async function problem(selector: Selector = byId(guest())) {
  const found = await lookAtGuest(service.deps, selector);
  return 'problem' in found ? found.problem : undefined;
}
/** What a dry run says of the same guest; a time that Graph's clock tells may be another one each time. */
async function rehearsed({ id }: DirectoryUser): Promise<unknown> {
  const job = await service.job([{ user: id }], { sendInvitationMessage: false, dryRun: true });
  await service.drain();
  const [record] = await service.resets(job);
  const { code, message, nextStep } = record?.verdict ?? {};
  return record?.status === 'succeeded' ? true : { code, message: untimed(message), nextStep };
}
const verdictOf = ({ resettable, code, message, nextStep }: Seen): unknown =>
  resettable ? true : { code, message: untimed(message), nextStep };
const untimed = (message: unknown): string => String(message).replaceAll(/\.\d{3}Z/g, '');
const time = (text: string | null): string => new Date(text ?? '').toISOString();

test('a guest is shown as the directory has them at this moment', async () => {
  const user = guest();
  const before = service.now();
  const view = await seen();
  expect(view).toEqual({
    id: user.id,
    userPrincipalName: user.userPrincipalName,
    mail: user.mail,
    otherMails: user.otherMails,
    displayName: user.displayName,
    userType: 'Guest',
    externalUserState: 'Accepted',
    externalUserStateChangeDateTime: time(user.externalUserStateChangeDateTime),
    accountEnabled: true,
    createdDateTime: time(user.createdDateTime),
    readAt: view.readAt,
    resettable: true,
  });
  expect(Date.parse(view.readAt)).toBeGreaterThanOrEqual(before);
  await change(user.id, { mail: 'moved@adatum.example', accountEnabled: false });
  expect(await seen()).toMatchObject({
    mail: 'moved@adatum.example',
    accountEnabled: false,
    warnings: [{ code: 'accountDisabled', message: expect.any(String) }],
  });
});

test('a guest is found by UPN and by any address, however these are written', async () => {
  const { id, userPrincipalName, mail } = guest();
  for (const selector of [
    { by: 'userPrincipalName', value: userPrincipalName.toUpperCase() },
    { by: 'mail', value: (mail ?? '').toUpperCase() },
  ] as const)
    expect(await seen(selector)).toMatchObject({ id, resettable: true });
});

test('looking changes nothing: nothing is written on Graph, no claim, no history, no job', async () => {
  await seen();
  expect((await statistics()).writes.total).toBe(0);
  expect(await service.deps.guests.current(guest().id)).toBeUndefined();
  expect(await service.deps.jobs.page(undefined, 10)).toEqual([]);
  expect(service.messages).toEqual([]);
});

test('names are asked for where somebody wants to see them, and of nobody whom a job looks up', async () => {
  await service.job([{ user: guest(1).id }], { sendInvitationMessage: false });
  await service.drain();
  const { user } = await service.deps.directory
    .lookUp([{ by: 'id', value: guest(1).id }])
    .then((batch) => ({ user: batch.kind === 'answered' ? batch.answers.get('0')?.body : undefined }));
  expect(user).not.toHaveProperty('displayName');
  expect(await seen()).toHaveProperty('displayName');
});

describe('whether a guest can be reset is what a dry run says, in its very words:', () => {
  test('every kind of user that the simulated tenant has', async () => {
    for (const { user, category } of service.graph.tenant.special) {
      service.advance(5);
      expect([category, verdictOf(await seen(byId(user)))]).toEqual([category, await rehearsed(user)]);
    }
  });
  test('a guest whom a job has just reset, or is just resetting', async () => {
    const [reset, busy] = [guest(0), guest(1)];
    await service.job([{ user: reset.id }], { sendInvitationMessage: false });
    await service.drain();
    expect(await seen(byId(reset))).toMatchObject({ resettable: false, code: 'resetRecently' });
    expect(verdictOf(await seen(byId(reset)))).toEqual(await rehearsed(reset));
    await service.fault({ status: 503, effect: 'none' });
    await service.job([{ user: busy.id }], { sendInvitationMessage: false });
    await service.step();
    expect(await seen(byId(busy))).toMatchObject({ resettable: false, code: 'heldByOther' });
  });
  test('a guest whom somebody else has invited a short while ago', async () => {
    const user = guest();
    await service.graph.invite({
      invitedUserEmailAddress: user.mail,
      inviteRedirectUrl: 'https://myapps.example',
      sendInvitationMessage: false,
      invitedUser: { id: user.id },
      resetRedemption: true,
    });
    expect(await seen(byId(user))).toMatchObject({ resettable: false, code: 'pendingRecently' });
    expect(verdictOf(await seen(byId(user)))).toEqual(await rehearsed(user));
  });
});

test('of somebody who is no guest nothing is told but that', async () => {
  const { id } = service.graph.special('internalMember');
  const view = await seen({ by: 'id', value: id });
  expect(Object.keys(view).toSorted()).toEqual(
    ['id', 'userType', 'readAt', 'resettable', 'code', 'message', 'nextStep'].toSorted(),
  );
  expect(view).toMatchObject({ id, userType: 'Member', resettable: false, code: 'notExternal' });
});

test('who is gone, or never was, is not found, by whatever name', async () => {
  const { id, mail } = guest();
  await change(id, { deleted: true });
  expect(await problem()).toMatchObject({
    status: 404,
    code: 'guestNotFound',
    detail: expect.stringContaining('object id'),
  });
  expect(await problem({ by: 'mail', value: mail ?? '' })).toMatchObject({ status: 404, code: 'guestNotFound' });
  expect(await problem(byId({ id: crypto.randomUUID() }))).toMatchObject({ status: 404, code: 'guestNotFound' });
});

test('an address that several have names them, so that one can be chosen', async () => {
  const [one, other] = [guest(0), guest(1)];
  await change(other.id, { otherMails: [one.mail] });
  const refused = await problem({ by: 'mail', value: one.mail ?? '' });
  expect(refused).toMatchObject({ status: 409, code: 'guestAmbiguous' });
  for (const { id } of [one, other]) expect(refused?.detail).toContain(id);
});

test('a directory that lags behind is shown as it answers, and once it has caught up as that', async () => {
  await service.graph.sim('POST', '/lag', { minMs: 60_000, maxMs: 60_000 });
  await service.job([{ user: guest().id }], { sendInvitationMessage: false, verify: false });
  await service.step();
  expect(await seen()).toMatchObject({ externalUserState: 'Accepted', resettable: false, code: 'resetRecently' });
  service.advance(61);
  expect(await seen()).toMatchObject({ externalUserState: 'PendingAcceptance' });
});

describe('where Graph does not answer as it should', () => {
  test('asks to wait, everybody keeps that wait, and nobody is looked up in it', async () => {
    await throttlePaceFor(service.deps, [{ seconds: 40 }]);
    const { requests } = await statistics();
    expect(await problem()).toMatchObject({
      status: 503,
      code: 'graphUnavailable',
      retryAfterSeconds: expect.closeTo(40, -1),
    });
    expect((await statistics()).requests['total']).toBe(requests['total']);
    service.advance(41);
    expect(await seen()).toMatchObject({ id: guest().id });
  });
  test('throttles this look, the jobs wait as well', async () => {
    await service.fault({ kind: 'getUser', status: 429, retryAfter: 30 });
    expect(await problem()).toMatchObject({ status: 503, code: 'graphUnavailable', retryAfterSeconds: 30 });
    expect((await service.deps.control.read()).pace.throttledUntil).toBeGreaterThan(service.now() + 25_000);
  });
  test.each([
    ['fails', { kind: 'getUser', status: 500 }, 'graphUnavailable'],
    ['refuses', { kind: 'getUser', status: 403 }, 'graphRefused'],
    ['does not answer', { kind: 'batch', act: 'drop', times: 5 }, 'graphUnavailable'],
    ['leaves out what must be known', { kind: 'getUser', without: ['identities'] }, 'graphUnavailable'],
  ])('%s, that is said, and neither job nor tenant is stopped', async (_what, fault, code) => {
    await service.fault(fault);
    expect(await problem()).toMatchObject({ code });
    expect((await service.deps.control.read()).gate.stop).toBeUndefined();
  });
  test('leaves a name out, the rest is shown all the same', async () => {
    await service.fault({ kind: 'getUser', without: ['displayName', 'createdDateTime'] });
    const view = await seen();
    expect(view).toMatchObject({ id: guest().id, resettable: true });
    expect(view).not.toHaveProperty('displayName');
  });
});

/** A clock that stands still, so that no room comes back however slow the machine is. */
function stillDeps(): Deps {
  const at = service.now();
  return { ...service.deps, clock: { ...service.deps.clock, now: () => at } };
}

test('however many want to look, a bounded number does, the rest is told when; and no job is slower for it', async () => {
  const still = stillDeps();
  const before = (await service.deps.control.read()).pace;
  const all = await Promise.all(
    Array.from({ length: 100 }, async (_, index) =>
      lookAtGuest(still, byId(service.graph.tenant.guests[index] ?? guest())),
    ),
  );
  const refused = all.flatMap((each) => ('problem' in each ? [each.problem] : []));
  expect(100 - refused.length).toBe(20);
  for (const each of refused) {
    expect(each).toMatchObject({ status: 429, code: 'tooManyLooks' });
    expect(each.retryAfterSeconds).toBeGreaterThanOrEqual(1);
    expect(each.retryAfterSeconds).toBeLessThanOrEqual(2);
  }
  expect((await statistics()).requests['getUser']).toBe(20);
  const { pace } = await service.deps.control.read();
  expect([pace.nextFreeAt, pace.spent, pace.throttledUntil]).toEqual([
    before.nextFreeAt,
    before.spent,
    before.throttledUntil,
  ]);
  await service.job([{ user: guest().id }], { sendInvitationMessage: true });
  const startedAt = service.now();
  await service.step();
  expect(await service.mailsTo(guest().id)).toBe(1);
  expect(service.now() - startedAt).toBeLessThan(3_000);
  service.advance(5);
  expect(await seen(byId(guest(2)))).toMatchObject({ resettable: true });
});

test('what another instance has used up is used up for all', async () => {
  const still = stillDeps();
  await service.deps.control.changePace((pace) => ({
    pace: { ...pace, looksFullAt: still.clock.now() + 20_000 },
    result: undefined,
  }));
  expect(await lookAtGuest(still, byId(guest()))).toMatchObject({
    problem: { code: 'tooManyLooks', retryAfterSeconds: 1 },
  });
});

test('while the tenant is stopped guests can be looked at all the same', async () => {
  await pauseTenant(service.deps, 'Paused.');
  expect(await seen()).toMatchObject({ resettable: true });
});

test('of a guest who was erased the directory still tells, and nothing of what was before', async () => {
  const { id } = guest();
  await service.job([{ user: id }], { sendInvitationMessage: false, verify: false });
  await service.drain();
  service.advance(120);
  expect(await seen()).toMatchObject({ code: 'resetRecently' });
  const begun = await openErasure(service.deps, id, [], { id: 'ada' });
  if (begun.kind === 'open') throw new Error('the guest is in an open job');
  expect((await stepErasure(service.deps, begun.erasure)).isDone).toBe(true);
  const view = await seen();
  // The directory itself tells that the invitation is open since then.
  expect(view).toMatchObject({
    id,
    externalUserState: 'PendingAcceptance',
    resettable: false,
    code: 'pendingRecently',
  });
  expect((await guestHistory(service.deps, id, undefined, 10, () => true)).resets).toEqual([]);
});

test('nothing of the guest is logged, and no redeem URL is told', async () => {
  const { id, mail, userPrincipalName, displayName } = guest();
  await service.job([{ user: id }], { sendInvitationMessage: false, verify: false });
  await service.drain();
  const before = service.events.length;
  const said = JSON.stringify(await seen());
  await service.fault({ kind: 'getUser', status: 403 });
  await problem(byId(guest(1)));
  expect(said).not.toMatch(/https?:|redeemUrl/i);
  const logged = JSON.stringify(service.events.slice(before));
  for (const name of [id, mail ?? '-', userPrincipalName, displayName]) expect(logged).not.toContain(name);
});
