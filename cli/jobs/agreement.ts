/** Nobody mails more than a handful of guests by accident: a mail cannot be taken back. */
import type { Answer } from '../../client/answer.ts';
import type { Followed } from '../../client/follow.ts';
import type { Job } from '../../client/types.ts';
import type { ExitCode } from '../command.ts';
import { UsageError } from '../errors.ts';
import type { Terminal } from '../terminal.ts';
import type { Connected, ConnectionValues } from './connection.ts';
import { causesText } from './described.ts';
import { fail, interrupted } from './failure.ts';
import { lineOf } from './line.ts';
import { plain } from './plain.ts';
import { watchJob } from './watch.ts';

/** Whoever mails so many guests is not asked. */
export const UNASKED_MAX = 20;
/** A rehearsal is waited for so long; of one that takes longer only the size of the list is known. */
const REHEARSAL_MS = 20_000;

/**
 * Whether whoever makes a job of that many is asked before: not about a rehearsal, nor who has said yes beforehand, nor
 * who stops after a few, for the rest is asked about at the resume.
 * @param atMost guests of the list, where that is known
 */
export function isAskedFor(
  {
    dryRun,
    pauseAfter = Infinity,
  }: { readonly dryRun?: boolean | undefined; readonly pauseAfter?: number | undefined },
  { yes }: { readonly yes?: boolean | undefined },
  atMost = Infinity,
): boolean {
  return dryRun !== true && yes !== true && Math.min(pauseAfter, atMost) > UNASKED_MAX;
}

interface Rehearsal {
  /** Submits the same as a dry run. */
  readonly rehearse: () => Promise<Answer<Job>>;
  readonly why: string | undefined;
}

/**
 * Rehearses what will be sent, tells what would come of it, and asks. The rehearsal finds what is wrong with a list
 * before anybody agrees to it, and only the service knows whom it would mail.
 * @returns the exit code where nothing is to be sent, and that was told
 * @throws UsageError where nobody sits there who could be asked
 */
export async function askBeforeMail(
  connected: Connected,
  values: ConnectionValues,
  terminal: Terminal,
  { rehearse, why }: Rehearsal,
): Promise<'agreed' | ExitCode> {
  let id: string | undefined;
  try {
    const begun = await rehearse();
    if (begun.kind !== 'answered') return fail(begun, values, terminal);
    const { total } = begun.value;
    if (total <= UNASKED_MAX) return 'agreed';
    ({ id } = begun.value);
    const because = why === undefined ? '' : `, for ${why}`;
    terminal.err(`Rehearsing with ${total} guests (job ${plain(id)}); nothing is sent${because}.`);
    const rehearsed = await endOf(connected, id, terminal);
    if (rehearsed !== 'late' && !('job' in rehearsed)) return fail(rehearsed, values, terminal);
    const mailed = rehearsed === 'late' ? undefined : mailedIn(rehearsed.job);
    if (mailed !== undefined && mailed.count <= UNASKED_MAX) return 'agreed';
    if (mailed !== undefined) terminal.err(mailed.text);
    else terminal.err(`It takes longer: --dry-run makes a whole one. ${await stopRehearsal(connected, id, values)}`);
    const whom = mailed ? `${mailed.count} guests` : `up to ${total} guests`;
    return await agreed(whom, 'Nobody was mailed.', values, terminal);
  } catch (error) {
    if (!connected.signal.aborted) throw error;
    const told = id === undefined ? 'Nobody was mailed.' : await stopRehearsal(connected, id, values);
    return interrupted(values, terminal, { lines: [told], json: {} });
  }
}

function mailedIn({ summary, total, ...job }: Job): { readonly count: number; readonly text: string } {
  const count = 'wouldMail' in summary ? summary.wouldMail : total;
  const causes = causesText({ summary, total, ...job });
  const others = causes === '' ? '' : ` Others: ${causes}.`;
  return { count, text: `${count} of ${total} would be mailed by Microsoft.${others}` };
}

/** @returns what to tell of it */
async function stopRehearsal({ afterwards }: Connected, id: string, values: ConnectionValues): Promise<string> {
  const canceled = await afterwards()
    .cancel(id)
    .catch(() => undefined);
  return canceled?.kind === 'answered'
    ? 'The rehearsal was canceled; nobody was mailed.'
    : `The rehearsal goes on, and mails nobody. To stop it: ${lineOf(`cancel ${id}`, values)}`;
}

/**
 * @param whom such as `480 guests`
 * @param otherwise what is told where somebody says no
 * @throws UsageError where nobody sits there who could be asked
 */
export const agreed = (
  whom: string,
  otherwise: string,
  values: { readonly json?: boolean | undefined },
  terminal: Terminal,
): Promise<'agreed' | ExitCode> =>
  confirmed(`Mail ${whom}?`, { nobody: `${whom} would be mailed`, otherwise }, values, terminal);

/**
 * Asks about what cannot be taken back.
 * @param told `nobody` begins the sentence that is told where nobody can be asked, `otherwise` is what is told where
 *   somebody says no
 * @throws UsageError where nobody sits there who could be asked
 */
export async function confirmed(
  question: string,
  { nobody, otherwise }: { readonly nobody: string; readonly otherwise: string },
  values: { readonly json?: boolean | undefined },
  terminal: Terminal,
): Promise<'agreed' | ExitCode> {
  const answer = await terminal.confirm(`${question} There is no undo.`);
  if (answer === undefined) {
    const sentence = `${nobody}, and nobody sits here who could be asked: say --yes.`;
    throw new UsageError(sentence.replace(/^u/, 'U'), 'confirmationNeeded');
  }
  if (answer === 'left') return interrupted(values, terminal, { lines: [otherwise], json: {} });
  if (answer) return 'agreed';
  terminal.err(otherwise);
  if (values.json === true) terminal.out(JSON.stringify({ code: 'declined', detail: otherwise }));
  return 1;
}

async function endOf({ client, signal }: Connected, id: string, terminal: Terminal): Promise<Followed | 'late'> {
  const late = AbortSignal.timeout(REHEARSAL_MS);
  try {
    const both = { client, signal: AbortSignal.any([signal, late]) };
    return await watchJob(both, id, terminal, { waitWhilePaused: true, ctrlC: 'Ctrl-C cancels the rehearsal' });
  } catch (error) {
    if (signal.aborted || !late.aborted) throw error;
    return 'late';
  }
}
