import { newLockToken, type LockToken } from './lock-token.ts';
import type { Lock, Message } from './message.ts';

/** The messages that somebody works on, each under a lock that runs out. */
export class Locks {
  readonly #lockMs: number;
  /** One duration per queue and renewed locks move to the end, so the first is the next to run out. */
  readonly #byToken = new Map<LockToken, Lock>();

  constructor(lockMs: number) {
    this.#lockMs = lockMs;
  }

  add(message: Message): Lock {
    const lock = { token: newLockToken(), message, untilMs: Date.now() + this.#lockMs };
    this.#byToken.set(lock.token, lock);
    return lock;
  }

  /** Takes a lock away. Undefined when it ran out or was taken before. */
  release(token: LockToken): Lock | undefined {
    const lock = this.#valid(token);
    if (lock) this.#byToken.delete(token);
    return lock;
  }

  /** Gives a lock its full time again and returns when it ends; undefined when there is nothing to renew. */
  renew(token: LockToken): number | undefined {
    const lock = this.#valid(token);
    if (!lock) return undefined;
    lock.untilMs = Date.now() + this.#lockMs;
    this.#byToken.delete(token);
    this.#byToken.set(token, lock);
    return lock.untilMs;
  }

  /** Removes and returns the locks that ran out. */
  takeExpired(): Lock[] {
    const expired: Lock[] = [];
    for (const lock of this.#byToken.values()) {
      if (lock.untilMs > Date.now()) break;
      this.#byToken.delete(lock.token);
      expired.push(lock);
    }
    return expired;
  }

  nextExpiryMs(): number | undefined {
    return this.#byToken.values().next().value?.untilMs;
  }

  #valid(token: LockToken): Lock | undefined {
    const lock = this.#byToken.get(token);
    return lock && lock.untilMs > Date.now() ? lock : undefined;
  }
}
