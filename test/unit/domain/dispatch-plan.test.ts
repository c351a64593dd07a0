import fc from 'fast-check';
import { expect, test } from 'vitest';
import { planSlots } from '../../../shared/domain/dispatch-plan.ts';
import type { Job } from '../../../shared/domain/job.ts';
import { charge, hold, NEW_PACE, reserve } from '../../../shared/domain/pace.ts';
import { job, jobId, NOW, SECOND } from './records.ts';

const rules = { resetsPerSecond: 20, readsPerSecond: 60, dispatchHorizonSeconds: 120 };
const bulk = (seed: number, chunkCount: number): Job => job({ id: jobId(seed), lane: 'bulk', chunkCount, total: chunkCount * 20 });
const single = (seed: number): Job => job({ id: jobId(seed), lane: 'priority', chunkCount: 1, total: 1 });

test('bulk chunks stand a second apart at 20 resets a second, and never beyond the horizon', () => {
  const { slots, nextRunAt } = planSlots(NEW_PACE, [bulk(1, 500)], rules, NOW);
  expect(slots.map(({ at }) => at)).toEqual(Array.from({ length: 121 }, (_, second) => NOW + second * SECOND));
  expect(nextRunAt).toBe(NOW + 60 * SECOND);
});

test('two bulk jobs take turns', () => {
  const { slots } = planSlots(NEW_PACE, [bulk(1, 3), bulk(2, 50)], rules, NOW);
  expect(slots.slice(0, 6).map((slot) => slot.jobId)).toEqual([jobId(1), jobId(2), jobId(1), jobId(2), jobId(1), jobId(2)]);
});

test('priority goes at once, whatever is planned, and pushes bulk back', () => {
  const busy = planSlots(NEW_PACE, [bulk(1, 100)], rules, NOW).pace;
  const { slots, pace } = planSlots(busy, [single(2)], rules, NOW);
  expect(slots).toEqual([{ jobId: jobId(2), chunk: 0, at: NOW }]);
  expect(pace.nextFreeAt).toBe(busy.nextFreeAt + SECOND / 20);
});

test('nothing goes while Graph wants silence, and nothing before its time', () => {
  const silent = hold(NEW_PACE, NOW + 30 * SECOND);
  expect(planSlots(silent, [single(1)], rules, NOW).slots[0]?.at).toBe(NOW + 30 * SECOND);
  const later = { ...single(1), options: { skipIfResetWithinHours: 24, defaults: {}, notBefore: NOW + 5 * SECOND } };
  expect(planSlots(NEW_PACE, [later], rules, NOW)).toMatchObject({ slots: [], nextRunAt: NOW + 5 * SECOND });
});

test('no chunk is planned twice or left out, and the pace only moves forward', () => {
  fc.assert(fc.property(fc.array(fc.tuple(fc.integer({ min: 1, max: 30 }), fc.boolean()), { minLength: 1, maxLength: 4 }), (sizes) => {
    const jobs = sizes.map(([chunks, small], seed) => (small ? single(seed) : bulk(seed, chunks)));
    const { slots, pace } = planSlots(NEW_PACE, jobs, rules, NOW);
    expect(new Set(slots.map((slot) => `${slot.jobId}.${slot.chunk}`)).size).toBe(jobs.reduce((sum, each) => sum + each.chunkCount, 0));
    expect(pace.nextFreeAt).toBeGreaterThanOrEqual(NOW);
  }));
});

test('in any ten seconds, bulk slots stay within the rate', () => {
  fc.assert(fc.property(fc.array(fc.tuple(fc.integer({ min: 1, max: 20 }), fc.nat(3_000)), { minLength: 2, maxLength: 60 }), (wishes) => {
    let pace = NEW_PACE;
    let now = NOW;
    const taken: { at: number; cost: number }[] = [];
    for (const [cost, pause] of wishes) {
      now += pause;
      const reserved = reserve(pace, cost, 'bulk', 20, now);
      ({ pace } = reserved);
      taken.push({ at: reserved.slotAt, cost });
    }
    for (const { at } of taken) {
      const inWindow = taken.filter((other) => other.at >= at && other.at < at + 10 * SECOND).reduce((sum, { cost }) => sum + cost, 0);
      // One chunk may begin at the very end of the window.
      expect(inWindow).toBeLessThanOrEqual(20 * 10 + 20);
    }
  }));
});

test('chunks of long rows, which are not full, count in all as many resets as there are', () => {
  const long = { ...bulk(1, 10), total: 50 };
  const { pace } = planSlots(NEW_PACE, [long], rules, NOW);
  expect(pace.nextFreeAt).toBe(NOW + (50 / 20) * SECOND);
});

test('what is sent beyond the plan moves later slots back', () => {
  expect(charge({ ...NEW_PACE, nextFreeAt: NOW + SECOND }, 40, 20, NOW).nextFreeAt).toBe(NOW + 3 * SECOND);
});
