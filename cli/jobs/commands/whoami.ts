/** `whoami` */
import { command, type Command } from '../../command.ts';
import { PROGRAM } from '../../program.ts';
import { connected, CONNECTION_OPTIONS, CONNECTION_USAGE } from '../connection.ts';
import { fail } from '../failure.ts';
import { plain } from '../plain.ts';

export const whoami: Command = command({
  name: 'whoami',
  summary: 'tells as whom the service sees you, and which roles you have',
  usage: `Tells as whom the service sees you, and which roles you have.

  ${PROGRAM} whoami

${CONNECTION_USAGE}`,
  options: CONNECTION_OPTIONS,
  run: async (values, _words, terminal) => {
    const { client } = await connected(values, terminal);
    const answer = await client.me();
    if (answer.kind !== 'answered') return fail(answer, values, terminal);
    const { id, name, roles } = answer.value;
    if (values.json === true) terminal.out(JSON.stringify(answer.value));
    else {
      terminal.out(plain(name === undefined ? id : `${name} (${id})`));
      terminal.out(`Roles: ${roles.length === 0 ? 'none' : roles.join(', ')}`);
    }
    return 0;
  },
});
