/** `$filter`: comparisons of a property with a value, joined with `and`. That is all that the app asks for. */
import { comparable, type ComparableKind, type Value } from './edm.ts';
import type { Entity } from './entity.ts';
import { notSupported } from './table-error.ts';

export interface Comparison {
  readonly name: string;
  readonly operator: Operator;
  readonly kind: ComparableKind;
  /** Of dates the milliseconds. */
  readonly value: Value;
}

type Operator = 'eq' | 'gt' | 'ge' | 'lt' | 'le';

const LITERAL = /'(?:[^']|'')*'|datetime'[^']*'|true|false|-?\d+(?:\.\d+)?/;
const COMPARISON = new RegExp(
  /\s*(?<name>[A-Za-z_]\w*) (?<operator>eq|gt|ge|lt|le) /.source + `(?<literal>${LITERAL.source})(?: and |\\s*$)`,
  'y',
);

/** Throws where the filter has anything else. */
export function parseFilter(text: string): readonly Comparison[] {
  const comparisons: Comparison[] = [];
  for (let place = 0; place < text.length;) {
    COMPARISON.lastIndex = place;
    const { name = '', operator, literal = '' } = COMPARISON.exec(text)?.groups ?? {};
    if (operator === undefined)
      throw notSupported(
        `the filter "${text}" from character ${place + 1} on: it takes comparisons (eq, gt, ge, lt, le) with ` +
          `text, numbers, true, false or datetime'…', joined with "and"`,
      );
    const value = readLiteral(literal);
    if (name === 'Timestamp' || (isKey(name) && value.kind !== 'text'))
      throw notSupported(`comparing ${name} with a ${value.kind}`);
    comparisons.push({ name, operator: operator as Operator, ...value }); // As the pattern has it.
    place = COMPARISON.lastIndex;
  }
  return comparisons;
}

const isKey = (name: string): boolean => name === 'PartitionKey' || name === 'RowKey';

function readLiteral(literal: string): Pick<Comparison, 'kind' | 'value'> {
  if (literal.startsWith("'")) return { kind: 'text', value: literal.slice(1, -1).replaceAll("''", "'") };
  if (literal === 'true' || literal === 'false') return { kind: 'boolean', value: literal === 'true' };
  if (!literal.startsWith('datetime')) return { kind: 'number', value: Number(literal) };
  const time = Date.parse(literal.slice("datetime'".length, -1));
  if (Number.isNaN(time)) throw notSupported(`the date in ${literal}`);
  return { kind: 'datetime', value: time };
}

export const matches = (entity: Entity, comparisons: readonly Comparison[]): boolean =>
  comparisons.every((comparison) => holds(entity, comparison));

/** A property that is not there is neither equal nor more nor less. */
function holds(entity: Entity, { name, operator, kind, value }: Comparison): boolean {
  if (isKey(name)) return compare(name === 'RowKey' ? entity.rowKey : entity.partitionKey, operator, value);
  const property = entity.properties.get(name);
  if (property === undefined) return false;
  const own = comparable(property);
  if (own?.kind !== kind)
    throw notSupported(`comparing ${name}, which is ${property.type} in one of the entities, with a ${kind}`);
  return compare(own.value, operator, value);
}

function compare(own: Value, operator: Operator, value: Value): boolean {
  switch (operator) {
    case 'eq':
      return own === value;
    case 'gt':
      return own > value;
    case 'ge':
      return own >= value;
    case 'lt':
      return own < value;
    case 'le':
      return own <= value;
  }
}

/** Keys outside of it cannot match. Both ends belong to it; without `highest` it has no end. */
export interface KeyRange {
  readonly lowest: string;
  readonly highest?: string;
}

export function keyRange(comparisons: readonly Comparison[], key: 'PartitionKey' | 'RowKey'): KeyRange {
  const ends = (...operators: readonly Operator[]): string[] =>
    comparisons
      .filter(({ name, operator }) => name === key && operators.includes(operator))
      .map(({ value }) => String(value))
      .sort(inOrder);
  const [highest] = ends('eq', 'lt', 'le');
  return { lowest: ends('eq', 'gt', 'ge').at(-1) ?? '', ...(highest !== undefined && { highest }) };
}

/** By UTF-16 code units, as keys are ordered. */
const inOrder = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
