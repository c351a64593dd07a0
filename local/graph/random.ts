/** Random numbers that a seed decides: the same seed gives the same tenant and the same order of answers. */
import { hash } from 'node:crypto';

export interface Random {
  /** A number in [0, 1). */
  fraction(): number;
  /** A whole number in [0, limit). */
  below(limit: number): number;
  pick<Item>(list: readonly Item[]): Item;
  /** A copy in another order. */
  shuffle<Item>(list: readonly Item[]): Item[];
  guid(): string;
}

/** All parts together are the seed, so that each thing of a tenant has a stream of its own. */
export function seededRandom(...seed: readonly (string | number)[]): Random {
  const word = words(seed.join('/'));
  const fraction = (): number => word() / 2 ** 32;
  const below = (limit: number): number => Math.floor(fraction() * limit);

  function pick<Item>(list: readonly Item[]): Item {
    const index = below(list.length);
    if (index >= list.length) throw new Error('There is nothing to pick from an empty list.');
    return list[index] as Item; // The index was checked; `Item` itself may include undefined.
  }

  function shuffle<Item>(list: readonly Item[]): Item[] {
    const keyed = list.map((item) => ({ item, key: word() }));
    return keyed.sort((a, b) => a.key - b.key).map(({ item }) => item);
  }

  function guid(): string {
    const hex = [word(), word(), word(), word()].map((value) => value.toString(16).padStart(8, '0')).join('');
    // Version 4, variant 1, as directory object ids are.
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
  }

  return { fraction, below, pick, shuffle, guid };
}

/**
 * The generator sfc32 (PractRand, public domain): 32-bit words from 128 bits of state.
 * A smaller state would give two of some 100,000 guests the same id.
 */
function words(seed: string): () => number {
  const digest = hash('sha256', seed, 'buffer');
  let a = digest.readUInt32LE(0);
  let b = digest.readUInt32LE(4);
  let c = digest.readUInt32LE(8);
  let counter = digest.readUInt32LE(12);
  return () => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return sum >>> 0;
  };
}
