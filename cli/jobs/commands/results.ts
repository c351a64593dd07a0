/** `results` */
import type { ResetFilter } from '../../../client/types.ts';
import { command } from '../../command.ts';
import { UsageError } from '../../errors.ts';
import { PROGRAM } from '../../program.ts';
import { connected, CONNECTION_OPTIONS, CONNECTION_USAGE } from '../connection.ts';
import { resetTable } from '../described.ts';
import { fail } from '../failure.ts';
import { jobIdOf, oneOf, withoutUnsaid } from '../options.ts';
import { tellList } from '../outcome.ts';
import { checkPlace, writeWhole } from '../whole-file.ts';

export const results = command({
  name: 'results',
  summary: 'writes what became of each guest into a file, or shows it',
  usage: `Writes the results of a job: as CSV with the columns of your own file, which a spreadsheet opens,
or as NDJSON. On a screen it shows a table; a redeem URL, which is a secret, stands only in what
is written.

  ${PROGRAM} results JOB -o results.csv
  ${PROGRAM} results JOB --status failed,unknown

  -o, --output FILE    write into it (.ndjson or .jsonl: NDJSON), readable for nobody else
  --status LIST        only these, some with commas: pending, sending, succeeded, failed, skipped,
                       unknown, canceled
  --code LIST          only those with these codes
  --redemption STATE   only those that the last check found so: pending (not redeemed),
                       accepted (redeemed) or unknown
${CONNECTION_USAGE}`,
  options: {
    output: { type: 'string', short: 'o' },
    status: { type: 'string' },
    code: { type: 'string' },
    redemption: { type: 'string' },
    ...CONNECTION_OPTIONS,
  },
  takes: ['JOB'],
  run: async (values, [job = ''], terminal) => {
    const id = jobIdOf(job);
    const { output, json, status, code } = values;
    if (json === true && output !== undefined) throw new UsageError('Say --json or -o FILE: a file says by its name.');
    const filter: ResetFilter = withoutUnsaid({
      status,
      code,
      redemption: oneOf('--redemption', values.redemption, ['pending', 'accepted', 'unknown']),
    });
    if (output !== undefined) checkPlace(output);
    const { client, signal } = await connected(values, terminal);
    if (output === undefined && json !== true && terminal.isSeen)
      return tellList(client.resets(id, filter), Infinity, resetTable, values, terminal);
    const format = json === true || /\.(?:ndjson|jsonl)$/i.test(output ?? '') ? 'ndjson' : 'csv';
    const answer = await client.exportResets(id, { ...filter, format });
    if (answer.kind !== 'answered') return fail(answer, values, terminal);
    if (output === undefined) await terminal.pour(answer.value);
    else {
      await writeWhole(output, answer.value, signal);
      terminal.err(`Written: ${output}`);
    }
    return 0;
  },
});
