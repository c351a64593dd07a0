/** The app's identity, whose SDK is loaded with the first token. */
import type { TokenCredential } from '@azure/identity';
import { once } from './once.ts';

export function lateIdentity(load: () => Promise<TokenCredential>): TokenCredential {
  const identity = once(load);
  return { getToken: async (scopes, options) => (await identity()).getToken(scopes, options) };
}
