/** `setup check` */
import { command } from '../../command.ts';
import { PROGRAM } from '../../program.ts';
import { tellHolders } from '../holders.ts';
import { NO_IDENTITY, setUpIdentity } from '../identity.ts';
import { apiUrlOf, IDENTITY_OPTIONS, IDENTITY_USAGE, identityOf, SETUP_OPTIONS } from '../setup-options.ts';
import { inSession, SESSION_USAGE } from '../session.ts';
import { setUpApp } from '../set-up-app.ts';
import { knownOf, readTarget, targetArguments, TARGET_USAGE } from '../target.ts';

const { 'what-if': _, ...options } = { ...SETUP_OPTIONS, ...IDENTITY_OPTIONS };

export const setupCheck = command({
  name: 'setup check',
  summary: 'names each thing in Entra that is missing or wrong; writes nothing',
  usage: `Looks at the app registration, the permissions of the app's identity, and who has a role. Names
each thing that is missing or wrong, and who has more than is needed. Writes nothing.

  ${PROGRAM} setup check --environment prod --identity OBJECT_ID

${TARGET_USAGE}
${IDENTITY_USAGE}
  --url URL           of the API, with /api (default: API_URL)
${SESSION_USAGE}

Exit code 1 where something is missing or wrong. Any member of the tenant may run it.`,
  options,
  run: (values, _words, terminal) => {
    const target = readTarget(values, terminal.env);
    const known = knownOf(values, terminal.env);
    const apiUrl = apiUrlOf(values.url, known);
    const identity = identityOf(values.identity, known);
    return inSession(terminal, { ...values, check: true }, async (session) => {
      const app = await setUpApp(session, target, apiUrl);
      if (identity === undefined) session.report.advise(NO_IDENTITY);
      else await setUpIdentity(session, identity);
      await tellHolders(session, target);
      if (session.report.isWhole) return;
      const rest = identity === undefined ? '' : ` --identity ${identity}`;
      session.report.advise(`To mend it: ${PROGRAM} setup ${targetArguments(target, app)}${rest}`);
    });
  },
});
