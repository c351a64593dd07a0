/** How callers sign in: with Microsoft Entra ID, for the app registration of the service. */
import type { Schema } from './schema.ts';

export interface SignIn {
  /** Of the cloud, without a slash at the end: `https://login.microsoftonline.com`. */
  readonly loginUrl: string;
  readonly tenantId: string;
  /** Client id of the app registration; absent on a developer's machine, where nobody signs in. */
  readonly apiClientId?: string;
}

/** Stands for a client id that is not set. */
const NO_CLIENT = '00000000-0000-0000-0000-000000000000';

/**
 * Tenant and client id are no secrets: every sign-in shows both in its address, and without them no client can be made
 * from the document. Source: Microsoft identity platform documentation, "OAuth 2.0 authorization code flow" and
 * "client credentials flow".
 */
export function signInScheme({ loginUrl, tenantId, apiClientId = NO_CLIENT }: SignIn): {
  scheme: Schema;
  scope: string;
} {
  const scope = `api://${apiClientId}/.default`;
  const scopes = { [scope]: 'What the app roles of the caller allow: Submit, Read, Manage.' };
  const endpoint = `${loginUrl}/${tenantId}/oauth2/v2.0`;
  return {
    scope,
    scheme: {
      type: 'oauth2',
      description:
        'A token of Microsoft Entra ID for this app. App roles say what its owner may do: Submit, Read, Manage.',
      flows: {
        authorizationCode: {
          authorizationUrl: `${endpoint}/authorize`,
          tokenUrl: `${endpoint}/token`,
          refreshUrl: `${endpoint}/token`,
          scopes,
        },
        clientCredentials: { tokenUrl: `${endpoint}/token`, scopes },
      },
    },
  };
}

/** What a person's client asks a token for; beside it, that the sign-in lasts. `cli/setup` makes it. */
export const USER_SCOPE = 'access_as_user';

/**
 * How people sign in, in the words of Swagger 2.0. Undefined where nobody does. Connectors know no sign-in of an
 * application. Source: Microsoft's "Create a custom connector from an OpenAPI definition".
 */
export function userSignIn({
  loginUrl,
  tenantId,
  apiClientId,
}: SignIn): { readonly scheme: Schema; readonly security: readonly Schema[] } | undefined {
  if (apiClientId === undefined) return undefined;
  const scopes = {
    [`api://${apiClientId}/${USER_SCOPE}`]: 'What your app roles allow: Submit, Read, Manage.',
    offline_access: 'The connection stays signed in.',
  };
  const endpoint = `${loginUrl}/${tenantId}/oauth2/v2.0`;
  return {
    scheme: {
      type: 'oauth2',
      flow: 'accessCode',
      authorizationUrl: `${endpoint}/authorize`,
      tokenUrl: `${endpoint}/token`,
      scopes,
    },
    security: [{ entra: Object.keys(scopes) }],
  };
}
