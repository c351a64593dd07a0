/** Idempotency rows: the commit of a submission is a compare-and-set on one of them. */
import { createHash } from 'node:crypto';
import type { TableClient } from '@azure/data-tables';
import type { JobId } from '../../domain/ids.ts';
import { storedDate } from '../../domain/instant.ts';
import type { IdempotencyEntry, IdempotencyStore } from '../../usecases/ports.ts';
import { isNotFound, orElse } from './errors.ts';
import { deleteRow, writeRow } from './own-write.ts';

type Entity = Record<string, unknown> & { partitionKey: string; rowKey: string; etag?: string };

/** Callers and keys are anybody's text; as hashes they are safe in table keys and tell nothing. */
const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

export function idempotencyStore(table: TableClient): IdempotencyStore {
  return {
    insert: (caller, key, entry) => writeRow(table, toEntity(caller, key, entry), undefined),
    async read(caller, key) {
      const entity = await orElse(table.getEntity<Entity>(hash(caller), hash(key)), isNotFound, undefined);
      return entity && { value: toEntry(entity), version: entity.etag ?? '' };
    },
    replace: (caller, key, entry, version) => writeRow(table, toEntity(caller, key, entry), version),
    remove: (caller, key, version) => deleteRow(table, hash(caller), hash(key), version),
  };
}

function toEntity(caller: string, key: string, { state, jobId, deadline, bodyHash }: IdempotencyEntry): Entity {
  return {
    partitionKey: hash(caller),
    rowKey: hash(key),
    state,
    jobId,
    deadline: storedDate(deadline),
    ...(bodyHash !== undefined && { bodyHash }),
  };
}

function toEntry({ state, jobId, deadline, bodyHash }: Entity): IdempotencyEntry {
  return {
    state: state as IdempotencyEntry['state'],
    jobId: jobId as JobId,
    deadline: (deadline as Date).getTime(),
    ...(typeof bodyHash === 'string' && { bodyHash }),
  };
}
