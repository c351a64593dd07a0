import { describe, expect, test } from 'vitest';
import { hearDate, LOCAL_IS_RIGHT, type ClockBelief } from '../../../shared/domain/clock-belief.ts';

const DAY = 86_400_000;
const MINUTE = 60_000;

/** What is believed after answers with these differences, so many ms apart. */
const after = (differences: readonly number[], apartMs = 200, from: ClockBelief = LOCAL_IS_RIGHT): ClockBelief =>
  differences.reduce((belief, difference, index) => hearDate(belief, difference, index * apartMs), from);
const repeated = (times: number, difference: number): number[] => Array.from({ length: times }, () => difference);

describe('a local clock is believed to be right', () => {
  test('while the service differs by less than counts', () => {
    expect(after([0, 1_999, -2_000, 500])).toEqual({ offset: 0 });
  });
  test('although one answer, or two, have a wild date', () => {
    expect(after([DAY]).offset).toBe(0);
    expect(after([0, DAY, 0, -DAY, DAY, 0])).toEqual({ offset: 0 });
  });
  test('although the dates jump from answer to answer', () => {
    expect(after([DAY, -DAY, 5 * MINUTE, 10 * DAY, -3 * MINUTE, DAY, 0]).offset).toBe(0);
  });
  test('although many answers of one moment have the same wild date', () => {
    expect(after(repeated(20, DAY), 1).offset).toBe(0);
  });
  test('although every other answer has the same wild date', () => {
    expect(after([DAY, 0, DAY, 0, DAY, 0, DAY]).offset).toBe(0);
  });
});

describe('a local clock that is truly wrong', () => {
  test('is corrected after three answers in a row that agree, over some time', () => {
    expect(after([4 * MINUTE, 4 * MINUTE + 900]).offset).toBe(0);
    expect(after([4 * MINUTE, 4 * MINUTE + 900, 4 * MINUTE - 900])).toEqual({ offset: 4 * MINUTE - 900 });
  });
  test('stays corrected, although one answer tells it to be right', () => {
    expect(after([...repeated(3, -4 * MINUTE), 0, -4 * MINUTE])).toEqual({ offset: -4 * MINUTE });
  });
  test('is taken as it is once it has been set right', () => {
    expect(after([...repeated(3, 4 * MINUTE), ...repeated(3, 700)])).toEqual({ offset: 0 });
  });
});
