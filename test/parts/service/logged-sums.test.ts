/** What the log says in numbers, which alerts add up: it agrees with the rows and with the simulated tenant. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { JobId } from '../../../shared/domain/ids.ts';
import type { MetricName } from '../../../shared/domain/metrics.ts';
import { TERMINAL_RESET_STATUSES } from '../../../shared/domain/reset/reset.ts';
import { cancelJob, continueCancel } from '../../../shared/usecases/jobs/cancel-job.ts';
import { reconcile } from '../../../shared/usecases/repair/reconcile.ts';
import { pauseTenant } from '../../../shared/usecases/stops/stop-control.ts';
import { startService, type Service } from '../service-fixture.ts';

let service: Service;
beforeEach(async () => {
  service = await startService({ guests: 60 });
});
afterEach(async () => service?.stop());

const guests = (from: number, to: number): object[] =>
  Array.from({ length: to - from }, (_, index) => ({ user: service.graph.guest('Accepted', from + index).id }));
const invitesAtGraph = async (): Promise<number> =>
  ((await service.graph.sim('GET', '/stats')).body as { requests: { invite: number } }).requests.invite;

/** Each number of the event `resets`, added up over all lines that name the job. */
function summed(id: JobId): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { event, fields } of service.events) {
    if (event !== 'resets' || fields['jobId'] !== id) continue;
    for (const [name, value] of Object.entries(fields))
      if (typeof value === 'number' && name !== 'chunk') sums[name] = (sums[name] ?? 0) + value;
  }
  return sums;
}

const measured = (metric: MetricName): number =>
  service.measured.filter((each) => each.metric === metric).reduce((sum, { value }) => sum + value, 0);

function measuredOutcomes(): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { metric, value, attributes } of service.measured)
    if (metric === 'resets') sums[String(attributes['outcome'])] = (sums[String(attributes['outcome'])] ?? 0) + value;
  return sums;
}

async function endedInRows(id: JobId): Promise<Record<string, number>> {
  const resets = await service.resets(id);
  return Object.fromEntries(
    TERMINAL_RESET_STATUSES.map((status) => [status, resets.filter((reset) => reset.status === status).length]),
  );
}

test('resets that ended add up to the rows, and requests to what the tenant got', async () => {
  await service.fault({ status: 400 });
  await service.fault({ status: 503, effect: 'done' });
  await service.fault({ status: 503 });
  const id = await service.job([...guests(0, 6), { user: '00000000-0000-4000-8000-00000000dead' }]);
  await service.drain();
  const { attempts, inDoubt, ...ended } = summed(id);
  expect(ended).toEqual(await endedInRows(id));
  expect(ended).toMatchObject({ succeeded: 5, failed: 2 });
  expect([attempts, inDoubt]).toEqual([await invitesAtGraph(), 2]);
  expect({ ...measuredOutcomes(), attempts: measured('attempts'), inDoubt: measured('inDoubt') }).toEqual({
    ...Object.fromEntries(Object.entries(ended).filter(([, count]) => count > 0)),
    attempts,
    inDoubt,
  });
});

test('an answer that got lost is told once, however often its chunk is visited', async () => {
  await service.fault({ status: 503, effect: 'none' });
  await service.fault({ status: 429, retryAfter: 1, times: 3 });
  const id = await service.job(guests(0, 3));
  await service.drain();
  expect(summed(id)).toMatchObject({ succeeded: 3, inDoubt: 1 });
});

test('a dry run ends no resets: alerts on failures hear nothing of it', async () => {
  const id = await service.job([...guests(0, 2), { user: '00000000-0000-4000-8000-00000000dead' }], {
    sendInvitationMessage: true,
    dryRun: true,
  });
  await service.drain();
  expect([summed(id), measuredOutcomes()]).toEqual([{}, {}]);
  expect(service.events).toContainEqual({
    event: 'rehearsed',
    fields: expect.objectContaining({ jobId: id, succeeded: 2, failed: 1 }),
  });
});

test('resets that a cancel ends count as well, and once', async () => {
  const id = await service.job(guests(0, 45));
  await service.step();
  await cancelJob(service.deps, id, { id: 'somebody' });
  for (let task = service.tasks.shift(); task !== undefined; task = service.tasks.shift())
    await Promise.all([continueCancel(service.deps, id), continueCancel(service.deps, id)]);
  await service.drain();
  const { attempts, inDoubt, ...ended } = summed(id);
  expect(ended).toEqual(await endedInRows(id));
  expect([ended['succeeded'], ended['canceled'], attempts, inDoubt]).toEqual([20, 25, 20, 0]);
});

test('each run of the timer says how many jobs have not ended, and how many of these are stopped', async () => {
  const id = await service.job(guests(0, 1));
  await service.job(guests(1, 2));
  await reconcile(service.deps);
  await cancelJob(service.deps, id, { id: 'somebody' });
  await continueCancel(service.deps, id);
  await pauseTenant(service.deps, 'Paused.');
  await reconcile(service.deps);
  const heartbeats = service.events.filter(({ event }) => event === 'heartbeat').map(({ fields }) => fields);
  expect(heartbeats).toEqual([
    { openJobs: 2, stoppedJobs: 0, failures: 0 },
    { openJobs: 1, stoppedJobs: 1, failures: 0 },
  ]);
});

test('a run of the timer that could not repair everything has a heartbeat all the same, and says so', async () => {
  await service.job(guests(0, 1));
  const broken = {
    ...service.deps,
    queue: { ...service.deps.queue, hasBacklog: () => Promise.reject(new Error('no')) },
  };
  await expect(reconcile(broken)).rejects.toThrow('repairs failed');
  expect(service.events).toContainEqual({
    event: 'heartbeat',
    fields: { openJobs: 1, stoppedJobs: 0, failures: 1 },
  });
});
