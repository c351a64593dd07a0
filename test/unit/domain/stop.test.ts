import { describe, expect, test } from 'vitest';
import { beginTrial, isParked, isTrialOf, lift, OPEN_GATE, stop } from '../../../shared/domain/stop.ts';
import { job, jobId, NOW } from './records.ts';

const why = { code: 'tenantBlocked', message: 'Blocked.' };
const trial = { jobId: jobId(), chunk: 3, until: NOW + 1 };
const stopped = stop(OPEN_GATE, why, NOW);
const trying = beginTrial(stopped, trial);
const chunk = { jobId: jobId(), index: 3 };

describe('a stop', () => {
  test('keeps its first reason', () => {
    expect(stop(stopped, { code: 'other', message: 'Later.' }, NOW + 1)).toBe(stopped);
  });
  test('that is being tried takes a newer reason, and the trial is over', () => {
    expect(stop(trying, { code: 'other', message: 'Again.' }, NOW + 1)).toEqual({
      stop: { code: 'other', message: 'Again.', since: NOW + 1 },
    });
  });
  test('rests every chunk but the one of its trial', () => {
    expect(isParked([OPEN_GATE, job()], chunk)).toBe(false);
    expect(isParked([stopped], chunk)).toBe(true);
    expect(isParked([trying], chunk)).toBe(false);
    expect(isParked([trying], { ...chunk, index: 4 })).toBe(true);
    expect(isParked([trying], { ...chunk, jobId: jobId(1) })).toBe(true);
  });
  test('of the job rests its chunk even while the tenant tries it', () => {
    expect(isParked([trying, stop(job(), why, NOW)], chunk)).toBe(true);
    expect(isParked([trying, beginTrial(stop(job(), why, NOW), trial)], chunk)).toBe(false);
  });
  test('once lifted is gone, and the time is kept', () => {
    expect(lift(trying, NOW + 5)).toEqual({ resumedAt: NOW + 5 });
    expect(isTrialOf(lift(trying, NOW), chunk)).toBe(false);
  });
  test('that is not there cannot be tried or lifted', () => {
    expect(beginTrial(OPEN_GATE, trial)).toBe(OPEN_GATE);
    expect(lift(OPEN_GATE, NOW)).toBe(OPEN_GATE);
  });
});

describe('a trial', () => {
  test('keeps the reason and the time of the stop that it tries', () => {
    expect(trying).toEqual({ stop: { ...why, since: NOW, trial } });
  });
  test('may go on with the next chunk', () => {
    const next = beginTrial(trying, { ...trial, chunk: 4 });
    expect([isTrialOf(next, chunk), isTrialOf(next, { ...chunk, index: 4 })]).toEqual([false, true]);
  });
  test('is of no chunk where nothing is stopped, or nothing is tried', () => {
    expect([isTrialOf(OPEN_GATE, chunk), isTrialOf(stopped, chunk)]).toEqual([false, false]);
  });
});

test('a job that is stopped or resumed stays otherwise as it was', () => {
  const before = job({ resumedAt: NOW - 9 });
  expect(stop(before, why, NOW)).toEqual({ ...before, stop: { ...why, since: NOW } });
  expect(lift(stop(before, why, NOW), NOW + 1)).toEqual({ ...before, resumedAt: NOW + 1 });
});
