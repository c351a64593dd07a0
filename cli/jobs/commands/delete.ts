/** `delete` */
import { command, type Command } from '../../command.ts';
import { PROGRAM } from '../../program.ts';
import { confirmed } from '../agreement.ts';
import { connected, CONNECTION_OPTIONS, CONNECTION_USAGE } from '../connection.ts';
import { effectOf } from '../effect.ts';
import { lineOf } from '../line.ts';
import { jobIdOf } from '../options.ts';

export const deleteJob: Command = command({
  name: 'delete',
  summary: 'deletes an ended job; of each guest it leaves the id, the outcome and the reference',
  usage: `Deletes a job that has ended, with its results. The history of each guest keeps the id, the outcome
and the reference, and the audit keeps who did what. It asks first.

  ${PROGRAM} delete JOB

  --yes                do not ask
${CONNECTION_USAGE}`,
  options: { yes: { type: 'boolean' }, ...CONNECTION_OPTIONS },
  takes: ['JOB'],
  run: async (values, [job = ''], terminal) => {
    const id = jobIdOf(job);
    const connection = await connected(values, terminal);
    if (values.yes !== true) {
      const told = { nobody: 'A job would be deleted', otherwise: 'Nothing was deleted.' };
      const answer = await confirmed(`Delete job ${id} and its results?`, told, values, terminal);
      if (answer !== 'agreed') return answer;
    }
    const deleting = async () => {
      const answer = await connection.client.deleteJob(id);
      return answer.kind === 'answered' ? { ...answer, value: { jobId: id, deleted: true } } : answer;
    };
    const unknown = {
      lines: [`Whether it was done is not known. To look: ${lineOf(`status ${id}`, values)}`],
      json: { jobId: id },
    };
    const deleted = await effectOf(connection, deleting, values, terminal, unknown);
    if (typeof deleted === 'number') return deleted;
    terminal.out(values.json === true ? JSON.stringify(deleted) : `Job ${id} is deleted.`);
    return 0;
  },
});
