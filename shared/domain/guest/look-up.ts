/** Finding a guest: how a selector is looked up, and what the answer says. */
import { graphError, type BatchAnswer, type GraphAnswer } from '../graph/answer.ts';
import { meaningOf, noToken, type ErrorClass } from '../graph/errors.ts';
import { guestState, hasProxyAddress, readUser, type GraphUser, hasAddress } from './guest.ts';
import type { ResetRecord, Verdict } from '../reset/reset.ts';
import { NOT_SAID, type RetryAfter } from '../graph/retry-after.ts';

/**
 * What a look-up asks Graph for. `newMail`: all who keep the address from becoming another's mail. `isShown`: with what
 * only people read.
 */
export type LookUp = {
  readonly by: 'id' | 'userPrincipalName' | 'mail' | 'newMail';
  readonly value: string;
  readonly isShown?: true;
};

/** Whether the answer is a list of users: of those who have an address. */
export const findsByAddress = ({ by }: LookUp): boolean => by === 'mail' || by === 'newMail';

/** The object id once it is known: names and addresses may change under way. */
export function lookUpOf(record: ResetRecord): LookUp {
  return record.guestId === undefined ? record.request.selector : { by: 'id', value: record.guestId };
}

/** Five whom a message names, the guest whose address is looked up, and one more, which shows that there are others. */
export const TOLD_MAX = 7;

export type Found =
  | { readonly kind: 'user'; readonly user: GraphUser }
  | { readonly kind: 'none' }
  /** Not all of them: at most `TOLD_MAX`. */
  | { readonly kind: 'several'; readonly users: readonly GraphUser[] }
  | FailedLookUp;

/** The look-up itself failed. Reading is safe to repeat, unless it never can succeed (`guest`). */
export type FailedLookUp = { readonly kind: 'failed'; readonly verdict: Verdict } & (
  | { readonly class: 'throttled'; readonly wait: RetryAfter }
  | { readonly class: Exclude<ErrorClass, 'throttled'>; readonly wait?: RetryAfter }
);

/** What a batch of look-ups found for one of them. Reads are safe to repeat, so no answer is only a failed try. */
export function readLookUp(lookUp: LookUp, batch: BatchAnswer, id: string): Found {
  switch (batch.kind) {
    case 'notSent':
      return batch.tokenMissing
        ? { kind: 'failed', class: 'tenant', verdict: noToken(batch.message) }
        : notAnswered(batch.message);
    case 'noAnswer':
      return notAnswered(batch.message);
    case 'refused':
      return refusedBatch(batch.answer);
    case 'answered': {
      const answer = batch.answers.get(id);
      const found = answer === undefined ? notAnswered('the look-up was left out') : readAnswer(lookUp, answer);
      const tellsNobody = found.kind === 'none' || (found.kind === 'failed' && found.class === 'guest');
      const isMixedUp = tellsNobody && [...batch.answers.values()].some((other) => tells(other, lookUp));
      return isMixedUp ? unexpected('in another place of the batch') : found;
    }
  }
}

/** Whether the answer, which need not stand at this look-up, tells a user who is asked for here. */
function tells({ status, body }: GraphAnswer, lookUp: LookUp): boolean {
  if (status !== 200) return false;
  return [body, ...(listOf(body) ?? [])].some((each) => {
    const read = readUser(each);
    return read.kind === 'user' && isAskedFor(lookUp, read.user);
  });
}

function readAnswer(lookUp: LookUp, answer: GraphAnswer): Found {
  if (answer.status === 404 && /ResourceNotFound/i.test(graphError(answer.body).code)) return { kind: 'none' };
  if (answer.status !== 200) return failedLookUp(answer);
  const told = usersOf(lookUp, answer.body);
  if (told === undefined) return unexpected(UNKNOWN_SHAPE);
  const found: GraphUser[] = [];
  for (const body of told) {
    const read = readUser(body);
    if (read.kind === 'unreadable') return unexpected(UNKNOWN_SHAPE);
    if (read.kind === 'incomplete') return { kind: 'failed', class: 'retry', verdict: guestIncomplete(read.missing) };
    if (!isAskedFor(lookUp, read.user)) return unexpected('about another user than was asked for');
    found.push(read.user);
  }
  const [first, second] = found;
  if (first === undefined) return { kind: 'none' };
  return second === undefined ? { kind: 'user', user: first } : { kind: 'several', users: found.slice(0, TOLD_MAX) };
}

/**
 * The users that an answer tells; undefined where it is no such answer, or has more pages and may hide a second user.
 */
function usersOf(lookUp: LookUp, body: unknown): readonly unknown[] | undefined {
  if (!findsByAddress(lookUp)) return [body];
  const users = listOf(body);
  const isWhole = users !== undefined && (users.length > 1 || !('@odata.nextLink' in (body as object)));
  return isWhole ? users : undefined;
}

const listOf = (body: unknown): readonly unknown[] | undefined =>
  typeof body === 'object' && body !== null && 'value' in body && Array.isArray(body.value) ? body.value : undefined;

/** Whether the user has the id, the UPN or the address that was asked for, as far as the answer shows it. */
function isAskedFor({ by, value }: LookUp, user: GraphUser): boolean {
  switch (by) {
    case 'id':
      return user.id.toLowerCase() === value.toLowerCase();
    case 'userPrincipalName':
      return user.userPrincipalName?.toLowerCase() === value.toLowerCase();
    case 'mail':
      return hasAddress(guestState(user), value);
    case 'newMail':
      return hasAddress(guestState(user), value) || hasProxyAddress(user, value);
  }
}

/** An answer to the batch as a whole says nothing about a single guest. */
function refusedBatch(answer: GraphAnswer): Found {
  const meaning = failedLookUp(answer);
  if (meaning.class === 'throttled' || meaning.class === 'tenant' || meaning.verdict.code === 'tokenRejected')
    return meaning;
  return {
    ...meaning,
    class: 'retry',
    verdict: {
      code: 'graphRefusedBatch',
      message: `Graph answered the look-ups as a whole with ${answer.status}.`,
      nextStep: 'Nothing: the service tries again.',
    },
  };
}

const notAnswered = (why: string): Found => ({
  kind: 'failed',
  class: 'retry',
  verdict: { code: 'graphUnreachable', message: `Graph did not answer the look-up: ${why}` },
});

function failedLookUp(answer: GraphAnswer): FailedLookUp {
  const { class: errorClass, ...verdict } = meaningOf(answer);
  const { retryAfter: wait } = answer;
  return errorClass === 'throttled'
    ? { kind: 'failed', class: errorClass, verdict, wait: wait ?? NOT_SAID }
    : {
        kind: 'failed',
        class: errorClass === 'odd' ? 'retry' : errorClass,
        verdict,
        ...(wait !== undefined && { wait }),
      };
}

const UNKNOWN_SHAPE = 'in a shape that the service does not know';

const unexpected = (how: string): Found => ({
  kind: 'failed',
  class: 'retry',
  verdict: { code: 'unexpectedAnswer', message: `Graph answered the look-up ${how}.` },
});

const guestIncomplete = (missing: readonly string[]): Verdict => ({
  code: 'guestIncomplete',
  message: `Graph's answer leaves out ${missing.join(', ')} of the user, so nothing was decided.`,
  nextStep: 'Read the user in Graph Explorer with $select; once Graph tells these properties, submit again.',
});

/** A token refused twice in a row is no passing fault: nobody's look-up can succeed. */
export function escalateLookUp(found: Found, before: Verdict | undefined): Found {
  return found.kind === 'failed' && found.verdict.code === 'tokenRejected' && before?.code === 'tokenRejected'
    ? { ...found, class: 'tenant' }
    : found;
}
