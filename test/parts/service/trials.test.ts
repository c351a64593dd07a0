/**
 * What proves that a stop may be lifted, and what does not; and trials that have to wait. The simulated tenant counts.
 */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { NEW_PACE } from '../../../shared/domain/pace/pace.ts';
import { beginTrial, stop } from '../../../shared/domain/stops/stop.ts';
import { cancelJob, continueCancel } from '../../../shared/usecases/jobs/cancel-job.ts';
import { changeJob } from '../../../shared/usecases/change-job.ts';
import { stopTenant } from '../../../shared/usecases/wake/react-to-outcomes.ts';
import { readJob } from '../../../shared/usecases/jobs/read-jobs.ts';
import { reconcile } from '../../../shared/usecases/repair/reconcile.ts';
import { pauseJob, pauseTenant, resumeJob, resumeTenant } from '../../../shared/usecases/stops/stop-control.ts';
import { startService, type Service } from '../service-fixture.ts';

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
/** As `BLOCKED` is told: a stop that only a trial lifts. */
const REFUSED = { code: 'tenantBlocked', message: 'Invitations are blocked for this tenant.' } as const;
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
/** Hands over what is due, and lets some seconds pass. */
async function seconds(count: number): Promise<void> {
  const until = service.now() + count * 1000;
  for (;;) {
    service.messages.sort((one, other) => one.at - other.at);
    const next = service.messages[0]?.at ?? Infinity;
    if (next > until) break;
    await service.step();
  }
  service.advance(Math.max(0, (until - service.now()) / 1000));
}
/** Whether it is so within a minute, while somebody resumes again every 15 s and the timer does not run. */
async function minuteOf(press: () => Promise<unknown>, isSo: () => Promise<boolean>): Promise<boolean> {
  const until = service.now() + 60_000;
  while (service.now() < until) {
    await press();
    await seconds(15);
    if (service.now() <= until && (await isSo())) return true;
  }
  return false;
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
    await stopTenant(service.deps, REFUSED);
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
    await stopTenant(service.deps, REFUSED);
    const id = await service.job(guests(0, 3));
    await service.drain();
    await fault({ kind: 'getUser', status: 503, times: 1_000, match: { userId: guests(0, 1)[0]?.user } });
    const before = service.now();
    await resumeTenant(service.deps);
    for (let steps = 0; steps < 50 && (await counts(id))?.succeeded !== 2; steps++) await service.step();
    expect((await counts(id))?.succeeded).toBe(2);
    expect(service.now() - before).toBeLessThan(30 * 60_000);
  });
  test.each(['job, tenant', 'tenant, job'])(
    'soon, where both the tenant and the job are stopped, by hand or by Graph: %s',
    async (order) => {
      for (const by of ['hand', 'Graph'] as const) {
        const from = by === 'hand' ? 0 : 10;
        const id = await service.job(guests(from, from + 10), { sendInvitationMessage: true, verify: false });
        if (by === 'hand') {
          await pauseJob(service.deps, id, 'by hand');
          await pauseTenant(service.deps, 'by hand');
        } else {
          await changeJob(service.deps, id, (job) => stop(job, REFUSED, service.now()));
          await stopTenant(service.deps, REFUSED);
        }
        await service.drain();
        const resumes = { job: () => resumeJob(service.deps, id), tenant: () => resumeTenant(service.deps) };
        for (const each of order.split(', ')) {
          await resumes[each as keyof typeof resumes]();
          await seconds(5);
        }
        expect(await minuteOf(resumes.job, async () => (await counts(id))?.succeeded === 10), by).toBe(true);
      }
    },
  );
});

describe('a trial ends and the next chunk is tried, without the timer', () => {
  /** A job whose one guest has to wait for ten minutes, and one that waits for the trial of the first. */
  async function waitingTrial(): Promise<{ waiting: Id; other: Id }> {
    await stopTenant(service.deps, REFUSED);
    const waiting = await service.job(guests(0, 1));
    const other = await service.job(guests(1, 4));
    await service.drain();
    await resumeTenant(service.deps);
    const chunk = await service.deps.chunks.read(waiting, 0);
    if (chunk === undefined) throw new Error('the chunk is gone');
    const dueAt = service.now() + 600_000;
    const resets = chunk.value.resets.map((reset) => ({ ...reset, dueAt, startedAt: service.now() }));
    const { wake } = chunk.value;
    await service.deps.chunks.replace({ ...chunk.value, dueAt, resets }, chunk.version);
    service.messages.length = 0;
    await service.deps.queue.sendWakes('priority', [
      { wake: { version: 1, jobId: waiting, chunk: 0, wake }, at: dueAt },
    ]);
    expect((await gate()).stop?.trial).toMatchObject({ jobId: waiting, chunk: 0 });
    return { waiting, other };
  }
  test('when its job is paused', async () => {
    const { waiting, other } = await waitingTrial();
    await pauseJob(service.deps, waiting, 'by hand');
    await seconds(30);
    expect([await counts(waiting), await counts(other), (await gate()).stop]).toMatchObject([
      { pending: 1 },
      { succeeded: 3 },
      undefined,
    ]);
  });
  test('when its job is canceled', async () => {
    const { waiting, other } = await waitingTrial();
    await cancelJob(service.deps, waiting, { id: 'somebody' });
    await continueCancel(service.deps, waiting);
    await seconds(30);
    expect([await counts(waiting), await counts(other), (await gate()).stop]).toMatchObject([
      { canceled: 1 },
      { succeeded: 3 },
      undefined,
    ]);
  });
  test('when its job is gone', async () => {
    const { waiting, other } = await waitingTrial();
    await service.deps.chunks.removeAll(waiting);
    await service.deps.jobs.remove(waiting);
    await service.step();
    await seconds(30);
    expect([await counts(other), (await gate()).stop]).toMatchObject([{ succeeded: 3 }, undefined]);
  });
  test('when somebody resumes again', async () => {
    const { other } = await waitingTrial();
    const isDone = async (): Promise<boolean> => (await counts(other))?.succeeded === 3;
    expect(await minuteOf(() => resumeTenant(service.deps), isDone)).toBe(true);
  });
  test('when its guest waits for a retry, a look-up, or another job', async () => {
    await stopTenant(service.deps, REFUSED);
    const first = guests(0, 1);
    const waiting = await service.job(first);
    const other = await service.job(guests(1, 4));
    await service.drain();
    await fault({ kind: 'getUser', status: 503, times: 1_000, match: { userId: first[0]?.user } });
    await resumeTenant(service.deps);
    await seconds(30);
    expect([await counts(waiting), await counts(other), (await gate()).stop]).toMatchObject([
      { pending: 1 },
      { succeeded: 3 },
      undefined,
    ]);
  });
});

test('a trial waits for its guest, not for the others of the chunk, also where the pace is lost meanwhile', async () => {
  await stopTenant(service.deps, REFUSED);
  const id = await service.job(guests(0, 3));
  await service.drain();
  await fault({ kind: 'invite', status: 429, retryAfter: 600 });
  await resumeTenant(service.deps);
  await service.step();
  await service.deps.control.changePace(() => ({ pace: NEW_PACE, result: undefined }));
  await service.step();
  expect(service.messages.map(({ at }) => at > service.now() + 500_000)).toEqual([true]);
  await service.drain();
  expect([await counts(id), (await gate()).stop]).toMatchObject([{ succeeded: 3 }, undefined]);
});

describe('a guest in doubt', () => {
  /** A request whose answer was lost, and then the tenant is blocked. */
  async function inDoubt(count: number): Promise<Id> {
    await fault({ kind: 'invite', status: 503, times: count });
    const id = await service.job(guests(0, count));
    await service.step();
    await stopTenant(service.deps, REFUSED);
    return id;
  }
  test('is not tried: the next chunk is, and nobody waits for the look', async () => {
    await inDoubt(1);
    const other = await service.job(guests(5, 8));
    await resumeTenant(service.deps);
    await seconds(30);
    expect([await counts(other), (await gate()).stop]).toMatchObject([{ succeeded: 3 }, undefined]);
  });
  test('holds nobody up where nobody else is left: the stop is lifted, as where nobody is waiting', async () => {
    await inDoubt(1);
    expect((await resumeTenant(service.deps)).stop).toBeUndefined();
  });
  test('whose answer the trial itself has lost is passed over for the next guest, at once', async () => {
    const id = await blocked();
    await fault({ kind: 'invite', status: 503 });
    await resumeTenant(service.deps);
    await seconds(30);
    expect([await counts(id), (await gate()).stop]).toMatchObject([{ sending: 1, succeeded: 14 }, undefined]);
  });
  test('whose answer the trial itself has lost does not lift the stop where nobody else is left; a look may', async () => {
    await stopTenant(service.deps, REFUSED);
    const id = await service.job(guests(0, 1));
    await service.drain();
    await fault({ kind: 'invite', status: 503, effect: 'done' });
    await resumeTenant(service.deps);
    await seconds(30);
    const [reset] = await service.resets(id);
    expect([reset?.status, (await gate()).stop?.code]).toEqual(['sending', 'tenantBlocked']);
    await service.drain();
    expect([await counts(id), (await gate()).stop]).toMatchObject([{ succeeded: 1 }, undefined]);
  });
  const statuses = async (id: Id) => (await service.resets(id)).map(({ status }) => status);
  /** The trial's chunk is looked at when its first guest is due to be; another job has come meanwhile. */
  async function lookInTrial(id: Id): Promise<Id> {
    const other = await service.job(guests(5, 8));
    while ((await statuses(id))[0] === 'sending') await service.step();
    return other;
  }
  test('whose answer the trial itself has lost lifts the stop when seen to have happened; nobody else is tried', async () => {
    await stopTenant(service.deps, REFUSED);
    const id = await service.job(guests(0, 1));
    await service.drain();
    await fault({ kind: 'invite', status: 503, effect: 'done' });
    await resumeTenant(service.deps);
    await seconds(30);
    const other = await lookInTrial(id);
    expect([await statuses(id), await counts(other), (await gate()).stop]).toMatchObject([
      ['succeeded'],
      { pending: 3 },
      undefined,
    ]);
  });
  test('lifts it so, too, where the next one is sent in the same visit and the answer is lost again', async () => {
    const [first, second] = [guests(0, 1), guests(1, 2)];
    await stopTenant(service.deps, REFUSED);
    const id = await service.job([...first, ...second]);
    await service.drain();
    await fault({ kind: 'invite', status: 503, effect: 'done', match: { userId: first[0]?.user } });
    await fault({ kind: 'invite', status: 429, retryAfter: 600, match: { userId: second[0]?.user } });
    await resumeTenant(service.deps);
    await seconds(30);
    await fault({ kind: 'invite', status: 503, match: { userId: second[0]?.user } });
    // Both are due.
    service.advance(700);
    const before = await invitations();
    const other = await lookInTrial(id);
    expect([
      (await invitations()) - before,
      await statuses(id),
      await counts(other),
      (await gate()).stop,
    ]).toMatchObject([1, ['succeeded', 'sending'], { pending: 3 }, undefined]);
  });
  test('from before the stop, seen to have happened, is no proof that the tenant is not blocked', async () => {
    await fault({ kind: 'invite', status: 503, effect: 'done' });
    const id = await service.job(guests(0, 2));
    await service.step();
    await fault({ ...BLOCKED, times: 100 });
    await stopTenant(service.deps, REFUSED);
    const before = await invitations();
    service.messages.length = 0;
    service.advance(10 * 60);
    await service.deps.jobs.read(id);
    const other = await service.job(guests(5, 8));
    await resumeTenant(service.deps);
    await service.drain();
    expect([(await invitations()) - before, (await gate()).stop?.code, await counts(other)]).toMatchObject([
      1,
      'tenantBlocked',
      { pending: 3 },
    ]);
  });
});

describe('only the chunk that the stop names may send', () => {
  test('not what was planned for it before the stop', async () => {
    const id = await service.job(guests(0, 5));
    const { directory } = service.deps;
    await service.step({
      ...service.deps,
      directory: {
        ...directory,
        lookUp: async (lookUps) => {
          const found = await directory.lookUp(lookUps);
          await stopTenant(service.deps, REFUSED);
          await service.deps.control.changeGate((current) =>
            current.stop === undefined
              ? current
              : beginTrial(current, current.stop, { jobId: id, chunk: 0, until: service.now() + 60_000 }),
          );
          return found;
        },
      },
    });
    expect(await invitations()).toBe(0);
  });
  test('not one whose trial was replaced while its guest was looked up', async () => {
    await stopTenant(service.deps, REFUSED);
    const first = await service.job(guests(0, 2));
    const second = await service.job(guests(2, 4));
    await service.drain();
    await resumeTenant(service.deps);
    expect((await gate()).stop?.trial?.jobId).toBe(first);
    const { directory } = service.deps;
    await service.step({
      ...service.deps,
      directory: {
        ...directory,
        lookUp: async (lookUps) => {
          const found = await directory.lookUp(lookUps);
          await service.deps.control.changeGate((current) =>
            current.stop === undefined
              ? current
              : beginTrial(current, current.stop, { jobId: second, chunk: 0, until: service.now() + 60_000 }),
          );
          return found;
        },
      },
    });
    expect([await invitations(), (await gate()).stop?.trial?.jobId]).toEqual([0, second]);
  });
  test('and a resume while the answer of one is awaited takes another; whichever is not refused lifts the stop', async () => {
    await stopTenant(service.deps, REFUSED);
    const first = await service.job(guests(0, 1));
    const second = await service.job(guests(2, 4));
    await service.drain();
    await resumeTenant(service.deps);
    const { invitations: port } = service.deps;
    let named: unknown;
    await service.step({
      ...service.deps,
      invitations: {
        ...port,
        send: async (plans) => {
          await resumeTenant(service.deps);
          named = (await gate()).stop?.trial?.jobId;
          return port.send(plans);
        },
      },
    });
    expect([named, (await gate()).stop, await counts(first)]).toMatchObject([second, undefined, { succeeded: 1 }]);
  });
});

test('a job that Graph has stopped cannot be tried while the tenant is paused, and says so; it is no endless trial', async () => {
  const id = await service.job(guests(0, 3));
  await changeJob(service.deps, id, (job) => stop(job, REFUSED, service.now()));
  await resumeJob(service.deps, id);
  await pauseTenant(service.deps, 'by hand');
  await service.drain();
  expect((await service.deps.jobs.read(id))?.value.stop?.trial).toBeUndefined();
  await resumeJob(service.deps, id);
  await service.drain();
  expect([await invitations(), (await service.deps.jobs.read(id))?.value.stop]).toMatchObject([
    0,
    { code: 'tenantBlocked' },
  ]);
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

describe('a trial after a stop that has stood longer than a reset may run', () => {
  test.each([
    ['an invitation is throttled', { kind: 'invite', status: 429, retryAfter: 20 }],
    ['a look-up is throttled', { kind: 'getUser', status: 429, retryAfter: 20 }],
    ['a look-up fails', { kind: 'getUser', status: 503 }],
    ['a token is refused once', { kind: 'invite', status: 401 }],
  ])('fails nobody because %s', async (_why, passing) => {
    const id = await blocked();
    service.advance(60 * 3600);
    await fault({ times: 1, ...passing });
    await resumeTenant(service.deps);
    await service.drain();
    expect([await counts(id), (await gate()).stop]).toMatchObject([{ succeeded: 15, failed: 0 }, undefined]);
  });
});
