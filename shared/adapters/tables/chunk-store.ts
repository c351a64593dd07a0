/** Chunk rows. PartitionKey is the job id; RowKey the index, made distinctive because Azurite looks rows up by it. */
import { odata, type TableClient, type TransactionAction } from '@azure/data-tables';
import { hasWork, isEnded, type Chunk } from '../../domain/chunk/chunk.ts';
import { countResets } from '../../domain/reset/counts.ts';
import type { ChunkCounts } from '../../domain/job/progress.ts';
import { endTimesOf, sentTimesOf, type EndTime } from '../../domain/reset/endings.ts';
import type { JobId } from '../../domain/ids.ts';
import { storedDate } from '../../domain/instant.ts';
import type { Counts } from '../../domain/reset/counts.ts';
import { TABLE_TRANSACTION_MAX_ENTITIES } from '../../domain/limits.ts';
import { RESET_STATUSES } from '../../domain/reset/reset.ts';
import { outcomeCountsOf, type OutcomeCounts } from '../../domain/reset/outcome-counts.ts';
import type { ChunkStore, Log, PastDue, Versioned } from '../../usecases/ports.ts';
import { collectInserts } from './collect-inserts.ts';
import { isNotFound, orElse } from './errors.ts';
import { fromJsonProperties, toJsonProperties, UnreadableRow } from './json-properties.ts';
import { writeRow } from './own-write.ts';
import { readResets, storedResets, type StoredReset } from './stored-resets.ts';

type Entity = Record<string, unknown> & { partitionKey: string; rowKey: string; etag?: string };

const INDEX_DIGITS = 6;
/** A page of whole chunks stays around a megabyte or two. */
const PAGE_ENTITIES = 100;
/** Chunks that are read in vain to find those past due. */
const MAX_PASSED_OVER = 1_000;

/** Filters on the columns of a row. */
const LEFT: Readonly<Record<PastDue['left'], string>> = {
  open: 'ended eq false',
  sending: 'sending gt 0',
  verifying: 'verifying eq true',
};

const rowKey = (jobId: string, index: number): string => `${indexKey(index)}-${jobId.slice(-8)}`;
const indexKey = (index: number): string => String(index).padStart(INDEX_DIGITS, '0');

/** @param log hears of rows that cannot be read where others are shown all the same */
export function chunkStore(table: TableClient, log: Pick<Log, 'error'>): ChunkStore {
  const get = (jobId: string, index: number): Promise<Entity | undefined> =>
    orElse(table.getEntity<Entity>(jobId, rowKey(jobId, index)), isNotFound, undefined);
  return {
    inserts(before) {
      const rows = collectInserts(table, before);
      return { add: (chunk) => rows.add(toEntity(chunk)), flush: () => rows.flush(), settle: () => rows.settle() };
    },
    async read(jobId, index) {
      const entity = await get(jobId, index);
      return entity && versioned(entity);
    },
    async peek(jobId, index) {
      const entity = await get(jobId, index);
      try {
        return entity && toChunk(entity);
      } catch (error) {
        if (!(error instanceof UnreadableRow)) throw error;
        log.error('chunkUnreadable', { jobId, chunk: index });
        return 'unreadable';
      }
    },
    replace: (chunk, version) => writeRow(table, toEntity(chunk), version),
    counts: (jobId, from, to) => listCounts(table, jobId, from, to),
    from: (jobId, from) => listFrom(table, jobId, from),
    pastDue: (jobId, which) => listPastDue(table, jobId, which),
    async remove(jobId, index) {
      await orElse(table.deleteEntity(jobId, rowKey(jobId, index)), isNotFound, undefined);
    },
    removeAll: (jobId) => removeAll(table, jobId),
  };
}

async function listCounts(table: TableClient, jobId: JobId, from: number, to: number): Promise<ChunkCounts[]> {
  const rows: ChunkCounts[] = [];
  if (from >= to) return rows;
  const filter = odata`PartitionKey eq ${jobId} and RowKey ge ${indexKey(from)} and RowKey lt ${indexKey(to)}`;
  const select = ['index', ...RESET_STATUSES, 'outcomeCounts', 'endTimes', 'sentTimes'];
  for await (const entity of table.listEntities<Entity>({ queryOptions: { filter, select } }))
    rows.push(toCounts(entity));
  return rows;
}

async function* listFrom(table: TableClient, jobId: JobId, from: number): AsyncGenerator<Chunk> {
  const filter = odata`PartitionKey eq ${jobId} and RowKey ge ${indexKey(from)}`;
  const pages = table.listEntities<Entity>({ queryOptions: { filter } }).byPage({ maxPageSize: PAGE_ENTITIES });
  for await (const page of pages) yield* page.map(toChunk);
}

async function listPastDue(
  table: TableClient,
  jobId: JobId,
  { left, to, before, limit, isMeant }: PastDue,
): Promise<Versioned<Chunk>[]> {
  const dispatched = odata`PartitionKey eq ${jobId} and RowKey lt ${indexKey(to)}`;
  const filter = [
    dispatched,
    LEFT[left],
    ...(before === undefined ? [] : [odata`dueAt lt ${storedDate(before)}`]),
  ].join(' and ');
  const found: Versioned<Chunk>[] = [];
  let passedOver = 0;
  for await (const entity of table.listEntities<Entity>({ queryOptions: { filter } })) {
    const read = versioned(entity);
    if (isMeant === undefined || isMeant(read.value)) found.push(read);
    else passedOver++;
    if (found.length >= limit || passedOver >= MAX_PASSED_OVER) break;
  }
  return found;
}

async function removeAll(table: TableClient, jobId: JobId): Promise<void> {
  const filter = odata`PartitionKey eq ${jobId}`;
  const pages = table
    .listEntities<Entity>({ queryOptions: { filter, select: ['partitionKey', 'rowKey'] } })
    .byPage({ maxPageSize: TABLE_TRANSACTION_MAX_ENTITIES });
  for await (const page of pages) {
    if (page.length === 0) continue;
    const deletions = page.map((entity): TransactionAction => ['delete', entity]);
    await orElse(table.submitTransaction(deletions), isNotFound, undefined);
  }
}

function toEntity(chunk: Chunk): Entity {
  const { jobId, index, wake, dueAt, attemptId, quietUntil, resets } = chunk;
  const [endTimes, sentTimes] = [endTimesOf(resets), sentTimesOf(resets)];
  return {
    partitionKey: jobId,
    rowKey: rowKey(jobId, index),
    index,
    wake,
    dueAt: storedDate(dueAt),
    ended: isEnded(chunk),
    verifying: isEnded(chunk) && hasWork(chunk),
    ...countResets(resets),
    outcomeCounts: JSON.stringify(outcomeCountsOf(resets)),
    ...(endTimes.length > 0 && { endTimes: JSON.stringify(endTimes) }),
    ...(sentTimes.length > 0 && { sentTimes: JSON.stringify(sentTimes) }),
    ...(attemptId !== undefined && { attemptId }),
    ...(quietUntil !== undefined && { quietUntil: storedDate(quietUntil) }),
    ...toJsonProperties('resets', storedResets(resets, dueAt)),
  };
}

function toChunk(entity: Entity): Chunk {
  const { partitionKey, index, wake, attemptId, quietUntil } = entity;
  const dueAt = (entity['dueAt'] as Date).getTime();
  return {
    jobId: partitionKey as JobId,
    index: index as number,
    wake: wake as number,
    dueAt,
    ...(typeof attemptId === 'string' && { attemptId }),
    ...(quietUntil instanceof Date && { quietUntil: quietUntil.getTime() }),
    resets: readResets(fromJsonProperties<readonly StoredReset[]>('resets', entity), dueAt),
  };
}

function versioned(entity: Entity): Versioned<Chunk> {
  return { value: toChunk(entity), version: entity.etag ?? '' };
}

function toCounts(entity: Entity): ChunkCounts {
  const counts = Object.fromEntries(RESET_STATUSES.map((status) => [status, entity[status] as number])) as Counts;
  return {
    index: entity['index'] as number,
    counts,
    outcomeCounts: JSON.parse(entity['outcomeCounts'] as string) as OutcomeCounts,
    endTimes: timesOf(entity['endTimes']),
    sentTimes: timesOf(entity['sentTimes']),
  };
}

const timesOf = (stored: unknown): readonly EndTime[] =>
  typeof stored === 'string' ? (JSON.parse(stored) as readonly EndTime[]) : [];
