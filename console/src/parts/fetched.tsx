/** A component in a file of its own, which is fetched when it is first shown, or ahead of that. */
import { lazy, useState, type ComponentType } from 'react';

type Load<P> = () => Promise<{ readonly default: ComponentType<P> }>;

/**
 * As React's `lazy`, but what was fetched ahead is shown at once: `lazy` waits for it all the same, and what was waited
 * for React holds back until its "on its way" has been seen for 300 ms (`FALLBACK_THROTTLE_MS` in react-dom).
 * @returns the component, and what fetches its file ahead; that tells nobody of a failure, for who shows it fetches it
 *   again and is told
 */
export function fetched<P extends object>(load: Load<P>): readonly [Shown: ComponentType<P>, fetchAhead: () => void] {
  let there: ComponentType<P> | undefined;
  const fetch: Load<P> = async () => {
    const file = await load();
    there = file.default;
    return file;
  };
  const Awaited: ComponentType<P> = lazy(fetch);
  function Shown(properties: P) {
    // As it was at first: in place of the one the other would begin anew.
    const [Part] = useState(() => there ?? Awaited);
    return <Part {...properties} />;
  }
  return [Shown, () => void fetch().catch(() => undefined)];
}
