/** When an entity was written, and its ETag, which is made of that. */

export interface Stamp {
  /** With seven digits of a second. */
  readonly timestamp: string;
  readonly etag: string;
}

/** 100 ns each. */
const TICKS_PER_MS = 10_000;

/** Stamps that are never the same twice, however many are made in one millisecond. */
export function createStamps(now: () => number): () => Stamp {
  let ms = 0;
  let tick = 0;
  return () => {
    const time = now();
    if (time > ms) [ms, tick] = [time, 0];
    else if (++tick === TICKS_PER_MS) [ms, tick] = [ms + 1, 0];
    const timestamp = new Date(ms).toISOString().replace('Z', `${String(tick).padStart(4, '0')}Z`);
    return { timestamp, etag: `W/"datetime'${encodeURIComponent(timestamp)}'"` };
  };
}
