/** The service that the console is for, and who is asking it. */
import { useQuery } from '@tanstack/react-query';
import { createContext, useContext, useMemo, type ReactNode } from 'react';
import type { Failure } from '../../../client/answer.ts';
import { connect, type Client } from '../../../client/client.ts';
import type { ConsoleConfig, Me } from '../../../client/types.ts';
import { againAfter, answered, Unanswered } from './answers.ts';
import { fetchTelling } from './connection.ts';
import { queries } from './queries.ts';
import { API, signIn, SignInRefused, type SignedIn } from './sign-in.ts';

export interface Service {
  readonly client: Client;
  /** Who is signed in. Undefined until the service has told; no page is shown before. */
  readonly me: Me | undefined;
  /** What the service says of its settings. Undefined until it has; no page is shown before. */
  readonly config: ConsoleConfig | undefined;
  /** Absent where nobody signs in. */
  readonly signOut: (() => void) | undefined;
  readonly entry: Entry;
}

/** How far the way into the console is. */
export type Entry =
  /** Once signed in, pages may ask already; they are shown when it is known who looks. */
  | { readonly at: 'door'; readonly isSignedIn: boolean }
  | { readonly at: 'refused'; readonly words: string; readonly again: () => void }
  | { readonly at: 'unanswered'; readonly failure: Failure; readonly again: () => void }
  | { readonly at: 'inside'; readonly wasRenewed: boolean };

const Context = createContext<Service | undefined>(undefined);

export function useService(): Service {
  const service = useContext(Context);
  if (service === undefined) throw new Error('useService outside of ServiceProvider.');
  return service;
}

const SIGN_IN = {
  queryKey: ['sign-in'],
  queryFn: signIn,
  staleTime: Number.POSITIVE_INFINITY,
};

/** Asks how to sign in before there is anything to show: all else waits for it. The page tells what went wrong. */
export const askAhead = (): void => void queries.prefetchQuery(SIGN_IN);

export function ServiceProvider({ children }: { readonly children: ReactNode }) {
  const signedIn = useQuery<SignedIn, Unanswered | SignInRefused>({
    ...SIGN_IN,
    refetchInterval: ({ state: { error } }) =>
      error instanceof Unanswered ? againAfter(error, undefined, false) : false,
  });
  const token = signedIn.data?.token;
  const client = useMemo(() => connect({ url: API, token, fetch: fetchTelling }), [token]);
  const me = useQuery<Me, Unanswered>({
    queryKey: ['me'],
    queryFn: async () => answered(await client.me()).value,
    enabled: signedIn.data !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    refetchInterval: ({ state: { error } }) => againAfter(error, undefined, false),
  });
  const value = useMemo<Service>(
    () => ({
      client,
      me: me.data,
      config: signedIn.data?.config,
      signOut: signedIn.data?.signOut,
      entry: entryOf(signedIn, me),
    }),
    [client, me, signedIn],
  );
  return <Context.Provider value={value}>{children}</Context.Provider>;
}

interface Asked<T> {
  readonly data: T | undefined;
  readonly error: Error | null;
  readonly refetch: () => unknown;
}

function entryOf(signedIn: Asked<SignedIn>, me: Asked<Me>): Entry {
  const failed = [signedIn, me].find(({ data, error }) => data === undefined && error !== null);
  if (failed !== undefined) {
    const { error, refetch } = failed;
    const again = (): void => void refetch();
    if (error instanceof Unanswered) return { at: 'unanswered', failure: error.failure, again };
    return { at: 'refused', words: error?.message ?? '', again };
  }
  if (me.data === undefined) return { at: 'door', isSignedIn: signedIn.data !== undefined };
  return { at: 'inside', wasRenewed: signedIn.data?.wasRenewed === true };
}
