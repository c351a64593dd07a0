/** What somebody may see of a guest, and do. The service is the judge: this only hides what it refuses. */
import type { Me } from '../../../../client/types.ts';

export interface Permissions {
  /** How the guest stands in the directory, and the resets of everybody. */
  readonly look: boolean;
  readonly reset: boolean;
  readonly erase: boolean;
}

/** @param me undefined while the service has not told: then nothing is hidden */
export function permissionsOf(me: Pick<Me, 'roles'> | undefined): Permissions {
  const has = (role: Me['roles'][number]): boolean => me === undefined || me.roles.includes(role);
  return { look: has('Read') || has('Manage'), reset: has('Submit'), erase: has('Manage') };
}
