/**
 * What the files in `samples/` hold: a small job that shows every kind of outcome, a list as Entra exports it, and one
 * reset as the Graph documentation writes it.
 */
import type { DirectoryUser } from './directory.ts';
import { entraExport } from './entra-export.ts';
import { csv } from './guest-list.ts';
import type { SpecialCategory } from './special-users.ts';
import { generateTenant, TENANT_ID, type Tenant } from './tenant.ts';

/** The tenant that `npm start` has. The plain guests used are among its first hundred, so a larger one fits too. */
export const SAMPLE_TENANT = { guests: 1000, seed: 1 } as const;

const REDIRECT_URL = `https://myapps.microsoft.com?tenantId=${TENANT_ID}`;
const PLAIN_ROWS = 16;

interface SampleRow {
  readonly user: string;
  readonly invitedUserEmailAddress?: string;
  readonly sendInvitationMessage?: boolean;
}

/** @returns file name → content */
export function sampleFiles() {
  const tenant = generateTenant(SAMPLE_TENANT);
  return {
    'entra-export.csv': entraExport(exportedOf(tenant)),
    'guests.csv': sampleGuests(tenant),
    'reset-one.json': oneReset(at(redeemedOf(tenant), PLAIN_ROWS + 1)),
  } as const;
}

/** Where the guests begin that no other sample names. */
const EXPORTED_FROM = 200;

/** Guests of whom nothing is said elsewhere, and two users whom nobody may reset. */
const exportedOf = (tenant: Tenant): readonly DirectoryUser[] => [
  ...redeemedOf(tenant).slice(EXPORTED_FROM, EXPORTED_FROM + 38),
  special(tenant, 'roleHolder'),
  special(tenant, 'internalGuest'),
];

const redeemedOf = ({ guests }: Tenant): readonly DirectoryUser[] =>
  guests.filter((guest) => guest.externalUserState !== 'PendingAcceptance');

/** The address of a guest who is in no sample file, where the tenant is large enough; undefined where it has none. */
export function loneGuest(tenant: Tenant): string | undefined {
  const redeemed = redeemedOf(tenant);
  return (redeemed[PLAIN_ROWS + 2] ?? redeemed.at(-1))?.mail ?? undefined;
}

/** The rows of `guests.csv` for any tenant; a small one has fewer plain guests. */
export function sampleGuests(tenant: Tenant): string {
  const redeemed = redeemedOf(tenant);
  const selectors = ['id', 'userPrincipalName', 'mail'] as const;
  const plain = redeemed
    .slice(0, PLAIN_ROWS)
    .map((guest, index) => ({ user: guest[selectors[index % 3] ?? 'id'] ?? '' }));
  const moved = redeemed.slice(PLAIN_ROWS, PLAIN_ROWS + 1);
  const pending = tenant.guests.filter((guest) => guest.externalUserState === 'PendingAcceptance').slice(0, 1);
  const rows: SampleRow[] = [
    ...plain,
    ...moved.map(({ userPrincipalName, displayName }) => ({
      user: userPrincipalName,
      invitedUserEmailAddress: `${displayName.replace(/\W+/g, '.').toLowerCase()}@tailspin.example`,
    })),
    ...pending.map(({ id }) => ({ user: id })),
    { user: special(tenant, 'externalMember').id },
    { user: special(tenant, 'disabledGuest').userPrincipalName, sendInvitationMessage: false },
    { user: special(tenant, 'roleHolder').id },
    { user: special(tenant, 'internalMember').mail ?? '' },
    { user: special(tenant, 'internalGuest').id },
    { user: special(tenant, 'sharedMail').mail ?? '' },
    { user: 'nobody@northwind.example' },
  ];
  const cells = rows.map((row, index) => [
    row.user,
    row.invitedUserEmailAddress ?? '',
    String(row.sendInvitationMessage ?? true),
    `HR-${1001 + index}`,
  ]);
  return csv([['user', 'invitedUserEmailAddress', 'sendInvitationMessage', 'reference'], ...cells]);
}

/**
 * Source of the body: Graph documentation, "Reset redemption status for a guest user". Without the message that it
 * has: Microsoft leaves that out where a service sends.
 */
function oneReset(guest: DirectoryUser): string {
  const body = {
    invitedUserEmailAddress: guest.mail,
    sendInvitationMessage: true,
    invitedUserMessageInfo: {
      messageLanguage: 'en-US',
      ccRecipients: [{ emailAddress: { name: null, address: null } }],
    },
    inviteRedirectUrl: REDIRECT_URL,
    invitedUser: { id: guest.id },
    resetRedemption: true,
  };
  return `${JSON.stringify({ resets: [body] }, undefined, 2)}\n`;
}

function special(tenant: Tenant, category: SpecialCategory): DirectoryUser {
  return at(
    tenant.special.filter((each) => each.category === category).map((each) => each.user),
    0,
  );
}

function at(users: readonly DirectoryUser[], index: number): DirectoryUser {
  const user = users[index];
  if (user === undefined) throw new Error(`The sample tenant has too few users of this kind: ${users.length}.`);
  return user;
}
