/**
 * A submission is read on while a transaction of its chunks is on its way: what becomes of both when either goes wrong.
 */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { readSubmission } from '../../../shared/entry/http/submission/read-submission.ts';
import { TRANSACTION_ROWS } from '../../../shared/adapters/tables/collect-inserts.ts';
import { CHUNK_MAX_RESETS } from '../../../shared/domain/chunk/chunk.ts';
import type { SubmitResult } from '../../../shared/usecases/submit/submit-job.ts';
import { submitJob } from '../../../shared/usecases/submit/submit-job.ts';
import { startService, type Service } from '../service-fixture.ts';

/**
 * Resets that fill a transaction, and two chunks more: it begins when the first of these is full, and that is known at
 * the next row.
 */
const TRANSACTION_RESETS = (TRANSACTION_ROWS + 2) * CHUNK_MAX_RESETS;
const QUERY = new URLSearchParams('sendInvitationMessage=false');
const SETTINGS = { maxResets: 10_000, maxBodyBytes: 10_000_000, keepBadRows: false };

type PipelinePolicy = Parameters<Service['tables']['jobs']['pipeline']['addPolicy']>[0];

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(async () => {
  await service?.stop();
});
afterEach(() => {
  service.tables.chunks.pipeline.removePolicy({ name: 'take' });
  service.tables.idempotency.pipeline.removePolicy({ name: 'removal' });
});

let used = 0;
const rows = (count: number): string => Array.from({ length: count }, () => `user${++used}@partner.example\n`).join('');

function submit(pieces: () => AsyncGenerator<string>, key: string): Promise<SubmitResult> {
  async function* bytes(): AsyncGenerator<Uint8Array> {
    for await (const piece of pieces()) yield Buffer.from(piece);
  }
  const read = (now: number) => readSubmission(bytes(), 'text/csv', QUERY, { ...SETTINGS, now });
  return submitJob(service.deps, {
    submitter: { id: 'caller' },
    idempotencyKey: key,
    body: { read, drain: async () => undefined, hash: () => key, contentHash: () => key },
  });
}

/** Does something with each transaction of the chunks; the SDK sees what it returns or throws. */
function onTransactions(
  take: (send: () => ReturnType<PipelinePolicy['sendRequest']>) => ReturnType<PipelinePolicy['sendRequest']>,
): void {
  service.tables.chunks.pipeline.addPolicy({
    name: 'take',
    sendRequest: (sent, next) => (sent.url.endsWith('$batch') ? take(() => next(sent)) : next(sent)),
  });
}

async function allRows(): Promise<number> {
  let count = 0;
  for (const table of [service.tables.chunks, service.tables.jobs, service.tables.idempotency])
    for await (const _row of table.listEntities()) count++;
  return count;
}

describe('a submission that ends while a transaction of it is on its way leaves nothing behind, if', () => {
  const ends: readonly [string, () => string, object][] = [
    [
      'a row is bad',
      () => 'nonsense\n',
      { kind: 'refused', problem: { code: 'invalidSubmission', errors: [{ row: TRANSACTION_RESETS + 1 }] } },
    ],
    [
      'the client goes away',
      () => {
        throw new Error('the client went away');
      },
      { message: 'the client went away' },
    ],
    [
      'it was too slow',
      () => {
        service.advance(301);
        return rows(1);
      },
      { kind: 'refused', problem: { code: 'submissionTooSlow' } },
    ],
  ];
  test.each(ends)('%s', async (what, last, expected) => {
    const [begun, read] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const order: string[] = [];
    onTransactions(async (send) => {
      begun.resolve();
      await read.promise;
      const answer = await send();
      order.push('transaction');
      return answer;
    });
    service.tables.idempotency.pipeline.addPolicy({
      name: 'removal',
      sendRequest: (sent, next) => {
        if (sent.method === 'DELETE') order.push('key removed');
        return next(sent);
      },
    });
    async function* body() {
      try {
        yield `user\n${rows(TRANSACTION_RESETS)}`;
        await begun.promise;
        yield last();
      } finally {
        read.resolve();
      }
    }
    const ended = await submit(body, what).catch((error: unknown) => error);
    expect(ended).toMatchObject(expected);
    // The second one removes what the first has written.
    expect(order).toEqual(['transaction', 'key removed', 'transaction']);
    expect(await allRows()).toBe(0);
  });
});

describe('a transaction that fails while the submission is read on', () => {
  const FAILURE = new Error('the table service is gone');
  /** @param more resets that come after the failure */
  async function failing(key: string, more: string): Promise<unknown> {
    const failed = Promise.withResolvers<void>();
    onTransactions(() => {
      failed.resolve();
      return Promise.reject(FAILURE);
    });
    async function* body() {
      yield `user\n${rows(TRANSACTION_RESETS)}`;
      await failed.promise;
      yield more;
    }
    return submit(body, key).catch((error: unknown) => error);
  }

  test.each([
    ['at the end of a short rest', 1],
    ['at its next transaction', TRANSACTION_RESETS],
  ])('fails it, %s, and nothing is left', async (when, count) => {
    expect(await failing(when, rows(count))).toBe(FAILURE);
    expect(await allRows()).toBe(0);
  });

  test('is not what is told of one with a bad row', async () => {
    expect(await failing('bad', 'nonsense\n')).toMatchObject({
      kind: 'refused',
      problem: { code: 'invalidSubmission' },
    });
    expect(await allRows()).toBe(0);
  });
});

test('one transaction is on its way at a time, and all rows arrive', async () => {
  let [active, most, all] = [0, 0, 0];
  onTransactions(async (send) => {
    all++;
    most = Math.max(most, ++active);
    const answer = await send();
    active--;
    return answer;
  });
  async function* body() {
    yield `user\n${rows(3 * TRANSACTION_RESETS)}`;
  }
  const submitted = await submit(body, 'three');
  if (submitted.kind !== 'accepted') throw new Error(JSON.stringify(submitted.problem));
  expect([most, all]).toEqual([1, 4]);
  expect((await service.resets(submitted.job.id)).map(({ request }) => request.row)).toEqual(
    Array.from({ length: 3 * TRANSACTION_RESETS }, (_, index) => index + 1),
  );
});
