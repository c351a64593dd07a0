/** The jobs of a run: of both lanes, overlapping, with rows of every sort. */
import type { DirectoryUser } from '../../local/graph/directory.ts';
import type { Random } from '../../local/graph/random.ts';
import { domainOf } from '../../shared/domain/guest/email-domain.ts';
import { dealOptions, NEW_DOMAIN, queryOf, wantsOwnGuests, type AskedOptions } from './asked-options.ts';

export interface PlannedJob {
  /** When, in ms after the start of the run. */
  readonly at: number;
  readonly key: string;
  readonly path: string;
  readonly contentType: 'application/json' | 'text/csv';
  readonly body: string;
  readonly asked: AskedOptions;
  /** Sent twice at the same moment. */
  readonly isDoubled: boolean;
}

/** How long after the start the last job comes. */
const SUBMITTED_WITHIN_MS = 6 * 60_000;

/** Guests at the end of the list whom no window covers, for jobs that are judged by guests of their own. */
const OWN_GUESTS = 120;

/** @param start of the run, in milliseconds since the epoch */
export function planJobs(
  random: Random,
  users: readonly DirectoryUser[],
  sizes: readonly number[],
  start: number,
): PlannedJob[] {
  const guests = users.filter(isPlain);
  const shared = guests.slice(0, -OWN_GUESTS);
  const own = guests.slice(-OWN_GUESTS);
  const odd = users.filter((user) => !isPlain(user));
  const jobs = sizes.map((size, index) => ({
    size,
    index,
    at: random.below(index === 0 ? 10_000 : SUBMITTED_WITHIN_MS),
  }));
  const options = dealOptions(
    random,
    jobs.map(({ at, ...job }) => ({ ...job, submittedAt: start + at })),
  );
  return jobs.map(({ size, index, at }): PlannedJob => {
    const dealt = options.get(index) ?? {};
    const mine = wantsOwnGuests(dealt) ? own.splice(0, Math.ceil(size * OWN_PART)) : [];
    // Windows into the same list: so jobs overlap.
    const from = random.below(Math.max(1, shared.length - size));
    const chosen = random.shuffle(withoutSameMail([...mine, ...shared.slice(from, from + size - mine.length)]));
    const asked = settled(dealt, chosen);
    const strangers = random.shuffle(odd);
    const rows = chosen.map((guest, row): Row => {
      const stranger = random.fraction() < STRANGERS ? strangers.pop() : undefined;
      return stranger === undefined ? rowOf(random, guest, `${index}-${row}`) : { user: nameOf(random, stranger) };
    });
    const query = queryOf(asked);
    const common = { at, key: `job-${index}`, asked, isDoubled: random.fraction() < 0.3 };
    const [only] = chosen;
    if (size === 1 && only !== undefined && random.fraction() < 0.5) {
      return {
        ...common,
        path: `/guests/${only.id}/resets${query}`,
        contentType: 'application/json',
        body: JSON.stringify({ sendInvitationMessage: true }),
      };
    }
    if (random.fraction() < 0.3) {
      const csv = [
        'user,sendInvitationMessage,invitedUserEmailAddress',
        ...rows.map((row) => `${row.user},${row.sendInvitationMessage ?? true},${row.invitedUserEmailAddress ?? ''}`),
      ].join('\n');
      return { ...common, path: `/jobs${query}`, contentType: 'text/csv', body: csv };
    }
    return {
      ...common,
      path: `/jobs${query}`,
      contentType: 'application/json',
      body: JSON.stringify({ sendInvitationMessage: true, resets: rows }),
    };
  });
}

/** Of the rows, so many are about users who are not to be reset, or only just. */
const STRANGERS = 0.05;

/** Invited, external and without a role. */
const isPlain = ({ account, creationType, roles }: DirectoryUser): boolean =>
  account === 'elsewhere' && creationType === 'Invitation' && roles.length === 0;

/** By id mostly: then the address is no matter, and whoever may be the founder is reset. */
const nameOf = (random: Random, { id, userPrincipalName }: DirectoryUser): string =>
  random.fraction() < 0.3 ? userPrincipalName : id;

/** A submission that names two guests by the address they share is refused. */
function withoutSameMail(guests: readonly DirectoryUser[]): DirectoryUser[] {
  const first = new Map(guests.toReversed().map((guest) => [guest.mail?.toLowerCase() ?? guest.id, guest]));
  return guests.filter((guest) => first.get(guest.mail?.toLowerCase() ?? guest.id) === guest);
}

/** Of such a job, the rest overlaps with other jobs. */
const OWN_PART = 0.7;

/** A partner's change of domain is for those who have most of the job's guests. */
function settled({ changeEmailDomain, ...asked }: AskedOptions, guests: readonly DirectoryUser[]): AskedOptions {
  if (changeEmailDomain === undefined) return asked;
  const counts = new Map<string, number>();
  for (const { mail } of guests) if (mail !== null) counts.set(domainOf(mail), (counts.get(domainOf(mail)) ?? 0) + 1);
  const [most] = [...counts].toSorted(([, one], [, other]) => other - one);
  return most === undefined ? asked : { ...asked, changeEmailDomain: { from: most[0], to: changeEmailDomain.to } };
}

interface Row {
  readonly user: string;
  readonly sendInvitationMessage?: boolean;
  readonly invitedUserEmailAddress?: string;
}

function rowOf(random: Random, guest: DirectoryUser, place: string): Row {
  const name = random.fraction();
  return {
    user: name < 0.1 ? guest.userPrincipalName : name < 0.2 && guest.mail !== null ? guest.mail : guest.id,
    ...(random.fraction() < 0.15 && { sendInvitationMessage: false }),
    ...(random.fraction() < 0.08 && { invitedUserEmailAddress: `moved-${place}@${NEW_DOMAIN}` }),
  };
}
