/** Compares what a tool says of each guest with the directory and the outbox of the simulated tenant. */

/** `nothing`: the tool has no word about the guest. */
export type Said = 'done' | 'notDone' | 'unknown';

/** What really became of a guest. */
export interface Happened {
  readonly resets: number;
  readonly mails: number;
}

export interface Verdicts {
  /** Guests who were reset. */
  readonly reset: number;
  /** The tool says what happened: one reset and one mail, or neither. */
  readonly told: number;
  /** The tool says that it does not know. */
  readonly unknown: number;
  /** The tool says what is not so, or nothing at all. */
  readonly wrong: number;
  /** Guests who got more than one mail. */
  readonly mailedTwice: number;
}

export function compare(
  guests: readonly string[],
  said: ReadonlyMap<string, Said>,
  happened: (guest: string) => Happened,
): Verdicts {
  const verdicts = { reset: 0, told: 0, unknown: 0, wrong: 0, mailedTwice: 0 };
  for (const guest of guests) {
    const { resets, mails } = happened(guest);
    if (resets > 0) verdicts.reset++;
    if (mails > 1) verdicts.mailedTwice++;
    const word = said.get(guest);
    if (word === 'unknown') verdicts.unknown++;
    else if (isTrue(word, { resets, mails })) verdicts.told++;
    else verdicts.wrong++;
  }
  return verdicts;
}

function isTrue(word: Exclude<Said, 'unknown'> | undefined, { resets, mails }: Happened): boolean {
  if (word === 'done') return resets > 0 && mails === 1;
  return word === 'notDone' && resets === 0 && mails === 0;
}
