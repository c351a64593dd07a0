import type { Entity } from './entity.ts';

/** The entities of one partition, by row key: one is found at once, a range by bisection. */
export class Partition {
  readonly #entities = new Map<string, Entity>();
  /** In order. Keys that come in order, as those of chunks do, are only appended. */
  readonly #rowKeys: string[] = [];

  get(rowKey: string): Entity | undefined {
    return this.#entities.get(rowKey);
  }

  put(entity: Entity): void {
    if (!this.#entities.has(entity.rowKey)) this.#rowKeys.splice(this.#firstFrom(entity.rowKey), 0, entity.rowKey);
    this.#entities.set(entity.rowKey, entity);
  }

  remove(rowKey: string): void {
    if (this.#entities.delete(rowKey)) this.#rowKeys.splice(this.#firstFrom(rowKey), 1);
  }

  /** Those from `rowKey` on, in order. Nothing may be put or removed meanwhile. */
  *from(rowKey: string): Generator<Entity> {
    for (let place = this.#firstFrom(rowKey); place < this.#rowKeys.length; place++) {
      const entity = this.#entities.get(this.#rowKeys[place] ?? '');
      if (entity !== undefined) yield entity;
    }
  }

  /** The place of the first key that is not before `rowKey`. */
  #firstFrom(rowKey: string): number {
    let low = 0;
    let high = this.#rowKeys.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#rowKeys[middle] ?? '') < rowKey) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
