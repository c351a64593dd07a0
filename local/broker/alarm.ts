const longestTimerMs = 2 ** 31 - 1; // setTimeout's limit

/** Rings once, at the earliest of the times it was set to. Whoever is rung sets it again. */
export class Alarm {
  readonly #ring: () => void;
  #timer: NodeJS.Timeout | undefined;
  #atMs = Infinity;

  constructor(ring: () => void) {
    this.#ring = ring;
  }

  set(atMs: number): void {
    if (atMs >= this.#atMs) return;
    this.clear();
    this.#atMs = atMs;
    const delayMs = Math.min(Math.max(0, atMs - Date.now()), longestTimerMs);
    this.#timer = setTimeout(() => {
      this.#atMs = Infinity;
      this.#ring();
    }, delayMs);
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.#atMs = Infinity;
  }
}
