/** Sends a list to be rehearsed, and keeps it with the rehearsal. */
import type { Failure } from '../../../client/answer.ts';
import type { Client } from '../../../client/client.ts';
import type { ConsoleConfig, Job, List } from '../../../client/types.ts';
import { carryChoices } from './choices.ts';
import { mailSaid } from './mail-said.ts';
import { bodyOf, rest } from './open-list.ts';
import { keepList, listAtWork } from './store.ts';
import type { Chosen } from './take.ts';

/** The browser has lost what it kept of the list: nothing was sent. */
export interface Unread {
  readonly kind: 'unread';
}
export type Rehearsed = { readonly kind: 'rehearsed'; readonly job: Job } | Failure | Unread;

export interface RehearsedBy {
  readonly client: Client;
  readonly config: ConsoleConfig | undefined;
}

/**
 * Where nobody says whether Microsoft mails, it is rehearsed as if it did: what would happen to each guest is the same.
 * Which of both it shall be is chosen before the run.
 */
export async function rehearse({ client, config }: RehearsedBy, chosen: Chosen): Promise<Rehearsed> {
  const { source, list, of, options = {} } = chosen;
  const before = listAtWork();
  // Asked of the list: the service would refuse it, and a long one would be sent twice.
  const said = config?.defaultSendInvitationMessage === undefined ? await mailSaid(list, rest) : 'byAll';
  const mail = said !== 'byAll' && { sendInvitationMessage: true };
  let body: List;
  try {
    body = await bodyOf(source, list);
  } catch {
    return { kind: 'unread' };
  }
  const answer = await client.submit(body, { ...options, ...mail, dryRun: true }, `rehearsal-${crypto.randomUUID()}`);
  if (answer.kind !== 'answered') return answer;
  const job = answer.value;
  const kept = { source, changes: list.changes, options };
  await keepList({
    key: job.id,
    ...kept,
    ...(of !== undefined && { of }),
    ...(said !== 'byAll' && { mailIsOpenOf: said === 'bySome' ? 'some' : 'all' }),
  });
  // A list that is worked on beside that of an older rehearsal stays as it is, and what was done to it meanwhile.
  const [asSent, atWork] = [await before, await listAtWork()];
  if (atWork?.keptAt === asSent?.keptAt && atWork !== undefined && (of === undefined || atWork.of === of))
    await keepList({ ...atWork, ...kept, of: job.id, isChanged: false });
  if (of !== undefined) carryChoices(of, job.id);
  return { kind: 'rehearsed', job };
}
