/** `reset` */
import type { ResetBody } from '../../../client/types.ts';
import { command } from '../../command.ts';
import { PROGRAM } from '../../program.ts';
import { connected, CONNECTION_OPTIONS, CONNECTION_USAGE } from '../connection.ts';
import {
  GUEST_OPTIONS,
  GUEST_USAGE,
  MAKING_OPTIONS,
  MAKING_USAGE,
  makingQuery,
  WAIT_OPTIONS,
  withoutUnsaid,
} from '../options.ts';
import { howToDoIt, makeOnce } from '../made.ts';
import { hasEnded, tellEnd, tellJob } from '../outcome.ts';

/** Of the answer; a job that takes longer is followed. */
const WAIT_SECONDS = 20;

export const reset = command({
  name: 'reset',
  summary: 'resets one guest, named by object id, UPN or mail, and tells what came of it',
  usage: `Resets one guest and waits for the end.

  ${PROGRAM} reset anna.berg@fabrikam.example --send-mail

  --email ADDRESS      invite this address; a new one is added to the guest first
  --reference TEXT     your own words for the reset; given back with its result
  --wait               changes nothing: it always waits
  --wait-while-paused  also while everything is paused
${MAKING_USAGE}
${GUEST_USAGE}
${CONNECTION_USAGE}

With --no-mail the guest needs the redeem URL. It is a secret, and stands in the results:
results JOB -o FILE.`,
  options: {
    email: { type: 'string' },
    reference: { type: 'string' },
    ...WAIT_OPTIONS,
    ...MAKING_OPTIONS,
    ...GUEST_OPTIONS,
    ...CONNECTION_OPTIONS,
  },
  takes: ['USER'],
  run: async (values, [user = ''], terminal, typed) => {
    const query = makingQuery(values);
    const connection = await connected(values, terminal);
    const body: ResetBody = withoutUnsaid({ invitedUserEmailAddress: values.email, reference: values.reference });
    const job = await makeOnce(connection, values, terminal, {
      make: (key) => connection.client.resetGuest(user, body, query, key, WAIT_SECONDS),
      typed,
    });
    if (typeof job === 'number') return job;
    const next = howToDoIt(values, typed);
    const isLeft = job.status === 'paused' && values['wait-while-paused'] !== true;
    return hasEnded(job) || isLeft
      ? tellJob(job, values, terminal, next)
      : tellEnd(connection, job.id, values, terminal, next);
  },
});
