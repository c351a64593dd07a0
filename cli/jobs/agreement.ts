/** Nobody mails more than a handful of guests by accident: a mail cannot be taken back. */
import type { Answer, Failure } from '../../client/answer.ts';
import type { Job } from '../../client/types.ts';
import { UsageError, type Terminal } from '../command.ts';
import type { Connected } from './connection.ts';
import { causesText } from './described.ts';
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

export type Agreement = 'agreed' | 'declined' | Failure;

/**
 * Rehearses what will be sent, tells what would come of it, and asks. The rehearsal finds what is wrong with a list
 * before anybody agrees to it, and only the service knows whom it would mail.
 * @param rehearse submits the same as a dry run
 * @throws UsageError where nobody sits there who could be asked
 */
export async function askBeforeMail(
  connected: Connected,
  rehearse: () => Promise<Answer<Job>>,
  terminal: Terminal,
): Promise<Agreement> {
  const begun = await rehearse();
  if (begun.kind !== 'answered') return begun;
  const { id, total } = begun.value;
  if (total <= UNASKED_MAX) return 'agreed';
  terminal.err(`Rehearsing with ${total} guests (job ${plain(id)}); nothing is sent.`);
  const rehearsed = await endOf(connected, id, terminal);
  const wouldMail = rehearsed && 'wouldMail' in rehearsed.summary ? rehearsed.summary.wouldMail : total;
  if (wouldMail <= UNASKED_MAX) return 'agreed';
  if (rehearsed === undefined) {
    await connected.client.cancel(id);
    terminal.err('The rehearsal takes longer and was canceled: --dry-run makes a whole one.');
  } else {
    const causes = causesText(rehearsed);
    terminal.err(`${wouldMail} of ${total} would be mailed by Microsoft.${causes === '' ? '' : ` Others: ${causes}.`}`);
  }
  return agreed(`${rehearsed ? '' : 'up to '}${wouldMail} guests`, terminal);
}

/** @param whom such as `480 guests` */
export async function agreed(whom: string, terminal: Terminal): Promise<Agreement> {
  const answer = await terminal.confirm(`Mail ${whom}? There is no undo.`);
  if (answer === undefined)
    throw new UsageError(`${whom} would be mailed, and nobody sits here who could be asked: say --yes.`);
  return answer ? 'agreed' : 'declined';
}

/** Undefined where it takes too long. */
async function endOf({ client, signal }: Connected, id: string, terminal: Terminal): Promise<Job | undefined> {
  const late = AbortSignal.timeout(REHEARSAL_MS);
  try {
    const both = { client, signal: AbortSignal.any([signal, late]) };
    const end = await watchJob(both, id, terminal, { waitWhilePaused: true });
    return end.kind === 'ended' ? end.job : undefined;
  } catch (error) {
    if (signal.aborted || !late.aborted) throw error;
    return undefined;
  }
}
