import { describe, expect, test } from 'vitest';
import { receivingJob } from '../../../../shared/domain/job/job.ts';
import { NO_COUNTS } from '../../../../shared/domain/reset/counts.ts';
import { laneOf } from '../../../../shared/domain/job/lane.ts';
import {
  advance,
  cancelMoved,
  commit,
  keepWaits,
  progressed,
  received,
  requestCancel,
  verified,
} from '../../../../shared/domain/job/changes.ts';
import { NO_OUTCOME_COUNTS } from '../../../../shared/domain/reset/outcome-counts.ts';
import { job, jobId, NOW, SECOND } from '../records.ts';

const receiving = job({ status: 'receiving' });
const warnings = [{ code: 'unusedColumns', message: 'w' }] as const;
const summary = { total: 21, warnings, options: { skipIfResetWithinHours: 0, defaults: {} }, columns: ['user'] };
const snapshot = { upTo: 1, counts: { ...NO_COUNTS, succeeded: 20 }, outcomeCounts: NO_OUTCOME_COUNTS };

describe('a try', () => {
  test('writes down all that a commit by somebody else needs, and is still no job', () => {
    expect(received(receiving, summary, 2)).toMatchObject({
      ...summary,
      status: 'receiving',
      chunkCount: 2,
      lane: 'bulk',
    });
  });
  test('is never closed, even when nothing in it is open', () => {
    expect(
      progressed(
        receiving,
        { counts: snapshot.counts, outcomeCounts: NO_OUTCOME_COUNTS, snapshot, allEnded: true },
        NOW,
      ).status,
    ).toBe('receiving');
  });
  test('is committed once: whoever finishes the commit later changes nothing', () => {
    const queued = commit(receiving, NOW);
    expect(commit(queued, NOW + SECOND)).toBe(queued);
    const running = advance(queued, 1, NOW, NOW);
    expect(commit(running, NOW + SECOND)).toBe(running);
  });
});

test('a job keeps those waits that came while it ran, once each', () => {
  const tenant = [
    [NOW - 60 * SECOND, NOW + 5 * SECOND],
    [NOW + 20 * SECOND, NOW + 90 * SECOND],
  ] as const;
  const running = job({ createdAt: NOW - 100 * SECOND, startedAt: NOW });
  const early = keepWaits(running, tenant, NOW + 30 * SECOND);
  expect(early.waits).toEqual([
    [NOW, NOW + 5 * SECOND],
    [NOW + 20 * SECOND, NOW + 30 * SECOND],
  ]);
  expect(keepWaits(early, tenant.slice(1), NOW + 100 * SECOND).waits).toEqual([
    [NOW, NOW + 5 * SECOND],
    [NOW + 20 * SECOND, NOW + 90 * SECOND],
  ]);
  expect(keepWaits({ ...early, endedAt: NOW + 40 * SECOND }, tenant, NOW + 900 * SECOND).waits?.at(-1)?.[1]).toBe(
    NOW + 40 * SECOND,
  );
  expect(keepWaits(running, undefined, NOW)).toBe(running);
});

test('the priority lane takes up to twenty resets', () => {
  expect([1, 20, 21].map(laneOf)).toEqual(['priority', 'priority', 'bulk']);
});

describe('a job under way', () => {
  const running = advance(job({ chunkCount: 3, total: 60 }), 1, NOW, NOW);
  test('keeps the time of its first wake', () => {
    expect(advance(running, 2, NOW, NOW + SECOND)).toMatchObject({ cursor: 2, startedAt: NOW });
  });
  test('takes a newer snapshot over, never an older one', () => {
    const moved = progressed(
      running,
      { counts: NO_COUNTS, outcomeCounts: NO_OUTCOME_COUNTS, snapshot, allEnded: false },
      NOW,
    );
    expect(moved).toMatchObject({ snapshot, status: 'inProgress' });
    expect(
      progressed(
        moved,
        {
          counts: NO_COUNTS,
          outcomeCounts: NO_OUTCOME_COUNTS,
          snapshot: { upTo: 0, counts: NO_COUNTS, outcomeCounts: NO_OUTCOME_COUNTS },
          allEnded: false,
        },
        NOW,
      ),
    ).toBe(moved);
  });
  test('comes back itself when nothing moved, so that nothing is written', () => {
    expect(
      progressed(
        running,
        { counts: NO_COUNTS, outcomeCounts: NO_OUTCOME_COUNTS, snapshot: running.snapshot, allEnded: false },
        NOW,
      ),
    ).toBe(running);
  });
});

describe('a cancel', () => {
  const started = job({ status: 'inProgress' });
  const canceling = requestCancel(started, { id: 'somebody' }, NOW);
  test('stops dispatch at once, and is asked for once', () => {
    expect(canceling).toMatchObject({ status: 'canceling', cancel: { by: 'somebody', cursor: 0 } });
    expect(advance(canceling, 1, NOW, NOW)).toBe(canceling);
    expect(requestCancel(canceling, { id: 'another' }, NOW + 1)).toBe(canceling);
  });
  test('does not touch what has ended, or is no job yet', () => {
    for (const other of [
      { ...started, endedAt: NOW },
      { ...started, status: 'receiving' as const },
    ])
      expect(requestCancel(other, { id: 'somebody' }, NOW)).toBe(other);
  });
  test('moves on once over the same chunks, and at the last one everything counts as dispatched', () => {
    const two = { ...canceling, chunkCount: 2, cursor: 1 };
    const moved = cancelMoved(two, 0, 1, NOW + 1);
    expect([moved.cancel?.cursor, moved.cursor]).toEqual([1, 1]);
    expect(cancelMoved(moved, 0, 1, NOW + 2)).toBe(moved);
    expect(cancelMoved(moved, 1, 2, NOW + 2).cursor).toBe(2);
  });
  test('makes the job canceled if everything was, else it ends as its resets did', () => {
    const ended = (counts: object) =>
      progressed(
        canceling,
        { counts: { ...NO_COUNTS, ...counts }, outcomeCounts: NO_OUTCOME_COUNTS, snapshot, allEnded: true },
        NOW,
      ).status;
    expect([ended({ canceled: 20 }), ended({ succeeded: 19, canceled: 1 }), ended({ succeeded: 20 })]).toEqual([
      'canceled',
      'completedWithErrors',
      'completed',
    ]);
  });
});

test('a try without columns writes down none', () => {
  const { columns: _columns, ...plain } = summary;
  expect(received(receiving, plain, 2)).not.toHaveProperty('columns');
});

describe('a job that is canceled', () => {
  const started = job({ status: 'inProgress', chunkCount: 3 });
  const canceling = requestCancel(started, { id: 'somebody' }, NOW);
  test('remembers when that was asked for, and when it last moved', () => {
    expect(canceling.cancel).toEqual({ requestedAt: NOW, by: 'somebody', cursor: 0, movedAt: NOW });
    expect(cancelMoved(canceling, 0, 2, NOW + 5).cancel).toEqual({
      requestedAt: NOW,
      by: 'somebody',
      cursor: 2,
      movedAt: NOW + 5,
    });
  });
  test('keeps its dispatch cursor until the last chunk is canceled', () => {
    expect(cancelMoved(canceling, 0, 2, NOW)).toMatchObject({ cursor: 0 });
    expect(cancelMoved(canceling, 0, 3, NOW)).toMatchObject({ cursor: 3 });
  });
  test('is moved on no more once it has ended, and no job is that nobody canceled', () => {
    const ended = { ...canceling, endedAt: NOW };
    expect(cancelMoved(ended, 0, 1, NOW)).toBe(ended);
    expect(cancelMoved(started, 0, 1, NOW)).toBe(started);
  });
});

describe('the end of a job', () => {
  const all = (counts: object, allEnded = true) => ({
    counts: { ...NO_COUNTS, ...counts },
    outcomeCounts: NO_OUTCOME_COUNTS,
    snapshot,
    allEnded,
  });
  test('is written with its time and the last snapshot', () => {
    expect(progressed(job({ status: 'inProgress' }), all({ succeeded: 20 }), NOW + SECOND)).toMatchObject({
      status: 'completed',
      endedAt: NOW + SECOND,
      snapshot,
    });
  });
  test('comes when everything has ended, and not before', () => {
    expect(progressed(job({ status: 'inProgress' }), all({ succeeded: 20 }, false), NOW)).not.toHaveProperty('endedAt');
  });
  test('is that of its resets where nobody canceled the job, although some of them were', () => {
    expect(progressed(job({ status: 'inProgress' }), all({ succeeded: 1, canceled: 1 }), NOW).status).toBe(
      'completedWithErrors',
    );
  });
});

test('a job is dispatched forward only: the same cursor again changes nothing', () => {
  const running = advance(job({ chunkCount: 3 }), 1, NOW, NOW);
  expect(advance(running, 1, NOW, NOW + SECOND)).toBe(running);
});

test('a new try is open, empty, and skips guests of the last 24 hours', () => {
  expect(receivingJob(jobId(), { id: 'caller' }, { caller: 'c', key: 'k' }, NOW)).toEqual({
    id: jobId(),
    status: 'receiving',
    lane: 'bulk',
    createdAt: NOW,
    submitter: { id: 'caller' },
    idempotency: { caller: 'c', key: 'k' },
    options: { skipIfResetWithinHours: 24, defaults: {} },
    warnings: [],
    total: 0,
    chunkCount: 0,
    cursor: 0,
    snapshot: {
      upTo: 0,
      counts: { pending: 0, sending: 0, succeeded: 0, failed: 0, skipped: 0, unknown: 0, canceled: 0 },
      outcomeCounts: { mails: 0, emailChanges: 0, byCode: {}, byWarning: {} },
    },
  });
});

describe('an ended job', () => {
  const close = (counts: object, options: object = {}) => {
    const running = job({ status: 'inProgress' });
    return progressed(
      { ...running, options: { ...running.options, ...options } },
      {
        counts: { ...NO_COUNTS, ...counts },
        outcomeCounts: NO_OUTCOME_COUNTS,
        snapshot: running.snapshot,
        allEnded: true,
      },
      NOW,
    );
  };
  test('has successes to be looked at, unless there are none, or nobody wants to know', () => {
    expect(close({ succeeded: 1, failed: 19 }).verifying).toBe(true);
    expect(close({ failed: 20 })).not.toHaveProperty('verifying');
    expect(close({ succeeded: 20 }, { verify: false })).not.toHaveProperty('verifying');
    expect(close({ succeeded: 20 }, { dryRun: true })).not.toHaveProperty('verifying');
  });
  test('stays as it is but for that, once they have been', () => {
    const { verifying: _over, ...rest } = close({ succeeded: 20 });
    expect(verified(close({ succeeded: 20 }))).toStrictEqual(rest);
    const none = close({ failed: 20 });
    expect(verified(none)).toBe(none);
  });
});
