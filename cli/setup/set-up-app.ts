/** The app registration that callers sign in to, and its service principal: reads first, writes what is missing. */
import { randomUUID } from 'node:crypto';
import { servicePrincipalSchema, type Application, type ServicePrincipal } from '../graph/objects.ts';
import type { Graph } from '../graph/graph.ts';
import { isNotThere } from '../graph/refusal.ts';
import { planApplication } from './application-plan.ts';
import type { Change, Finding } from './finding.ts';
import { BLANK, restoreOrMake } from './make-application.ts';
import { tellOwners } from './owners.ts';
import { attempt } from './privileges.ts';
import type { Mark } from './report.ts';
import type { Mode, Session } from './session.ts';
import { findApplication, targetArguments, type Target } from './target.ts';

const MARKS: Readonly<Record<'missing' | 'wrong', Readonly<Record<Mode, Mark>>>> = {
  missing: { do: 'made', 'what-if': 'would make', check: 'is missing' },
  wrong: { do: 'changed', 'what-if': 'would change', check: 'is wrong' },
};

/** @param apiUrl where it is known. @returns the app registration, where there is one now */
export async function setUpApp(
  session: Session,
  target: Target,
  apiUrl: string | undefined,
): Promise<Application | undefined> {
  const { graph, report, mode } = session;
  report.heading('App registration');
  const found = await findApplication(graph, target);
  const command = `setup app ${targetArguments(target, found)}`;
  if (found === undefined && (target.isGiven || target.uniqueName === undefined)) {
    report.line('is missing', `app registration with the client id ${target.clientId}`, 'there is none in this tenant');
    return undefined;
  }
  if (found === undefined && mode === 'check') {
    report.line('is missing', `app registration ${target.uniqueName}`);
    return undefined;
  }
  if (found !== undefined) {
    tellFound(session, found, target);
    await tellOwners(session, found);
  }
  const app = found ?? (await restoreOrMake(session, target.uniqueName ?? '', command));
  if (app === undefined) return undefined;
  await carryOut(session, app, apiUrl, command);
  await setUpServicePrincipal(session, app, command);
  if (app === BLANK) return undefined;
  report.fact('clientId', 'client id', app.appId);
  return app;
}

/** The app believes API_CLIENT_ID: one that nobody has, beside a registration of the right name, is not right. */
function tellFound({ report, mode }: Session, { displayName, appId }: Application, { clientId }: Target): void {
  report.line('is right', `app registration ${displayName}`);
  if (clientId !== undefined && appId !== clientId.toLowerCase())
    report.line(
      mode === 'check' ? 'is wrong' : 'note',
      `client id ${clientId} (API_CLIENT_ID)`,
      `no app registration has it; ${displayName} has ${appId}`,
    );
}

async function carryOut(
  session: Session,
  app: Application,
  apiUrl: string | undefined,
  command: string,
): Promise<void> {
  const { graph, report, mode } = session;
  const { right, kept, changes } = planApplication(app, apiUrl, randomUUID);
  for (const { thing } of right) report.line('is right', thing);
  for (const thing of kept) report.line('kept', thing, 'not of setup');
  for (const { body, mends } of changes) {
    if (mode === 'do' && !(await applyChange(body, mends))) return;
    for (const finding of mends) tell(finding);
  }

  function tell({ is, thing, detail }: Finding): void {
    if (is !== 'right') report.line(MARKS[is][mode], thing, detail);
  }
  function applyChange(body: Change['body'], mends: Change['mends']): Promise<boolean> {
    const thing = mends.map((each) => each.thing).join(', ') || 'roles';
    return attempt(session, { deed: 'changeApplication', command, thing }, async () => {
      await graph.patiently(() => graph.write('PATCH', `/applications/${app.id}`, body));
    });
  }
}

/** Nobody without a role gets a token at all. */
async function setUpServicePrincipal(session: Session, app: Application, command: string): Promise<void> {
  const { graph, report, mode } = session;
  const found = app === BLANK ? undefined : await findServicePrincipal(graph, app.appId);
  const thing = 'service principal';
  const rule = 'tokens only for who has a role';
  if (found?.accountEnabled === false) report.line('is wrong', thing, 'sign-in is disabled; enable it in the portal');
  else if (found !== undefined) report.line('is right', thing);
  if (found?.appRoleAssignmentRequired === true) return report.line('is right', rule);
  const body = { appRoleAssignmentRequired: true };
  const isDone =
    mode !== 'do' ||
    (await attempt(session, { deed: 'changeApplication', command, thing: rule }, async () => {
      await graph.patiently(() => graph.upsert(`/servicePrincipals(appId='${app.appId}')`, body));
    }));
  if (!isDone) return;
  if (found === undefined) report.line(MARKS.missing[mode], thing);
  report.line(MARKS[found === undefined ? 'missing' : 'wrong'][mode], rule);
}

export async function findServicePrincipal(graph: Graph, appId: string): Promise<ServicePrincipal | undefined> {
  try {
    return servicePrincipalSchema.parse(await graph.get(`/servicePrincipals(appId='${appId}')`));
  } catch (error) {
    if (isNotThere(error)) return undefined;
    throw error;
  }
}
