/** Long JSON in an entity: a property holds at most 32 K characters, so the text goes over several. */
import { jsonText } from '../../domain/json-length.ts';
import { TABLE_PROPERTY_MAX_CHARS } from '../../domain/limits.ts';

/** `{ resets0: '…', resets1: '…' }` for `name` = "resets". */
export function toJsonProperties(name: string, value: unknown): Record<string, string> {
  const text = jsonText(value);
  const properties: Record<string, string> = {};
  for (let part = 0, start = 0; start < text.length; part++) {
    const end = cutBefore(text, start + TABLE_PROPERTY_MAX_CHARS);
    properties[`${name}${part}`] = text.slice(start, end);
    start = end;
  }
  return properties;
}

/** Reads what `toJsonProperties` wrote. The caller names the shape: only this service writes these tables. */
export function fromJsonProperties<T>(name: string, entity: Readonly<Record<string, unknown>>): T {
  let text = '';
  for (let part = 0; typeof entity[`${name}${part}`] === 'string'; part++) text += entity[`${name}${part}`] as string;
  return JSON.parse(text) as T;
}

/** Never between the two halves of a surrogate pair: a half of one is no text. */
function cutBefore(text: string, end: number): number {
  const isHalf = end < text.length && /[\uD800-\uDBFF]/.test(text.charAt(end - 1));
  return isHalf ? end - 1 : end;
}
