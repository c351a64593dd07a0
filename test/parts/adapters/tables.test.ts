/**
 * The stores on real tables, in Azurite and in the light store: limits, order, compare-and-set, and writes whose answer
 * got lost.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TABLE_STORES } from '../../../local/tables/store.ts';
import type { Chunk } from '../../../shared/domain/chunk/chunk.ts';
import { newJobId } from '../../../shared/domain/ids.ts';
import { chunk, job, NOW, pending, request } from '../../unit/domain/records.ts';
import { startService, type Service } from '../service-fixture.ts';

type PipelinePolicy = Parameters<Service['tables']['jobs']['pipeline']['addPolicy']>[0];

let service: Service;

let seed = 0;
const freshId = () => newJobId(NOW - ++seed, new Uint8Array(16).fill(seed));
const chunkOf = (id: ReturnType<typeof freshId>, index: number, more: Partial<Chunk> = {}): Chunk => ({
  ...chunk([pending(index + 1)]),
  jobId: id,
  index,
  ...more,
});

async function insertChunks(chunks: readonly Chunk[]): Promise<void> {
  const inserts = service.deps.chunks.inserts(async () => undefined);
  for (const each of chunks) await inserts.add(each);
  await inserts.flush();
}

/**
 * Answers the next write of that table with 503 although it was done, as a broken connection would.
 * @param meanwhile happens before the SDK repeats it
 */
function loseNextAnswer(table: Service['tables']['jobs'], meanwhile?: () => Promise<unknown>): void {
  let isArmed = true;
  const policy: PipelinePolicy = {
    name: 'loseAnswer',
    async sendRequest(sent, next) {
      const response = await next(sent);
      if (!isArmed || sent.method === 'GET') return response;
      isArmed = false;
      await meanwhile?.();
      return { ...response, status: 503 };
    },
  };
  table.pipeline.removePolicy({ name: policy.name });
  table.pipeline.addPolicy(policy, { afterPhase: 'Retry' });
}

describe.each(TABLE_STORES)('on %s:', (store) => {
  beforeAll(async () => {
    service = await startService({}, { store });
  });
  afterAll(async () => {
    await service?.stop();
  });

  describe('chunks', () => {
    test('come back as they were written, long rows and odd letters included', async () => {
      const id = freshId();
      const long = pending(1, {
        request: request(1, { reference: `é${'😀'.repeat(30_000)}"\\`, input: ['', 'ü', "'=x"] }),
      });
      const written = chunkOf(id, 0, { resets: [long, pending(2)], attemptId: 'a', quietUntil: NOW + 5 });
      await insertChunks([written]);
      expect((await service.deps.chunks.read(id, 0))?.value).toEqual(written);
      const entity = await service.tables.chunks
        .listEntities({ queryOptions: { filter: `PartitionKey eq '${id}'` } })
        .next();
      const parts = Object.entries(entity.value as Record<string, unknown>)
        .filter(([name]) => /^resets\d+$/.test(name))
        .map(([, value]) => String(value));
      expect(parts.length).toBeGreaterThan(1);
      expect(parts.every((part) => part.isWellFormed() && part.length <= 32 * 1024)).toBe(true);
    });
    test('are written fifty in a transaction, read in order, counted in a range, and removed', async () => {
      const id = freshId();
      let transactions = 0;
      service.tables.chunks.pipeline.addPolicy({
        name: 'count',
        sendRequest: async (sent, next) => {
          if (sent.url.endsWith('$batch')) transactions++;
          return next(sent);
        },
      });
      await insertChunks(Array.from({ length: 250 }, (_, index) => chunkOf(id, index)));
      expect(transactions).toBe(5);
      const indexes: number[] = [];
      for await (const each of service.deps.chunks.from(id, 120)) indexes.push(each.index);
      expect(indexes).toEqual(Array.from({ length: 130 }, (_, position) => position + 120));
      const counts = await service.deps.chunks.counts(id, 5, 205);
      expect([counts.length, counts[0]?.index, counts[0]?.counts.pending]).toEqual([200, 5, 1]);
      await service.deps.chunks.removeAll(id);
      expect(await service.deps.chunks.counts(id, 0, 999)).toEqual([]);
    });
    test('that are large are fewer in a transaction, which stays under the 4 MiB that the service takes', async () => {
      const id = freshId();
      const bodies: number[] = [];
      service.tables.chunks.pipeline.addPolicy({
        name: 'measure',
        sendRequest: async (sent, next) => {
          if (sent.url.endsWith('$batch') && typeof sent.body === 'string') bodies.push(Buffer.byteLength(sent.body));
          return next(sent);
        },
      });
      // A quote takes four bytes: it is in JSON that is in JSON.
      const quotes = (row: number): Chunk['resets'][number] =>
        pending(row, { request: request(row, { reference: '"'.repeat(100_000) }) });
      await insertChunks(Array.from({ length: 16 }, (_, index) => chunkOf(id, index, { resets: [quotes(index + 1)] })));
      service.tables.chunks.pipeline.removePolicy({ name: 'measure' });
      expect(bodies).toHaveLength(4);
      expect(Math.max(...bodies)).toBeLessThan(4 * 1024 * 1024);
      expect(await service.deps.chunks.counts(id, 0, 99)).toHaveLength(16);
    });
    test('are replaced only on the version that was read', async () => {
      const id = freshId();
      await insertChunks([chunkOf(id, 0)]);
      const read = await service.deps.chunks.read(id, 0);
      const version = read?.version ?? '';
      const next = await service.deps.chunks.replace(chunkOf(id, 0, { wake: 2 }), version);
      expect(next).toMatchObject({ version: expect.any(String) });
      expect(await service.deps.chunks.replace(chunkOf(id, 0, { wake: 3 }), version)).toBe('changed');
      expect((await service.deps.chunks.read(id, 0))?.value.wake).toBe(2);
    });
    test('past due are those dispatched, open and due before', async () => {
      const id = freshId();
      await insertChunks([
        chunkOf(id, 0, { dueAt: NOW - 5_000 }),
        chunkOf(id, 1, { dueAt: NOW + 5_000 }),
        chunkOf(id, 2, { dueAt: NOW - 5_000, resets: [] }),
        chunkOf(id, 3, { dueAt: NOW - 5_000 }),
      ]);
      expect(
        (await service.deps.chunks.pastDue(id, { left: 'open', to: 3, before: NOW, limit: 10 })).map(
          ({ value }) => value.index,
        ),
      ).toEqual([0]);
    });
  });

  describe('a write whose answer got lost', () => {
    test('is a success for new rows, which only their writer can have made', async () => {
      const id = freshId();
      loseNextAnswer(service.tables.jobs);
      await service.deps.jobs.insert(job({ id }));
      loseNextAnswer(service.tables.chunks);
      await insertChunks([chunkOf(id, 0), chunkOf(id, 1)]);
      expect([
        (await service.deps.jobs.read(id))?.value.id,
        (await service.deps.chunks.counts(id, 0, 9)).length,
      ]).toEqual([id, 2]);
    });
    test('is a success for a replaced row, whose version the next write needs', async () => {
      const id = freshId();
      await insertChunks([chunkOf(id, 0)]);
      const read = await service.deps.chunks.read(id, 0);
      loseNextAnswer(service.tables.chunks);
      const written = await service.deps.chunks.replace(chunkOf(id, 0, { wake: 2 }), read?.version ?? '');
      expect(written).toEqual({ version: (await service.deps.chunks.read(id, 0))?.version });
      const { version } = written as { version: string };
      expect(await service.deps.chunks.replace(chunkOf(id, 0, { wake: 3 }), version)).not.toBe('changed');
    });
    test('is a success for the row of a job', async () => {
      const written = job({ id: freshId() });
      await service.deps.jobs.insert(written);
      const read = await service.deps.jobs.read(written.id);
      loseNextAnswer(service.tables.jobs);
      expect(await service.deps.jobs.replace({ ...written, cursor: 1 }, read?.version ?? '')).toMatchObject({
        value: { cursor: 1 },
      });
    });
    test('is a success for a key, new or replaced', async () => {
      const entry = { state: 'receiving', jobId: freshId(), deadline: NOW } as const;
      const { idempotency } = service.deps;
      loseNextAnswer(service.tables.idempotency);
      const inserted = await idempotency.insert('caller', 'lost key', entry);
      expect(inserted).toEqual({ version: (await idempotency.read('caller', 'lost key'))?.version });
      const { version } = inserted as { version: string };
      loseNextAnswer(service.tables.idempotency);
      const replaced = await idempotency.replace('caller', 'lost key', { ...entry, state: 'committed' }, version);
      expect(replaced).toEqual({ version: (await idempotency.read('caller', 'lost key'))?.version });
    });
    test('is a success for a claim, the first on a guest and the next', async () => {
      const claim = { jobId: freshId(), chunk: 0, row: 1, attemptId: 'a' };
      loseNextAnswer(service.tables.guests);
      expect(await service.deps.guests.claim('lost', claim, NOW, undefined)).toBe('claimed');
      const first = await service.deps.guests.current('lost');
      loseNextAnswer(service.tables.guests);
      expect(await service.deps.guests.claim('lost', { ...claim, attemptId: 'b' }, NOW, first?.version)).toBe(
        'claimed',
      );
      expect((await service.deps.guests.current('lost'))?.value.attemptId).toBe('b');
    });
    test('changes the pace once', async () => {
      const step = (by: number): Promise<number> =>
        service.deps.control.changePace((pace) => {
          const next = { ...pace, nextFreeAt: pace.nextFreeAt + by };
          return { pace: by === 0 ? pace : next, result: next.nextFreeAt };
        });
      await step(1);
      const before = await step(0);
      loseNextAnswer(service.tables.control);
      await step(1);
      expect(await step(0)).toBe(before + 1);
    });
    test('is "changed" where somebody else has written the row since', async () => {
      const id = freshId();
      await insertChunks([chunkOf(id, 0)]);
      const version = (await service.deps.chunks.read(id, 0))?.version ?? '';
      loseNextAnswer(service.tables.chunks, async () => {
        const read = await service.deps.chunks.read(id, 0);
        await service.deps.chunks.replace(chunkOf(id, 0, { wake: 9 }), read?.version ?? '');
      });
      expect(await service.deps.chunks.replace(chunkOf(id, 0, { wake: 2 }), version)).toBe('changed');
      expect((await service.deps.chunks.read(id, 0))?.value.wake).toBe(9);
    });
    test('is "changed" where the row is gone since', async () => {
      const id = freshId();
      await insertChunks([chunkOf(id, 0)]);
      const version = (await service.deps.chunks.read(id, 0))?.version ?? '';
      loseNextAnswer(service.tables.chunks, () => service.deps.chunks.remove(id, 0));
      expect(await service.deps.chunks.replace(chunkOf(id, 0, { wake: 2 }), version)).toBe('changed');
    });
    test('removes a row, which is gone when the repeat comes', async () => {
      const entry = { state: 'receiving', jobId: freshId(), deadline: NOW } as const;
      const { idempotency } = service.deps;
      const inserted = (await idempotency.insert('caller', 'gone key', entry)) as { version: string };
      loseNextAnswer(service.tables.idempotency);
      await idempotency.remove('caller', 'gone key', inserted.version);
      expect(await idempotency.read('caller', 'gone key')).toBeUndefined();
    });
    test('costs no guest anything, wherever it strikes in a visit', async () => {
      for (const [position, table] of [service.tables.chunks, service.tables.guests].entries()) {
        const guest = service.graph.guest('Accepted', position);
        const id = await service.job([{ user: guest.id }]);
        loseNextAnswer(table);
        await service.drain();
        expect((await service.resets(id))[0]?.status).toBe('succeeded');
        expect(await service.mailsTo(guest.id)).toBe(1);
      }
    });
  });

  test('jobs are listed newest first, and open ones are found', async () => {
    const [older, newer] = [freshId(), newJobId(NOW + 1, new Uint8Array(16))];
    await service.deps.jobs.insert(job({ id: older, endedAt: NOW }));
    await service.deps.jobs.insert(job({ id: newer }));
    const page = await service.deps.jobs.page(undefined, 1_000);
    const ids = page.map(({ id }) => id);
    expect(ids.indexOf(newer)).toBeLessThan(ids.indexOf(older));
    expect((await service.deps.jobs.page(newer, 1_000)).map(({ id }) => id)).not.toContain(newer);
    const open: string[] = [];
    for await (const { value } of service.deps.jobs.open()) open.push(value.id);
    expect([open.includes(newer), open.includes(older)]).toEqual([true, false]);
  });

  describe('compare-and-sets', () => {
    test('on a key: of two at once one wins, and only its version removes it', async () => {
      const entry = { state: 'receiving', jobId: freshId(), deadline: NOW } as const;
      const results = await Promise.all([1, 2].map(() => service.deps.idempotency.insert('caller', 'one key', entry)));
      expect(results.filter((result) => result === 'changed')).toHaveLength(1);
      await service.deps.idempotency.remove('caller', 'one key', 'W/"datetime\'2000-01-01T00%3A00%3A00Z\'"');
      const read = await service.deps.idempotency.read('caller', 'one key');
      expect(read?.value).toEqual(entry);
      await service.deps.idempotency.remove('caller', 'one key', read?.version ?? '');
      expect(await service.deps.idempotency.read('caller', 'one key')).toBeUndefined();
    });
    test('on the pace all count, however many come at once', async () => {
      const read = (): Promise<number> =>
        service.deps.control.changePace((pace) => ({ pace, result: pace.nextFreeAt }));
      const before = await read();
      await Promise.all(
        Array.from({ length: 6 }, () =>
          service.deps.control.changePace((pace) => ({
            pace: { ...pace, nextFreeAt: pace.nextFreeAt + 1 },
            result: undefined,
          })),
        ),
      );
      expect(await read()).toBe(before + 6);
    });
    test('on a guest: the first claim is inserted, the next needs the version', async () => {
      const claim = { jobId: freshId(), chunk: 0, row: 1, attemptId: 'a' };
      expect(await service.deps.guests.claim('guest', claim, NOW, undefined)).toBe('claimed');
      expect(await service.deps.guests.claim('guest', { ...claim, attemptId: 'b' }, NOW, undefined)).toBe('changed');
      const current = await service.deps.guests.current('guest');
      expect(current?.value).toEqual(claim);
      expect(
        await service.deps.guests.claim(
          'guest',
          { ...claim, attemptId: 'b', lastSuccess: { jobId: claim.jobId, at: NOW } },
          NOW,
          current?.version,
        ),
      ).toBe('claimed');
      const rows: string[] = [];
      for await (const row of service.tables.guests.listEntities({
        queryOptions: { filter: "PartitionKey eq 'guest'" },
      }))
        rows.push(String(row.rowKey));
      expect(rows.sort()).toEqual(['current', `h-${claim.jobId}-000001`]);
    });
  });
});
