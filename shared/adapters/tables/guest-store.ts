/** Guest rows: `current` says who resets the guest now; history rows refer to every reset there was, newest first. */
import { odata, type TableClient } from '@azure/data-tables';
import type { GuestClaim, ResetReference } from '../../domain/guest/claim.ts';
import type { JobId } from '../../domain/ids.ts';
import { storedDate } from '../../domain/instant.ts';
import type { GuestStore, HistoryEntry } from '../../usecases/ports.ts';
import { isConflict, isNotFound, orElse } from './errors.ts';
import { fromJsonProperties, toJsonProperties } from './json-properties.ts';

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
      const current = toEntity(partitionKey, claim);
      const history = {
        partitionKey,
        rowKey: historyKey(claim),
        jobId: claim.jobId,
        chunk: claim.chunk,
        row: claim.row,
        at: storedDate(at),
      };
      const result = await orElse(
        table.submitTransaction([
          // First, because a refused transaction names the first of its failures: it must be `current`'s.
          version === undefined ? ['create', current] : ['update', current, 'Replace', { etag: version }],
          ['upsert', history, 'Replace'],
        ]),
        (error) => isConflict(error) || isNotFound(error),
        'changed' as const,
      );
      return result === 'changed' ? result : 'claimed';
    },
    async forget(guestId, reference) {
      await orElse(table.deleteEntity(guestId.toLowerCase(), historyKey(reference)), isNotFound, undefined);
    },
    async settle(guestId, claim, version) {
      const partitionKey = guestId.toLowerCase();
      const write =
        claim === undefined
          ? table.deleteEntity(partitionKey, CURRENT, { etag: version })
          : table.updateEntity(toEntity(partitionKey, claim), 'Replace', { etag: version });
      await orElse<unknown, undefined>(write, (error) => isConflict(error) || isNotFound(error), undefined);
    },
    async history(guestId, after, size) {
      const filter = odata`PartitionKey eq ${guestId.toLowerCase()} and RowKey gt ${after ?? HISTORY_PREFIX} and RowKey lt ${HISTORY_END}`;
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
