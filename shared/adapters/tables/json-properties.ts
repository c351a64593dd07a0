/** Long JSON in an entity: a property holds at most 32 K characters, so the text goes over several. */
import { TABLE_PROPERTY_MAX_CHARS } from '../../domain/limits.ts';

/** `{ resets0: '…', resets1: '…' }` for `name` = "resets". */
export function toJsonProperties(name: string, value: unknown): Record<string, string> {
  const text = JSON.stringify(value);
  const properties: Record<string, string> = {};
  for (let part = 0; part * TABLE_PROPERTY_MAX_CHARS < text.length; part++) {
    properties[`${name}${part}`] = text.slice(part * TABLE_PROPERTY_MAX_CHARS, (part + 1) * TABLE_PROPERTY_MAX_CHARS);
  }
  return properties;
}

/** Reads what `toJsonProperties` wrote. The caller names the shape: only this service writes these tables. */
export function fromJsonProperties<T>(name: string, entity: Readonly<Record<string, unknown>>): T {
  let text = '';
  for (let part = 0; typeof entity[`${name}${part}`] === 'string'; part++) text += entity[`${name}${part}`] as string;
  return JSON.parse(text) as T;
}
