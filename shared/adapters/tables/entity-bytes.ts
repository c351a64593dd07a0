/** How many bytes an entity takes in a request. */

/** Names, numbers and dates of an entity, and what is around its texts; more than those of any of ours. */
const BESIDE_TEXTS_BYTES = 1024;
/** UTF-8 has no more for one UTF-16 character, and JSON writes two for one that it escapes. */
const CHARACTER_MAX_BYTES = 3;

/**
 * Bytes as sent. Measured without writing the texts as JSON once more, which would be half of what is in memory
 * meanwhile.
 * @param small of an entity that cannot have more than so many, the most that it can have is answered
 */
export function entityBytes(entity: Readonly<Record<string, unknown>>, small: number): number {
  const texts = Object.values(entity).filter((value) => typeof value === 'string');
  const most = texts.reduce((chars, { length }) => chars + length, 0) * CHARACTER_MAX_BYTES + BESIDE_TEXTS_BYTES;
  if (most <= small) return most;
  return texts.reduce((bytes, text) => bytes + Buffer.byteLength(text) + escapes(text), BESIDE_TEXTS_BYTES);
}

const QUOTE = '"'.charCodeAt(0);
const BACKSLASH = '\\'.charCodeAt(0);

/** Characters that JSON writes as two. Our texts are JSON themselves, so there are no others that it escapes. */
function escapes(text: string): number {
  let count = 0;
  for (let position = 0; position < text.length; position++) {
    const code = text.charCodeAt(position);
    if (code === QUOTE || code === BACKSLASH) count++;
  }
  return count;
}
