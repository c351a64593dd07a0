/**
 * Guests whom somebody else has reset, or who have redeemed, around the time of a submission. The tenant's outbox tells
 * who was mailed, how often.
 */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { JobId } from '../../../shared/domain/ids.ts';
import type { ResetRecord } from '../../../shared/domain/reset/reset.ts';
import { cancelJob } from '../../../shared/usecases/jobs/cancel-job.ts';
import { processWake } from '../../../shared/usecases/wake/process-wake.ts';
import { retryJob } from '../../../shared/usecases/submit/retry-job.ts';
import { resumeTenant } from '../../../shared/usecases/stops/stop-control.ts';
import { resetBody } from '../local/graph-simulator-calls.ts';
import { startService, type Service } from '../service-fixture.ts';
import { Killed, troubled } from '../lives/troubled.ts';

let service: Service;
beforeEach(async () => {
  service = await startService();
});
afterEach(async () => {
  await service?.stop();
});

const guest = (index = 0) => service.graph.guest('Accepted', index);
const pendingGuest = (index = 0) => service.graph.guest('PendingAcceptance', index);
const mails = (index = 0) => service.mailsTo(guest(index).id);
/** An administrator resets the guest in the portal. */
const byHand = async (index = 0): Promise<void> => {
  const { status } = await service.graph.invite(resetBody(guest(index), { sendInvitationMessage: true }));
  expect(status).toBe(201);
};
const redeem = (userId: string) => service.graph.sim('POST', '/redeem', { userId });
const told = ({ status, verdict }: ResetRecord): (string | undefined)[] => [status, verdict?.code];

async function jobOf(options: object = {}, more: object = {}): Promise<JobId> {
  return service.job([{ user: guest().id, ...more }], { sendInvitationMessage: true, ...options });
}
async function run(options: object = {}, more: object = {}): Promise<(string | undefined)[]> {
  const id = await jobOf(options, more);
  await service.drain();
  return (await service.resets(id)).flatMap(told);
}
async function retry(id: JobId, status: 'unknown' | 'canceled' = 'unknown'): Promise<JobId> {
  const source = (await service.deps.jobs.read(id))?.value;
  if (source === undefined) throw new Error('the job is not there');
  const result = await retryJob(service.deps, source, { statuses: [status] }, { submitter: { id: 'caller' } });
  if (result.kind === 'refused') throw new Error(JSON.stringify(result.problem));
  return result.job.id;
}

describe('a guest whom somebody reset by hand', () => {
  test('a minute before the submission is skipped, and told when that was', async () => {
    await byHand();
    service.advance(60);
    const at = service.graph.user(guest().id).externalUserStateChangeDateTime ?? '';
    const id = await jobOf();
    await service.drain();
    const [record] = await service.resets(id);
    expect(record && told(record)).toEqual(['skipped', 'pendingRecently']);
    const said = Date.parse(/ at (\S+Z)/.exec(record?.verdict?.message ?? '')?.[1] ?? '');
    expect(Math.abs(said - Date.parse(at))).toBeLessThan(3_000);
    expect(await mails()).toBe(1);
  });
  test.each([24, 0])('between submission and sending is skipped, with skipIfResetWithinHours=%i', async (hours) => {
    const id = await jobOf({ skipIfResetWithinHours: hours });
    service.advance(30);
    await byHand();
    await service.drain();
    expect((await service.resets(id)).flatMap(told)).toEqual(['skipped', 'pendingRecently']);
    expect(await mails()).toBe(1);
  });
  test('is told so by a dry run', async () => {
    await byHand();
    service.advance(60);
    expect(await run({ dryRun: true })).toEqual(['skipped', 'pendingRecently']);
  });
  test.each([
    ['more than skipIfResetWithinHours before', 25 * 3600, {}],
    ['before a job with skipIfResetWithinHours=0', 60, { skipIfResetWithinHours: 0 }],
    ['and whom the job means, with onlyIf=pending', 60, { onlyIf: 'pending' }],
  ])('%s is mailed', async (_when, seconds, options) => {
    await byHand();
    service.advance(seconds);
    expect(await run(options)).toEqual(['succeeded', 'reset']);
    expect(await mails()).toBe(2);
  });
  test('is mailed at an address that the guest did not have', async () => {
    await byHand();
    service.advance(60);
    expect(await run({}, { invitedUserEmailAddress: 'moved@adatum.example' })).toEqual(['succeeded', 'reset']);
  });
  test.each([-11, 11])('is told by how long ago that was, where the clock of Graph is %i hours off', async (hours) => {
    const { clock } = service.deps;
    const deps = { ...service.deps, clock: { ...clock, now: () => clock.now() - hours * 3_600_000 } };
    const submit = async (index: number) => {
      const result = await service.submit(
        [{ user: guest(index).id }],
        { sendInvitationMessage: true, skipIfResetWithinHours: 0 },
        undefined,
        deps,
      );
      if (result.kind === 'refused') throw new Error(JSON.stringify(result.problem));
      return result.job.id;
    };
    await byHand(0);
    service.advance(60);
    const ids = [await submit(0), await submit(1)];
    service.advance(30);
    await byHand(1);
    for (const { wake } of service.messages.splice(0)) await processWake(deps, wake);
    const resets = await Promise.all(ids.map((id) => service.resets(id)));
    expect(resets.flat().map(told)).toEqual([
      ['succeeded', 'reset'],
      ['skipped', 'pendingRecently'],
    ]);
  });
});

describe('where another job of the service has reset the guest', () => {
  test('it is said so, for that tells more', async () => {
    await run();
    expect(await run()).toEqual(['skipped', 'resetRecently']);
    expect(await run({ dryRun: true })).toEqual(['skipped', 'resetRecently']);
    expect(await mails()).toBe(1);
  });
  test('and the job says skipIfResetWithinHours=0 a few seconds after, the guest is reset again', async () => {
    await jobOf({ verify: false });
    await service.step();
    service.advance(6);
    expect(await run({ skipIfResetWithinHours: 0 })).toEqual(['succeeded', 'reset']);
    expect(await mails()).toBe(2);
  });
  test('a dry run right behind it with skipIfResetWithinHours=0 tells that the guest would be reset', async () => {
    await jobOf({ verify: false });
    await service.step();
    expect(await run({ dryRun: true, skipIfResetWithinHours: 0 })).toEqual(['succeeded', 'wouldReset']);
  });
  test('whose answer it has lost, it is waited for, and then the open invitation tells', async () => {
    const pending = pendingGuest();
    const submit = () => service.job([{ user: pending.id }]);
    await service.fault({ status: 503, effect: 'done' });
    const one = await submit();
    await service.step();
    const other = await submit();
    await service.drain();
    expect((await service.resets(one)).flatMap(told)).toEqual(['succeeded', 'resetSeenInDirectory']);
    expect((await service.resets(other)).flatMap(told)).toEqual(['skipped', 'resetRecently']);
    expect(await service.mailsTo(pending.id)).toBe(1);
  });
});

test('a dry run does not wait for another job that has the guest, and takes its effect for nobody else', async () => {
  const pending = pendingGuest();
  await service.fault({ status: 503, effect: 'done' });
  await service.job([{ user: pending.id }]);
  await service.step();
  const id = await service.job([{ user: pending.id }], { sendInvitationMessage: true, dryRun: true });
  const wake = service.messages.findIndex(({ wake: { jobId } }) => jobId === id);
  for (const message of service.messages.splice(wake, 1)) await processWake(service.deps, message.wake);
  expect((await service.resets(id)).flatMap(told)).toEqual(['skipped', 'heldByOther']);
});

describe('the own effect of a reset never makes it skip itself', () => {
  const invitations = async () =>
    ((await service.graph.sim('GET', '/stats')).body as { requests: { invite: number } }).requests.invite;

  test.each([
    ['a lost answer', { status: 503, effect: 'done' }],
    ['a cut connection', { act: 'drop', effect: 'done' }],
    ['an answer that was left out', { act: 'omit', effect: 'done' }],
    ['an odd answer', { status: 409, effect: 'done' }],
    ['the status Error', { status: 201, effect: 'done' }],
    ['a 429 that happened all the same', { status: 429, retryAfter: 2, effect: 'done' }],
    ['a 424 that happened all the same', { status: 424, effect: 'done' }],
    ['a 401 that happened all the same', { status: 401, effect: 'done' }],
  ])('after %s', async (_what, fault) => {
    for (const [index, sendInvitationMessage] of [true, false].entries()) {
      await service.fault(fault);
      const id = await service.job([{ user: guest(index).id }], { sendInvitationMessage });
      await service.drain();
      expect((await service.resets(id)).map(({ status }) => status)).toEqual(['succeeded']);
    }
  });
  test.each(['invitations.send', 'chunks.replace', 'guests.claim'])('after a crash behind %s', async (call) => {
    for (let nth = 0; nth < 3; nth++) {
      const id = await service.job([{ user: guest(nth).id }]);
      let calls = 0;
      const dying = troubled(service.deps, (name, when) => when === 'after' && name === call && calls++ === nth);
      const [message] = service.messages;
      if (message === undefined) throw new Error('there is no wake');
      await service.step(dying).catch((error: unknown) => {
        if (!(error instanceof Killed)) throw error;
        service.messages.push(message);
      });
      await service.drain();
      expect((await service.resets(id)).map(({ status }) => status)).toEqual(['succeeded']);
      expect(await mails(nth)).toBe(1);
    }
    expect(await invitations()).toBe(3);
  });
});

describe('an attempt that was given up before anything was sent', () => {
  /** @param nth of the attempt's two counts, of changes of emails and of invitations, that finds no room */
  const giveUp = async (nth = 0): Promise<void> => {
    let counted = 0;
    const { ownSends } = service.deps;
    await service.step({
      ...service.deps,
      ownSends: { take: (...cost) => counted++ !== nth && ownSends.take(...cost) },
    });
  };
  test('says nothing of the guest, who is reset by hand then, and skipped', async () => {
    const id = await jobOf();
    await giveUp();
    expect((await service.resets(id)).map(({ status, attempts }) => [status, attempts])).toEqual([['pending', 0]]);
    await byHand();
    await service.drain();
    expect((await service.resets(id)).flatMap(told)).toEqual(['skipped', 'pendingRecently']);
    expect(await mails()).toBe(1);
  });
  test('leaves skipped whom another job has reset just before the guests were claimed', async () => {
    await jobOf();
    const [first] = service.messages.splice(0);
    const id = await service.job([{ user: guest(0).id }, { user: guest(1).id }]);
    const { chunks, policy } = service.deps;
    await service.step({
      ...service.deps,
      chunks: {
        ...chunks,
        replace: async (...args) => {
          const written = await chunks.replace(...args);
          if (first !== undefined) await processWake(service.deps, first.wake);
          service.advance(policy.sendWindowSeconds + 1);
          return written;
        },
      },
    });
    expect((await service.resets(id)).map(({ status }) => status)).toEqual(['skipped', 'pending']);
    await service.drain();
    expect((await service.resets(id)).map(({ status }) => status)).toEqual(['skipped', 'succeeded']);
    expect([await mails(0), await mails(1)]).toEqual([1, 1]);
  });
  test('leaves a guest alone who redeems then, with onlyIf=pending', async () => {
    const pending = pendingGuest();
    const id = await service.job([{ user: pending.id }], { sendInvitationMessage: true, onlyIf: 'pending' });
    await giveUp();
    await redeem(pending.id);
    await service.drain();
    expect((await service.resets(id)).flatMap(told)).toEqual(['skipped', 'stateNotWanted']);
    expect(await service.mailsTo(pending.id)).toBe(0);
  });
  test('does not take the address that it has added for one that the guest had', async () => {
    await byHand();
    service.advance(60);
    const id = await jobOf({}, { invitedUserEmailAddress: 'moved@adatum.example' });
    await giveUp(1);
    expect(service.graph.user(guest().id).mail).toBe('moved@adatum.example');
    await service.drain();
    expect((await service.resets(id)).flatMap(told)).toEqual(['succeeded', 'reset']);
    expect(await mails()).toBe(2);
  });
});

describe('a retry', () => {
  test('of what ended as unknown is sent, though the guest is pending since', async () => {
    const pending = pendingGuest();
    await service.graph.sim('POST', `/users/${pending.id}`, { externalUserState: null });
    await service.fault({ status: 503, effect: 'done' });
    const id = await service.job([{ user: pending.id }]);
    await service.step();
    await redeem(pending.id);
    await service.drain();
    expect((await service.resets(id)).flatMap(told)).toEqual(['unknown', 'outcomeUnknown']);
    await service.graph.invite(resetBody(service.graph.user(pending.id)));
    const again = await retry(id);
    await service.drain();
    expect((await service.resets(again)).flatMap(told)).toEqual(['succeeded', 'reset']);
    const submitted = await service.job([{ user: pending.id }], { sendInvitationMessage: true });
    await service.drain();
    expect((await service.resets(submitted)).flatMap(told)).toEqual(['skipped', 'resetRecently']);
  });
});

test('a retry of what was canceled before it was sent skips a guest whom somebody has reset by hand', async () => {
  const id = await jobOf();
  await cancelJob(service.deps, id, { id: 'somebody' });
  await service.drain();
  await byHand();
  const again = await retry(id, 'canceled');
  await service.drain();
  expect((await service.resets(again)).flatMap(told)).toEqual(['skipped', 'pendingRecently']);
  expect(await mails()).toBe(1);
});

describe('a guest who has just redeemed', () => {
  test('is reset with a warning, and without one later', async () => {
    const pending = pendingGuest();
    await redeem(pending.id);
    const id = await service.job([{ user: pending.id }]);
    await service.drain();
    const [record] = await service.resets(id);
    expect(record).toMatchObject({ status: 'succeeded', warnings: ['redeemedRecently'] });
    expect((await service.resets(await laterJob())).map(({ warnings }) => warnings)).toEqual([[]]);
  });
  async function laterJob(): Promise<JobId> {
    await redeem(pendingGuest(1).id);
    service.advance(25 * 3600);
    const id = await service.job([{ user: pendingGuest(1).id }]);
    await service.drain();
    return id;
  }
});

describe('onlyIf', () => {
  const three = () => [{ user: guest().id }, { user: pendingGuest().id }, { user: service.graph.guest(null).id }];
  test.each([
    ['any', ['succeeded', 'succeeded', 'succeeded']],
    ['pending', ['skipped', 'succeeded', 'skipped']],
    ['accepted', ['succeeded', 'skipped', 'succeeded']],
  ])('%s leaves the others alone, and a dry run says whom', async (onlyIf, expected) => {
    const rehearsal = await service.job(three(), { sendInvitationMessage: true, onlyIf, dryRun: true });
    await service.drain();
    expect((await service.resets(rehearsal)).map(({ status }) => status)).toEqual(expected);
    const id = await service.job(three(), { sendInvitationMessage: true, onlyIf });
    await service.drain();
    const resets = await service.resets(id);
    expect(resets.map(({ status }) => status)).toEqual(expected);
    const codes = resets.flatMap(({ status, verdict }) => (status === 'skipped' ? [verdict?.code] : []));
    expect(codes).toEqual(codes.map(() => 'stateNotWanted'));
    const sent = await Promise.all(three().map(({ user }) => service.mailsTo(user)));
    expect(sent).toEqual(expected.map((status) => (status === 'succeeded' ? 1 : 0)));
  });
  test('is not asked before a repeat of the reset itself', async () => {
    await service.fault({ status: 503, effect: 'done' });
    expect(await run({ onlyIf: 'accepted', sendInvitationMessage: false })).toEqual(['succeeded', 'reset']);
  });
  test('is looked at anew after a wait, as long as nothing was sent', async () => {
    const pending = pendingGuest();
    const id = await service.job([{ user: pending.id }], { sendInvitationMessage: true, onlyIf: 'pending' });
    service.advance(60);
    await redeem(pending.id);
    await service.drain();
    expect((await service.resets(id)).flatMap(told)).toEqual(['skipped', 'stateNotWanted']);
    expect(await service.mailsTo(pending.id)).toBe(0);
  });
  test.each([
    ['429', { status: 429, retryAfter: 2 }],
    ['a refusal of the tenant', { status: 403, message: 'Invitations are blocked due to suspicious activity.' }],
  ])('pending keeps from a guest who redeems after %s', async (_what, fault) => {
    const pending = pendingGuest();
    await service.fault(fault);
    const id = await service.job([{ user: pending.id }], { sendInvitationMessage: true, onlyIf: 'pending' });
    await service.step();
    await redeem(pending.id);
    await service.drain();
    await resumeTenant(service.deps);
    await service.drain();
    expect((await service.resets(id)).flatMap(told)).toEqual(['skipped', 'stateNotWanted']);
    expect(service.graph.user(pending.id).externalUserState).toBe('Accepted');
  });
  test('holds for a retry as well', async () => {
    const pending = pendingGuest();
    await service.fault({ status: 503 });
    const id = await service.job([{ user: pending.id }], { sendInvitationMessage: true, onlyIf: 'pending' });
    await service.drain();
    expect((await service.resets(id)).flatMap(told)).toEqual(['unknown', 'outcomeUnknown']);
    await redeem(pending.id);
    const again = await retry(id);
    await service.drain();
    expect((await service.resets(again)).flatMap(told)).toEqual(['skipped', 'stateNotWanted']);
  });
});
