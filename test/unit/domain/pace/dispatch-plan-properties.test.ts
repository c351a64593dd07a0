import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planSlots } from '../../../../shared/domain/pace/dispatch-plan.ts';
import type { Job } from '../../../../shared/domain/job/job.ts';
import { NEW_PACE } from '../../../../shared/domain/pace/pace.ts';
import { job, jobId, NOW, SECOND } from '../records.ts';

const HORIZON_MS = 120 * SECOND;
const rules = { resetsPerSecond: 20, readsPerSecond: 60, dispatchHorizonSeconds: 120 };
const someJob = fc.record({
  chunkCount: fc.integer({ min: 1, max: 200 }),
  lastChunk: fc.integer({ min: 1, max: 20 }),
  cursor: fc.nat(200),
  lane: fc.constantFrom('priority' as const, 'bulk' as const),
  startsInSeconds: fc.integer({ min: -600, max: 600 }),
});
const someJobs = fc.array(someJob, { minLength: 1, maxLength: 5 }).map((all) =>
  all.map(({ chunkCount, lastChunk, cursor, lane, startsInSeconds }, seed): Job =>
    job({
      id: jobId(seed + 1),
      lane,
      chunkCount,
      total: (chunkCount - 1) * 20 + lastChunk,
      cursor: Math.min(cursor, chunkCount),
      options: { skipIfResetWithinHours: 24, defaults: {}, notBefore: NOW + startsInSeconds * SECOND },
    }),
  ),
);
const startOf = ({ options: { notBefore = NOW } }: Job): number => notBefore;
const mayStart = (each: Job): boolean => startOf(each) <= NOW;

describe('whatever waits, a plan', () => {
  test('takes the chunks of each job in order from its cursor, and none twice', () => {
    fc.assert(
      fc.property(someJobs, (jobs) => {
        const { slots } = planSlots(NEW_PACE, jobs, rules, NOW);
        for (const each of jobs) {
          const own = slots.filter((slot) => slot.jobId === each.id).map(({ chunk }) => chunk);
          expect(own).toEqual(own.map((_chunk, position) => each.cursor + position));
          expect(each.cursor + own.length).toBeLessThanOrEqual(each.chunkCount);
        }
      }),
      { numRuns: 60 },
    );
  });
  test('takes nothing of a job before its time, all of a priority job at once, and no bulk beyond the horizon', () => {
    fc.assert(
      fc.property(someJobs, (jobs) => {
        const { slots } = planSlots(NEW_PACE, jobs, rules, NOW);
        const priority = jobs.filter((each) => each.lane === 'priority' && mayStart(each));
        expect(slots.filter((slot) => priority.some(({ id }) => id === slot.jobId)).map(({ at }) => at)).toEqual(
          priority.flatMap(({ chunkCount, cursor }) => Array.from({ length: chunkCount - cursor }, () => NOW)),
        );
        expect(slots.filter((slot) => jobs.some((each) => each.id === slot.jobId && !mayStart(each)))).toEqual([]);
        expect(slots.filter(({ at }) => at < NOW || at > NOW + HORIZON_MS)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
  test('lets no bulk job get ahead of another that still waits', () => {
    fc.assert(
      fc.property(someJobs, (jobs) => {
        const bulk = jobs.filter(mayStart).map((each): Job => ({ ...each, lane: 'bulk' }));
        const taken = new Map(bulk.map(({ id }) => [id, 0]));
        for (const { jobId: next } of planSlots(NEW_PACE, bulk, rules, NOW).slots) {
          const mine = taken.get(next) ?? 0;
          const behind = bulk.filter(
            ({ id, cursor, chunkCount }) => (taken.get(id) ?? 0) < mine && cursor + (taken.get(id) ?? 0) < chunkCount,
          );
          expect(behind).toEqual([]);
          taken.set(next, mine + 1);
        }
      }),
      { numRuns: 60 },
    );
  });
  test('comes back for what is left: when it may start, and before the planned slots are over; else never', () => {
    fc.assert(
      fc.property(someJobs, (jobs) => {
        const { slots, nextRunAt = Infinity } = planSlots(NEW_PACE, jobs, rules, NOW);
        const left = jobs.filter(
          (each) => each.cursor + slots.filter((slot) => slot.jobId === each.id).length < each.chunkCount,
        );
        const latest = Math.min(Infinity, ...left.map((each) => (mayStart(each) ? NOW + HORIZON_MS : startOf(each))));
        expect(nextRunAt).toBeLessThanOrEqual(latest);
        expect(nextRunAt).toBeGreaterThan(NOW);
      }),
      { numRuns: 60 },
    );
  });
});

test('run after run, a long job gets out whole, at the steady rate', () => {
  const chunkCount = 700;
  let waiting = job({ lane: 'bulk', chunkCount, total: chunkCount * 20 });
  let pace = NEW_PACE;
  let now = NOW;
  const at: number[] = [];
  for (let runs = 0; waiting.cursor < chunkCount && runs < 20; runs++) {
    const planned = planSlots(pace, [waiting], rules, now);
    at.push(...planned.slots.map((slot) => slot.at));
    waiting = { ...waiting, cursor: waiting.cursor + planned.slots.length };
    ({ pace } = planned);
    now = planned.nextRunAt ?? now;
  }
  expect(at).toEqual(Array.from({ length: chunkCount }, (_, second) => NOW + second * SECOND));
});
