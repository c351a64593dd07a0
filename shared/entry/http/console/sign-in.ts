/** How whoever opens the console signs in: told to everybody, for it is no secret. */
import type { Authentication } from '../../../authentication.ts';
import { USER_SCOPE } from '../openapi/security.ts';

/** What `GET /console/config.json` answers; the names are those of MSAL's configuration. */
export type ConsoleSignIn =
  | { readonly signIn: 'none' }
  | {
      readonly signIn: 'entra';
      readonly clientId: string;
      readonly authority: string;
      readonly scope: string;
      readonly knownAuthorities?: readonly string[];
      readonly authorityMetadata?: string;
      readonly protocolMode?: 'OIDC';
    };

export interface SignInSettings {
  readonly authentication: Authentication;
  readonly loginUrl: string;
  readonly tenantId: string;
  readonly apiClientId?: string | undefined;
}

/** Stands for a sign-in service that speaks http, which the browser's library does not take by its own address. */
const LOCAL_AUTHORITY = 'login.localhost';

/** Undefined where settings are missing without which nobody can sign in. */
export function signInOf({ authentication, ...settings }: SignInSettings): ConsoleSignIn | undefined {
  const { loginUrl, tenantId, apiClientId } = settings;
  if (authentication.by === 'development') return { signIn: 'none' };
  if (authentication.by === 'nobody' || apiClientId === undefined) return undefined;
  const signIn = { signIn: 'entra', clientId: apiClientId, scope: `api://${apiClientId}/${USER_SCOPE}` } as const;
  if (loginUrl.startsWith('https:')) return { ...signIn, authority: `${loginUrl}/${tenantId}` };
  const endpoint = `${loginUrl}/${tenantId}/oauth2/v2.0`;
  return {
    ...signIn,
    authority: `https://${LOCAL_AUTHORITY}/${tenantId}/v2.0`,
    knownAuthorities: [LOCAL_AUTHORITY],
    protocolMode: 'OIDC',
    authorityMetadata: JSON.stringify({
      issuer: `${loginUrl}/${tenantId}/v2.0`,
      authorization_endpoint: `${endpoint}/authorize`,
      token_endpoint: `${endpoint}/token`,
      end_session_endpoint: `${endpoint}/logout`,
      jwks_uri: `${loginUrl}/${tenantId}/discovery/v2.0/keys`,
    }),
  };
}
