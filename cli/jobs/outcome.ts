/** What a command of jobs tells at its end, and the exit code that scripts branch on. */
import type { Answer, Failure } from '../../client/answer.ts';
import type { Followed } from '../../client/follow.ts';
import type { Job } from '../../client/types.ts';
import type { ExitCode } from '../command.ts';
import { ToldError } from '../errors.ts';
import type { Terminal } from '../terminal.ts';
import { type Connected, type ConnectionValues } from './connection.ts';
import { canBeRetried, describeJob, resetTable } from './described.ts';
import { fail, interrupted, type Beside } from './failure.ts';
import { lineOf } from './line.ts';
import { watchJob } from './watch.ts';

/** 0 also while it is under way: what is wrong is not known yet. */
export function exitCodeOf({ status }: Job): ExitCode {
  switch (status) {
    case 'paused':
      return 4;
    case 'completedWithErrors':
    case 'failed':
    case 'canceled':
      return 3;
    default:
      return 0;
  }
}

export const hasEnded = ({ endedAt }: Job): boolean => endedAt !== undefined;

/**
 * Tells how a job stands, and of one that needs somebody what can be done.
 * @param next of a rehearsal, what does what it rehearses
 */
export function tellJob(job: Job, values: ConnectionValues, terminal: Terminal, next?: string): ExitCode {
  if (values.json === true) {
    terminal.out(JSON.stringify(job));
    return exitCodeOf(job);
  }
  for (const line of describeJob(job)) terminal.out(line);
  for (const line of resetTable(job.resets ?? [])) terminal.out(`  ${line}`);
  terminal.err(nextLine(job, values));
  if (next !== undefined && isWorthDoing(job)) terminal.err(next);
  if (hasEnded(job) && canBeRetried(job))
    terminal.err(`To try again what failed and may succeed: ${lineOf(`retry ${job.id}`, values)}`);
  return exitCodeOf(job);
}

/** Also while nobody knows yet what it will tell. */
const isWorthDoing = (job: Job): boolean => !hasEnded(job) || (job.status !== 'canceled' && job.counts.succeeded > 0);

function nextLine(job: Job, values: ConnectionValues): string {
  if (hasEnded(job)) return `Results: ${lineOf(`results ${job.id} -o results.csv`, values)}`;
  if (job.status !== 'paused') return `To follow it: ${lineOf(`status ${job.id} --watch`, values)}`;
  if (job.pausedReason?.scope === 'tenant') return `To go on: ${lineOf('tenant resume', values)}`;
  const resume = lineOf(`resume ${job.id}`, values);
  return job.pausedReason?.code === 'awaitingApproval'
    ? `Somebody else with the role Manage can approve it: ${resume}`
    : `To go on: ${resume}`;
}

/** Tells an answer that is a job, or why it is none. */
export function tellAnswer(answer: Answer<Job>, values: ConnectionValues, terminal: Terminal): ExitCode {
  return answer.kind === 'answered' ? tellJob(answer.value, values, terminal) : fail(answer, values, terminal);
}

/** What is told where somebody leaves a job, whatever made them. */
export const leaving = (id: string, values: ConnectionValues): Beside => ({
  lines: [
    `Job ${id} goes on. To come back: ${lineOf(`status ${id} --watch`, values)}`,
    `To stop it: ${lineOf(`cancel ${id}`, values)}`,
  ],
  json: { jobId: id },
});

/** The same fault, with what is told beside it. */
export function faultBeside(error: unknown, { lines, json }: Beside): ToldError {
  const message = error instanceof Error ? error.message : String(error);
  const told = error instanceof ToldError ? error.json : { code: 'failed' };
  return new ToldError([message, ...lines].join('\n'), { detail: message, ...told, ...json });
}

/** Waits for a job, and tells how it ended. Whatever ends the waiting before, it goes on, and what to type is told. */
export async function tellEnd(
  connected: Connected,
  id: string,
  values: ConnectionValues & { readonly 'wait-while-paused'?: boolean | undefined },
  terminal: Terminal,
  next?: string,
): Promise<ExitCode> {
  let followed: Followed;
  try {
    followed = await watchJob(connected, id, terminal, { waitWhilePaused: values['wait-while-paused'] === true });
  } catch (error) {
    if (!connected.signal.aborted) throw faultBeside(error, leaving(id, values));
    return interrupted(values, terminal, leaving(id, values));
  }
  if ('job' in followed) return tellJob(followed.job, values, terminal, next);
  const isThere = followed.kind !== 'refused' || followed.problem.code !== 'jobNotFound';
  return fail(followed, values, terminal, isThere ? leaving(id, values) : undefined);
}

/** Tells each item of a list as it comes: as NDJSON, or in the lines that `lines` makes of all. */
export async function tellList<T>(
  items: AsyncGenerator<T, Failure | undefined>,
  most: number,
  lines: (all: readonly T[]) => readonly string[],
  values: ConnectionValues,
  terminal: Terminal,
): Promise<ExitCode> {
  const all: T[] = [];
  for (let count = 0; count < most; count++) {
    const { done, value } = await items.next();
    if (done === true) {
      if (value !== undefined) return fail(value, values, terminal);
      break;
    }
    if (values.json === true) terminal.out(JSON.stringify(value));
    else all.push(value);
  }
  for (const line of lines(all)) terminal.out(line);
  return 0;
}
