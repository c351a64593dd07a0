/** Stops and trials on real tables and the simulated tenant: what is sent, and what is not, as the tenant counts it. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { stop } from '../../../shared/domain/stops/stop.ts';
import { changeJob } from '../../../shared/usecases/change-job.ts';
import { dispatch } from '../../../shared/usecases/dispatch.ts';
import { stopTenant } from '../../../shared/usecases/wake/react-to-outcomes.ts';
import { reconcile } from '../../../shared/usecases/repair/reconcile.ts';
import { readJob, waitForEnd } from '../../../shared/usecases/jobs/read-jobs.ts';
import { pauseJob, pauseTenant, resumeJob, resumeTenant } from '../../../shared/usecases/stops/stop-control.ts';
import { startService, type Service } from '../service-fixture.ts';

let service: Service;
beforeEach(async () => {
  service = await startService();
});
afterEach(async () => {
  await service?.stop();
});

const BLOCKED = {
  kind: 'invite',
  status: 403,
  code: 'Forbidden',
  message:
    'Invitations are blocked for this directory due to suspicious activity. Please contact Microsoft support for help.',
};
/** As `BLOCKED` is told: a stop that only a trial lifts. */
const REFUSED = { code: 'tenantBlocked', message: 'Invitations are blocked for this tenant.' } as const;
const GENERIC = { kind: 'invite', status: 403, code: 'Forbidden', message: 'Generic authorization exception.' };
const fault = async (more: object): Promise<void> => {
  expect((await service.graph.sim('POST', '/faults', more)).status).toBe(201);
};
const noFaults = async (): Promise<void> => {
  await service.graph.sim('DELETE', '/faults');
};
const invitations = async (): Promise<number> =>
  ((await service.graph.sim('GET', '/stats')).body as { requests: { invite: number } }).requests.invite;
const mails = async (): Promise<number> => ((await service.graph.sim('GET', '/mails')).body as unknown[]).length;
const counts = async (id: Awaited<ReturnType<Service['job']>>) => (await readJob(service.deps, id))?.counts;
const gate = async () => (await service.deps.control.read()).gate;
const jobRow = async (id: Awaited<ReturnType<Service['job']>>) => (await service.deps.jobs.read(id))?.value;
/** Guests of the tenant who accepted, so that each can be reset. */
const guests = (from: number, to: number): { user: string }[] =>
  Array.from({ length: to - from }, (_, index) => ({ user: service.graph.guest('Accepted', from + index).id }));

describe('a tenant that is blocked', () => {
  test('keeps every reset pending, and a resume while it still is sends one invitation more', async () => {
    await fault({ ...BLOCKED, times: 100 });
    const id = await service.job(guests(0, 15));
    await service.drain();
    expect([await counts(id), await invitations()]).toMatchObject([{ pending: 15 }, 15]);
    await resumeTenant(service.deps);
    expect((await gate()).stop?.trial).toBeDefined();
    await service.drain();
    expect([await counts(id), await invitations(), (await gate()).stop?.code]).toMatchObject([
      { pending: 15 },
      16,
      'tenantBlocked',
    ]);
    expect((await gate()).stop?.trial).toBeUndefined();
  });
  test('goes on with everything once one guest was not refused: one mail each', async () => {
    await fault({ ...BLOCKED, times: 15 });
    const one = await service.job(guests(0, 15));
    await service.drain();
    const two = await service.job(guests(15, 20));
    await service.drain();
    expect([await counts(one), await counts(two)]).toMatchObject([{ pending: 15 }, { pending: 5 }]);
    await noFaults();
    await resumeTenant(service.deps);
    await service.drain();
    expect([await counts(one), await counts(two), await mails()]).toMatchObject([
      { succeeded: 15 },
      { succeeded: 5 },
      20,
    ]);
    expect(await gate()).toMatchObject({ resumedAt: expect.any(Number) });
    expect(await gate()).not.toHaveProperty('stop');
  });
  test('tries the next guest when the first one turns out not to need an invitation', async () => {
    await stopTenant(service.deps, REFUSED);
    const id = await service.job([{ user: service.graph.special('internalMember').id }, ...guests(0, 2)]);
    await service.drain();
    expect(await invitations()).toBe(0);
    await resumeTenant(service.deps);
    await service.drain();
    expect([await counts(id), (await gate()).stop]).toMatchObject([{ failed: 1, succeeded: 2 }, undefined]);
  });
  test('tries the next chunk when all guests of the first turn out not to need an invitation', async () => {
    await stopTenant(service.deps, REFUSED);
    const first = await service.job([{ user: service.graph.special('internalMember').id }]);
    const second = await service.job(guests(0, 3));
    await service.drain();
    await resumeTenant(service.deps);
    await service.drain();
    expect([await counts(first), await counts(second), (await gate()).stop]).toMatchObject([
      { failed: 1 },
      { succeeded: 3 },
      undefined,
    ]);
  });
  test('opens at once when nobody is waiting', async () => {
    await stopTenant(service.deps, REFUSED);
    const open = await resumeTenant(service.deps);
    expect(open).toMatchObject({ resumedAt: expect.any(Number) });
    expect(open).not.toHaveProperty('stop');
  });
  test('waits with the one guest as long as Graph asks, and does not try the others meanwhile', async () => {
    await stopTenant(service.deps, REFUSED);
    const id = await service.job(guests(0, 10));
    await service.drain();
    await fault({ kind: 'invite', status: 429, retryAfter: 30 });
    await resumeTenant(service.deps);
    await service.step();
    await service.step();
    expect([await invitations(), (await gate()).stop?.trial !== undefined]).toEqual([1, true]);
    expect(service.messages.every(({ at }) => at > service.now() + 20_000)).toBe(true);
    await service.drain();
    expect(await counts(id)).toMatchObject({ succeeded: 10 });
  });
  test('whose trial was lost with its worker tries again by itself', async () => {
    await stopTenant(service.deps, REFUSED);
    const id = await service.job(guests(0, 3));
    await service.drain();
    await resumeTenant(service.deps);
    service.messages.length = 0;
    await reconcile(service.deps);
    expect(service.messages).toEqual([]);
    service.advance(6 * 60);
    await reconcile(service.deps);
    await service.drain();
    expect(await counts(id)).toMatchObject({ succeeded: 3 });
  });
});

test(
  'a short pause costs the chunks of two jobs whose slots lie ahead neither those nor another one',
  { timeout: 60_000 },
  async () => {
    await service.stop();
    service = await startService({ guests: 800 });
    const later = {
      sendInvitationMessage: true,
      verify: false,
      notBefore: new Date(service.now() + 60_000).toISOString(),
    };
    const ids = [await service.job(guests(0, 200), later), await service.job(guests(200, 400), later)];
    service.advance(61);
    await dispatch(service.deps);
    const plannedUntil = (await service.deps.control.read()).pace.nextFreeAt;
    await service.step();
    await pauseTenant(service.deps, 'by hand');
    expect(await service.step()).toBe('parked');
    await resumeTenant(service.deps);
    while ((await gate()).stop !== undefined) await service.step();
    const results: unknown[] = [];
    for (let result = await service.step(); result !== undefined; result = await service.step()) results.push(result);
    expect(await Promise.all(ids.map(counts))).toMatchObject([{ succeeded: 200 }, { succeeded: 200 }]);
    expect(await mails()).toBe(400);
    // The first wake of the trial's chunk, and the copies of the few that come late.
    expect(results.filter((result) => result === 'resentCurrent').length).toBeLessThan(4);
    // The chunk of the trial, a few guests of which take slots anew, the one that was parked, and whoever came late
    // by it.
    expect((await service.deps.control.read()).pace.nextFreeAt - plannedUntil).toBeLessThan(5_000);
  },
);

test('whoever waits for the end of a job hears at once that it is stopped, and waits on while that is being tried', async () => {
  const id = await service.job(guests(0, 2));
  await changeJob(service.deps, id, (job) => stop(job, REFUSED, service.now()));
  const from = service.now();
  expect((await waitForEnd(service.deps, id, 30))?.counts).toMatchObject({ pending: 2 });
  expect(service.now() - from).toBeLessThan(1_000);
  await resumeJob(service.deps, id);
  const tried = service.now();
  await waitForEnd(service.deps, id, 10);
  expect(service.now() - tried).toBeGreaterThan(8_000);
});

test('a request in doubt that turns out not to have happened is not sent again while its job is stopped', async () => {
  await fault({ kind: 'invite', status: 503 });
  const id = await service.job(guests(0, 2));
  await service.step();
  await pauseJob(service.deps, id, 'by hand');
  await service.drain();
  expect([await counts(id), await invitations()]).toMatchObject([{ pending: 1, succeeded: 1 }, 2]);
  await resumeJob(service.deps, id);
  await service.drain();
  expect([await counts(id), await mails()]).toMatchObject([{ succeeded: 2 }, 2]);
});

test("a trial waits for another job's request in doubt, which is looked at although everything is stopped", async () => {
  await fault({ kind: 'invite', status: 503, effect: 'done' });
  const doubtful = await service.job(guests(0, 1));
  await service.step();
  await stopTenant(service.deps, REFUSED);
  const waiting = await service.job([...guests(0, 1), ...guests(1, 2)]);
  await service.drain();
  expect([await counts(doubtful), await counts(waiting)]).toMatchObject([{ succeeded: 1 }, { pending: 2 }]);
  await resumeTenant(service.deps);
  await service.drain();
  expect([await counts(waiting), await mails()]).toMatchObject([{ skipped: 1, succeeded: 1 }, 2]);
});

describe('a job whose guests are refused one after another', () => {
  test('stops by itself, with its guests pending; other jobs go on', async () => {
    await fault({ ...GENERIC, times: 8 });
    const refused = await service.job(guests(0, 8));
    await service.drain();
    const other = await service.job(guests(8, 10));
    await service.drain();
    expect([await counts(refused), await counts(other)]).toMatchObject([{ pending: 8, failed: 0 }, { succeeded: 2 }]);
    expect([(await jobRow(refused))?.stop?.code, (await gate()).stop]).toEqual(['refusedRepeatedly', undefined]);
    await resumeJob(service.deps, refused);
    await service.drain();
    expect([await counts(refused), await mails()]).toMatchObject([{ succeeded: 8 }, 10]);
  });
  test('resumed without a cure tries one guest, and then tells each the truth', async () => {
    await fault({ ...GENERIC, times: 100 });
    const id = await service.job(guests(0, 8));
    await service.drain();
    const before = await invitations();
    await resumeJob(service.deps, id);
    await service.drain();
    expect(await counts(id)).toMatchObject({ failed: 8 });
    expect((await service.resets(id)).map(({ verdict }) => verdict?.code)).toEqual(
      Array.from({ length: 8 }, () => 'notAuthorized'),
    );
    expect(await invitations()).toBe(before + 8);
  });
  test('is stopped with what Graph has said, and for reasons of its guests not at all', async () => {
    const words = 'Directory policy 7 forbids this to apps.';
    await fault({ ...GENERIC, message: words, times: 5 });
    const refused = await service.job(guests(0, 5));
    await service.drain();
    expect((await jobRow(refused))?.stop?.message).toContain(`"403 Forbidden ${words}"`);
    expect((await service.resets(refused)).map(({ verdict }) => verdict?.message)).toEqual(
      Array.from({ length: 5 }, () => expect.stringContaining(`Graph said: 403 Forbidden ${words}`)),
    );
    const unit = 'Target object is a member of a restricted management administrative unit.';
    await fault({ ...GENERIC, message: unit, times: 6 });
    const restricted = await service.job(guests(5, 12));
    await service.drain();
    expect([await counts(restricted), (await jobRow(restricted))?.stop]).toMatchObject([
      { failed: 6, succeeded: 1 },
      undefined,
    ]);
  });
  test('of more than one chunk tries a guest who was not refused yet, and stops again at once', async () => {
    await fault({ ...GENERIC, times: 100 });
    const id = await service.job(guests(0, 25));
    await service.step();
    expect((await jobRow(id))?.stop?.code).toBe('refusedRepeatedly');
    await service.drain();
    const before = await invitations();
    await resumeJob(service.deps, id);
    await service.drain();
    expect([await invitations(), (await jobRow(id))?.stop?.code, await counts(id)]).toMatchObject([
      before + 1,
      'refusedRepeatedly',
      { pending: 25 },
    ]);
  });
  test('tries, within a chunk too, a guest who was not refused yet', async () => {
    const all = guests(0, 8);
    for (const { user } of all.slice(5))
      await fault({ kind: 'invite', status: 429, retryAfter: 5, match: { userId: user } });
    await fault({ ...GENERIC, times: 100 });
    const id = await service.job(all);
    await service.drain();
    const before = await invitations();
    service.advance(10);
    await resumeJob(service.deps, id);
    await service.drain();
    expect([(await invitations()) - before, await counts(id), (await jobRow(id))?.stop?.code]).toMatchObject([
      1,
      { pending: 8 },
      'refusedRepeatedly',
    ]);
    expect((await service.resets(id)).map(({ verdict }) => verdict?.code === 'notAuthorized').lastIndexOf(true)).toBe(
      5,
    );
  });
  test('does not stop where successes are between', async () => {
    const all = guests(0, 12);
    for (const { user } of all.slice(0, 6)) await fault({ ...GENERIC, match: { userId: user } });
    const id = await service.job(all);
    await service.drain();
    expect(await counts(id)).toMatchObject({ failed: 6, succeeded: 6 });
  });
});

test('a job paused by hand sends nothing until it is resumed, and the others do not mind', async () => {
  const id = await service.job(guests(0, 4));
  await pauseJob(service.deps, id, 'the partner asked for it');
  const other = await service.job(guests(4, 6));
  await service.drain();
  expect([await counts(id), await counts(other)]).toMatchObject([{ pending: 4 }, { succeeded: 2 }]);
  await resumeJob(service.deps, id);
  await service.drain();
  expect([await counts(id), (await jobRow(id))?.status, await mails()]).toMatchObject([
    { succeeded: 4 },
    'completed',
    6,
  ]);
});
