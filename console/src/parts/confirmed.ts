/** When a number is typed before something is done to as many guests. */

/** Up to so many one click is enough. */
export const CONFIRM_ABOVE = 20;

export const mustConfirm = (guests: number): boolean => guests > CONFIRM_ABOVE;

/** Whether what was typed is the number; as people write it, with or without separators. */
export const isConfirmed = (typed: string, guests: number): boolean =>
  !mustConfirm(guests) || typed.replaceAll(/[\s,.’']/gu, '') === String(guests);
