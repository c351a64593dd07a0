/** When a number is typed before something is done to as many guests. */

/** Up to so many one click is enough. */
export const CONFIRM_ABOVE = 20;

export const mustConfirm = (guests: number): boolean => guests > CONFIRM_ABOVE;

/** As people write a number, with or without separators before each three digits: 2.4 is not 24. */
const NUMBER = /^\s*(?:\d+|\d{1,3}(?:[\s,.’']\d{3})+)\s*$/u;
const digitsOf = (typed: string): string => typed.replaceAll(/[\s,.’']/gu, '');

/** Whether what was typed is the number. */
export const isConfirmed = (typed: string, guests: number): boolean =>
  !mustConfirm(guests) || (NUMBER.test(typed) && digitsOf(typed) === String(guests));

/** Whether it is something else, and not the begin of the number: what may still become it lacks a digit at least. */
export const isAnother = (typed: string, guests: number): boolean =>
  !isConfirmed(typed, guests) && !String(guests).slice(0, -1).startsWith(digitsOf(typed));
