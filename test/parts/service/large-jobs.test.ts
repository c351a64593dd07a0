/** What it costs to look at a large job: requests to real tables, counted. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RateView } from '../../../shared/domain/api/rate-view.ts';
import { answerJobRate } from '../../../shared/entry/http/answers/rate-answer.ts';
import { answerResets } from '../../../shared/entry/http/answers/resets-answer.ts';
import type { Caller } from '../../../shared/entry/http/requests/caller.ts';
import { CHUNK_MAX_RESETS } from '../../../shared/domain/chunk/chunk.ts';
import { newJobId, type JobId } from '../../../shared/domain/ids.ts';
import type { ResetRecord } from '../../../shared/domain/reset/reset.ts';
import { readJob } from '../../../shared/usecases/jobs/read-jobs.ts';
import { chunk, job, NOW, pending, SECOND } from '../../unit/domain/records.ts';
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

/** A second apart, as at the pace. */
const ended = (row: number): ResetRecord => ({
  ...pending(row),
  status: 'succeeded',
  endedAt: NOW + Math.ceil(row / CHUNK_MAX_RESETS) * SECOND,
});

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

test('how fast it goes costs what its status costs, and is told in few points over hours', async () => {
  const id = await largeJob(9, (index) => index >= CURSOR - 100);
  const caller: Caller = { id: 'caller', roles: new Set(['Read']) };
  const call = callOf('getJobRate', { caller, deps: service.deps, params: { id } });
  const [, status] = await counted(() => readJob(service.deps, id));
  expect(status).toContain('PUT jobs');
  const [rate, made] = await counted(() => answerJobRate(call));
  expect(made).toEqual(['GET jobs', 'GET chunks']);
  const { points } = rate.jsonBody as RateView;
  expect(points.length).toBeLessThanOrEqual(500);
  expect(points.reduce((sum, { ended: count }) => sum + count, 0)).toBe((CURSOR - 100) * CHUNK_MAX_RESETS);
});

test('behind a chunk that does not end, the status is a read of the job and one for each thousand chunks', async () => {
  const id = await largeJob(2, (index) => index === 0);
  await readJob(service.deps, id);
  const [read, made] = await counted(() => readJob(service.deps, id));
  expect([read?.counts.pending, made]).toEqual([101 * CHUNK_MAX_RESETS, ['GET jobs', 'GET chunks', 'GET chunks']]);
});

/** What the caller gets of the rows of a job, and whom the service has asked for it. */
async function rowsOf(
  id: JobId,
  query: string,
): Promise<{ rows: number[]; nextLink?: string; made: readonly string[] }> {
  const stored = await service.deps.jobs.read(id);
  if (stored === undefined) throw new Error('the job is not there');
  const caller: Caller = { id: 'caller', roles: new Set(['Read']) };
  const call = callOf('listResets', { caller, deps: service.deps, query, params: { id } });
  const [answer, made] = await counted(() => answerResets(call, stored.value));
  const { value, nextLink } = answer.jsonBody as { value: { row: number }[]; nextLink?: string };
  return { rows: value.map(({ row }) => row), made, ...(nextLink !== undefined && { nextLink }) };
}
const upTo = (first: number, last: number): number[] => Array.from({ length: last - first + 1 }, (_, at) => first + at);

test('a page from any row on costs what the first one costs', async () => {
  const id = await largeJob(4, (index) => index % 100 === 99);
  const total = CHUNKS * CHUNK_MAX_RESETS;
  const first = await rowsOf(id, '');
  for (const from of [1, 2, 20, 21, 15_000, 22_519, total - 100, total]) {
    const { rows, made } = await rowsOf(id, `from=${from}`);
    expect([from, rows, made]).toEqual([from, upTo(from, Math.min(from + 99, total)), first.made]);
  }
  expect((await rowsOf(id, `from=${total + 1}`)).rows).toEqual([]);
});

test('pages from a row on lead to the end, once each, with the filters as they were', async () => {
  const id = await largeJob(5, (index) => index % 100 === 99);
  const from = 25_990;
  const rows: number[] = [];
  for (let query: string | undefined = `from=${from}&status=pending&pageSize=300`; query !== undefined;) {
    const page = await rowsOf(id, query);
    rows.push(...page.rows);
    query = page.nextLink && new URL(page.nextLink).search;
  }
  const open = (row: number): boolean =>
    row > CURSOR * CHUNK_MAX_RESETS || Math.ceil(row / CHUNK_MAX_RESETS) % 100 === 0;
  expect(rows).toEqual(upTo(from, CHUNKS * CHUNK_MAX_RESETS).filter(open));
});

test('a row is found where the chunks before it are short, too, with a read for each halving', async () => {
  const id = newJobId(NOW + 6, new Uint8Array(16).fill(6));
  /** Rows with long texts travel one by one, or three together. */
  const sizes = Array.from({ length: 900 }, (_, index) => [20, 1, 3][Math.floor(index / 300)] ?? 0);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const inserts = service.deps.chunks.inserts(() =>
    service.deps.jobs.insert(job({ id, status: 'inProgress', lane: 'bulk', total, chunkCount: sizes.length })),
  );
  let row = 0;
  for (const [index, size] of sizes.entries())
    await inserts.add({ ...chunk(Array.from({ length: size }, () => ended(++row))), jobId: id, index });
  await inserts.flush();
  for (const from of [1, 5_999, 6_001, 6_150, 6_300, 6_301, 6_302, 7_000, total]) {
    const { rows, made } = await rowsOf(id, `from=${from}&pageSize=10`);
    expect([from, rows]).toEqual([from, upTo(from, Math.min(from + 9, total))]);
    expect(made.length).toBeLessThan(10);
  }
});

test.each([
  ['csv', 7],
  ['ndjson', 8],
] as const)('an export from a row on has the rest, as %s', async (format, seed) => {
  const id = await largeJob(seed, () => false);
  const stored = await service.deps.jobs.read(id);
  if (stored === undefined) throw new Error('the job is not there');
  const caller: Caller = { id: 'caller', roles: new Set(['Read']) };
  const query = `format=${format}&from=${CHUNKS * CHUNK_MAX_RESETS - 30}`;
  const call = callOf('listResets', { caller, deps: service.deps, query, params: { id } });
  const { body } = await answerResets(call, stored.value);
  const lines = (await new Response(body as ReadableStream<Uint8Array>).text()).trim().split('\n');
  expect(lines).toHaveLength(format === 'csv' ? 32 : 31);
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
