import type { Entity } from './entity.ts';
import { Partition } from './partition.ts';

/** One table: its partitions by key. */
export class Table {
  readonly #partitions = new Map<string, Partition>();

  get(partitionKey: string, rowKey: string): Entity | undefined {
    return this.#partitions.get(partitionKey)?.get(rowKey);
  }

  put(entity: Entity): void {
    let partition = this.#partitions.get(entity.partitionKey);
    if (partition === undefined) this.#partitions.set(entity.partitionKey, (partition = new Partition()));
    partition.put(entity);
  }

  remove(partitionKey: string, rowKey: string): void {
    this.#partitions.get(partitionKey)?.remove(rowKey);
  }

  /**
   * Keys and partitions, in order. One is found at once; for more all keys are sorted. @param highest undefined: no end
   */
  between(lowest: string, highest: string | undefined): [string, Partition][] {
    if (lowest === highest) {
      const only = this.#partitions.get(lowest);
      return only === undefined ? [] : [[lowest, only]];
    }
    return [...this.#partitions]
      .filter(([key]) => key >= lowest && (highest === undefined || key <= highest))
      .sort(([one], [other]) => (one < other ? -1 : 1));
  }
}
