/** `status` */
import { command } from '../../command.ts';
import { PROGRAM } from '../../program.ts';
import { connected, CONNECTION_OPTIONS, CONNECTION_USAGE } from '../connection.ts';
import { jobIdOf } from '../options.ts';
import { tellAnswer, tellEnd } from '../outcome.ts';

export const status = command({
  name: 'status',
  summary: 'tells how a job stands; with --watch until it has ended or is paused',
  usage: `Tells how a job stands. Ctrl-C while it watches leaves the job running.

  ${PROGRAM} status JOB --watch

  --watch              stay until the job has ended or is paused, and show how far it is
  --wait-while-paused  stay until it has ended, also while it is paused
${CONNECTION_USAGE}`,
  options: { watch: { type: 'boolean' }, 'wait-while-paused': { type: 'boolean' }, ...CONNECTION_OPTIONS },
  takes: ['JOB'],
  run: async (values, [job = ''], terminal) => {
    const id = jobIdOf(job);
    const connection = await connected(values, terminal);
    return values.watch === true || values['wait-while-paused'] === true
      ? tellEnd(connection, id, values, terminal)
      : tellAnswer(await connection.client.job(id), values, terminal);
  },
});
