/** Sends a list to be rehearsed, and keeps it with the rehearsal. */
import type { Answer, Failure } from '../../../client/answer.ts';
import type { Client } from '../../../client/client.ts';
import type { Job, Problem, SubmitQuery } from '../../../client/types.ts';
import type { GuestList } from './guest-list.ts';
import { bodyOf } from './open-list.ts';
import { keepList, type KeptSource } from './store.ts';

export type Rehearsed = { readonly kind: 'rehearsed'; readonly job: Job } | Failure;

/** Lists that say nothing of mail where no setting does: known from the first time that they were sent. */
const withoutMail = new WeakSet<Blob>();

/**
 * Where nobody says whether Microsoft mails, it is rehearsed as if it did: what would happen to each guest is the same.
 * Which of both it shall be is chosen before the run.
 */
export async function rehearse(
  client: Client,
  source: KeptSource,
  list: GuestList,
  query: SubmitQuery = {},
): Promise<Rehearsed> {
  const body = await bodyOf(source, list);
  const send = (): Promise<Answer<Job>> => {
    const mail = withoutMail.has(source.bytes) && { sendInvitationMessage: true };
    return client.submit(body, { ...query, ...mail, dryRun: true }, `rehearsal-${crypto.randomUUID()}`);
  };
  let answer = await send();
  if (answer.kind === 'refused' && lacksMail(answer.problem.errors ?? [])) {
    withoutMail.add(source.bytes);
    if (answer.problem.errors?.length === 1) answer = await send();
    else answer = { ...answer, problem: withoutMailProblem(answer.problem) };
  }
  if (answer.kind !== 'answered') return answer;
  const job = answer.value;
  await keepList({ key: job.id, source, changes: list.changes, mustChooseMail: withoutMail.has(source.bytes) });
  return { kind: 'rehearsed', job };
}

const LACKS_MAIL = 'missingSendInvitationMessage';

const lacksMail = (errors: readonly { readonly code: string }[]): boolean =>
  errors.some(({ code }) => code === LACKS_MAIL);

/** The others, which have to be corrected first. */
function withoutMailProblem(problem: Problem): Problem {
  const { errors = [], errorCount = errors.length } = problem;
  return { ...problem, errors: errors.filter(({ code }) => code !== LACKS_MAIL), errorCount: errorCount - 1 };
}
