/** Whether the service answers, as the last request has found it; without a line the browser knows. */
import { useSyncExternalStore } from 'react';

let isUnanswered = false;
const listeners = new Set<() => void>();

function tell(unanswered: boolean): void {
  isUnanswered = unanswered;
  for (const listener of listeners) listener();
}

// A page that asks for nothing just now hears of it, too. That the line is back only an answer shows.
addEventListener('offline', () => tell(true));

/** As `fetch`, and tells whether an answer came, whatever it is. */
export async function fetchTelling(request: Request): Promise<Response> {
  try {
    const response = await fetch(request);
    tell(false);
    return response;
  } catch (error) {
    if (!request.signal.aborted) tell(true);
    throw error;
  }
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

/** An answer that was on its way when the line broke says nothing of the line. */
const isLost = (): boolean => isUnanswered || !navigator.onLine;

export const useIsLost = (): boolean => useSyncExternalStore(subscribe, isLost);

/** Whether a failure is what stands above each page already. */
export const useIsSaidAbove = (failure: { readonly kind: string } | undefined): boolean =>
  useIsLost() && failure?.kind === 'lost';
