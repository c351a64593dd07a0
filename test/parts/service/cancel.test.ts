/** Canceling a job on real tables and the simulated tenant: what was not sent is not, and the rest is told as it is. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cancelJob, continueCancel } from '../../../shared/usecases/jobs/cancel-job.ts';
import { dispatch } from '../../../shared/usecases/dispatch.ts';
import { readJob } from '../../../shared/usecases/jobs/read-jobs.ts';
import { reconcile } from '../../../shared/usecases/repair/reconcile.ts';
import { pauseTenant, resumeTenant } from '../../../shared/usecases/stops/stop-control.ts';
import { startService, type Service } from '../service-fixture.ts';

let service: Service;
beforeEach(async () => {
  service = await startService({ guests: 160 });
});
afterEach(async () => {
  await service?.stop();
});

const guests = (from: number, to: number): { user: string }[] =>
  Array.from({ length: to - from }, (_, index) => ({ user: service.graph.guest('Accepted', from + index).id }));
const mails = async (): Promise<number> => ((await service.graph.sim('GET', '/mails')).body as unknown[]).length;
const read = async (id: Awaited<ReturnType<Service['job']>>) => readJob(service.deps, id);

async function runTasks(): Promise<void> {
  for (let task = service.tasks.shift(); task !== undefined; task = service.tasks.shift())
    if (task.kind === 'cancel') await continueCancel(service.deps, task.jobId);
}

describe('a canceled job', () => {
  test('sends nothing more, ends at once, and says what was done before', async () => {
    const id = await service.job(guests(0, 60));
    await service.step();
    await cancelJob(service.deps, id, { id: 'somebody' });
    expect((await read(id))?.job.status).toBe('canceling');
    await runTasks();
    await service.drain();
    await dispatch(service.deps);
    await service.drain();
    expect(await read(id)).toMatchObject({
      job: { status: 'completedWithErrors', cancel: { by: 'somebody' } },
      counts: { succeeded: 20, canceled: 40, pending: 0 },
    });
    expect(await mails()).toBe(20);
    expect((await service.resets(id)).at(-1)).toMatchObject({
      status: 'canceled',
      verdict: { code: 'canceled' },
    });
  });
  test('still looks what became of a request in doubt, and does not repeat it', async () => {
    await service.graph.sim('POST', '/faults', { kind: 'invite', status: 503, effect: 'done' });
    await service.graph.sim('POST', '/faults', { kind: 'invite', status: 503 });
    const id = await service.job(guests(0, 4));
    await service.step();
    await cancelJob(service.deps, id, { id: 'somebody' });
    await runTasks();
    expect((await read(id))?.job.endedAt).toBeUndefined();
    await service.drain();
    expect(await read(id)).toMatchObject({
      job: { status: 'completedWithErrors' },
      counts: { succeeded: 3, canceled: 1 },
    });
    expect(await mails()).toBe(3);
  });
  test('that is being sent is left to its owner, who cancels the rest', async () => {
    const id = await service.job(guests(0, 3));
    await service.graph.sim('POST', '/faults', { kind: 'invite', status: 429, retryAfter: 30 });
    const { invitations } = service.deps;
    await service.step({
      ...service.deps,
      invitations: {
        ...invitations,
        send: async (plans) => {
          await cancelJob(service.deps, id, { id: 'somebody' });
          await runTasks();
          return invitations.send(plans);
        },
      },
    });
    await service.drain();
    expect(await read(id)).toMatchObject({
      job: { status: 'completedWithErrors' },
      counts: { succeeded: 2, canceled: 1 },
    });
    expect(await mails()).toBe(2);
  });
  test('ends although the tenant is stopped, and does not stand in the way of a trial', async () => {
    await pauseTenant(service.deps, 'by hand');
    const id = await service.job(guests(0, 30));
    const other = await service.job(guests(30, 32));
    await service.drain();
    await cancelJob(service.deps, id, { id: 'somebody' });
    await runTasks();
    expect((await read(id))?.job.status).toBe('canceled');
    await resumeTenant(service.deps);
    await service.drain();
    expect([(await read(other))?.counts, await mails()]).toMatchObject([{ succeeded: 2 }, 2]);
  });
  test('that lost its message goes on by itself', async () => {
    const id = await service.job(guests(0, 5));
    service.messages.length = 0;
    await cancelJob(service.deps, id, { id: 'somebody' });
    service.tasks.length = 0;
    service.advance(16 * 60);
    await reconcile(service.deps);
    await runTasks();
    expect((await read(id))?.counts).toMatchObject({ canceled: 5 });
  });
  test('stays as it is when it had ended', async () => {
    const id = await service.job(guests(0, 1));
    await service.drain();
    expect((await cancelJob(service.deps, id, { id: 'somebody' }))?.cancel).toBeUndefined();
    expect(service.tasks).toEqual([]);
  });
});
