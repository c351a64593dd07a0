/**
 * Reads that lag behind writes. The directory holds the truth; this holds what readers still see. A reader sees the old
 * record or a newer one, in the order of the writes, never a mixture.
 */
import * as z from 'zod';
import { holds, type Directory, type DirectoryUser } from './directory.ts';
import type { Random } from './random.ts';
import type { AddressTerm } from './user-filter.ts';

export const lagSchema = z
  .strictObject({ minMs: z.number().min(0), maxMs: z.number().min(0) })
  .refine(({ minMs, maxMs }) => minMs <= maxMs, 'minMs is above maxMs');
export type Lag = z.infer<typeof lagSchema>;

interface OldRecord {
  readonly user: DirectoryUser;
  /** Milliseconds since the epoch until which readers see it. */
  readonly until: number;
}

export class Replication {
  lag: Lag = { minMs: 0, maxMs: 0 };
  /** Oldest first, by object id. */
  readonly #old = new Map<string, OldRecord[]>();
  readonly #directory: Directory;
  readonly #random: Random;
  readonly #now: () => Date;

  constructor(directory: Directory, random: Random, now: () => Date) {
    this.#directory = directory;
    this.#random = random;
    this.#now = now;
  }

  /** A write has replaced this record. */
  replaced(before: DirectoryUser): void {
    const { minMs, maxMs } = this.lag;
    if (maxMs === 0) return;
    const records = this.#kept(before.id);
    const drawn = this.#now().getTime() + minMs + this.#random.fraction() * (maxMs - minMs);
    this.#old.set(before.id, [...records, { user: before, until: Math.max(drawn, records.at(-1)?.until ?? 0) }]);
  }

  /** Readers see the truth of this user at once. */
  caughtUp(id: string): void {
    this.#old.delete(id);
  }

  /** What a reader sees of this user. */
  seen(user: DirectoryUser): DirectoryUser {
    return this.#kept(user.id)[0]?.user ?? user;
  }

  /** Users whom a reader finds by these addresses, once each, as the reader sees them. */
  find(terms: readonly AddressTerm[]): DirectoryUser[] {
    const found = terms.flatMap(({ property, address }) => this.#directory.findByAddress(property, address));
    const lagging = [...this.#old.keys()].flatMap((id) => this.#directory.get(id) ?? []);
    const seen = new Map([...found, ...lagging].map((user) => [user.id, this.seen(user)]));
    return [...seen.values()].filter((user) => terms.some(({ property, address }) => holds(user, property, address)));
  }

  /** The records that readers still see; those whose time is over are forgotten. */
  #kept(id: string): OldRecord[] {
    const records = this.#old.get(id);
    if (records === undefined) return [];
    const now = this.#now().getTime();
    const kept = records.filter(({ until }) => until > now);
    if (kept.length === 0) this.#old.delete(id);
    else this.#old.set(id, kept);
    return kept;
  }
}
