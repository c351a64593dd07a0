/** `setup identity` */
import { command } from '../../command.ts';
import { UsageError } from '../../errors.ts';
import { PROGRAM } from '../../program.ts';
import { setUpIdentity } from '../identity.ts';
import { IDENTITY_OPTIONS, IDENTITY_USAGE, identityOf } from '../setup-options.ts';
import { inSession, SESSION_USAGE } from '../session.ts';
import { GRAPH_PERMISSIONS } from '../wanted.ts';

export const setupIdentity = command({
  name: 'setup identity',
  summary: "gives the app's identity its permissions in Graph",
  usage: `Gives the app's managed identity what it needs in Graph, and nothing else:
${GRAPH_PERMISSIONS.map(({ value, reason }) => `  ${value.padEnd(30)} ${reason}`).join('\n')}
Run it before the app first starts. Safe to repeat.

  ${PROGRAM} setup identity --identity OBJECT_ID

${IDENTITY_USAGE}
  --what-if           tell what would be written, and write nothing
${SESSION_USAGE}

Who runs it needs the role Privileged Role Administrator.`,
  options: IDENTITY_OPTIONS,
  run: (values, _words, terminal) => {
    const identity = identityOf(values.identity, terminal.env);
    if (identity === undefined)
      throw new UsageError("Name the app's managed identity: --identity OBJECT_ID (or set IDENTITY_PRINCIPAL_ID).");
    return inSession(terminal, values, (session) => setUpIdentity(session, identity));
  },
});
