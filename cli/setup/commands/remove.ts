/** `setup remove` */
import { command } from '../../command.ts';
import { PROGRAM } from '../../program.ts';
import { removeSetup } from '../remove.ts';
import { ALL_OPTIONS, IDENTITY_USAGE, identityOf } from '../setup-options.ts';
import { inSession, SESSION_USAGE } from '../session.ts';
import { knownOf, readTarget, TARGET_USAGE } from '../target.ts';

const { url: _, ...options } = { ...ALL_OPTIONS, yes: { type: 'boolean' } } as const;

export const setupRemove = command({
  name: 'setup remove',
  summary: 'removes what setup has made in Entra',
  usage: `Removes the Graph permissions of the app's identity, and the app registration if setup has made it.
It tells what it will remove, and asks first. One made by hand stays.

  ${PROGRAM} setup remove --environment prod --identity OBJECT_ID

${TARGET_USAGE}
${IDENTITY_USAGE}
  --yes               do not ask
  --what-if           tell what would be removed, and remove nothing
${SESSION_USAGE}

Entra keeps a removed app registration, and its name, for 30 days. "setup app" restores it.`,
  options,
  run: (values, _words, terminal) => {
    const target = readTarget(values, terminal.env);
    const identity = identityOf(values.identity, knownOf(values, terminal.env));
    const agrees = async (): Promise<boolean> =>
      values.yes === true || (await terminal.confirm('Remove all of this?')) === true;
    return inSession(terminal, values, (session) => removeSetup(session, target, identity, agrees));
  },
});
