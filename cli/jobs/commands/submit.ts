/** `submit` */
import type { SubmitQuery } from '../../../client/types.ts';
import { command } from '../../command.ts';
import { PROGRAM } from '../../program.ts';
import { isAskedFor, UNASKED_MAX } from '../agreement.ts';
import { connected, CONNECTION_OPTIONS, CONNECTION_USAGE } from '../connection.ts';
import { LIST_OPTIONS, LIST_USAGE, listOf } from '../list.ts';
import { howToDoIt, tellMade } from '../made.ts';
import {
  duplicateQuery,
  GUEST_OPTIONS,
  GUEST_USAGE,
  MAKING_OPTIONS,
  MAKING_USAGE,
  makingQuery,
  MANY_OPTIONS,
  MANY_USAGE,
} from '../options.ts';

export const submit = command({
  name: 'submit',
  summary: 'resets the guests of a list: a CSV, JSON or NDJSON file, or "-" for what is written into it',
  usage: `Submits a list as one job: all of it, or nothing where something is wrong with it. Before mail
goes to more than ${UNASKED_MAX} guests it rehearses, tells whom it would mail, and asks.

  ${PROGRAM} submit users.csv --send-mail --wait
  ${PROGRAM} submit users.csv --dry-run --wait

${MAKING_USAGE}
${MANY_USAGE}
${GUEST_USAGE}
  --change-email-domain OLD:NEW
                       derive each new address from the guest's mail
${LIST_USAGE}
${CONNECTION_USAGE}`,
  options: {
    ...MAKING_OPTIONS,
    ...MANY_OPTIONS,
    ...GUEST_OPTIONS,
    'change-email-domain': { type: 'string' },
    ...LIST_OPTIONS,
    ...CONNECTION_OPTIONS,
  },
  takes: ['FILE'],
  run: async (values, [file = ''], terminal, typed) => {
    const query: SubmitQuery = { ...makingQuery(values), ...duplicateQuery(values) };
    const list = await listOf(file, values, terminal);
    const connection = await connected(values, terminal);
    const { client } = connection;
    const isAsked = isAskedFor(query, values, list.atMost);
    return tellMade(connection, values, terminal, {
      rehearse: isAsked ? (key) => client.submit(list, rehearsalOf(query), key) : undefined,
      why: query.sendInvitationMessage === false ? 'rows may ask for mail although --no-mail is said' : undefined,
      make: (key) => client.submit(list, query, key),
      typed,
      next: howToDoIt(values, typed, list.atMost > UNASKED_MAX),
    });
  },
});

/** At once, and without what is about sending. */
function rehearsalOf(query: SubmitQuery): SubmitQuery {
  const rehearsal = { ...query, dryRun: true };
  for (const name of ['pauseAfter', 'notBefore', 'notAfter', 'maxPerMinute'] as const) delete rehearsal[name];
  return rehearsal;
}
