/** Tables that nobody has made: the first request for one makes it. Every test has a store of its own without any. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { TableClient } from '@azure/data-tables';
import { TABLE_STORES } from '../../../local/tables/store.ts';
import { newJobId } from '../../../shared/domain/ids.ts';
import { chunk, job } from '../../unit/domain/records.ts';
import { startService, type Service } from '../service-fixture.ts';

let service: Service;

/** Requests of the client from now on, such as `POST /Tables`. */
function requestsOf(table: TableClient): string[] {
  const seen: string[] = [];
  table.pipeline.addPolicy(
    {
      name: 'seen',
      sendRequest: async (request, next) => {
        seen.push(`${request.method} ${new URL(request.url).pathname.split('/').at(-1) ?? ''}`);
        return next(request);
      },
    },
    { afterPhase: 'Retry' },
  );
  return seen;
}

const id = newJobId(Date.now(), new Uint8Array(16));

describe.each(TABLE_STORES)('on %s:', (store) => {
  beforeEach(async () => {
    service = await startService({ guests: 5 }, { store });
    await Promise.all(Object.values(service.tables).map((table) => table.deleteTable()));
  });
  afterEach(async () => {
    await service?.stop();
  });

  test.each<[string, (deps: Service['deps']) => Promise<unknown>, unknown]>([
    ['a read', ({ jobs }) => jobs.read(id), undefined],
    ['a list', ({ chunks }) => chunks.counts(id, 0, 9), []],
    ['the removal of a row', ({ idempotency }) => idempotency.remove('caller', 'key', 'W/"1"'), undefined],
    [
      'a compare-and-set of a row that is not there',
      ({ control }) => control.changePace((pace) => ({ pace: { ...pace, nextFreeAt: 7 }, result: 'changed' })),
      'changed',
    ],
  ])('%s', async (_what, call, answer) => {
    expect(await call(service.deps)).toEqual(answer);
  });

  test('a transaction is written once', async () => {
    const seen = requestsOf(service.tables.chunks);
    const inserts = service.deps.chunks.inserts(() => service.deps.jobs.insert(job({ id })));
    await inserts.add({ ...chunk([]), jobId: id, index: 0 });
    await inserts.flush();
    expect((await service.deps.chunks.counts(id, 0, 9)).map(({ index }) => index)).toEqual([0]);
    expect(seen.filter((request) => !request.startsWith('GET'))).toEqual(['POST $batch', 'POST Tables', 'POST $batch']);
  });

  test('a table that is there is not asked for', async () => {
    await service.deps.jobs.insert(job({ id }));
    const seen = requestsOf(service.tables.jobs);
    expect(await service.deps.jobs.read(newJobId(0, new Uint8Array(16)))).toBeUndefined();
    expect((await service.deps.jobs.read(id))?.value.id).toBe(id);
    expect(seen.filter((request) => request.includes('Tables'))).toEqual([]);
  });
});

test('a submission fails at once where the table is not there although it was made, and does not try for ever', async () => {
  let calls = 0;
  const strikeTables = (call: string): { when: 'before'; what: number } | undefined =>
    call.endsWith(' idempotency') && calls++ >= 0 ? { when: 'before', what: 404 } : undefined;
  service = await startService({ guests: 5 }, { strikeTables });
  const user = service.graph.guest('Accepted', 0).id;
  await expect(service.submit([{ user }], { sendInvitationMessage: true }, 'key')).rejects.toMatchObject({
    statusCode: 404,
  });
  expect(calls).toBeLessThan(10);
  await service.stop();
});
