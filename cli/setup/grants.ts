/** Who has which role of the API. */
import * as z from 'zod';
import { nearestName } from '../../shared/domain/submission/nearest-name.ts';
import { UsageError } from '../errors.ts';
import { assignmentSchema, type Application, type Assignment, type ServicePrincipal } from '../graph/objects.ts';
import type { Graph } from '../graph/graph.ts';
import { PROGRAM } from '../program.ts';
import { giveRole } from './identity.ts';
import { findPrincipal, type Principal } from './principal.ts';
import { attempt } from './privileges.ts';
import type { Session } from './session.ts';
import { findServicePrincipal } from './set-up-app.ts';
import { findApplication, targetArguments, type Target } from './target.ts';
import { APP_ROLES } from './wanted.ts';

const DAY_LATE = `A managed identity may go on without its new role for up to a day: its token is kept that long.
People get it when they sign in again.`;

/** The name of a role in any case. @throws UsageError */
export function readRole(text: string): string {
  const names = APP_ROLES.map(({ value }) => value);
  const found = names.find((name) => name.toLowerCase() === text.toLowerCase());
  if (found !== undefined) return found;
  const meant = nearestName(text, names);
  throw new UsageError(
    `There is no role "${text}". ${meant === undefined ? `Roles: ${names.join(', ')}.` : `Did you mean ${meant}?`}`,
  );
}

interface Grants {
  readonly app: Application;
  readonly resource: ServicePrincipal;
  readonly given: readonly Assignment[];
}

/** Who has which role; undefined where setup has not been run to its end. */
export async function viewGrants(graph: Graph, target: Target): Promise<Grants | undefined> {
  const app = await findApplication(graph, target);
  const resource = app && (await findServicePrincipal(graph, app.appId));
  if (app === undefined || resource === undefined) return undefined;
  const given = await graph.list(`/servicePrincipals/${resource.id}/appRoleAssignedTo`);
  return { app, resource, given: z.array(assignmentSchema).parse(given) };
}

async function neededGrants(graph: Graph, target: Target): Promise<Grants> {
  const found = await viewGrants(graph, target);
  if (found !== undefined) return found;
  throw new Error(
    `There is no app registration to give roles of. First run: ${PROGRAM} setup app ${targetArguments(target)}`,
  );
}

/** @param role as `readRole` gives it */
export async function grant(session: Session, target: Target, text: string, role: string): Promise<void> {
  const { graph, report, mode } = session;
  const { app, resource, given } = await neededGrants(graph, target);
  const principal = await findPrincipal(graph, text);
  report.heading(`Role ${role} of ${app.displayName}`);
  const thing = `${role} for ${principal.called}`;
  const appRole = app.appRoles.find(({ value, isEnabled }) => value === role && isEnabled);
  if (appRole === undefined) {
    report.line('is missing', `role ${role}`);
    report.advise(`First run: ${PROGRAM} setup app ${targetArguments(target, app)}`);
    return;
  }
  if (given.some((each) => isOf(each, principal, appRole.id))) return report.line('is right', thing);
  if (mode === 'what-if') return report.line('would make', thing);
  const command = `setup grant ${principal.id} ${role} ${targetArguments(target, app)}`;
  const isDone = await attempt(session, { deed: 'grantRole', command, thing }, () =>
    giveRole(graph, { principalId: principal.id, resourceId: resource.id, appRoleId: appRole.id }),
  );
  if (!isDone) return;
  report.line('made', thing);
  report.advise(DAY_LATE);
}

/** Takes a role away. Whoever has it not, has it not. */
export async function revoke(session: Session, target: Target, text: string, role: string): Promise<void> {
  const { graph, report, mode } = session;
  const { app, resource, given } = await neededGrants(graph, target);
  const principal = await findPrincipal(graph, text);
  report.heading(`Role ${role} of ${app.displayName}`);
  const thing = `${role} for ${principal.called}`;
  const appRole = app.appRoles.find(({ value }) => value === role);
  const found = given.filter((each) => isOf(each, principal, appRole?.id));
  if (found.length === 0) return report.line('note', thing, 'there is no such grant');
  if (mode === 'what-if') return report.line('would remove', thing);
  const command = `setup revoke ${principal.id} ${role} ${targetArguments(target, app)}`;
  const isDone = await attempt(session, { deed: 'grantRole', command, thing }, async () => {
    for (const { id } of found)
      await graph.write('DELETE', `/servicePrincipals/${resource.id}/appRoleAssignedTo/${id}`);
  });
  if (!isDone) return;
  report.line('removed', thing);
  report.advise(
    'Tokens that were given out keep the role until they expire: an hour for people, a day for identities.',
  );
}

const isOf = (each: Assignment, { id }: Principal, appRoleId: string | undefined): boolean =>
  each.principalId === id && each.appRoleId === appRoleId;
