/** `setup grant` */
import { command } from '../../command.ts';
import { PROGRAM } from '../../program.ts';
import { grant, readRole } from '../grants.ts';
import { GRANT_OPTIONS } from '../setup-options.ts';
import { inSession, SESSION_USAGE } from '../session.ts';
import { readTarget, TARGET_USAGE } from '../target.ts';
import { APP_ROLES } from '../wanted.ts';

export const setupGrant = command({
  name: 'setup grant',
  summary: 'gives somebody a role: setup grant ada@tenant.example Submit',
  usage: `Gives a person, a group, an application or a managed identity a role:
${APP_ROLES.map(({ value, description }) => `  ${value.padEnd(7)} ${description}`).join('\n')}

  ${PROGRAM} setup grant ada@tenant.example Submit --environment prod
  ${PROGRAM} setup grant 22222222-2222-4222-8222-222222222222 Read --environment prod

PRINCIPAL is an object id, a client id, a user principal name, or a display name that only one has.

${TARGET_USAGE}
  --what-if           tell what would be written, and write nothing
${SESSION_USAGE}

Who runs it is an owner of the app registration, or Cloud Application Administrator.
A role for a group needs the licence Entra ID P1, and reaches its direct members only.`,
  options: GRANT_OPTIONS,
  takes: ['PRINCIPAL', 'ROLE'],
  run: (values, [principal = '', text = ''], terminal) => {
    const role = readRole(text);
    const target = readTarget(values, terminal.env);
    return inSession(terminal, values, (session) => grant(session, target, principal, role));
  },
});
