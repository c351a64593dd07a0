/** What it costs to look at a large job: requests to real tables, counted. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { answerResets } from '../../../shared/entry/http/answers/resets-answer.ts';
import type { Caller } from '../../../shared/entry/http/requests/caller.ts';
import { CHUNK_MAX_RESETS } from '../../../shared/domain/chunk/chunk.ts';
import { newJobId, type JobId } from '../../../shared/domain/ids.ts';
import type { ResetRecord } from '../../../shared/domain/reset/reset.ts';
import { readJob } from '../../../shared/usecases/jobs/read-jobs.ts';
import { chunk, job, NOW, pending } from '../../unit/domain/records.ts';
import { callOf } from '../call-of.ts';
import { startService, type Service } from '../service-fixture.ts';

const CHUNKS = 1_500;
/** All but the last hundred have been dispatched: those are still far ahead on the pace. */
const CURSOR = CHUNKS - 100;

let service: Service;
const requests: string[] = [];
beforeAll(async () => {
  service = await startService();
  for (const table of [service.tables.jobs, service.tables.chunks]) {
    table.pipeline.addPolicy({
      name: 'count',
      sendRequest: async (sent, next) => {
        requests.push(`${sent.method} ${table.tableName}`);
        return next(sent);
      },
    });
  }
});
afterAll(async () => {
  await service?.stop();
});

const ended = (row: number): ResetRecord => ({ ...pending(row), status: 'succeeded' });

/** A job under way: every chunk before the cursor has ended, but those in `open`. */
async function largeJob(seed: number, open: (index: number) => boolean): Promise<JobId> {
  const id = newJobId(NOW + seed, new Uint8Array(16).fill(seed));
  const inserts = service.deps.chunks.inserts(() =>
    service.deps.jobs.insert(
      job({
        id,
        status: 'inProgress',
        lane: 'bulk',
        total: CHUNKS * CHUNK_MAX_RESETS,
        chunkCount: CHUNKS,
        cursor: CURSOR,
      }),
    ),
  );
  for (let index = 0; index < CHUNKS; index++) {
    const make = index < CURSOR && !open(index) ? ended : pending;
    await inserts.add({
      ...chunk(
        Array.from({ length: CHUNK_MAX_RESETS }, (_, position) => make(index * CHUNK_MAX_RESETS + position + 1)),
      ),
      jobId: id,
      index,
    });
  }
  await inserts.flush();
  return id;
}

async function counted<T>(work: () => Promise<T>): Promise<[T, readonly string[]]> {
  requests.length = 0;
  return [await work(), [...requests]];
}

test('the status of a job under way is one read of the job, and one of the chunks that have not ended yet', async () => {
  const id = await largeJob(1, (index) => index >= CURSOR - 100);
  // Nobody has looked so far: this reader moves the snapshot on, over all that has ended.
  const [first, firstRequests] = await counted(() => readJob(service.deps, id));
  expect(first?.counts).toMatchObject({
    succeeded: (CURSOR - 100) * CHUNK_MAX_RESETS,
    pending: 200 * CHUNK_MAX_RESETS,
  });
  expect(firstRequests).toEqual(['GET jobs', 'GET chunks', 'GET chunks', 'PUT jobs']);
  const [again, requestsAgain] = await counted(() => readJob(service.deps, id));
  expect([again?.counts, requestsAgain]).toEqual([first?.counts, ['GET jobs', 'GET chunks']]);
});

test('behind a chunk that does not end, the status is a read of the job and one for each thousand chunks', async () => {
  const id = await largeJob(2, (index) => index === 0);
  await readJob(service.deps, id);
  const [read, made] = await counted(() => readJob(service.deps, id));
  expect([read?.counts.pending, made]).toEqual([101 * CHUNK_MAX_RESETS, ['GET jobs', 'GET chunks', 'GET chunks']]);
});

test('an export reads on only as fast as it is taken, and stops when nobody takes any more', async () => {
  const id = await largeJob(3, () => false);
  const stored = await service.deps.jobs.read(id);
  if (stored === undefined) throw new Error('the job is not there');
  const caller: Caller = { id: 'caller', roles: new Set(['Read']) };
  const call = callOf('listResets', { caller, deps: service.deps, query: 'format=csv', params: { id } });
  const exported = async () => (await answerResets(call, stored.value)).body as ReadableStream<Uint8Array>;

  const [reader] = await counted(async () => (await exported()).getReader());
  for (let blocks = 0; blocks < 3; blocks++) expect((await reader.read()).done).toBe(false);
  // Three blocks of 32 K characters are fewer rows than one page of a hundred chunks has.
  expect(requests).toEqual(['GET chunks']);
  await reader.cancel();

  const [lines, all] = await counted(async () => {
    let found = 0;
    for await (const block of await exported()) for (const byte of block) if (byte === 10) found++;
    return found;
  });
  expect(lines).toBe(CHUNKS * CHUNK_MAX_RESETS + 1);
  // And whether the job is still kept, so that nobody takes a part of it for all.
  expect(all).toEqual([...Array.from({ length: CHUNKS / 100 }, () => 'GET chunks'), 'GET jobs']);
});
