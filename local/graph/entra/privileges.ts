/**
 * Which directory role allows what. Sources: Entra documentation, "Default user permissions" (registering, owners) and
 * "Microsoft Entra built-in roles"; Graph documentation, "Grant an appRoleAssignment for a service principal".
 */
import type { Administrator } from './administrators.ts';
import type { Entra } from './entra.ts';

export type Deed = 'register' | 'changeApplication' | 'grantGraphPermission' | 'grantRole';

const APPLICATION_ROLES = ['Cloud Application Administrator', 'Application Administrator'];
const ALLOWED: Readonly<Record<Deed, readonly string[]>> = {
  register: ['Application Developer', ...APPLICATION_ROLES],
  changeApplication: APPLICATION_ROLES,
  /** Application administrators may grant permissions of any API but Graph. */
  grantGraphPermission: ['Privileged Role Administrator'],
  grantRole: [...APPLICATION_ROLES, 'Privileged Role Administrator', 'User Administrator'],
};

/** @param owners of the object that it is done to */
export function may(entra: Entra, who: Administrator | undefined, deed: Deed, owners: readonly string[] = []): boolean {
  if (who === undefined) return false;
  if (deed === 'register' && entra.usersMayRegister) return true;
  if (deed !== 'grantGraphPermission' && owners.includes(who.id)) return true;
  return who.roles.some((role) => role === 'Global Administrator' || ALLOWED[deed].includes(role));
}
