/** The jobs of a run: of both lanes, overlapping, with rows of every sort. */
import type { DirectoryUser } from '../../local/graph/directory.ts';
import type { Random } from '../../local/graph/random.ts';

export interface PlannedJob {
  /** When, in ms after the start of the run. */
  readonly at: number;
  readonly key: string;
  readonly path: string;
  readonly contentType: 'application/json' | 'text/csv';
  readonly body: string;
  readonly rows: number;
  /** Sent twice at the same moment. */
  readonly isDoubled: boolean;
}

/** How long after the start the last job comes. */
const SUBMITTED_WITHIN_MS = 6 * 60_000;

export function planJobs(random: Random, users: readonly DirectoryUser[], sizes: readonly number[]): PlannedJob[] {
  const guests = users.filter(({ creationType, roles }) => creationType === 'Invitation' && roles.length === 0);
  const odd = users.filter(({ creationType, roles }) => creationType !== 'Invitation' || roles.length > 0);
  return sizes.map((size, index): PlannedJob => {
    // Windows into the same list: so jobs overlap.
    const from = random.below(Math.max(1, guests.length - size));
    const chosen = random.shuffle(guests.slice(from, from + size));
    const strangers = random.shuffle(odd);
    const rows = chosen.map((guest, row): Row => {
      const stranger = random.fraction() < 0.02 ? strangers.pop() : undefined;
      return stranger === undefined ? rowOf(random, guest, `${index}-${row}`) : { user: stranger.id };
    });
    const common = { at: random.below(index === 0 ? 10_000 : SUBMITTED_WITHIN_MS), key: `job-${index}`, rows: rows.length, isDoubled: random.fraction() < 0.3 };
    const [only] = chosen;
    if (size === 1 && only !== undefined && random.fraction() < 0.5) {
      return { ...common, path: `/guests/${only.id}/resets`, contentType: 'application/json', body: JSON.stringify({ sendInvitationMessage: true }) };
    }
    if (random.fraction() < 0.3) {
      const csv = ['user,sendInvitationMessage,invitedUserEmailAddress', ...rows.map((row) => `${row.user},${row.sendInvitationMessage ?? true},${row.invitedUserEmailAddress ?? ''}`)].join('\n');
      return { ...common, path: '/jobs', contentType: 'text/csv', body: csv };
    }
    return { ...common, path: '/jobs', contentType: 'application/json', body: JSON.stringify({ sendInvitationMessage: true, resets: rows }) };
  });
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
    ...(random.fraction() < 0.08 && { invitedUserEmailAddress: `moved-${place}@newpartner.example` }),
  };
}
