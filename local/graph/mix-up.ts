/** Answers that reach the wrong request: about another user, or of another request of the batch. */
import { succeeded, type Answer, type Outcome } from './answer.ts';
import { allAddresses, type DirectoryUser } from './directory.ts';
import type { Subject } from './faults.ts';
import type { SimulatorState } from './state.ts';
import { viewUser, type Property } from './user-view.ts';

/** The same answer about another guest of the tenant: a user, a list of users, or an invitation. */
export function aboutAnother(state: SimulatorState, answer: Answer, subject: Subject): Answer {
  const other = anotherGuest(state, subject);
  const { body = {} } = answer;
  if ('invitedUser' in body) return { ...answer, body: { ...body, invitedUser: { id: other.id } } };
  if ('value' in body && Array.isArray(body.value)) {
    const [shown = { id: '', mail: null, otherMails: [] }] = body.value as object[];
    return { ...answer, body: { ...body, value: [viewUser(other, Object.keys(shown) as Property[])] } };
  }
  const properties = Object.keys(body).filter((name): name is Property => !name.startsWith('@'));
  return 'id' in body ? { ...answer, body: { ...body, ...viewUser(other, properties) } } : answer;
}

function anotherGuest({ directory }: SimulatorState, { userId, addresses }: Subject): DirectoryUser {
  for (const user of directory.all()) {
    const isMeant = user.id === userId || addresses.some((address) => allAddresses(user).has(address.toLowerCase()));
    if (!isMeant && user.externalUserState === 'Accepted' && user.roles.length === 0) return user;
  }
  throw new Error('The simulated tenant has no other guest.');
}

/**
 * Each answer that was struck by `swap` goes to the next of these requests; a single one changes with another. Not with
 * every one: if neither of the two tells what became of its own request, nobody can ever tell that they were swapped.
 */
export function swapAnswers(outcomes: ReadonlyMap<string, Outcome>): Map<string, Outcome> {
  const struck = [...outcomes].filter(([, { act }]) => act === 'swap');
  const ring = struck.map(([id]) => id);
  const [only] = struck.length === 1 ? struck : [];
  const other = [...outcomes].find(
    ([id, outcome]) => !ring.includes(id) && (namesUser(only?.[1]) || isPlain(outcome.answer)),
  );
  if (only !== undefined && other !== undefined) ring.push(other[0]);
  const swapped = new Map(outcomes);
  for (const [position, id] of ring.entries()) {
    const from = outcomes.get(ring[(position + 1) % ring.length] ?? id);
    if (from !== undefined) swapped.set(id, { ...from, act: from.act === 'swap' ? 'answer' : from.act });
  }
  return swapped;
}

const namesUser = (outcome: Outcome | undefined): boolean =>
  outcome !== undefined && succeeded(outcome.answer) && isPlain(outcome.answer);

/** Statuses that say whether an invitation was done. A look-up does nothing. */
const PLAIN: readonly number[] = [200, 201, 400, 401, 403, 404, 424, 429];

const isPlain = ({ status, body = {} }: Answer): boolean =>
  PLAIN.includes(status) && !('status' in body && body.status === 'Error');
