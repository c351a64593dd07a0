/** `retry` */
import type { Client } from '../../../client/client.ts';
import type { RetryQuery } from '../../../client/types.ts';
import { command } from '../../command.ts';
import { PROGRAM } from '../../program.ts';
import { isAskedFor } from '../agreement.ts';
import { connected, CONNECTION_OPTIONS, CONNECTION_USAGE } from '../connection.ts';
import {
  duplicateQuery,
  jobIdOf,
  MAKING_OPTIONS,
  MAKING_USAGE,
  makingQuery,
  MANY_OPTIONS,
  MANY_USAGE,
  withoutUnsaid,
} from '../options.ts';
import { howToDoIt, tellMade } from '../made.ts';

export const retry = command({
  name: 'retry',
  summary: 'submits once more, as a new job, what failed and may succeed now, or was canceled',
  usage: `Makes a new job of those resets of an ended one that were canceled, or failed and may succeed later.
With --status it takes all that ended so instead. What succeeded is never taken.

  ${PROGRAM} retry JOB --wait

  --status LIST        failed, skipped, unknown, canceled: all that ended so, some with commas.
                       Of "unknown" a guest may get a second mail
  --code LIST          of these only what ended with one of the codes, with commas between
${MAKING_USAGE}
${MANY_USAGE}
${CONNECTION_USAGE}

Options that are not said are those of the job.`,
  options: {
    status: { type: 'string' },
    code: { type: 'string' },
    ...MAKING_OPTIONS,
    ...MANY_OPTIONS,
    ...CONNECTION_OPTIONS,
  },
  takes: ['JOB'],
  run: async (values, [job = ''], terminal, typed) => {
    const id = jobIdOf(job);
    const query: RetryQuery = {
      ...makingQuery(values),
      ...duplicateQuery(values),
      ...withoutUnsaid({ status: values.status, code: values.code }),
    };
    const { status, code, sendInvitationMessage } = query;
    const rehearsal = withoutUnsaid({ status, code, sendInvitationMessage, dryRun: true });
    const connection = await connected(values, terminal);
    const { client } = connection;
    // Of a rehearsal every retry is one.
    const isOfRehearsal = values['dry-run'] === true && (await isRehearsal(client, id));
    return tellMade(connection, values, terminal, {
      // Said of a retry it holds for each of its resets.
      rehearse:
        sendInvitationMessage !== false && isAskedFor(query, values)
          ? (key) => client.retry(id, rehearsal, key)
          : undefined,
      make: (key) => client.retry(id, query, key),
      typed,
      next: isOfRehearsal ? undefined : howToDoIt(values, typed),
    });
  },
});

async function isRehearsal(client: Client, id: string): Promise<boolean> {
  const old = await client.job(id);
  return old.kind === 'answered' && old.value.dryRun === true;
}
