/** Who is meant by an id, a user principal name or a display name. */
import * as z from 'zod';
import { UsageError } from '../errors.ts';
import type { Graph } from '../graph/graph.ts';
import { isNotThere } from '../graph/refusal.ts';
import { isGuid } from '../../shared/domain/ids.ts';

export interface Principal {
  readonly id: string;
  /** `user ada@tenant.example`, `group Operators`, `managed identity resetter`. */
  readonly called: string;
  readonly isIdentity: boolean;
}

const objectSchema = z.looseObject({
  '@odata.type': z.string().optional(),
  id: z.string(),
  appId: z.string().nullish(),
  displayName: z.string().nullish(),
  userPrincipalName: z.string().nullish(),
  servicePrincipalType: z.string().nullish(),
});
type Found = z.output<typeof objectSchema>;
type Kind = 'user' | 'group' | 'servicePrincipal';

/** @throws UsageError where nobody is meant, or more than one */
export async function findPrincipal(graph: Graph, text: string): Promise<Principal> {
  if (isGuid(text)) return byId(graph, text);
  if (text.includes('@')) {
    const user = await orNothing(
      graph.get(`/users/${encodeURIComponent(text)}?$select=id,displayName,userPrincipalName`),
    );
    if (user === undefined) throw new UsageError(`There is no user ${text} in this tenant.`);
    return principalOf('user', objectSchema.parse(user));
  }
  return byName(graph, text);
}

async function byId(graph: Graph, id: string): Promise<Principal> {
  const object = await orNothing(graph.get(`/directoryObjects/${id}`));
  const found = object === undefined ? undefined : objectSchema.parse(object);
  const type = found?.['@odata.type']?.replace('#microsoft.graph.', '');
  if (found !== undefined && (type === 'user' || type === 'group' || type === 'servicePrincipal'))
    return principalOf(type, found);
  // The client id of an application, or the object id of its registration: what has roles is its service principal.
  const appId = type === 'application' ? found?.appId : id;
  const principal = await orNothing(graph.get(`/servicePrincipals(appId='${appId}')`));
  if (principal === undefined) throw new UsageError(`There is no user, group or application ${id} in this tenant.`);
  return principalOf('servicePrincipal', objectSchema.parse(principal));
}

async function byName(graph: Graph, name: string): Promise<Principal> {
  const filter = encodeURIComponent(`displayName eq '${name.replaceAll("'", "''")}'`);
  const lists: readonly (readonly [Kind, string])[] = [
    ['user', `/users?$filter=${filter}&$select=id,displayName,userPrincipalName`],
    ['group', `/groups?$filter=${filter}&$select=id,displayName`],
    ['servicePrincipal', `/servicePrincipals?$filter=${filter}&$select=id,appId,displayName,servicePrincipalType`],
  ];
  const found: Principal[] = [];
  for (const [kind, path] of lists)
    found.push(...(await graph.list(path)).map((object) => principalOf(kind, objectSchema.parse(object))));
  const [only, ...others] = found;
  if (only === undefined) throw new UsageError(`There is no user, group or application called "${name}".`);
  if (others.length === 0) return only;
  const choices = found.map(({ id, called }) => `  ${id}  ${called}`);
  throw new UsageError(
    `"${name}" is the name of ${found.length}. Give the id of the one you mean:\n${choices.join('\n')}`,
  );
}

function principalOf(kind: Kind, { id, displayName, userPrincipalName, servicePrincipalType }: Found): Principal {
  const isIdentity = servicePrincipalType === 'ManagedIdentity';
  const kinds = { user: 'user', group: 'group', servicePrincipal: isIdentity ? 'managed identity' : 'application' };
  return { id, called: `${kinds[kind]} ${userPrincipalName ?? displayName ?? id}`, isIdentity };
}

async function orNothing(read: Promise<unknown>): Promise<unknown> {
  try {
    return await read;
  } catch (error) {
    if (isNotThere(error)) return undefined;
    throw error;
  }
}
