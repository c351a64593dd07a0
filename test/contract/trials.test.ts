/**
 * What proves that a stop may be lifted, and what does not; and trials that have to wait. The simulated tenant counts.
 */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readJob } from '../../shared/usecases/read-jobs.ts';
import { reconcile } from '../../shared/usecases/reconcile.ts';
import { pauseJob, pauseTenant, resumeJob, resumeTenant } from '../../shared/usecases/stop-control.ts';
import { startService, type Service } from './service-fixture.ts';

let service: Service;
beforeEach(async () => {
  service = await startService();
});
afterEach(async () => {
  await service?.stop();
});

type Id = Awaited<ReturnType<Service['job']>>;
const BLOCKED = {
  kind: 'invite',
  status: 403,
  code: 'Forbidden',
  message:
    'Invitations are blocked for this directory due to suspicious activity. Please contact Microsoft support for help.',
};
const GENERIC = { status: 403, code: 'Forbidden', message: 'Generic authorization exception.' };
const fault = async (more: object): Promise<void> => {
  expect((await service.graph.sim('POST', '/faults', more)).status).toBe(201);
};
const noFaults = async (): Promise<void> => {
  await service.graph.sim('DELETE', '/faults');
};
const invitations = async (): Promise<number> =>
  ((await service.graph.sim('GET', '/stats')).body as { requests: { invite: number } }).requests.invite;
const counts = async (id: Id) => (await readJob(service.deps, id))?.counts;
const gate = async () => (await service.deps.control.read()).gate;
const guests = (from: number, to: number): { user: string }[] =>
  Array.from({ length: to - from }, (_, index) => ({ user: service.graph.guest('Accepted', from + index).id }));
/** The tenant is blocked, and fifteen guests have met that. */
async function blocked(): Promise<Id> {
  await fault({ ...BLOCKED, times: 15 });
  const id = await service.job(guests(0, 15));
  await service.drain();
  await noFaults();
  return id;
}
/** Some rounds of the timer, with everything that is due between. */
async function timer(rounds: number): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    await service.drain();
    service.advance(6 * 60);
    await reconcile(service.deps);
  }
  await service.drain();
}

describe('a stop is not lifted', () => {
  test('because no chunk is due in the moment of the resume', async () => {
    await fault({ ...BLOCKED, times: 100 });
    await service.job(guests(0, 15));
    await service.step();
    await resumeTenant(service.deps);
    await service.drain();
    expect([await invitations(), (await gate()).stop?.code]).toEqual([16, 'tenantBlocked']);
  });
  test('by a second resume, or by the timer, while the trial waits as Graph asked', async () => {
    await blocked();
    await fault({ kind: 'invite', status: 429, retryAfter: 900 });
    await fault({ ...BLOCKED, times: 100 });
    await resumeTenant(service.deps);
    await service.step();
    await service.step();
    await resumeTenant(service.deps);
    service.advance(6 * 60);
    await reconcile(service.deps);
    await service.drain();
    expect([await invitations(), (await gate()).stop?.code]).toEqual([17, 'tenantBlocked']);
  });
  test('by a new address that Graph refused: no invitation was sent', async () => {
    await pauseTenant(service.deps, 'by hand');
    await service.job([{ ...guests(0, 1)[0], invitedUserEmailAddress: 'new@adatum.example' }, ...guests(1, 15)]);
    await service.drain();
    await fault({ ...BLOCKED, times: 100 });
    await fault({
      kind: 'patchUser',
      status: 400,
      code: 'BadRequest',
      message: 'One or more properties contains invalid values.',
    });
    await resumeTenant(service.deps);
    await service.drain();
    expect(await invitations()).toBe(1);
  });
  test('by an answer that was lost', async () => {
    await blocked();
    await fault({ kind: 'invite', status: 503 });
    await fault({ ...BLOCKED, times: 100 });
    await resumeTenant(service.deps);
    await service.drain();
    expect([await invitations(), (await gate()).stop?.code]).toEqual([17, 'tenantBlocked']);
  });
  test('against somebody who pauses by hand meanwhile', async () => {
    await blocked();
    await resumeTenant(service.deps);
    const { invitations: port } = service.deps;
    await service.step({
      ...service.deps,
      invitations: {
        ...port,
        send: async (plans) => {
          await pauseTenant(service.deps, 'no');
          return port.send(plans);
        },
      },
    });
    await service.drain();
    expect((await gate()).stop?.code).toBe('pausedByHand');
  });
});

describe('a stop is lifted', () => {
  test('by a lost answer that turns out to have been a reset', async () => {
    const id = await blocked();
    await fault({ kind: 'invite', status: 503, effect: 'done' });
    await resumeTenant(service.deps);
    await service.drain();
    expect([await counts(id), (await gate()).stop]).toMatchObject([{ succeeded: 15 }, undefined]);
  });
  test('by the next guest where the first cannot be looked up', async () => {
    await pauseTenant(service.deps, 'by hand');
    const id = await service.job(guests(0, 3));
    await service.drain();
    await fault({ kind: 'getUser', status: 503, times: 1_000, match: { userId: guests(0, 1)[0]?.user } });
    const before = service.now();
    await resumeTenant(service.deps);
    for (let steps = 0; steps < 50 && (await counts(id))?.succeeded !== 2; steps++) await service.step();
    expect((await counts(id))?.succeeded).toBe(2);
    expect(service.now() - before).toBeLessThan(30 * 60_000);
  });
  test('one after the other where both the tenant and the job are stopped', async () => {
    const id = await service.job(guests(0, 10));
    await pauseJob(service.deps, id, 'by hand');
    await pauseTenant(service.deps, 'by hand');
    await resumeJob(service.deps, id);
    await service.drain();
    expect(await invitations()).toBe(0);
    await resumeTenant(service.deps);
    await timer(4);
    expect([await counts(id), (await gate()).stop, (await service.deps.jobs.read(id))?.value.stop]).toMatchObject([
      { succeeded: 10 },
      undefined,
      undefined,
    ]);
  });
});

test('refused changes of email do not stop a job whose other guests succeed in the same visit', async () => {
  const all = guests(0, 12).map((each, index) => ({ ...each, invitedUserEmailAddress: `new${index}@adatum.example` }));
  for (const { user } of all.slice(0, 6)) await fault({ ...GENERIC, kind: 'patchUser', match: { userId: user } });
  const id = await service.job(all);
  await service.drain();
  expect([await counts(id), (await service.deps.jobs.read(id))?.value.stop]).toMatchObject([
    { failed: 6, succeeded: 6 },
    undefined,
  ]);
});

test('a request in doubt of a stopped job whose wake was lost is looked at, so that other jobs need not wait', async () => {
  await fault({ kind: 'invite', status: 503, effect: 'done' });
  const id = await service.job(guests(0, 1));
  await service.step();
  await pauseJob(service.deps, id, 'by hand');
  service.messages.length = 0;
  const other = await service.job(guests(0, 2));
  for (let round = 0; round < 3; round++) {
    service.advance(16 * 60);
    await reconcile(service.deps);
    for (let steps = 0; steps < 20; steps++) await service.step();
  }
  expect([await counts(id), await counts(other)]).toMatchObject([{ succeeded: 1 }, { skipped: 1, succeeded: 1 }]);
});

test('a job paused while its guests are looked up sends nothing', async () => {
  const id = await service.job(guests(0, 3));
  const { directory } = service.deps;
  await service.step({
    ...service.deps,
    directory: {
      ...directory,
      lookUp: async (lookUps) => {
        await pauseJob(service.deps, id, 'by hand');
        return directory.lookUp(lookUps);
      },
    },
  });
  expect(await invitations()).toBe(0);
});

test('a blocked tenant that cannot be stopped, because the tables fail, is not asked again at once', async () => {
  await fault({ ...BLOCKED, times: 10_000 });
  const deps = {
    ...service.deps,
    control: { ...service.deps.control, changeGate: async () => Promise.reject(new Error('the tables fail')) },
  };
  await service.job(guests(0, 15));
  const until = service.now() + 50_000;
  while (service.now() < until) await service.step(deps);
  expect(await invitations()).toBeLessThanOrEqual(30);
});
