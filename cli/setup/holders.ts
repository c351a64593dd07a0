/** Tells who has which role, and whether anybody can use the service at all. */
import { PROGRAM } from '../program.ts';
import { viewGrants } from './grants.ts';
import type { Session } from './session.ts';
import { targetArguments, type Target } from './target.ts';

/** Longer lists are cut: the portal shows all of them. */
const MOST_TOLD = 20;

export async function tellHolders({ graph, report }: Session, target: Target): Promise<void> {
  const found = await viewGrants(graph, target);
  if (found === undefined) return;
  const { app, given } = found;
  report.heading('Who has a role');
  const valueOf = (roleId: string): string => app.appRoles.find(({ id }) => id === roleId)?.value ?? 'no role of these';
  for (const { appRoleId, principalDisplayName, principalType, principalId } of given.slice(0, MOST_TOLD))
    report.line('note', valueOf(appRoleId), `${principalDisplayName} (${principalType} ${principalId})`);
  if (given.length > MOST_TOLD) report.line('note', `and ${given.length - MOST_TOLD} more`);
  if (given.some(({ appRoleId }) => valueOf(appRoleId) === 'Submit')) return;
  report.line('note', 'nobody has the role Submit yet');
  report.advise(
    `Give it to somebody: ${PROGRAM} setup grant ada@tenant.example Submit ${targetArguments(target, app)}`,
  );
}
