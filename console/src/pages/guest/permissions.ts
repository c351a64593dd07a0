/** What somebody may see of a guest, and do. The service is the judge: this only hides what it refuses. */
import type { Me } from '../../../../client/types.ts';
import { hasAny, seesAll } from '../../parts/roles.ts';

export interface Permissions {
  /** How the guest stands in the directory, and the resets of everybody. */
  readonly look: boolean;
  readonly reset: boolean;
  readonly erase: boolean;
}

/** @param me undefined while the service has not told: then nothing is hidden */
export function permissionsOf(me: Pick<Me, 'roles'> | undefined): Permissions {
  return { look: seesAll(me), reset: hasAny(me, 'Submit'), erase: hasAny(me, 'Manage') };
}
