/**
 * How fast a job went, from its rows: on real tables and the simulated tenant, whose outbox says when mails went out.
 */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RateView } from '../../../shared/domain/api/rate-view.ts';
import type { JobId } from '../../../shared/domain/ids.ts';
import { answerJobRate } from '../../../shared/entry/http/answers/rate-answer.ts';
import type { Caller } from '../../../shared/entry/http/requests/caller.ts';
import type { Deps } from '../../../shared/usecases/deps.ts';
import { dispatch } from '../../../shared/usecases/dispatch.ts';
import { cancelJob, continueCancel } from '../../../shared/usecases/jobs/cancel-job.ts';
import { readJob } from '../../../shared/usecases/jobs/read-jobs.ts';
import { reconcile } from '../../../shared/usecases/repair/reconcile.ts';
import { liftCappedWait } from '../../../shared/usecases/stops/lift-capped-wait.ts';
import { callOf } from '../call-of.ts';
import { startService, type Service } from '../service-fixture.ts';
import { readStored, restore } from '../stored-rows.ts';

let service: Service;
beforeEach(async () => {
  service = await startService({ guests: 400 });
});
afterEach(async () => {
  await service?.stop();
});

const MAIL = { sendInvitationMessage: true, verify: false };
const guests = (from: number, count: number): { user: string }[] =>
  Array.from({ length: count }, (_, index) => ({ user: service.graph.guest('Accepted', from + index).id }));

async function rateOf(
  id: JobId,
  deps: Deps = service.deps,
): Promise<RateView & { readonly again: string | undefined }> {
  const caller: Caller = { id: 'caller', roles: new Set(['Read']) };
  const { jsonBody, headers } = await answerJobRate(callOf('getJobRate', { caller, deps, params: { id } }));
  return { ...(jsonBody as RateView), again: (headers as Record<string, string>)['Retry-After'] };
}
const endedIn = ({ points }: RateView): number => points.reduce((sum, { ended }) => sum + ended, 0);
const sentIn = ({ points }: RateView): number => points.reduce((sum, { sent = 0 }) => sum + sent, 0);
const total = async (id: JobId): Promise<number> => (await service.deps.jobs.read(id))?.value.total ?? 0;
/** When each mail went out, as the tenant tells it. */
const mailTimes = async (): Promise<number[]> =>
  ((await service.graph.sim('GET', '/mails')).body as { at: string }[]).map(({ at }) => Date.parse(at));
/** The points that bear a mark, as times from which and up to which they are. */
const marked = ({ points, intervalSeconds }: RateView): [number, number][] =>
  points.flatMap(({ at = '', waiting }) =>
    waiting === true ? [[Date.parse(at), Date.parse(at) + intervalSeconds * 1000]] : [],
  );

test('the points say when the mails went out, all of them, while the job runs and when it has ended', async () => {
  const id = await service.job(guests(0, 150), { ...MAIL, maxPerMinute: 60 });
  for (let looks = 0; looks < 3; looks++) {
    for (let steps = 0; steps < 2; steps++) await service.step();
    await dispatch(service.deps);
    const rate = await rateOf(id);
    expect([endedIn(rate), sentIn(rate)]).toEqual(Array(2).fill((await mailTimes()).length));
    expect(rate).toMatchObject({ limitPerSecond: 1, again: '5' });
  }
  for (let runs = 0; runs < 5; runs++) {
    await service.drain();
    await dispatch(service.deps);
  }
  const rate = await rateOf(id);
  expect(rate).not.toHaveProperty('untimed');
  expect(rate.again).toBeUndefined();
  const sent = await mailTimes();
  expect([endedIn(rate), sentIn(rate), sent.length]).toEqual([150, 150, 150]);
  const width = rate.intervalSeconds * 1000;
  const outboxBy = rate.points.map(({ at = '' }) => {
    const from = Date.parse(at);
    return sent.filter((time) => time >= from && time < from + width).length;
  });
  // Graph's answer comes a moment after the mail: of a chunk at the edge of an interval it may be in the next one.
  const [seen, told] = [outboxBy, rate.points.map(({ ended }) => ended)].map((counts) =>
    counts.map((_count, at) => counts.slice(0, at + 1).reduce((sum, count) => sum + count, 0)),
  );
  for (const [at, sum] of (told ?? []).entries()) {
    expect(sum).toBeLessThanOrEqual(seen?.[at] ?? 0);
    expect(sum).toBeGreaterThanOrEqual(seen?.[at - 1] ?? 0);
  }
});

test('who is skipped has ended, and nothing was sent: also of a job that has ended', async () => {
  await service.job(guests(0, 30), MAIL);
  await service.drain();
  const id = await service.job(guests(0, 45), MAIL);
  await service.drain();
  const rate = await rateOf(id);
  expect([endedIn(rate), sentIn(rate), (await mailTimes()).length]).toEqual([45, 15, 45]);
  const nobody = await service.job(guests(0, 25), MAIL);
  await service.drain();
  expect([endedIn(await rateOf(nobody)), sentIn(await rateOf(nobody))]).toEqual([25, 0]);
});

describe('where Graph had asked to wait', () => {
  async function throttledJob(retryAfter: number): Promise<{ id: JobId; from: number }> {
    const id = await service.job(guests(0, 50), { ...MAIL, maxPerMinute: 60 });
    await service.step();
    await service.fault({ kind: 'invite', status: 429, retryAfter });
    while (!service.logged.includes('throttled')) await service.step();
    return { id, from: service.now() };
  }

  test('the points are marked, and no others, also when the tenant has forgotten it', async () => {
    const { id, from } = await throttledJob(40);
    await service.drain();
    const rate = await rateOf(id);
    const marks = marked(rate);
    const width = rate.intervalSeconds * 1000;
    expect(marks[0]?.[0]).toBeGreaterThan(from - 2 * width);
    expect(marks[0]?.[0]).toBeLessThanOrEqual(from);
    expect(marks.at(-1)?.[1]).toBeGreaterThanOrEqual(from + 38_000);
    expect(marks.at(-1)?.[1]).toBeLessThan(from + 40_000 + 2 * width);
    expect([endedIn(rate), rate.points.length > marks.length]).toEqual([50, true]);
    await service.deps.control.changePace((pace) => ({ pace: { ...pace, waits: [] }, result: undefined }));
    expect(await rateOf(id)).toEqual(rate);
  });
  test('a job under way knows it at once, and one that begins later not at all', async () => {
    const { id, from } = await throttledJob(40);
    service.advance(20);
    const marks = marked(await rateOf(id));
    expect(marks.at(-1)?.[1]).toBeGreaterThanOrEqual(from + 19_000);
    await service.drain();
    service.advance(60);
    const later = await service.job(guests(60, 3), MAIL);
    await service.drain();
    expect(endedIn(await rateOf(later))).toBe(3);
    expect(marked(await rateOf(later))).toEqual([]);
  });
  test('a wait that somebody has lifted ends there', async () => {
    const { id, from } = await throttledJob(100_000);
    service.advance(60);
    await liftCappedWait(service.deps);
    service.advance(300);
    const marks = marked(await rateOf(id));
    expect(marks.at(-1)?.[1]).toBeGreaterThan(from + 55_000);
    expect(marks.at(-1)?.[1]).toBeLessThan(from + 100_000);
  });
});

describe('whatever happens between two writes', () => {
  test('nothing is counted twice, and nothing is lost: the sums are those of the rows', async () => {
    const id = await service.job(guests(0, 60), { ...MAIL, maxPerMinute: 600 });
    const { jobs } = service.deps;
    let deaths = 0;
    /** Dies right before it writes the job's row, or right after, in turn. */
    const mortal: Deps = {
      ...service.deps,
      jobs: {
        ...jobs,
        replace: async (job, version) => {
          if (++deaths % 2 === 0) await jobs.replace(job, version);
          throw new Error('died');
        },
      },
    };
    for (let steps = 0; steps < 20; steps++) {
      await service.step(steps % 3 === 0 ? service.deps : mortal).catch(() => undefined);
      await readJob(mortal, id).catch(() => undefined);
      if (steps % 5 === 0) await dispatch(service.deps);
    }
    await reconcile(service.deps);
    await service.drain();
    const ended = (await service.resets(id)).filter(({ endedAt }) => endedAt !== undefined);
    expect([deaths > 1, ended.length, endedIn(await rateOf(id))]).toEqual([true, 60, 60]);
    expect(await rateOf(id)).not.toHaveProperty('untimed');
  });
  test('what was canceled ended, too, when it was canceled', async () => {
    const id = await service.job(guests(0, 45), { ...MAIL, notBefore: '2099-01-01T00:00:00Z' });
    service.advance(30);
    await cancelJob(service.deps, id, { id: 'caller' });
    await continueCancel(service.deps, id);
    await readJob(service.deps, id);
    const rate = await rateOf(id);
    expect([endedIn(rate), rate.points.at(-1)?.ended]).toEqual([45, 45]);
  });
});

describe('of a job that an older build has run', () => {
  test('nothing is made up: its resets are told without a time', async () => {
    await restore(service, readStored('ended'));
    const [id] = (await service.deps.jobs.page(undefined, 1)).map((job) => job.id);
    if (id === undefined) throw new Error('no job');
    expect(await rateOf(id)).toMatchObject({ points: [], untimed: 3 });
  });
  test('what this build has run of it has its times', async () => {
    await restore(service, readStored('halfDispatched'));
    for (let runs = 0; runs < 3; runs++) {
      await service.drain();
      await dispatch(service.deps);
    }
    const [id] = (await service.deps.jobs.page(undefined, 1)).map((job) => job.id);
    if (id === undefined) throw new Error('no job');
    const rate = await rateOf(id);
    expect([endedIn(rate), await total(id)]).toEqual([25, 25]);
    expect(rate).not.toHaveProperty('untimed');
  });
  test('a chunk that it has written last, and a sum that it has moved on, are told apart from the rest', async () => {
    const id = await service.job(guests(0, 50), { ...MAIL, maxPerMinute: 600 });
    for (let runs = 0; runs < 5; runs++) {
      while (service.messages.length > 1) await service.step();
      await dispatch(service.deps);
    }
    for await (const { endTimes: _unknown, ...row } of service.tables.chunks.listEntities())
      if (String(row['rowKey']).startsWith('000000'))
        await service.tables.chunks.updateEntity(row as { partitionKey: string; rowKey: string }, 'Replace');
    await service.drain();
    const rate = await rateOf(id);
    expect([endedIn(rate), rate.untimed]).toEqual([30, 20]);
    const read = await service.deps.jobs.read(id);
    if (read === undefined) throw new Error('gone');
    const { endings: _dropped, ...snapshot } = read.value.snapshot;
    await service.deps.jobs.replace({ ...read.value, snapshot }, read.version);
    expect(await rateOf(id)).toMatchObject({ points: [], untimed: 50 });
  });
});
