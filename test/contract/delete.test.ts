/** Deleting jobs on real tables: by wish and by age. What stays is that a guest was reset a short while ago. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { JobId } from '../../shared/domain/ids.ts';
import { continueDelete, deleteJob } from '../../shared/usecases/delete-job.ts';
import { guestHistory } from '../../shared/usecases/guest-history.ts';
import { listJobs, readJob } from '../../shared/usecases/read-jobs.ts';
import { reconcile } from '../../shared/usecases/reconcile.ts';
import { startService, type Service } from './service-fixture.ts';

let service: Service;
beforeEach(async () => {
  service = await startService({ guests: 700 });
});
afterEach(async () => {
  await service?.stop();
});

const guest = (index: number) => service.graph.guest('Accepted', index);
const mailsTo = async (index: number): Promise<number> => service.mailsTo(guest(index).id);

async function runErrands(): Promise<number> {
  let runs = 0;
  for (let errand = service.errands.shift(); errand !== undefined; errand = service.errands.shift(), runs++)
    if (errand.kind === 'delete') await continueDelete(service.deps, errand.jobId);
  return runs;
}

/** Every row that names the job, in whichever table. */
async function rowsOf(id: JobId): Promise<string[]> {
  const rows: string[] = [];
  for (const [name, table] of Object.entries(service.tables)) {
    for await (const entity of table.listEntities())
      if (JSON.stringify(entity).includes(id)) rows.push(`${name} ${String(entity.rowKey)}`);
  }
  return rows;
}

describe('a deleted job', () => {
  test('is gone at once for everybody, and soon with every row of its own', async () => {
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
    expect(await runErrands()).toBe(2);
    expect((await rowsOf(id)).filter((row) => row !== 'guests current')).toEqual([]);
    expect((await guestHistory(service.deps, guest(0).id, undefined, 10)).resets).toEqual([]);
    expect((await readJob(service.deps, other))?.counts).toMatchObject({ succeeded: 1 });
  });
  test('still keeps another job from resetting its guests too soon', async () => {
    const id = await service.job([{ user: guest(0).id }]);
    await service.drain();
    await deleteJob(service.deps, id);
    await runErrands();
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
  test('frees its key, and until then says that it is gone', async () => {
    const body = [{ user: guest(0).id }];
    const first = await service.submit(body, { sendInvitationMessage: true }, 'key');
    if (first.kind !== 'accepted') throw new Error('refused');
    await service.drain();
    await deleteJob(service.deps, first.job.id);
    expect(await service.submit(body, { sendInvitationMessage: true }, 'key')).toMatchObject({
      kind: 'refused',
      problem: { code: 'jobDeleted' },
    });
    await runErrands();
    expect(await service.submit(body, { sendInvitationMessage: true }, 'key')).toMatchObject({ kind: 'accepted' });
  });
  test('whose message was lost is deleted all the same', async () => {
    const id = await service.job([{ user: guest(0).id }]);
    await service.drain();
    await deleteJob(service.deps, id);
    service.errands.length = 0;
    service.advance(16 * 60);
    await reconcile(service.deps);
    await runErrands();
    expect(await service.deps.jobs.read(id)).toBeUndefined();
  });
});

test('jobs are deleted by themselves when they ended longer ago than they are kept, with all that is known of their guests', async () => {
  const old = await service.job([{ user: guest(0).id }]);
  await service.drain();
  service.advance(60 * 86_400);
  const young = await service.job([{ user: guest(1).id }]);
  await service.drain();
  service.advance(31 * 86_400);
  await reconcile(service.deps);
  await runErrands();
  expect([await service.deps.jobs.read(old), await rowsOf(old), (await readJob(service.deps, young))?.job.id]).toEqual([
    undefined,
    [],
    young,
  ]);
  expect(await service.deps.guests.current(guest(0).id)).toBeUndefined();
});

test('jobs that never ended keep no older one from being deleted', async () => {
  const old = await service.job([{ user: guest(0).id }]);
  await service.drain();
  service.advance(3_600);
  for (let index = 0; index < 6; index++)
    await service.job([{ user: guest(1).id }], { sendInvitationMessage: true, notBefore: '2099-01-01T00:00:00Z' });
  service.messages.length = 0;
  service.advance(100 * 86_400);
  await reconcile(service.deps);
  expect((await service.deps.jobs.read(old))?.value.deleting).toBeDefined();
});
