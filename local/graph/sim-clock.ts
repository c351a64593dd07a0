/** The service's clock: it may run faster than the machine's, and be moved forward. It never goes back. */

export class SimClock {
  readonly #outer: () => number;
  #speed = 1;
  /** At this time of the outer clock ... */
  #outerBase: number;
  /** ... the service's clock showed this. */
  #base: number;

  constructor(outer: () => Date, speed = 1) {
    this.#outer = () => outer().getTime();
    this.#outerBase = this.#outer();
    this.#base = this.#outerBase;
    this.#speed = speed;
  }

  get speed(): number {
    return this.#speed;
  }

  now(): Date {
    return new Date(this.#base + (this.#outer() - this.#outerBase) * this.#speed);
  }

  /** From now on; the time itself does not jump. */
  run(speed: number): void {
    this.#base = this.now().getTime();
    this.#outerBase = this.#outer();
    this.#speed = speed;
  }

  advance(seconds: number): void {
    this.#base += seconds * 1000;
  }

  /** Milliseconds of the machine that so many of the service take. */
  outerMs(milliseconds: number): number {
    return milliseconds / this.#speed;
  }
}
