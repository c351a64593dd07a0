/**
 * Job rows: one partition, newest first, because a job id begins with inverted time. A row that cannot be read is
 * passed over by whoever reads many, and logged: it must not keep the others from what they need.
 */
import { odata, type TableClient } from '@azure/data-tables';
import { jobIdTime } from '../../domain/ids.ts';
import { deletionUnderWay } from '../../domain/job/deletion.ts';
import { unaudited } from '../../domain/actions.ts';
import type { Job } from '../../domain/job/job.ts';
import type { JobStore, Log, Versioned } from '../../usecases/ports.ts';
import { isNotFound, orElse } from './errors.ts';
import type { RecentJobs } from './recent-jobs.ts';
import { fromJsonProperties, toJsonProperties, UnreadableRow } from './json-properties.ts';
import { expectOwn, writeRow } from './own-write.ts';

type Entity = Record<string, unknown> & { partitionKey: string; rowKey: string; etag?: string };

const PARTITION = 'jobs';

/**
 * @param recent what the process remembers; a store is made for each invocation
 * @param log hears of rows that cannot be read, once in each read
 */
export function jobStore(table: TableClient, recent: RecentJobs, log: Pick<Log, 'error'>): JobStore {
  async function read(id: string): Promise<Versioned<Job> | undefined> {
    const at = recent.now();
    const entity = await orElse(table.getEntity<Entity>(PARTITION, id), isNotFound, undefined);
    if (entity === undefined) return undefined;
    const found = versioned(entity);
    recent.remember(found.value, at);
    return found;
  }
  function parsedOrLogged(entity: Entity): Job | undefined {
    const job = parseJob(entity);
    if (job === undefined) log.error('jobUnreadable', { jobId: entity.rowKey });
    return job;
  }
  async function* list(filter: string): AsyncGenerator<Versioned<Job>> {
    for await (const entity of table.listEntities<Entity>({ queryOptions: { filter } })) {
      const job = parsedOrLogged(entity);
      if (job !== undefined) yield { value: job, version: entity.etag ?? '' };
    }
  }
  return {
    async insert(job) {
      await expectOwn(writeRow(table, toEntity(job), undefined), `the row of the new job ${job.id}`);
    },
    read,
    async peek(id) {
      const entity = await orElse(table.getEntity<Entity>(PARTITION, id), isNotFound, undefined);
      return entity && (parsedOrLogged(entity) ?? 'unreadable');
    },
    async recent(id) {
      const known = recent.get(id);
      if (known !== undefined) return known;
      const at = recent.now();
      const found = await read(id);
      return found && { job: found.value, at };
    },
    async replace(job, version) {
      recent.forget(job.id);
      const written = await writeRow(table, toEntity(job), version);
      return written === 'changed' ? written : { value: job, ...written };
    },
    async remove(id) {
      await orElse(table.deleteEntity(PARTITION, id), isNotFound, undefined);
    },
    async page(after, size) {
      const filter = odata`PartitionKey eq ${PARTITION} and RowKey gt ${after ?? ''}`;
      const jobs: Job[] = [];
      for await (const { value } of list(filter)) if (jobs.push(value) >= size) break;
      return jobs;
    },
    async *createdBefore(time) {
      for await (const { value } of list(odata`PartitionKey eq ${PARTITION} and RowKey gt ${jobIdTime(time)}`))
        yield value;
    },
    countOpenOf: (submitterId, atMost) => countOpenOf(table, submitterId, atMost),
    open: () => list(odata`PartitionKey eq ${PARTITION} and open eq true`),
    unaudited: () => list(odata`PartitionKey eq ${PARTITION} and unaudited eq true`),
    verifying: () => list(odata`PartitionKey eq ${PARTITION} and verifying eq true`),
  };
}

async function countOpenOf(table: TableClient, submitterId: string, atMost: number): Promise<number> {
  const filter = odata`PartitionKey eq ${PARTITION} and openOf eq ${submitterId}`;
  let count = 0;
  for await (const _row of table.listEntities({ queryOptions: { filter, select: ['RowKey'] } }))
    if (++count >= atMost) break;
  return count;
}

function toEntity(job: Job): Entity {
  return {
    partitionKey: PARTITION,
    rowKey: job.id,
    status: job.status,
    open: hasOpenWork(job),
    openOf: job.endedAt === undefined && job.deletion === undefined ? job.submitter.id : '',
    verifying: job.verifying === true,
    unaudited: unaudited(job).length > 0,
    ...toJsonProperties('job', job),
  };
}

/** Of a job that is deleted only that. */
function hasOpenWork(job: Job): boolean {
  const { endedAt, check, deletion } = job;
  if (deletion !== undefined) return deletionUnderWay(job) !== undefined;
  return endedAt === undefined || (check !== undefined && check.endedAt === undefined);
}

/** @returns undefined for what is no JSON, or not this job's */
function parseJob(entity: Entity): Job | undefined {
  try {
    const job = fromJsonProperties<Job | null>('job', entity);
    return job?.id === entity.rowKey ? job : undefined;
  } catch (error) {
    if (error instanceof UnreadableRow) return undefined;
    throw error;
  }
}

function versioned(entity: Entity): Versioned<Job> {
  const job = parseJob(entity);
  if (job === undefined) throw new UnreadableRow('job');
  return { value: job, version: entity.etag ?? '' };
}
