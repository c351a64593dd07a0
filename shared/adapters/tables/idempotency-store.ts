/**
 * Idempotency rows: the commit of a submission is a compare-and-set on one of them. Beside a caller's keys stand the
 * contents of their larger jobs, in the same partition, so that both can be written in one transaction.
 */
import { createHash } from 'node:crypto';
import type { TableClient, TransactionAction } from '@azure/data-tables';
import type { JobId } from '../../domain/ids.ts';
import { storedDate } from '../../domain/instant.ts';
import type { IdempotencyEntry, IdempotencyStore, SameJobs } from '../../usecases/ports.ts';
import { isNotFound, orElse } from './errors.ts';
import { deleteRow, writeRow, writeRows } from './own-write.ts';

type Entity = Record<string, unknown> & { partitionKey: string; rowKey: string; etag?: string };

/** Callers and keys are anybody's text; as hashes they are safe in table keys and tell nothing. */
const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
/** The row of a key is a hash, and nothing before it. */
const contentRow = (content: string): string => `content-${hash(content)}`;

export function idempotencyStore(table: TableClient): IdempotencyStore {
  const read = (caller: string, rowKey: string): Promise<Entity | undefined> =>
    orElse(table.getEntity<Entity>(hash(caller), rowKey), isNotFound, undefined);
  return {
    insert: (caller, key, entry) => writeRow(table, toEntity(caller, key, entry), undefined),
    async read(caller, key) {
      const entity = await read(caller, hash(key));
      return entity && { value: toEntry(entity), version: entity.etag ?? '' };
    },
    replace: (caller, key, entry, version) => writeRow(table, toEntity(caller, key, entry), version),
    remove: (caller, key, version) => deleteRow(table, hash(caller), hash(key), version),
    async sameJobs(caller, content) {
      const entity = await read(caller, contentRow(content));
      return entity && { value: toJobs(entity), version: entity.etag ?? '' };
    },
    replaceWithSame(caller, key, entry, version, { content, jobs, version: seen }) {
      const row = fromJobs(caller, content, jobs);
      const same: TransactionAction = seen === undefined ? ['create', row] : ['update', row, 'Replace', { etag: seen }];
      return writeRows(table, toEntity(caller, key, entry), version, [same]);
    },
    async keepSame(caller, content, jobs, version) {
      if (jobs.length === 0) await deleteRow(table, hash(caller), contentRow(content), version);
      else await writeRow(table, fromJobs(caller, content, jobs), version);
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

const fromJobs = (caller: string, content: string, jobs: SameJobs): Entity => ({
  partitionKey: hash(caller),
  rowKey: contentRow(content),
  jobIds: jobs.join(),
});

const toJobs = ({ jobIds }: Entity): SameJobs => (jobIds as string).split(',') as JobId[];
