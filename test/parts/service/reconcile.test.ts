/**
 * The timer's repairs: what a crash left behind is finished, woken or deleted, and one fault keeps nothing else from
 * it.
 */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { jobStore } from '../../../shared/adapters/tables/job-store.ts';
import { recentJobs } from '../../../shared/adapters/tables/recent-jobs.ts';
import type { Chunk } from '../../../shared/domain/chunk/chunk.ts';
import { newJobId, type JobId } from '../../../shared/domain/ids.ts';
import { beginTrial, stop } from '../../../shared/domain/stops/stop.ts';
import { changeGate } from '../../../shared/usecases/change-job.ts';
import { reconcile } from '../../../shared/usecases/repair/reconcile.ts';
import { listJobs, readJob } from '../../../shared/usecases/jobs/read-jobs.ts';
import { pauseTenant } from '../../../shared/usecases/stops/stop-control.ts';
import { chunk, job, pending, sending } from '../../unit/domain/records.ts';
import { startService, type Service } from '../service-fixture.ts';

let service: Service;
beforeEach(async () => {
  service = await startService({ guests: 200 });
});
afterEach(async () => {
  await service?.stop();
});

const counts = async (id: Awaited<ReturnType<Service['job']>>) => (await readJob(service.deps, id))?.counts;

/** A try that has written its chunks and not committed, a while ago. */
async function abandonedTry() {
  const id = await service.job([{ user: service.graph.guest('Accepted').id }]);
  const read = await service.deps.jobs.read(id);
  if (read === undefined) throw new Error('the job is not there');
  const { caller, key } = read.value.idempotency;
  const entry = await service.deps.idempotency.read(caller, key);
  await service.deps.idempotency.replace(
    caller,
    key,
    { state: 'receiving', jobId: id, deadline: service.now() },
    entry?.version ?? '',
  );
  await service.deps.jobs.replace({ ...read.value, status: 'receiving' }, read.version);
  service.advance(16 * 60);
  return { id, caller, key };
}

describe('reconcile', () => {
  test('finishes a commit whose submitter died, and has the job done', async () => {
    const guest = service.graph.guest('Accepted');
    const id = await service.job([{ user: guest.id }]);
    service.messages.length = 0;
    const read = await service.deps.jobs.read(id);
    if (read === undefined) throw new Error('the job is not there');
    await service.deps.jobs.replace({ ...read.value, status: 'receiving', cursor: 0 }, read.version);
    await reconcile(service.deps);
    await reconcile(service.deps);
    await service.drain();
    expect(await counts(id)).toMatchObject({ succeeded: 1 });
    expect(await service.mailsTo(guest.id)).toBe(1);
  });
  test('wakes a chunk whose wake got lost, after a quarter of an hour and not before', async () => {
    const id = await service.job([{ user: service.graph.guest('Accepted').id }]);
    service.messages.length = 0;
    service.advance(14 * 60);
    await reconcile(service.deps);
    expect(service.messages).toEqual([]);
    service.advance(2 * 60);
    await reconcile(service.deps);
    expect(service.messages.map(({ wake }) => wake.wake)).toEqual([2]);
    await service.drain();
    expect(await counts(id)).toMatchObject({ succeeded: 1 });
  });
  test('deletes a try that never committed, with its chunks', async () => {
    const { id, caller, key } = await abandonedTry();
    await reconcile(service.deps);
    expect([
      await service.deps.jobs.read(id),
      await service.deps.chunks.read(id, 0),
      await service.deps.idempotency.read(caller, key),
    ]).toEqual([undefined, undefined, undefined]);
  });
  test('leaves a try alone that commits at the very moment of its removal', async () => {
    const { id, caller, key } = await abandonedTry();
    const { idempotency } = service.deps;
    const remove: typeof idempotency.remove = async (...which) => {
      const entry = await idempotency.read(caller, key);
      if (entry !== undefined)
        await idempotency.replace(caller, key, { ...entry.value, state: 'committed' }, entry.version);
      return idempotency.remove(...which);
    };
    await reconcile({ ...service.deps, idempotency: { ...idempotency, remove } });
    await reconcile(service.deps);
    await service.drain();
    expect(await counts(id)).toMatchObject({ succeeded: 1 });
  });
  test("repairs the jobs even where the tenant's lost trial cannot be begun again, and tells of it", async () => {
    const refusal = { code: 'tenantBlocked' as const, message: 'Blocked.', since: service.now() };
    const trial = { jobId: newJobId(0, new Uint8Array(16)), chunk: 0, until: service.now() - 1 };
    await changeGate(service.deps, (gate) => beginTrial(stop(gate, refusal, refusal.since), refusal, trial));
    const { id } = await abandonedTry();
    const control = { ...service.deps.control, changeGate: () => Promise.reject(new Error('no gate')) };
    await expect(reconcile({ ...service.deps, control })).rejects.toThrow('1 repairs failed');
    expect(await service.deps.jobs.read(id)).toBeUndefined();
  });
});

describe('a success whose look got lost', () => {
  const verifying = async (): Promise<JobId[]> => {
    const found: JobId[] = [];
    for await (const { value } of service.deps.jobs.verifying()) found.push(value.id);
    return found;
  };
  async function lostLook(): Promise<JobId> {
    const id = await service.job([{ user: service.graph.guest('Accepted').id }]);
    await service.step();
    service.messages.length = 0;
    return id;
  }
  test('is looked at all the same, a quarter of an hour after that was due and not before, and then no more', async () => {
    const id = await lostLook();
    service.advance(15 * 60);
    await reconcile(service.deps);
    expect([service.messages, await verifying()]).toEqual([[], [id]]);
    service.advance(90);
    await reconcile(service.deps);
    expect(service.messages).toHaveLength(1);
    await service.drain();
    expect((await service.resets(id))[0]).toMatchObject({ status: 'succeeded', verification: 'verified' });
    await reconcile(service.deps);
    expect([service.messages, await verifying()]).toEqual([[], []]);
  });
  test('is looked at while the tenant is stopped', async () => {
    const id = await lostLook();
    await pauseTenant(service.deps, 'by hand');
    service.advance(20 * 60);
    await reconcile(service.deps);
    await service.drain();
    expect((await service.resets(id))[0]).toMatchObject({ verification: 'verified' });
  });
  test('is not looked at where the lane still has messages that nobody has taken', async () => {
    await lostLook();
    service.advance(20 * 60);
    await reconcile({ ...service.deps, queue: { ...service.deps.queue, hasBacklog: async () => true } });
    expect(service.messages).toEqual([]);
  });
  test('is nothing that a job waits for whose resets did not succeed, or are not to be looked at', async () => {
    await service.job([{ user: service.graph.special('internalMember').id }]);
    await service.job([{ user: service.graph.guest('Accepted', 1).id }], {
      sendInvitationMessage: true,
      verify: false,
    });
    await service.job([{ user: service.graph.guest('Accepted', 2).id }], { sendInvitationMessage: true, dryRun: true });
    await service.drain();
    expect(await verifying()).toEqual([]);
  });
});

test('a chunk whose first wake is still to come is not taken for forgotten, however old its job is', async () => {
  const guests = Array.from({ length: 60 }, (_, index) => ({ user: service.graph.guest('Accepted', index).id }));
  const startsAt = new Date(service.now() + 20 * 60_000).toISOString();
  await service.job(guests, { sendInvitationMessage: true, verify: false, notBefore: startsAt });
  service.advance(20 * 60 + 1);
  await reconcile(service.deps);
  const planned = service.messages.map(({ wake, at }) => [wake.chunk, wake.wake, at]);
  expect(planned).toHaveLength(3);
  await reconcile(service.deps);
  expect(service.messages.map(({ wake, at }) => [wake.chunk, wake.wake, at])).toEqual(planned);
  // Lost indeed, a quarter of an hour after their slots.
  service.messages.length = 0;
  service.advance(16 * 60);
  await reconcile(service.deps);
  expect(service.messages.map(({ wake }) => [wake.chunk, wake.wake])).toEqual([
    [0, 2],
    [1, 2],
    [2, 2],
  ]);
  await service.drain();
});

describe('a chunk whose wake got lost is found behind more than a run can wake', () => {
  const MORE = 105;
  /** A job whose chunks were all due twenty minutes ago; the last one is another. */
  async function jobOf(each: Partial<Chunk>, last: Partial<Chunk>): Promise<JobId> {
    const id = newJobId(service.now(), new Uint8Array(16));
    const of = (index: number, more: Partial<Chunk>): Chunk => ({
      ...chunk([pending(index + 1)]),
      jobId: id,
      index,
      dueAt: service.now() - 20 * 60_000,
      ...more,
    });
    await service.deps.jobs.insert(
      job({
        id,
        lane: 'bulk',
        status: 'inProgress',
        total: MORE + 1,
        chunkCount: MORE + 1,
        cursor: MORE + 1,
        createdAt: service.now(),
      }),
    );
    const inserts = service.deps.chunks.inserts(async () => undefined);
    for (let index = 0; index < MORE; index++) await inserts.add(of(index, each));
    await inserts.add(of(MORE, last));
    await inserts.flush();
    return id;
  }
  const woken = (): number[] => service.messages.map(({ wake }) => wake.chunk);

  test('chunks that are parked while there is a stop', async () => {
    await pauseTenant(service.deps, 'by hand');
    await jobOf({}, { resets: [sending({}, MORE + 1)] });
    await reconcile(service.deps);
    expect(woken()).toEqual([MORE]);
  });
  test('chunks that were being sent until a moment ago', async () => {
    await jobOf({ attemptId: 'cut off', quietUntil: service.now() - 60_000 }, {});
    await reconcile(service.deps);
    expect(woken()).toEqual([MORE]);
  });
  test('and no more than a hundred are woken in one run', async () => {
    await jobOf({}, {});
    await reconcile(service.deps);
    expect(woken()).toHaveLength(100);
  });
});

describe('a row of an open job that cannot be read', () => {
  test.each([
    ['is no JSON', { job0: '{"id":"x","submitter":{"name":"Anna"' }],
    ['is empty', {}],
    ['is another thing', { job0: 'null' }],
  ])(
    'because it %s is passed over and logged once in each read: the other jobs are repaired, dispatched and listed',
    async (_why, properties) => {
      const lost = await service.job([{ user: service.graph.guest('Accepted').id }]);
      service.messages.length = 0;
      service.advance(16 * 60);
      const broken = newJobId(service.now(), new Uint8Array(16));
      await service.tables.jobs.createEntity({ partitionKey: 'jobs', rowKey: broken, open: true, ...properties });
      const logged: unknown[] = [];
      const jobs = jobStore(service.tables.jobs, recentJobs(service.deps.clock), {
        error: (...line) => logged.push(line),
      });
      await reconcile({ ...service.deps, jobs });
      // Its own read, and that of dispatch.
      expect(logged).toEqual([
        ['jobUnreadable', { jobId: broken }],
        ['jobUnreadable', { jobId: broken }],
      ]);
      await service.drain();
      expect(await counts(lost)).toMatchObject({ succeeded: 1 });
      const second = await service.job([{ user: service.graph.guest('Accepted', 1).id }]);
      await service.drain();
      expect(await counts(second)).toMatchObject({ succeeded: 1 });
      expect((await listJobs(service.deps, undefined, 10)).jobs.map((listed) => listed.job.id)).toEqual([second, lost]);
      const old: string[] = [];
      for await (const { id } of jobs.createdBefore(service.now() + 1_000)) old.push(id);
      expect(old).toEqual([second, lost]);
      await expect(readJob(service.deps, broken)).rejects.toThrow('the property "job" in a row of the table "jobs"');
    },
  );
});
