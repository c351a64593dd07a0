/** Looks that cost something, at what many may ask for. */

interface Look<T> {
  readonly found: Promise<T>;
  endedAt?: number;
}

/**
 * What a look has found is given to everybody for a while after it; whoever asks while it goes on waits for the same
 * one. A look that fails is made again by the next who asks.
 * @param keyOf tells what is looked at; default: always the same
 * @param now monotonic, in milliseconds
 */
export function keptLook<A extends readonly unknown[], T>(
  keepMs: number,
  look: (...asked: A) => Promise<T>,
  keyOf: (...asked: A) => string = () => '',
  now: () => number = () => performance.now(),
): (...asked: A) => Promise<T> {
  const kept = new Map<string, Look<T>>();
  return (...asked) => {
    for (const [key, { endedAt }] of kept) if (endedAt !== undefined && now() - endedAt >= keepMs) kept.delete(key);
    const key = keyOf(...asked);
    const known = kept.get(key);
    if (known !== undefined) return known.found;
    const begun: Look<T> = { found: look(...asked) };
    kept.set(key, begun);
    begun.found.then(
      () => (begun.endedAt = now()),
      () => kept.delete(key),
    );
    return begun.found;
  };
}
