/** The second layer: what `setup check` says of the app registration and of the permissions of the app's identity. */
import { z } from 'zod';
import type { Command } from '../command.ts';
import { UsageError } from '../errors.ts';
import type { Terminal } from '../terminal.ts';
import { HOLDERS } from '../setup/holders.ts';
import { approvalOf } from './approval.ts';
import type { Learned } from './azure/azure.ts';
import { findingsOf, type Finding } from './finding.ts';

const { unchecked } = findingsOf('entra');

/** What it prints with `--json`. */
const told = z.object({
  things: z.array(z.object({ mark: z.string(), thing: z.string(), detail: z.string().optional() })),
  advice: z.array(z.string()),
  managers: z.enum(HOLDERS).optional(),
});

const STATES: Readonly<Record<string, Finding['state']>> = {
  'is right': 'right',
  kept: 'note',
  'not needed': 'note',
  note: 'note',
  'not allowed': 'unchecked',
  'is missing': 'wrong',
  'is wrong': 'wrong',
  failed: 'wrong',
};

/**
 * @param check the command, which writes nothing; its options come from the environment
 * @param learned what the environment does not say
 */
export async function checkEntra(
  check: Command,
  terminal: Terminal,
  { apiClientId, principalId, holdJobsAbove }: Learned,
): Promise<Finding[]> {
  const lines: string[] = [];
  const env = { API_CLIENT_ID: apiClientId, IDENTITY_PRINCIPAL_ID: principalId, ...terminal.env };
  try {
    await check.run(['--json'], { ...terminal, env, out: (line) => lines.push(line) });
  } catch (error) {
    return [ofFailure(error), ...approvalOf(holdJobsAbove, undefined, env.API_CLIENT_ID)];
  }
  const { things, advice, managers } = told.parse(JSON.parse(lines.join('\n')));
  const toDo =
    advice.find((text) => text.startsWith('To mend it')) ?? advice.at(-1) ?? 'npm run -s guest-reset -- setup';
  const found = things.map(({ mark, thing, detail }): Finding => {
    const state = STATES[mark] ?? 'wrong';
    const code = mark.replaceAll(/ (\w)/g, (_, letter: string) => letter.toUpperCase());
    const says =
      detail ?? (state === 'note' ? 'Setup tells more: npm run -s guest-reset -- setup check' : `It ${mark}.`);
    return { layer: 'entra', state, code, about: thing, says, ...(state !== 'right' && state !== 'note' && { toDo }) };
  });
  const approval = approvalOf(holdJobsAbove, managers, env.API_CLIENT_ID);
  return [...found, ...(env.IDENTITY_PRINCIPAL_ID === undefined ? [NO_IDENTITY] : []), ...approval];
}

const NO_IDENTITY = unchecked(
  'noIdentity',
  "Graph permissions of the app's identity",
  'Nobody has said which identity it is.',
  'IDENTITY_PRINCIPAL_ID=ID before the command, as "azd env get-value IDENTITY_PRINCIPAL_ID" tells',
);

/** Nobody is signed in, or to another tenant, or nobody has said for which app registration. */
function ofFailure(error: unknown): Finding {
  const [says = '', ...more] = (error instanceof Error ? error.message : String(error)).split('\n');
  const about = 'Microsoft Entra';
  if (says.startsWith('Nobody is signed in')) return unchecked('notSignedIn', about, says, more.join(' ').trim());
  return error instanceof UsageError && says.startsWith('Name the environment')
    ? unchecked(
        'notNamed',
        about,
        'Nobody has said which app registration it is.',
        'API_CLIENT_ID=ID before the command, as "azd env get-value API_CLIENT_ID" tells',
      )
    : unchecked('notLookedAt', about, says);
}
