/**
 * Answers of Graph that prove nothing: a status that it has for no invitation, an invitation with the status `Error`,
 * an answer about somebody else. The guest may have been reset, so nobody is asked twice. The simulated tenant counts.
 */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ResetRecord } from '../../../shared/domain/reset/reset.ts';
import { stopTenant } from '../../../shared/usecases/wake/react-to-outcomes.ts';
import { resumeJob, resumeTenant } from '../../../shared/usecases/stops/stop-control.ts';
import { startService, type Service } from '../service-fixture.ts';

let service: Service;
beforeEach(async () => {
  service = await startService();
});
afterEach(async () => {
  await service?.stop();
});

type Id = Awaited<ReturnType<Service['job']>>;
const guest = (index = 0, state: 'Accepted' | 'PendingAcceptance' = 'Accepted') => service.graph.guest(state, index);
const guests = (count: number): { user: string }[] =>
  Array.from({ length: count }, (_, index) => ({ user: guest(index).id }));
const invitations = async (): Promise<number> =>
  ((await service.graph.sim('GET', '/stats')).body as { requests: { invite: number } }).requests.invite;
const stopOf = async (id: Id) => (await service.deps.jobs.read(id))?.value.stop;
const statuses = async (id: Id): Promise<string[]> => (await service.resets(id)).map(({ status }) => status);
const codes = async (id: Id) => (await service.resets(id)).map(({ verdict }) => verdict?.code);
async function ended(id: Id): Promise<ResetRecord> {
  await service.drain();
  const [reset] = await service.resets(id);
  if (reset === undefined) throw new Error('the job has no reset');
  return reset;
}
/** Graph's answers are in order again, and what is stopped goes on. */
async function goOn(id: Id): Promise<void> {
  await service.graph.sim('DELETE', '/faults');
  await resumeJob(service.deps, id);
  await service.drain();
}

/** 201 is an invitation whose own status is `Error`. */
const ODD = [200, 201, 202, 204, 302, 402, 405, 409, 410, 412, 413, 415, 423, 499];

describe.each(ODD)('an invitation that is answered %i', (status) => {
  test('and had happened has succeeded, and is sent once', async () => {
    await service.fault({ status, effect: 'done' });
    const reset = await ended(await service.job(guests(1)));
    expect([reset.status, reset.verdict?.code]).toEqual(['succeeded', 'resetSeenInDirectory']);
    expect([await invitations(), await service.mailsTo(guest().id)]).toEqual([1, 1]);
  });
  test('and had not happened has failed with these words, and is sent once', async () => {
    await service.fault({ status, times: 9 });
    const reset = await ended(await service.job(guests(1)));
    expect([reset.status, reset.verdict?.code]).toEqual([
      'failed',
      status === 201 ? 'invitationError' : 'unexpectedAnswer',
    ]);
    expect(reset.verdict?.message).toContain(String(status));
    expect([await invitations(), await service.mailsTo(guest().id)]).toEqual([1, 0]);
  });
  test('without mail is not repeated for its redeem URL', async () => {
    await service.fault({ status, effect: 'done' });
    const reset = await ended(await service.job(guests(1), { sendInvitationMessage: false }));
    expect([reset.status, reset.inviteRedeemUrl]).toEqual(['succeeded', undefined]);
    expect(reset.verdict?.nextStep).toContain('redeem URL');
    expect(await invitations()).toBe(1);
  });
  test('for a guest who was pending before is unknown, and is not sent again', async () => {
    await service.fault({ status });
    const reset = await ended(await service.job([{ user: guest(0, 'PendingAcceptance').id }]));
    expect([reset.status, reset.verdict?.code, await invitations()]).toEqual(['unknown', 'outcomeUnknown', 1]);
  });
});

test('what Graph said is what a reset tells in the end, also where a look-up failed meanwhile', async () => {
  await service.fault({ status: 409, code: 'Conflict', message: 'Another change is on its way.' });
  const id = await service.job(guests(1));
  await service.step();
  await service.fault({ kind: 'getUser', status: 503, times: 3 });
  expect((await ended(id)).verdict).toMatchObject({
    code: 'unexpectedAnswer',
    message: expect.stringContaining('409 Conflict'),
  });
});

describe('invitations whose answers are swapped', () => {
  test('are in doubt both, and get nothing of the answer that is not theirs', async () => {
    await service.fault({ act: 'swap' });
    const id = await service.job(guests(2), { sendInvitationMessage: false });
    await service.step();
    expect(await statuses(id)).toEqual(['sending', 'sending']);
    await service.drain();
    for (const reset of await service.resets(id)) {
      expect(reset.status).toBe('succeeded');
      expect(reset).not.toHaveProperty('inviteRedeemUrl');
      expect(reset).not.toHaveProperty('invitationId');
    }
    expect(await invitations()).toBe(2);
  });
  test('are not repeated by a second job, as long as the first one counts', async () => {
    await service.fault({ act: 'swap' });
    const id = await service.job(guests(2));
    await service.drain();
    const again = await service.job(guests(2));
    await service.drain();
    expect([await statuses(id), await statuses(again)]).toEqual([
      ['succeeded', 'succeeded'],
      ['skipped', 'skipped'],
    ]);
    expect([await service.mailsTo(guest(0).id), await service.mailsTo(guest(1).id)]).toEqual([1, 1]);
  });
  test('are believed of neither where one of them is a refusal, which names nobody', async () => {
    for (const index of [0, 1]) await service.fault({ act: 'swap', match: { userId: guest(index).id } });
    await service.graph.sim('POST', '/block', { afterInvitations: 1 });
    const id = await service.job(guests(2));
    await service.step();
    await service.graph.sim('DELETE', '/block');
    await resumeTenant(service.deps);
    await goOn(id);
    const mails = [await service.mailsTo(guest(0).id), await service.mailsTo(guest(1).id)];
    expect(mails.toSorted((one, other) => one - other)).toEqual([0, 1]);
    expect(await statuses(id)).toEqual(mails.map((mail) => (mail === 1 ? 'succeeded' : 'failed')));
  });
  test('let no refusal of their batch count as proof', async () => {
    for (const index of [0, 1]) await service.fault({ act: 'swap', match: { userId: guest(index).id } });
    await service.fault({ status: 429, match: { userId: guest(2).id } });
    const id = await service.job(guests(3));
    await service.step();
    expect(await statuses(id)).toEqual(['sending', 'sending', 'sending']);
    await service.drain();
    expect([await statuses(id), await service.mailsTo(guest(2).id)]).toEqual([['succeeded', 'succeeded', 'failed'], 0]);
  });
  test('are told apart in the end where only one of them had happened', async () => {
    await service.fault({ act: 'swap', match: { userId: guest(0).id } });
    await service.fault({ act: 'omit', match: { userId: guest(1).id } });
    const id = await service.job(guests(2));
    await service.drain();
    expect(await statuses(id)).toEqual(['succeeded', 'failed']);
    expect([await service.mailsTo(guest(0).id), await service.mailsTo(guest(1).id)]).toEqual([1, 0]);
  });
});

describe('a look-up that is answered about somebody else', () => {
  const ways = ['id', 'userPrincipalName', 'mail'] as const;
  test.each(ways)('by %s decides nothing: it is made again, and nobody else is mailed', async (by) => {
    const { id: guestId, [by]: user } = guest();
    const kind = by === 'mail' ? 'findUsers' : 'getUser';
    await service.fault({ kind, act: 'otherUser', times: 2 });
    const id = await service.job([{ user }]);
    await service.step();
    expect((await service.resets(id))[0]).toMatchObject({ status: 'pending', verdict: { code: 'unexpectedAnswer' } });
    expect(await ended(id)).toMatchObject({ status: 'succeeded', guestId, verification: 'verified' });
    const mails = (await service.graph.sim('GET', '/mails')).body as { userId: string }[];
    expect(mails.map(({ userId }) => userId)).toEqual([guestId]);
  });
  test('swapped with that of another row, mails each guest at the own address', async () => {
    await service.fault({ kind: 'getUser', act: 'swap' });
    const id = await service.job(guests(3));
    await service.drain();
    expect((await service.resets(id)).map(({ status, guestId }) => [status, guestId])).toEqual(
      guests(3).map(({ user }) => ['succeeded', user]),
    );
    for (const index of [0, 1, 2]) expect(await service.mailsTo(guest(index).id)).toBe(1);
  });
  test('and does not say of a guest that there is none, nor of a taken address that it is free', async () => {
    await service.fault({ kind: 'getUser', act: 'swap' });
    const nobody = '00000000-0000-4000-8000-00000000dead';
    const gone = await service.job([...guests(1), { user: nobody }]);
    await service.drain();
    expect(await codes(gone)).toEqual(['reset', 'guestNotFound']);
    await service.fault({ kind: 'findUsers', act: 'swap' });
    const taken = await service.job([
      { user: guest(1).id, invitedUserEmailAddress: guest(5).mail },
      { user: guest(2).id, invitedUserEmailAddress: 'new@adatum.example' },
    ]);
    await service.drain();
    expect(await codes(taken)).toEqual(['addressTaken', 'reset']);
    expect((await service.graph.sim('GET', '/faults')).body).toEqual([]);
  });
  test('does not settle a doubt', async () => {
    await service.fault({ status: 503, effect: 'done' });
    const id = await service.job(guests(1));
    await service.step();
    await service.fault({ kind: 'getUser', act: 'otherUser', times: 3 });
    expect(await ended(id)).toMatchObject({ status: 'succeeded', verdict: { code: 'resetSeenInDirectory' } });
    expect(await invitations()).toBe(1);
  });
  test('verifies nothing', async () => {
    const id = await service.job(guests(1));
    await service.step();
    await service.fault({ kind: 'getUser', act: 'otherUser', times: 2 });
    expect(await ended(id)).toMatchObject({ status: 'succeeded', verification: 'verified' });
    expect((await service.graph.sim('GET', '/faults')).body).toEqual([]);
  });
  test('does not say whom a new address belongs to', async () => {
    await service.fault({ kind: 'findUsers', act: 'otherUser' });
    const id = await service.job([{ user: guest().id, invitedUserEmailAddress: 'new@adatum.example' }]);
    expect(await ended(id)).toMatchObject({ status: 'succeeded', guestId: guest().id });
  });
});

test('a new address counts as added only where Graph says that it was', async () => {
  await service.fault({ kind: 'patchUser', status: 202 });
  const id = await service.job([{ user: guest().id, invitedUserEmailAddress: 'new@adatum.example' }]);
  await service.step();
  expect(await invitations()).toBe(0);
  expect(await ended(id)).toMatchObject({ status: 'succeeded' });
  expect(service.graph.user(guest().id).mail).toBe('new@adatum.example');
});

describe('answers that prove nothing, five in a row,', () => {
  test.each([
    [{ status: 409, code: 'Conflict' }, '409 Conflict'],
    [{ status: 302, code: 'moved to somebody@fabrikam.example' }, '302'],
    [{ status: 201 }, '201 with the status "Error"'],
    [{ act: 'otherUser' }, '201 about another user'],
  ])('stop the job, which tells what Graph said, and no address: %j', async (fault, said) => {
    await service.fault({ ...fault, message: `The request for ${guest().mail} is odd.`, times: 5 });
    const id = await service.job(guests(5));
    await service.step();
    const stop = await stopOf(id);
    expect(stop?.code).toBe('unexpectedAnswers');
    expect(stop?.message).toContain(`was ${said}.`);
    expect(stop?.message).not.toContain('@');
  });
  test('stop nothing where a guest was reset beside them', async () => {
    await service.fault({ status: 409, times: 5 });
    const id = await service.job(guests(6));
    await service.step();
    expect(await stopOf(id)).toBeUndefined();
  });
  test('leave nobody behind: a resume goes on, and none of them is sent again', async () => {
    await service.fault({ status: 409, times: 5 });
    const id = await service.job(guests(5));
    await service.drain();
    const later = await service.job([{ user: guest(8).id }]);
    await service.drain();
    await goOn(id);
    expect([await statuses(id), await statuses(later)]).toEqual([Array(5).fill('failed'), ['succeeded']]);
    expect(await invitations()).toBe(6);
  });
});

describe('a trial', () => {
  test('is not lifted by such an answer, and does not wait for it: the next guest is tried', async () => {
    await stopTenant(service.deps, { code: 'tenantBlocked', message: 'Blocked.' });
    const id = await service.job(guests(3));
    await service.drain();
    await service.fault({ status: 409 });
    const before = service.now();
    await resumeTenant(service.deps);
    await service.step();
    expect((await service.deps.control.read()).gate.stop).toBeDefined();
    while ((await service.deps.control.read()).gate.stop !== undefined && service.messages.length > 0)
      await service.step();
    expect(service.now() - before).toBeLessThan(60_000);
    await service.drain();
    expect((await statuses(id)).toSorted()).toEqual(['failed', 'succeeded', 'succeeded']);
  });
});
