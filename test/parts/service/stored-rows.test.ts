/**
 * Rows and messages of the first version, as files, and what a build makes of them: it goes on. From here on an older
 * build runs beside a newer one during an update, so neither may lose what it does not know.
 * `RECORD_ROWS=1` records them anew; that is for a new version, in a folder of its own.
 */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { JobId } from '../../../shared/domain/ids.ts';
import { parseWake } from '../../../shared/domain/chunk/wake.ts';
import { parseTask } from '../../../shared/domain/job/task.ts';
import { handleTask } from '../../../shared/entry/queue/on-task.ts';
import type { Deps } from '../../../shared/usecases/deps.ts';
import { dispatch } from '../../../shared/usecases/dispatch.ts';
import { openErasure } from '../../../shared/usecases/erasure/begin-erasure.ts';
import { cancelJob } from '../../../shared/usecases/jobs/cancel-job.ts';
import { deleteJob } from '../../../shared/usecases/jobs/delete-job.ts';
import { readJob } from '../../../shared/usecases/jobs/read-jobs.ts';
import { reconcile } from '../../../shared/usecases/repair/reconcile.ts';
import { pauseJob, pauseTenant, resumeJob, resumeTenant } from '../../../shared/usecases/stops/stop-control.ts';
import { fromTheFuture, readStored, record, restore, storedNow, type Stored } from '../stored-rows.ts';
import { startService, type Service } from '../service-fixture.ts';

let service: Service;
beforeEach(async () => {
  service = await startService({ guests: 60 });
});
afterEach(async () => {
  await service?.stop();
});

const guest = (index: number) => service.graph.guest('Accepted', index);
const many = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => ({ user: guest(from + index).id }));
const died = async (): Promise<never> => Promise.reject(new Error('died'));
const ADA = { id: 'ada', name: 'ada@contoso.example' };

/** What was stored when it was recorded, by name. */
const RECORDED: Readonly<Record<string, () => Promise<void>>> = {
  async halfDispatched() {
    await service.job(many(0, 25), { sendInvitationMessage: true, maxPerMinute: 5, reason: 'moved' });
  },
  async sending() {
    await service.job(many(0, 2));
    const invitations = { ...service.deps.invitations, send: died };
    await service.step({ ...service.deps, invitations }).catch(() => undefined);
  },
  async paused() {
    const id = await service.job(many(0, 1));
    await pauseJob(service.deps, id, 'Paused.', true, { by: ADA, reason: 'wrong list' });
    await pauseTenant(service.deps, 'Paused.', true, { by: ADA, reason: 'drill' });
  },
  async ended() {
    await service.submit([...many(0, 2), { user: crypto.randomUUID() }], { sendInvitationMessage: true }, 'key');
    await service.step();
  },
  async canceling() {
    const id = await service.job(many(0, 2), { sendInvitationMessage: true, notBefore: '2099-01-01T00:00:00Z' });
    await cancelJob(service.deps, id, ADA);
  },
  async stripping() {
    const id = await service.job(many(0, 1));
    await service.drain();
    await deleteJob(service.deps, id, ADA);
  },
  async decided() {
    const idempotency: Deps['idempotency'] = service.deps.idempotency;
    const jobs: Deps['jobs'] = {
      ...service.deps.jobs,
      replace: (job, version) => (job.status === 'queued' ? died() : service.deps.jobs.replace(job, version)),
    };
    await service.submit(many(0, 1), { sendInvitationMessage: true }, 'key', { ...service.deps, idempotency, jobs });
  },
  async erasing() {
    await service.job(many(0, 2));
    await service.drain();
    await openErasure(service.deps, guest(0).id, [guest(0).mail ?? ''], ADA);
  },
};

describe.runIf(process.env['RECORD_ROWS'] === '1')('recording', () => {
  test.each(Object.entries(RECORDED))('%s', async (name, make) => {
    await make();
    await record(name, service);
    expect(readStored(name).rows).not.toEqual({});
  });
});

async function runTasks(): Promise<void> {
  for (let task = service.tasks.shift(); task !== undefined; task = service.tasks.shift())
    await handleTask({ version: 1, [task.kind]: 'jobId' in task ? task.jobId : true }, service.deps);
}
/** Until nothing is left to do: messages, tasks, and the timer, for an hour. */
async function goOn(): Promise<void> {
  for (let runs = 0; runs < 12; runs++) {
    await service.drain();
    await runTasks();
    await dispatch(service.deps);
    service.advance(300);
    await reconcile(service.deps);
  }
}
const jobIds = async (): Promise<JobId[]> => (await service.deps.jobs.page(undefined, 10)).map(({ id }) => id);
const theJob = async (): Promise<JobId> => {
  const [id] = await jobIds();
  if (id === undefined) throw new Error('no job');
  return id;
};
const countsOf = async (id: JobId) => (await readJob(service.deps, id))?.counts;
const mails = async (count: number): Promise<number[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => service.mailsTo(guest(index).id)));

/** How each goes on, and what must come of it. */
const ENDS: Readonly<Record<string, () => Promise<void>>> = {
  async halfDispatched() {
    const id = await theJob();
    const { cursor = 0, chunkCount = 0 } = (await service.deps.jobs.read(id))?.value ?? {};
    expect([cursor, chunkCount]).toEqual([1, 2]);
    await goOn();
    expect([await countsOf(id), await mails(25)]).toMatchObject([{ succeeded: 25 }, Array(25).fill(1)]);
  },
  async sending() {
    const id = await theJob();
    expect(await countsOf(id)).toMatchObject({ sending: 2 });
    await goOn();
    expect([await countsOf(id), await mails(2)]).toMatchObject([{ succeeded: 2 }, [1, 1]]);
  },
  async paused() {
    const id = await theJob();
    await goOn();
    expect(await countsOf(id)).toMatchObject({ pending: 1 });
    await resumeTenant(service.deps, ADA);
    await resumeJob(service.deps, id, () => true, ADA);
    await goOn();
    expect([await countsOf(id), await mails(1)]).toMatchObject([{ succeeded: 1 }, [1]]);
    const told = (await service.deps.audit.page(undefined, undefined, 50)).map(({ entry: { action } }) => action);
    expect(told.toSorted()).toEqual(['paused', 'paused', 'resumed', 'resumed', 'submitted']);
  },
  async ended() {
    const id = await theJob();
    await goOn();
    expect(await countsOf(id)).toMatchObject({ succeeded: 2, failed: 1 });
    expect((await service.resets(id))[0]).toMatchObject({ status: 'succeeded' });
    expect((await service.deps.guests.history(guest(0).id, undefined, 5)).map(({ jobId }) => jobId)).toEqual([id]);
    const again = await service.submit([{ user: guest(0).id }], { sendInvitationMessage: true }, 'key');
    expect(again).toMatchObject({ kind: 'refused', problem: { code: 'idempotencyKeyReused' } });
  },
  async canceling() {
    const id = await theJob();
    await goOn();
    expect([await countsOf(id), await mails(2)]).toMatchObject([{ canceled: 2 }, [0, 0]]);
  },
  async stripping() {
    const id = await theJob();
    await goOn();
    expect((await service.deps.jobs.read(id))?.value.deletion).toEqual({ kind: 'stripped' });
    expect(await service.resets(id)).toMatchObject([{ status: 'succeeded' }]);
  },
  async decided() {
    const id = await theJob();
    await goOn();
    expect([await countsOf(id), await mails(1)]).toMatchObject([{ succeeded: 1 }, [1]]);
    expect((await service.deps.audit.page(id, undefined, 5)).map(({ entry }) => entry.action)).toEqual(['submitted']);
  },
  async erasing() {
    const id = await theJob();
    await goOn();
    expect(await service.deps.erasures.all()).toEqual([]);
    expect(await service.resets(id)).toMatchObject([{ erased: true }, { guestId: guest(1).id }]);
  },
};

describe('what the first version has stored', () => {
  test.each(Object.keys(RECORDED))('%s: this build goes on with it, and ends it well', async (name) => {
    await restore(service, readStored(name));
    expect(Object.keys(ENDS)).toContain(name);
    await ENDS[name]?.();
  });
  test.each(Object.keys(RECORDED))(
    '%s: with members, columns and words of messages that this build does not know, too',
    async (name) => {
      await restore(service, fromTheFuture(readStored(name)));
      expect(Object.keys(ENDS)).toContain(name);
      await ENDS[name]?.();
    },
  );
});

/** The members of that name that stand in a row, by path. */
function unknownIn({ rows }: Stored, table: string): string[] {
  const paths: string[] = [];
  const look = (value: unknown, path: string): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [name, member] of Object.entries(value))
      if (name === 'future') paths.push(path);
      else look(member, Array.isArray(value) ? `${path}[]` : `${path}.${name}`);
  };
  for (const row of rows[table] ?? [])
    for (const [column, cell] of Object.entries(row))
      if (typeof cell === 'string' && /^(?:job|resets|control)0$/.test(column))
        look(JSON.parse(cell), column.slice(0, -1));
  return [...new Set(paths)];
}

describe('what a newer build has stored beside that', () => {
  test('is kept, wherever it stands, by each change that this build makes', async () => {
    await restore(service, fromTheFuture(readStored('halfDispatched')));
    const id = await theJob();
    await pauseJob(service.deps, id, 'Paused.', true, { by: ADA, reason: 'wrong list' });
    await pauseTenant(service.deps, 'Paused.', true, { by: ADA });
    await resumeTenant(service.deps, ADA);
    await resumeJob(service.deps, id, () => true, ADA);
    await goOn();
    const after = await storedNow(service);
    expect(unknownIn(after, 'jobs')).toEqual(
      expect.arrayContaining(['job', 'job.options', 'job.options.defaults', 'job.submitter', 'job.actions']),
    );
    expect(unknownIn(after, 'chunks')).toEqual(
      expect.arrayContaining(['resets[]', 'resets[].request', 'resets[].request.selector']),
    );
    expect(unknownIn(after, 'control')).toEqual(expect.arrayContaining(['control', 'control.gate', 'control.pace']));
  });
  test('as a column is read over, and lost when the row is written: a column must follow from what is in the JSON', async () => {
    await restore(service, fromTheFuture(readStored('sending')));
    await goOn();
    const { rows } = await storedNow(service);
    expect((rows['jobs'] ?? []).map((row) => row['futureColumn'])).toEqual([undefined]);
  });
});

test('a message of another version, or of a kind that is not known, is refused and not guessed at', () => {
  const jobId = '7ybr1z9vj7e0mzpqmbtznnz118';
  expect(parseWake({ version: 1, jobId, chunk: 0, wake: 1, traceparent: 'x', future: {} })).toBeDefined();
  expect(parseWake({ version: 2, jobId, chunk: 0, wake: 1 })).toBeUndefined();
  expect(parseTask({ version: 1, cancel: jobId, traceparent: 'x' })).toEqual({ kind: 'cancel', jobId });
  expect(parseTask({ version: 1, erase: true, future: 1 })).toEqual({ kind: 'erase' });
  expect([parseTask({ version: 2, dispatch: true }), parseTask({ version: 1, approve: jobId })]).toEqual([
    undefined,
    undefined,
  ]);
});
