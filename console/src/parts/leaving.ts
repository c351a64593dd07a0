/** What is asked for where one may leave before an answer comes, as a dialog or a page: then the console tells. */
import { useEffect, useRef } from 'react';
import { useLocation } from 'wouter';
import { leaveOpen, type CameOfIt, type LeftOpen } from './left-open.ts';

/**
 * Told what has come of it. @param to the page below the console where that is looked at
 * @returns whether one is still where it was asked for: whoever has gone elsewhere is not carried off
 */
export type Ended = (came: CameOfIt, to?: string) => boolean;

/**
 * For what is unmounted when one leaves.
 * @param wasClosed of a dialog: false where the page has taken it away by itself, since what it was about is no more
 *   so. Then only what was not done is told: what was done the page shows.
 * @returns to be told what is asked for, at once, and by that what came of it
 */
export function useLeaving(wasClosed = () => true): (asked: Pick<LeftOpen, 'key' | 'action'>) => Ended {
  const [from] = useLocation();
  const isGone = useRef(false);
  const onGone = useRef<() => void>(undefined);
  useEffect(() => {
    isGone.current = false;
    return () => {
      isGone.current = true;
      onGone.current?.();
    };
  }, []);
  return (asked) => {
    const deed = { ...asked, from };
    const { pathname } = location;
    // While the next page is fetched this one is hidden, and not unmounted.
    const isElsewhere = (): boolean => location.pathname !== pathname;
    const isTold = (): boolean => isElsewhere() || wasClosed();
    onGone.current = () => isTold() && leaveOpen(deed);
    return (came, to) => {
      onGone.current = undefined;
      const hasLeft = isGone.current || isElsewhere();
      if (hasLeft && (isTold() || came.kind !== 'done')) leaveOpen({ ...deed, came, to });
      return !hasLeft;
    };
  };
}
