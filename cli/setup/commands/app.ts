/** `setup app` */
import { command } from '../../command.ts';
import { PROGRAM } from '../../program.ts';
import { storeClientId } from '../azd.ts';
import { apiUrlOf, SETUP_OPTIONS } from '../setup-options.ts';
import { inSession, SESSION_USAGE } from '../session.ts';
import { setUpApp } from '../set-up-app.ts';
import { knownOf, readTarget, TARGET_USAGE } from '../target.ts';

export const setupApp = command({
  name: 'setup app',
  summary: 'makes the app registration that callers sign in to, or mends it',
  usage: `Makes the app registration that callers sign in to: the roles Submit, Read and Manage, a scope
for people, Azure CLI and Azure PowerShell as clients, and tokens only for who has a role.
No secret.
It reads first and writes only what is missing; what others have added stays. Safe to repeat.

  ${PROGRAM} setup app --environment prod

${TARGET_USAGE}
  --url URL           of the API, with /api: adds the console's redirect (default: API_URL)
  --what-if           tell what would be written, and write nothing
${SESSION_USAGE}

Who runs it needs the role Application Developer; to mend one of somebody else's, Cloud
Application Administrator.`,
  options: SETUP_OPTIONS,
  run: (values, _words, terminal) => {
    const target = readTarget(values, terminal.env);
    const known = knownOf(values, terminal.env);
    const apiUrl = apiUrlOf(values.url, known);
    return inSession(terminal, values, async (session) => {
      const app = await setUpApp(session, target, apiUrl);
      if (app !== undefined && session.mode === 'do')
        await storeClientId(terminal.env, target, app.appId, session.report);
    });
  },
});
