/** Tells who has which role, and whether anybody can use the service at all. */
import type { Assignment } from '../graph/objects.ts';
import { PROGRAM } from '../program.ts';
import { viewGrants } from './grants.ts';
import type { Session } from './session.ts';
import { targetArguments, type Target } from './target.ts';

/** How many hold a role. A group may be many, and who is in it is not looked at. */
export const HOLDERS = ['none', 'one', 'several', 'a group'] as const;
export type Holders = (typeof HOLDERS)[number];

function howMany(given: readonly Assignment[]): Holders {
  if (given.some(({ principalType }) => principalType === 'Group')) return 'a group';
  const { size } = new Set(given.map(({ principalId }) => principalId));
  return size === 0 ? 'none' : size === 1 ? 'one' : 'several';
}

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
  report.fact(
    'managers',
    'Holders of Manage',
    howMany(given.filter(({ appRoleId }) => valueOf(appRoleId) === 'Manage')),
  );
  if (given.some(({ appRoleId }) => valueOf(appRoleId) === 'Submit')) return;
  report.line('note', 'nobody has the role Submit yet');
  report.advise(
    `Give it to somebody: ${PROGRAM} setup grant ada@tenant.example Submit ${targetArguments(target, app)}`,
  );
}
