/** Remembers message ids for a while. An id counts from when it was first seen, also after its message is gone. */
export class DuplicateWindow {
  readonly #windowMs: number;
  /** Id → when it is forgotten. One window per queue, so the oldest entry is the next to go. */
  readonly #forgetAtMs = new Map<string, number>();

  /** A window of 0 ms switches the detection off. */
  constructor(windowMs: number) {
    this.#windowMs = windowMs;
  }

  /** True when the id was seen within the window; otherwise it is remembered from now on. */
  isDuplicate(messageId: string): boolean {
    if (this.#windowMs === 0) return false;
    const nowMs = Date.now();
    for (const [id, atMs] of this.#forgetAtMs) {
      if (atMs > nowMs) break;
      this.#forgetAtMs.delete(id);
    }
    if (this.#forgetAtMs.has(messageId)) return true;
    this.#forgetAtMs.set(messageId, nowMs + this.#windowMs);
    return false;
  }
}
