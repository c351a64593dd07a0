import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { Directory, isExternal } from '../../../local/graph/directory.ts';
import { guestsCsv } from '../../../local/graph/guest-list.ts';
import { sampleListFor } from '../../../local/cloud/sample-list.ts';
import { sampleFiles, SAMPLE_TENANT } from '../../../local/graph/samples.ts';
import { SHARED_MAIL, SPECIAL_KINDS, type SpecialCategory } from '../../../local/graph/special-users.ts';
import { generateTenant, TENANT_ID, type Tenant } from '../../../local/graph/tenant.ts';
import { SAMPLES_EXPECTED, type SampleCategory } from '../../cloud/samples-expected.ts';

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/;
const tenant = generateTenant(SAMPLE_TENANT);
const users = [...tenant.guests, ...tenant.special.map(({ user }) => user)];

describe('a generated tenant', () => {
  test('is the same for the same seed, and another for another', () => {
    expect(generateTenant(SAMPLE_TENANT)).toEqual(tenant);
    const other = generateTenant({ ...SAMPLE_TENANT, seed: 2 });
    const ids = new Set(users.map(({ id }) => id));
    expect([...other.guests, ...other.special.map(({ user }) => user)].filter(({ id }) => ids.has(id))).toEqual([]);
  });

  test('begins with the guests of a smaller one of the same seed, and has the same special users', () => {
    const smaller = generateTenant({ guests: 50, seed: 1 });
    expect(smaller.guests).toEqual(tenant.guests.slice(0, 50));
    expect(smaller.special).toEqual(tenant.special);
  });

  test('has ids, principal names and mails that are unique, but for the mail that is shared on purpose', () => {
    expect(new Set(users.map(({ id }) => id)).size).toBe(users.length);
    expect(new Set(users.map(({ userPrincipalName }) => userPrincipalName.toLowerCase())).size).toBe(users.length);
    const mails = users.flatMap(({ mail }) => (mail === null || mail === SHARED_MAIL ? [] : [mail]));
    expect(new Set(mails).size).toBe(mails.length);
    expect(users.every(({ id }) => GUID.test(id))).toBe(true);
  });

  test('has guests in every state, from several partners, with several ways to sign in, and names with an apostrophe', () => {
    const states = Map.groupBy(tenant.guests, ({ externalUserState }) => externalUserState);
    expect(new Set(states.keys())).toEqual(new Set(['Accepted', 'PendingAcceptance', null]));
    expect(Math.min(...[...states.values()].map((group) => group.length))).toBeGreaterThan(50);
    expect(new Set(tenant.guests.map(({ mail }) => mail?.split('@')[1])).size).toBe(6);
    const issuers = tenant.guests.flatMap(({ identities }) =>
      identities.flatMap(({ signInType, issuer }) => (signInType === 'federated' ? [issuer] : [])),
    );
    expect([...new Set(issuers)].toSorted()).toEqual(['ExternalAzureAD', 'MicrosoftAccount', 'mail']);
    expect(tenant.guests.some(({ mail }) => mail?.includes("'"))).toBe(true);
    expect(tenant.guests[0]?.userPrincipalName).toMatch(
      /^[a-z.'0-9]+_[a-z]+\.example#EXT#@contoso\.onmicrosoft\.example$/,
    );
  });

  test('has special users of every category, each special in its way', () => {
    const of = (category: SpecialCategory) =>
      tenant.special.filter((each) => each.category === category).map(({ user }) => user);
    for (const [category, { count }] of Object.entries(SPECIAL_KINDS))
      expect(tenant.special.filter((each) => each.category === category)).toHaveLength(count);
    expect(of('internalMember').some(isExternal)).toBe(false);
    expect(of('internalGuest').every((user) => !isExternal(user) && user.userType === 'Guest')).toBe(true);
    expect(of('externalMember').every((user) => isExternal(user) && user.userType === 'Member')).toBe(true);
    expect(of('roleHolder').every((user) => isExternal(user) && user.roles.length > 0)).toBe(true);
    expect(of('disabledGuest').every((user) => isExternal(user) && !user.accountEnabled)).toBe(true);
    expect(of('sharedMail').map(({ mail }) => mail)).toEqual([SHARED_MAIL, SHARED_MAIL]);
    expect(of('guestWithoutMail').every(({ mail, otherMails }) => mail === null && otherMails.length === 1)).toBe(true);
  });

  test('has plain guests who can all be reset', () => {
    expect(
      tenant.guests.every(
        (user) => isExternal(user) && user.accountEnabled && user.roles.length === 0 && user.mail !== null,
      ),
    ).toBe(true);
  });
});

describe('a CSV of guests', () => {
  test.each(['id', 'userPrincipalName', 'mail'] as const)('names them by %s', (selector) => {
    const rows: unknown = parse(guestsCsv(tenant, { count: 3, skip: 2, selector, sendInvitationMessage: true }), {
      columns: true,
    });
    expect(rows).toEqual(
      tenant.guests.slice(2, 5).map((guest, index) => ({
        [selector]: guest[selector],
        sendInvitationMessage: 'true',
        reference: `guest-${index + 3}`,
      })),
    );
  });

  test('is refused for more guests than there are', () => {
    expect(() => guestsCsv(tenant, { count: 1001, selector: 'id' })).toThrow(
      'The tenant has 1000 guests; 1001 are needed.',
    );
  });
});

describe('the samples', () => {
  test('fit the tenant that is built: the committed list where it does, else one of its own', () => {
    expect(sampleListFor({ guests: 5_000, seed: 1 })).toBe('samples/guests.csv');
    for (const options of [
      { guests: 1_000, seed: 7 },
      { guests: 5, seed: 1 },
      { guests: 0, seed: 2 },
    ]) {
      const generated = generateTenant(options);
      const known = new Set(
        [...generated.guests, ...generated.special.map(({ user }) => user)].flatMap(
          ({ id, userPrincipalName, mail }) => [id, userPrincipalName, mail],
        ),
      );
      const named = parse<{ user: string }>(readFileSync(sampleListFor(options)), { columns: true }).map(
        ({ user }) => user,
      );
      expect(
        named.filter((user) => !known.has(user)),
        JSON.stringify(options),
      ).toEqual(['nobody@northwind.example']);
      expect(named.length).toBeGreaterThan(6);
    }
  });

  const rows = parse(sampleFiles()['guests.csv'], { columns: true }) as {
    user: string;
    invitedUserEmailAddress: string;
    sendInvitationMessage: string;
    reference: string;
  }[];
  const directory = new Directory(users);
  const found = (user: string) => directory.get(user) ?? directory.findByAddress('mail', user)[0];

  test.each(['entra-export.csv', 'guests.csv', 'reset-one.json'] as const)(
    'file %s is as the script writes it',
    (name) => {
      expect(readFileSync(new URL(`../../../samples/${name}`, import.meta.url), 'utf8')).toBe(sampleFiles()[name]);
    },
  );

  test('has 25 rows, no user twice, and an expectation for each', () => {
    expect(rows).toHaveLength(25);
    expect(rows.map(({ reference }) => reference)).toEqual(Object.keys(SAMPLES_EXPECTED));
    const ids = rows.flatMap(({ user }) => found(user)?.id ?? []);
    expect(new Set(ids).size).toBe(24);
  });

  test('has in each row a user of the expected category', () => {
    for (const row of rows)
      expect(`${row.reference} ${categoryOf(tenant, row.user, row.invitedUserEmailAddress)}`).toBe(
        `${row.reference} ${SAMPLES_EXPECTED[row.reference]?.category}`,
      );
  });

  const SAMPLED: ReadonlySet<string> = new Set(Object.values(SAMPLES_EXPECTED).map(({ category }) => category));
  const isSampled = (category: SpecialCategory): category is SpecialCategory & SampleCategory => SAMPLED.has(category);

  function categoryOf({ special }: Tenant, name: string, address: string): SampleCategory | undefined {
    if (name === SHARED_MAIL) return 'sharedMail';
    const user = found(name);
    if (user === undefined) return 'unknownMail';
    const category = special.find((each) => each.user.id === user.id)?.category;
    if (category !== undefined) return isSampled(category) ? category : undefined;
    if (address !== '') return 'newEmail';
    return user.externalUserState === 'PendingAcceptance' ? 'alreadyPending' : 'plain';
  }

  test('resets with the documented body a guest who is not in the CSV', () => {
    const { resets } = JSON.parse(sampleFiles()['reset-one.json']) as {
      resets: { invitedUser: { id: string }; invitedUserEmailAddress: string; inviteRedirectUrl: string }[];
    };
    const [body] = resets;
    const guest = directory.get(body?.invitedUser.id ?? '');
    expect(body).toMatchObject({
      invitedUserEmailAddress: guest?.mail,
      inviteRedirectUrl: `https://myapps.microsoft.com?tenantId=${TENANT_ID}`,
      resetRedemption: true,
      sendInvitationMessage: true,
    });
    expect(rows.map(({ user }) => found(user)?.id)).not.toContain(guest?.id);
  });
});
