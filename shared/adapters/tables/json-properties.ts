/** Long JSON in an entity: a property holds at most 32 K characters, so the text goes over several. */
import { jsonText } from '../../domain/reset/json-length.ts';
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

/** Where each is kept, and what the row is of. */
const HOLDERS = {
  job: 'a row of the table "jobs" (RowKey: job id)',
  resets: 'a row of the table "chunks" (PartitionKey: job id)',
  addresses: 'a row "current" of the table "guests" (PartitionKey: object id)',
  erasure: 'a row of the table "guests" (PartitionKey: erasures)',
  control: 'the row of the table "control"',
} as const;

/** Says where, and nothing of what is there: the parser's own words would quote the row, and people with it. */
export class UnreadableRow extends Error {
  override readonly name = 'UnreadableRow';
  readonly code: string;
  constructor(property: keyof typeof HOLDERS) {
    super(`the property "${property}" in ${HOLDERS[property]} cannot be read; restore what is in it`);
    this.code = `${property}Unreadable`;
  }
}

/**
 * Reads what `toJsonProperties` wrote. The caller names the shape: only this service writes these tables.
 * @throws UnreadableRow for what is no JSON
 */
export function fromJsonProperties<T>(name: keyof typeof HOLDERS, entity: Readonly<Record<string, unknown>>): T {
  let text = '';
  for (let part = 0; typeof entity[`${name}${part}`] === 'string'; part++) text += entity[`${name}${part}`] as string;
  try {
    return JSON.parse(text) as T;
  } catch {
    throw new UnreadableRow(name);
  }
}

/** Never between the two halves of a surrogate pair: a half of one is no text. */
function cutBefore(text: string, end: number): number {
  const isHalf = end < text.length && /[\uD800-\uDBFF]/.test(text.charAt(end - 1));
  return isHalf ? end - 1 : end;
}
