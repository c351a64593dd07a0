/** New addresses on real tables and the simulated tenant, whose own records say what a guest has in the end. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { resetView } from '../../../shared/domain/api/reset-view.ts';
import { cancelJob, continueCancel } from '../../../shared/usecases/jobs/cancel-job.ts';
import { readJob } from '../../../shared/usecases/jobs/read-jobs.ts';
import { startService, type Service } from '../service-fixture.ts';

let service: Service;
beforeEach(async () => {
  service = await startService();
});
afterEach(async () => {
  await service?.stop();
});

const guest = (index = 0) => service.graph.guest('Accepted', index);
const addressesOf = (id: string): string[] => [
  ...new Set(
    [service.graph.user(id).mail ?? '', ...service.graph.user(id).otherMails].map((address) => address.toLowerCase()),
  ),
];
const statistics = async () =>
  (await service.graph.sim('GET', '/stats')).body as { requests: { invite: number; patchUser: number } };
const ends = async (id: Awaited<ReturnType<Service['job']>>) =>
  (await service.resets(id)).map(({ status, verdict }) => [status, verdict?.code]);

describe('a new address', () => {
  test('is added once, however long the directory lags behind it', async () => {
    await service.graph.sim('POST', '/lag', { minMs: 200_000, maxMs: 300_000 });
    const id = await service.job([{ user: guest().id, invitedUserEmailAddress: 'new@adatum.example' }]);
    await service.drain();
    expect((await service.resets(id))[0]).toMatchObject({ status: 'succeeded', after: { mail: 'new@adatum.example' } });
    expect((await statistics()).requests.patchUser).toBe(1);
    expect([service.graph.user(guest().id).mail, await service.mailsTo(guest().id)]).toEqual(['new@adatum.example', 1]);
  });
  test('that belongs to another user, or that an earlier row asks for, sends nothing for that guest', async () => {
    const id = await service.job([
      { user: guest(0).id, invitedUserEmailAddress: guest(5).mail },
      { user: guest(1).id, invitedUserEmailAddress: 'same@adatum.example' },
      { user: guest(2).id, invitedUserEmailAddress: 'Same@adatum.example' },
    ]);
    await service.drain();
    expect(await ends(id)).toEqual([
      ['failed', 'addressTaken'],
      ['succeeded', 'reset'],
      ['failed', 'addressWantedTwice'],
    ]);
    expect((await service.resets(id))[0]?.verdict?.message).toContain(guest(5).id);
    expect([service.graph.user(guest(0).id), service.graph.user(guest(2).id)]).toEqual([guest(0), guest(2)]);
  });
  test('that another guest has is told with its property, and that the other guest may be merged or deleted', async () => {
    const id = await service.job([{ user: guest(0).id, invitedUserEmailAddress: guest(5).mail }]);
    await service.drain();
    expect((await service.resets(id))[0]?.verdict).toEqual({
      code: 'addressTaken',
      message: expect.stringContaining(`in mail of the guest ${guest(5).id}.`),
      nextStep: 'Merge or delete the other guest, or give another address, and submit again.',
    });
  });
  test('that users of the tenant have among others is never a reason to delete them', async () => {
    const [internal, unclear] = [
      service.graph.special('internalMember'),
      service.graph.special('convertedGuestNotRenamed'),
    ];
    const has = (user: string, ...otherMails: string[]) => service.graph.sim('POST', `/users/${user}`, { otherMails });
    await has(internal.id, 'private@adatum.example', 'shared@adatum.example');
    await has(unclear.id, 'unclear@adatum.example', 'Shared@adatum.example');
    await has(guest(6).id, 'shared@adatum.example');
    const id = await service.job([
      { user: guest(0).id, invitedUserEmailAddress: 'Private@adatum.example' },
      { user: guest(1).id, invitedUserEmailAddress: 'unclear@adatum.example' },
      { user: guest(2).id, invitedUserEmailAddress: 'shared@adatum.example', addEmailTo: 'otherMails' },
    ]);
    await service.drain();
    const told = (await service.resets(id)).map(({ verdict }) => verdict);
    expect(told.map((verdict) => verdict?.code)).toEqual(['addressTaken', 'addressTaken', 'addressTaken']);
    expect(told[0]?.message).toContain(`in otherMails of the internal user ${internal.id}.`);
    expect(told[1]?.message).toContain(`in otherMails of the user ${unclear.id}, who may be internal.`);
    for (const owner of [internal, unclear, guest(6)]) expect(told[2]?.message).toContain(owner.id);
    for (const verdict of told) {
      expect(verdict?.nextStep).toContain('Give another address');
      expect(verdict?.nextStep).not.toMatch(/merge|delete/i);
    }
    expect([0, 1, 2].map((index) => service.graph.user(guest(index).id))).toEqual([guest(0), guest(1), guest(2)]);
    expect((await service.graph.sim('GET', '/mails')).body).toEqual([]);
  });
  test("that is somebody's alias is told in a dry run already, unless it is not to become the mail", async () => {
    const internal = service.graph.special('internalMember');
    await service.graph.sim('POST', `/users/${internal.id}`, { mail: null, aliases: ["o'alias@adatum.example"] });
    await service.graph.sim('POST', `/users/${guest(5).id}`, { aliases: ['former@adatum.example'] });
    const entries = [
      { user: guest(0).id, invitedUserEmailAddress: "O'Alias@adatum.example" },
      { user: guest(1).id, invitedUserEmailAddress: 'former@adatum.example' },
    ];
    const taken = [
      ['failed', 'addressTaken'],
      ['failed', 'addressTaken'],
    ];
    for (const dryRun of [true, false]) {
      const id = await service.job(entries, { sendInvitationMessage: true, dryRun });
      await service.drain();
      expect(await ends(id)).toEqual(taken);
      const [ofInternal, ofGuest] = (await service.resets(id)).map(({ verdict }) => verdict);
      expect(ofInternal?.message).toContain(`in proxyAddresses of the internal user ${internal.id}.`);
      expect(ofGuest?.message).toContain(`in proxyAddresses of the guest ${guest(5).id}.`);
      for (const verdict of [ofInternal, ofGuest]) {
        expect(verdict?.nextStep).toContain('addEmailTo "otherMails"');
        expect(verdict?.nextStep).not.toMatch(/merge|delete/i);
      }
    }
    expect((await statistics()).requests).toMatchObject({ patchUser: 0, invite: 0 });
    const other = await service.job([{ ...entries[0], addEmailTo: 'otherMails' }]);
    await service.drain();
    expect([await ends(other), await service.mailsTo(guest(0).id)]).toEqual([[['succeeded', 'reset']], 1]);
  });
  test("that is the guest's own alias becomes the mail", async () => {
    await service.graph.sim('POST', `/users/${guest().id}`, { aliases: ['own@adatum.example'] });
    const id = await service.job([{ user: guest().id, invitedUserEmailAddress: 'own@adatum.example' }]);
    await service.drain();
    expect(await ends(id)).toEqual([['succeeded', 'reset']]);
    expect(service.graph.user(guest().id).mail).toBe('own@adatum.example');
  });
  test('is looked up anew where the answer leaves out by what it was found', async () => {
    await service.graph.sim('POST', `/users/${guest(5).id}`, { aliases: ['alias@adatum.example'] });
    await service.fault({ kind: 'findUsers', without: ['proxyAddresses'] });
    const id = await service.job([{ user: guest().id, invitedUserEmailAddress: 'alias@adatum.example' }]);
    await service.drain();
    expect(await ends(id)).toEqual([['failed', 'addressTaken']]);
    expect((await statistics()).requests.patchUser).toBe(0);
  });
  test('that a contact of the tenant has costs that guest alone, and nothing is sent', async () => {
    await service.graph.sim('POST', '/contacts', { address: 'contact@adatum.example' });
    const id = await service.job([
      { user: guest(0).id, invitedUserEmailAddress: 'Contact@adatum.example' },
      { user: guest(1).id, invitedUserEmailAddress: 'free@adatum.example' },
    ]);
    await service.drain();
    expect(await ends(id)).toEqual([
      ['failed', 'proxyAddressConflict'],
      ['succeeded', 'reset'],
    ]);
    expect(service.graph.user(guest(0).id)).toEqual(guest(0));
    expect([await service.mailsTo(guest(0).id), await service.mailsTo(guest(1).id)]).toEqual([0, 1]);
    expect((await statistics()).requests.invite).toBe(1);
    expect((await service.resets(id))[0]).not.toHaveProperty('after');
  });
  test('that a contact of the tenant has is invited where it goes to otherMails', async () => {
    await service.graph.sim('POST', '/contacts', { address: 'contact@adatum.example' });
    const entry = { user: guest().id, invitedUserEmailAddress: 'contact@adatum.example' };
    const refused = await service.job([entry]);
    await service.drain();
    expect((await service.resets(refused))[0]?.verdict?.nextStep).toContain('addEmailTo "otherMails"');
    const advised = await service.job([{ ...entry, addEmailTo: 'otherMails' }]);
    await service.drain();
    expect([await ends(refused), await ends(advised)]).toEqual([
      [['failed', 'proxyAddressConflict']],
      [['succeeded', 'reset']],
    ]);
    expect([service.graph.user(guest().id).mail, await service.mailsTo(guest().id)]).toEqual([guest().mail, 1]);
  });
  test('stays, and is told, where the guest is not reset after it was added', async () => {
    const told = async (id: Awaited<ReturnType<Service['job']>>) => {
      const [reset] = await service.resets(id);
      if (reset === undefined) throw new Error('the job has no reset');
      const { status, mailAfter, warnings } = resetView(reset, { showsRedeemUrl: false, redeemUrlsSince: 0 });
      return { status, mailAfter, codes: (warnings as { code: string }[] | undefined)?.map(({ code }) => code) };
    };
    const [refused, canceled, unchanged] = ['one@adatum.example', 'two@adatum.example', guest(2).mail];
    await service.fault({ status: 403, message: 'This invitation is blocked by cross-tenant access settings.' });
    const first = await service.job([{ user: guest(0).id, invitedUserEmailAddress: refused }]);
    await service.drain();
    await service.graph.sim('POST', '/block', {});
    const second = await service.job([
      { user: guest(1).id, invitedUserEmailAddress: canceled },
      { user: guest(2).id, invitedUserEmailAddress: unchanged },
    ]);
    await service.drain();
    await cancelJob(service.deps, second, { id: 'somebody' });
    await continueCancel(service.deps, second);
    expect([service.graph.user(guest(0).id).mail, service.graph.user(guest(1).id).mail]).toEqual([refused, canceled]);
    expect(await told(first)).toEqual({ status: 'failed', mailAfter: refused, codes: ['addressAdded'] });
    expect(await told(second)).toEqual({ status: 'canceled', mailAfter: canceled, codes: ['addressAdded'] });
    expect((await service.resets(second))[1]).not.toHaveProperty('after');
    for (const id of [first, second]) expect((await readJob(service.deps, id))?.outcomeCounts.emailChanges).toBe(1);
  });
  test('that was refused stays so where the invitations of the others are given up, and is not asked for again', async () => {
    await service.fault({ kind: 'patchUser', status: 400, code: 'BadRequest', match: { userId: guest(0).id } });
    const id = await service.job([
      { user: guest(0).id, invitedUserEmailAddress: 'one@adatum.example' },
      { user: guest(1).id, invitedUserEmailAddress: 'two@adatum.example' },
    ]);
    const { invitations } = service.deps;
    await service.step({
      ...service.deps,
      invitations: {
        ...invitations,
        addEmails: async (plans) => {
          const answer = await invitations.addEmails(plans);
          service.advance(service.deps.policy.sendWindowSeconds + 1);
          return answer;
        },
      },
    });
    expect((await statistics()).requests).toMatchObject({ patchUser: 2, invite: 0 });
    await service.drain();
    expect((await service.resets(id)).map(({ status }) => status)).toEqual(['failed', 'succeeded']);
    expect(service.graph.user(guest(0).id).mail).toBe(guest(0).mail);
    expect([await service.mailsTo(guest(0).id), await service.mailsTo(guest(1).id)]).toEqual([0, 1]);
  });
  test('keeps an address that another job has just added and that reading does not show yet', async () => {
    const before = addressesOf(guest().id);
    await service.graph.sim('POST', '/lag', { minMs: 400_000, maxMs: 400_000 });
    // The first job adds its address; its invitation is refused for good, so that the second one takes the guest over.
    await service.graph.sim('POST', '/faults', {
      kind: 'invite',
      status: 403,
      message: 'This invitation is blocked by cross-tenant access settings.',
    });
    const first = await service.job([
      { user: guest().id, invitedUserEmailAddress: 'one@adatum.example', addEmailTo: 'otherMails' },
    ]);
    await service.drain();
    const second = await service.job([
      { user: guest().id, invitedUserEmailAddress: 'two@adatum.example', addEmailTo: 'otherMails' },
    ]);
    await service.drain();
    expect([await ends(first), await ends(second)]).toEqual([
      [['failed', 'blockedByCrossTenantAccess']],
      [['succeeded', 'reset']],
    ]);
    expect(addressesOf(guest().id).toSorted()).toEqual(
      [...before, 'one@adatum.example', 'two@adatum.example'].toSorted(),
    );
  });
  test('does not cost the mail that another job has just moved and that reading still shows', async () => {
    const [id, options] = [guest().id, { sendInvitationMessage: true, skipIfResetWithinHours: 0 }];
    await service.job([{ user: id, invitedUserEmailAddress: 'zero@adatum.example' }], options);
    await service.drain();
    const before = addressesOf(id);
    service.advance(3_600);
    await service.graph.sim('POST', '/lag', { minMs: 400_000, maxMs: 400_000 });
    await service.graph.sim('POST', '/faults', {
      kind: 'invite',
      status: 403,
      message: 'This invitation is blocked by cross-tenant access settings.',
    });
    await service.job([{ user: id, invitedUserEmailAddress: 'one@adatum.example', addEmailTo: 'mail' }], options);
    await service.drain();
    await service.job([{ user: id, invitedUserEmailAddress: 'two@adatum.example', addEmailTo: 'otherMails' }], options);
    await service.drain();
    expect(addressesOf(id).toSorted()).toEqual([...before, 'one@adatum.example', 'two@adatum.example'].toSorted());
  });
  test('has its time to be seen from when it was added, not from a try that was throttled', async () => {
    await service.graph.sim('POST', '/lag', { minMs: 20_000, maxMs: 20_000 });
    await service.graph.sim('POST', '/faults', { kind: 'patchUser', status: 429, retryAfter: 1_000 });
    const id = await service.job([{ user: guest().id, invitedUserEmailAddress: 'new@adatum.example' }]);
    await service.drain();
    expect(await ends(id)).toEqual([['succeeded', 'reset']]);
  });
  test('fails before anything is sent where addEmailTo is none', async () => {
    const id = await service.job([{ user: guest().id, invitedUserEmailAddress: 'new@adatum.example' }], {
      sendInvitationMessage: true,
      addEmailTo: 'none',
    });
    await service.drain();
    expect([await ends(id), (await statistics()).requests]).toMatchObject([
      [['failed', 'emailNotOnUser']],
      { invite: 0, patchUser: 0 },
    ]);
  });
});

test("a change of the partner's domain gives each of its guests a new address and skips the others", async () => {
  const ofPartner = service.graph.tenant.guests
    .filter(
      ({ mail, externalUserState }) => mail?.endsWith('@fabrikam.example') === true && externalUserState === 'Accepted',
    )
    .slice(0, 3);
  const other = service.graph.tenant.guests.find(({ mail }) => mail?.endsWith('@litware.example') === true);
  expect(ofPartner.length).toBeGreaterThan(1);
  const id = await service.job(
    [...ofPartner, other].map((each) => ({ user: each?.id })),
    { sendInvitationMessage: true, changeEmailDomain: { from: 'fabrikam.example', to: 'fabrikam-new.example' } },
  );
  await service.drain();
  expect(await ends(id)).toEqual([...ofPartner.map(() => ['succeeded', 'reset']), ['skipped', 'otherDomain']]);
  for (const { id: guestId, mail } of ofPartner) {
    expect(service.graph.user(guestId).mail).toBe(mail?.replace('@fabrikam.example', '@fabrikam-new.example'));
    expect(addressesOf(guestId)).toContain(mail);
  }
});
