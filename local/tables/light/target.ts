/** What the address of a request names. */
import { invalidInput, notSupported } from './table-error.ts';
import type { Keys } from './entity.ts';

export type Target = { readonly account: string } & (
  | { readonly kind: 'tables' }
  | { readonly kind: 'transaction' }
  | { readonly kind: 'table'; readonly table: string }
  | { readonly kind: 'entities'; readonly table: string; readonly isQuery: boolean }
  | { readonly kind: 'entity'; readonly table: string; readonly keys: Keys }
);

const ACCOUNT = /^\/(?<account>[^/]+)\/(?<resource>.*)$/su;
const TABLE = /^Tables\('(?<name>\w+)'\)$/;
const ENTITIES = /^(?<name>\w+)(?<query>\(\))?$/;
const ENTITY = /^(?<name>\w+)\(PartitionKey='(?<partitionKey>(?:[^']|'')*)',RowKey='(?<rowKey>(?:[^']|'')*)'\)$/su;

/** @param path with the account as its first part, as local addresses have it */
export function readTarget(path: string): Target {
  const { account = '', resource = '' } = ACCOUNT.exec(decode(path))?.groups ?? {};
  if (resource === 'Tables') return { account, kind: 'tables' };
  if (resource === '$batch') return { account, kind: 'transaction' };
  const table = TABLE.exec(resource)?.groups?.['name'];
  if (table !== undefined) return { account, kind: 'table', table };
  const entities = ENTITIES.exec(resource)?.groups;
  if (entities !== undefined)
    return { account, kind: 'entities', table: entities['name'] ?? '', isQuery: entities['query'] !== undefined };
  const { name, partitionKey = '', rowKey = '' } = ENTITY.exec(resource)?.groups ?? {};
  if (name === undefined) throw notSupported(`the address ${path}`);
  return {
    account,
    kind: 'entity',
    table: name,
    keys: { partitionKey: unquote(partitionKey), rowKey: unquote(rowKey) },
  };
}

const unquote = (key: string): string => key.replaceAll("''", "'");

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw invalidInput(`The address ${path} is not encoded rightly.`);
  }
}
