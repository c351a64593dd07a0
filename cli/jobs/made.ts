/** Making a job: the last question, the one key, and what came of it. */
import { randomUUID } from 'node:crypto';
import type { Answer } from '../../client/answer.ts';
import type { Job } from '../../client/types.ts';
import type { ExitCode } from '../command.ts';
import type { Terminal } from '../terminal.ts';
import { askBeforeMail } from './agreement.ts';
import type { Connected, ConnectionValues } from './connection.ts';
import { effectOf } from './effect.ts';
import { lineOf } from './line.ts';
import { waits } from './options.ts';
import { tellEnd, tellJob } from './outcome.ts';

interface Making {
  /** Why there is a rehearsal, where nobody would expect one. */
  readonly why?: string | undefined;
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
  { rehearse, why, make, again }: Making,
): Promise<ExitCode> {
  if (rehearse !== undefined) {
    const rehearsal = { rehearse: () => rehearse(randomUUID()), why };
    const answer = await askBeforeMail(connection, values, terminal, rehearsal);
    if (answer !== 'agreed') return answer;
  }
  const made = await makeOnce(connection, values, terminal, { make, again });
  if (typeof made === 'number') return made;
  return waits(values) ? tellEnd(connection, made.id, values, terminal) : tellJob(made, values, terminal);
}

/** Makes a job with one key, which is told where nobody knows what became of it. @returns the exit code without one */
export async function makeOnce<T extends Job>(
  connection: Connected,
  values: ConnectionValues & { readonly key?: string | undefined },
  terminal: Terminal,
  { make, again }: { readonly make: (key: string) => Promise<Answer<T>>; readonly again: string },
): Promise<T | ExitCode> {
  const key = values.key ?? randomUUID();
  const line = lineOf(`${again} --key ${key}`, values);
  const unknown = {
    lines: [`Whether it was submitted is not known. This makes no second job of it: ${line}`],
    json: { key },
  };
  return effectOf(connection, () => make(key), values, terminal, unknown);
}
