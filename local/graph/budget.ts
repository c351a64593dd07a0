/** One documented budget as a token bucket, and an exact count of what arrived against it. Times are milliseconds. */

export interface BudgetLimit {
  readonly limit: number;
  readonly windowSeconds: number;
}

export interface BudgetStatistics extends BudgetLimit {
  /** Requests refused for it. */
  readonly refused: number;
  /** The most that arrived in any window of its length, refused or not. */
  readonly peakArrived: number;
  /** Arrivals that found more than the limit in the window that ends with them. */
  readonly windowsOver: number;
}

/** Old arrivals are dropped in blocks: one by one would be slow. */
const FORGET_AT_ONCE = 10_000;

export class Budget {
  readonly #limit: number;
  readonly #windowMs: number;
  readonly #arrived: { readonly at: number; readonly cost: number }[] = [];
  #oldest = 0;
  #inWindow = 0;
  #tokens: number;
  #filledAt = 0;
  #refused = 0;
  #peakArrived = 0;
  #windowsOver = 0;

  constructor({ limit, windowSeconds }: BudgetLimit) {
    this.#limit = limit;
    this.#windowMs = windowSeconds * 1000;
    this.#tokens = limit;
  }

  /** Counts an arrival in the window that ends now. */
  arrive(cost: number, now: number): void {
    this.#arrived.push({ at: now, cost });
    this.#inWindow += cost;
    for (
      let first = this.#arrived[this.#oldest];
      first !== undefined && first.at <= now - this.#windowMs;
      first = this.#arrived[this.#oldest]
    ) {
      this.#inWindow -= first.cost;
      this.#oldest++;
    }
    if (this.#oldest > FORGET_AT_ONCE) {
      this.#arrived.splice(0, this.#oldest);
      this.#oldest = 0;
    }
    this.#peakArrived = Math.max(this.#peakArrived, this.#inWindow);
    if (this.#inWindow > this.#limit) this.#windowsOver++;
  }

  /** Seconds until there would be room for so much; 0 when there is. */
  waitSeconds(cost: number, now: number): number {
    this.#fill(now);
    return this.#tokens >= cost ? 0 : ((cost - this.#tokens) * this.#windowMs) / this.#limit / 1000;
  }

  take(cost: number): void {
    this.#tokens -= cost;
  }

  /**
   * A refused request costs as well, as the documentation says; but never more than a second of the budget in advance.
   */
  refuse(cost: number): void {
    this.#refused++;
    this.#tokens = Math.max(this.#tokens - cost, Math.min(this.#tokens, (-this.#limit * 1000) / this.#windowMs));
  }

  statistics(): BudgetStatistics {
    return {
      limit: this.#limit,
      windowSeconds: this.#windowMs / 1000,
      refused: this.#refused,
      peakArrived: this.#peakArrived,
      windowsOver: this.#windowsOver,
    };
  }

  #fill(now: number): void {
    if (this.#filledAt > 0)
      this.#tokens = Math.min(this.#limit, this.#tokens + ((now - this.#filledAt) * this.#limit) / this.#windowMs);
    this.#filledAt = now;
  }
}
