/** Application Insights, with the app's identity: its component takes no keys. */
import type { TokenCredential } from '@azure/identity';
import type { AzureMonitorExporterOptions } from '@azure/monitor-opentelemetry-exporter';
import { lateIdentity } from '../late-identity.ts';

/** Usage statistics of the exporter itself, which it would send to Microsoft from a place of its own. */
const NO_STATISTICS = 'APPLICATION_INSIGHTS_NO_STATSBEAT';

/** The app's identity; by its client id, where that is said. */
export type IdentityOf = (clientId: string | undefined) => Promise<TokenCredential>;

/**
 * @param env of the process: the exporter reads more of it by itself
 * @returns undefined where nobody has said where to send it
 */
export function azureMonitorOptions(
  env: Record<string, string | undefined>,
  identityOf: IdentityOf,
): AzureMonitorExporterOptions | undefined {
  const connectionString = env['APPLICATIONINSIGHTS_CONNECTION_STRING']?.trim() ?? '';
  if (connectionString === '') return undefined;
  // Whoever wants the statistics sets it to nothing.
  env[NO_STATISTICS] ??= 'true';
  const identity = identityIn(env['APPLICATIONINSIGHTS_AUTHENTICATION_STRING'] ?? '');
  return {
    connectionString,
    // A batch that could not be sent would lie on the instance's disk, which others get when it is gone.
    disableOfflineStorage: true,
    ...(identity !== undefined && { credential: lateIdentity(() => identityOf(identity.clientId)) }),
  };
}

/**
 * The form that the host reads as well: `ClientId=…;Authorization=AAD`; without a client id the identity is the
 * system's. Source: Functions documentation, "App settings reference".
 */
function identityIn(text: string): { readonly clientId?: string } | undefined {
  const parts = new Map(
    text.split(';').map((part) => {
      const [name = '', ...value] = part.split('=');
      return [name.trim().toLowerCase(), value.join('=').trim()];
    }),
  );
  if (parts.get('authorization')?.toLowerCase() !== 'aad') return undefined;
  const clientId = parts.get('clientid');
  return clientId === undefined || clientId === '' ? {} : { clientId };
}
