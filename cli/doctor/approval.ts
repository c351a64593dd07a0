/** Whether jobs wait for approval, and whether anybody could give it. */
import { PROGRAM } from '../program.ts';
import type { Holders } from '../setup/holders.ts';
import { findingsOf, type Finding } from './finding.ts';

const { note, wrong } = findingsOf('entra');

/**
 * Only who has not submitted a job approves it, so one holder of the role Manage is too few for the jobs of that one.
 * @param above the setting; undefined where nothing is held, or nobody has seen it
 * @param managers undefined where nobody has looked
 */
export function approvalOf(
  above: string | undefined,
  managers: Holders | undefined,
  apiClientId: string | undefined,
): Finding[] {
  if (above === undefined) return [];
  const about = 'approval of large jobs';
  const held =
    `Jobs of more than ${above} resets wait (HOLD_JOBS_ABOVE) for somebody with the role Manage who did not submit ` +
    'them';
  const registration = apiClientId === undefined ? '' : ` --client-id ${apiClientId}`;
  const toDo = `${PROGRAM} setup grant SIGN_IN_NAME Manage${registration}`;
  switch (managers) {
    case 'none':
      return [wrong('nobodyApproves', about, `${held}, and nobody has that role: each waits for ever.`, toDo)];
    case 'one':
      return [note('oneApproves', about, `${held}. One has that role: nobody could approve a job of theirs.`, toDo)];
    case 'a group':
      return [
        note(
          'jobsHeld',
          about,
          `${held}. A group has that role, and you may not see who is in it; it needs two members.`,
        ),
      ];
    case 'several':
      return [note('jobsHeld', about, `${held}. Several have that role.`)];
    case undefined:
      return [note('jobsHeld', about, `${held}. Who has that role was not looked at.`)];
  }
}
