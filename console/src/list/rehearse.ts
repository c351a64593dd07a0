/** Sends a list to be rehearsed, and keeps it with the rehearsal. */
import type { Failure } from '../../../client/answer.ts';
import type { Client } from '../../../client/client.ts';
import type { Job, SubmitQuery } from '../../../client/types.ts';
import type { GuestList } from './guest-list.ts';
import { mailSaid } from './mail-said.ts';
import { bodyOf, rest } from './open-list.ts';
import { keepList, type KeptSource } from './store.ts';

export type Rehearsed = { readonly kind: 'rehearsed'; readonly job: Job } | Failure;

/** The service, and whether a setting of it says what rows leave open: whether Microsoft mails. */
export interface RehearsedBy {
  readonly client: Client;
  readonly mailDefault: boolean | undefined;
}

/**
 * Where nobody says whether Microsoft mails, it is rehearsed as if it did: what would happen to each guest is the same.
 * Which of both it shall be is chosen before the run.
 */
export async function rehearse(
  { client, mailDefault }: RehearsedBy,
  source: KeptSource,
  list: GuestList,
  query: SubmitQuery = {},
): Promise<Rehearsed> {
  // Asked of the list: the service would refuse it, and a long one would be sent twice.
  const said = mailDefault === undefined ? await mailSaid(list, rest) : 'byAll';
  const mail = said !== 'byAll' && { sendInvitationMessage: true };
  const body = await bodyOf(source, list);
  const answer = await client.submit(body, { ...query, ...mail, dryRun: true }, `rehearsal-${crypto.randomUUID()}`);
  if (answer.kind !== 'answered') return answer;
  const job = answer.value;
  const mailIsOpenOf = said === 'bySome' ? 'some' : 'all';
  await keepList({ key: job.id, source, changes: list.changes, ...(said !== 'byAll' && { mailIsOpenOf }) });
  return { kind: 'rehearsed', job };
}
