/** Deleting jobs on real tables: by wish and by age. What stays for a while is who was reset when, by whom, and why. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { JobId } from '../../../shared/domain/ids.ts';
import type { Deps } from '../../../shared/usecases/deps.ts';
import { continueDelete, deleteJob } from '../../../shared/usecases/jobs/delete-job.ts';
import { guestHistory } from '../../../shared/usecases/jobs/guest-history.ts';
import { listJobs, readJob } from '../../../shared/usecases/jobs/read-jobs.ts';
import { reconcile } from '../../../shared/usecases/repair/reconcile.ts';
import { addressesLeft } from '../../addresses-left.ts';
import { startService, type Service } from '../service-fixture.ts';

let service: Service;
beforeEach(async () => {
  service = await startService({ guests: 700 });
});
afterEach(async () => {
  await service?.stop();
});

const guest = (index: number) => service.graph.guest('Accepted', index);
const mailsTo = async (index: number): Promise<number> => service.mailsTo(guest(index).id);

async function runTasks(): Promise<number> {
  let runs = 0;
  for (let task = service.tasks.shift(); task !== undefined; task = service.tasks.shift(), runs++)
    if (task.kind === 'delete') await continueDelete(service.deps, task.jobId);
  return runs;
}

/** Every row that names the job, in whichever table but the audit, which outlives it. */
async function rowsOf(id: JobId): Promise<string[]> {
  const rows: string[] = [];
  const { audit: _outlives, ...tables } = service.tables;
  for (const [name, table] of Object.entries(tables)) {
    for await (const entity of table.listEntities())
      if (JSON.stringify(entity).includes(id)) rows.push(`${name} ${String(entity.rowKey)}`);
  }
  return rows;
}

/** One guest who gets a new address, and one whom nobody knows; with every option that holds words about people. */
async function eventfulJob(index = 0): Promise<JobId> {
  const id = await service.job(
    [
      {
        user: guest(index).mail,
        invitedUserEmailAddress: `new.address.${index}@partner.example`,
        invitedUserDisplayName: 'somebody@named.example',
        invitedUserMessageInfo: { ccRecipients: [{ emailAddress: { address: 'copy@manager.example' } }] },
        reference: 'ticket 1',
      },
      { user: 'nobody@elsewhere.example', reference: 'ticket 2' },
    ],
    {
      sendInvitationMessage: true,
      addEmailTo: 'otherMails',
      customizedMessageBody: 'Questions? help@desk.example',
      reason: 'moved',
    },
  );
  await service.drain();
  expect(await wordsLeft(id)).not.toEqual([]);
  return id;
}

const wordsLeft = (id: JobId): Promise<string[]> => addressesLeft(service.tables, id);

describe('a deleted job', () => {
  test('is gone at once for everybody, and soon with every row of its own', { timeout: 90_000 }, async () => {
    const id = await service.job(
      Array.from({ length: 430 }, (_, index) => ({ user: guest(index).id })),
      { sendInvitationMessage: false, verify: false },
    );
    await service.drain();
    const other = await service.job([{ user: guest(460).id }]);
    await service.drain();
    expect(await deleteJob(service.deps, id)).toBe(true);
    expect([
      await readJob(service.deps, id),
      (await listJobs(service.deps, undefined, 10)).jobs.map(({ job }) => job.id),
    ]).toEqual([undefined, [other]]);
    expect(await runTasks()).toBe(2);
    expect((await readJob(service.deps, other))?.counts).toMatchObject({ succeeded: 1 });
  });
  test('leaves to the histories of its guests what became of them, who asked for that and why, and no address', async () => {
    const id = await eventfulJob();
    await deleteJob(service.deps, id);
    await runTasks();
    expect(await wordsLeft(id)).toEqual([]);
    const { resets } = await guestHistory(service.deps, guest(0).id, undefined, 10);
    expect(resets).toMatchObject([
      {
        isJobDeleted: true,
        job: { submitter: { id: 'caller' }, options: { reason: 'moved' } },
        record: {
          guestId: guest(0).id,
          request: { row: 1, reference: 'ticket 1' },
          status: 'succeeded',
          verdict: { code: 'reset' },
          endedAt: expect.any(Number),
        },
      },
    ]);
    // Nobody has tried the second, whom no one knows: there is nothing to be told of them.
    expect((await service.resets(id)).map(({ request: { row } }) => row)).toEqual([1]);
  });
  test('shows no address from the moment of the wish, though its rows still have them', async () => {
    const id = await eventfulJob();
    await deleteJob(service.deps, id);
    const { resets } = await guestHistory(service.deps, guest(0).id, undefined, 10);
    expect(resets).toMatchObject([{ isJobDeleted: true, record: { status: 'succeeded' } }]);
    expect(JSON.stringify(resets.map(({ record }) => record))).not.toContain('@');
  });
  test('goes as a whole when its time is over', async () => {
    const id = await eventfulJob();
    await deleteJob(service.deps, id);
    await runTasks();
    service.advance(89 * 86_400);
    await reconcile(service.deps);
    expect([await runTasks(), (await rowsOf(id)).length]).toEqual([0, 5]);
    service.advance(2 * 86_400);
    await reconcile(service.deps);
    await runTasks();
    expect([await rowsOf(id), await service.deps.guests.current(guest(0).id)]).toEqual([[], undefined]);
  });
  test('that was a dry run, or that nobody was tried for, leaves nothing but its own row', async () => {
    const rehearsal = await service.job([{ user: guest(0).id }], { sendInvitationMessage: true, dryRun: true });
    const nobody = await service.job([{ user: 'nobody@elsewhere.example' }]);
    await service.drain();
    for (const id of [rehearsal, nobody]) await deleteJob(service.deps, id);
    await runTasks();
    for (const id of [rehearsal, nobody]) {
      expect([await wordsLeft(id), await service.resets(id)]).toEqual([[], []]);
      expect((await service.deps.jobs.read(id))?.value.deletion).toEqual({ kind: 'stripped' });
    }
    service.advance(91 * 86_400);
    await reconcile(service.deps);
    await runTasks();
    expect([await rowsOf(rehearsal), await rowsOf(nobody)]).toEqual([[], []]);
  });
  test('is stripped to the end when any write of that is lost, or two do it at once', async () => {
    for (let lost = 0; lost < 4; lost++) {
      const id = await eventfulJob(lost);
      await deleteJob(service.deps, id);
      for (const isAfter of [false, true]) {
        let writes = 0;
        const losing = async <R>(write: () => Promise<R>): Promise<R> => {
          const isLost = writes++ === lost;
          if (isLost && !isAfter) throw new Error('lost before its effect');
          const result = await write();
          if (isLost) throw new Error('lost after its effect');
          return result;
        };
        const { jobs, chunks, guests, idempotency } = service.deps;
        const deps: Deps = {
          ...service.deps,
          jobs: { ...jobs, replace: (...args) => losing(() => jobs.replace(...args)) },
          chunks: { ...chunks, replace: (...args) => losing(() => chunks.replace(...args)) },
          guests: { ...guests, settle: (...args) => losing(() => guests.settle(...args)) },
          idempotency: { ...idempotency, remove: (...args) => losing(() => idempotency.remove(...args)) },
        };
        await continueDelete(deps, id).catch(() => undefined);
      }
      service.tasks.length = 0;
      service.advance(16 * 60);
      await reconcile(service.deps);
      await Promise.all([continueDelete(service.deps, id), continueDelete(service.deps, id)]);
      await runTasks();
      expect([await wordsLeft(id), (await service.deps.jobs.read(id))?.value.deletion]).toEqual([
        [],
        { kind: 'stripped' },
      ]);
    }
  });
  test('gets no address back from a look at a success that was on its way', async () => {
    const id = await service.job([{ user: guest(0).mail }]);
    await service.step();
    const lookUp: Deps['directory']['lookUp'] = async (lookUps) => {
      await deleteJob(service.deps, id);
      await runTasks();
      return service.deps.directory.lookUp(lookUps);
    };
    await service.step({ ...service.deps, directory: { ...service.deps.directory, lookUp } });
    await service.drain();
    expect(await wordsLeft(id)).toEqual([]);
  });
  test('leaves other jobs as they are', async () => {
    const id = await service.job([{ user: guest(0).id }]);
    await service.drain();
    const other = await service.job([{ user: guest(1).id }]);
    await service.drain();
    await deleteJob(service.deps, id);
    await runTasks();
    expect((await readJob(service.deps, other))?.counts).toMatchObject({ succeeded: 1 });
  });
  test('still keeps another job from resetting its guests too soon', async () => {
    const id = await service.job([{ user: guest(0).id }]);
    await service.drain();
    await deleteJob(service.deps, id);
    await runTasks();
    const again = await service.job([{ user: guest(0).id }]);
    await service.drain();
    expect([(await service.resets(again))[0]?.verdict?.code, await mailsTo(0)]).toEqual(['resetRecently', 1]);
  });
  test('stays while it has not ended', async () => {
    const id = await service.job([{ user: guest(0).id }]);
    expect(await deleteJob(service.deps, id)).toBe(false);
    await service.drain();
    expect((await readJob(service.deps, id))?.counts).toMatchObject({ succeeded: 1 });
  });
  test('keeps its key as long as jobs are kept, so that the same request again mails nobody', async () => {
    const body = [{ user: guest(0).id }, { user: 'nobody@elsewhere.example' }];
    const options = { sendInvitationMessage: true, skipIfResetWithinHours: 0 };
    const submit = () => service.submit(body, options, 'key');
    const first = await submit();
    if (first.kind !== 'accepted') throw new Error('refused');
    await service.drain();
    await deleteJob(service.deps, first.job.id);
    const gone = { kind: 'refused', problem: { code: 'jobDeleted' } };
    expect(await submit()).toMatchObject(gone);
    await runTasks();
    service.advance(60);
    expect(await submit()).toMatchObject(gone);
    await service.drain();
    expect(await mailsTo(0)).toBe(1);
    service.advance(91 * 86_400);
    await reconcile(service.deps);
    await runTasks();
    expect(await submit()).toMatchObject({ kind: 'accepted' });
  });
  test(
    'goes on where two make the same step, and the one that has moved the cursor dies',
    { timeout: 60_000 },
    async () => {
      const id = await service.job(Array.from({ length: 420 }, () => ({ user: crypto.randomUUID() })));
      await service.drain();
      await deleteJob(service.deps, id);
      service.tasks.length = 0;
      const sendTask = async (): Promise<never> => Promise.reject(new Error('died'));
      const dying = { ...service.deps, queue: { ...service.deps.queue, sendTask } };
      const { chunks } = service.deps;
      let first: Promise<unknown> | undefined;
      const read: typeof chunks.read = async (...which) => {
        first ??= continueDelete(dying, id).catch((error: unknown) => error);
        await first;
        service.advance(1);
        return chunks.read(...which);
      };
      await continueDelete({ ...service.deps, chunks: { ...chunks, read } }, id);
      expect(await first).toMatchObject({ message: 'died' });
      expect(service.tasks).toEqual([{ kind: 'delete', jobId: id }]);
    },
  );
  test('whose message was lost is deleted all the same', async () => {
    const id = await service.job([{ user: guest(0).id }]);
    await service.drain();
    await deleteJob(service.deps, id);
    service.tasks.length = 0;
    service.advance(16 * 60);
    await reconcile(service.deps);
    await runTasks();
    expect((await service.deps.jobs.read(id))?.value.deletion).toEqual({ kind: 'stripped' });
  });
});

test(
  'jobs are deleted by themselves when they ended longer ago than they are kept, with all that is known of their ' +
    'guests',
  async () => {
    const old = await service.job([{ user: guest(0).id }]);
    await service.drain();
    service.advance(60 * 86_400);
    const young = await service.job([{ user: guest(1).id }]);
    await service.drain();
    service.advance(31 * 86_400);
    await reconcile(service.deps);
    await runTasks();
    expect([
      await service.deps.jobs.read(old),
      await rowsOf(old),
      (await readJob(service.deps, young))?.job.id,
    ]).toEqual([undefined, [], young]);
    expect(await service.deps.guests.current(guest(0).id)).toBeUndefined();
  },
);

test('jobs that never ended keep no older one from being deleted', async () => {
  const old = await service.job([{ user: guest(0).id }]);
  await service.drain();
  service.advance(3_600);
  for (let index = 0; index < 6; index++)
    await service.job([{ user: guest(1).id }], { sendInvitationMessage: true, notBefore: '2099-01-01T00:00:00Z' });
  service.messages.length = 0;
  service.advance(100 * 86_400);
  await reconcile(service.deps);
  expect((await service.deps.jobs.read(old))?.value.deletion).toMatchObject({ kind: 'removing' });
});
