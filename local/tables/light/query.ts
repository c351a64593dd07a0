import type { Entity, Keys } from './entity.ts';
import { keyRange, matches, type Comparison } from './filter.ts';
import type { Table } from './table.ts';

export interface Query {
  readonly comparisons: readonly Comparison[];
  /** At most so many. */
  readonly top: number;
  /** Where the page before this one has ended. */
  readonly from: Keys | undefined;
}

export interface Page {
  readonly entities: readonly Entity[];
  /** The first entity that did not fit. */
  readonly next: Keys | undefined;
}

/** By partition key, then by row key. Only the rows in the range of keys that the filter names are looked at. */
export function queryTable(table: Table, { comparisons, top, from }: Query): Page {
  const partitions = keyRange(comparisons, 'PartitionKey');
  const rows = keyRange(comparisons, 'RowKey');
  const entities: Entity[] = [];
  for (const [partitionKey, partition] of table.between(
    later(partitions.lowest, from?.partitionKey),
    partitions.highest,
  )) {
    for (const entity of partition.from(
      partitionKey === from?.partitionKey ? later(rows.lowest, from.rowKey) : rows.lowest,
    )) {
      if (rows.highest !== undefined && entity.rowKey > rows.highest) break;
      if (!matches(entity, comparisons)) continue;
      if (entities.length === top) return { entities, next: entity };
      entities.push(entity);
    }
  }
  return { entities, next: undefined };
}

const later = (one: string, other: string | undefined): string => (other === undefined || one > other ? one : other);
