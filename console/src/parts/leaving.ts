/** What is asked for where one may leave before an answer comes, as a dialog or a page: then the console tells. */
import { useEffect, useRef } from 'react';
import { useLocation } from 'wouter';
import { leaveOpen, type CameOfIt, type LeftOpen } from './left-open.ts';

/**
 * Told what has come of it. @param to the page below the console where that is looked at
 * @returns whether one is still where it was asked for: whoever has gone elsewhere is not carried off
 */
export type Ended = (came: CameOfIt, to?: string) => boolean;

/** For what is unmounted when one leaves. @returns to be told what is asked for, at once, and by that what came of it */
export function useLeaving(): (asked: Pick<LeftOpen, 'key' | 'action'>) => Ended {
  const [from] = useLocation();
  const isGone = useRef(false);
  const open = useRef<LeftOpen>(undefined);
  useEffect(() => {
    isGone.current = false;
    return () => {
      isGone.current = true;
      if (open.current !== undefined) leaveOpen(open.current);
    };
  }, []);
  return (asked) => {
    const deed = { ...asked, from };
    const { pathname } = location;
    open.current = deed;
    return (came, to) => {
      open.current = undefined;
      // While the next page is fetched this one is hidden, and not unmounted.
      const hasLeft = isGone.current || location.pathname !== pathname;
      if (hasLeft) leaveOpen({ ...deed, came, to });
      return !hasLeft;
    };
  };
}
