/** Takes away what setup has made, and nothing else. */
import type { Graph } from '../graph/graph.ts';
import { viewIdentity } from './identity.ts';
import { attempt, type Deed } from './privileges.ts';
import type { Report } from './report.ts';
import type { Session } from './session.ts';
import { findApplication, isOwn, targetArguments, type Target } from './target.ts';
import { GRAPH_PERMISSIONS, isMadeBySetup } from './wanted.ts';

interface Removal {
  readonly thing: string;
  readonly deed: Deed;
  readonly path: string;
}

/** @param confirm asks before anything is removed */
export async function removeSetup(
  session: Session,
  target: Target,
  identity: string | undefined,
  confirm: () => Promise<boolean>,
): Promise<void> {
  const { graph, report, mode } = session;
  const removals = [
    ...(identity === undefined ? [] : await permissionsOf(graph, identity, report)),
    ...(await registrationOf(graph, target, report)),
  ];
  report.heading('What setup has made');
  if (removals.length === 0) return report.line('note', 'there is nothing to remove');
  for (const { thing } of removals) report.line('would remove', thing);
  if (mode !== 'do') return;
  if (!(await confirm())) return report.line('failed', 'removal', 'nobody has agreed; with --yes nobody is asked');
  report.heading('Removal');
  const rest = identity === undefined ? '' : ` --identity ${identity}`;
  const command = `setup remove ${targetArguments(target)}${rest}`;
  for (const { thing, deed, path } of removals)
    if (await attempt(session, { deed, command, thing }, async () => void (await graph.write('DELETE', path))))
      report.line('removed', thing);
}

async function permissionsOf(graph: Graph, identity: string, report: Report): Promise<Removal[]> {
  const view = await viewIdentity(graph, identity, false);
  if (view === undefined) {
    report.line('note', `managed identity ${identity}`, 'it is gone, and its permissions with it');
    return [];
  }
  const { given, offered } = view;
  return GRAPH_PERMISSIONS.flatMap(({ value }) => {
    const role = offered.appRoles.find((each) => each.value === value);
    return given
      .filter((each) => each.appRoleId === role?.id && each.resourceId === offered.id)
      .map(({ id }) => ({
        thing: `${value} of the identity ${view.identity.displayName}`,
        deed: 'grantGraphPermission' as const,
        path: `/servicePrincipals/${offered.id}/appRoleAssignedTo/${id}`,
      }));
  });
}

async function registrationOf(graph: Graph, target: Target, report: Report): Promise<Removal[]> {
  const app = await findApplication(graph, target);
  if (app === undefined) return [];
  if (!isMadeBySetup(app.uniqueName)) {
    report.line('kept', `app registration ${app.displayName}`, 'it was made by hand');
    return [];
  }
  if (!isOwn(target, app)) {
    const command = `setup remove --client-id ${app.appId}`;
    report.line(
      'kept',
      `app registration ${app.displayName}`,
      `it is of another environment; if it shall go: ${command}`,
    );
    return [];
  }
  const thing = `app registration ${app.displayName} (client id ${app.appId}), with every role that was given`;
  return [{ thing, deed: 'changeApplication', path: `/applications/${app.id}` }];
}
