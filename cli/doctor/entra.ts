/** The second layer: what `setup check` says of the app registration and of the permissions of the app's identity. */
import { z } from 'zod';
import { UsageError, type Command, type Terminal } from '../command.ts';
import { findingsOf, type Finding } from './finding.ts';

const { unchecked } = findingsOf('entra');

/** What it prints with `--json`. */
const told = z.object({
  things: z.array(z.object({ mark: z.string(), thing: z.string(), detail: z.string().optional() })),
  advice: z.array(z.string()),
});

const STATES: Readonly<Record<string, Finding['state']>> = {
  'is right': 'right',
  kept: 'right',
  note: 'note',
  'not allowed': 'unchecked',
  'is missing': 'wrong',
  'is wrong': 'wrong',
  failed: 'wrong',
};

/** @param check the command, which writes nothing; its options are of the environment */
export async function checkEntra(check: Command, { env, err }: Pick<Terminal, 'env' | 'err'>): Promise<Finding[]> {
  const lines: string[] = [];
  try {
    await check.run(['--json'], { env, err, out: (line) => lines.push(line), ask: async () => undefined });
  } catch (error) {
    return [ofFailure(error)];
  }
  const { things, advice } = told.parse(JSON.parse(lines.join('\n')));
  const toDo =
    advice.find((text) => text.startsWith('To mend it')) ?? advice.at(-1) ?? 'npm run -s guest-reset -- setup';
  return things.map(({ mark, thing, detail }): Finding => {
    const state = STATES[mark] ?? 'wrong';
    const code = mark.replaceAll(/ (\w)/g, (_, letter: string) => letter.toUpperCase());
    const says = detail ?? `It ${mark}.`;
    return { layer: 'entra', state, code, about: thing, says, ...(state !== 'right' && state !== 'note' && { toDo }) };
  });
}

/** Nobody is signed in, or nobody has said for which app registration. */
function ofFailure(error: unknown): Finding {
  const [says = '', ...more] = (error instanceof Error ? error.message : String(error)).split('\n');
  return error instanceof UsageError
    ? unchecked('notNamed', 'app registration', says, 'Set API_CLIENT_ID, as "azd env get-values" tells.')
    : unchecked('notSignedIn', 'Microsoft Entra', says, more.join(' ').trim() || 'az login --allow-no-subscriptions');
}
