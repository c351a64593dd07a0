/** How fast the documented budgets let anybody be. */
import { DIRECTORY_WRITES, INVITATIONS } from '../../shared/domain/limits.ts';

const INVITATIONS_PER_SECOND = INVITATIONS.limit / INVITATIONS.windowSeconds;
export const WRITES_PER_SECOND = DIRECTORY_WRITES.limit / DIRECTORY_WRITES.windowSeconds;

/**
 * The least seconds for so many resets of one write and one invitation each, from an untouched budget, if no window may
 * hold more than its limit: a window's writes at the rate of invitations, then the rest of that window, and so on.
 */
export function floorSeconds(resets: number): number {
  const fullWindows = Math.max(0, Math.ceil(resets / DIRECTORY_WRITES.limit) - 1);
  return (
    fullWindows * DIRECTORY_WRITES.windowSeconds +
    (resets - fullWindows * DIRECTORY_WRITES.limit) / INVITATIONS_PER_SECOND
  );
}
