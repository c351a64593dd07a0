/** Idempotency rows: the commit of a submission is a compare-and-set on one of them. */
import { createHash } from 'node:crypto';
import type { TableClient } from '@azure/data-tables';
import type { JobId } from '../../domain/ids.ts';
import { storedDate } from '../../domain/instant.ts';
import type { IdempotencyEntry, IdempotencyStore } from '../../usecases/ports.ts';
import { isConflict, isNotFound, orElse } from './errors.ts';

type Entity = Record<string, unknown> & { partitionKey: string; rowKey: string; etag?: string };

/** Callers and keys are anybody's text; as hashes they are safe in table keys and tell nothing. */
const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

export function idempotencyStore(table: TableClient): IdempotencyStore {
  return {
    async insert(caller, key, entry) {
      const result = await orElse(table.createEntity(toEntity(caller, key, entry)), isConflict, 'changed' as const);
      return result === 'changed' ? result : { version: result.etag ?? '' };
    },
    async read(caller, key) {
      const entity = await orElse(table.getEntity<Entity>(hash(caller), hash(key)), isNotFound, undefined);
      return entity && { value: toEntry(entity), version: entity.etag ?? '' };
    },
    async replace(caller, key, entry, version) {
      const result = await orElse(
        table.updateEntity(toEntity(caller, key, entry), 'Replace', { etag: version }),
        (error) => isConflict(error) || isNotFound(error),
        'changed' as const,
      );
      return result === 'changed' ? result : { version: result.etag ?? '' };
    },
    async remove(caller, key, version) {
      await orElse(
        table.deleteEntity(hash(caller), hash(key), { etag: version }),
        (error) => isConflict(error) || isNotFound(error),
        undefined,
      );
    },
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
