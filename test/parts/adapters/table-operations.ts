/**
 * Random operations on one table through the real SDK, and what came of each, told in a way that two stores can be
 * compared.
 */
import { RestError, type TableClient, type TransactionAction } from '@azure/data-tables';
import fc from 'fast-check';

type Mode = 'Merge' | 'Replace';
/**
 * Which version a write asks for: any, the newest that this store has told, the one before it, or one that never was.
 */
type Version = 'any' | 'newest' | 'older' | 'never';
interface Row {
  readonly partitionKey: string;
  readonly rowKey: string;
}
type Entity = Row & Readonly<Record<string, unknown>>;

export type WriteOperation =
  | { readonly kind: 'create'; readonly entity: Entity }
  | { readonly kind: 'update'; readonly entity: Entity; readonly mode: Mode; readonly version: Version }
  | { readonly kind: 'upsert'; readonly entity: Entity; readonly mode: Mode }
  | { readonly kind: 'delete'; readonly entity: Entity; readonly version: Version };
export type Operation =
  | WriteOperation
  | { readonly kind: 'get'; readonly row: Row; readonly select: string[] | undefined }
  | { readonly kind: 'list'; readonly filter: string; readonly select: string[] | undefined; readonly pageSize: number }
  | { readonly kind: 'transaction'; readonly writes: readonly WriteOperation[] };

/** Few, so that writes meet. */
const PARTITIONS = ['p', 'p2', "it's"];
const ROWS = ['a', "b's", 'ü %+'];
/** Each name has one type: what a filter says to another type is Azurite's own. */
const NAMES = ['n', 'd', 't', 'b', 'at', 'big'];

const text = fc.constantFrom('', 'x', "it's", '"quoted"\\', '{}\r\n--changeset', 'ü😀', 'PATCH http://x HTTP/1.1');
const properties = fc.record(
  {
    n: fc.integer({ min: -5, max: 5 }),
    d: fc.constantFrom(-1.5, 0.25, 2.5),
    t: text,
    b: fc.boolean(),
    at: fc.integer({ min: 0, max: 5 }).map((ms) => new Date(ms)),
    big: fc.constantFrom(0n, -(2n ** 63n), 2n ** 63n - 1n),
    none: fc.constant(null),
  },
  { requiredKeys: [] },
);
const entityIn = (partition: fc.Arbitrary<string>): fc.Arbitrary<Entity> =>
  fc
    .tuple(partition, fc.constantFrom(...ROWS), properties)
    .map(([partitionKey, rowKey, rest]) => ({ ...rest, partitionKey, rowKey }));
const mode = fc.constantFrom<Mode>('Merge', 'Replace');
const version = fc.constantFrom<Version>('any', 'newest', 'newest', 'older', 'never');
const writeIn = (partition: fc.Arbitrary<string>): fc.Arbitrary<WriteOperation> => {
  const entity = entityIn(partition);
  return fc.oneof(
    fc.record({ kind: fc.constant('create' as const), entity }),
    fc.record({ kind: fc.constant('update' as const), entity, mode, version }),
    fc.record({ kind: fc.constant('upsert' as const), entity, mode }),
    fc.record({ kind: fc.constant('delete' as const), entity, version }),
  );
};

const select = fc.option(fc.subarray(['partitionKey', 'rowKey', ...NAMES], { minLength: 1 }), { nil: undefined });
const quoted = (value: string): string => `'${value.replaceAll("'", "''")}'`;
const operator = fc.constantFrom('eq', 'gt', 'ge', 'lt', 'le');
const comparison = fc
  .oneof(
    fc.tuple(fc.constantFrom('PartitionKey'), operator, fc.constantFrom(...PARTITIONS).map(quoted)),
    fc.tuple(fc.constantFrom('RowKey'), operator, fc.constantFrom(...ROWS, '', 'b').map(quoted)),
    fc.tuple(fc.constantFrom('n', 'd'), operator, fc.constantFrom('0', '2.5', '-2')),
    fc.tuple(fc.constantFrom('t'), operator, text.map(quoted)),
    fc.tuple(fc.constantFrom('b'), fc.constant('eq'), fc.constantFrom('true', 'false')),
    fc.tuple(
      fc.constantFrom('at'),
      operator,
      fc.constantFrom(0, 3).map((ms) => `datetime'${new Date(ms).toISOString()}'`),
    ),
  )
  .map((parts) => parts.join(' '));
const filter = fc.array(comparison, { maxLength: 3 }).map((parts) => parts.join(' and '));

const partition = fc.constantFrom(...PARTITIONS);
export const operation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 6, arbitrary: writeIn(partition) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('get' as const), row: entityIn(partition), select }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('list' as const),
      filter,
      select,
      pageSize: fc.integer({ min: 1, max: 4 }),
    }),
  },
  {
    weight: 4,
    arbitrary: partition.chain((key) =>
      fc.record({
        kind: fc.constant('transaction' as const),
        writes: fc.array(writeIn(fc.constant(key)), { minLength: 1, maxLength: 4 }),
      }),
    ),
  },
);
/** Most rows are there at first, so that operations meet them. */
export const beginning: readonly Operation[] = PARTITIONS.map((partitionKey) => ({
  kind: 'transaction',
  writes: ROWS.map((rowKey) => ({ kind: 'create', entity: { partitionKey, rowKey, n: 1 } })),
}));
export const everything: Operation = { kind: 'list', filter: '', select: undefined, pageSize: 1_000 };

/** Of a transaction the SDK reads it, of other answers the caller has to. */
export function codeOf({ code, details }: RestError): string | undefined {
  // As the SDK makes it of an error's body.
  const body = details as { readonly odataError?: { readonly code?: string } } | undefined;
  return code ?? body?.odataError?.code;
}

const NEVER = 'W/"datetime\'2000-01-01T00%3A00%3A00.0000000Z\'"';
const keyOf = ({ partitionKey, rowKey }: Row): string => JSON.stringify([partitionKey, rowKey]);

/** One store as its client sees it: it remembers the versions that it was told. */
export class StoreUser {
  readonly #table: TableClient;
  readonly #versions = new Map<string, string[]>();

  constructor(table: TableClient) {
    this.#table = table;
  }

  /** What came of it: values, and refusals by status, code and place in the transaction. */
  async run(asked: Operation): Promise<unknown> {
    try {
      return await this.#do(asked);
    } catch (error) {
      if (!(error instanceof RestError)) throw error;
      return {
        status: error.statusCode,
        code: codeOf(error),
        place: asked.kind === 'transaction' ? /^\d+:/.exec(error.message)?.[0] : undefined,
      };
    }
  }

  async #do(asked: Operation): Promise<unknown> {
    switch (asked.kind) {
      case 'get':
        return this.#seen(
          await this.#table.getEntity(asked.row.partitionKey, asked.row.rowKey, {
            queryOptions: asked.select === undefined ? {} : { select: asked.select },
          }),
        );
      case 'list':
        return this.#pages(asked);
      case 'transaction': {
        const { subResponses } = await this.#table.submitTransaction(asked.writes.map((write) => this.#action(write)));
        for (const [index, { entity }] of asked.writes.entries()) this.#learn(entity, subResponses[index]?.etag);
        return subResponses.map(({ status, etag }) => ({ status, hasVersion: etag !== undefined }));
      }
      default: {
        const { etag } = await this.#write(asked);
        this.#learn(asked.entity, etag);
        return { hasVersion: etag !== undefined };
      }
    }
  }

  async #write(asked: WriteOperation): Promise<{ readonly etag?: string | undefined }> {
    const { entity } = asked;
    switch (asked.kind) {
      case 'create':
        return this.#table.createEntity(entity);
      case 'update':
        return this.#table.updateEntity(entity, asked.mode, { etag: this.#etag(entity, asked.version) });
      case 'upsert':
        return this.#table.upsertEntity(entity, asked.mode);
      case 'delete':
        await this.#table.deleteEntity(entity.partitionKey, entity.rowKey, { etag: this.#etag(entity, asked.version) });
        return {};
    }
  }

  #action(asked: WriteOperation): TransactionAction {
    const { entity } = asked;
    switch (asked.kind) {
      case 'create':
        return ['create', entity];
      case 'update':
        return ['update', entity, asked.mode, { etag: this.#etag(entity, asked.version) }];
      case 'upsert':
        return ['upsert', entity, asked.mode];
      case 'delete':
        return ['delete', entity];
    }
  }

  async #pages({ filter: asked, select: names, pageSize }: Operation & { readonly kind: 'list' }): Promise<unknown> {
    const pages: unknown[] = [];
    const queryOptions = { ...(asked !== '' && { filter: asked }), ...(names !== undefined && { select: names }) };
    for await (const page of this.#table.listEntities({ queryOptions }).byPage({ maxPageSize: pageSize }))
      pages.push(page.map((entity) => this.#seen(entity)));
    return pages;
  }

  /** Without what differs from store to store; of the version only whether it is the newest that was told. */
  #seen({ etag, timestamp, 'odata.metadata': _address, ...rest }: Record<string, unknown>): object {
    const { partitionKey, rowKey } = rest;
    const isNewest =
      typeof partitionKey === 'string' && typeof rowKey === 'string'
        ? this.#versions.get(keyOf({ partitionKey, rowKey }))?.at(-1) === etag
        : undefined;
    return { ...rest, isNewest, hasTimestamp: typeof timestamp === 'string' };
  }

  #learn(row: Row, etag: string | undefined): void {
    if (etag !== undefined) this.#versions.set(keyOf(row), [...(this.#versions.get(keyOf(row)) ?? []), etag]);
  }

  #etag(row: Row, asked: Version): string {
    if (asked === 'any') return '*';
    return asked === 'never' ? NEVER : (this.#versions.get(keyOf(row))?.at(asked === 'newest' ? -1 : -2) ?? NEVER);
  }
}
