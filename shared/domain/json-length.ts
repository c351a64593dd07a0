/**
 * How long something is as JSON, without writing it: text that is only counted would be most of what the collector has
 * to carry away.
 */

const QUOTES_AND_COLON = 3;
const SPACE = 0x20;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const FIRST_SURROGATE = 0xd800;
const LAST_SURROGATE = 0xdfff;

/**
 * The length of `JSON.stringify(value)`, in UTF-16 characters.
 * @param value made of plain objects with names that need no escapes, arrays, text, finite numbers, booleans and null;
 *   members may be undefined
 */
export function jsonLength(value: unknown): number {
  if (typeof value === 'string') return textLength(value);
  if (typeof value !== 'object' || value === null) return String(value).length;
  let members = 0;
  let length = 0;
  if (Array.isArray(value)) {
    for (const element of value) {
      members++;
      length += jsonLength(element);
    }
  } else {
    const object = value as Readonly<Record<string, unknown>>; // What else typeof calls an object was asked before.
    // Of a plain object these are its own; a list of them would have to be made.
    for (const name in object) {
      const member = object[name];
      if (member === undefined) continue;
      members++;
      length += name.length + QUOTES_AND_COLON + jsonLength(member);
    }
  }
  return length + 2 + Math.max(0, members - 1);
}

function textLength(text: string): number {
  for (let position = 0; position < text.length; position++) {
    const code = text.charCodeAt(position);
    if (code < SPACE || code === QUOTE || code === BACKSLASH || (code >= FIRST_SURROGATE && code <= LAST_SURROGATE))
      return JSON.stringify(text).length;
  }
  return text.length + 2;
}
