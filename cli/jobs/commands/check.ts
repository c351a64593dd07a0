/** `check` */
import { sleep } from '../../../client/sleep.ts';
import { command } from '../../command.ts';
import { PROGRAM } from '../../program.ts';
import { connected, CONNECTION_OPTIONS, CONNECTION_USAGE } from '../connection.ts';
import { fail, interrupted } from '../failure.ts';
import { jobIdOf } from '../options.ts';
import { lineOf } from '../line.ts';
import { faultBeside, tellJob } from '../outcome.ts';

const LOOKED_EVERY_MS = 3_000;

export const check = command({
  name: 'check',
  summary: 'looks who has redeemed since; sends nothing',
  usage: `Looks at each guest of an ended job, whether the invitation was redeemed since. Sends nothing.

  ${PROGRAM} check JOB

  --no-wait            do not stay until all were looked at
${CONNECTION_USAGE}

Those who have not redeemed: results JOB --redemption pending.`,
  options: { 'no-wait': { type: 'boolean' }, ...CONNECTION_OPTIONS },
  takes: ['JOB'],
  run: async (values, [job = ''], terminal) => {
    const id = jobIdOf(job);
    const { client, signal } = await connected(values, terminal);
    let answer = await client.check(id);
    if (answer.kind !== 'answered') return fail(answer, values, terminal);
    const leaving = {
      lines: [`The check goes on. To come back: ${lineOf(`check ${id}`, values)}`],
      json: { jobId: id },
    };
    try {
      while (answer.kind === 'answered' && answer.value.check?.status === 'inProgress' && values['no-wait'] !== true) {
        await sleep(LOOKED_EVERY_MS, signal);
        answer = await client.job(id);
      }
    } catch (error) {
      if (!signal.aborted) throw faultBeside(error, leaving);
      return interrupted(values, terminal, leaving);
    }
    if (answer.kind !== 'answered') return fail(answer, values, terminal, leaving);
    tellJob(answer.value, values, terminal);
    if (values.json !== true && (answer.value.check?.counts.pending ?? 0) > 0)
      terminal.err(`To remind who has not: ${lineOf(`results ${id} --redemption pending -o pending.csv`, values)}`);
    return 0;
  },
});
