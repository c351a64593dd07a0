import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isWatched, remembered, standsInTheWay, submittedLately } from '../../../../shared/domain/job/duplicate.ts';
import { newJobId, type JobId } from '../../../../shared/domain/ids.ts';
import { receivingJob, type Job } from '../../../../shared/domain/job/job.ts';
import { pause, stop } from '../../../../shared/domain/stops/stop.ts';
import { NOW } from '../records.ts';

const HOUR = 3_600_000;
const idAt = (at: number, tail = 0): JobId => newJobId(at, new Uint8Array(16).fill(tail));
const receiving: Job = {
  ...receivingJob(idAt(NOW), { id: 'caller' }, { caller: 'caller', key: 'key' }, NOW),
  total: 21,
};
const queued: Job = { ...receiving, status: 'queued', committedAt: NOW };
const as = (status: Job['status']): Job => ({ ...queued, status });
const ended = (status: Job['status']): Job => ({ ...as(status), endedAt: NOW + 1 });

describe('an earlier job', () => {
  test.each<[string, Job | 'unreadable' | undefined, boolean]>([
    ['whose commit is not noted in its row', receiving, true],
    ['that is queued', queued, true],
    ['that waits for its time', { ...queued, options: { ...queued.options, notBefore: NOW + 9 * HOUR } }, true],
    ['that is in progress', as('inProgress'), true],
    ['that is paused by hand', pause<Job>(queued, 'wait', NOW), true],
    ['that was stopped', stop(as('inProgress'), { code: 'refusedRepeatedly', message: '' }, NOW), true],
    ['that has completed', ended('completed'), true],
    ['that cannot be read', 'unreadable', true],
    ['that is being canceled', as('canceling'), false],
    ['that was canceled', ended('canceled'), false],
    ['that failed', ended('failed'), false],
    ['of which something failed', ended('completedWithErrors'), false],
    [
      'that is being deleted',
      { ...ended('completed'), deletion: { kind: 'stripping', cursor: 0, movedAt: NOW } },
      false,
    ],
    ['that was deleted', { ...ended('completed'), deletion: { kind: 'stripped' } }, false],
    ['that is not there', undefined, false],
  ])('%s is in the way, or is not', (_, earlier, isInTheWay) => {
    expect(standsInTheWay(earlier)).toBe(isInTheWay);
  });
});

test.each([
  [20, undefined, false],
  [21, undefined, true],
  [21, false, true],
  [21, true, false],
])('a job of %i resets with dryRun %s is watched: %s', (total, dryRun, watched) => {
  const options = { ...receiving.options, ...(dryRun !== undefined && { dryRun }) };
  expect(isWatched({ total, options })).toBe(watched);
});

test('jobs count for an hour from their submission, to the millisecond, and those of a clock that is ahead too', () => {
  const at = NOW + HOUR;
  const ids = [idAt(at + 4_000), idAt(at), idAt(NOW + 1), idAt(NOW, 31), idAt(NOW - 1), idAt(NOW - HOUR)];
  expect(submittedLately(ids, at)).toEqual(ids.slice(0, 4));
});

test('of any submissions the newest first are remembered, at most twenty, and none older than an hour', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 600_000 }), { minLength: 1, maxLength: 60 }), (gaps) => {
      let at = NOW;
      const made = gaps.map((gap, index) => idAt((at += gap), index % 32));
      let kept: JobId[] = [];
      let createdAt = NOW;
      for (const [index, id] of made.entries()) {
        createdAt += gaps[index] ?? 0;
        kept = remembered(kept, { id, createdAt });
      }
      const lately = made.filter((_, index) => {
        const sum = gaps.slice(0, index + 1).reduce((total, gap) => total + gap, 0);
        return NOW + sum >= createdAt - HOUR;
      });
      expect(kept).toEqual(lately.toReversed().slice(0, 20));
    }),
  );
});
