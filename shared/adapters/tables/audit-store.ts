/**
 * Audit rows, newest first, each twice: among all, and among those of its job. A key holds a time, a job id and a
 * number, so the same row twice is one.
 */
import { odata, type TableClient } from '@azure/data-tables';
import type { ActionKind } from '../../domain/actions.ts';
import { jobIdTime, type JobId } from '../../domain/ids.ts';
import { storedDate } from '../../domain/instant.ts';
import type { AuditEntry } from '../../domain/job/audit.ts';
import type { Counts } from '../../domain/reset/counts.ts';
import type { AuditStore } from '../../usecases/ports.ts';
import { isNotFound, orElse } from './errors.ts';

type Entity = Record<string, unknown> & { partitionKey: string; rowKey: string };

const ALL = 'all';
const NUMBER_DIGITS = 6;
const MAX_NUMBER = 10 ** NUMBER_DIGITS - 1;

export function auditStore(table: TableClient): AuditStore {
  return {
    async write(entries) {
      for (const entry of entries)
        await Promise.all(partitionsOf(entry).map((key) => table.upsertEntity(toEntity(key, entry), 'Replace')));
    },
    async page(jobId, after, size) {
      const filter = odata`PartitionKey eq ${jobId ?? ALL} and RowKey gt ${after ?? ''}`;
      const entries: { key: string; entry: AuditEntry }[] = [];
      for await (const entity of table.listEntities<Entity>({ queryOptions: { filter } }))
        if (entries.push({ key: entity.rowKey, entry: toEntry(entity) }) >= size) break;
      return entries;
    },
    async removeBefore(time, limit) {
      const filter = odata`PartitionKey eq ${ALL} and RowKey gt ${jobIdTime(time)}`;
      let removed = 0;
      for await (const entity of table.listEntities<Entity>({ queryOptions: { filter } })) {
        // That of all is last: by it the others are found.
        for (const key of partitionsOf(toEntry(entity)).reverse())
          await orElse(table.deleteEntity(key, entity.rowKey), isNotFound, undefined);
        if (++removed >= limit) break;
      }
      return removed;
    },
  };
}

const partitionsOf = ({ jobId }: AuditEntry): string[] => (jobId === undefined ? [ALL] : [ALL, jobId]);

/** Later ones first, of one moment too. */
function rowKeyOf({ of, jobId, at, number }: AuditEntry): string {
  return `${jobIdTime(at)}-${jobId ?? of}-${String(MAX_NUMBER - number).padStart(NUMBER_DIGITS, '0')}`;
}

function toEntity(partitionKey: string, entry: AuditEntry): Entity {
  const { by, at, counts, ...rest } = entry;
  return {
    partitionKey,
    rowKey: rowKeyOf(entry),
    ...rest,
    at: storedDate(at),
    byId: by.id,
    ...(by.name !== undefined && { byName: by.name }),
    ...(counts !== undefined && { counts: JSON.stringify(counts) }),
  };
}

function toEntry(entity: Entity): AuditEntry {
  const { of, jobId, number, at, action, byId, byName, code, reason, newJobId, total, dryRun, counts } = entity;
  return {
    of: of as AuditEntry['of'],
    number: number as number,
    at: (at as Date).getTime(),
    action: action as ActionKind,
    by: { id: byId as string, ...(typeof byName === 'string' && { name: byName }) },
    ...(typeof jobId === 'string' && { jobId: jobId as JobId }),
    ...(typeof code === 'string' && { code }),
    ...(typeof reason === 'string' && { reason }),
    ...(typeof newJobId === 'string' && { newJobId: newJobId as JobId }),
    ...(typeof total === 'number' && { total }),
    ...(typeof dryRun === 'boolean' && { dryRun }),
    ...(typeof counts === 'string' && { counts: JSON.parse(counts) as Counts }),
  };
}
