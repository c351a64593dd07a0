import { expect, test } from 'vitest';
import { planSlots } from '../../../../shared/domain/pace/dispatch-plan.ts';
import type { Job } from '../../../../shared/domain/job/job.ts';
import { NEW_PACE } from '../../../../shared/domain/pace/pace.ts';
import { latestFirstSlot, mayBeLast } from '../../../../shared/domain/pace/slots-of-job.ts';
import { job, NOW, SECOND } from '../records.ts';

const policy = { resetsPerSecond: 20, readsPerSecond: 60 };
const at = (seconds: number) => ({ now: NOW + seconds * SECOND, monotonic: seconds * SECOND });
const bulk = (more: Partial<Job>): Job =>
  job({ lane: 'bulk', total: 2_000, chunkCount: 100, cursor: 100, lastSlotAt: NOW + 60 * SECOND, ...more });

test('a chunk may be the last from shortly before the last slot on', () => {
  expect([0, 54, 55, 61].map((seconds) => mayBeLast(bulk({}), policy, 0, at(seconds)))).toEqual([
    false,
    false,
    true,
    true,
  ]);
  expect(mayBeLast(job({ chunkCount: 1, cursor: 1 }), policy, 0, at(0))).toBe(true);
});

test('while chunks are not dispatched it may only be where their slots could be over since the job was read', () => {
  expect(mayBeLast(bulk({ cursor: 50 }), policy, 0, at(3))).toBe(false);
  expect(mayBeLast(bulk({ cursor: 50 }), policy, 0, at(45))).toBe(true);
  expect(mayBeLast(bulk({ cursor: 97 }), policy, 0, at(1))).toBe(true);
  // Rows so long that chunks are not full, and have two resets on average.
  expect(mayBeLast(bulk({ cursor: 50, total: 200 }), policy, 0, at(0))).toBe(true);
});

test('the last chunk of a canary is one as well', () => {
  const canary = { resets: 30, chunks: 2 };
  expect(mayBeLast(bulk({ cursor: 2, lastSlotAt: NOW, canary }), policy, 0, at(1))).toBe(true);
  expect(mayBeLast(bulk({ cursor: 2, lastSlotAt: NOW, canary: { ...canary, isOver: true } }), policy, 0, at(1))).toBe(
    false,
  );
});

test('of small jobs, dry runs and canceled jobs any may be', () => {
  for (const more of [
    { lane: 'priority' as const },
    { options: { skipIfResetWithinHours: 24, defaults: {}, dryRun: true } },
    { cancel: { requestedAt: NOW, by: 'somebody', cursor: 0, movedAt: NOW } },
  ]) {
    expect(mayBeLast(bulk({ cursor: 0, ...more }), policy, 0, at(0))).toBe(true);
  }
});

test('the slots that are left are counted from when the job was read, to the second', () => {
  const half = bulk({ cursor: 50 });
  // The last chunk stands 49 s after the next one; 5 s are for clocks that differ.
  expect([43.9, 44].map((seconds) => mayBeLast(half, policy, 0, at(seconds)))).toEqual([false, true]);
  expect([143.9, 144].map((seconds) => mayBeLast(half, policy, 100 * SECOND, at(seconds)))).toEqual([false, true]);
});

test('a last chunk that is not full leaves the others full', () => {
  expect(mayBeLast(bulk({ cursor: 50, total: 1_981 }), policy, 0, at(3))).toBe(false);
});

test('the first slot of a chunk is not later than the chunks behind it, along the pace, leave before the last one', () => {
  const slot = (index: number, more: Partial<Job> = {}): number =>
    (latestFirstSlot(bulk(more), index, policy) - NOW) / SECOND;
  expect([slot(99), slot(98), slot(39)]).toEqual([60, 59, 0]);
  expect(slot(98, { options: { skipIfResetWithinHours: 24, defaults: {}, maxPerMinute: 81 } })).toBeCloseTo(
    60 - 20 / (62 / 61),
  );
  expect(slot(96, { options: { skipIfResetWithinHours: 24, defaults: {}, dryRun: true } })).toBe(59);
  expect(slot(79, { total: 200 })).toBe(58);
  expect(slot(0, { lane: 'priority' })).toBe(60);
});

test('chunks that are not full have their slots where dispatch puts them', () => {
  const long = bulk({ total: 500, chunkCount: 100, cursor: 0 });
  const { slots } = planSlots(NEW_PACE, [long], { ...policy, dispatchHorizonSeconds: 120 }, NOW);
  const lastSlotAt = slots.at(-1)?.at ?? 0;
  for (const { chunk, at: slotAt } of slots)
    expect(latestFirstSlot({ ...long, cursor: 100, lastSlotAt }, chunk, policy)).toBe(slotAt);
});
