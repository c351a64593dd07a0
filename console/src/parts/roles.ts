/** Which roles somebody has. The service is the judge: this only hides what it refuses. */
import type { Me } from '../../../client/types.ts';

/** @param me undefined while the service has not told: then nothing is hidden */
export const hasAny = (me: Pick<Me, 'roles'> | undefined, ...roles: Me['roles']): boolean =>
  me === undefined || me.roles.some((role) => roles.includes(role));

/** What others have done, too. */
export const seesAll = (me: Pick<Me, 'roles'> | undefined): boolean => hasAny(me, 'Read', 'Manage');
