/**
 * Conditional writes, and whether one that was refused is our own. The SDK repeats a write whose answer was lost, and
 * the repeat meets its own success: 409 of an insert, 412 of a replace. So every such write leaves an id in the row
 * (`write`); whoever is refused reads the row, and has succeeded where that id stands in it. Costs one read, and only
 * then.
 *
 * One case stays open, and is `changed` too: ours was done, somebody else replaced the row, and then came our repeat.
 * So `changed` says that what stands there now was written by somebody else, or that nothing stands there; not that
 * ours never did. Whoever is told so decides anew from the row, and has to be right in both cases.
 */
import { randomBytes } from 'node:crypto';
import type { TableClient, TransactionAction } from '@azure/data-tables';
import type { Changed } from '../../usecases/ports.ts';
import { isConflict, isNotFound, orElse } from './errors.ts';

/** Its values are text, numbers, booleans and dates. */
export type Row = Readonly<Record<string, unknown>> & { readonly partitionKey: string; readonly rowKey: string };

export interface Written {
  readonly version: string;
}

interface OwnRow {
  readonly partitionKey: string;
  readonly rowKey: string;
  readonly write: string;
}

const ID_BYTES = 9;
const withId = <T extends Row>(row: T): T & OwnRow => ({ ...row, write: randomBytes(ID_BYTES).toString('base64url') });

/** Writes the row where `version` stands there; where it is undefined, where no row does. */
export function writeRow(table: TableClient, row: Row, version: string | undefined): Promise<Written | Changed> {
  const own = withId(row);
  return settled(
    table,
    own,
    version,
    version === undefined ? table.createEntity(own) : table.updateEntity(own, 'Replace', { etag: version }),
  );
}

/**
 * The same with other writes in that partition, all of them or none: `row` tells whether. It is the first, because a
 * refused transaction names the first of its failures.
 */
export function writeRows(
  table: TableClient,
  row: Row,
  version: string | undefined,
  others: readonly TransactionAction[],
): Promise<Written | Changed> {
  const own = withId(row);
  const first: TransactionAction =
    version === undefined ? ['create', own] : ['update', own, 'Replace', { etag: version }];
  const submitted = table.submitTransaction([first, ...others]);
  // Not the rows: who waits keeps what it was given, and they are in the request by then.
  const { partitionKey, rowKey, write } = own;
  return settled(
    table,
    { partitionKey, rowKey, write },
    version,
    submitted.then(({ subResponses }) => ({ etag: subResponses[0]?.etag })),
  );
}

/** Of new rows under a key that only their writer knows: whoever has written them, it was this write. */
export async function expectOwn(writing: Promise<Written | Changed>, what: string): Promise<void> {
  if ((await writing) === 'changed') throw new Error(`the tables refused ${what}, and do not have it`);
}

/** Deletes the row where `version` stands there. Whoever came first keeps it; a missing one is as good as deleted. */
export async function deleteRow(
  table: TableClient,
  partitionKey: string,
  rowKey: string,
  version: string,
): Promise<void> {
  await orElse(
    table.deleteEntity(partitionKey, rowKey, { etag: version }),
    (error) => isConflict(error) || isNotFound(error),
    undefined,
  );
}

async function settled(
  table: TableClient,
  { partitionKey, rowKey, write }: OwnRow,
  version: string | undefined,
  writing: Promise<{ readonly etag?: string | undefined }>,
): Promise<Written | Changed> {
  try {
    return { version: (await writing).etag ?? '' };
  } catch (error) {
    // Of an insert that means a table that is not there, and no row.
    if (version !== undefined && isNotFound(error)) return 'changed';
    if (!isConflict(error)) throw error;
  }
  const found = await orElse(table.getEntity(partitionKey, rowKey), isNotFound, undefined);
  return found?.['write'] === write ? { version: found.etag } : 'changed';
}
