/** What the tables still hold of a job that was deleted. */
import type { Tables } from '../shared/adapters/tables/client.ts';

/**
 * Rows of the job, and of its guests' claims and histories, that hold an address: an at sign is in nothing else. As
 * `table rowKey`. Another job's row may name it, as the one that came before, beside addresses of its own.
 */
export async function addressesLeft(tables: Tables, jobId: string): Promise<string[]> {
  const rows: string[] = [];
  for (const [name, table] of Object.entries(tables)) {
    for await (const { etag: _etag, ...entity } of table.listEntities()) {
      const { partitionKey, rowKey, jobId: claimedBy } = entity;
      const isOfJob = partitionKey === jobId || claimedBy === jobId || String(rowKey).includes(jobId);
      if (isOfJob && JSON.stringify(entity).includes('@')) rows.push(`${name} ${String(entity['rowKey'])}`);
    }
  }
  return rows;
}
