import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planSlots } from '../../../../shared/domain/pace/dispatch-plan.ts';
import type { Job } from '../../../../shared/domain/job/job.ts';
import { countOfDay } from '../../../../shared/domain/pace/day-count.ts';
import { charge, NEW_PACE, reserve } from '../../../../shared/domain/pace/pace.ts';
import { throttle } from '../../../../shared/domain/pace/throttling.ts';
import { job, jobId, NOW, SECOND } from '../records.ts';

const rules = { resetsPerSecond: 20, readsPerSecond: 60, dispatchHorizonSeconds: 120 };
const bulk = (seed: number, chunkCount: number): Job =>
  job({ id: jobId(seed), lane: 'bulk', chunkCount, total: chunkCount * 20 });
const single = (seed: number): Job => job({ id: jobId(seed), lane: 'priority', chunkCount: 1, total: 1 });

test('bulk chunks stand a second apart at 20 resets a second, and never beyond the horizon', () => {
  const { slots, nextRunAt } = planSlots(NEW_PACE, [bulk(1, 500)], rules, NOW);
  expect(slots.map(({ at }) => at)).toEqual(Array.from({ length: 121 }, (_, second) => NOW + second * SECOND));
  expect(nextRunAt).toBe(NOW + 60 * SECOND);
});

test('two bulk jobs take turns', () => {
  const { slots } = planSlots(NEW_PACE, [bulk(1, 3), bulk(2, 50)], rules, NOW);
  expect(slots.slice(0, 6).map((slot) => slot.jobId)).toEqual([
    jobId(1),
    jobId(2),
    jobId(1),
    jobId(2),
    jobId(1),
    jobId(2),
  ]);
});

test('priority goes at once, whatever is planned, and pushes bulk back', () => {
  const busy = planSlots(NEW_PACE, [bulk(1, 100)], rules, NOW).pace;
  const { slots, pace } = planSlots(busy, [single(2)], rules, NOW);
  expect(slots).toEqual([{ jobId: jobId(2), chunk: 0, at: NOW }]);
  expect(pace.nextFreeAt).toBe(busy.nextFreeAt + SECOND / 20);
});

test('nothing goes while Graph asks to wait, and nothing before its time', () => {
  const silent = throttle(NEW_PACE, NOW + 30 * SECOND, NOW);
  expect(planSlots(silent, [single(1)], rules, NOW).slots[0]?.at).toBe(NOW + 30 * SECOND);
  const later = { ...single(1), options: { skipIfResetWithinHours: 24, defaults: {}, notBefore: NOW + 5 * SECOND } };
  expect(planSlots(NEW_PACE, [later], rules, NOW)).toMatchObject({ slots: [], nextRunAt: NOW + 5 * SECOND });
});

test('no chunk is planned twice or left out, and the pace only moves forward', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 1, max: 30 }), fc.boolean()), { minLength: 1, maxLength: 4 }),
      (sizes) => {
        const jobs = sizes.map(([chunks, small], seed) => (small ? single(seed) : bulk(seed, chunks)));
        const { slots, pace } = planSlots(NEW_PACE, jobs, rules, NOW);
        expect(new Set(slots.map((slot) => `${slot.jobId}.${slot.chunk}`)).size).toBe(
          jobs.reduce((sum, each) => sum + each.chunkCount, 0),
        );
        expect(pace.nextFreeAt).toBeGreaterThanOrEqual(NOW);
      },
    ),
  );
});

test('in any ten seconds, bulk slots stay within the rate', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 1, max: 20 }), fc.nat(3_000)), { minLength: 2, maxLength: 60 }),
      (wishes) => {
        let pace = NEW_PACE;
        let now = NOW;
        const taken: { at: number; cost: number }[] = [];
        for (const [cost, pause] of wishes) {
          now += pause;
          const reserved = reserve(pace, cost, 20, now);
          ({ pace } = reserved);
          taken.push({ at: reserved.slotAt, cost });
        }
        for (const { at } of taken) {
          const inWindow = taken
            .filter((other) => other.at >= at && other.at < at + 10 * SECOND)
            .reduce((sum, { cost }) => sum + cost, 0);
          // One chunk may begin at the very end of the window.
          expect(inWindow).toBeLessThanOrEqual(20 * 10 + 20);
        }
      },
    ),
  );
});

test('chunks of long rows, which are not full, count in all as many resets as there are', () => {
  const long = { ...bulk(1, 10), total: 50 };
  const { pace } = planSlots(NEW_PACE, [long], rules, NOW);
  expect(pace.nextFreeAt).toBe(NOW + (50 / 20) * SECOND);
});

test('what is sent beyond the plan moves later slots back', () => {
  expect(charge({ ...NEW_PACE, nextFreeAt: NOW + SECOND }, 40, 20, NOW).nextFreeAt).toBe(NOW + 3 * SECOND);
});

describe('the lanes', () => {
  test('are served in this order: everything of priority, then bulk in turn', () => {
    const { slots } = planSlots(NEW_PACE, [bulk(1, 2), single(2), bulk(3, 2), single(4)], rules, NOW);
    expect(slots.map((slot) => [slot.jobId, slot.chunk])).toEqual([
      [jobId(2), 0],
      [jobId(4), 0],
      [jobId(1), 0],
      [jobId(3), 0],
      [jobId(1), 1],
      [jobId(3), 1],
    ]);
  });
  test('go on from the cursor of each job, and ask for no further run when nothing is left', () => {
    const { slots, nextRunAt } = planSlots(NEW_PACE, [{ ...bulk(1, 4), cursor: 2 }], rules, NOW);
    expect([slots.map(({ chunk }) => chunk), nextRunAt]).toEqual([[2, 3], undefined]);
    expect(planSlots(NEW_PACE, [], rules, NOW)).toEqual({ slots: [], pace: NEW_PACE });
  });
  test('of dry runs follow the pace of look-ups and cost no write', () => {
    const dry = { ...bulk(1, 3), options: { skipIfResetWithinHours: 24, defaults: {}, dryRun: true } };
    const { slots, pace } = planSlots(NEW_PACE, [dry], { ...rules, readsPerSecond: 10 }, NOW);
    expect(slots.map(({ at }) => at)).toEqual([NOW, NOW + 2 * SECOND, NOW + 4 * SECOND]);
    expect([pace.nextFreeAt, pace.nextReadAt]).toEqual([0, NOW + 6 * SECOND]);
  });
});

describe('dispatch runs again', () => {
  test('after half of the horizon, or when a job may begin, whichever comes first', () => {
    const later = (seconds: number): Job => ({
      ...single(2),
      options: { skipIfResetWithinHours: 24, defaults: {}, notBefore: NOW + seconds * SECOND },
    });
    expect(planSlots(NEW_PACE, [bulk(1, 500), later(30)], rules, NOW).nextRunAt).toBe(NOW + 30 * SECOND);
    expect(planSlots(NEW_PACE, [bulk(1, 500), later(90)], rules, NOW).nextRunAt).toBe(NOW + 60 * SECOND);
    expect(planSlots(NEW_PACE, [later(0)], rules, NOW)).toMatchObject({ slots: [{ at: NOW }] });
  });
  test('for the next beginning, once that is within ten minutes: the timer runs every five', () => {
    const later = (seconds: number): Job => ({
      ...single(2),
      options: { skipIfResetWithinHours: 24, defaults: {}, notBefore: NOW + seconds * SECOND },
    });
    expect([600, 601].map((seconds) => planSlots(NEW_PACE, [later(seconds)], rules, NOW).nextRunAt)).toEqual([
      NOW + 600 * SECOND,
      undefined,
    ]);
    expect(planSlots(NEW_PACE, [later(7 * 86_400), later(500)], rules, NOW).nextRunAt).toBe(NOW + 500 * SECOND);
  });
});

test('the last chunk pays for its resets alone, whole milliseconds of time are told', () => {
  const three = { ...bulk(1, 3), total: 41 };
  expect(planSlots(NEW_PACE, [three], rules, NOW).pace.nextFreeAt).toBe(NOW + (41 / 20) * SECOND);
  const { slots } = planSlots(NEW_PACE, [bulk(1, 3)], { ...rules, resetsPerSecond: 18 }, NOW);
  expect(slots.map(({ at }) => at - NOW)).toEqual([0, 1_112, 2_223]);
});

test('one run plans five thousand wakes at most, and the rest in the next', () => {
  const { slots, nextRunAt } = planSlots(NEW_PACE, [bulk(1, 6_000)], { ...rules, resetsPerSecond: 1e6 }, NOW);
  expect([slots.length, nextRunAt]).toEqual([5_000, NOW + 60 * SECOND]);
});

describe('a job with a rate of its own', () => {
  const slow = (seed: number, chunkCount: number): Job => ({
    ...bulk(seed, chunkCount),
    options: { skipIfResetWithinHours: 24, defaults: {}, maxPerMinute: 200 },
  });
  test('is planned along that, and leaves the slots in between to others', () => {
    const { slots, pace } = planSlots(NEW_PACE, [slow(1, 100), bulk(2, 100)], rules, NOW);
    const at = (seed: number): number[] =>
      slots.filter(({ jobId: id }) => id === jobId(seed)).map((slot) => (slot.at - NOW) / SECOND);
    for (const [index, time] of at(1).entries()) expect(time).toBeGreaterThanOrEqual(index * (20 / (181 / 61)) - 0.01);
    expect(at(1).length).toBeGreaterThan(15);
    expect(slots.length).toBeGreaterThan(115);
    expect(pace.nextFreeAt).toBeGreaterThanOrEqual(NOW + 115 * SECOND);
  });
  test('alone jumps to its next turn, and comes back for the rest', () => {
    const { slots, nextRunAt } = planSlots(NEW_PACE, [slow(1, 100)], rules, NOW);
    expect(slots.map(({ at }) => Math.round((at - NOW) / SECOND)).slice(0, 4)).toEqual([0, 7, 13, 20]);
    expect(slots.at(-1)?.at).toBeLessThanOrEqual(NOW + 120 * SECOND);
    expect(nextRunAt).toBe(NOW + 60 * SECOND);
  });
});

describe('jobs with rates of their own', () => {
  /** 12 a minute, a second more than that for delivery, and the first of a burst is free: 10 in 61 s. */
  const own = (seed: number, more: Partial<Job> = {}): Job => ({
    ...bulk(seed, 3),
    options: { skipIfResetWithinHours: 24, defaults: {}, maxPerMinute: 12 },
    ...more,
  });
  const busy = { ...NEW_PACE, nextFreeAt: NOW + 60 * SECOND };
  test('keep a timeline each, and what their budgets know', () => {
    const before = { ...NEW_PACE, jobs: { [jobId(1)]: { nextFreeAt: 0, spent: NOW + 7 * SECOND } } };
    const { pace } = planSlots(before, [own(1, { chunkCount: 1, total: 10 })], rules, NOW);
    expect(pace.jobs).toEqual({ [jobId(1)]: { nextFreeAt: NOW + 61 * SECOND, spent: NOW + 7 * SECOND } });
  });
  test('jump one after the other, each to its own turn', () => {
    const jobs = {
      [jobId(1)]: { nextFreeAt: NOW + 50 * SECOND, spent: 0 },
      [jobId(2)]: { nextFreeAt: NOW + 30 * SECOND, spent: 0 },
    };
    const { slots } = planSlots({ ...NEW_PACE, jobs }, [own(1), own(2)], rules, NOW);
    expect(slots.map(({ jobId: id, at }) => [id, at - NOW])).toEqual([
      [jobId(2), 30 * SECOND],
      [jobId(1), 50 * SECOND],
    ]);
  });
  test('do not keep others back that have none', () => {
    const jobs = { [jobId(1)]: { nextFreeAt: NOW + 50 * SECOND, spent: 0 } };
    const { slots } = planSlots({ ...NEW_PACE, jobs }, [own(1), bulk(2, 3)], rules, NOW);
    expect(slots.map(({ jobId: id, at }) => [id, at - NOW])).toEqual([
      [jobId(2), 0],
      [jobId(2), SECOND],
      [jobId(2), 2 * SECOND],
      [jobId(1), 50 * SECOND],
    ]);
  });
  test('wait for a slot of the tenant where their own turn is sooner, unless they are small', () => {
    expect(planSlots(busy, [own(1, { chunkCount: 1, total: 20 })], rules, NOW).slots).toMatchObject([
      { at: NOW + 60 * SECOND },
    ]);
    const small = planSlots(busy, [own(1, { lane: 'priority', chunkCount: 1, total: 20 })], rules, NOW);
    expect(small.slots).toMatchObject([{ at: NOW }]);
    expect(small.pace.nextFreeAt).toBe(NOW + 61 * SECOND);
  });
  test('that are small go at their own turn', () => {
    const jobs = { [jobId(1)]: { nextFreeAt: NOW + 5 * SECOND, spent: 0 } };
    expect(
      planSlots({ ...busy, jobs }, [own(1, { lane: 'priority', chunkCount: 1, total: 20 })], rules, NOW).slots,
    ).toMatchObject([{ at: NOW + 5 * SECOND }]);
  });
  test('look up in a dry run as fast as any, without a timeline of their own', () => {
    const dry = own(1, { options: { skipIfResetWithinHours: 24, defaults: {}, maxPerMinute: 12, dryRun: true } });
    const { slots, pace } = planSlots(NEW_PACE, [dry], { ...rules, readsPerSecond: 10 }, NOW);
    expect(slots.map(({ at }) => at - NOW)).toEqual([0, 2 * SECOND, 4 * SECOND]);
    for (const none of [pace, planSlots(NEW_PACE, [bulk(1, 3)], rules, NOW).pace])
      expect(none).not.toHaveProperty('jobs');
  });
});

test('of a day with a cap, slots that were taken leave less, unused time no more, and dry runs take nothing', () => {
  const capped = { ...rules, maxInvitationsPerDay: 200 };
  expect(
    [-100, 5].map(
      (seconds) =>
        planSlots({ ...NEW_PACE, nextFreeAt: NOW + seconds * SECOND }, [bulk(1, 100)], capped, NOW).slots.length,
    ),
  ).toEqual([10, 5]);
  const dry = { ...bulk(1, 100), options: { skipIfResetWithinHours: 24, defaults: {}, dryRun: true } };
  const { slots } = planSlots(NEW_PACE, [dry, bulk(2, 100)], capped, NOW);
  expect([jobId(1), jobId(2)].map((id) => slots.filter((slot) => slot.jobId === id).length)).toEqual([100, 10]);
  expect(planSlots({ ...NEW_PACE, day: countOfDay({}, 200, NOW) }, [dry], capped, NOW).slots).toHaveLength(100);
});

test('of a day with a cap no more is planned than is left, beside what is planned already', () => {
  const capped = { ...rules, maxInvitationsPerDay: 200 };
  const first = planSlots(NEW_PACE, [bulk(1, 100)], capped, NOW);
  expect(first.slots).toHaveLength(10);
  expect(planSlots(first.pace, [{ ...bulk(1, 100), cursor: 10 }], capped, NOW).slots).toEqual([]);
  expect(planSlots({ ...NEW_PACE, day: countOfDay({}, 200, NOW) }, [single(2)], capped, NOW)).toMatchObject({
    slots: [],
    nextRunAt: NOW + 60 * SECOND,
  });
});

test('after throttling slots stand further apart', () => {
  const { slots } = planSlots(throttle(NEW_PACE, NOW, NOW), [bulk(1, 3)], rules, NOW);
  expect(slots.map(({ at }) => at - NOW)).toEqual([0, 1_429, 2_858]);
});
