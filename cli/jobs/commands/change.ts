/** `pause`, `resume`, `cancel`: what stops a job, and lets it go on. */
import type { Job } from '../../../client/types.ts';
import { command, type Command, type ExitCode } from '../../command.ts';
import type { Terminal } from '../../terminal.ts';
import { PROGRAM } from '../../program.ts';
import { agreed, UNASKED_MAX } from '../agreement.ts';
import { connected, CONNECTION_OPTIONS, CONNECTION_USAGE, type ConnectionValues } from '../connection.ts';
import { effectOf } from '../effect.ts';
import { fail, type Beside } from '../failure.ts';
import { lineOf } from '../line.ts';
import { jobIdOf, STOP_OPTIONS, stopOf, WAIT_OPTIONS, WAIT_USAGE, waits, withoutUnsaid } from '../options.ts';
import { tellEnd, tellJob } from '../outcome.ts';

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
    const connection = await connected(values, terminal);
    const pausing = () => connection.client.pause(id, withoutUnsaid({ reason: values.reason }));
    return done(await effectOf(connection, pausing, values, terminal, unknown(id, values)), values, terminal);
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
    const canceling = () => connection.client.cancel(id);
    const canceled = await effectOf(connection, canceling, values, terminal, unknown(id, values));
    if (values.wait !== true || typeof canceled === 'number') return done(canceled, values, terminal);
    return tellEnd(connection, id, { ...values, 'wait-while-paused': true }, terminal);
  },
});

export const resume: Command = command({
  name: 'resume',
  summary: 'lifts the stop of a job; it also approves one that is held',
  usage: `Lifts the stop of a job that is shown, and no other that comes meanwhile. Where Graph has caused
it, one guest is tried first. Where more than ${UNASKED_MAX} guests would be mailed then, it asks.

  ${PROGRAM} resume JOB --wait

  --yes                do not ask
  --stop CODE          only where this stop is shown, such as pauseAfter
${WAIT_USAGE}
${CONNECTION_USAGE}`,
  options: { yes: { type: 'boolean' }, ...STOP_OPTIONS, ...WAIT_OPTIONS, ...CONNECTION_OPTIONS },
  takes: ['JOB'],
  run: async (values, [job = ''], terminal) => {
    const [id, named] = [jobIdOf(job), stopOf(values.stop)];
    const connection = await connected(values, terminal);
    const seen = await connection.client.job(id);
    if (seen.kind !== 'answered') return fail(seen, values, terminal);
    if (values.yes !== true) {
      const answer = await askBeforeRest(seen.value, values, terminal);
      if (answer !== 'agreed') return answer;
    }
    const resuming = () => connection.client.resume(id, named ?? ownStop(seen.value));
    const resumed = await effectOf(connection, resuming, values, terminal, unknown(id, values));
    return typeof resumed === 'number' || !waits(values)
      ? done(resumed, values, terminal)
      : tellEnd(connection, id, values, terminal);
  },
});

/** What was asked for has been done, whatever state that is. */
function done(changed: Job | ExitCode, values: ConnectionValues, terminal: Terminal): ExitCode {
  if (typeof changed === 'number') return changed;
  tellJob(changed, values, terminal);
  return 0;
}

const unknown = (id: string, values: ConnectionValues): Beside => ({
  lines: [`Whether it was done is not known. To look: ${lineOf(`status ${id}`, values)}`],
  json: { jobId: id },
});

/** Undefined where the tenant's is shown, for the job's may stand behind it. */
const ownStop = ({ pausedReason }: Job) => (pausedReason?.scope === 'job' ? pausedReason.code : undefined);

/** `agreed` also where nobody needs to be asked. */
async function askBeforeRest(
  { status, dryRun, counts, options }: Job,
  values: ConnectionValues,
  terminal: Terminal,
): Promise<'agreed' | ExitCode> {
  if (status !== 'paused' || dryRun === true || counts.pending <= UNASKED_MAX) return 'agreed';
  if (options.sendInvitationMessage === false)
    terminal.err('The job says that nobody is mailed, but its rows may say otherwise.');
  return agreed(`up to ${counts.pending} guests`, 'The job stays paused.', values, terminal);
}
