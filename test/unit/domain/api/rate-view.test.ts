import { expect, test } from 'vitest';
import { rateView } from '../../../../shared/domain/api/rate-view.ts';
import type { Job } from '../../../../shared/domain/job/job.ts';
import { DEFAULT_POLICY } from '../../../../shared/domain/policy.ts';
import { NO_COUNTS } from '../../../../shared/domain/reset/counts.ts';
import { addEndTimes, MOST_INTERVALS } from '../../../../shared/domain/reset/endings.ts';
import type { Wait } from '../../../../shared/domain/waits.ts';
import { job, NOW, SECOND } from '../records.ts';

const running = (more: Partial<Job> = {}): Job => job({ status: 'inProgress', startedAt: NOW, ...more });
const settings = (seconds: number, waits?: readonly Wait[]) => ({
  waits,
  rules: DEFAULT_POLICY,
  now: NOW + seconds * SECOND,
});
const done = (succeeded: number) => ({ ...NO_COUNTS, succeeded, pending: 100 });
const at = (seconds: number): string => new Date(NOW + seconds * SECOND).toISOString();
const START = NOW / SECOND;

test('a job under way has a point for each interval up to now, those without an end among them', () => {
  const endings = addEndTimes(undefined, [
    [START + 1, 20],
    [START + 16, 20],
  ]);
  expect(rateView(running(), { counts: done(40), endings }, settings(22))).toEqual({
    from: at(0),
    to: at(22),
    intervalSeconds: 5,
    limitPerSecond: 19.55,
    points: [0, 5, 10, 15, 20].map((second, index) => ({ at: at(second), ended: [20, 0, 0, 20, 0][index] })),
  });
});

test('who was sent an invitation is told by when it was sent, in the intervals of those that ended', () => {
  const endings = addEndTimes(undefined, [[START + 16, 45]]);
  const sendings = addEndTimes(undefined, [
    [START + 4, 20],
    [START + 11, 15],
  ]);
  const { points } = rateView(running(), { counts: done(45), endings, sendings }, settings(22));
  expect(points.map(({ ended, sent }) => [ended, sent])).toEqual([
    [0, 20],
    [0, 0],
    [0, 15],
    [45, 0],
    [0, 0],
  ]);
});

test('where sendings are known by longer intervals only, all is told by these', () => {
  const endings = addEndTimes(undefined, [[START + 1, 20]]);
  const sendings = { interval: 10, first: START / 10, counts: [20, 10] };
  const { intervalSeconds, points } = rateView(running(), { counts: done(20), endings, sendings }, settings(19));
  expect([intervalSeconds, points.map(({ sent }) => sent)]).toEqual([10, [20, 10]]);
});

test('of a job that an older build has run nothing is said of when it was sent; of one that sent nothing, that', () => {
  const endings = addEndTimes(undefined, [[START + 1, 20]]);
  expect(rateView(running(), { counts: done(20), endings }, settings(1)).points[0]).not.toHaveProperty('sent');
  const unknown = { ...NO_COUNTS, unknown: 20 };
  expect(rateView(running(), { counts: unknown, endings }, settings(1)).points[0]).not.toHaveProperty('sent');
  const skipped = { ...NO_COUNTS, skipped: 20 };
  expect(rateView(running(), { counts: skipped, endings }, settings(1)).points[0]).toMatchObject({ sent: 0 });
});

test('a job that ended is told up to its end, however long ago that is', () => {
  const ended = running({ endedAt: NOW + 12 * SECOND });
  const endings = addEndTimes(undefined, [[START + 12, 20]]);
  const { to, points } = rateView(ended, { counts: { ...NO_COUNTS, failed: 20 }, endings }, settings(9_000_000));
  expect([to, points.map(({ ended: count }) => count)]).toEqual([at(12), [0, 0, 20]]);
});

test('one that waits for long still has few points, and the sums stay', () => {
  const endings = addEndTimes(undefined, [[START + 1, 20]]);
  const { points, intervalSeconds } = rateView(running(), { counts: done(20), endings }, settings(30 * 86_400));
  expect([points.length <= MOST_INTERVALS, intervalSeconds, points[0]?.ended]).toEqual([true, 7_200, 20]);
});

test('waits are marked that were the job’s own, and those of the tenant since it began', () => {
  const own = running({ waits: [[NOW + 6 * SECOND, NOW + 7 * SECOND]] });
  const tenant: readonly Wait[] = [
    [NOW - 60 * SECOND, NOW],
    [NOW + 15 * SECOND, NOW + 900 * SECOND],
  ];
  const { points } = rateView(own, { counts: done(0) }, settings(22, tenant));
  expect(points.map(({ waiting }) => waiting === true)).toEqual([false, true, false, true, true]);
});

test('resets whose end has no known time are told apart, and where all are so there is no point that says none ended', () => {
  const endings = addEndTimes(undefined, [[START + 1, 5]]);
  expect(rateView(running(), { counts: done(25), endings }, settings(1))).toMatchObject({
    points: [{ ended: 5 }],
    untimed: 20,
  });
  expect(rateView(running(), { counts: done(25) }, settings(1))).toMatchObject({ points: [], untimed: 25 });
  expect(rateView(running(), { counts: done(0) }, settings(1))).not.toHaveProperty('untimed');
});

test('the limit is that of the settings, or the job’s own, or of looking up', () => {
  const limit = (options: Partial<Job['options']>): number =>
    rateView(
      running({ options: { skipIfResetWithinHours: 24, defaults: {}, ...options } }),
      { counts: done(0) },
      settings(1),
    ).limitPerSecond;
  expect([limit({}), limit({ maxPerMinute: 90 }), limit({ maxPerMinute: 99_999 }), limit({ dryRun: true })]).toEqual([
    19.55, 1.5, 19.55, 60,
  ]);
});

test('before it has begun a job is told from its submission on', () => {
  const queued = job({ status: 'queued' });
  expect(rateView(queued, { counts: done(0) }, settings(7))).toMatchObject({
    from: at(0),
    points: [{ ended: 0 }, { ended: 0 }],
  });
});

test.each([1e20, Infinity, Number.NaN])('a row whose times are %d is told by those that are times', (time) => {
  const endings = addEndTimes(undefined, [[START + 1, 20]]);
  const absurd = running({ startedAt: time, createdAt: NOW, endedAt: time });
  expect(rateView(absurd, { counts: done(20), endings }, settings(6))).toEqual(
    rateView(running(), { counts: done(20), endings }, settings(6)),
  );
  const nothing = rateView({ ...absurd, createdAt: time }, { counts: done(20), endings }, settings(6));
  expect(nothing.points.reduce((sum, { ended }) => sum + ended, 0)).toBe(20);
});
