/** Sends a list to be rehearsed, and keeps it with the rehearsal. */
import type { Failure } from '../../../client/answer.ts';
import type { Client } from '../../../client/client.ts';
import type { Job, SubmitQuery } from '../../../client/types.ts';
import type { GuestList } from './guest-list.ts';
import { bodyOf } from './open-list.ts';
import { keepList, type KeptSource } from './store.ts';

export type Rehearsed = { readonly kind: 'rehearsed'; readonly job: Job } | Failure;

export async function rehearse(
  client: Client,
  source: KeptSource,
  list: GuestList,
  query: SubmitQuery = {},
): Promise<Rehearsed> {
  const body = await bodyOf(source, list);
  const send = (more: SubmitQuery) =>
    client.submit(body, { ...query, ...more, dryRun: true }, `rehearsal-${crypto.randomUUID()}`);
  let answer = await send({});
  const mustChooseMail = answer.kind === 'refused' && lacksMail(answer.problem.errors ?? []);
  // What would happen to each guest is the same with or without mail. Which of both is chosen before the run.
  if (mustChooseMail) answer = await send({ sendInvitationMessage: true });
  if (answer.kind !== 'answered') return answer;
  const job = answer.value;
  await keepList({ key: job.id, source, changes: list.changes, mustChooseMail });
  return { kind: 'rehearsed', job };
}

const lacksMail = (errors: readonly { readonly code: string }[]): boolean =>
  errors.some(({ code }) => code === 'missingSendInvitationMessage');
