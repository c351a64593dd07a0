/** A binary heap: the first by `compare` is on top. */
export class Heap<T> {
  readonly #items: T[] = [];
  readonly #compare: (a: T, b: T) => number;

  constructor(compare: (a: T, b: T) => number) {
    this.#compare = compare;
  }

  get size(): number {
    return this.#items.length;
  }

  peek(): T | undefined {
    return this.#items[0];
  }

  push(item: T): void {
    const items = this.#items;
    let hole = items.length;
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      const above = items[parent];
      if (above === undefined || this.#compare(above, item) <= 0) break;
      items[hole] = above;
      hole = parent;
    }
    items[hole] = item;
  }

  pop(): T | undefined {
    const top = this.#items[0];
    const last = this.#items.pop();
    if (last !== undefined && this.#items.length > 0) this.#sink(last);
    return top;
  }

  /** Lets an item fall from the top to where it belongs. */
  #sink(item: T): void {
    const items = this.#items;
    let hole = 0;
    for (;;) {
      const left = 2 * hole + 1;
      const first = items[left];
      if (first === undefined) break;
      const second = items[left + 1];
      const rightIsSmaller = second !== undefined && this.#compare(second, first) < 0;
      const smaller = rightIsSmaller ? second : first;
      if (this.#compare(item, smaller) <= 0) break;
      items[hole] = smaller;
      hole = rightIsSmaller ? left + 1 : left;
    }
    items[hole] = item;
  }
}
