import { readLocalSettings } from '../host/settings.ts';
import { API_CLIENT_ID } from '../graph/api-tokens.ts';
import { TENANT_ID } from '../graph/tenant.ts';
import type { Ports } from './ports.ts';

/** Azurite's well-known account: the same on every machine, and worth nothing. */
const STORAGE_ACCOUNT = 'devstoreaccount1';
const STORAGE_KEY = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';

/** Where the parts are, in the settings that the app reads. */
export function addressSettings(ports: Ports): Record<string, string> {
  return {
    GRAPH_ENDPOINT: graphUrl(ports),
    IDENTITY_ENDPOINT: `${graphUrl(ports)}/_sim/identity/token`,
    IDENTITY_HEADER: 'local',
    TableStorage:
      `DefaultEndpointsProtocol=http;AccountName=${STORAGE_ACCOUNT};AccountKey=${STORAGE_KEY};` +
      `TableEndpoint=${tablesUrl(ports)};`,
    ServiceBusConnection:
      `Endpoint=${brokerUrl(ports)};SharedAccessKeyName=RootManageSharedAccessKey;` +
      'SharedAccessKey=SAS_KEY_VALUE;UseDevelopmentEmulator=true;',
  };
}

/**
 * What the platform tells the app where callers sign in, and where people do. It wins over any other setting: tokens
 * are of the simulated tenant, and of no other.
 */
export const signInSettings = (ports: Ports) => ({
  LOGIN_ENDPOINT: graphUrl(ports),
  AZURE_TENANT_ID: TENANT_ID,
  API_CLIENT_ID,
  WEBSITE_AUTH_ENABLED: 'True',
  WEBSITE_AUTH_CLIENT_ID: API_CLIENT_ID,
});

export const apiUrl = (ports: Ports): string => `http://localhost:${ports.api}/api`;
export const graphUrl = (ports: Ports): string => `http://localhost:${ports.graph}`;
export const tablesUrl = (ports: Ports): string => `http://127.0.0.1:${ports.tables}/${STORAGE_ACCOUNT}`;
export const brokerUrl = (ports: Ports): string => `sb://localhost:${ports.broker}`;

/**
 * The environment of the functions hosts: the app's local settings, over them the addresses of this cloud, over all of
 * it the launcher's own environment.
 */
export function hostEnvironment(appDir: string, ports: Ports, own: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { ...readLocalSettings(appDir), ...addressSettings(ports), ...own };
}
