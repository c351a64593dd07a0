/**
 * The guests of a submission and the rows that name them. Of each only a hash is kept, in one block of memory: 200,000
 * keys as strings in a Map take three times as much, and the collector copies them again and again while it is filled.
 */

/** Four words of hash and the row. */
const WORDS = 5;
const FIRST_CAPACITY = 1024;

export class DuplicateGuests {
  #slots = new Uint32Array(FIRST_CAPACITY * WORDS);
  #count = 0;
  /** Of the key that is looked for: one array for all of them, so that none is made for each. */
  readonly #hash = new Uint32Array(WORDS - 1);

  /**
   * @param row 1-based
   * @returns the row that named this guest before; undefined, and the row is kept, when none did
   */
  add(key: string, row: number): number | undefined {
    hashInto(this.#hash, key);
    const slot = find(this.#slots, this.#hash, 0);
    const earlier = this.#slots[slot + 4];
    if (earlier !== undefined && earlier !== 0) return earlier;
    this.#slots.set(this.#hash, slot);
    this.#slots[slot + 4] = row;
    this.#count++;
    // At most half full, so that a free slot is never far.
    if (this.#count * WORDS * 2 > this.#slots.length) this.#grow();
    return undefined;
  }

  #grow(): void {
    const old = this.#slots;
    const slots = new Uint32Array(old.length * 2);
    for (let from = 0; from < old.length; from += WORDS) {
      if (old[from + 4] === 0) continue;
      const to = find(slots, old, from);
      for (let word = 0; word < WORDS; word++) slots[to + word] = old[from + word] ?? 0;
    }
    this.#slots = slots;
  }
}

/** Where in `slots` the hash is that stands in `hashes` at `at`, or the free slot where it belongs. */
function find(slots: Uint32Array, hashes: Uint32Array, at: number): number {
  const [a, b, c, d] = [hashes[at] ?? 0, hashes[at + 1], hashes[at + 2], hashes[at + 3]];
  for (let slot = (a % (slots.length / WORDS)) * WORDS; ; slot = (slot + WORDS) % slots.length) {
    if (
      slots[slot + 4] === 0 ||
      (slots[slot] === a && slots[slot + 1] === b && slots[slot + 2] === c && slots[slot + 3] === d)
    )
      return slot;
  }
}

/**
 * FNV-1a in four lanes, each with a start and an odd multiplier of its own (the first are those of the published 32-bit
 * form):
 * 128 bits, so that no two of 200,000 guests are ever taken for one. Not for secrets.
 */
function hashInto(hash: Uint32Array, text: string): void {
  let [a, b, c, d] = [0x811c9dc5, 0x3c6ef35f, 0x5bd1e995, 0x27d4eb2f];
  for (let position = 0; position < text.length; position++) {
    const code = text.charCodeAt(position);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b ^ code, 0x2c1b3c6d);
    c = Math.imul(c ^ code, 0x297a2d39);
    d = Math.imul(d ^ code, 0x1b56c4e9);
  }
  // Low bits know only of low bits; the first word says where to look.
  hash[0] = a ^ (a >>> 15) ^ (b >>> 9);
  hash[1] = b;
  hash[2] = c;
  hash[3] = d;
}
