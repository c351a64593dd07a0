/** A job with `notAfter` on real tables and the simulated tenant: nothing goes out after it, and everybody is told. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { continueCancel } from '../../../shared/usecases/jobs/cancel-job.ts';
import { dispatch } from '../../../shared/usecases/dispatch.ts';
import { readJob } from '../../../shared/usecases/jobs/read-jobs.ts';
import { reconcile } from '../../../shared/usecases/repair/reconcile.ts';
import { retryJob } from '../../../shared/usecases/submit/retry-job.ts';
import { pauseJob, pauseTenant } from '../../../shared/usecases/stops/stop-control.ts';
import { redelivery } from '../redelivery.ts';
import { startService, type Service } from '../service-fixture.ts';
import { isKilled, troubled } from '../lives/troubled.ts';

let service: Service;
beforeEach(async () => {
  service = await startService({ guests: 160 });
});
afterEach(async () => {
  await service?.stop();
});

type Id = Awaited<ReturnType<Service['job']>>;
const guests = (from: number, to: number): { user: string }[] =>
  Array.from({ length: to - from }, (_, index) => ({ user: service.graph.guest('Accepted', from + index).id }));
const endingIn = (seconds: number, more: object = {}): object => ({
  sendInvitationMessage: true,
  verify: false,
  notAfter: new Date(service.now() + seconds * 1000).toISOString(),
  ...more,
});
const mails = async (): Promise<number> => ((await service.graph.sim('GET', '/mails')).body as unknown[]).length;
const requests = async () =>
  ((await service.graph.sim('GET', '/stats')).body as { requests: { invite: number; patchUser: number } }).requests;
const counts = async (id: Id) => (await readJob(service.deps, id))?.counts;
const row = async (id: Id) => (await service.deps.jobs.read(id))?.value;

async function runTasks(): Promise<void> {
  for (let task = service.tasks.shift(); task !== undefined; task = service.tasks.shift())
    if (task.kind === 'cancel') await continueCancel(service.deps, task.jobId);
}

describe('a job whose notAfter passes', () => {
  test('sends nothing more, ends as canceled by its next wake, and says which time it was', async () => {
    const id = await service.job(guests(0, 60), endingIn(60));
    await service.step();
    service.advance(60);
    await service.step();
    await runTasks();
    await service.drain();
    expect(await readJob(service.deps, id)).toMatchObject({
      job: { status: 'completedWithErrors', cancel: { by: 'notAfter', code: 'notAfterPassed' } },
      counts: { succeeded: 20, canceled: 40, pending: 0 },
    });
    expect(await mails()).toBe(20);
    const verdicts = (await service.resets(id))
      .filter(({ status }) => status === 'canceled')
      .map(({ verdict }) => verdict?.code);
    expect(new Set(verdicts)).toEqual(new Set(['notAfterPassed']));
  });
  test('can be retried: the new job has no such time, and sends the rest', async () => {
    const id = await service.job(guests(0, 3), endingIn(60));
    service.advance(61);
    await service.drain();
    const source = await row(id);
    if (source?.endedAt === undefined) throw new Error('the job has not ended');
    const retried = await retryJob(service.deps, source, {}, { submitter: { id: 'caller' } });
    if (retried.kind !== 'accepted') throw new Error(JSON.stringify(retried.problem));
    expect(retried.job.options).not.toHaveProperty('notAfter');
    await service.drain();
    expect([await counts(retried.job.id), await mails()]).toMatchObject([{ succeeded: 3 }, 3]);
  });
  test.each([
    [
      'paused itself',
      async (id: Id) => {
        await pauseJob(service.deps, id, 'by hand');
      },
    ],
    [
      'stopped with its tenant',
      async () => {
        await pauseTenant(service.deps, 'by hand');
      },
    ],
  ])('ends in time although it is %s: dispatch has asked for its own run', async (_how, pause) => {
    const broker = redelivery(service);
    const submitted = await service.submit(guests(0, 30), endingIn(3_600), undefined, broker.deps);
    if (submitted.kind !== 'accepted') throw new Error('refused');
    const { id } = submitted.job;
    await pause(id);
    await broker.run();
    // What the timer does, again and again; once less than ten minutes before.
    service.advance(55 * 60);
    await reconcile(broker.deps);
    expect((await row(id))?.cancel).toBeUndefined();
    await broker.run();
    const ended = await row(id);
    expect(ended).toMatchObject({ status: 'canceled', cancel: { code: 'notAfterPassed' } });
    expect((ended?.endedAt ?? 0) - (ended?.options.notAfter ?? 0)).toBeLessThan(6_000);
    expect([await counts(id), await mails()]).toMatchObject([{ canceled: 30 }, 0]);
  });
  test('in less than ten minutes has its end asked for with its first dispatch', async () => {
    const broker = redelivery(service);
    const submitted = await service.submit(
      guests(0, 2),
      endingIn(90, { notBefore: new Date(service.now() + 80_000).toISOString() }),
      undefined,
      broker.deps,
    );
    if (submitted.kind !== 'accepted') throw new Error('refused');
    await pauseTenant(service.deps, 'by hand');
    await broker.run();
    expect(await row(submitted.job.id)).toMatchObject({ status: 'canceled', cancel: { code: 'notAfterPassed' } });
  });
  test('while its guests are being claimed, or its emails added, sends nothing all the same', async () => {
    const { guests: store, invitations } = service.deps;
    const slow = await service.job(guests(0, 2), endingIn(5));
    await service.step({
      ...service.deps,
      guests: {
        ...store,
        claim: async (...args) => {
          service.advance(3);
          return store.claim(...args);
        },
      },
    });
    expect(await requests()).toMatchObject({ invite: 0 });
    const moved = await service.job(
      [{ ...guests(2, 3)[0], invitedUserEmailAddress: 'new@adatum.example' }],
      endingIn(5),
    );
    await service.step({
      ...service.deps,
      invitations: {
        ...invitations,
        addEmails: async (plans) => {
          const answer = await invitations.addEmails(plans);
          service.advance(5);
          return answer;
        },
      },
    });
    expect(await requests()).toMatchObject({ invite: 0, patchUser: 1 });
    await service.drain();
    expect([await counts(slow), await counts(moved), await mails()]).toMatchObject([
      { canceled: 2 },
      { canceled: 1 },
      0,
    ]);
    expect((await service.resets(moved))[0]?.verdict?.code).toBe('notAfterPassed');
  });
  test('adds no email either, once it is too late', async () => {
    const { guests: store } = service.deps;
    await service.job([{ ...guests(0, 1)[0], invitedUserEmailAddress: 'new@adatum.example' }], endingIn(5));
    await service.step({
      ...service.deps,
      guests: {
        ...store,
        claim: async (...args) => {
          service.advance(6);
          return store.claim(...args);
        },
      },
    });
    expect(await requests()).toMatchObject({ invite: 0, patchUser: 0 });
  });
  test('still looks what became of a request in doubt, and does not repeat it', async () => {
    await service.graph.sim('POST', '/faults', { kind: 'invite', status: 503, effect: 'done' });
    await service.graph.sim('POST', '/faults', { kind: 'invite', status: 503 });
    const id = await service.job(guests(0, 4), endingIn(30));
    await service.step();
    service.advance(31);
    await dispatch(service.deps);
    await runTasks();
    await service.drain();
    expect(await readJob(service.deps, id)).toMatchObject({
      job: { status: 'completedWithErrors' },
      counts: { succeeded: 3, canceled: 1 },
    });
    expect((await service.resets(id)).find(({ status }) => status === 'canceled')?.verdict?.code).toBe(
      'notAfterPassed',
    );
    expect(await mails()).toBe(3);
  });
  test('has completed if everybody had been sent before', async () => {
    const id = await service.job(guests(0, 3), endingIn(30));
    await service.drain();
    service.advance(60);
    await dispatch(service.deps);
    expect((await readJob(service.deps, id))?.job).toMatchObject({ status: 'completed' });
    expect((await row(id))?.cancel).toBeUndefined();
  });
  test('obeys it in a dry run too', async () => {
    const id = await service.job(guests(0, 3), endingIn(30, { dryRun: true }));
    service.advance(31);
    await service.drain();
    expect((await service.resets(id)).map(({ verdict }) => verdict?.code)).toEqual([
      'notAfterPassed',
      'notAfterPassed',
      'notAfterPassed',
    ]);
  });
  test('is told to whoever reads it, even if nothing else happens', async () => {
    const id = await service.job(guests(0, 3), endingIn(30));
    service.messages.length = 0;
    service.advance(31);
    expect((await readJob(service.deps, id))?.job.status).toBe('canceling');
    await runTasks();
    expect(await counts(id)).toMatchObject({ canceled: 3 });
  });
  test('and whose message to end it was lost with its sender ends by itself', async () => {
    const id = await service.job(guests(0, 3), endingIn(30));
    service.messages.length = 0;
    service.advance(31);
    const dying = troubled(service.deps, (call, when) => call === 'queue.sendTask' && when === 'before');
    await expect(dispatch(dying)).rejects.toSatisfy(isKilled);
    expect(service.tasks).toEqual([]);
    service.advance(16 * 60);
    await reconcile(service.deps);
    await runTasks();
    expect(await counts(id)).toMatchObject({ canceled: 3 });
  });
});

test('a submission that leaves itself no time is refused, and says what to write', async () => {
  for (const options of [endingIn(-1), endingIn(60, { notBefore: new Date(service.now() + 61_000).toISOString() })]) {
    expect(await service.submit(guests(0, 1), options)).toMatchObject({
      kind: 'refused',
      problem: { status: 400, code: 'invalidOption', errors: [{ field: 'notAfter', code: 'invalidOption' }] },
    });
  }
});
