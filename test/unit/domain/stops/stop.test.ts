import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  beginTrial,
  endTrial,
  isParked,
  isTrialOf,
  lift,
  needsTrial,
  OPEN_GATE,
  pause,
  stop,
  type Gate,
} from '../../../../shared/domain/stops/stop.ts';
import { job, jobId, NOW } from '../records.ts';

const why = { code: 'tenantBlocked' as const, message: 'Blocked.' };
const seen = { ...why, since: NOW };
const trial = { jobId: jobId(), chunk: 3, until: NOW + 1 };
const stopped = stop(OPEN_GATE, why, NOW);
const trying = beginTrial(stopped, seen, trial);
const byHand = { code: 'pausedByHand' as const, message: 'Wait.', since: NOW + 5 };
const paused = pause(trying, 'Wait.', NOW + 5);
const chunk = { jobId: jobId(), index: 3 };

/** Without what was done to it, of which `actions.test.ts` tells. */
const state = <T extends { readonly actions?: unknown }>({ actions: _told, ...rest }: T): Omit<T, 'actions'> => rest;

describe('a stop', () => {
  test('keeps its first reason', () => {
    expect(stop(stopped, { code: 'noToken', message: 'Later.' }, NOW + 1)).toBe(stopped);
  });
  test('that is being tried takes a newer reason, and the trial is over', () => {
    expect(state(stop(trying, { code: 'noToken', message: 'Again.' }, NOW + 1))).toEqual({
      stop: { code: 'noToken', message: 'Again.', since: NOW + 1 },
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
    expect(isParked([trying, beginTrial(stop(job(), why, NOW), seen, trial)], chunk)).toBe(false);
  });
  test('once lifted is gone, and the time is kept', () => {
    expect(state(lift(trying, seen, NOW + 5))).toEqual({ resumedAt: NOW + 5 });
    expect(isTrialOf(lift(trying, seen, NOW), chunk)).toBe(false);
  });
  test('that is not there, or not the one that is meant, cannot be tried or lifted', () => {
    const other = { ...seen, since: NOW - 1 };
    expect([beginTrial(OPEN_GATE, seen, trial), lift(OPEN_GATE, seen, NOW), endTrial(OPEN_GATE, seen)]).toEqual([
      OPEN_GATE,
      OPEN_GATE,
      OPEN_GATE,
    ]);
    expect([beginTrial(trying, other, trial), lift(trying, other, NOW), endTrial(trying, other)]).toEqual([
      trying,
      trying,
      trying,
    ]);
  });
  test('needs a trial where Graph has caused it', () => {
    expect(
      (['tenantBlocked', 'refusedRepeatedly', 'pausedByHand', 'pauseAfter', 'awaitingApproval'] as const).map((code) =>
        needsTrial({ code, message: '' }),
      ),
    ).toEqual([true, true, false, false, false]);
  });
});

describe("somebody's pause", () => {
  test('stands before the stop that is there, whose trial is over', () => {
    expect(state(paused)).toEqual({ stop: { ...byHand, behind: seen } });
    expect(isParked([paused], chunk)).toBe(true);
  });
  test('has a stop that comes later behind it, and the first of two', () => {
    const both = stop(pause(OPEN_GATE, 'Wait.', NOW + 5), why, NOW);
    expect(state(both)).toEqual({ stop: { ...byHand, behind: seen } });
    expect(stop(both, { code: 'noToken', message: 'Later.' }, NOW + 1)).toBe(both);
  });
  test('gives way to a newer one that says why, and a resume meant for the older one does not lift that', () => {
    const newer = pause(paused, 'Again.', NOW + 9);
    expect(state(newer)).toEqual({ stop: { code: 'pausedByHand', message: 'Again.', since: NOW + 9, behind: seen } });
    expect(lift(newer, byHand, NOW + 10)).toBe(newer);
    expect(pause(pause(OPEN_GATE, 'Wait.', NOW + 5), 'Again.', NOW + 9).stop).not.toHaveProperty('behind');
  });
  test('keeps its words where a newer one says nothing', () => {
    expect(pause(paused, 'Again.', NOW + 9, false)).toBe(paused);
    expect(pause(trying, 'Wait.', NOW + 5, false)).toEqual(paused);
  });
  test('is lifted alone, and so is what stands behind it', () => {
    expect(state(lift(paused, byHand, NOW + 9))).toEqual({ stop: seen, resumedAt: NOW + 9 });
    expect(state(lift(paused, seen, NOW + 9))).toEqual({ stop: byHand, resumedAt: NOW + 9 });
  });
  test('lets nobody be tried', () => {
    expect([beginTrial(paused, seen, trial), beginTrial(paused, byHand, trial)]).toEqual([paused, paused]);
  });
});

describe('a trial', () => {
  test('keeps the reason and the time of the stop that it tries', () => {
    expect(state(trying)).toEqual({ stop: { ...seen, trial } });
  });
  test('may go on with the next chunk', () => {
    const next = beginTrial(trying, seen, { ...trial, chunk: 4 });
    expect([isTrialOf(next, chunk), isTrialOf(next, { ...chunk, index: 4 })]).toEqual([false, true]);
  });
  test('is of no chunk where nothing is stopped, or nothing is tried', () => {
    expect([isTrialOf(OPEN_GATE, chunk), isTrialOf(stopped, chunk)]).toEqual([false, false]);
  });
  test('that is over leaves the stop; where there is none the same comes back', () => {
    expect(endTrial(trying, seen)).toEqual(stopped);
    expect(endTrial(stopped, seen)).toBe(stopped);
  });
});

test('a job that is stopped or resumed stays otherwise as it was', () => {
  const before = job({ resumedAt: NOW - 9 });
  expect(state(stop(before, why, NOW))).toEqual({ ...before, stop: seen });
  expect(state(lift(stop(before, why, NOW), seen, NOW + 1))).toEqual({ ...before, resumedAt: NOW + 1 });
});

test(
  'in any order of stops, pauses and trials, what stands is lifted by as many resumes as there are stops, a pause ' +
    'first',
  () => {
    const act = fc.constantFrom('pause', 'stop', 'try', 'endTrial');
    fc.assert(
      fc.property(fc.array(act, { maxLength: 12 }), (acts) => {
        let gate: Gate = OPEN_GATE;
        for (const [at, each] of acts.entries()) {
          const current = gate.stop ?? seen;
          if (each === 'pause') gate = pause(gate, 'Wait.', NOW + at);
          else if (each === 'stop') gate = stop(gate, why, NOW + at);
          else gate = each === 'try' ? beginTrial(gate, current, trial) : endTrial(gate, current);
        }
        const isPaused = acts.includes('pause');
        const isRefused = acts.includes('stop');
        expect(gate.stop?.code).toBe(isPaused ? 'pausedByHand' : isRefused ? 'tenantBlocked' : undefined);
        for (let presses = 0; presses < Number(isPaused) + Number(isRefused); presses++)
          if (gate.stop !== undefined) gate = lift(gate, gate.stop, NOW + 99);
        expect(gate.stop).toBeUndefined();
      }),
    );
  },
);
