/** Making a job: the last question, the one key, and what came of it. */
import { randomUUID } from 'node:crypto';
import type { Answer } from '../../client/answer.ts';
import type { Job } from '../../client/types.ts';
import type { ExitCode, Terminal } from '../command.ts';
import { askBeforeMail } from './agreement.ts';
import type { Connected, ConnectionValues } from './connection.ts';
import { fail } from './failure.ts';
import { lineOf, tellEnd, tellJob } from './outcome.ts';

interface Making {
  /** The same as a dry run, where somebody is asked by what comes of that. */
  readonly rehearse: ((key: string) => Promise<Answer<Job>>) | undefined;
  readonly make: (key: string) => Promise<Answer<Job>>;
  /** The command that does the same. */
  readonly again: string;
}

type Values = ConnectionValues & {
  readonly key?: string | undefined;
  readonly wait?: boolean | undefined;
  readonly 'wait-while-paused'?: boolean | undefined;
};

export async function tellMade(
  connection: Connected,
  values: Values,
  terminal: Terminal,
  { rehearse, make, again }: Making,
): Promise<ExitCode> {
  const answer = rehearse && (await askBeforeMail(connection, () => rehearse(randomUUID()), terminal));
  if (answer === 'declined') {
    terminal.err('Nobody was mailed.');
    return 1;
  }
  if (answer !== undefined && answer !== 'agreed') return fail(answer, values, terminal);
  const key = values.key ?? randomUUID();
  const made = await make(key).catch((error: unknown) => {
    if (!connection.signal.aborted) throw error;
    return undefined;
  });
  if (made === undefined) {
    terminal.err('Interrupted: whether it was submitted is not known. This makes no second job of the same:');
    terminal.err(lineOf(`${again} --key ${key}`, values));
    return 130;
  }
  if (made.kind !== 'answered') return fail(made, values, terminal);
  return values.wait === true
    ? tellEnd(connection, made.value.id, values, terminal)
    : tellJob(made.value, values, terminal);
}
