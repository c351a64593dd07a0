/** A request that writes one entity, by itself or as a part of a transaction. */
import { readEntity, type Keys } from './entity.ts';
import { invalidInput, notSupported } from './table-error.ts';
import type { Target } from './target.ts';
import type { Write } from './write.ts';

export interface WriteRequest {
  readonly method: string;
  /** By names in small letters. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

/** Throws where the request is wrong, or is none that writes an entity. */
export function readWrite(target: Target, request: WriteRequest): { readonly table: string; readonly write: Write } {
  if (target.kind === 'entities' && !target.isQuery && request.method === 'POST')
    return { table: target.table, write: readInsert(request) };
  if (target.kind !== 'entity') throw notSupported(`${request.method} of this address`);
  return { table: target.table, write: readChange(target.keys, request) };
}

function readInsert({ headers, body }: WriteRequest): Write {
  if (headers['prefer'] !== 'return-no-content') throw notSupported('an insert without "Prefer: return-no-content"');
  const {
    keys: { partitionKey, rowKey },
    properties,
  } = readEntity(body);
  if (partitionKey === undefined || rowKey === undefined)
    throw invalidInput('The entity has no PartitionKey or no RowKey.');
  return { kind: 'insert', partitionKey, rowKey, properties };
}

function readChange(keys: Keys, { method, headers, body }: WriteRequest): Write {
  const ifMatch = headers['if-match'];
  if (method === 'DELETE') {
    if (ifMatch === undefined) throw notSupported('a delete without If-Match');
    return { kind: 'delete', ...keys, ifMatch };
  }
  if (method !== 'PUT' && method !== 'PATCH') throw notSupported(`${method} of an entity`);
  const sent = readEntity(body);
  const { partitionKey = keys.partitionKey, rowKey = keys.rowKey } = sent.keys;
  if (partitionKey !== keys.partitionKey || rowKey !== keys.rowKey)
    throw notSupported('keys in the body that are not those of the address');
  return { kind: method === 'PUT' ? 'replace' : 'merge', ...keys, properties: sent.properties, ifMatch };
}
