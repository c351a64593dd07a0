/** The service that the console is for, and who is asking it. */
import { createContext, useContext, useMemo, type ReactNode } from 'react';
import { connect, type Client } from '../../../client/client.ts';

/** Who is signed in. */
export interface Me {
  readonly id: string;
  readonly name?: string;
  readonly roles: readonly string[];
}

export interface Service {
  readonly client: Client;
  /** Undefined until the service has told. */
  readonly me: Me | undefined;
}

const Context = createContext<Service | undefined>(undefined);

export function useService(): Service {
  const service = useContext(Context);
  if (service === undefined) throw new Error('useService outside of ServiceProvider.');
  return service;
}

/** The API is where the page comes from. */
const API = new URL('/api', location.href).href;

export function ServiceProvider({ children }: { readonly children: ReactNode }) {
  const service = useMemo<Service>(() => ({ client: connect({ url: API }), me: undefined }), []);
  return <Context.Provider value={service}>{children}</Context.Provider>;
}
