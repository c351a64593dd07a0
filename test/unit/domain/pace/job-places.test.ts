/** Jobs with a rate of their own have timelines in the control row, which has room for so many. */
import { expect, test } from 'vitest';
import { planSlots } from '../../../../shared/domain/pace/dispatch-plan.ts';
import type { Job } from '../../../../shared/domain/job/job.ts';
import { JOB_PACES_MAX, NEW_PACE, type Pace } from '../../../../shared/domain/pace/pace.ts';
import { pay } from '../../../../shared/domain/pace/pay.ts';
import { job, jobId, NOW, SECOND } from '../records.ts';

const rules = { resetsPerSecond: 20, readsPerSecond: 60, dispatchHorizonSeconds: 120 };
const slow = (seed: number, more: Partial<Job> = {}): Job =>
  job({
    id: jobId(seed),
    lane: 'priority',
    total: 20,
    options: { skipIfResetWithinHours: 24, defaults: {}, maxPerMinute: 10 },
    ...more,
  });
const placesOf = ({ jobs = {} }: Pace): number => Object.keys(jobs).length;
/** Every place is taken, the first for a minute and each other a second longer. */
const FULL: Pace = {
  ...NEW_PACE,
  jobs: Object.fromEntries(
    Array.from({ length: JOB_PACES_MAX }, (_, seed) => [
      jobId(1_000 + seed),
      { nextFreeAt: NOW + (60 + seed) * SECOND, spent: 0 },
    ]),
  ),
};
const payer = (of: Job) => ({
  job: of,
  costs: Array.from({ length: 20 }, () => ({ writes: 1, invitations: 1 })),
  planned: 20,
});

test('of two thousand jobs with a rate of their own, all are planned in time, and few at once', () => {
  const jobs = Array.from({ length: 2_000 }, (_, seed) => slow(seed));
  const planned = new Map<string, number>();
  let pace = NEW_PACE;
  let now = NOW;
  let most = 0;
  for (let runs = 0; planned.size < jobs.length && runs < 1_000; runs++) {
    const plan = planSlots(
      pace,
      jobs.filter(({ id }) => !planned.has(id)),
      rules,
      now,
    );
    ({ pace } = plan);
    most = Math.max(most, placesOf(pace));
    for (const slot of plan.slots) planned.set(slot.jobId, (planned.get(slot.jobId) ?? 0) + 1);
    expect(planned.size === jobs.length || plan.nextRunAt !== undefined).toBe(true);
    now = plan.nextRunAt ?? now;
  }
  expect([planned.size, new Set(planned.values())]).toEqual([2_000, new Set([1])]);
  expect(most).toBe(JOB_PACES_MAX);
});

test('a full row of places leaves room for all else', () => {
  expect(2 * JSON.stringify(FULL).length).toBeLessThan(200 * 1024);
});

test('who has a place is planned and pays; who has none waits for the first that is over', () => {
  const mine = slow(1_007);
  expect(planSlots(FULL, [mine], rules, NOW + 30 * SECOND).slots).toHaveLength(1);
  expect(planSlots(FULL, [slow(1)], rules, NOW)).toMatchObject({ slots: [], nextRunAt: NOW + 60 * SECOND });
  expect(pay(FULL, payer(mine), rules, NOW)).toMatchObject({ granted: 2 });
  expect(pay(FULL, payer(slow(1)), rules, NOW)).toEqual({
    pace: FULL,
    granted: 0,
    goAt: NOW,
    restDueAt: NOW + 60 * SECOND,
  });
});

test('a place that is over is free, and the one who takes it keeps to its rate', () => {
  const later = NOW + 61 * SECOND;
  const paid = pay(FULL, payer(slow(1)), rules, later);
  expect([paid.granted, placesOf(paid.pace)]).toEqual([2, JOB_PACES_MAX - 1]);
  expect(paid.pace.jobs?.[jobId(1)]?.spent).toBeGreaterThan(later);
});

test('jobs without a rate of their own, and dry runs, need no place', () => {
  const options = { skipIfResetWithinHours: 24, defaults: {} };
  const dry = slow(2, { options: { ...options, maxPerMinute: 10, dryRun: true } });
  expect(planSlots(FULL, [slow(1, { options }), dry], rules, NOW).slots).toHaveLength(2);
  expect(pay(FULL, payer(slow(1, { options })), rules, NOW).granted).toBe(20);
});

test('a wait for a place is looked at again after two minutes, as others may end before they thought', () => {
  const jobs = Object.fromEntries(
    Object.keys(FULL.jobs ?? {}).map((id) => [id, { nextFreeAt: NOW + 3_600 * SECOND, spent: 0 }]),
  );
  expect(pay({ ...FULL, jobs }, payer(slow(1)), rules, NOW).restDueAt).toBe(NOW + 120 * SECOND);
});
