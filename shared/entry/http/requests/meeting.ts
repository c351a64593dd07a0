/** Brings together, by an id, what two sides know of one thing and tell in any order. */

export interface MeetingRules {
  /** How long whoever comes first waits for the other side. */
  readonly waitMs: number;
  /** How many may wait on each side. Whoever has waited longest makes room. */
  readonly most: number;
}

export interface Meeting<T> {
  /** A value has arrived; `onMissed` when nobody asks for it in time, or it is not the only one of its id. */
  arrive(id: string, value: T): void;
  /** Takes the value of this id, once. Undefined when it does not come in time, not alone, or others ask after this. */
  take(id: string): Promise<T | undefined>;
  /** How many wait, on both sides. */
  readonly waiting: number;
}

/** @param onMissed hears of every value that nobody takes */
export function meeting<T>({ waitMs, most }: MeetingRules, onMissed: (value: T) => void): Meeting<T> {
  /** Without a value: there were several, and nobody can tell which is meant. */
  const arrived = waitingRoom<{ value: T } | undefined>(most, waitMs, (entry) => entry && onMissed(entry.value));
  const asked = waitingRoom<(value: T | undefined) => void>(most, waitMs, (resolve) => resolve(undefined));
  return {
    arrive(id, value) {
      const resolve = asked.leave(id);
      if (resolve !== undefined) {
        resolve(value);
      } else if (!arrived.has(id)) {
        arrived.enter(id, { value });
      } else {
        onMissed(value);
        const first = arrived.replace(id, undefined);
        if (first !== undefined) onMissed(first.value);
      }
    },
    async take(id) {
      if (arrived.has(id)) {
        const entry = arrived.replace(id, undefined);
        if (entry !== undefined) arrived.leave(id);
        return entry?.value;
      }
      const { promise, resolve } = Promise.withResolvers<T | undefined>();
      asked.enter(id, resolve);
      return promise;
    },
    get waiting() {
      return arrived.size + asked.size;
    },
  };
}

interface WaitingRoom<T> {
  has(id: string): boolean;
  enter(id: string, value: T): void;
  /** Gives the value that was there; the time of the new one goes on. */
  replace(id: string, value: T): T | undefined;
  leave(id: string): T | undefined;
  readonly size: number;
}

/** @param onLate hears of what has waited too long, or makes room */
function waitingRoom<T>(most: number, waitMs: number, onLate: (value: T) => void): WaitingRoom<T> {
  const seats = new Map<string, { value: T; readonly timer: NodeJS.Timeout }>();
  const leave = (id: string): T | undefined => {
    const seat = seats.get(id);
    clearTimeout(seat?.timer);
    seats.delete(id);
    return seat?.value;
  };
  const sendAway = (id: string): void => {
    const seat = seats.get(id);
    leave(id);
    if (seat !== undefined) onLate(seat.value);
  };
  return {
    has: (id) => seats.has(id),
    enter(id, value) {
      sendAway(id);
      const [longest] = seats.size >= most ? seats.keys() : [];
      if (longest !== undefined) sendAway(longest);
      seats.set(id, { value, timer: setTimeout(sendAway, waitMs, id).unref() });
    },
    replace(id, value) {
      const seat = seats.get(id);
      const before = seat?.value;
      if (seat !== undefined) seat.value = value;
      return before;
    },
    leave,
    get size() {
      return seats.size;
    },
  };
}
