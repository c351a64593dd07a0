/**
 * A job with `pauseAfter` on real tables and the simulated tenant: exactly so many are worked on before somebody
 * resumes it.
 */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readSubmission } from '../../../shared/entry/http/submission/read-submission.ts';
import { cancelJob, continueCancel } from '../../../shared/usecases/jobs/cancel-job.ts';
import type { Deps } from '../../../shared/usecases/deps.ts';
import { dispatch } from '../../../shared/usecases/dispatch.ts';
import { readJob } from '../../../shared/usecases/jobs/read-jobs.ts';
import { reconcile } from '../../../shared/usecases/repair/reconcile.ts';
import { retryJob } from '../../../shared/usecases/submit/retry-job.ts';
import { processWake } from '../../../shared/usecases/wake/process-wake.ts';
import { pauseJob, pauseTenant, resumeJob, resumeTenant } from '../../../shared/usecases/stops/stop-control.ts';
import { submitJob } from '../../../shared/usecases/submit/submit-job.ts';
import { startService, type Service } from '../service-fixture.ts';
import { isKilled, troubled } from '../lives/troubled.ts';

let service: Service;
/** Guests that were looked up by object id, as often as they were. */
let lookedUp: string[];
let deps: Deps;
beforeEach(async () => {
  service = await startService({ guests: 160 });
  lookedUp = [];
  const { directory } = service.deps;
  deps = {
    ...service.deps,
    directory: {
      ...directory,
      lookUp: async (lookUps) => {
        lookedUp.push(...lookUps.map((lookUp) => JSON.stringify(lookUp)));
        return directory.lookUp(lookUps);
      },
    },
  };
});
afterEach(async () => {
  await service?.stop();
});

type Id = Awaited<ReturnType<Service['job']>>;
const guests = (from: number, to: number, more: object = {}): { user: string }[] =>
  Array.from({ length: to - from }, (_, index) => ({
    user: service.graph.guest('Accepted', from + index).id,
    ...more,
  }));
const canaryOf = (pauseAfter: number, more: object = {}): object => ({
  sendInvitationMessage: true,
  verify: false,
  pauseAfter,
  ...more,
});
const mails = async (): Promise<number> => ((await service.graph.sim('GET', '/mails')).body as unknown[]).length;
const read = async (id: Id) => readJob(service.deps, id);
const row = async (id: Id) => (await service.deps.jobs.read(id))?.value;
const seenOf = (all: readonly { user: string }[]): number =>
  all.filter(({ user }) => lookedUp.some((lookUp) => lookUp.includes(user))).length;

async function drain(): Promise<void> {
  for (let steps = 0; (await service.step(deps)) !== undefined; steps++)
    if (steps > 200) throw new Error('the job does not come to an end');
}
async function settle(): Promise<void> {
  await drain();
  await dispatch(deps);
  await drain();
}

describe('a job with a canary', () => {
  test.each([
    ['small, in the middle of its only chunk', 3, 6],
    ['of one guest', 1, 2],
    ['large, in the middle of its first chunk', 5, 45],
    ['large, at the end of a chunk', 20, 45],
    ['large, in the middle of a later chunk', 23, 45],
    ['large, all but its last guest', 44, 45],
  ])(
    'that is %s looks up and sends exactly those, then waits, and then sends the rest: one mail each',
    { timeout: 60_000 },
    async (_what, pauseAfter, total) => {
      const all = guests(0, total);
      const id = await service.job(all, canaryOf(pauseAfter));
      await settle();
      expect((await service.resets(id)).map(({ status }) => status)).toEqual(
        all.map((_guest, index) => (index < pauseAfter ? 'succeeded' : 'pending')),
      );
      expect([await mails(), seenOf(all.slice(0, pauseAfter)), seenOf(all.slice(pauseAfter))]).toEqual([
        pauseAfter,
        pauseAfter,
        0,
      ]);
      expect(await row(id)).toMatchObject({
        canary: { isOver: true },
        stop: {
          code: 'pauseAfter',
          message: expect.stringContaining(
            `first ${pauseAfter} of ${total} resets have ended: ${pauseAfter} succeeded.`,
          ),
        },
      });
      service.advance(3_600);
      await reconcile(deps);
      await settle();
      expect(await mails()).toBe(pauseAfter);
      await resumeJob(deps, id);
      await settle();
      expect(await read(id)).toMatchObject({ job: { status: 'completed' }, counts: { succeeded: total } });
      expect(await mails()).toBe(total);
    },
  );
  test('that has no more resets than that does not stop', async () => {
    const ids = [await service.job(guests(0, 5), canaryOf(5)), await service.job(guests(5, 30), canaryOf(200))];
    await settle();
    for (const id of ids) expect((await read(id))?.job).toMatchObject({ status: 'completed' });
  });
  test('of very long rows, whose chunks are not full, is as exact', { timeout: 60_000 }, async () => {
    const csv = `user,note\n${guests(0, 40)
      .map(({ user }) => `${user},${'x'.repeat(14_000)}\n`)
      .join('')}`;
    async function* bytes(): AsyncGenerator<Uint8Array> {
      yield Buffer.from(csv);
    }
    const query = new URLSearchParams('sendInvitationMessage=true&verify=false&pauseAfter=33');
    const readBody = (now: number) =>
      readSubmission(bytes(), 'text/csv', query, { maxResets: 100, maxBodyBytes: 1_000_000, keepBadRows: false, now });
    const submitted = await submitJob(deps, {
      submitter: { id: 'caller' },
      body: { read: readBody, drain: async () => undefined, hash: () => 'long', contentHash: () => 'long' },
    });
    if (submitted.kind !== 'accepted') throw new Error(JSON.stringify(submitted.problem));
    const { id } = submitted.job;
    expect((await row(id))?.chunkCount).toBeGreaterThan(2);
    await settle();
    expect([await mails(), (await row(id))?.stop?.code]).toEqual([33, 'pauseAfter']);
    await resumeJob(deps, id);
    await settle();
    expect([await mails(), (await row(id))?.status]).toEqual([40, 'completed']);
  });
  test('counts every end, says how they ended, and lets the rest be canceled', async () => {
    const id = await service.job([{ user: service.graph.special('internalMember').id }, ...guests(0, 5)], canaryOf(3));
    await settle();
    expect((await row(id))?.stop?.message).toContain('the first 3 of 6 resets have ended: 2 succeeded, 1 failed.');
    await cancelJob(deps, id, { id: 'somebody' });
    for (const task of service.tasks.splice(0)) if (task.kind === 'cancel') await continueCancel(deps, task.jobId);
    expect(await read(id)).toMatchObject({
      job: { status: 'completedWithErrors' },
      counts: { succeeded: 2, failed: 1, canceled: 3 },
    });
    expect(await mails()).toBe(2);
  });
  test('waits for what is in doubt before it stops, and for a guest whom Graph wants to wait, without hurrying', async () => {
    await service.graph.sim('POST', '/faults', { kind: 'invite', status: 503, effect: 'done' });
    await service.graph.sim('POST', '/faults', { kind: 'invite', status: 429, retryAfter: 30 });
    const id = await service.job(guests(0, 8), canaryOf(4));
    await service.step(deps);
    expect([(await read(id))?.job.stop, (await read(id))?.counts]).toMatchObject([
      undefined,
      { succeeded: 2, sending: 1, pending: 5 },
    ]);
    // Were the rest of the chunk to ask for its wake, that would be at once.
    expect(service.messages.map(({ at }) => at > service.now() + 20_000)).toEqual([true]);
    await settle();
    expect([(await row(id))?.stop?.code, (await read(id))?.counts, await mails()]).toMatchObject([
      'pauseAfter',
      { succeeded: 4, pending: 4 },
      4,
    ]);
  });
  test('waits for a look-up that failed, without hurrying', async () => {
    await service.graph.sim('POST', '/faults', { kind: 'getUser', status: 503, times: 10 });
    const id = await service.job(guests(0, 4), canaryOf(1));
    await service.step(deps);
    expect(service.messages.map(({ at }) => at > service.now() + 1_000)).toEqual([true]);
    await settle();
    expect([(await row(id))?.stop?.code, await mails()]).toEqual(['pauseAfter', 1]);
  });
  test('has the successes of its canary verified while it waits', async () => {
    const id = await service.job(guests(0, 6), canaryOf(3, { verify: true }));
    await settle();
    expect((await service.resets(id)).map(({ verification }) => verification)).toEqual([
      'verified',
      'verified',
      'verified',
      undefined,
      undefined,
      undefined,
    ]);
    expect(await mails()).toBe(3);
    await resumeJob(deps, id);
    await settle();
    expect([(await row(id))?.status, await mails()]).toEqual(['completed', 6]);
  });
  test('goes on at once when it is resumed, before its successes are looked at once more', async () => {
    const id = await service.job(guests(0, 6), canaryOf(3, { verify: true }));
    for (let steps = 0; (await row(id))?.stop === undefined; steps++) {
      expect(steps).toBeLessThan(20);
      await service.step(deps);
    }
    const resumedAt = service.now();
    await resumeJob(deps, id);
    while ((await mails()) < 6) expect(await service.step(deps)).toBeDefined();
    expect(service.now() - resumedAt).toBeLessThan(20_000);
    await settle();
    expect(await read(id)).toMatchObject({ job: { status: 'completed' }, counts: { succeeded: 6 } });
    expect((await service.resets(id)).map(({ verification }) => verification)).toEqual(Array(6).fill('verified'));
  });
  test('retried after a cancel has a canary again', async () => {
    const id = await service.job(guests(0, 6), canaryOf(2));
    await settle();
    await cancelJob(deps, id, { id: 'somebody' });
    for (const task of service.tasks.splice(0)) if (task.kind === 'cancel') await continueCancel(deps, task.jobId);
    await read(id);
    const source = await row(id);
    if (source === undefined) throw new Error('the job is gone');
    const retried = await retryJob(deps, source, {}, { submitter: { id: 'caller' } });
    if (retried.kind !== 'accepted') throw new Error(JSON.stringify(retried.problem));
    await settle();
    expect([(await row(retried.job.id))?.stop?.code, await mails()]).toEqual(['pauseAfter', 4]);
  });
});

describe('a canary and another stop', () => {
  test('that a person made: the resume from that one is none from the canary', async () => {
    const id = await service.job(guests(0, 26), canaryOf(3));
    const { invitations } = deps;
    await service.step({
      ...deps,
      invitations: {
        ...invitations,
        send: async (plans) => {
          await pauseJob(deps, id, 'by hand');
          return invitations.send(plans);
        },
      },
    });
    await settle();
    expect([(await row(id))?.stop?.code, await mails()]).toEqual(['pausedByHand', 3]);
    await resumeJob(deps, id);
    await settle();
    expect([(await row(id))?.stop?.code, await mails()]).toEqual(['pauseAfter', 3]);
    await resumeJob(deps, id);
    await settle();
    expect([(await row(id))?.status, await mails()]).toEqual(['completed', 26]);
  });
  test('two resumes of a pause by hand at once do not go past the canary', async () => {
    const id = await service.job(guests(0, 26), canaryOf(3));
    const { invitations, chunks } = deps;
    await service.step({
      ...deps,
      invitations: {
        ...invitations,
        send: async (plans) => {
          await pauseJob(deps, id, 'by hand');
          return invitations.send(plans);
        },
      },
    });
    // The second resume has seen the pause by hand; while it looks for a guest to try, the first one is over and
    // somebody reads the job.
    let isFirst = true;
    let seen: string | undefined;
    await resumeJob(
      {
        ...deps,
        chunks: {
          ...chunks,
          pastDue: async (...args) => {
            const found = await chunks.pastDue(...args);
            if (isFirst) {
              isFirst = false;
              await resumeJob(deps, id);
              seen = (await read(id))?.job.stop?.code;
            }
            return found;
          },
        },
      },
      id,
    );
    await settle();
    expect([seen, (await row(id))?.stop?.code, await mails()]).toEqual(['pauseAfter', 'pauseAfter', 3]);
  });
  test('of the tenant: its trial tries a guest of the canary, not one behind it', async () => {
    const all = guests(0, 45);
    await pauseTenant(deps, 'by hand');
    const id = await service.job([{ user: service.graph.special('internalMember').id }, ...all], canaryOf(3));
    await settle();
    await resumeTenant(deps);
    await settle();
    expect([(await row(id))?.stop?.code, await mails(), seenOf(all.slice(2))]).toEqual(['pauseAfter', 2, 0]);
  });
  test('a trial whose last guest of the canary says nothing is over, and the canary too', async () => {
    const id = await service.job([{ user: service.graph.special('internalMember').id }, ...guests(0, 4)], canaryOf(1));
    await pauseJob(deps, id, 'by hand');
    await drain();
    await resumeJob(deps, id);
    await settle();
    expect([(await row(id))?.stop?.code, (await row(id))?.stop?.trial, await mails()]).toEqual([
      'pauseAfter',
      undefined,
      0,
    ]);
  });
});

describe('a crash does not lose the end of the canary', () => {
  test('when the worker of its last chunk dies before it could stop the job: whoever reads or reconciles does', async () => {
    for (const finder of ['reader', 'timer'] as const) {
      const from = finder === 'reader' ? 0 : 40;
      const id = await service.job(guests(from, from + 40), canaryOf(5));
      // The visit itself makes do with what is known of the job; whoever closes it reads the row.
      await expect(
        service.step(troubled(deps, (call, when) => call === 'jobs.read' && when === 'before')),
      ).rejects.toSatisfy(isKilled);
      expect((await row(id))?.stop).toBeUndefined();
      await settle();
      service.messages.length = 0;
      if (finder === 'reader') await read(id);
      else await reconcile(deps);
      expect((await row(id))?.stop?.code, finder).toBe('pauseAfter');
      await settle();
      expect(await mails()).toBe(from === 0 ? 5 : 10);
    }
  });
  test('when dispatch dies before it has moved its cursor', async () => {
    const dying = troubled(deps, (call, when) => call === 'queue.sendWakes' && when === 'after');
    const submitted = await service.submit(guests(0, 45), canaryOf(25), undefined, dying);
    if (submitted.kind !== 'accepted') throw new Error('refused');
    await drain();
    expect([(await read(submitted.job.id))?.job.stop, await mails()]).toEqual([undefined, 25]);
    await settle();
    expect([(await row(submitted.job.id))?.stop?.code, await mails()]).toEqual(['pauseAfter', 25]);
  });
  test('when the worker of its last chunk dies after that outcome: the wake that comes again stops the job', async () => {
    const id = await service.job(guests(0, 6), canaryOf(3));
    const { chunks } = deps;
    let writes = 0;
    const again = service.messages[0];
    if (again === undefined) throw new Error('no wake was sent');
    await expect(
      service.step({
        ...deps,
        chunks: {
          ...chunks,
          replace: async (...args) => {
            const written = await chunks.replace(...args);
            if (++writes === 2) throw new Error('the worker died');
            return written;
          },
        },
      }),
    ).rejects.toThrow('the worker died');
    service.messages.push(again);
    await drain();
    expect([(await row(id))?.stop?.code, await mails()]).toEqual(['pauseAfter', 3]);
  });
  test('and a wake of what waits behind it changes nothing while it runs', async () => {
    await service.graph.sim('POST', '/faults', {
      kind: 'getUser',
      status: 503,
      times: 100,
      match: { userId: guests(0, 1)[0]?.user },
    });
    const id = await service.job(guests(0, 45), canaryOf(22));
    for (let steps = 0; steps < 2; steps++) await service.step(deps);
    const ofSecondChunk = () => service.messages.filter(({ wake }) => wake.chunk === 1);
    expect([(await read(id))?.counts, ofSecondChunk()]).toMatchObject([{ succeeded: 21, pending: 24 }, []]);
    service.advance(16 * 60);
    await reconcile(deps);
    const woken = ofSecondChunk();
    expect(woken).toHaveLength(1);
    for (const { wake } of woken) expect(await processWake(deps, wake)).toBe('parked');
    expect([(await row(id))?.stop, await mails(), seenOf(guests(22, 45))]).toEqual([undefined, 21, 0]);
  });
  test('a resume that comes while the chunk is being written leaves nobody without a wake', async () => {
    const id = await service.job(guests(0, 6), canaryOf(3));
    const { jobs, chunks } = deps;
    // The worker's last write lands; before it reads the job again, somebody reads it, resumes it, and that resume
    // finds nothing to wake.
    let writes = 0;
    let isLeft = false;
    const racing: Deps = {
      ...deps,
      chunks: {
        ...chunks,
        replace: async (...args) => {
          const written = await chunks.replace(...args);
          isLeft ||= ++writes === 2;
          return written;
        },
      },
      jobs: {
        ...jobs,
        read: async (jobId) => {
          if (isLeft) {
            isLeft = false;
            await read(id);
            await resumeJob({ ...deps, chunks: { ...chunks, pastDue: async () => [] } }, id);
          }
          return jobs.read(jobId);
        },
      },
    };
    await service.step(racing);
    expect((await row(id))?.stop).toBeUndefined();
    await drain();
    expect([(await row(id))?.status, await mails()]).toEqual(['completed', 6]);
  });
});
