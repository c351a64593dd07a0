/** `pause`, `resume`, `cancel`: what stops a job, and lets it go on. */
import { command, type Command, type ExitCode, type Terminal } from '../../command.ts';
import { PROGRAM } from '../../program.ts';
import { agreed, UNASKED_MAX } from '../agreement.ts';
import { connected, CONNECTION_OPTIONS, CONNECTION_USAGE, type Connected } from '../connection.ts';
import { fail } from '../failure.ts';
import { jobIdOf, WAIT_OPTIONS, WAIT_USAGE, withoutUnsaid } from '../options.ts';
import { tellAnswer, tellEnd } from '../outcome.ts';

export const pause: Command = command({
  name: 'pause',
  summary: 'stops sending for a job until "resume"; what is on its way is still looked at',
  usage: `Stops sending for a job. Nothing of it is lost.

  ${PROGRAM} pause JOB --reason "wrong list?"

  --reason TEXT        shown with the job
${CONNECTION_USAGE}`,
  options: { reason: { type: 'string' }, ...CONNECTION_OPTIONS },
  takes: ['JOB'],
  run: async (values, [job = ''], terminal) => {
    const id = jobIdOf(job);
    const { client } = await connected(values, terminal);
    return done(await client.pause(id, withoutUnsaid({ reason: values.reason })), values, terminal);
  },
});

export const cancel: Command = command({
  name: 'cancel',
  summary: 'ends a job: what was not sent yet is never sent',
  usage: `Ends a job. What was sent stays sent; the job tells of each guest what became of it.

  ${PROGRAM} cancel JOB --wait

  --wait               stay until the last request has been looked at
${CONNECTION_USAGE}`,
  options: { wait: { type: 'boolean' }, ...CONNECTION_OPTIONS },
  takes: ['JOB'],
  run: async (values, [job = ''], terminal) => {
    const id = jobIdOf(job);
    const connection = await connected(values, terminal);
    const answer = await connection.client.cancel(id);
    if (values.wait !== true || answer.kind !== 'answered') return done(answer, values, terminal);
    return tellEnd(connection, id, { ...values, 'wait-while-paused': true }, terminal);
  },
});

export const resume: Command = command({
  name: 'resume',
  summary: 'lifts the stop of a job; it also approves one that is held',
  usage: `Lifts the stop of a job that is shown. Where Graph has caused it, one guest is tried first. Where
more than ${UNASKED_MAX} guests would be mailed then, it asks.

  ${PROGRAM} resume JOB --wait

  --yes                do not ask
${WAIT_USAGE}
${CONNECTION_USAGE}`,
  options: { yes: { type: 'boolean' }, ...WAIT_OPTIONS, ...CONNECTION_OPTIONS },
  takes: ['JOB'],
  run: async (values, [job = ''], terminal) => {
    const id = jobIdOf(job);
    const connection = await connected(values, terminal);
    if (values.yes !== true) {
      const refusal = await askBeforeRest(connection, id, values, terminal);
      if (refusal !== undefined) return refusal;
    }
    const answer = await connection.client.resume(id);
    if (answer.kind !== 'answered') return fail(answer, values, terminal);
    return values.wait === true ? tellEnd(connection, id, values, terminal) : done(answer, values, terminal);
  },
});

/** What was asked for has been done, whatever state that is. */
function done(...told: Parameters<typeof tellAnswer>): ExitCode {
  const code = tellAnswer(...told);
  return told[0].kind === 'answered' ? 0 : code;
}

/** Undefined where nobody needs to be asked, or has agreed. */
async function askBeforeRest(
  { client }: Connected,
  id: string,
  values: { readonly json?: boolean | undefined },
  terminal: Terminal,
): Promise<ExitCode | undefined> {
  const seen = await client.job(id);
  if (seen.kind !== 'answered') return fail(seen, values, terminal);
  const { status, dryRun, counts, options } = seen.value;
  if (status !== 'paused' || dryRun === true || counts.pending <= UNASKED_MAX) return undefined;
  if (options.sendInvitationMessage === false)
    terminal.err('The job says that nobody is mailed, but its rows may say otherwise.');
  const answer = await agreed(`up to ${counts.pending} guests`, 'The job stays paused.', terminal);
  return answer === 'agreed' ? undefined : answer;
}
