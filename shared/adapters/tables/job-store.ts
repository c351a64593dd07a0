/** Job rows: one partition, newest first, because a job id begins with inverted time. */
import { odata, type TableClient } from '@azure/data-tables';
import { jobIdTime } from '../../domain/ids.ts';
import type { Job } from '../../domain/job.ts';
import { GATE_MAX_AGE_MS } from '../../domain/stop.ts';
import type { Clock, JobStore, Versioned } from '../../usecases/ports.ts';
import { insertedOnce, isConflict, isNotFound, orElse } from './errors.ts';
import { fromJsonProperties, toJsonProperties } from './json-properties.ts';

type Entity = Record<string, unknown> & { partitionKey: string; rowKey: string; etag?: string };

const PARTITION = 'jobs';

/** Jobs of which a process remembers what it read last. */
const REMEMBERED = 100;

export function jobStore(table: TableClient, clock: Pick<Clock, 'monotonic'>): JobStore {
  const lastRead = new Map<string, { readonly job: Job; readonly at: number }>();

  function remember(job: Job, at: number): void {
    lastRead.delete(job.id);
    lastRead.set(job.id, { job, at });
    const [oldest] = lastRead.keys();
    if (lastRead.size > REMEMBERED && oldest !== undefined) lastRead.delete(oldest);
  }

  async function read(id: string): Promise<Versioned<Job> | undefined> {
    const at = clock.monotonic();
    const entity = await orElse(table.getEntity<Entity>(PARTITION, id), isNotFound, undefined);
    if (entity === undefined) return undefined;
    const found = versioned(entity);
    remember(found.value, at);
    return found;
  }
  return {
    async insert(job) {
      await insertedOnce(table.createEntity(toEntity(job)), async () => await read(job.id) !== undefined);
    },
    read,
    async recent(id) {
      const known = lastRead.get(id);
      if (known !== undefined && clock.monotonic() - known.at < GATE_MAX_AGE_MS) return known;
      return await read(id) === undefined ? undefined : lastRead.get(id);
    },
    async replace(job, version) {
      lastRead.delete(job.id);
      const result = await orElse(table.updateEntity(toEntity(job), 'Replace', { etag: version }), (error) => isConflict(error) || isNotFound(error), 'changed' as const);
      return result === 'changed' ? result : { value: job, version: result.etag ?? '' };
    },
    async remove(id) {
      await orElse(table.deleteEntity(PARTITION, id), isNotFound, undefined);
    },
    async page(after, size) {
      const filter = after === undefined ? odata`PartitionKey eq ${PARTITION}` : odata`PartitionKey eq ${PARTITION} and RowKey gt ${after}`;
      const jobs: Job[] = [];
      for await (const entity of table.listEntities<Entity>({ queryOptions: { filter } })) {
        if (jobs.push(toJob(entity)) >= size) break;
      }
      return jobs;
    },
    async *createdBefore(time) {
      const filter = odata`PartitionKey eq ${PARTITION} and RowKey gt ${jobIdTime(time)}`;
      for await (const entity of table.listEntities<Entity>({ queryOptions: { filter } })) yield toJob(entity);
    },
    async *open() {
      const filter = odata`PartitionKey eq ${PARTITION} and open eq true`;
      for await (const entity of table.listEntities<Entity>({ queryOptions: { filter } })) yield versioned(entity);
    },
  };
}

function toEntity(job: Job): Entity {
  return { partitionKey: PARTITION, rowKey: job.id, status: job.status, open: hasOpenWork(job), ...toJsonProperties('job', job) };
}

const hasOpenWork = ({ endedAt, check, deleting }: Job): boolean => endedAt === undefined || deleting !== undefined || (check !== undefined && check.endedAt === undefined);

const toJob = (entity: Entity): Job => fromJsonProperties<Job>('job', entity);
const versioned = (entity: Entity): Versioned<Job> => ({ value: toJob(entity), version: entity.etag ?? '' });
