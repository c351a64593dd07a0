/** What strikes a call between a functions host and what it depends on: which call, when, and what happens. */

export const CALL_KINDS = [
  'lookUp',
  'addEmails',
  'invite',
  'readChunk',
  'writeChunk',
  'claimGuest',
  'readGuest',
  'control',
  'job',
  'insertChunks',
  'idempotency',
  'broker',
] as const;
export type CallKind = (typeof CALL_KINDS)[number] | 'other';

export interface Strike {
  readonly kind: CallKind;
  /** Of which host, from 0; any when absent. */
  readonly host?: number;
  /** Calls of that kind that pass before. */
  readonly skip: number;
  /** `before`: the call never arrives. `after`: it took effect, and its answer is lost. */
  readonly when: 'before' | 'after';
  /**
   * `kill`: kill -9 of the host. `drop`: its connection is cut. A number: this HTTP status. `hang`: no answer until the
   * caller gives up.
   */
  readonly what: 'kill' | 'drop' | 'hang' | number;
  /** Goes with a status: seconds, or a date. */
  readonly retryAfter?: number | string;
  /** How many calls in a row. Default 1. */
  readonly times?: number;
}

export class Strikes {
  #planned: { readonly strike: Strike; skip: number; left: number }[] = [];
  readonly #counts = new Map<string, number>();

  plan(strike: Strike): void {
    this.#planned.push({ strike, skip: strike.skip, left: strike.times ?? 1 });
  }

  clear(): void {
    this.#planned = [];
  }

  /** What strikes this call, if anything does. */
  take(kind: CallKind, host: number): Strike | undefined {
    for (const entry of this.#planned) {
      const { strike } = entry;
      if (strike.kind !== kind || (strike.host ?? host) !== host) continue;
      if (entry.skip > 0) {
        entry.skip--;
        continue;
      }
      if (--entry.left === 0) this.#planned = this.#planned.filter((other) => other !== entry);
      this.count(`${strike.what} ${strike.when} ${kind}`);
      return strike;
    }
    return undefined;
  }

  /** Counts a fault that happened. */
  count(what: string, times = 1): void {
    this.#counts.set(what, (this.#counts.get(what) ?? 0) + times);
  }

  /** How often each fault happened. */
  get counts(): ReadonlyMap<string, number> {
    return this.#counts;
  }
}
