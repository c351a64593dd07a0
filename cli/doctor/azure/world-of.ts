/** The facts of a deployment that the wanted state is made from. */
import { memberOf, type Inventory, type Kind, type Place } from '../../azure/deployment.ts';
import type { World } from '../../azure/wanted/world.ts';

/** What is known without asking Azure. */
export interface Known {
  readonly place: Place;
  /** Names of resources. */
  readonly names: Readonly<Partial<Record<Kind, string>>>;
  readonly tenantId?: string;
  readonly apiClientId?: string;
  readonly login: string;
}

export function worldOf({ tenantId, found }: Inventory, known: Known): World {
  const text = (kind: Kind, path: string): string => String(memberOf(found[kind]?.value, `properties.${path}`));
  const { app, identity, storage, serviceBus, insights } = found;
  const tenant = known.tenantId ?? (tenantId.kind === 'found' ? tenantId.value : undefined);
  return {
    place: known.place,
    login: known.login,
    ...(tenant !== undefined && { tenantId: tenant }),
    ...(known.apiClientId !== undefined && { apiClientId: known.apiClientId }),
    ...(app !== undefined && { app: app.name }),
    ...(identity !== undefined && {
      identity: {
        id: identity.id,
        clientId: text('identity', 'clientId'),
        principalId: text('identity', 'principalId'),
      },
    }),
    ...(storage !== undefined && {
      storage: {
        id: storage.id,
        name: storage.name,
        tables: text('storage', 'primaryEndpoints.table').replace(/\/$/, ''),
        blobs: text('storage', 'primaryEndpoints.blob'),
      },
    }),
    ...(serviceBus !== undefined && {
      serviceBus: {
        id: serviceBus.id,
        name: serviceBus.name,
        host:
          URL.parse(text('serviceBus', 'serviceBusEndpoint'))?.hostname ?? `${serviceBus.name}.servicebus.windows.net`,
      },
    }),
    ...(insights !== undefined && {
      insights: { id: insights.id, name: insights.name, connectionString: text('insights', 'ConnectionString') },
    }),
  };
}
