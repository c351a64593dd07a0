/**
 * The table service's date contradicts our clock: one of the two is wrong. The service is asked again until it is known
 * which, and the answer that began this waits meanwhile: nobody decides by a wrong clock, and one wild date moves none.
 */
import { setTimeout as wait } from 'node:timers/promises';

/** Enough for a wrong clock to be believed, with one to spare. */
const MOST_QUESTIONS = 4;
const PAUSE_MS = 150;

export interface DisputeParts {
  /** Whether a date contradicts what is believed of our clock. */
  readonly contradicts: (date: number) => boolean;
  /** Asks the service for anything; undefined where it has no date, or a late one. */
  readonly askDate: () => Promise<number | undefined>;
}

/** @returns hears a date, and resolves once it is agreed upon or cannot be */
export function settleDisputes({ contradicts, askDate }: DisputeParts): (date: number) => Promise<void> {
  let settling: Promise<void> | undefined;
  async function settle(): Promise<void> {
    for (let questions = 0; questions < MOST_QUESTIONS; questions++) {
      await wait(PAUSE_MS);
      const date = await askDate();
      if (date === undefined || !contradicts(date)) return;
    }
  }
  return async (date) => {
    if (!contradicts(date)) return;
    settling ??= settle().finally(() => {
      settling = undefined;
    });
    await settling;
  };
}
