/**
 * Objects that readers see some time after they were written. What decides, such as whether a name is taken, is the
 * truth; what is read, or referred to, is what readers see.
 */
export class LaggingStore<Item extends { readonly id: string }> {
  readonly #truth = new Map<string, Item>();
  /** What readers still see, oldest first; undefined before the object was made. */
  readonly #old = new Map<string, { readonly item: Item | undefined; readonly until: number }[]>();
  readonly #now: () => number;
  readonly #drawLagMs: () => number;

  /**
   * @param now and the lag in milliseconds
   * @param items which readers see from the beginning
   */
  constructor(now: () => number, drawLagMs: () => number, items: readonly Item[] = []) {
    for (const item of items) this.#truth.set(item.id, item);
    this.#now = now;
    this.#drawLagMs = drawLagMs;
  }

  get(id: string): Item | undefined {
    return this.#truth.get(id.toLowerCase());
  }

  all(): Item[] {
    return [...this.#truth.values()];
  }

  seen(id: string): Item | undefined {
    const [oldest] = this.#kept(id.toLowerCase());
    return oldest === undefined ? this.get(id) : oldest.item;
  }

  allSeen(): Item[] {
    return [...new Set([...this.#truth.keys(), ...this.#old.keys()])].flatMap((id) => this.seen(id) ?? []);
  }

  write(item: Item): Item {
    this.#replace(item.id.toLowerCase());
    this.#truth.set(item.id.toLowerCase(), item);
    return item;
  }

  remove(id: string): void {
    this.#replace(id.toLowerCase());
    this.#truth.delete(id.toLowerCase());
  }

  #replace(id: string): void {
    const lagMs = this.#drawLagMs();
    if (lagMs === 0) return;
    const kept = this.#kept(id);
    const until = Math.max(this.#now() + lagMs, kept.at(-1)?.until ?? 0);
    this.#old.set(id, [...kept, { item: this.#truth.get(id), until }]);
  }

  #kept(id: string): { readonly item: Item | undefined; readonly until: number }[] {
    const kept = (this.#old.get(id) ?? []).filter(({ until }) => until > this.#now());
    if (kept.length === 0) this.#old.delete(id);
    else this.#old.set(id, kept);
    return kept;
  }
}
