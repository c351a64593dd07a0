/** The resources of one deployment, found in its resource group. */
import { z } from 'zod';
import type { Arm, ArmAnswer } from './arm.ts';

/** One resource as ARM shows it. */
export interface Resource {
  readonly id: string;
  readonly name: string;
  readonly value: unknown;
}

export interface Place {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
}

/** The kinds that a deployment has one of each, with the version of their interface that the template uses. */
export const KINDS = {
  app: { type: 'Microsoft.Web/sites', version: '2025-03-01', called: 'function app' },
  identity: {
    type: 'Microsoft.ManagedIdentity/userAssignedIdentities',
    version: '2024-11-30',
    called: 'user-assigned identity',
  },
  storage: { type: 'Microsoft.Storage/storageAccounts', version: '2025-01-01', called: 'storage account' },
  serviceBus: { type: 'Microsoft.ServiceBus/namespaces', version: '2024-01-01', called: 'Service Bus namespace' },
  insights: { type: 'Microsoft.Insights/components', version: '2020-02-02', called: 'Application Insights component' },
} as const;

export type Kind = keyof typeof KINDS;
export const KIND_NAMES = Object.keys(KINDS) as Kind[];

/** What there is of each kind; why not where it cannot be said. */
export interface Inventory {
  readonly tenantId: ArmAnswer<string>;
  readonly found: Readonly<Partial<Record<Kind, Resource>>>;
  /** In the words of ARM. A list that is `several` names all of them. */
  readonly lacking: Readonly<Partial<Record<Kind, ArmAnswer | { readonly kind: 'several'; readonly names: string[] }>>>;
}

const listed = z.object({
  id: z.string(),
  name: z.string(),
  type: z.string(),
  tags: z.record(z.string(), z.string()).nullish(),
});
type Listed = z.infer<typeof listed>;
const subscription = z.object({ tenantId: z.string() });

/**
 * Finds the deployment. Others may have resources in the same group: ours are those that a name says, else the only one
 * of its kind, else the only one with the tag of the environment that the function app has.
 * @param names what is known already, such as the function app's
 * @returns why the group cannot be read where it cannot
 */
export async function findDeployment(
  arm: Arm,
  { subscriptionId, resourceGroup }: Place,
  names: Readonly<Partial<Record<Kind, string>>>,
): Promise<Inventory | Exclude<ArmAnswer, { kind: 'found' }>> {
  const group = `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}`;
  const answer = await arm.list(`${group}/resources`, '2021-04-01');
  if (answer.kind !== 'found') return answer;
  const all = z.array(listed).parse(answer.value);
  const app = choose(all, 'app', names.app, undefined);
  const environment = app.length === 1 ? app[0]?.tags?.['azd-env-name'] : undefined;
  const found: Partial<Record<Kind, Resource>> = {};
  const lacking: Partial<Record<Kind, ArmAnswer | { kind: 'several'; names: string[] }>> = {};
  await Promise.all(
    KIND_NAMES.map(async (kind) => {
      const chosen = kind === 'app' ? app : choose(all, kind, names[kind], environment);
      const [only] = chosen;
      if (only === undefined) lacking[kind] = { kind: 'missing' };
      else if (chosen.length > 1) lacking[kind] = { kind: 'several', names: chosen.map(({ name }) => name) };
      else {
        const read = await arm.get(only.id, KINDS[kind].version);
        if (read.kind === 'found') found[kind] = { id: only.id, name: only.name, value: read.value };
        else lacking[kind] = read;
      }
    }),
  );
  return { tenantId: await tenantOf(arm, subscriptionId), found, lacking };
}

function choose(
  all: readonly Listed[],
  kind: Kind,
  name: string | undefined,
  environment: string | undefined,
): readonly Listed[] {
  const isSame = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
  const ofKind = all.filter(({ type }) => isSame(type, KINDS[kind].type));
  if (name !== undefined) return ofKind.filter((resource) => isSame(resource.name, name));
  if (ofKind.length < 2) return ofKind;
  const marked = ofKind.filter(({ tags }) =>
    kind === 'app' ? tags?.['azd-service-name'] === 'api' : tags?.['azd-env-name'] === environment,
  );
  return marked.length === 0 ? ofKind : marked;
}

async function tenantOf(arm: Arm, subscriptionId: string): Promise<ArmAnswer<string>> {
  const answer = await arm.get(`/subscriptions/${subscriptionId}`, '2022-12-01');
  return answer.kind === 'found' ? { kind: 'found', value: subscription.parse(answer.value).tenantId } : answer;
}

/** A member of what ARM shows, by its path: `properties.httpsOnly`. */
export function memberOf(value: unknown, path: string): unknown {
  let found = value;
  for (const name of path.split('.'))
    found = typeof found === 'object' && found !== null ? (found as Record<string, unknown>)[name] : undefined;
  return found;
}
