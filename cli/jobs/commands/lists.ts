/** `jobs`, `guest` and `audit`: what there was. */
import type { JobFilter } from '../../../client/types.ts';
import { command, type Command } from '../../command.ts';
import { UsageError } from '../../errors.ts';
import { PROGRAM } from '../../program.ts';
import { connected, CONNECTION_OPTIONS, CONNECTION_USAGE } from '../connection.ts';
import { auditTable, historyTable, jobTable } from '../described.ts';
import { jobIdOf, withoutUnsaid } from '../options.ts';
import { tellList } from '../outcome.ts';

const LIMIT = { limit: { type: 'string', default: '20' } } as const;
const LIMIT_USAGE = '  --limit N            at most so many (default 20)';

function limitOf(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new UsageError(`--limit must be a whole number from 1, not "${text}".`);
  return Number(text);
}

export const jobs: Command = command({
  name: 'jobs',
  summary: 'lists the jobs that you may see, newest first',
  usage: `Lists jobs, newest first: id, time, status, how many are done, who submitted it and why.

  ${PROGRAM} jobs --status paused,inProgress

  --status LIST        only these, some with commas: queued, inProgress, paused, canceling,
                       completed, completedWithErrors, failed, canceled
  --retry-of JOB       only retries of this one
${LIMIT_USAGE}
${CONNECTION_USAGE}

With --json each job is one line.`,
  options: { status: { type: 'string' }, 'retry-of': { type: 'string' }, ...LIMIT, ...CONNECTION_OPTIONS },
  run: async (values, _words, terminal) => {
    const most = limitOf(values.limit);
    const filter: JobFilter = withoutUnsaid({ status: values.status, retryOf: values['retry-of'] });
    const { client } = await connected(values, terminal);
    return tellList(client.jobs(filter), most, jobTable, values, terminal);
  },
});

export const guest: Command = command({
  name: 'guest',
  summary: 'tells every reset that was tried for a guest, by whom and why, newest first',
  usage: `Lists what was tried for one guest: time, outcome, job, who submitted it and why.

  ${PROGRAM} guest 6f3cba15-0d1e-4b4f-93a0-7d0d36e6f0a1

${LIMIT_USAGE}
${CONNECTION_USAGE}

The guest is named by object id, UPN or mail. With --json each reset is one line. How the guest
stands now: look GUEST.`,
  options: { ...LIMIT, ...CONNECTION_OPTIONS },
  takes: ['GUEST'],
  run: async (values, [name = ''], terminal) => {
    const most = limitOf(values.limit);
    const { client } = await connected(values, terminal);
    return tellList(client.guestResets(name), most, historyTable, values, terminal);
  },
});

export const audit: Command = command({
  name: 'audit',
  summary: 'tells who did what to jobs, to the tenant and to what is kept of guests, newest first',
  usage: `Lists who did what, when and why; of jobs that are gone, too. Needs the role Read or Manage.

  ${PROGRAM} audit --job JOB

  --job JOB            only what was done to this job
${LIMIT_USAGE}
${CONNECTION_USAGE}

With --json each entry is one line.`,
  options: { job: { type: 'string' }, ...LIMIT, ...CONNECTION_OPTIONS },
  run: async (values, _words, terminal) => {
    const most = limitOf(values.limit);
    const filter = withoutUnsaid({ jobId: values.job === undefined ? undefined : jobIdOf(values.job) });
    const { client } = await connected(values, terminal);
    return tellList(client.audit(filter), most, auditTable, values, terminal);
  },
});
