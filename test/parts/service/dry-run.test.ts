/** A dry run on real tables and the simulated tenant: the tenant's own statistics say that nothing was written. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { resetView } from '../../../shared/domain/api/reset-view.ts';
import { cancelJob, continueCancel } from '../../../shared/usecases/jobs/cancel-job.ts';
import { readJob } from '../../../shared/usecases/jobs/read-jobs.ts';
import { pauseJob, pauseTenant, resumeJob } from '../../../shared/usecases/stops/stop-control.ts';
import { startService, type Service } from '../service-fixture.ts';

let service: Service;
beforeEach(async () => {
  service = await startService();
});
afterEach(async () => {
  await service?.stop();
});

const VIEW = { showsRedeemUrl: true, redeemUrlsSince: 0 };
const OPTIONS = { sendInvitationMessage: true, dryRun: true };
const statistics = async () =>
  (await service.graph.sim('GET', '/stats')).body as {
    writes: { total: number };
    requests: { invite: number; patchUser: number };
  };
const guest = (index: number) => service.graph.guest('Accepted', index);

const language = (index: number): object => {
  const { preferredLanguage } = guest(index);
  return preferredLanguage === null ? {} : { messageLanguage: preferredLanguage };
};

describe('a dry run', () => {
  test('says of each guest what would happen, sums up the mails, and writes nothing', async () => {
    const id = await service.job(
      [
        { user: guest(0).id },
        { user: guest(1).id, invitedUserEmailAddress: 'moved@adatum.example' },
        { user: guest(2).id, sendInvitationMessage: false },
        { user: service.graph.special('internalMember').id },
        { user: guest(3).id, invitedUserEmailAddress: guest(0).mail },
        { user: 'nobody@nowhere.example' },
      ],
      OPTIONS,
    );
    await service.drain();
    const resets = await service.resets(id);
    expect(resets.map(({ status, verdict }) => [status, verdict?.code])).toEqual([
      ['succeeded', 'wouldReset'],
      ['succeeded', 'wouldReset'],
      ['succeeded', 'wouldReset'],
      ['failed', 'notExternal'],
      ['failed', 'addressTaken'],
      ['failed', 'guestNotFound'],
    ]);
    expect(resets.slice(0, 3).map(({ would }) => would)).toEqual([
      { mailTo: guest(0).mail, ...language(0) },
      { mailTo: 'moved@adatum.example', addEmail: 'moved@adatum.example', ...language(1) },
      {},
    ]);
    expect(await readJob(service.deps, id)).toMatchObject({
      job: { status: 'completedWithErrors' },
      outcomeCounts: {
        mails: 2,
        emailChanges: 1,
        byCode: { wouldReset: 3, notExternal: 1, addressTaken: 1, guestNotFound: 1 },
        byWarning: {},
      },
    });
    expect(await statistics()).toMatchObject({ requests: { invite: 0, patchUser: 0 }, writes: { total: 0 } });
    expect(resets[3]?.verdict?.code).toBe('notExternal');
    expect((await service.deps.control.read()).pace.nextFreeAt).toBe(0);
  });
  test('speaks of what would be, to a guest who has an open invitation as well', async () => {
    const pendingGuest = service.graph.guest('PendingAcceptance');
    const id = await service.job(
      [{ user: pendingGuest.id }, { user: guest(0).id, sendInvitationMessage: false }],
      OPTIONS,
    );
    await service.drain();
    const views = (await service.resets(id)).map((record) => resetView(record, VIEW));
    expect(views).toMatchObject([
      {
        code: 'wouldReset',
        message: expect.stringMatching(/would be mailed/),
        warnings: [{ code: 'alreadyPending', message: expect.stringMatching(/would be/) }],
      },
      { code: 'wouldReset', message: expect.stringMatching(/no mail would be sent/) },
    ]);
    for (const view of views) {
      expect(JSON.stringify(view)).not.toMatch(/is one more|was reset|was mailed|was asked/);
      expect(view).not.toHaveProperty('startedAt');
    }
    expect((await readJob(service.deps, id))?.outcomeCounts.byWarning).toEqual({ alreadyPending: 1 });
  });
  test('that is canceled, or meets another job at its guest, promises nothing of its own', async () => {
    await service.fault({ status: 503, effect: 'none' });
    const real = await service.job([{ user: guest(0).id }]);
    await service.step();
    const held = await service.job([{ user: guest(0).id }], OPTIONS);
    const canceled = await service.job([{ user: guest(2).id }], OPTIONS);
    await cancelJob(service.deps, canceled, { id: 'somebody' });
    await service.drain();
    for (const task of service.tasks.splice(0))
      if (task.kind === 'cancel') await continueCancel(service.deps, task.jobId);
    expect((await service.resets(real)).map(({ status }) => status)).toEqual(['succeeded']);
    expect((await service.resets(held))[0]).toMatchObject({
      status: 'skipped',
      verdict: { code: 'heldByOther', nextStep: expect.stringContaining('would wait') },
    });
    expect((await service.resets(canceled))[0]?.verdict).toMatchObject({
      code: 'canceled',
      message: expect.stringContaining('before this guest was looked at'),
      nextStep: expect.stringContaining('rehearse'),
    });
  });
  test('tells when another job has reset a guest a short while ago, and leaves no claim of its own', async () => {
    const real = await service.job([{ user: guest(0).id }]);
    await service.drain();
    const id = await service.job([{ user: guest(0).id }, { user: guest(1).id }], OPTIONS);
    await service.drain();
    const [first, second] = await service.resets(id);
    expect(first).toMatchObject({
      status: 'skipped',
      verdict: {
        code: 'resetRecently',
        message: expect.stringMatching(/^Another job has reset the guest at \d{4}-/),
        nextStep: expect.stringContaining(`GET /api/guests/${guest(0).id}/resets `),
      },
    });
    expect(second).toMatchObject({ status: 'succeeded', verdict: { code: 'wouldReset' } });
    expect(await service.deps.guests.current(guest(1).id)).toBeUndefined();
    expect((await service.deps.guests.current(guest(0).id))?.value.jobId).toBe(real);
  });
  test('goes on while the tenant is stopped, and not while it is paused itself', async () => {
    await pauseTenant(service.deps, 'by hand');
    const id = await service.job([{ user: guest(0).id }], OPTIONS);
    await service.drain();
    expect((await readJob(service.deps, id))?.counts).toMatchObject({ succeeded: 1 });
    const paused = await service.job([{ user: guest(1).id }], OPTIONS);
    await pauseJob(service.deps, paused, 'by hand');
    await service.drain();
    expect((await readJob(service.deps, paused))?.counts).toMatchObject({ pending: 1 });
    await resumeJob(service.deps, paused);
    await service.drain();
    expect((await readJob(service.deps, paused))?.counts).toMatchObject({ succeeded: 1 });
  });
  test('survives a tenant that gives no token, and ends when it does again', async () => {
    const broken = {
      ...service.deps,
      directory: {
        ...service.deps.directory,
        lookUp: async () => ({ kind: 'notSent' as const, tokenMissing: true, message: 'no identity' }),
      },
    };
    const id = await service.job([{ user: guest(0).id }], OPTIONS);
    for (let tries = 0; tries < 5; tries++) await service.step(broken);
    expect((await service.resets(id))[0]).toMatchObject({ status: 'pending', verdict: { code: 'noToken' } });
    await service.drain();
    expect((await readJob(service.deps, id))?.counts).toMatchObject({ succeeded: 1 });
  });
  test('ends after a day without a token, for nothing tells that it is stopped', async () => {
    const { directory } = service.deps;
    const lookUp: typeof directory.lookUp = async () => ({ kind: 'notSent', message: 'none', tokenMissing: true });
    const id = await service.job([{ user: guest(0).id }], OPTIONS);
    for (let looks = 0; looks < 2; looks++) {
      await service.step({ ...service.deps, directory: { ...directory, lookUp } });
      service.advance(25 * 3600);
    }
    expect((await service.resets(id))[0]).toMatchObject({ status: 'failed', verdict: { code: 'noToken' } });
  });
});

describe('verification', () => {
  test('annotates a reset a minute later, when its job has long ended', async () => {
    const id = await service.job([{ user: guest(0).id }]);
    await service.step();
    expect([(await readJob(service.deps, id))?.job.status, (await service.resets(id))[0]?.verification]).toEqual([
      'completed',
      undefined,
    ]);
    await service.step();
    expect((await service.resets(id))[0]).toMatchObject({ status: 'succeeded', verification: 'verified' });
    expect(service.messages).toEqual([]);
  });
  test('can be switched off for a job and for the deployment', async () => {
    await service.job([{ user: guest(0).id }], { sendInvitationMessage: true, verify: false });
    await service.step();
    expect(service.messages).toEqual([]);
    await service.job([{ user: guest(1).id }]);
    await service.step({ ...service.deps, policy: { ...service.deps.policy, verifyAfterSeconds: 0 } });
    expect(service.messages).toEqual([]);
  });
});
