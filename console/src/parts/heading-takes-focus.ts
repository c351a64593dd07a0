import { useEffect, useRef } from 'react';

/** For a button that is gone by what it does: it cannot keep the focus, nor take it back. */
export function useHeadingTakesFocus(): void {
  const isGone = useRef(false);
  useEffect(() => {
    isGone.current = false;
    return () => {
      isGone.current = true;
      requestAnimationFrame(() => {
        if (!isGone.current || document.activeElement !== document.body) return;
        document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true });
      });
    };
  }, []);
}
