/**
 * The light table store beside Azurite: the same requests of the real SDK, the same answers. And what it refuses to
 * guess.
 */
import { RestError, TableClient, type TransactionAction } from '@azure/data-tables';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { startLightTables } from '../../../local/tables/light/server.ts';
import { startTables, type RunningTables } from '../../../local/tables/store.ts';
import { tablesConnection } from '../service-fixture.ts';
import { beginning, codeOf, everything, operation, StoreUser } from '../adapters/table-operations.ts';

const RUNS = Math.max(0.01, Number(process.env['FUZZ_RUNS'] ?? 1));

let azurite: RunningTables;
let light: RunningTables;
beforeAll(async () => {
  [azurite, light] = await Promise.all([startTables('azurite', 0), startTables('light', 0)]);
});
afterAll(async () => {
  await Promise.all([azurite, light].map((store) => store?.close()));
});

const client = ({ port }: RunningTables, name: string): TableClient =>
  TableClient.fromConnectionString(tablesConnection(port), name, { allowInsecureConnection: true });

let made = 0;
/** The same new table in both stores. */
async function newTable(): Promise<TableClient[]> {
  const name = `table${++made}`;
  const clients = [azurite, light].map((store) => client(store, name));
  await Promise.all(clients.map((each) => each.createTable()));
  return clients;
}

test(
  'any sequence of operations ends as in Azurite: values, order, pages, conflicts and codes',
  { timeout: 60_000 * Math.max(1, RUNS) },
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(operation, { minLength: 1, maxLength: 40, size: 'max' }), async (operations) => {
        const users = (await newTable()).map((table) => new StoreUser(table));
        for (const asked of [...beginning, ...operations, everything]) {
          const [expected, actual] = await Promise.all(users.map((user) => user.run(asked)));
          expect(actual).toEqual(expected);
        }
      }),
      { numRuns: Math.ceil(20 * RUNS) },
    );
  },
);

/** Status and code of what is refused. */
async function refusal(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'done';
  } catch (error) {
    if (!(error instanceof RestError)) throw error;
    return `${error.statusCode ?? 0} ${codeOf(error) ?? ''}`;
  }
}

const row = { partitionKey: 'p', rowKey: 'r' };
const texts = (count: number, chars: number): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`t${index}`, 'x'.repeat(chars)]));
const rows = (count: number, more: object = {}): TransactionAction[] =>
  Array.from({ length: count }, (_, index) => [
    'create',
    { ...more, partitionKey: 'p', rowKey: String(index).padStart(4, '0') },
  ]);

test.each<[string, (table: TableClient) => Promise<unknown>, string]>([
  [
    'a text of more than 32 K characters',
    (table) => table.createEntity({ ...row, ...texts(1, 32 * 1024 + 1) }),
    '400 PropertyValueTooLarge',
  ],
  [
    'such a text in a transaction',
    (table) => table.submitTransaction([['create', { ...row, ...texts(1, 32 * 1024 + 1) }]]),
    '400 PropertyValueTooLarge',
  ],
  [
    'a replacement of more than 1 MiB',
    (table) => table.upsertEntity({ ...row, ...texts(33, 32 * 1024) }, 'Replace'),
    '400 EntityTooLarge',
  ],
  ['a transaction of a hundred and one operations', (table) => table.submitTransaction(rows(101)), '400 InvalidInput'],
  [
    'a transaction of more than 4 MiB',
    (table) => table.submitTransaction(rows(100, texts(2, 21 * 1024))),
    '413 RequestBodyTooLarge',
  ],
  ['a key with a question mark', (table) => table.createEntity({ ...row, rowKey: 'r?' }), '400 InvalidInput'],
  ['a table that is there', createAgain, '409 TableAlreadyExists'],
  [
    'a row of a table that is not there',
    async (table) => {
      await table.deleteTable();
      await table.createEntity(row);
    },
    '404 TableNotFound',
  ],
  [
    'a transaction in a table that is not there',
    async (table) => {
      await table.deleteTable();
      await table.submitTransaction(rows(2));
    },
    '404 TableNotFound',
  ],
])('%s is refused as in Azurite', async (_what, call, refused) => {
  expect(await Promise.all((await newTable()).map((table) => refusal(call(table))))).toEqual([refused, refused]);
});

/** The client hides this refusal, so it is taken off the wire. */
async function createAgain(table: TableClient): Promise<void> {
  let refused = new RestError('the table was made twice');
  table.pipeline.addPolicy(
    {
      name: 'hidden',
      async sendRequest(request, next) {
        const response = await next(request);
        const body = JSON.parse(response.bodyAsText ?? '') as { readonly 'odata.error': { readonly code: string } };
        refused = new RestError('refused', { statusCode: response.status, code: body['odata.error'].code });
        return response;
      },
    },
    { afterPhase: 'Retry' },
  );
  await table.createTable();
  throw refused;
}

test('a comparison of a key finds what it finds in Azurite', async () => {
  const users = (await newTable()).map((table) => new StoreUser(table));
  for (const asked of beginning) await Promise.all(users.map((user) => user.run(asked)));
  const filters = ['PartitionKey', 'RowKey'].flatMap((key) =>
    ['eq', 'gt', 'ge', 'lt', 'le'].flatMap((operator) =>
      ['', 'a', 'b', 'p', 'p2', 'z'].map((value) => `${key} ${operator} '${value}'`),
    ),
  );
  const sizes = new Set<number>();
  for (const filter of [...filters, "PartitionKey ge 'p' and RowKey gt 'a' and RowKey le 'b''s'"]) {
    const [expected, actual] = await Promise.all(
      users.map((user) => user.run({ kind: 'list', filter, select: ['PartitionKey', 'RowKey'], pageSize: 1_000 })),
    );
    expect(actual, filter).toEqual(expected);
    sizes.add((expected as unknown[][]).flat().length);
  }
  expect([...sizes].sort((one, other) => one - other)).toEqual([0, 2, 3, 6, 9]);
});

test('an entity of more than 1 MiB, at two bytes a character, is refused when it is inserted; Azurite takes it', async () => {
  const insert =
    (chars: number) =>
    async (table: TableClient): Promise<string> =>
      refusal(table.createEntity({ ...row, rowKey: String(chars), ...texts(16, chars) }));
  const tables = await newTable();
  expect(await Promise.all(tables.map(insert(32 * 1024)))).toEqual(['done', '400 EntityTooLarge']);
  expect(await Promise.all(tables.map(insert(32 * 1024 - 100)))).toEqual(['done', 'done']);
});

test('an entity of more than 252 properties is refused; Azurite takes it', async () => {
  const insert =
    (count: number) =>
    async (table: TableClient): Promise<string> =>
      refusal(table.createEntity({ ...row, rowKey: String(count), ...texts(count, 1) }));
  const tables = await newTable();
  expect(await Promise.all(tables.map(insert(253)))).toEqual(['done', '400 TooManyProperties']);
  expect(await Promise.all(tables.map(insert(252)))).toEqual(['done', 'done']);
});

test('a page has a thousand entities, and the next begins where it ended', async () => {
  const [, table] = await newTable();
  for (let from = 0; from < 1_200; from += 100) await table?.submitTransaction(rows(1_200).slice(from, from + 100));
  const pages: (string | undefined)[][] = [];
  for await (const page of table?.listEntities().byPage() ?? []) pages.push(page.map(({ rowKey }) => rowKey));
  expect(pages.map((page) => [page.length, page[0], page.at(-1)])).toEqual([
    [1_000, '0000', '0999'],
    [200, '1000', '1199'],
  ]);
});

test('a page may begin at an entity whose keys are empty; Azurite loses it', async () => {
  const lists = (await newTable()).map(async (table) => {
    for (const rowKey of ['', 'r']) await table.createEntity({ partitionKey: '', rowKey });
    const keys: (string | undefined)[] = [];
    for await (const page of table.listEntities().byPage({ maxPageSize: 1 }))
      keys.push(...page.map(({ rowKey }) => rowKey));
    return keys;
  });
  expect(await Promise.all(lists)).toEqual([[''], ['', 'r']]);
});

test('two versions made in one millisecond differ, and every answer has the time of its clock', async () => {
  const store = await startLightTables(0, () => Date.UTC(2026, 0, 2, 3, 4, 5, 6));
  onTestFinished(() => store.close());
  const table = client(store, 'clock');
  const dates: (string | undefined)[] = [];
  table.pipeline.addPolicy({
    name: 'dates',
    sendRequest: async (request, next) => {
      const response = await next(request);
      dates.push(response.headers.get('date'));
      return response;
    },
  });
  await table.createTable();
  const { etag } = await table.createEntity(row);
  const replaced = await table.updateEntity(row, 'Replace', { etag: etag ?? '' });
  expect(replaced.etag).not.toBe(etag);
  expect(await refusal(table.updateEntity(row, 'Replace', { etag: etag ?? '' }))).toBe(
    '412 UpdateConditionNotSatisfied',
  );
  expect((await table.getEntity<{ timestamp: string }>('p', 'r')).timestamp).toMatch(
    /^2026-01-02T03:04:05\.006\d{4}Z$/,
  );
  expect(new Set(dates)).toEqual(new Set(['Fri, 02 Jan 2026 03:04:05 GMT']));
});

test('what a part of a transaction asks for and the store does not do is a refusal of the transaction', async () => {
  const [, table] = await newTable();
  expect(
    await refusal(
      table?.submitTransaction([
        ['create', row],
        ['create', { ...row, rowKey: 'large', n: 2 ** 31 }],
      ]) ?? Promise.resolve(),
    ),
  ).toBe('501 NotImplemented');
  expect(await refusal(table?.getEntity('p', 'r') ?? Promise.resolve())).toBe('404 ResourceNotFound');
});

const JSON_HEADERS = { accept: 'application/json;odata=minimalmetadata' };
test.each<[string, string, RequestInit, string]>([
  ['a filter with "or"', 'sample()?$filter=n eq 1 or n eq 2', {}, 'from character 1 on'],
  ['a filter with a function', "sample()?$filter=n eq 1 and startswith(t,'x')", {}, 'from character 12 on'],
  [
    'a filter that compares a text with a number',
    'sample()?$filter=t gt 1',
    {},
    't, which is Edm.String in one of the entities, with a number',
  ],
  [
    'a filter on the timestamp',
    "sample()?$filter=Timestamp gt datetime'2026-01-01T00:00:00Z'",
    {},
    'comparing Timestamp',
  ],
  ['another query parameter', 'sample()?timeout=5', {}, 'the query parameter timeout'],
  [
    'another format',
    'sample()',
    { headers: { accept: 'application/json;odata=fullmetadata' } },
    'an answer other than application/json;odata=minimalmetadata',
  ],
  ['the list of tables', 'Tables', {}, 'GET of this address'],
  [
    'an insert that wants the entity back',
    'sample',
    { method: 'POST', body: '{}' },
    'an insert without "Prefer: return-no-content"',
  ],
  [
    'a whole number of more than 32 bits without a type',
    'sample',
    {
      method: 'POST',
      body: '{"PartitionKey":"p","RowKey":"x","n":2147483648}',
      headers: { ...JSON_HEADERS, prefer: 'return-no-content' },
    },
    'n = 2147483648',
  ],
  [
    'a body whose keys are not those of the address',
    "sample(PartitionKey='p',RowKey='x')",
    { method: 'PUT', body: '{"PartitionKey":"p","RowKey":"y"}' },
    'keys in the body',
  ],
  [
    'a transaction of something else',
    '$batch',
    { method: 'POST', body: '--batch_1\r\nContent-Type: application/http\r\n' },
    'a transaction that does not begin with a change set',
  ],
])('%s is answered with 501 and says so', async (_what, path, init, words) => {
  const table = client(light, 'sample');
  await table.createTable();
  await table.upsertEntity({ ...row, t: 'x', n: 1 });
  const response = await fetch(`http://127.0.0.1:${light.port}/devstoreaccount1/${path}`, {
    headers: JSON_HEADERS,
    ...init,
  });
  const text = await response.text();
  expect([response.status, text]).toEqual([501, expect.stringContaining('"code":"NotImplemented"')]);
  expect(
    (JSON.parse(text) as { 'odata.error': { message: { value: string } } })['odata.error'].message.value,
  ).toContain(words);
});
