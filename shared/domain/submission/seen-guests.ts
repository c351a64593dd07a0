/**
 * The guests of a submission and the rows that name them. Of each only a hash is kept, in one block of memory: 200,000 keys as
 * strings in a Map take three times as much, and the collector copies them again and again while it is filled.
 */

/** Four words of hash and the row. */
const WORDS = 5;
const FIRST_CAPACITY = 1024;

export class SeenGuests {
  #slots = new Uint32Array(FIRST_CAPACITY * WORDS);
  #count = 0;

  /**
   * @param row 1-based
   * @returns the row that named this guest before; undefined, and the row is kept, when none did
   */
  add(key: string, row: number): number | undefined {
    const hash = hashOf(key);
    const slot = this.#find(hash);
    const earlier = this.#slots[slot + 4];
    if (earlier !== undefined && earlier !== 0) return earlier;
    this.#slots.set([...hash, row], slot);
    this.#count++;
    // At most half full, so that a free slot is never far.
    if (this.#count * WORDS * 2 > this.#slots.length) this.#grow();
    return undefined;
  }

  /** Where this hash is, or the free slot where it belongs. */
  #find([a, b, c, d]: Hash): number {
    const slots = this.#slots;
    for (let slot = (a % (slots.length / WORDS)) * WORDS; ; slot = (slot + WORDS) % slots.length) {
      if (slots[slot + 4] === 0 || (slots[slot] === a && slots[slot + 1] === b && slots[slot + 2] === c && slots[slot + 3] === d)) return slot;
    }
  }

  #grow(): void {
    const old = this.#slots;
    this.#slots = new Uint32Array(old.length * 2);
    for (let slot = 0; slot < old.length; slot += WORDS) {
      const [a = 0, b = 0, c = 0, d = 0, row = 0] = old.subarray(slot, slot + WORDS);
      if (row !== 0) this.#slots.set([a, b, c, d, row], this.#find([a, b, c, d]));
    }
  }
}

type Hash = readonly [number, number, number, number];

/**
 * FNV-1a in four lanes, each with a start and an odd multiplier of its own (the first are those of the published 32-bit form):
 * 128 bits, so that no two of 200,000 guests are ever taken for one. Not for secrets.
 */
function hashOf(text: string): Hash {
  let [a, b, c, d] = [0x811c9dc5, 0x3c6ef35f, 0x5bd1e995, 0x27d4eb2f];
  for (let position = 0; position < text.length; position++) {
    const code = text.charCodeAt(position);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b ^ code, 0x2c1b3c6d);
    c = Math.imul(c ^ code, 0x297a2d39);
    d = Math.imul(d ^ code, 0x1b56c4e9);
  }
  // Low bits know only of low bits; the first word says where to look.
  return [(a ^ (a >>> 15) ^ (b >>> 9)) >>> 0, b >>> 0, c >>> 0, d >>> 0];
}
