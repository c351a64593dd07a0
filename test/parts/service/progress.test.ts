/** Closing a job, or ending its canary, while others write its row: on real tables. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Deps } from '../../../shared/usecases/deps.ts';
import { readJob } from '../../../shared/usecases/jobs/read-jobs.ts';
import { pauseJob } from '../../../shared/usecases/stops/stop-control.ts';
import { startService, type Service } from '../service-fixture.ts';

let service: Service;
beforeEach(async () => {
  service = await startService();
});
afterEach(async () => {
  await service?.stop();
});

type Id = Awaited<ReturnType<Service['job']>>;
const guests = (to: number): { user: string }[] =>
  Array.from({ length: to }, (_, index) => ({ user: service.graph.guest('Accepted', index).id }));
const row = async (id: Id) => (await service.deps.jobs.read(id))?.value;
/** Writes the row and changes nothing, as a snapshot of somebody who reads does for a job's status. */
async function touch(id: Id): Promise<void> {
  const read = await service.deps.jobs.read(id);
  if (read !== undefined) await service.deps.jobs.replace({ ...read.value }, read.version);
}
/** Somebody else writes the job's row right before each of its first writes. */
function racing(other: () => Promise<unknown>, times: number): Deps {
  const { jobs } = service.deps;
  let left = times;
  return {
    ...service.deps,
    jobs: {
      ...jobs,
      replace: async (...args) => {
        if (left-- > 0) await other();
        return jobs.replace(...args);
      },
    },
  };
}

describe('the last worker', () => {
  test('closes the job although it is paused in that moment', async () => {
    const id = await service.job(guests(3), { sendInvitationMessage: true, verify: false });
    await service.step(racing(() => pauseJob(service.deps, id, 'by hand'), 1));
    expect((await row(id))?.status).toBe('completed');
  });
  test('closes the job although others write its row several times in a row', async () => {
    const id = await service.job(guests(3), { sendInvitationMessage: true, verify: false });
    await service.step(racing(() => touch(id), 4));
    expect((await row(id))?.status).toBe('completed');
  });
  test('ends the canary although somebody writes the row in that moment', async () => {
    const id = await service.job(guests(6), { sendInvitationMessage: true, verify: false, pauseAfter: 3 });
    await service.step(racing(() => touch(id), 1));
    expect((await row(id))?.stop?.code).toBe('pauseAfter');
  });
  test('fails where the row never holds still, so that its message comes again', async () => {
    const id = await service.job(guests(3), { sendInvitationMessage: true, verify: false });
    await expect(service.step(racing(() => touch(id), Infinity))).rejects.toThrow(
      `job ${id} was changed by others 20 times in a row`,
    );
    expect((await readJob(service.deps, id))?.job.status).toBe('completed');
  });
});
