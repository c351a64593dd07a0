/** What the app's identity may do in Graph: what it needs, and nothing else. */
import * as z from 'zod';
import type { Graph } from '../graph/graph.ts';
import {
  assignmentSchema,
  offeredRolesSchema,
  servicePrincipalSchema,
  type Assignment,
  type ServicePrincipal,
} from '../graph/objects.ts';
import { isGivenAlready, isNotThere } from '../graph/refusal.ts';
import { PROGRAM } from '../program.ts';
import { attempt } from './privileges.ts';
import type { Session } from './session.ts';
import { GRAPH_APP_ID, GRAPH_PERMISSIONS } from './wanted.ts';

const BEFORE_START = `Permissions must be given before the app first starts. If it has run already, Graph may refuse it
for up to a day: the platform keeps its token that long, and a restart does not help. Then wait; nothing is lost.`;

/** The identity, what it has been given, and what Graph offers. */
export interface IdentityView {
  readonly identity: ServicePrincipal;
  readonly given: readonly Assignment[];
  readonly offered: z.output<typeof offeredRolesSchema>;
}

/** @param identity its object id, or its client id */
export async function setUpIdentity(session: Session, identity: string): Promise<void> {
  const { graph, report, mode } = session;
  report.heading("Graph permissions of the app's identity");
  const view = await viewIdentity(graph, identity, mode === 'do');
  if (view === undefined) {
    report.line('is missing', `managed identity ${identity}`, 'there is none in this tenant; give its object id');
    return;
  }
  if (view.identity.servicePrincipalType !== 'ManagedIdentity') {
    report.line(
      'is wrong',
      `${view.identity.displayName} (${identity})`,
      'it is no managed identity; nothing is given',
    );
    return;
  }
  report.line('is right', `managed identity ${view.identity.displayName}`);
  const madeAny = await givePermissions(session, view);
  tellExtras(session, view);
  if (madeAny) report.advise(BEFORE_START);
}

/** @returns whether any was given now */
async function givePermissions(session: Session, view: IdentityView): Promise<boolean> {
  const { graph, report, mode } = session;
  const { identity, given, offered } = view;
  let madeAny = false;
  for (const { value, reason } of GRAPH_PERMISSIONS) {
    const role = offered.appRoles.find((each) => each.value === value);
    if (role === undefined) {
      report.line('failed', value, 'Graph does not offer it in this cloud');
      continue;
    }
    if (given.some((each) => each.appRoleId === role.id && each.resourceId === offered.id)) {
      report.line('is right', value, reason);
      continue;
    }
    const command = `setup identity --identity ${identity.id}`;
    const isDone =
      mode !== 'do' ||
      (await attempt(session, { deed: 'grantGraphPermission', command, thing: value }, () =>
        giveRole(graph, { principalId: identity.id, resourceId: offered.id, appRoleId: role.id }),
      ));
    if (!isDone) continue;
    madeAny ||= mode === 'do';
    report.line(mode === 'do' ? 'made' : mode === 'check' ? 'is missing' : 'would make', value, reason);
  }
  return madeAny;
}

/** Nothing to do where it is given already, also by somebody else in this moment. */
export async function giveRole(
  graph: Graph,
  body: { readonly principalId: string; readonly resourceId: string; readonly appRoleId: string },
): Promise<void> {
  try {
    await graph.patiently(() => graph.write('POST', `/servicePrincipals/${body.resourceId}/appRoleAssignedTo`, body));
  } catch (error) {
    if (!isGivenAlready(error)) throw error;
  }
}

function tellExtras({ report }: Session, { given, offered }: IdentityView): void {
  for (const each of given) {
    const value = offered.appRoles.find(({ id }) => id === each.appRoleId)?.value ?? each.appRoleId;
    if (each.resourceId === offered.id && GRAPH_PERMISSIONS.some((wanted) => wanted.value === value)) continue;
    const of = each.resourceId === offered.id ? 'Graph' : (each.resourceDisplayName ?? each.resourceId);
    report.line('not needed', `${value} of ${of}`, 'take it away if nothing else needs it');
  }
}

/**
 * Reads it; undefined where there is none.
 * @param waits where it may have been made a moment ago
 */
export async function viewIdentity(graph: Graph, identity: string, waits: boolean): Promise<IdentityView | undefined> {
  const read = (): Promise<ServicePrincipal> => readIdentity(graph, identity);
  let principal: ServicePrincipal;
  try {
    principal = await (waits ? graph.patiently(read) : read());
  } catch (error) {
    if (isNotThere(error)) return undefined;
    throw error;
  }
  const offered = await graph.get(`/servicePrincipals(appId='${GRAPH_APP_ID}')?$select=id,appRoles`);
  const given = await graph.list(`/servicePrincipals/${principal.id}/appRoleAssignments`);
  return {
    identity: principal,
    given: z.array(assignmentSchema).parse(given),
    offered: offeredRolesSchema.parse(offered),
  };
}

/** Both of its ids are told side by side wherever it is shown. */
async function readIdentity(graph: Graph, identity: string): Promise<ServicePrincipal> {
  try {
    return servicePrincipalSchema.parse(await graph.get(`/servicePrincipals/${identity}`));
  } catch (error) {
    if (!isNotThere(error)) throw error;
    return servicePrincipalSchema.parse(await graph.get(`/servicePrincipals(appId='${identity}')`));
  }
}

/** What to do where no identity is named. */
export const NO_IDENTITY = `The app's identity was not looked at. Once it is there, name it by its object id:
  ${PROGRAM} setup identity --identity OBJECT_ID`;
