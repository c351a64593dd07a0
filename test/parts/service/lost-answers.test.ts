/**
 * Requests whose answer got lost: looked for in the directory before anything is repeated. The tenant's own word
 * decides.
 */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readJob } from '../../../shared/usecases/jobs/read-jobs.ts';
import { startService, type Service } from '../service-fixture.ts';

let service: Service;
beforeEach(async () => {
  service = await startService();
});
afterEach(async () => {
  await service?.stop();
});

const stats = async () => (await service.graph.sim('GET', '/stats')).body as { requests: { invite: number } };

describe('an answer that got lost', () => {
  test('after the reset happened is found in the directory: one mail', async () => {
    const guest = service.graph.guest('Accepted');
    await service.fault({ effect: 'done', status: 503 });
    const id = await service.job([{ user: guest.id }]);
    await service.step();
    expect((await service.resets(id))[0]).toMatchObject({ status: 'sending', nextAction: 'look' });
    await service.drain();
    expect((await service.resets(id))[0]).toMatchObject({
      status: 'succeeded',
      verdict: { code: 'resetSeenInDirectory' },
    });
    expect(await service.mailsTo(guest.id)).toBe(1);
  });
  test('before anything happened is repeated after two looks: one mail', async () => {
    const guest = service.graph.guest('Accepted');
    await service.fault({ effect: 'none', status: 500 });
    const id = await service.job([{ user: guest.id }]);
    await service.drain();
    expect((await service.resets(id))[0]).toMatchObject({ status: 'succeeded', attempts: 2 });
    expect([await service.mailsTo(guest.id), (await stats()).requests.invite]).toEqual([1, 2]);
  });
  test('of a guest who redeemed within the minute counts as happened', async () => {
    const guest = service.graph.guest('Accepted');
    await service.fault({ effect: 'done', act: 'omit' });
    const id = await service.job([{ user: guest.id }]);
    await service.step();
    service.advance(20);
    await service.graph.sim('POST', '/redeem', { userId: guest.id });
    await service.drain();
    expect((await service.resets(id))[0]).toMatchObject({ status: 'succeeded' });
    expect(await service.mailsTo(guest.id)).toBe(1);
  });
  test('of a guest who was pending, and looks the same, is unknown and never repeated', async () => {
    const guest = service.graph.guest('PendingAcceptance');
    await service.fault({ effect: 'none', status: 504 });
    const id = await service.job([{ user: guest.id }]);
    await service.drain();
    expect((await service.resets(id))[0]).toMatchObject({ status: 'unknown', verdict: { code: 'outcomeUnknown' } });
    expect([await service.mailsTo(guest.id), (await stats()).requests.invite]).toEqual([0, 1]);
  });
  test('that stays unknown is no failed job: nothing may have happened only where every reset has failed', async () => {
    const guest = service.graph.guest('PendingAcceptance');
    await service.fault({ effect: 'none', status: 504 });
    const id = await service.job([{ user: guest.id }]);
    await service.drain();
    expect(await readJob(service.deps, id)).toMatchObject({
      job: { status: 'completedWithErrors' },
      counts: { unknown: 1 },
    });
  });
  test('that shows only after two looks, and before the repeat, is not repeated: one mail', async () => {
    const guest = service.graph.guest('Accepted');
    await service.graph.sim('POST', '/lag', { minMs: 300_000, maxMs: 300_000 });
    await service.fault({ effect: 'done', status: 503 });
    await service.fault({ status: 429, retryAfter: 200 });
    const id = await service.job([{ user: guest.id }]);
    await service.drain();
    expect((await service.resets(id))[0]).toMatchObject({
      status: 'succeeded',
      verdict: { code: 'resetSeenInDirectory' },
    });
    expect([await service.mailsTo(guest.id), (await stats()).requests.invite]).toEqual([1, 2]);
  });
  test(
    'of a guest who was pending and has redeemed meanwhile is unknown: ' +
      'it may have been the invitation from before',
    async () => {
      const guest = service.graph.guest('PendingAcceptance');
      await service.fault({ effect: 'none', status: 503 });
      const id = await service.job([{ user: guest.id }]);
      await service.step();
      await service.graph.sim('POST', '/redeem', { userId: guest.id });
      await service.drain();
      expect([(await service.resets(id))[0]?.status, await service.mailsTo(guest.id)]).toEqual(['unknown', 0]);
    },
  );
  test('of a reset without mail is not asked for again once the guest has redeemed', async () => {
    const guest = service.graph.guest('Accepted');
    await service.fault({ effect: 'done', status: 503 });
    await service.fault({ status: 429, retryAfter: 600 });
    const id = await service.job([{ user: guest.id }], { sendInvitationMessage: false });
    await service.step();
    await service.step();
    expect((await service.resets(id))[0]).toMatchObject({ status: 'pending', earlier: 'happened' });
    service.advance(30);
    await service.graph.sim('POST', '/redeem', { userId: guest.id });
    await service.drain();
    expect([(await service.resets(id))[0]?.status, service.graph.user(guest.id).externalUserState]).toEqual([
      'succeeded',
      'Accepted',
    ]);
  });
  test('of a reset without mail is asked for again, for its redeem URL', async () => {
    const guest = service.graph.guest('Accepted');
    await service.fault({ effect: 'done', status: 502 });
    const id = await service.job([{ user: guest.id }], { sendInvitationMessage: false });
    await service.drain();
    expect((await service.resets(id))[0]).toMatchObject({
      status: 'succeeded',
      inviteRedeemUrl: expect.stringMatching(/^https:/),
    });
  });
});
