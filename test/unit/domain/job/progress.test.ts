import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changeResets, withNextWake } from '../../../../shared/domain/chunk/chunk.ts';
import { countResets } from '../../../../shared/domain/reset/counts.ts';
import { endStatus, foldProgress } from '../../../../shared/domain/job/progress.ts';
import { NO_COUNTS, sumOf, type Counts } from '../../../../shared/domain/reset/counts.ts';
import { advance, commit, progressed } from '../../../../shared/domain/job/changes.ts';
import { backoffMs, DEFAULT_POLICY, policyProblems } from '../../../../shared/domain/policy.ts';
import { end } from '../../../../shared/domain/reset/changes.ts';
import { NO_OUTCOME_COUNTS } from '../../../../shared/domain/reset/outcome-counts.ts';
import { chunk, job, NOW, pending, SECOND, sending } from '../records.ts';

const counts = (more: Partial<Counts>): Counts => ({ ...NO_COUNTS, ...more });
const failed = end(pending(2), 'failed', { verdict: { code: 'requestRefused', message: 'x' } }, NOW);

describe('a fold', () => {
  const running = job({ total: 60, chunkCount: 3, cursor: 2 });
  test('counts what was not dispatched as pending', () => {
    const rows = [
      { index: 0, counts: counts({ succeeded: 20 }), outcomeCounts: NO_OUTCOME_COUNTS },
      { index: 1, counts: counts({ sending: 5, failed: 15 }), outcomeCounts: NO_OUTCOME_COUNTS },
    ];
    expect(foldProgress(running, rows)).toEqual({
      counts: counts({ succeeded: 20, sending: 5, failed: 15, pending: 20 }),
      outcomeCounts: NO_OUTCOME_COUNTS,
      snapshot: { upTo: 1, counts: counts({ succeeded: 20 }), outcomeCounts: NO_OUTCOME_COUNTS },
      allEnded: false,
    });
  });
  test('moves the snapshot only over a gapless run of ended chunks', () => {
    const rows = [
      { index: 0, counts: counts({ pending: 1, succeeded: 19 }), outcomeCounts: NO_OUTCOME_COUNTS },
      { index: 1, counts: counts({ succeeded: 20 }), outcomeCounts: NO_OUTCOME_COUNTS },
    ];
    expect(foldProgress(running, rows).snapshot.upTo).toBe(0);
  });
  test('refuses to invent progress when a chunk is missing', () => {
    expect(() =>
      foldProgress(running, [{ index: 1, counts: counts({ succeeded: 20 }), outcomeCounts: NO_OUTCOME_COUNTS }]),
    ).toThrow('chunk 0 is missing');
  });
  test('refuses that too when it is the last one', () => {
    expect(() =>
      foldProgress(running, [{ index: 0, counts: counts({ succeeded: 20 }), outcomeCounts: NO_OUTCOME_COUNTS }]),
    ).toThrow('chunk 1 is missing');
  });
  test("always comes to the job's total", () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ pending: fc.nat(5), sending: fc.nat(5), succeeded: fc.nat(5), failed: fc.nat(5) }), {
          maxLength: 8,
        }),
        (chunks) => {
          const rows = chunks.map((each, index) => ({ index, counts: counts(each), outcomeCounts: NO_OUTCOME_COUNTS }));
          const total = rows.reduce((sum, row) => sum + sumOf(row.counts), 0) + 20;
          const folded = foldProgress(job({ total, chunkCount: rows.length + 1, cursor: rows.length }), rows);
          expect(sumOf(folded.counts)).toBe(total);
          expect(folded.allEnded).toBe(false);
        },
      ),
    );
  });
});

test.each([
  ['completed', { succeeded: 3, skipped: 1 }],
  ['completed', { skipped: 4 }],
  ['completedWithErrors', { succeeded: 3, unknown: 1 }],
  ['completedWithErrors', { unknown: 1 }],
  ['completedWithErrors', { failed: 3, unknown: 1 }],
  ['completedWithErrors', { failed: 3, skipped: 1 }],
  ['completedWithErrors', { failed: 3, canceled: 1 }],
  ['completedWithErrors', { succeeded: 3, canceled: 1 }],
  ['failed', { failed: 3 }],
  ['canceled', { canceled: 3 }],
] as const)('a job is %s whose resets ended as %j', (status, ended) => {
  expect(endStatus(counts(ended))).toBe(status);
});

test('a job goes forward only, and an ended one stays', () => {
  const queued = commit(job({ status: 'receiving' }), NOW);
  expect(queued).toMatchObject({ status: 'queued', committedAt: NOW });
  const started = advance(job({ chunkCount: 3 }), 2, NOW, NOW);
  expect(started).toMatchObject({ status: 'inProgress', cursor: 2 });
  expect(advance(started, 1, NOW, NOW)).toBe(started);
  const progress = {
    counts: counts({ succeeded: 20 }),
    outcomeCounts: NO_OUTCOME_COUNTS,
    snapshot: { upTo: 1, counts: counts({ succeeded: 20 }), outcomeCounts: NO_OUTCOME_COUNTS },
    allEnded: true,
  };
  const ended = progressed(job({ cursor: 1 }), progress, NOW);
  expect(ended).toMatchObject({ status: 'completed', endedAt: NOW });
  expect(progressed(ended, { ...progress, counts: counts({ failed: 20 }) }, NOW + 1)).toBe(ended);
  expect(advance(ended, 9, NOW, NOW)).toBe(ended);
});

describe('a chunk that is left', () => {
  test('with work has one new wake, at the earliest due time, and no owner', () => {
    const left = withNextWake(chunk([sending()], { wake: 4, attemptId: 'a', quietUntil: NOW + 9 }), [
      failed,
      pending(3, { dueAt: NOW + 9 * SECOND }),
      pending(4, { dueAt: NOW + 5 * SECOND }),
    ]);
    expect(left).toMatchObject({ wake: 5, dueAt: NOW + 5 * SECOND });
    expect([left.attemptId, left.quietUntil]).toEqual([undefined, undefined]);
  });
  test('without work keeps its wake', () => {
    expect(withNextWake(chunk([pending(2)], { wake: 4 }), [failed]).wake).toBe(4);
  });
  test('has counters that equal its rows', () => {
    const resets = changeResets([pending(1), pending(2), sending({}, 3)], new Map([[2, () => failed]]));
    expect(countResets(resets)).toEqual(counts({ pending: 1, failed: 1, sending: 1 }));
  });
});

test('back-off grows to its ceiling, with full jitter, and never under a second', () => {
  const { backoff } = DEFAULT_POLICY;
  expect([1, 2, 3].map((attempt) => backoffMs(attempt, backoff, 0.999_999_999))).toEqual([5_000, 10_000, 20_000]);
  expect(backoffMs(30, backoff, 0.999_999_999)).toBe(900_000);
  expect(backoffMs(30, backoff, 0)).toBe(1_000);
});

test('a quiet time that two workers could outlive is refused', () => {
  expect(policyProblems(DEFAULT_POLICY)).toEqual([]);
  expect(policyProblems({ ...DEFAULT_POLICY, quietSeconds: 70 })).toEqual([
    expect.stringContaining('ATTEMPT_QUIET_SECONDS'),
  ]);
});
