/** Making a job: the last question, the one key, and what came of it. */
import { randomUUID } from 'node:crypto';
import type { Answer } from '../../client/answer.ts';
import type { Job } from '../../client/types.ts';
import type { ExitCode } from '../command.ts';
import type { Terminal } from '../terminal.ts';
import { askBeforeMail } from './agreement.ts';
import type { Connected, ConnectionValues } from './connection.ts';
import { effectOf } from './effect.ts';
import { sameLine } from './line.ts';
import { waits } from './options.ts';
import { tellEnd, tellJob } from './outcome.ts';

interface Making {
  /** Why there is a rehearsal, where nobody would expect one. */
  readonly why?: string | undefined;
  /** The same as a dry run, where somebody is asked by what comes of that. */
  readonly rehearse: ((key: string) => Promise<Answer<Job>>) | undefined;
  readonly make: (key: string) => Promise<Answer<Job>>;
  /** The line, from the command's name on. */
  readonly typed: readonly string[];
  /** Of a rehearsal, what does what it rehearses, told at the end. */
  readonly next: string | undefined;
}

type MakingValues = ConnectionValues & {
  readonly key?: string | undefined;
  readonly 'dry-run'?: boolean | undefined;
};

type Values = MakingValues & {
  readonly wait?: boolean | undefined;
  readonly 'wait-while-paused'?: boolean | undefined;
};

export async function tellMade(
  connection: Connected,
  values: Values,
  terminal: Terminal,
  { rehearse, why, make, typed, next }: Making,
): Promise<ExitCode> {
  if (rehearse !== undefined) {
    const rehearsal = { rehearse: () => rehearse(randomUUID()), why };
    const answer = await askBeforeMail(connection, values, terminal, rehearsal);
    if (answer !== 'agreed') return answer;
  }
  const made = await makeOnce(connection, values, terminal, { make, typed });
  if (typeof made === 'number') return made;
  return waits(values) ? tellEnd(connection, made.id, values, terminal, next) : tellJob(made, values, terminal, next);
}

/**
 * What does what was rehearsed, in a sentence; undefined where nothing was.
 * @param areMany whether the first ones can go before the others
 */
export function howToDoIt(
  values: MakingValues & { readonly 'pause-after'?: string | undefined },
  typed: readonly string[],
  areMany = false,
): string | undefined {
  if (values['dry-run'] !== true) return undefined;
  const line = `To do what it rehearses${withList(typed)}: ${sameLine(typed, { without: '--dry-run' })}`;
  return areMany && values['pause-after'] === undefined
    ? `${line}\nWith --pause-after 5 beside it only the first five go, until you have looked and resume it.`
    : line;
}

/** What was written into the program is gone. */
const withList = (typed: readonly string[]): string =>
  typed.includes('-') ? ', with the same list written into it' : '';

/**
 * Makes a job with one key, which is told where nobody knows what became of it. A rehearsal has one of its own: that
 * which was named is for what is done after it.
 * @returns the exit code without a job
 */
export async function makeOnce<T extends Job>(
  connection: Connected,
  values: MakingValues,
  terminal: Terminal,
  { make, typed }: { readonly make: (key: string) => Promise<Answer<T>>; readonly typed: readonly string[] },
): Promise<T | ExitCode> {
  const isRehearsal = values['dry-run'] === true;
  const named = isRehearsal ? undefined : values.key;
  const key = named ?? randomUUID();
  const line = sameLine(typed, isRehearsal || named !== undefined ? {} : { key });
  const unknown = {
    lines: [
      isRehearsal
        ? `Whether it was submitted is not known; it mails nobody. Another one${withList(typed)}: ${line}`
        : `Whether it was submitted is not known. This makes no second job of it${withList(typed)}: ${line}`,
    ],
    json: { key },
  };
  return effectOf(connection, () => make(key), values, terminal, unknown);
}
