/**
 * The way from a dialog to somewhere else: first it closes, then one goes. A page that comes up under an open dialog
 * stays hidden from whoever listens to it.
 */
import { Link } from '@fluentui/react-components';
import { createContext, useContext, useEffect, useRef, type ReactNode } from 'react';
import { useLocation, useRouter } from 'wouter';

/** Closes the dialog and does the rest when it is gone. */
export type AfterClose = (action: () => void) => void;

const Leave = createContext<AfterClose>((action) => action());
export const LeaveProvider = Leave.Provider;

/** How often, and how long, it is looked whether the page is shown again. */
const LOOK_AFTER_MS = 20;
const WAIT_AT_MOST_MS = 1_000;

/**
 * Fluent hides the page from whoever listens while a dialog is open, and shows it again when the focus is back in it,
 * a moment after the dialog is gone. Where what has the focus goes earlier, it stays hidden.
 */
function whenShown(action: () => void, waitedMs = 0): void {
  const isHidden = document.querySelector('[aria-hidden="true"] main') !== null;
  if (!isHidden || waitedMs >= WAIT_AT_MOST_MS) action();
  else setTimeout(() => whenShown(action, waitedMs + LOOK_AFTER_MS), LOOK_AFTER_MS);
}

/** For what stands in a dialog, and is unmounted with it. */
export function useAfterClose(onClose: () => void): AfterClose {
  const next = useRef<() => void>(undefined);
  useEffect(() => () => whenShown(() => next.current?.()), []);
  return (action) => {
    next.current = action;
    onClose();
  };
}

/** Goes to an address below the console, out of the dialog that this stands in. */
export function useLeave(): (to: string) => void {
  const leave = useContext(Leave);
  const [, go] = useLocation();
  return (to) => leave(() => go(to));
}

export function DialogLink({ to, children }: { readonly to: string; readonly children: ReactNode }) {
  const leave = useLeave();
  const { base } = useRouter();
  return (
    <Link
      inline
      href={`${base}${to}`}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        leave(to);
      }}
    >
      {children}
    </Link>
  );
}
