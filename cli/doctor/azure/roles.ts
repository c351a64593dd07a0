/** Compares the roles that the app's identity has with those that it needs: none less, and none more. */
import { z } from 'zod';
import type { Arm } from '../../azure/arm.ts';
import { QUEUE_OWNER, wantedRoles, type Role, type WantedRole } from '../../azure/wanted/roles.ts';
import type { World } from '../../azure/wanted/world.ts';
import { findingsOf, type Finding } from '../finding.ts';
import { isSame } from './members.ts';
import { unseen } from './unseen.ts';

const { right, notYet, note } = findingsOf('azure');

const assignments = z.array(
  z.object({
    id: z.string(),
    properties: z.object({ principalId: z.string(), roleDefinitionId: z.string(), scope: z.string() }),
  }),
);
interface Assignment {
  readonly id: string;
  readonly role: string;
  readonly scope: string;
}

/**
 * Those of the group, of what is in it, and of what it is in, in one list. Source: the REST reference of Azure RBAC.
 * @param gone what is not there, as it is called: nobody can have a role on it
 */
export async function checkRoles(arm: Arm, world: World, gone: ReadonlySet<string>): Promise<Finding[]> {
  const { place, identity } = world;
  if (identity === undefined) return [];
  const group = `/subscriptions/${place.subscriptionId}/resourceGroups/${place.resourceGroup}`;
  const answer = await arm.list(
    `${group}/providers/Microsoft.Authorization/roleAssignments`,
    '2022-04-01',
    `principalId eq '${identity.principalId}'`,
  );
  if (answer.kind !== 'found') return [unseen(answer, "roles of the app's identity", place)];
  const has = assignments.parse(answer.value).map(({ id, properties: { roleDefinitionId, scope } }): Assignment => ({
    id,
    role: roleDefinitionId.split('/').at(-1) ?? '',
    scope,
  }));
  const wanted = wantedRoles(world).filter(({ on }) => !gone.has(on));
  const findings = compareRoles(has, wanted, identity.principalId);
  // Of what cannot be seen nobody can say which roles it needs.
  const seesAll = world.storage !== undefined && world.serviceBus !== undefined && world.insights !== undefined;
  return seesAll ? findings : findings.filter(({ code }) => code !== 'roleNotNeeded');
}

function compareRoles(has: readonly Assignment[], wanted: readonly WantedRole[], principalId: string): Finding[] {
  const holding = (role: Role | undefined, scope: string): Assignment | undefined =>
    role && has.find((one) => isSame(one.role, role.id) && isSame(one.scope, scope));
  const used = new Set<Assignment>();
  const needed = wanted.map(({ role, scope, on, why, or }): Finding => {
    const about = `role ${role.name} on ${on}`;
    const found = holding(role, scope) ?? holding(or, scope);
    if (found === undefined)
      return notYet(
        'roleMissing',
        about,
        `The app's identity has not got it: ${why}.`,
        `az role assignment create --assignee-object-id ${principalId} --assignee-principal-type ServicePrincipal ` +
          `--role ${role.id} --scope ${scope} (or: azd provision)`,
      );
    used.add(found);
    return right('roleHeld', about, 'The identity has it.');
  });
  const more = has
    .filter((one) => !used.has(one))
    .map((one) =>
      note(
        'roleNotNeeded',
        `role ${nameOf(one.role, wanted)} on ${one.scope}`,
        "The app's identity has more than it needs: whoever can deploy code to the app has it, too.",
        `az role assignment delete --ids ${one.id}`,
      ),
    );
  return [...needed, ...more];
}

function nameOf(id: string, wanted: readonly WantedRole[]): string {
  return [QUEUE_OWNER, ...wanted.map(({ role }) => role)].find((role) => isSame(role.id, id))?.name ?? id;
}
