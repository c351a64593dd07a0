/** Looks that cost something, at what many may ask for. */

/**
 * What a look has found is given to everybody for a while after it; whoever asks while it goes on waits for the same
 * one. A look that fails is made again by the next who asks.
 * @param now monotonic, in milliseconds
 */
export function keptLook<A extends readonly unknown[], T>(
  keepMs: number,
  look: (...asked: A) => Promise<T>,
  now: () => number = () => performance.now(),
): (...asked: A) => Promise<T> {
  let latest: { readonly found: Promise<T>; endedAt?: number } | undefined;
  return (...asked) => {
    if (latest !== undefined && (latest.endedAt === undefined || now() - latest.endedAt < keepMs)) return latest.found;
    const begun: NonNullable<typeof latest> = { found: look(...asked) };
    latest = begun;
    begun.found.then(
      () => (begun.endedAt = now()),
      () => (latest = undefined),
    );
    return begun.found;
  };
}
