/**
 * Compare-and-sets in the rows of jobs and of the tenant whose answer is lost: the SDK repeats them, and meets its own
 * write.
 */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Blow } from '../../chaos/http-proxy.ts';
import { controlStore } from '../../../shared/adapters/tables/control-store.ts';
import { stop } from '../../../shared/domain/stops/stop.ts';
import { changeJob } from '../../../shared/usecases/change-job.ts';
import { cancelJob, continueCancel } from '../../../shared/usecases/jobs/cancel-job.ts';
import { continueCheck, startCheck } from '../../../shared/usecases/jobs/check-redemption.ts';
import type { Deps } from '../../../shared/usecases/deps.ts';
import { stopTenant } from '../../../shared/usecases/wake/react-to-outcomes.ts';
import { readJob } from '../../../shared/usecases/jobs/read-jobs.ts';
import { pauseJob, pauseTenant, resumeJob, resumeTenant } from '../../../shared/usecases/stops/stop-control.ts';
import { startService, type Service } from '../service-fixture.ts';

let service: Service;
/** The call whose next answer gets lost, after its effect. */
let lost: string | undefined;
function strike(call: string): Blow | undefined {
  if (call !== lost) return undefined;
  lost = undefined;
  return { when: 'after', what: 'drop' };
}
beforeEach(async () => {
  service = await startService({ guests: 160 }, { store: 'azurite', strikeTables: strike });
});
afterEach(async () => {
  lost = undefined;
  await service?.stop();
});

/** A stop that only a trial lifts. */
const REFUSED = { code: 'tenantBlocked', message: 'Invitations are blocked for this tenant.' } as const;

type Id = Awaited<ReturnType<Service['job']>>;
const guests = (to: number): { user: string }[] =>
  Array.from({ length: to }, (_, index) => ({ user: service.graph.guest('Accepted', index).id }));
const row = async (id: Id) => (await service.deps.jobs.read(id))?.value;
const mails = async (): Promise<number> => ((await service.graph.sim('GET', '/mails')).body as unknown[]).length;

describe('a lost answer', () => {
  const scopes = [
    {
      what: 'job',
      call: 'PUT jobs',
      table: 'jobs',
      touch: (id: Id) => changeJob(service.deps, id, (job) => ({ ...job })),
      pause: (id: Id) => pauseJob(service.deps, id, 'by hand'),
      refuse: (id: Id) => changeJob(service.deps, id, (job) => stop(job, REFUSED, service.now())),
      resume: (id: Id) => resumeJob(service.deps, id),
    },
    {
      what: 'tenant',
      call: 'PUT control',
      table: 'control',
      touch: () => otherInstance().changePace((pace) => ({ pace: { ...pace }, result: undefined })),
      pause: () => pauseTenant(service.deps, 'by hand'),
      refuse: () => stopTenant(service.deps, REFUSED),
      resume: () => resumeTenant(service.deps),
    },
  ] as const;
  const otherInstance = () => controlStore(service.tables.control, 'tenant', service.deps.clock);
  test.each(scopes)('to the end of a pause of the $what leaves no chunk asleep', async ({ call, pause, resume }) => {
    const id = await service.job(guests(60));
    await pause(id);
    await service.drain();
    lost = call;
    await resume(id);
    expect(lost).toBeUndefined();
    await service.drain();
    expect(await mails()).toBe(60);
  });
  test.each(scopes)(
    'to the end of a pause of the $what leaves no chunk asleep, where somebody else writes the row before the repeat',
    async ({ call, table, pause, resume, touch }) => {
      const id = await service.job(guests(60));
      await pause(id);
      await service.drain();
      let touched = 0;
      service.tables[table].pipeline.addPolicy(
        {
          name: 'touch',
          sendRequest: (sent, next) =>
            next(sent).catch(async (error: unknown) => {
              touched++;
              await touch(id);
              throw error;
            }),
        },
        { afterPhase: 'Retry' },
      );
      lost = call;
      await resume(id);
      expect([lost, touched]).toEqual([undefined, 1]);
      await service.drain();
      expect(await mails()).toBe(60);
    },
  );
  test.each(scopes)('to the end of a trial of the $what leaves no chunk asleep', async ({ call, refuse, resume }) => {
    const id = await service.job(guests(60));
    await refuse(id);
    await service.drain();
    await resume(id);
    const { invitations } = service.deps;
    await service.step({
      ...service.deps,
      invitations: {
        ...invitations,
        send: async (plans) => {
          const sent = await invitations.send(plans);
          lost = call;
          return sent;
        },
      },
    });
    expect(lost).toBeUndefined();
    await service.drain();
    expect(await mails()).toBe(60);
  });
  test('to a cancel does not keep it from its steps over the job', async () => {
    const id = await service.job(guests(60));
    lost = 'PUT jobs';
    await cancelJob(service.deps, id, { id: 'somebody' });
    expect([lost, service.tasks]).toEqual([undefined, [{ kind: 'cancel', jobId: id }]]);
  });
  test('to the begin of a check does not keep it from running', async () => {
    const id = await service.job(guests(3));
    await service.drain();
    lost = 'PUT jobs';
    await startCheck(service.deps, id);
    expect([lost, service.tasks]).toEqual([undefined, [{ kind: 'check', jobId: id }]]);
  });
  test('to a step of a check does not end it there', async () => {
    const id = await service.job(guests(115), { sendInvitationMessage: false });
    await service.drain();
    await startCheck(service.deps, id);
    service.tasks.length = 0;
    lost = 'PUT jobs';
    await continueCheck(service.deps, id);
    expect([lost, service.tasks, (await row(id))?.check?.cursor]).toEqual([
      undefined,
      [{ kind: 'check', jobId: id }],
      5,
    ]);
  });
});

describe('a message of a cancel that cannot be sent', () => {
  const withoutTasks = (): Deps => ({
    ...service.deps,
    queue: {
      ...service.deps.queue,
      sendTask: async () => {
        throw new Error('the queue is away');
      },
    },
  });

  test('is sent when somebody cancels again, until the first step is done', async () => {
    const id = await service.job(guests(60));
    await expect(cancelJob(withoutTasks(), id, { id: 'somebody' })).rejects.toThrow('the queue is away');
    await cancelJob(service.deps, id, { id: 'somebody' });
    expect(service.tasks.splice(0)).toEqual([{ kind: 'cancel', jobId: id }]);
    await continueCancel(service.deps, id);
    await cancelJob(service.deps, id, { id: 'somebody' });
    expect(service.tasks).toEqual([]);
  });
  test('because of notAfter is sent by whoever looks at the job ten seconds later', async () => {
    const id = await service.job(guests(60), {
      sendInvitationMessage: true,
      notAfter: new Date(service.now() + 3_600_000).toISOString(),
    });
    service.advance(3_601);
    await expect(readJob(withoutTasks(), id)).rejects.toThrow('the queue is away');
    await readJob(service.deps, id);
    expect(service.tasks).toEqual([]);
    service.advance(11);
    await readJob(service.deps, id);
    expect(service.tasks).toEqual([{ kind: 'cancel', jobId: id }]);
  });
});
