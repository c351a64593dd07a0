/**
 * Loaded into every process of a chaos run (`node --import`): its clock is the machine's plus an offset that the run
 * keeps in a file, and its timers follow. So hours of waiting pass in seconds, for all processes alike. SKEW_MS sets
 * this process's clock wrong. Only times and timers are touched; what the code does with them is its own. With
 * TIMER_SLOT it tells the clock when its next timer is due.
 */
import { subscribe } from 'node:diagnostics_channel';
import { openSync, readSync, writeSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { syncBuiltinESMExports } from 'node:module';
import timersPromises from 'node:timers/promises';
import { promisify } from 'node:util';

/** Timers shorter than this are left to the machine. */
const SHORT_MS = 20;
/** Whose clock waits for its timers looks more often. */
const TICK_MS = process.env['TIMER_SLOT'] === undefined ? 5 : 2;

const real = {
  Date,
  now: Date.now.bind(Date),
  monotonic: performance.now.bind(performance),
  setTimeout,
  setInterval,
  clearTimeout,
  clearInterval,
};
const skewMs = Number(process.env['SKEW_MS'] ?? 0);
const file = openSync(process.env['WORLD_CLOCK'] ?? '', 'r');
const cell = Buffer.alloc(8);
let readAt = -Infinity;
const slot =
  process.env['TIMER_SLOT'] === undefined
    ? undefined
    : {
        position: 8 * Number(process.env['TIMER_SLOT']),
        file: openSync(process.env['WORLD_CLOCK'] ?? '', 'r+'),
        cell: Buffer.alloc(8),
        told: 0,
      };

/** Milliseconds by which the run's time is ahead of the machine's; at most a millisecond old. */
function offset(): number {
  const at = real.monotonic();
  if (at - readAt >= 1) {
    readSync(file, cell, 0, 8, 0);
    readAt = at;
  }
  return cell.readDoubleLE();
}

const shiftedNow = (): number => Math.floor(real.now() + offset() + skewMs);
const shiftedMonotonic = (): number => real.monotonic() + offset();

/** @param due of the next timer, by `shiftedMonotonic`; Infinity for none */
function tellNext(due: number): void {
  if (slot === undefined || slot.told === due) return;
  slot.told = due;
  slot.cell.writeDoubleLE(due === Infinity ? 0 : due - shiftedMonotonic() + offset() + real.now());
  writeSync(slot.file, slot.cell, 0, 8, slot.position);
}

/** What `setTimeout` and `setInterval` give: Node's own Timeout, as far as anybody uses it. */
class ShiftedTimer {
  static readonly #waiting = new Set<ShiftedTimer>();
  static #ticking: NodeJS.Timeout | undefined;
  #due: number;
  #isRef = true;
  readonly #run: () => void;
  readonly #ms: number;
  readonly #repeats: boolean;

  constructor(run: () => void, ms: number, repeats: boolean) {
    this.#run = run;
    this.#ms = ms;
    this.#repeats = repeats;
    this.#due = shiftedMonotonic() + ms;
    this.#wait();
  }

  static #tick(): void {
    const at = shiftedMonotonic();
    for (const timer of ShiftedTimer.#waiting) {
      if (timer.#due > at) continue;
      if (timer.#repeats) timer.#due = at + timer.#ms;
      else timer.close();
      timer.#run();
    }
    ShiftedTimer.#tell();
  }

  static #tell(): void {
    if (slot === undefined) return;
    let next = Infinity;
    for (const timer of ShiftedTimer.#waiting) next = Math.min(next, timer.#due);
    tellNext(next);
  }

  static #settle(): void {
    ShiftedTimer.#tell();
    if (ShiftedTimer.#waiting.size === 0) {
      real.clearInterval(ShiftedTimer.#ticking);
      ShiftedTimer.#ticking = undefined;
      return;
    }
    ShiftedTimer.#ticking ??= real.setInterval(() => ShiftedTimer.#tick(), TICK_MS);
    if ([...ShiftedTimer.#waiting].some((timer) => timer.#isRef)) ShiftedTimer.#ticking.ref();
    else ShiftedTimer.#ticking.unref();
  }

  #wait(): void {
    ShiftedTimer.#waiting.add(this);
    ShiftedTimer.#settle();
  }

  close(): this {
    ShiftedTimer.#waiting.delete(this);
    ShiftedTimer.#settle();
    return this;
  }

  refresh(): this {
    this.#due = shiftedMonotonic() + this.#ms;
    this.#wait();
    return this;
  }

  ref(): this {
    this.#isRef = true;
    ShiftedTimer.#settle();
    return this;
  }
  unref(): this {
    this.#isRef = false;
    ShiftedTimer.#settle();
    return this;
  }
  hasRef(): boolean {
    return this.#isRef;
  }
  [Symbol.toPrimitive](): number {
    throw new Error('a shifted timer has no number');
  }
  [Symbol.dispose](): void {
    this.close();
  }
}

type Callback = (...args: unknown[]) => void;

function shiftedTimeout(run: Callback, ms = 0, ...args: unknown[]): unknown {
  return ms < SHORT_MS ? real.setTimeout(run, ms, ...args) : new ShiftedTimer(() => run(...args), ms, false);
}

function shiftedInterval(run: Callback, ms = 0, ...args: unknown[]): unknown {
  return ms < SHORT_MS ? real.setInterval(run, ms, ...args) : new ShiftedTimer(() => run(...args), ms, true);
}

function shiftedClear(timer: unknown): void {
  if (timer instanceof ShiftedTimer) timer.close();
  else real.clearTimeout(timer as NodeJS.Timeout);
}

function shiftedWait<T>(
  ms = 0,
  value?: T,
  options: { readonly signal?: AbortSignal; readonly ref?: boolean } = {},
): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      shiftedClear(timer);
      reject(options.signal?.reason instanceof Error ? options.signal.reason : new Error('aborted'));
    };
    const timer = shiftedTimeout(() => {
      options.signal?.removeEventListener('abort', abort);
      resolve(value);
    }, ms) as NodeJS.Timeout;
    if (options.ref === false) timer.unref();
    if (options.signal?.aborted === true) abort();
    else options.signal?.addEventListener('abort', abort, { once: true });
  });
}

function shiftedAbort(ms: number): AbortSignal {
  const controller = new AbortController();
  const timer = shiftedTimeout(
    () => controller.abort(new DOMException('The operation was aborted due to timeout', 'TimeoutError')),
    ms,
  ) as NodeJS.Timeout;
  timer.unref();
  return controller.signal;
}

Object.assign(globalThis, {
  Date: new Proxy(real.Date, {
    construct: (target, args, newTarget) =>
      Reflect.construct(target, args.length === 0 ? [shiftedNow()] : args, newTarget) as object,
    apply: () => new real.Date(shiftedNow()).toString(),
    get: (target, name, receiver) => (name === 'now' ? shiftedNow : (Reflect.get(target, name, receiver) as unknown)),
  }),
  setTimeout: Object.assign(shiftedTimeout, { [promisify.custom]: shiftedWait }),
  setInterval: shiftedInterval,
  clearTimeout: shiftedClear,
  clearInterval: shiftedClear,
});
performance.now = shiftedMonotonic;
AbortSignal.timeout = shiftedAbort;
timersPromises.setTimeout = shiftedWait as typeof timersPromises.setTimeout;
syncBuiltinESMExports();

// Node remembers the text of its `Date` header for a second of the machine's, in which the run's time may leap by
// hours.
subscribe('http.server.request.start', (message) => {
  const { response } = message as { readonly response: ServerResponse };
  response.sendDate = false;
  response.setHeader('Date', new Date().toUTCString());
});
