import { useEffect, useRef } from 'react';

/** Whether what asked is still on the page when its answer comes: whoever has gone elsewhere is not carried off. */
export function useStillHere(): () => boolean {
  const isHere = useRef(false);
  useEffect(() => {
    isHere.current = true;
    return () => {
      isHere.current = false;
    };
  }, []);
  return () => isHere.current;
}
