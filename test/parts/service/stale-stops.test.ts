/**
 * Stops as several instances see them, each of which remembers the rows for a second: what was acknowledged is written,
 * and one stop does not swallow another. The row itself and the simulated tenant tell.
 */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { controlStore } from '../../../shared/adapters/tables/control-store.ts';
import { jobStore } from '../../../shared/adapters/tables/job-store.ts';
import { recentJobs } from '../../../shared/adapters/tables/recent-jobs.ts';
import { NEW_PACE } from '../../../shared/domain/pace/pace.ts';
import { lift, stop } from '../../../shared/domain/stops/stop.ts';
import { changeJob } from '../../../shared/usecases/change-job.ts';
import { checkHealth, healthOf } from '../../../shared/usecases/check-health.ts';
import type { Deps } from '../../../shared/usecases/deps.ts';
import { stopTenant } from '../../../shared/usecases/wake/react-to-outcomes.ts';
import { pauseJob, pauseTenant, resumeJob, resumeTenant } from '../../../shared/usecases/stops/stop-control.ts';
import { startService, type Service } from '../service-fixture.ts';

let service: Service;
beforeEach(async () => {
  service = await startService();
});
afterEach(async () => {
  await service?.stop();
});

const REFUSED = { code: 'tenantBlocked', message: 'Invitations are blocked for this tenant.' } as const;

/** Another instance of the service, on the same tables. */
const instance = (): Deps => {
  const { clock, log } = service.deps;
  return {
    ...service.deps,
    control: controlStore(service.tables.control, 'tenant', clock),
    jobs: jobStore(service.tables.jobs, recentJobs(clock), log),
  };
};
/** The gate as the table has it. */
const gate = async () => (await instance().control.read()).gate;
const codes = async (): Promise<(string | undefined)[]> => {
  const { stop: standing } = await gate();
  return [standing?.code, standing?.behind?.code];
};

describe('an instance that has seen the stop before, which another has lifted within the last second', () => {
  let forgetful: Deps;
  beforeEach(async () => {
    const other = instance();
    forgetful = instance();
    const seen = (await pauseTenant(other, 'first')).stop;
    await forgetful.control.read();
    await other.control.changeGate((current) => (seen === undefined ? current : lift(current, seen, service.now())));
  });
  test('writes a pause that it acknowledges, and nobody is mailed', async () => {
    expect((await pauseTenant(forgetful, 'the wrong list')).stop?.message).toBe('the wrong list');
    expect((await gate()).stop?.message).toBe('the wrong list');
    const guest = service.graph.guest('Accepted');
    const id = await service.job([{ user: guest.id }]);
    service.advance(5);
    await service.drain();
    expect([await service.mailsTo(guest.id), (await service.resets(id))[0]?.status]).toEqual([0, 'pending']);
  });
  test("writes the stop for Graph's refusal of the tenant", async () => {
    await stopTenant(forgetful, REFUSED);
    expect(await codes()).toEqual(['tenantBlocked', undefined]);
  });
});

test('an instance that has just seen no stop lifts the one that another has written since', async () => {
  const [one, other] = [instance(), instance()];
  await other.control.changePace(() => ({ pace: NEW_PACE, result: undefined }));
  expect((await other.control.read()).gate.stop).toBeUndefined();
  await pauseTenant(one, 'by hand');
  expect((await resumeTenant(other)).stop).toBeUndefined();
  expect(await codes()).toEqual([undefined, undefined]);
});

test('what is to be done is not concluded from a pace that another instance has changed since', async () => {
  const [one, other] = [instance(), instance()];
  await other.control.changePace(() => ({ pace: NEW_PACE, result: undefined }));
  const throttledUntil = service.now() + 60_000;
  await one.control.changePace((pace) => ({ pace: { ...pace, throttledUntil }, result: undefined }));
  expect(await other.control.changePace((pace) => ({ pace, result: pace.throttledUntil }))).toBe(throttledUntil);
});

test.each(['pause', 'resume'] as const)('a %s of a job counts, whatever the instance remembers of it', async (what) => {
  const [one, other] = [instance(), instance()];
  const id = await service.job([{ user: service.graph.guest('Accepted').id }]);
  const isPaused = async () => (await instance().jobs.read(id))?.value.stop?.code === 'pausedByHand';
  if (what === 'pause') await pauseJob(one, id, 'first');
  await other.jobs.recent(id);
  await (what === 'pause' ? resumeJob(one, id) : pauseJob(one, id, 'first'));
  await (what === 'pause' ? pauseJob(other, id, 'second') : resumeJob(other, id));
  expect(await isPaused()).toBe(what === 'pause');
});

describe("a pause by hand beside a stop that is Graph's", () => {
  test.each(['the pause comes second', 'the pause comes first'])(
    'is kept, is shown first, and is lifted first; %s',
    async (order) => {
      const { deps } = service;
      const id = await service.job([{ user: service.graph.guest('Accepted').id }]);
      if (order === 'the pause comes first') await pauseTenant(deps, 'maintenance');
      await stopTenant(deps, REFUSED);
      if (order === 'the pause comes second') await pauseTenant(deps, 'maintenance');
      expect(await codes()).toEqual(['pausedByHand', 'tenantBlocked']);
      const checks = await checkHealth(deps);
      expect(checks.find(({ name }) => name === 'gate')).toMatchObject({
        ok: false,
        problem: expect.stringMatching(/^maintenance .*Another stop \(tenantBlocked\) stands behind it/),
      });
      // The pause silences no alarm.
      expect(healthOf(checks.filter(({ name }) => name === 'gate'))).toBe('stopped');
      expect((await resumeTenant(deps)).stop).toMatchObject({ code: 'tenantBlocked' });
      await service.drain();
      expect([(await service.resets(id))[0]?.status, await codes()]).toEqual(['pending', ['tenantBlocked', undefined]]);
      expect((await resumeTenant(deps)).stop).toMatchObject({ code: 'tenantBlocked', trial: expect.anything() });
      await service.drain();
      expect([(await service.resets(id))[0]?.status, await codes()]).toEqual(['succeeded', [undefined, undefined]]);
    },
  );
  test('ends the trial of that one: nothing is sent while somebody has paused', async () => {
    const { deps } = service;
    await stopTenant(deps, REFUSED);
    const id = await service.job([{ user: service.graph.guest('Accepted').id }]);
    await service.drain();
    await resumeTenant(deps);
    await pauseTenant(deps, 'maintenance');
    await service.drain();
    expect([(await service.resets(id))[0]?.status, await codes()]).toEqual([
      'pending',
      ['pausedByHand', 'tenantBlocked'],
    ]);
  });
  test('stays when the trial that was on its way lifts the other one', async () => {
    const { deps } = service;
    await stopTenant(deps, REFUSED);
    await service.job([{ user: service.graph.guest('Accepted').id }]);
    await service.drain();
    await resumeTenant(deps);
    const { invitations } = deps;
    const send: typeof invitations.send = async (plans) => {
      await pauseTenant(deps, 'maintenance');
      return invitations.send(plans);
    };
    await service.step({ ...deps, invitations: { ...invitations, send } });
    expect(await codes()).toEqual(['pausedByHand', undefined]);
  });
  test('is the same of a job', async () => {
    const { deps } = service;
    const id = await service.job([{ user: service.graph.guest('Accepted').id }]);
    await changeJob(deps, id, (job) => stop(job, REFUSED, service.now()));
    await pauseJob(deps, id, 'maintenance');
    expect((await resumeJob(deps, id))?.stop).toMatchObject({ code: 'tenantBlocked' });
    await service.drain();
    expect((await service.resets(id))[0]?.status).toBe('pending');
    await resumeJob(deps, id);
    await service.drain();
    expect((await service.resets(id))[0]?.status).toBe('succeeded');
  });
});

test("a pause by hand and the canary's stop are lifted at once, without trying anybody", async () => {
  const { deps } = service;
  const guests = Array.from({ length: 3 }, (_, index) => ({ user: service.graph.guest('Accepted', index).id }));
  const id = await service.job(guests, { sendInvitationMessage: true, verify: false, pauseAfter: 1 });
  await service.drain();
  await pauseJob(deps, id, 'by hand');
  expect((await resumeJob(deps, id))?.stop).toMatchObject({ code: 'pauseAfter' });
  expect((await resumeJob(deps, id))?.stop).toBeUndefined();
  await service.drain();
  expect((await service.deps.jobs.read(id))?.value.status).not.toBe('paused');
  expect((await service.resets(id)).map(({ status }) => status)).toEqual(['succeeded', 'succeeded', 'succeeded']);
});
