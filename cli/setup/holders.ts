/** Tells who has which role, and whether anybody can use the service at all. */
import * as z from 'zod';
import type { Graph } from '../graph/graph.ts';
import type { Assignment } from '../graph/objects.ts';
import { GraphRefusal } from '../graph/refusal.ts';
import { PROGRAM } from '../program.ts';
import { viewGrants } from './grants.ts';
import type { Session } from './session.ts';
import { targetArguments, type Target } from './target.ts';

/** How many hold a role. `a group`: it has it, and who is in it may not be seen. */
export const HOLDERS = ['none', 'one', 'several', 'a group'] as const;
export type Holders = (typeof HOLDERS)[number];

/** Of a group its direct members have the role: "nested group memberships aren't supported" (Entra documentation). */
async function howMany(graph: Graph, given: readonly Assignment[]): Promise<Holders> {
  const isGroup = ({ principalType }: Assignment): boolean => principalType === 'Group';
  const holders = new Set(given.filter((each) => !isGroup(each)).map(({ principalId }) => principalId));
  let isUnseen = false;
  for (const { principalId } of given.filter(isGroup)) {
    const members = await membersOf(graph, principalId);
    if (members === undefined) isUnseen = true;
    for (const id of members ?? []) holders.add(id);
  }
  if (holders.size > 1) return 'several';
  if (isUnseen) return 'a group';
  return holders.size === 0 ? 'none' : 'one';
}

/** What is told of a member whose type somebody may not see is its id alone. */
const memberPage = z.object({
  value: z.array(z.object({ id: z.string(), '@odata.type': z.string().optional() })),
});

/** Those of the first page: whether there are two is all that is asked. Undefined where they may not be seen. */
async function membersOf(graph: Graph, groupId: string): Promise<readonly string[] | undefined> {
  try {
    const { value } = memberPage.parse(await graph.get(`/groups/${groupId}/members?$select=id`));
    return value.flatMap(({ id, '@odata.type': type }) => (type === '#microsoft.graph.group' ? [] : [id]));
  } catch (error) {
    if (error instanceof GraphRefusal) return undefined;
    throw error;
  }
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
    await howMany(
      graph,
      given.filter(({ appRoleId }) => valueOf(appRoleId) === 'Manage'),
    ),
  );
  if (given.some(({ appRoleId }) => valueOf(appRoleId) === 'Submit')) return;
  report.line('note', 'nobody has the role Submit yet');
  report.advise(
    `Give it to somebody: ${PROGRAM} setup grant ada@tenant.example Submit ${targetArguments(target, app)}`,
  );
}
