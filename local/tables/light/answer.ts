/**
 * One request to the store, and its answer. Signatures are not looked at: whoever reaches the port may do everything.
 */
import { entityJson, readEntity, type Keys } from './entity.ts';
import { parseFilter } from './filter.ts';
import { PAGE_MAX_ENTITIES } from './limits.ts';
import { queryTable } from './query.ts';
import type { Stamp } from './stamps.ts';
import { invalidInput, notSupported, resourceNotFound } from './table-error.ts';
import type { Tables } from './tables.ts';
import { readTarget } from './target.ts';
import { runTransaction } from './transaction.ts';
import { readWrite, type WriteRequest } from './write-request.ts';
import { prepareWrite } from './write.ts';

export interface TableRequest extends WriteRequest {
  /** Path and query. */
  readonly url: string;
}

export interface TableAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

const JSON_TYPE = 'application/json;odata=minimalmetadata';

/** Throws a `TableError` for what is refused. */
export function answerRequest(tables: Tables, request: TableRequest, stamp: () => Stamp): TableAnswer {
  const [path = '', query = ''] = request.url.split('?', 2);
  const target = readTarget(path);
  const { account } = target;
  const call = `${request.method} ${target.kind}`;
  if (request.method === 'GET' && request.headers['accept'] !== JSON_TYPE)
    throw notSupported(`an answer other than ${JSON_TYPE}`);
  if (call === 'POST tables') return createTable(tables, account, request);
  if (call === 'POST transaction') {
    const { contentType, body } = runTransaction(tables, account, request.body, stamp);
    return { status: 202, headers: { 'Content-Type': contentType }, body };
  }
  if (target.kind === 'table' && request.method === 'DELETE') {
    tables.delete(account, target.table);
    return { status: 204, headers: {} };
  }
  if (target.kind === 'entities' && request.method === 'GET')
    return list(tables, account, target.table, new URLSearchParams(query));
  if (target.kind === 'entity' && request.method === 'GET')
    return read(tables, account, target.table, target.keys, new URLSearchParams(query));
  const { table, write } = readWrite(target, request);
  const prepared = prepareWrite(tables.get(account, table), write, stamp());
  prepared.apply();
  return {
    status: 204,
    headers: {
      ...(prepared.etag !== undefined && { ETag: prepared.etag }),
      ...(write.kind === 'insert' && { 'Preference-Applied': 'return-no-content' }),
    },
  };
}

function createTable(tables: Tables, account: string, { body, headers }: TableRequest): TableAnswer {
  const name = readEntity(body).properties.get('TableName')?.value;
  if (typeof name !== 'string') throw invalidInput('The body has no TableName.');
  tables.create(account, name);
  return headers['prefer'] === 'return-no-content'
    ? { status: 204, headers: {} }
    : { status: 201, headers: { 'Content-Type': JSON_TYPE }, body: JSON.stringify({ TableName: name }) };
}

function read(
  tables: Tables,
  account: string,
  table: string,
  { partitionKey, rowKey }: Keys,
  query: URLSearchParams,
): TableAnswer {
  allowOnly(query, ['$select']);
  const entity = tables.get(account, table).get(partitionKey, rowKey);
  if (entity === undefined) throw resourceNotFound();
  return {
    status: 200,
    headers: { 'Content-Type': JSON_TYPE, ETag: entity.etag },
    body: entityJson(entity, selected(query)),
  };
}

function list(tables: Tables, account: string, table: string, query: URLSearchParams): TableAnswer {
  allowOnly(query, ['$select', '$filter', '$top', 'NextPartitionKey', 'NextRowKey']);
  const top = Number(query.get('$top') ?? PAGE_MAX_ENTITIES);
  if (!Number.isInteger(top) || top < 1 || top > PAGE_MAX_ENTITIES)
    throw invalidInput(`$top must be a whole number from 1 to ${PAGE_MAX_ENTITIES}.`);
  const { entities, next } = queryTable(tables.get(account, table), {
    comparisons: parseFilter(query.get('$filter') ?? ''),
    top,
    from: continued(query),
  });
  const select = selected(query);
  const body = `{"value":[${entities.map((entity) => entityJson(entity, select)).join(',')}]}`;
  return { status: 200, headers: { 'Content-Type': JSON_TYPE, ...(next !== undefined && continuation(next)) }, body };
}

function allowOnly(query: URLSearchParams, names: readonly string[]): void {
  const other = [...query.keys()].find((name) => !names.includes(name));
  if (other !== undefined) throw notSupported(`the query parameter ${other}`);
}

function selected(query: URLSearchParams): ReadonlySet<string> | undefined {
  const names = query.get('$select');
  return names === null ? undefined : new Set(names.split(','));
}

/** Before a key, so that an empty one is not taken for none; and keys may have letters that headers must not have. */
const KEY_PREFIX = '1!';

function continuation({ partitionKey, rowKey }: Keys): Record<string, string> {
  const encoded = (key: string): string => KEY_PREFIX + Buffer.from(key).toString('base64');
  return {
    'x-ms-continuation-NextPartitionKey': encoded(partitionKey),
    'x-ms-continuation-NextRowKey': encoded(rowKey),
  };
}

function continued(query: URLSearchParams): Keys | undefined {
  const [partitionKey, rowKey] = ['NextPartitionKey', 'NextRowKey'].map((name) => query.get(name));
  if (typeof partitionKey !== 'string' || typeof rowKey !== 'string') return undefined;
  if (![partitionKey, rowKey].every((key) => key.startsWith(KEY_PREFIX)))
    throw invalidInput('The continuation token is none of this store.');
  const decoded = (key: string): string => Buffer.from(key.slice(KEY_PREFIX.length), 'base64').toString();
  return { partitionKey: decoded(partitionKey), rowKey: decoded(rowKey) };
}
