/** The time of a run: the machine's, moved forward wherever nothing happens. `shifted-time.ts` is its other end. */
import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/**
 * How often the clock looks, and for how long nothing has moved when everybody waits for a timer. Who sees the
 * processes work needs less patience.
 */
const LOOKS = { bySteps: { tickMs: 10, idleMs: 20 }, toNextTimer: { tickMs: 2, idleMs: 4 } } as const;
const MOST_WORK_MS = 300;
/** A step grows while nothing happens. Long ones would end connections that are only idle. */
const FIRST_STEP_MS = 300;
const MOST_STEP_MS = 5_000;
/** So that many timers close to each other do not cost a move each. */
const LEAST_MOVE_MS = 20;
/** A timer that is overdue for so long belongs to a process that is gone. */
const GONE_AFTER_MS = 200;
/** Processes that can tell of their timers. */
const SLOTS = 64;

/**
 * How far the clock moves: by growing steps, which come too late for some timers; or to the next timer of the processes
 * that were given a slot, and never while one of those is at work. By the second, timers are at most a few hundredths
 * of a second late.
 */
export type Moves = 'bySteps' | 'toNextTimer';

export class WorldClock {
  readonly file: string;
  readonly #directory: string;
  readonly #descriptor: number;
  readonly #cell = Buffer.alloc(8);
  #offset = 0;
  #step = FIRST_STEP_MS;
  #lastMove = performance.now();
  #inFlight = 0;
  #slots = 0;
  #told = Buffer.alloc(0);
  readonly #pids = new Set<number>();
  readonly #moves: Moves;
  readonly #waits = new Set<number>();
  readonly #ending = new AbortController();

  constructor(moves: Moves = 'bySteps') {
    this.#moves = moves;
    this.#directory = mkdtempSync(join(tmpdir(), 'world-clock-'));
    this.file = join(this.#directory, 'offset');
    this.#descriptor = openSync(this.file, 'w+');
    writeSync(this.#descriptor, Buffer.alloc(8 * (SLOTS + 1)));
    void this.#run();
  }

  /** Milliseconds since the epoch, as the processes of the run see it. */
  now(): number {
    return Date.now() + this.#offset;
  }

  /** What a process needs in its environment to tell of its timers. */
  slot(): { readonly TIMER_SLOT: string } {
    if (this.#slots === SLOTS) throw new Error(`more than ${SLOTS} processes follow one clock: raise SLOTS`);
    return { TIMER_SLOT: String(++this.#slots) };
  }

  /** A process whose work is to take its real time. */
  follow(pid: number): void {
    this.#pids.add(pid);
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
    this.#waits.add(until);
    while (this.now() < until) await wait(Math.min(LOOKS[this.#moves].tickMs, until - this.now()));
    this.#waits.delete(until);
  }

  stop(): void {
    this.#ending.abort();
    closeSync(this.#descriptor);
    rmSync(this.#directory, { recursive: true });
  }

  async #run(): Promise<void> {
    const { tickMs, idleMs } = LOOKS[this.#moves];
    for (; !this.#ending.signal.aborted; await wait(tickMs)) {
      if (this.#inFlight > 0 || performance.now() - this.#lastMove < idleMs) continue;
      this.#offset += this.#nextStep();
      this.#write();
    }
  }

  #nextStep(): number {
    if (this.#moves === 'toNextTimer') return this.#stepToNextTimer();
    const step = this.#step;
    this.#step = Math.min(step * 2, MOST_STEP_MS);
    return step;
  }

  /**
   * Zero while somebody works, has just begun to wait for something else, or has a timer that is due and has not run.
   */
  #stepToNextTimer(): number {
    if ([...this.#pids].some(isAtWork)) {
      this.#lastMove = performance.now();
      return 0;
    }
    const now = this.now();
    const told = Buffer.alloc(8 * this.#slots);
    readSync(this.#descriptor, told, 0, told.length, 8);
    if (!told.equals(this.#told)) {
      this.#told = told;
      this.#lastMove = performance.now();
      return 0;
    }
    const dues = [
      ...this.#waits,
      ...Array.from({ length: this.#slots }, (_, slot) => told.readDoubleLE(8 * slot)),
    ].filter((due) => due > now - GONE_AFTER_MS);
    const step = Math.min(MOST_STEP_MS, Math.min(...dues) - now);
    if (step <= 0) return 0;
    // Whoever waited for this has its turn now.
    this.#lastMove = performance.now();
    return Math.max(step, LEAST_MOVE_MS);
  }

  #write(): void {
    this.#cell.writeDoubleLE(this.#offset);
    writeSync(this.#descriptor, this.#cell, 0, 8, 0);
  }
}

/**
 * One of its threads runs, or waits for a core or a disk; as far as the system tells. Others than the first collect
 * garbage, and it waits for them. Source: proc(5).
 */
function isAtWork(pid: number): boolean {
  const threads = `/proc/${pid}/task`;
  return existsSync(threads) && readdirSync(threads).some((thread) => isThreadAtWork(`${threads}/${thread}/stat`));
}

function isThreadAtWork(file: string): boolean {
  try {
    const stat = readFileSync(file, 'utf8');
    return ['R', 'D'].includes(stat.charAt(stat.lastIndexOf(')') + 2));
  } catch {
    return false; // The thread has ended meanwhile.
  }
}
