/** Types of properties: which values each takes, how much room they need, and what a filter compares. */
import { BINARY_MAX_BYTES, TEXT_MAX_CHARS } from './limits.ts';
import { invalidInput, notSupported, propertyTooLarge } from './table-error.ts';

export type Value = string | number | boolean;

export interface Property {
  readonly type: EdmType;
  /** As in JSON. */
  readonly value: Value;
}

interface Rules {
  accepts(value: unknown): boolean;
  /** Bytes, as the service counts them; see `sizeOf` in entity.ts. */
  size(value: Value): number;
  /** Whether its values carry no type in an answer. */
  readonly isPlain?: boolean;
}

const isText = (value: unknown): value is string => typeof value === 'string';
const isInt32 = (value: unknown): boolean => typeof value === 'number' && (value | 0) === value;
/** Three digits at most, as a JavaScript `Date` has; so comparing loses none. */
const isTime = (value: unknown): boolean =>
  isText(value) && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/.test(value) && !Number.isNaN(Date.parse(value));

const RULES = {
  'Edm.String': { accepts: isText, size: (value) => String(value).length * 2 + 4, isPlain: true },
  'Edm.Boolean': { accepts: (value) => typeof value === 'boolean', size: () => 1, isPlain: true },
  'Edm.Int32': { accepts: isInt32, size: () => 4, isPlain: true },
  'Edm.Double': { accepts: (value) => typeof value === 'number', size: () => 8 },
  'Edm.Int64': {
    accepts: (value) =>
      isText(value) && /^-?\d{1,19}$/.test(value) && BigInt.asIntN(64, BigInt(value)) === BigInt(value),
    size: () => 8,
  },
  'Edm.DateTime': { accepts: isTime, size: () => 8 },
  'Edm.Guid': {
    accepts: (value) => isText(value) && /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(value),
    size: () => 16,
  },
  'Edm.Binary': {
    accepts: (value) => isText(value) && /^[\w+/]*={0,2}$/.test(value),
    size: (value) => binaryBytes(value) + 4,
  },
} as const satisfies Record<string, Rules>;

export type EdmType = keyof typeof RULES;

const binaryBytes = (value: Value): number => Buffer.byteLength(String(value), 'base64');

/**
 * One property as it came in JSON. Throws where it is refused.
 * @param declared what `name@odata.type` says
 */
export function readProperty(name: string, value: unknown, declared: unknown): Property {
  const type = declared ?? inferred(name, value);
  if (!isType(type)) throw invalidInput(`${name} has the type ${JSON.stringify(type)}, which is none.`);
  if (type === 'Edm.DateTime' && isText(value) && !isTime(value))
    throw notSupported(`the date "${value}" of ${name}: it takes UTC with at most three digits of a second`);
  if (!RULES[type].accepts(value)) throw invalidInput(`${name} is no ${type}.`);
  if (type === 'Edm.String' && isText(value) && value.length > TEXT_MAX_CHARS) throw propertyTooLarge(name);
  if (type === 'Edm.Binary' && isText(value) && binaryBytes(value) > BINARY_MAX_BYTES) throw propertyTooLarge(name);
  return { type, value: value as Value }; // Its rule accepts these only.
}

const isType = (type: unknown): type is EdmType => isText(type) && Object.hasOwn(RULES, type);

function inferred(name: string, value: unknown): EdmType {
  if (isText(value)) return 'Edm.String';
  if (typeof value === 'boolean') return 'Edm.Boolean';
  if (typeof value !== 'number') throw invalidInput(`${name} is neither text, number nor true or false.`);
  if (isInt32(value)) return 'Edm.Int32';
  if (Number.isInteger(value))
    throw notSupported(
      `${name} = ${value}: a whole number of more than 32 bits needs the type Edm.Int64 or Edm.Double`,
    );
  return 'Edm.Double';
}

export const propertySize = ({ type, value }: Property): number => RULES[type].size(value);

/** Whether an answer says the type. A double that looks like a whole number would be taken for one. */
export const needsType = ({ type, value }: Property): boolean =>
  type === 'Edm.Double' ? Number.isInteger(value) : !('isPlain' in RULES[type]);

/** What a filter compares: milliseconds in the case of dates; undefined for types that no filter here compares. */
export function comparable({
  type,
  value,
}: Property): { readonly kind: ComparableKind; readonly value: Value } | undefined {
  switch (type) {
    case 'Edm.String':
      return { kind: 'text', value };
    case 'Edm.Boolean':
      return { kind: 'boolean', value };
    case 'Edm.Int32':
    case 'Edm.Double':
      return { kind: 'number', value };
    case 'Edm.DateTime':
      return { kind: 'datetime', value: Date.parse(String(value)) };
    case 'Edm.Int64':
    case 'Edm.Guid':
    case 'Edm.Binary':
      return undefined;
  }
}

export type ComparableKind = 'text' | 'boolean' | 'number' | 'datetime';
