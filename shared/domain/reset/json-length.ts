/**
 * JSON as rows hold it, and how long that is without writing it: text that is only counted would be most of what the
 * collector has to carry away.
 */

/** Ends of lines for some parsers, of transactions too; JSON may escape them. */
const LINE_ENDS = /[\u2028\u2029]/g;

/** The JSON of a value, with escapes for every character that ends a line. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value).replaceAll(LINE_ENDS, (character) => (character === '\u2028' ? '\\u2028' : '\\u2029'));
}

const QUOTES_AND_COLON = 3;
const SPACE = 0x20;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const FIRST_SURROGATE = 0xd800;
const LAST_SURROGATE = 0xdfff;
const LINE_SEPARATOR = 0x2028;
const PARAGRAPH_SEPARATOR = 0x2029;

/**
 * The length of `jsonText(value)`, in UTF-16 characters.
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
    if (
      code < SPACE ||
      code === QUOTE ||
      code === BACKSLASH ||
      code === LINE_SEPARATOR ||
      code === PARAGRAPH_SEPARATOR ||
      (code >= FIRST_SURROGATE && code <= LAST_SURROGATE)
    )
      return jsonText(text).length;
  }
  return text.length + 2;
}
