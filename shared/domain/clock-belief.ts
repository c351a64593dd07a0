/**
 * Whether the local clock is right, and by how much it is wrong, from what the table service's dates say. A single one
 * may be wild. Pure. Differences and times are milliseconds.
 */
import { CLOCK_TOLERANCE_MS } from './clocks.ts';

export interface ClockBelief {
  /** What the local clock lacks; 0 while it counts as right. */
  readonly offset: number;
  /** The last answers, one after the other, that agree with each other and not with that. */
  readonly contradiction?: { readonly offset: number; readonly answers: number; readonly since: number };
}

export const LOCAL_IS_RIGHT: ClockBelief = { offset: 0 };

/** So many answers in a row, over so much time, are believed. */
const AGREEING = 3;
const AGREED_FOR_MS = 250;

/**
 * @param difference of the service's date from the local clock
 * @param at when it came, by a clock that never jumps
 */
export function hearDate(belief: ClockBelief, difference: number, at: number): ClockBelief {
  const { offset, contradiction: before } = belief;
  if (isSame(difference, offset)) return { offset };
  const contradiction =
    before !== undefined && isSame(difference, before.offset)
      ? { ...before, answers: before.answers + 1 }
      : { offset: difference, answers: 1, since: at };
  if (contradiction.answers < AGREEING || at - contradiction.since < AGREED_FOR_MS) return { offset, contradiction };
  return { offset: isSame(difference, 0) ? 0 : difference };
}

const isSame = (one: number, other: number): boolean => Math.abs(one - other) <= CLOCK_TOLERANCE_MS;
