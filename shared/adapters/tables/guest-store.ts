/** Guest rows: `current` says who resets the guest now; history rows refer to every reset there was, newest first. */
import { odata, type TableClient } from '@azure/data-tables';
import type { GuestClaim, ResetReference } from '../../domain/claim/claim.ts';
import type { JobId } from '../../domain/ids.ts';
import { storedDate } from '../../domain/instant.ts';
import type { GuestStore, HistoryEntry } from '../../usecases/ports.ts';
import { isNotFound, orElse } from './errors.ts';
import { fromJsonProperties, toJsonProperties } from './json-properties.ts';
import { deleteRow, writeRow, writeRows } from './own-write.ts';

type Entity = Record<string, unknown> & { partitionKey: string; rowKey: string; etag?: string };

const CURRENT = 'current';
/** Before every digit and letter that a job id begins with, so that `current` is never in a range of history. */
const HISTORY_PREFIX = 'h-';
/** The character after the hyphen. */
const HISTORY_END = 'h.';

export function guestStore(table: TableClient): GuestStore {
  return {
    async claim(guestId, claim, at, version) {
      const partitionKey = guestId.toLowerCase();
      const history = {
        partitionKey,
        rowKey: historyKey(claim),
        jobId: claim.jobId,
        chunk: claim.chunk,
        row: claim.row,
        at: storedDate(at),
      };
      const written = await writeRows(table, toEntity(partitionKey, claim), version, [['upsert', history, 'Replace']]);
      return written === 'changed' ? written : 'claimed';
    },
    async forget(guestId, reference) {
      await orElse(table.deleteEntity(guestId.toLowerCase(), historyKey(reference)), isNotFound, undefined);
    },
    async settle(guestId, claim, version) {
      const partitionKey = guestId.toLowerCase();
      if (claim === undefined) await deleteRow(table, partitionKey, CURRENT, version);
      else await writeRow(table, toEntity(partitionKey, claim), version);
    },
    async history(guestId, after, size) {
      const [guest, from] = [guestId.toLowerCase(), after ?? HISTORY_PREFIX];
      const filter = odata`PartitionKey eq ${guest} and RowKey gt ${from} and RowKey lt ${HISTORY_END}`;
      const entries: HistoryEntry[] = [];
      for await (const { rowKey, jobId, chunk, row, at } of table.listEntities<Entity>({ queryOptions: { filter } })) {
        entries.push({
          key: rowKey,
          jobId: jobId as JobId,
          chunk: chunk as number,
          row: row as number,
          at: (at as Date).getTime(),
        });
        if (entries.length >= size) break;
      }
      return entries;
    },
    async eraseRows(guestId, hasEnded) {
      const filter = odata`PartitionKey eq ${guestId.toLowerCase()}`;
      let erased = 0;
      for await (const entity of table.listEntities<Entity>({ queryOptions: { filter } })) {
        const { partitionKey, rowKey, jobId, etag } = entity;
        // Whoever sends now must find the claim.
        if (!(await hasEnded(jobId as JobId))) continue;
        await deleteRow(table, partitionKey, rowKey, etag);
        erased++;
      }
      return erased;
    },
    async current(guestId) {
      const entity = await orElse(table.getEntity<Entity>(guestId.toLowerCase(), CURRENT), isNotFound, undefined);
      return entity && { value: toClaim(entity), version: entity.etag ?? '' };
    },
  };
}

/** The same on every try of a reset: a job id sorts newest first. */
function historyKey({ jobId, row }: ResetReference): string {
  return `${HISTORY_PREFIX}${jobId}-${String(row).padStart(6, '0')}`;
}

function toEntity(partitionKey: string, { jobId, chunk, row, attemptId, lastSuccess, memory }: GuestClaim): Entity {
  return {
    partitionKey,
    rowKey: CURRENT,
    jobId,
    chunk,
    row,
    attemptId,
    ...(lastSuccess !== undefined && {
      lastSuccessJobId: lastSuccess.jobId,
      lastSuccessAt: storedDate(lastSuccess.at),
    }),
    ...(memory !== undefined && {
      addressesAt: storedDate(memory.at),
      ...toJsonProperties('addresses', memory.addresses),
    }),
  };
}

function toClaim(entity: Entity): GuestClaim {
  const { jobId, chunk, row, attemptId, lastSuccessJobId, lastSuccessAt, addressesAt } = entity;
  return {
    jobId: jobId as JobId,
    chunk: chunk as number,
    row: row as number,
    attemptId: attemptId as string,
    ...(lastSuccessAt instanceof Date && {
      lastSuccess: { jobId: lastSuccessJobId as JobId, at: lastSuccessAt.getTime() },
    }),
    ...(addressesAt instanceof Date && {
      memory: { at: addressesAt.getTime(), addresses: fromJsonProperties<string[]>('addresses', entity) },
    }),
  };
}
