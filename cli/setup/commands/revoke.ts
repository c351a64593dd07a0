/** `setup revoke` */
import { command } from '../../command.ts';
import { PROGRAM } from '../../program.ts';
import { readRole, revoke } from '../grants.ts';
import { GRANT_OPTIONS } from '../setup-options.ts';
import { inSession, SESSION_USAGE } from '../session.ts';
import { readTarget, TARGET_USAGE } from '../target.ts';

export const setupRevoke = command({
  name: 'setup revoke',
  summary: 'takes a role away: setup revoke ada@tenant.example Submit',
  usage: `Takes a role away from a person, a group, an application or a managed identity.

  ${PROGRAM} setup revoke ada@tenant.example Submit --environment prod

${TARGET_USAGE}
  --what-if           tell what would be removed, and remove nothing
${SESSION_USAGE}

Tokens that were given out keep the role until they expire.`,
  options: GRANT_OPTIONS,
  takes: ['PRINCIPAL', 'ROLE'],
  run: (values, [principal = '', text = ''], terminal) => {
    const role = readRole(text);
    const target = readTarget(values, terminal.env);
    return inSession(terminal, values, (session) => revoke(session, target, principal, role));
  },
});
