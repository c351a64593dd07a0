/** The resources that a template makes, as they are after the deployment. */
import { createHash } from 'node:crypto';
import { evaluateAll } from './expressions.ts';

/** What `bicep snapshot` writes: a template, evaluated as far as a compiler can. */
export interface Snapshot {
  readonly predictedResources: readonly unknown[];
}

export interface ArmResource {
  id: string;
  name: string;
  type: string;
  properties?: Record<string, unknown>;
  [member: string]: unknown;
}

/** `environment()` of each cloud, as far as the template asks. */
const ENVIRONMENTS = {
  AzureCloud: {
    name: 'AzureCloud',
    suffixes: { storage: 'core.windows.net' },
    authentication: { loginEndpoint: 'https://login.microsoftonline.com/' },
  },
  AzureUSGovernment: {
    name: 'AzureUSGovernment',
    suffixes: { storage: 'core.usgovcloudapi.net' },
    authentication: { loginEndpoint: 'https://login.microsoftonline.us/' },
  },
};
export type CloudOfAzure = keyof typeof ENVIRONMENTS;
type Environment = (typeof ENVIRONMENTS)[CloudOfAzure];

/** What only the deployment makes, by type. */
const MADE: Readonly<Record<string, (name: string, environment: Environment) => Record<string, unknown>>> = {
  'Microsoft.ManagedIdentity/userAssignedIdentities': (name) => ({
    clientId: guidOf(`client of ${name}`),
    principalId: guidOf(`principal of ${name}`),
  }),
  'Microsoft.Storage/storageAccounts': (name, { suffixes }) => ({
    primaryEndpoints: {
      blob: `https://${name}.blob.${suffixes.storage}/`,
      table: `https://${name}.table.${suffixes.storage}/`,
    },
  }),
  'Microsoft.ServiceBus/namespaces': (name) => ({ serviceBusEndpoint: `https://${name}.servicebus.windows.net:443/` }),
  'Microsoft.ServiceBus/namespaces/queues': () => ({ status: 'Active' }),
  'Microsoft.Insights/components': (name) => ({ ConnectionString: `InstrumentationKey=${guidOf(name)}` }),
  'Microsoft.Web/sites': (name) => ({ state: 'Running', defaultHostName: `${name}.azurewebsites.net` }),
};

/** By id in lower case: Azure takes ids in any case of letters. */
export function deploy(snapshot: Snapshot, cloud: CloudOfAzure = 'AzureCloud'): Map<string, ArmResource> {
  const environment: Environment = ENVIRONMENTS[cloud];
  const templates = snapshot.predictedResources as ArmResource[];
  const made = new Map(
    templates.map((resource) => [
      resource.id.toLowerCase(),
      { ...resource.properties, ...MADE[resource.type]?.(resource.name, environment) },
    ]),
  );
  const surroundings = { reference: (id: string) => made.get(id.toLowerCase()), environment };
  return new Map(
    templates.map((template) => {
      const properties = made.get(template.id.toLowerCase());
      const resource = evaluateAll({ ...template, properties }, surroundings) as ArmResource;
      return [resource.id.toLowerCase(), { ...resource, name: resource.name.split('/').at(-1) ?? '' }];
    }),
  );
}

function guidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
}
