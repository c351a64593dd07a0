/** Erasures that are under way: rows of the table of guests, in a partition that is no guest's. */
import { odata, type TableClient } from '@azure/data-tables';
import type { Erasure } from '../../domain/job/erasure.ts';
import type { ErasureStore, Versioned } from '../../usecases/ports.ts';
import { isNotFound, orElse } from './errors.ts';
import { fromJsonProperties, toJsonProperties } from './json-properties.ts';
import { deleteRow, writeRow } from './own-write.ts';

type Entity = Record<string, unknown> & { partitionKey: string; rowKey: string; etag?: string };

const PARTITION = 'erasures';

export function erasureStore(table: TableClient): ErasureStore {
  return {
    async read(guestId) {
      const entity = await orElse(table.getEntity<Entity>(PARTITION, guestId.toLowerCase()), isNotFound, undefined);
      return entity && versioned(entity);
    },
    write: (erasure, version) =>
      writeRow(
        table,
        { partitionKey: PARTITION, rowKey: erasure.guestId, ...toJsonProperties('erasure', erasure) },
        version,
      ),
    end: ({ guestId }, version) => deleteRow(table, PARTITION, guestId, version),
    async all() {
      const found: Versioned<Erasure>[] = [];
      const filter = odata`PartitionKey eq ${PARTITION}`;
      for await (const entity of table.listEntities<Entity>({ queryOptions: { filter } }))
        found.push(versioned(entity));
      return found;
    },
  };
}

const versioned = (entity: Entity): Versioned<Erasure> => ({
  value: fromJsonProperties<Erasure>('erasure', entity),
  version: entity.etag ?? '',
});
