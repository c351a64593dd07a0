/** The identity that the app has towards Azure and Graph. */
import { DefaultAzureCredential, type TokenCredential } from '@azure/identity';

/**
 * @param authorityHost of the sign-in service of the tenant's cloud
 * @param clientId of a user-assigned identity; without one, what the platform or the developer's machine offers
 */
export function appIdentity(authorityHost: string, clientId: string | undefined): TokenCredential {
  return new DefaultAzureCredential({
    authorityHost,
    ...(clientId !== undefined && { managedIdentityClientId: clientId }),
  });
}
