/** `look` and `erase`: one guest, as the directory has them, and in what is kept. */
import { sleep } from '../../../client/sleep.ts';
import type { Erasure } from '../../../client/types.ts';
import { command, type Command } from '../../command.ts';
import { PROGRAM } from '../../program.ts';
import { confirmed } from '../agreement.ts';
import { connected, CONNECTION_OPTIONS, CONNECTION_USAGE } from '../connection.ts';
import { describeGuest } from '../described.ts';
import { fail, interrupted } from '../failure.ts';
import { lineOf, word } from '../line.ts';
import { faultBeside } from '../outcome.ts';
import { inOurWords } from '../words.ts';

export const look: Command = command({
  name: 'look',
  summary: 'tells how a guest stands in the directory now, and whether a reset would be done',
  usage: `Looks one guest up, and changes nothing. Needs the role Read or Manage.

  ${PROGRAM} look anna.berg@fabrikam.example

${CONNECTION_USAGE}

The guest is named by object id, UPN or mail.`,
  options: CONNECTION_OPTIONS,
  takes: ['GUEST'],
  run: async (values, [name = ''], terminal) => {
    const { client } = await connected(values, terminal);
    const answer = await client.guest(name);
    if (answer.kind !== 'answered') return fail(answer, values, terminal);
    if (values.json === true) terminal.out(JSON.stringify(answer.value));
    else for (const line of describeGuest(answer.value)) terminal.out(line);
    return 0;
  },
});

const ASKED_EVERY_MS = 3_000;

export const erase: Command = command({
  name: 'erase',
  summary: 'takes a guest out of all that is kept of resets; the directory stays as it is',
  usage: `Erases a guest from the results and texts of ended jobs, and from the history. It asks first, and
stays until it is done. Needs the role Manage.

  ${PROGRAM} erase 6f3cba15-0d1e-4b4f-93a0-7d0d36e6f0a1

  --yes                do not ask
${CONNECTION_USAGE}

While a job that has not ended has the guest, nothing is erased. Best name the guest by object id.`,
  options: { yes: { type: 'boolean' }, ...CONNECTION_OPTIONS },
  takes: ['GUEST'],
  run: async (values, [name = ''], terminal) => {
    const { client, signal } = await connected(values, terminal);
    if (values.yes !== true) {
      const told = { nobody: 'A guest would be erased', otherwise: 'Nothing was erased.' };
      const answer = await confirmed('Erase all that is kept of this guest?', told, values, terminal);
      if (answer !== 'agreed') return answer;
    }
    const leaving = {
      lines: [`The erasure may go on. To ask again: ${lineOf(`erase ${word(name)} --yes`, values)}`],
      json: {},
    };
    try {
      let answer = await client.eraseGuest(name);
      while (answer.kind === 'answered' && answer.value.status === 'erasing') {
        terminal.err(`So far ${erasedText(answer.value)}.`);
        await sleep(ASKED_EVERY_MS, signal);
        answer = await client.eraseGuest(name);
      }
      if (answer.kind !== 'answered') return fail(answer, values, terminal);
      if (values.json === true) terminal.out(JSON.stringify(answer.value));
      else for (const line of describeErasure(answer.value)) terminal.out(line);
      return 0;
    } catch (error) {
      if (!signal.aborted) throw faultBeside(error, leaving);
      return interrupted(values, terminal, leaving);
    }
  },
});

const erasedText = ({ erased: { resets, jobs, texts } }: Erasure): string =>
  `resets ${resets}, other texts ${texts}, in jobs ${jobs}`;

const describeErasure = (erasure: Erasure): string[] => [
  `Erased: ${erasedText(erasure)}`,
  ...erasure.kept.map((line) => `  kept: ${inOurWords(line)}`),
  ...erasure.lost.map((line) => `  lost: ${inOurWords(line)}`),
];
