/** What the tables still hold of a job that was deleted. */
import type { Tables } from '../shared/adapters/tables/client.ts';

/** Rows that belong to the job, or name it, and hold an address: an at sign is in nothing else. As `table rowKey`. */
export async function addressesLeft(tables: Tables, jobId: string): Promise<string[]> {
  const rows: string[] = [];
  for (const [name, table] of Object.entries(tables)) {
    for await (const { etag: _etag, ...entity } of table.listEntities()) {
      const row = JSON.stringify(entity);
      if (row.includes(jobId) && row.includes('@')) rows.push(`${name} ${String(entity['rowKey'])}`);
    }
  }
  return rows;
}
