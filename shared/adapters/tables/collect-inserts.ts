/** New rows of one partition, collected into as few transactions as the limits allow. */
import type { TableClient, TransactionAction } from '@azure/data-tables';
import { TABLE_TRANSACTION_MAX_ENTITIES } from '../../domain/limits.ts';
import { expectOwn, writeRows, type Row } from './own-write.ts';

export interface Inserts {
  /**
   * Begins to write those before, when this one does not fit into one transaction with them: after the transaction
   * before that one, as one is on its way at a time. Throws why that failed.
   */
  add(entity: Row): Promise<void>;
  /** Writes what was not written yet. Throws why anything was not. */
  flush(): Promise<void>;
  /** Waits for what is on its way, however that ends. */
  settle(): Promise<void>;
}

/**
 * Half of what a transaction may have. The fewer rows wait or are on their way, the fewer live long enough to make V8
 * enlarge its space for new objects: with all of them, taking in 100,000 rows of CSV has a peak of 240 MB in place of
 * 220.
 */
export const TRANSACTION_ROWS = TABLE_TRANSACTION_MAX_ENTITIES / 2;
/** Bytes of rows in one transaction; the rest of the 4 MiB is for the envelope of each. */
const TRANSACTION_MAX_BYTES = 3 * 1024 * 1024;
/** Names, numbers and dates of a row, and what is around its texts; more than those of any of ours. */
const BESIDE_TEXTS_BYTES = 1024;
/** UTF-8 has no more for one UTF-16 character, and JSON writes two for one that it escapes: ours are JSON already. */
const CHARACTER_MAX_BYTES = 3;

/** The most bytes that a row can take in a request: their texts are not read for that, and may be large. */
export function mostBytes(row: Readonly<Record<string, unknown>>): number {
  let chars = 0;
  for (const value of Object.values(row)) if (typeof value === 'string') chars += value.length;
  return chars * CHARACTER_MAX_BYTES + BESIDE_TEXTS_BYTES;
}

/** @param before runs once, before the first write */
export function collectInserts(table: TableClient, before: () => Promise<void>): Inserts {
  let collected: Row[] = [];
  let bytes = 0;
  let isBegun = false;
  let failure: { readonly error: unknown } | undefined;
  /** Never rejects: nobody may be waiting. */
  let onItsWay = Promise.resolve();

  // Not async, and nothing of the rows in a closure that lives on: see insertOnce.
  function write(entities: readonly Row[]): Promise<void> {
    if (isBegun) return insertOnce(table, entities);
    isBegun = true;
    return before().then(() => insertOnce(table, entities));
  }
  function takeCollected(): readonly Row[] {
    const entities = collected;
    collected = [];
    bytes = 0;
    return entities;
  }
  const keepFailure = (error: unknown): void => {
    failure = { error };
  };
  async function settled(): Promise<void> {
    await onItsWay;
    if (failure !== undefined) throw failure.error;
  }
  async function beginToWrite(): Promise<void> {
    await settled();
    onItsWay = write(takeCollected()).catch(keepFailure);
  }
  return {
    async add(entity) {
      const size = mostBytes(entity);
      if (collected.length === TRANSACTION_ROWS || (collected.length > 0 && bytes + size > TRANSACTION_MAX_BYTES))
        await beginToWrite();
      collected.push(entity);
      bytes += size;
    },
    async flush() {
      await beginToWrite();
      await settled();
    },
    settle: () => onItsWay,
  };
}

/**
 * The key of the partition is fresh, so nobody else can have written these rows.
 * Not async: a function that waits keeps what it was given, and the rows are in the request by then.
 */
function insertOnce(table: TableClient, rows: readonly Row[]): Promise<void> {
  const [first, ...others] = rows;
  if (first === undefined) return Promise.resolve();
  const actions = others.map((row): TransactionAction => ['create', row]);
  return expectOwn(writeRows(table, first, undefined, actions), `the rows of new chunks of job ${first.partitionKey}`);
}
