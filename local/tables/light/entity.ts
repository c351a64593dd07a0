/** Entities: read from a request, measured, merged, and written into an answer. */
import { needsType, propertySize, readProperty, type Property } from './edm.ts';
import { ENTITY_MAX_BYTES, ENTITY_MAX_PROPERTIES, KEY_MAX_CHARS } from './limits.ts';
import type { Stamp } from './stamps.ts';
import { entityTooLarge, invalidInput, tooManyProperties } from './table-error.ts';

export interface Keys {
  readonly partitionKey: string;
  readonly rowKey: string;
}

export interface Sent {
  /** As the body names them; an address may name them too. */
  readonly keys: Partial<Keys>;
  readonly properties: ReadonlyMap<string, Property>;
}

export interface Entity extends Keys, Stamp {
  readonly properties: ReadonlyMap<string, Property>;
}

const TYPE_SUFFIX = '@odata.type';
/** The service's own, whatever a caller sends. */
const OF_THE_SERVICE = new Set(['PartitionKey', 'RowKey', 'Timestamp', 'odata.etag', 'odata.metadata']);
// eslint-disable-next-line no-control-regex -- keys must not have them
const FORBIDDEN_IN_KEYS = /[\u0000-\u001f\u007f-\u009f/\\#?]/;

/** Reads a body. A property that is null is left out: it is neither stored nor merged. */
export function readEntity(body: string): Sent {
  const json = parse(body);
  const properties = new Map<string, Property>();
  for (const [name, value] of Object.entries(json)) {
    if (value === null || OF_THE_SERVICE.has(name) || name.endsWith(TYPE_SUFFIX)) continue;
    properties.set(name, readProperty(name, value, json[`${name}${TYPE_SUFFIX}`]));
  }
  const { PartitionKey: partitionKey, RowKey: rowKey } = json;
  return {
    keys: { ...(typeof partitionKey === 'string' && { partitionKey }), ...(typeof rowKey === 'string' && { rowKey }) },
    properties,
  };
}

function parse(body: string): Readonly<Record<string, unknown>> {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch (error) {
    throw invalidInput(`The body is not JSON: ${String(error)}`);
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    throw invalidInput('The body is no JSON object.');
  return json as Record<string, unknown>; // An object that is no array.
}

/** Throws where the service would not take it. */
export function checkEntity(entity: Entity): void {
  for (const key of [entity.partitionKey, entity.rowKey]) {
    if (key.length > KEY_MAX_CHARS || FORBIDDEN_IN_KEYS.test(key))
      throw invalidInput('A key is longer than 512 characters, or has a control character or one of / \\ # ?');
  }
  if (entity.properties.size > ENTITY_MAX_PROPERTIES) throw tooManyProperties();
  if (sizeOf(entity) > ENTITY_MAX_BYTES) throw entityTooLarge();
}

/** Bytes. Source: the Azure Storage team's "How the size of an entity is calculated"; a character is two bytes. */
export function sizeOf({ partitionKey, rowKey, properties }: Keys & Pick<Sent, 'properties'>): number {
  let bytes = 4 + (partitionKey.length + rowKey.length) * 2;
  for (const [name, property] of properties) bytes += 8 + name.length * 2 + propertySize(property);
  return bytes;
}

/** As an answer has it with minimal metadata. @param select names; undefined: all */
export function entityJson(entity: Entity, select: ReadonlySet<string> | undefined): string {
  const isMeant = (name: string): boolean => select === undefined || select.has(name);
  const members = [member('odata.etag', entity.etag)];
  if (isMeant('PartitionKey')) members.push(member('PartitionKey', entity.partitionKey));
  if (isMeant('RowKey')) members.push(member('RowKey', entity.rowKey));
  if (isMeant('Timestamp')) members.push(member('Timestamp', entity.timestamp));
  for (const [name, property] of entity.properties) {
    if (!isMeant(name)) continue;
    if (needsType(property)) members.push(member(`${name}${TYPE_SUFFIX}`, property.type));
    members.push(member(name, property.value));
  }
  return `{${members.join(',')}}`;
}

const member = (name: string, value: unknown): string => `${JSON.stringify(name)}:${JSON.stringify(value)}`;
