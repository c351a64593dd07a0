/** A job whose deletion begins while somebody reads it, checks it, or retries it: it is whole, or it is not there. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { answerResets } from '../../../shared/entry/http/answers/resets-answer.ts';
import type { JobId } from '../../../shared/domain/ids.ts';
import type { Job } from '../../../shared/domain/job/job.ts';
import { continueCancel, cancelJob } from '../../../shared/usecases/jobs/cancel-job.ts';
import { continueCheck, startCheck } from '../../../shared/usecases/jobs/check-redemption.ts';
import { continueDelete, deleteJob } from '../../../shared/usecases/jobs/delete-job.ts';
import type { Deps } from '../../../shared/usecases/deps.ts';
import { allResets, inlineResets, pageResets } from '../../../shared/usecases/jobs/read-jobs.ts';
import { repeatLostSteps } from '../../../shared/usecases/repair/repeat-lost-steps.ts';
import { retryJob } from '../../../shared/usecases/submit/retry-job.ts';
import { callOf } from '../call-of.ts';
import { startService, type Service } from '../service-fixture.ts';

let service: Service;
beforeEach(async () => {
  service = await startService();
});
afterEach(async () => {
  await service?.stop();
});

const nobody = (index: number) => ({ user: `00000000-0000-0000-0000-${String(index).padStart(12, '0')}` });

/** A job of many chunks that was canceled before it began. */
async function endedJob(resets = 500): Promise<Job> {
  const id = await service.job(
    Array.from({ length: resets }, (_, index) => nobody(index)),
    {
      sendInvitationMessage: true,
      notBefore: '2999-01-01T00:00:00Z',
    },
  );
  await cancelJob(service.deps, id, { id: 'me' });
  for (let steps = 0; steps < 5; steps++) await continueCancel(service.deps, id);
  return stored(id);
}
async function stored(id: JobId): Promise<Job> {
  const read = await service.deps.jobs.read(id);
  if (read === undefined) throw new Error('the job is gone');
  return read.value;
}
async function beginToDelete(id: JobId): Promise<void> {
  await deleteJob(service.deps, id);
  await continueDelete(service.deps, id);
}
/** The deletion begins when the first chunks have been read. */
function deletedWhileRead(id: JobId): Deps {
  const from: Deps['chunks']['from'] = async function* (jobId, start) {
    let read = 0;
    for await (const chunk of service.deps.chunks.from(jobId, start)) {
      if (read++ === 1) await beginToDelete(id);
      yield chunk;
    }
  };
  return { ...service.deps, chunks: { ...service.deps.chunks, from } };
}
const retry = (deps: Deps, job: Job) => retryJob(deps, job, {}, { submitter: { id: 'me' } });

describe('a retry', () => {
  test('of a job whose first chunks are deleted already is refused, and leaves nothing', async () => {
    const job = await endedJob();
    await beginToDelete(job.id);
    expect(await retry(service.deps, job)).toMatchObject({ kind: 'refused', problem: { code: 'jobNotFound' } });
    expect((await service.deps.jobs.page(undefined, 10)).map(({ id }) => id)).toEqual([job.id]);
  });
  test('that reads while the deletion begins is refused', async () => {
    const job = await endedJob();
    expect(await retry(deletedWhileRead(job.id), job)).toMatchObject({
      kind: 'refused',
      problem: { code: 'jobNotFound' },
    });
  });
  test('of a job that stays takes all of it', async () => {
    expect(await retry(service.deps, await endedJob())).toMatchObject({ kind: 'accepted', job: { total: 500 } });
  });
});

describe('what is read of a job', () => {
  const call = (deps: Deps, format: string) =>
    callOf('listResets', { caller: { id: 'me', roles: new Set(['Read']) }, deps, query: `format=${format}` });
  test.each(['csv', 'ndjson'])(
    'as %s breaks off when the deletion begins, and does not end as if whole',
    async (format) => {
      const job = await endedJob();
      const { body } = await answerResets(call(deletedWhileRead(job.id), format), job);
      await expect(new Response(body as ReadableStream<Uint8Array>).text()).rejects.toThrow('is being deleted');
    },
  );
  test('as a page, or within its job, is refused', async () => {
    const job = await endedJob(20);
    await beginToDelete(job.id);
    await expect(pageResets(service.deps, job.id, {}, 5)).rejects.toThrow('is being deleted');
    await expect(inlineResets(service.deps, job)).rejects.toThrow('is being deleted');
  });
  test('is looked at a part at a time, although nothing in it is taken', async () => {
    const { id } = await endedJob();
    const page = async (chunk: number) =>
      pageResets(service.deps, id, { statuses: ['sending'], from: { chunk, row: 0 } }, 5, 10);
    expect(await page(0)).toEqual({ resets: [], next: { chunk: 10, row: 0 } });
    expect(await page(10)).toEqual({ resets: [], next: { chunk: 20, row: 0 } });
    expect(await page(20)).toEqual({ resets: [] });
  });
  test('is whole where the job stays', async () => {
    const { id } = await endedJob();
    expect(await Array.fromAsync(allResets(service.deps, id, {}))).toHaveLength(500);
  });
});

describe('a check', () => {
  async function checked(): Promise<JobId> {
    const id = await service.job([{ user: service.graph.guest('Accepted').id }]);
    await service.drain();
    await startCheck(service.deps, id);
    return id;
  }
  test('of a job that is being deleted comes to its end without a word', async () => {
    const id = await checked();
    await deleteJob(service.deps, id);
    await service.deps.chunks.remove(id, 0);
    await expect(continueCheck(service.deps, id)).resolves.toBeUndefined();
    service.tasks.length = 0;
    service.advance(3_600);
    await repeatLostSteps(service.deps, await stored(id));
    expect(service.tasks.map(({ kind }) => kind)).toEqual(['delete']);
  });
  test.each(['read', 'lookedUp'] as const)('whose chunk is deleted when it has %s it ends as quietly', async (when) => {
    const id = await checked();
    const remove = async (): Promise<void> => {
      await deleteJob(service.deps, id);
      await service.deps.chunks.remove(id, 0);
    };
    const jobs: Deps['jobs'] = {
      ...service.deps.jobs,
      read: async (asked) => {
        const found = await service.deps.jobs.read(asked);
        if (when === 'read' && found?.value.deletion === undefined) await remove();
        return found;
      },
    };
    const directory: Deps['directory'] = {
      ...service.deps.directory,
      lookUp: async (lookUps) => {
        if (when === 'lookedUp') await remove();
        return service.deps.directory.lookUp(lookUps);
      },
    };
    await expect(continueCheck({ ...service.deps, jobs, directory }, id)).resolves.toBeUndefined();
  });
  test('does not begin once the job is being deleted', async () => {
    const id = await service.job([{ user: service.graph.guest('Accepted').id }]);
    await service.drain();
    await deleteJob(service.deps, id);
    await startCheck(service.deps, id);
    expect((await stored(id)).check).toBeUndefined();
  });
});

test('a look at a success whose chunk is deleted meanwhile completes its message', async () => {
  const id = await service.job([{ user: service.graph.guest('Accepted').id }]);
  await service.step();
  const lookUp: Deps['directory']['lookUp'] = async (lookUps) => {
    await service.deps.chunks.remove(id, 0);
    return service.deps.directory.lookUp(lookUps);
  };
  expect(await service.step({ ...service.deps, directory: { ...service.deps.directory, lookUp } })).toBe('chunkGone');
});
