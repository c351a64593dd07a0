/** Which directory role each step needs, and what to tell whoever has it not. */
import { PROGRAM } from '../program.ts';
import { GraphRefusal, isDenied } from '../graph/refusal.ts';
import type { Session } from './session.ts';

/**
 * Sources: Entra documentation, "Default user permissions" and "Microsoft Entra built-in roles"; Graph documentation,
 * "Grant an appRoleAssignment for a service principal". Global Administrator may do all of it.
 */
const NEEDS = {
  register: 'Application Developer (or Cloud Application Administrator)',
  changeApplication: 'Cloud Application Administrator (or to be an owner of the app registration)',
  grantGraphPermission: 'Privileged Role Administrator',
  grantRole: 'Cloud Application Administrator (or to be an owner of the app registration)',
} as const;
export type Deed = keyof typeof NEEDS;

/**
 * Does one thing. Where that is not allowed, or fails, the report says so, and the steps that do not need it go on.
 * @param command that does it, for whoever may
 * @returns whether it is done
 */
export async function attempt(
  { report, tenantId }: Session,
  { deed, command, thing }: { readonly deed: Deed; readonly command: string; readonly thing: string },
  act: () => Promise<void>,
): Promise<boolean> {
  try {
    await act();
    return true;
  } catch (error) {
    if (!(error instanceof GraphRefusal)) throw error;
    if (!isDenied(error)) {
      report.line('failed', thing, error.message);
      return false;
    }
    report.line('not allowed', thing, `it needs the role ${NEEDS[deed]}`);
    report.advise(
      [
        `You may not do all of this. Have it done by somebody with the role ${NEEDS[deed]}:`,
        `  ${PROGRAM} ${command} --tenant ${tenantId}`,
        'If you are eligible for that role, activate it, sign in again, and run the same.',
      ].join('\n'),
    );
    return false;
  }
}
