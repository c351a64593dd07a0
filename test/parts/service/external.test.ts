/** Who is sent to Graph, of all the users that the simulated tenant has: its own word of who is external decides. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isExternal, type DirectoryUser } from '../../../local/graph/directory.ts';
import type { SpecialCategory } from '../../../local/graph/special-users.ts';
import type { ResetRecord } from '../../../shared/domain/reset/reset.ts';
import { startService, type Service } from '../service-fixture.ts';

let service: Service;
beforeEach(async () => {
  service = await startService();
});
afterEach(async () => {
  await service?.stop();
});

const directory = async (): Promise<DirectoryUser[]> =>
  (await service.graph.sim('GET', '/users')).body as DirectoryUser[];
const conversions = async (): Promise<unknown> =>
  ((await service.graph.sim('GET', '/stats')).body as { internalConversions: unknown }).internalConversions;
const leaveOut = (properties: readonly string[], times: number, kind = 'getUser'): Promise<void> =>
  service.fault({ kind, without: properties, times });

async function reset(entry: object): Promise<ResetRecord> {
  const id = await service.job([entry]);
  await service.drain();
  const [record] = await service.resets(id);
  if (record === undefined) throw new Error('the job has no reset');
  return record;
}

/** Of every category, named by object id: the code it ends with. */
const ENDS: Readonly<Record<SpecialCategory, string>> = {
  renamedGuest: 'reset',
  guestWithoutProvider: 'reset',
  renamedPendingGuest: 'reset',
  syncedPendingGuest: 'reset',
  selfServiceGuest: 'reset',
  emailVerifiedGuest: 'reset',
  oldGuestWithoutProvider: 'reset',
  founder: 'reset',
  externalMember: 'reset',
  disabledGuest: 'reset',
  sharedMail: 'reset',
  guestWithoutMail: 'reset',
  guestWithoutMailButTwoOthers: 'noAddress',
  roleHolder: 'directoryRole',
  restrictedGuest: 'restrictedAdministrativeUnit',
  convertedGuest: 'notExternal',
  convertedGuestNotRenamed: 'notExternal',
  convertedGuestWithAddress: 'notExternal',
  pendingMember: 'notExternal',
  emailVerifiedMember: 'notExternal',
  markedMember: 'notExternal',
  internalMember: 'notExternal',
  internalGuest: 'notExternal',
  internalAdministrator: 'notExternal',
};

test('of all special users those who are external are reset, and no account of the tenant is ever converted', async () => {
  const { special } = service.graph.tenant;
  const id = await service.job(special.map(({ user }) => ({ user: user.id })));
  await service.drain();
  const ends = (await service.resets(id)).map(({ verdict }, row) => [special[row]?.category, verdict?.code]);
  expect(ends).toEqual(special.map(({ category }) => [category, ENDS[category]]));
  expect(await conversions()).toBe(0);
  const touched = new Set((await directory()).filter(({ resets }) => resets > 0).map((user) => user.id));
  const wanted = special.filter(({ category, user }) => ENDS[category] === 'reset' && isExternal(user));
  expect(touched).toEqual(new Set(wanted.map(({ user }) => user.id)));
});

test('an account that Graph calls accepted is not sent when its identities are the tenant’s own', async () => {
  const { id } = service.graph.special('internalMember');
  await service.graph.sim('POST', `/users/${id}`, { externalUserState: 'Accepted' });
  expect(await reset({ user: id })).toMatchObject({ status: 'failed', verdict: { code: 'notExternal' } });
  await leaveOut(['identities'], 1);
  expect(await reset({ user: id })).toMatchObject({ status: 'failed', verdict: { code: 'notExternal' } });
  expect(await conversions()).toBe(0);
});

describe('whoever looks like the founder of the tenant', () => {
  test('is reset only where the object id names them, with a warning', async () => {
    const founder = service.graph.special('founder');
    for (const user of [founder.mail, founder.userPrincipalName])
      expect(await reset({ user })).toMatchObject({
        status: 'failed',
        verdict: { code: 'perhapsFounder', nextStep: expect.stringContaining('object id') },
      });
    expect(service.graph.user(founder.id).resets).toBe(0);
    expect(await reset({ user: founder.id })).toMatchObject({ status: 'succeeded', warnings: ['perhapsFounder'] });
    expect(service.graph.user(founder.id).resets).toBe(1);
  });
});

describe('an answer that leaves out', () => {
  const PROPERTIES = [
    'userPrincipalName',
    'userType',
    'mail',
    'otherMails',
    'identities',
    'creationType',
    'accountEnabled',
    'externalUserState',
    'externalUserStateChangeDateTime',
  ];

  test.each(PROPERTIES)('%s is read again, and decided upon once it is whole', async (property) => {
    const guest = service.graph.guest();
    await leaveOut([property], 3);
    expect(await reset({ user: guest.id })).toMatchObject({ status: 'succeeded' });
    expect(service.graph.user(guest.id).resets).toBe(1);
    expect((await service.graph.sim('GET', '/faults')).body).toEqual([]);
  });

  test.each(PROPERTIES)('%s for good is refused with that reason, and nothing is sent', async (property) => {
    const guest = service.graph.guest();
    const internal = service.graph.special('convertedGuestNotRenamed');
    await leaveOut([property], 1_000);
    for (const { id } of [guest, internal])
      expect(await reset({ user: id })).toMatchObject({
        status: 'failed',
        verdict: { code: 'guestIncomplete', message: expect.stringContaining(property) },
      });
    expect((await directory()).filter(({ resets }) => resets > 0)).toEqual([]);
    expect(await conversions()).toBe(0);
  });

  test('something, found by mail, is read again as well', async () => {
    const guest = service.graph.guest();
    await leaveOut(['identities', 'otherMails'], 2, 'findUsers');
    expect(await reset({ user: guest.mail })).toMatchObject({ status: 'succeeded' });
    expect((await service.graph.sim('GET', '/faults')).body).toEqual([]);
  });

  test('the other addresses does not make a change of address lose them', async () => {
    const guest = service.graph.guest();
    const others = ['second@fabrikam.example', 'third@fabrikam.example'];
    await service.graph.sim('POST', `/users/${guest.id}`, { otherMails: others });
    await leaveOut(['otherMails'], 1);
    await reset({ user: guest.id, invitedUserEmailAddress: 'new@adatum.example' });
    expect(service.graph.user(guest.id).otherMails).toEqual(expect.arrayContaining(others));
  });

  test('the state of a guest in doubt is no sign that nothing happened', async () => {
    const guest = service.graph.guest(null);
    await service.fault({ status: 503, effect: 'done' });
    const id = await service.job([{ user: guest.id }]);
    await service.step();
    await leaveOut(['externalUserState', 'externalUserStateChangeDateTime'], 2);
    await service.drain();
    expect(await service.resets(id)).toMatchObject([{ status: 'succeeded' }]);
    expect(await service.mailsTo(guest.id)).toBe(1);
  });
});
