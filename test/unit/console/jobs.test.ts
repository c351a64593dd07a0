import { describe, expect, test } from 'vitest';
import type { Job } from '../../../client/types.ts';
import { filtersOf, searchOf, wrongIn } from '../../../console/src/pages/jobs/filters.ts';
import { stateOf, stateWords, titleOf } from '../../../console/src/parts/job-words.ts';
import { COUNTS, JOB as RUNNING } from './a-job.ts';

const JOB: Job = {
  ...RUNNING,
  status: 'completed',
  total: 480,
  done: 480,
  counts: { ...COUNTS, succeeded: 480 },
  summary: { mailed: 480, emailsAdded: 0 },
  byCode: { reset: 480 },
  // In whatever time zone this runs.
  createdAt: new Date(new Date().getFullYear(), 10, 29, 14, 33).toISOString(),
  endedAt: new Date(new Date().getFullYear(), 10, 29, 14, 40).toISOString(),
};

test('a job is called by its reason, or else by its size and when; where nothing is known by the end of its id', () => {
  expect(titleOf({ ...JOB, reason: 'CHG-7' })).toBe('CHG-7');
  expect(titleOf(JOB)).toBe('480 guests, 29 Nov 14:33');
  expect(titleOf({ ...JOB, total: 1 })).toBe('1 guest, 29 Nov 14:33');
  expect(titleOf({ ...JOB, createdAt: new Date(2021, 0, 2, 3, 4).toISOString() })).toBe('480 guests, 2 Jan 2021 03:04');
  expect(titleOf({ id: JOB.id })).toBe('Job …nnz118');
});

describe('the state of a job', () => {
  const rehearsal = (would: number, more: Partial<Job> = {}): Job => ({
    ...JOB,
    dryRun: true,
    byCode: { wouldReset: would },
    ...more,
  });

  test('is no success where all guests were skipped', () => {
    expect(stateOf(JOB)).toEqual({ text: 'Completed', color: 'success' });
    expect(stateOf({ ...JOB, counts: { ...COUNTS, skipped: 480 } })).toEqual({
      text: 'All skipped',
      color: 'informative',
    });
    expect(stateOf({ ...JOB, counts: { ...COUNTS, skipped: 479, succeeded: 1 } }).text).toBe('Completed');
  });

  test('is canceled where some were, also if others were reset before, which the service calls errors', () => {
    const canceled = { requestedAt: '', by: 'anna' };
    const given = (counts: Partial<Job['counts']>) =>
      stateOf({ ...JOB, status: 'completedWithErrors', counts: { ...COUNTS, ...counts }, canceled });
    expect(given({ succeeded: 20, canceled: 460 })).toEqual({
      text: 'Canceled, 20 reset before',
      color: 'informative',
    });
    expect(given({ canceled: 480 }).text).toBe('Canceled');
    expect(given({ succeeded: 20, unknown: 1, canceled: 459 }).color).toBe('severe');
    // The cancel came too late for anybody.
    expect(given({ succeeded: 479, failed: 1 }).text).toBe('Completed with errors');
  });

  test('of a rehearsal is what it has found, which is no error', () => {
    expect(stateOf(rehearsal(480)).text).toBe('All would be reset');
    expect(stateOf(rehearsal(0, { status: 'failed' }))).toEqual({ text: 'Nobody would be reset', color: 'warning' });
    expect(stateOf(rehearsal(473, { status: 'completedWithErrors' }))).toEqual({
      text: '473 of 480 would be reset',
      color: 'informative',
    });
    const counts = { ...COUNTS, succeeded: 400, canceled: 80 };
    expect(stateOf(rehearsal(400, { status: 'completedWithErrors', counts })).text).toBe('Stopped');
    const { endedAt: _ended, ...open } = rehearsal(100, { status: 'inProgress' });
    expect(stateOf(open).text).toBe('In progress');
  });

  test('is looked for among rehearsals by other words than among jobs', () => {
    expect(stateWords('completedWithErrors', false)).toBe('Completed with errors');
    expect(stateWords('completedWithErrors', true)).toBe('Some cannot be reset');
    expect(stateWords('queued', true)).toBe('Queued');
  });
});

describe('an address with conditions', () => {
  const of = (text: string) => new URLSearchParams(text);

  test('says what the page makes of it, and back', () => {
    const filters = { whose: 'mine', statuses: ['paused', 'failed'], kind: 'both' } as const;
    expect(filtersOf(searchOf(filters))).toEqual(filters);
    expect(wrongIn(searchOf(filters))).toEqual([]);
    expect(wrongIn(of(''))).toEqual([]);
  });

  test('is not followed as far as it is understood, but told what is not', () => {
    expect(wrongIn(of('status=bogus'))).toEqual(['There is no state “bogus”.']);
    expect(wrongIn(of('status=paused,Failed,'))).toEqual(['There is no state “Failed”.', 'There is no state “”.']);
    expect(wrongIn(of('whose=anna&kind=dry'))).toEqual(['There is no submitter “anna”.', 'There is no kind “dry”.']);
    expect(wrongIn(of('stauts=paused&toString=1'))).toEqual([
      'Jobs have no “stauts” to choose by.',
      'Jobs have no “toString” to choose by.',
    ]);
    expect(wrongIn(of('status=paused&status=failed'))).toEqual(['“status” is said more than once.']);
  });
});
