/** The time of a run: the machine's, moved forward wherever nothing happens. `shifted-time.ts` is its other end. */
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const TICK_MS = 10;
/** Nothing has moved for so long: everybody waits for a timer. */
const IDLE_MS = 20;
const MOST_WORK_MS = 300;
/** A step grows while nothing happens. Long ones would end connections that are only idle. */
const FIRST_STEP_MS = 300;
const MOST_STEP_MS = 5_000;

export class WorldClock {
  readonly file: string;
  readonly #directory: string;
  readonly #descriptor: number;
  readonly #cell = Buffer.alloc(8);
  #offset = 0;
  #step = FIRST_STEP_MS;
  #lastMove = performance.now();
  #inFlight = 0;
  readonly #ending = new AbortController();

  constructor() {
    this.#directory = mkdtempSync(join(tmpdir(), 'world-clock-'));
    this.file = join(this.#directory, 'offset');
    this.#descriptor = openSync(this.file, 'w');
    this.#write();
    void this.#run();
  }

  /** Milliseconds since the epoch, as the processes of the run see it. */
  now(): number {
    return Date.now() + this.#offset;
  }

  /** Something happened: no jump now. */
  moved(): void {
    this.#lastMove = performance.now();
    this.#step = FIRST_STEP_MS;
  }

  /**
   * Work that is under way, until the function that is returned is called: no jump meanwhile.
   * @param mostMs after so long it is taken for a wait rather than for work
   */
  busy(mostMs = MOST_WORK_MS): () => void {
    this.#inFlight++;
    let isOver = false;
    const over = (): void => {
      clearTimeout(tooLong);
      if (isOver) return;
      isOver = true;
      this.#inFlight--;
      this.moved();
    };
    const tooLong = setTimeout(over, mostMs);
    return over;
  }

  /** Waits in the time of the run. */
  async wait(milliseconds: number): Promise<void> {
    const until = this.now() + milliseconds;
    while (this.now() < until) await wait(Math.min(TICK_MS, until - this.now()));
  }

  stop(): void {
    this.#ending.abort();
    closeSync(this.#descriptor);
    rmSync(this.#directory, { recursive: true });
  }

  async #run(): Promise<void> {
    for (; !this.#ending.signal.aborted; await wait(TICK_MS)) {
      if (this.#inFlight > 0 || performance.now() - this.#lastMove < IDLE_MS) continue;
      this.#offset += this.#step;
      this.#step = Math.min(this.#step * 2, MOST_STEP_MS);
      this.#write();
    }
  }

  #write(): void {
    this.#cell.writeDoubleLE(this.#offset);
    writeSync(this.#descriptor, this.#cell, 0, 8, 0);
  }
}
