/** `setup` */
import { command } from '../../command.ts';
import { PROGRAM } from '../../program.ts';
import { storeClientId } from '../azd.ts';
import { NO_IDENTITY, setUpIdentity } from '../identity.ts';
import { ALL_OPTIONS, apiUrlOf, IDENTITY_USAGE, identityOf } from '../setup-options.ts';
import { inSession, SESSION_USAGE } from '../session.ts';
import { setUpApp } from '../set-up-app.ts';
import { knownOf, readTarget, TARGET_USAGE } from '../target.ts';

export const setup = command({
  name: 'setup',
  summary: 'does "setup app" and "setup identity"',
  usage: `Makes what guest-reset needs in Entra: the app registration ("setup app") and the permissions of
the app's identity in Graph ("setup identity"). It reads first and writes only what is missing.
Safe to repeat.

  ${PROGRAM} setup --environment prod --identity OBJECT_ID

${TARGET_USAGE}
${IDENTITY_USAGE}
  --url URL           of the API, with /api: adds the console's redirect (default: API_URL)
  --what-if           tell what would be written, and write nothing
${SESSION_USAGE}

Without an identity only the app registration is made.`,
  options: ALL_OPTIONS,
  run: (values, _words, terminal) => {
    const target = readTarget(values, terminal.env);
    const known = knownOf(values, terminal.env);
    const apiUrl = apiUrlOf(values.url, known);
    const identity = identityOf(values.identity, known);
    return inSession(terminal, values, async (session) => {
      const app = await setUpApp(session, target, apiUrl);
      if (app !== undefined && session.mode === 'do')
        await storeClientId(terminal.env, target, app.appId, session.report);
      if (identity === undefined) session.report.advise(NO_IDENTITY);
      else await setUpIdentity(session, identity);
    });
  },
});
