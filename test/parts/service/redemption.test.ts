/** Who has redeemed, and what was tried for one guest: on real tables and the simulated tenant. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { reconcile } from '../../../shared/usecases/repair/reconcile.ts';
import { continueCheck, startCheck } from '../../../shared/usecases/jobs/check-redemption.ts';
import { guestHistory } from '../../../shared/usecases/jobs/guest-history.ts';
import { startService, type Service } from '../service-fixture.ts';

let service: Service;
beforeEach(async () => {
  service = await startService({ guests: 160 });
});
afterEach(async () => {
  await service?.stop();
});

const guest = (index: number) => service.graph.guest('Accepted', index);
const redeem = async (index: number): Promise<void> => {
  await service.graph.sim('POST', '/redeem', { userId: guest(index).id });
};
const jobRow = async (id: Awaited<ReturnType<Service['job']>>) => (await service.deps.jobs.read(id))?.value;
const statistics = async () =>
  (await service.graph.sim('GET', '/stats')).body as { writes: { total: number }; roundTrips: number };
/** Runs tasks until there is none. */
async function runTasks(): Promise<number> {
  let runs = 0;
  for (let task = service.tasks.shift(); task !== undefined; task = service.tasks.shift()) {
    if (task.kind === 'check') await continueCheck(service.deps, task.jobId);
    if (++runs > 50) throw new Error('the check does not come to an end');
  }
  return runs;
}

describe('a check of an ended job', () => {
  test('tells who has redeemed and who has not, and writes nothing on Graph', async () => {
    const id = await service.job([
      { user: guest(0).id },
      { user: guest(1).id },
      { user: service.graph.special('internalMember').id },
    ]);
    await service.drain();
    await redeem(1);
    const before = (await statistics()).writes.total;
    await startCheck(service.deps, id);
    await runTasks();
    const resets = await service.resets(id);
    expect(resets.map(({ redemption }) => redemption)).toEqual(['pending', 'accepted', undefined]);
    expect(resets[0]?.checkedAt).toBeGreaterThan(service.now() - 5_000);
    expect((await jobRow(id))?.check).toMatchObject({
      endedAt: expect.any(Number),
      counts: { pending: 1, accepted: 1, unknown: 0 },
    });
    expect((await statistics()).writes.total).toBe(before);
  });
  test('goes over many chunks in several steps, and once more when it is asked again', async () => {
    const id = await service.job(
      Array.from({ length: 115 }, (_, index) => ({ user: guest(index).id })),
      { sendInvitationMessage: false },
    );
    await service.drain();
    await redeem(114);
    await startCheck(service.deps, id);
    await startCheck(service.deps, id);
    expect(await runTasks()).toBe(2);
    expect((await jobRow(id))?.check?.counts).toEqual({ pending: 114, accepted: 1, unknown: 0 });
    await redeem(0);
    await startCheck(service.deps, id);
    await runTasks();
    expect((await jobRow(id))?.check?.counts).toEqual({ pending: 113, accepted: 2, unknown: 0 });
  });
  test('keeps what an earlier one has found of a guest whom Graph does not tell of this time', async () => {
    const id = await service.job([{ user: guest(0).id }, { user: guest(1).id }, { user: guest(2).id }]);
    await service.drain();
    await redeem(0);
    await startCheck(service.deps, id);
    await runTasks();
    const [, second] = await service.resets(id);
    await redeem(1);
    service.advance(3_600);
    for (const index of [0, 1])
      await service.graph.sim('POST', '/faults', { kind: 'getUser', match: { userId: guest(index).id }, status: 500 });
    await startCheck(service.deps, id);
    await runTasks();
    const resets = await service.resets(id);
    expect(resets.map(({ redemption }) => redemption)).toEqual(['accepted', 'pending', 'pending']);
    expect(resets.map(({ checkedAt }) => checkedAt === second?.checkedAt)).toEqual([true, true, false]);
    expect((await jobRow(id))?.check?.counts).toEqual({ pending: 2, accepted: 1, unknown: 0 });
  });
  test('counts nobody twice when a run is delivered twice', async () => {
    const id = await service.job(Array.from({ length: 30 }, (_, index) => ({ user: guest(index).id })));
    await service.drain();
    await startCheck(service.deps, id);
    await Promise.all([continueCheck(service.deps, id), continueCheck(service.deps, id)]);
    await runTasks();
    expect((await jobRow(id))?.check?.counts).toEqual({ pending: 30, accepted: 0, unknown: 0 });
  });
  test('that lost its message goes on by itself', async () => {
    const id = await service.job([{ user: guest(0).id }]);
    await service.drain();
    await startCheck(service.deps, id);
    service.tasks.length = 0;
    await reconcile(service.deps);
    expect(service.tasks).toEqual([]);
    service.advance(16 * 60);
    await reconcile(service.deps);
    await runTasks();
    expect((await jobRow(id))?.check?.endedAt).toBeDefined();
    await reconcile(service.deps);
    expect(service.tasks).toEqual([]);
  });
  test('waits where Graph asks to, and loses nobody', async () => {
    const id = await service.job([{ user: guest(0).id }, { user: guest(1).id }]);
    await service.drain();
    await startCheck(service.deps, id);
    await service.graph.sim('POST', '/faults', { kind: 'getUser', status: 429, retryAfter: 4 });
    service.tasks.length = 0;
    await continueCheck(service.deps, id);
    expect(service.tasks).toHaveLength(1);
    service.advance(5);
    expect(await runTasks()).toBe(1);
    expect((await jobRow(id))?.check?.counts).toEqual({ pending: 2, accepted: 0, unknown: 0 });
  });
  test('leads to a reminder that reaches those who have not redeemed, and locks out nobody who has since', async () => {
    const id = await service.job([0, 1, 2].map((index) => ({ user: guest(index).id })));
    await service.drain();
    await redeem(0);
    await startCheck(service.deps, id);
    await runTasks();
    const pending = (await service.resets(id)).filter(({ redemption }) => redemption === 'pending');
    await redeem(1);
    const options = { sendInvitationMessage: true, onlyIf: 'pending', skipIfResetWithinHours: 0 };
    const reminder = await service.job(
      pending.map(({ guestId }) => ({ user: guestId })),
      options,
    );
    await service.drain();
    expect((await service.resets(reminder)).map(({ status, verdict }) => [status, verdict?.code])).toEqual([
      ['skipped', 'stateNotWanted'],
      ['succeeded', 'reset'],
    ]);
    expect(await Promise.all([0, 1, 2].map((index) => service.mailsTo(guest(index).id)))).toEqual([1, 1, 2]);
    expect(service.graph.user(guest(1).id).externalUserState).toBe('Accepted');
  });
  test('is not begun for a job that is still running', async () => {
    const id = await service.job([{ user: guest(0).id }]);
    expect((await startCheck(service.deps, id))?.check).toBeUndefined();
    expect(service.tasks).toEqual([]);
  });
});

test('the history of a guest has every reset that was tried, newest first, page by page', async () => {
  const ids = [];
  for (let round = 0; round < 3; round++) {
    ids.unshift(
      await service.job([{ user: guest(0).id, reference: `round ${round}` }], {
        sendInvitationMessage: false,
        skipIfResetWithinHours: 0,
      }),
    );
    await service.drain();
    service.advance(1);
  }
  const first = await guestHistory(service.deps, guest(0).id.toUpperCase(), undefined, 2);
  expect(first.resets.map(({ entry, record }) => [entry.jobId, record?.status])).toEqual([
    [ids[0], 'succeeded'],
    [ids[1], 'succeeded'],
  ]);
  const second = await guestHistory(service.deps, guest(0).id, first.next, 2);
  expect([second.resets.map(({ record }) => record?.request.reference), second.next]).toEqual([['round 0'], undefined]);
  const [, , oldest] = ids;
  if (oldest !== undefined) await service.deps.chunks.removeAll(oldest);
  expect(
    (await guestHistory(service.deps, guest(0).id, first.next, 2)).resets.map(({ entry, record }) => [
      entry.jobId,
      record,
    ]),
  ).toEqual([[ids[2], undefined]]);
  expect((await guestHistory(service.deps, guest(1).id, undefined, 2)).resets).toEqual([]);
});
