/** How a guest is named, and what a reset of one asks for. */
import { expect, test } from 'vitest';
import type { Guest } from '../../../client/types.ts';
import { bodyOf, FIRST_CHOICES, isNewAddress, missingOf, queryOf } from '../../../console/src/pages/guest/again.ts';
import { factsOfGuest, hindranceOf, invitationOf } from '../../../console/src/pages/guest/facts.ts';
import { mistakeIn, objectIdsIn, placeOf, titleOf } from '../../../console/src/pages/guest/names.ts';
import { objectIdOf } from '../../../console/src/parts/object-id.ts';
import { permissionsOf } from '../../../console/src/pages/guest/permissions.ts';

const ID = '6f3cba15-0d1e-4b4f-93a0-7d0d36e6f0a1';
const guest: Guest = { id: ID, readAt: '2026-01-02T03:04:05.000Z', resettable: true, mail: 'Anna@adatum.example' };

test.each([
  [` ${ID.toUpperCase()}\n`, `/guests/${ID}`],
  ['anna@adatum.example', '/guests?q=anna%40adatum.example'],
  ['a_b.example#EXT#@c.example', '/guests?q=a_b.example%23EXT%23%40c.example'],
  ['../../jobs', '/guests?q=..%2F..%2Fjobs'],
])('%j has a place without a dot or a name in its path', (name, place) => {
  expect(placeOf(name)).toBe(place);
  expect(new URL(place, 'https://a.example').pathname).toMatch(/^\/guests(?:\/[\da-f-]+)?$/);
});

test('the service is asked only about what it could know', () => {
  expect(mistakeIn(' ')).toMatch(/Write/);
  for (const name of ['Anna Berg', '..', ID.slice(1)]) expect(mistakeIn(name)).toMatch(/Names are not searched/);
  for (const name of ['a@b@c.example', 'a b@c.example', 'a@b.example;c@d.example', 'a\0@b.example', '"a"b@c.example'])
    expect(mistakeIn(name)).toMatch(/one @/);
  expect(mistakeIn(`${'x'.repeat(5_000)}@b.example`)).toMatch(/too long: 5,010/);
  for (const name of [
    ID,
    'a@b.example',
    'a#EXT#@b.example',
    `"${ID}"`,
    '‘a@b.example’',
    '<a@b.example>',
    'o’neil@b.example',
  ])
    expect(mistakeIn(name)).toBeUndefined();
  expect(placeOf(`<${ID}>`)).toBe(`/guests/${ID}`);
  expect(objectIdOf(`x${ID}`)).toBeUndefined();
  expect(objectIdsIn(`Several: ${ID}, ${ID} and nobody@adatum.example.`)).toEqual([ID]);
});

test('a guest is called by what people know, else by the end of the object id', () => {
  expect(titleOf(ID, { ...guest, displayName: 'Anna' })).toBe('Anna');
  expect(titleOf(ID, guest)).toBe('Anna@adatum.example');
  expect(titleOf(ID, undefined)).toBe('Guest …e6f0a1');
});

test('only an address that the guest has not is said to be added', () => {
  const known = { ...FIRST_CHOICES, mail: 'mail', address: ' anna@ADATUM.example ' } as const;
  expect(isNewAddress(known, guest)).toBe(false);
  expect(bodyOf(known, guest)).toEqual({
    sendInvitationMessage: true,
    invitedUserEmailAddress: 'anna@ADATUM.example',
  });
  const added = { ...known, address: 'new@adatum.example', addTo: 'otherMails' } as const;
  expect(bodyOf(added, guest)).toMatchObject({ addEmailTo: 'otherMails' });
});

test('a language is asked for only of a mail', () => {
  const choices = { ...FIRST_CHOICES, language: 'sv-SE' };
  expect(bodyOf({ ...choices, mail: 'none' }, guest)).toEqual({ sendInvitationMessage: false });
  expect(bodyOf({ ...choices, mail: 'mail' }, guest)).toEqual({
    sendInvitationMessage: true,
    invitedUserMessageInfo: { messageLanguage: 'sv-SE' },
  });
});

test('once more within a day is done only where somebody says so', () => {
  const chosen = { ...FIRST_CHOICES, mail: 'mail' } as const;
  expect(missingOf(FIRST_CHOICES, false)).toMatch(/Microsoft mails/);
  expect(missingOf(chosen, false)).toBeUndefined();
  expect(missingOf(chosen, true)).toMatch(/done again/);
  expect(missingOf({ ...chosen, mail: 'mail', language: 'swedish' }, false)).toMatch(/language/);
  expect(missingOf({ ...chosen, mail: 'none', language: 'swedish' }, false)).toBeUndefined();
  expect(queryOf(chosen, 'CHG-1')).toEqual({ reason: 'CHG-1' });
  expect(queryOf({ ...chosen, allTheSame: true }, undefined)).toEqual({ skipIfResetWithinHours: 0 });
});

test('the state of an invitation that is not known stands for itself', () => {
  expect(invitationOf({ ...guest, externalUserState: 'Elsewhere' }).text).toBe('Elsewhere');
  expect(invitationOf({ ...guest, resettable: false, code: 'notExternal' }).text).toBe('No guest');
  const facts = factsOfGuest({ ...guest, externalUserState: 'PendingAcceptance', accountEnabled: false });
  expect(facts.map(({ name, value }) => `${name}: ${value}`)).toEqual(
    expect.arrayContaining([
      'Invitation: Not redeemed; open (Entra: PendingAcceptance)',
      'Account: Disabled: no sign-in',
    ]),
  );
});

test('what hinders a reset is said with its next step; to say so once more is a person’s', () => {
  const refused = { ...guest, resettable: false, message: 'It is so.', nextStep: 'Do that.' };
  expect(hindranceOf(guest, true)).toBeUndefined();
  expect(hindranceOf({ ...refused, code: 'directoryRole' }, true)).toBe('It is so. Do that.');
  expect(hindranceOf({ ...refused, code: 'resetRecently' }, true)).toBe(
    'It is so. “Reset again” asks whether to do it all the same.',
  );
  // Who has no such button is not told to press it.
  expect(hindranceOf({ ...refused, code: 'resetRecently' }, false)).toBe(
    'It is so. Whoever has the role Submit can do it all the same.',
  );
});

test.each([
  [['Read'], { look: true, reset: false, erase: false }],
  [['Submit'], { look: false, reset: true, erase: false }],
  [['Manage'], { look: true, reset: false, erase: true }],
] as const)('with %j one may what the service lets one', (roles, may) => {
  expect(permissionsOf({ roles: [...roles] })).toEqual(may);
});
