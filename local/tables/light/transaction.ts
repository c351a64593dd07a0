/** Entity group transactions: all of their writes, or none. */
import { randomUUID } from 'node:crypto';
import { errorBody } from './error-body.ts';
import { TRANSACTION_MAX_OPERATIONS } from './limits.ts';
import type { Stamp } from './stamps.ts';
import { duplicateRow, invalidInput, notSupported, TableError } from './table-error.ts';
import type { Tables } from './tables.ts';
import { readTarget } from './target.ts';
import { readTransaction, type Part } from './transaction-body.ts';
import { readWrite } from './write-request.ts';
import { prepareWrite, type Prepared, type Write } from './write.ts';

export interface TransactionAnswer {
  readonly contentType: string;
  readonly body: string;
}

interface Planned {
  readonly table: string;
  readonly write: Write;
}

/**
 * Each write is checked against what is there before any takes effect. That is the same as one after another, because
 * an entity may be in a transaction once.
 */
export function runTransaction(tables: Tables, account: string, body: string, stamp: () => Stamp): TransactionAnswer {
  const parts = readTransaction(body);
  const planned: Planned[] = [];
  const prepared: Prepared[] = [];
  try {
    if (parts.length > TRANSACTION_MAX_OPERATIONS)
      throw invalidInput(
        `The batch request operation exceeds the maximum ${TRANSACTION_MAX_OPERATIONS} changes per change set.`,
      );
    for (const part of parts) {
      const next = plan(account, part, planned);
      prepared.push(prepareWrite(tables.get(account, next.table), next.write, stamp()));
      planned.push(next);
    }
  } catch (error) {
    // The service names the first that failed by its place, from 0 up.
    if (!(error instanceof TableError)) throw error;
    return answer([failure(error, planned.length)]);
  }
  for (const each of prepared) each.apply();
  return answer(planned.map(({ table, write }, index) => success(account, table, write, prepared[index]?.etag)));
}

function plan(account: string, { path, ...request }: Part, before: readonly Planned[]): Planned {
  const target = readTarget(path);
  if (target.account !== account) throw notSupported('a transaction in several accounts');
  const { table, write } = readWrite(target, request);
  const [first] = before;
  if (first !== undefined && table !== first.table) throw notSupported('a transaction in several tables');
  if (first !== undefined && write.partitionKey !== first.write.partitionKey)
    throw new TableError(
      400,
      'CommandsInBatchActOnDifferentPartitions',
      'All commands in a batch must operate on same entity group.',
    );
  if (before.some((other) => other.write.rowKey === write.rowKey)) throw duplicateRow(write.rowKey);
  return { table, write };
}

function success(account: string, table: string, write: Write, etag: string | undefined): string[] {
  const keys = [write.partitionKey, write.rowKey].map((key) => encodeURIComponent(key.replaceAll("'", "''")));
  return [
    'HTTP/1.1 204 No Content',
    'DataServiceVersion: 1.0;',
    ...(etag === undefined ? [] : [`ETag: ${etag}`]),
    // The SDK finds the row key here.
    ...(write.kind === 'insert'
      ? [`Location: /${account}/${table}(PartitionKey='${keys[0] ?? ''}',RowKey='${keys[1] ?? ''}')`]
      : []),
    '',
    '',
  ];
}

function failure(error: TableError, index: number): string[] {
  return [
    `HTTP/1.1 ${error.status} ${error.code}`,
    'DataServiceVersion: 3.0;',
    'Content-Type: application/json;odata=minimalmetadata;charset=utf-8',
    '',
    errorBody(error, `${index}:`),
  ];
}

function answer(parts: readonly (readonly string[])[]): TransactionAnswer {
  const [batch, changeSet] = [`batchresponse_${randomUUID()}`, `changesetresponse_${randomUUID()}`];
  const lines = [
    `--${batch}`,
    `Content-Type: multipart/mixed; boundary=${changeSet}`,
    '',
    ...parts.flatMap((part) => [
      `--${changeSet}`,
      'Content-Type: application/http',
      'Content-Transfer-Encoding: binary',
      '',
      ...part,
    ]),
    `--${changeSet}--`,
    `--${batch}--`,
    '',
  ];
  return { contentType: `multipart/mixed; boundary=${batch}`, body: lines.join('\r\n') };
}
