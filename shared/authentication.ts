/** Who is believed to say who calls, by the environment. */
import { CLOUDS, cloudNamed, type Cloud } from './clouds.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export type Authentication =
  /** App Service authentication, for tokens of this tenant for this app registration; all in lower case. */
  | {
      readonly by: 'platform';
      readonly tenantId: string;
      readonly clientId: string;
      readonly issuers: readonly string[];
    }
  /** On a developer's machine everybody is one developer with every role: everybody who is on that machine. */
  | { readonly by: 'development'; readonly allowedHosts: readonly string[]; readonly publicOrigin?: string }
  | { readonly by: 'nobody' };

/**
 * The principal header is believed only where the platform sets it, and takes away what callers send. It says so by
 * `WEBSITE_AUTH_ENABLED`; but an app setting of that name overrides the platform's, so a second sign is asked for,
 * which the platform always writes itself: `WEBSITE_AUTH_CLIENT_ID`. Source: `HostAssignmentContext` of
 * azure-functions-host. The development mode is set by local hosts alone.
 */
export function authenticationOf(env: Environment): Authentication {
  const said = (name: string): string => env[name]?.trim().toLowerCase() ?? '';
  if (said('WEBSITE_AUTH_ENABLED') === 'true') {
    const tenantId = said('AZURE_TENANT_ID');
    const clientId = said('API_CLIENT_ID');
    const isSigned = clientId !== '' && clientId === said('WEBSITE_AUTH_CLIENT_ID') && tenantId !== '';
    const cloud: Cloud = CLOUDS[cloudNamed(said('GRAPH_CLOUD') || 'Global') ?? 'Global'];
    return isSigned ? { by: 'platform', tenantId, clientId, issuers: issuersOf(cloud, tenantId) } : { by: 'nobody' };
  }
  if (env['AZURE_FUNCTIONS_ENVIRONMENT'] !== 'Development' || isOnAzure(env)) return { by: 'nobody' };
  const publicOrigin = URL.parse(said('PUBLIC_URL'))?.origin;
  return {
    by: 'development',
    allowedHosts: said('ALLOWED_HOSTS')
      .split(/[,;\s]+/)
      .filter(Boolean),
    ...(publicOrigin !== undefined && { publicOrigin }),
  };
}

/** Of version 2 and of version 1, which is what an API gets that does not ask for version 2. */
const issuersOf = ({ issuers }: Cloud, tenantId: string): readonly string[] => [
  `${issuers.v2}/${tenantId}/v2.0`,
  `${issuers.v1}/${tenantId}/`,
];

/** Names that only the platform sets. Core Tools set others that begin with `WEBSITE_`. */
export const isOnAzure = (env: Environment): boolean =>
  ['WEBSITE_SITE_NAME', 'WEBSITE_INSTANCE_ID', 'WEBSITE_POD_NAME'].some((name) => (env[name] ?? '') !== '');
