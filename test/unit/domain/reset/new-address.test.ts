import { expect, test } from 'vitest';
import { specialUsers } from '../../../../local/graph/special-users.ts';
import { isExternal } from '../../../../local/graph/directory.ts';
import { kindOf } from '../../../../shared/domain/guest/external.ts';
import { TOLD_MAX, type Found } from '../../../../shared/domain/guest/look-up.ts';
import { decideNewAddress, lookUpOfAddress } from '../../../../shared/domain/reset/new-address.ts';
import { GUEST_ID, plan, user } from '../records.ts';

const ADDRESS = 'new@adatum.example';
const decide = (found: Exclude<Found, { kind: 'failed' }>) => decideNewAddress(plan(1, { address: ADDRESS }), found);
const one = (more: Parameters<typeof user>[0]) => decide({ kind: 'user', user: user({ id: 'somebody', ...more }) });

const local = { signInType: 'userPrincipalName', issuerAssignedId: 'bo@contoso.example' };
const internal = {
  userPrincipalName: 'bo@contoso.example',
  userType: 'Member',
  creationType: null,
  externalUserState: null,
  identities: [local],
};

test('a new address is free where nobody, or only the guest itself, has it', () => {
  expect(decide({ kind: 'none' })).toBeUndefined();
  expect(decide({ kind: 'user', user: user({ id: GUEST_ID.toUpperCase(), mail: ADDRESS }) })).toBeUndefined();
  const both = [user({ mail: ADDRESS }), user({ id: 'somebody', mail: ADDRESS })];
  expect(decide({ kind: 'several', users: both })?.message).toContain('of the guest somebody.');
  expect(decide({ kind: 'several', users: both })?.message).not.toContain(GUEST_ID);
});

test('who has the address is told with every property that holds it, whatever the case of letters', () => {
  expect(one({ mail: ADDRESS.toUpperCase() })?.message).toContain('in mail of the guest somebody.');
  expect(one({ ...internal, mail: null, otherMails: [ADDRESS] })?.message).toContain(
    'in otherMails of the internal user somebody.',
  );
  expect(one({ mail: ADDRESS, otherMails: [ADDRESS] })?.message).toContain('in mail and otherMails of the guest');
});

test('only where all who have the address are guests may one of them be deleted', () => {
  const guest = user({ id: 'guest', mail: ADDRESS });
  const other = user({ id: 'internal', ...internal, otherMails: [ADDRESS] });
  expect(decide({ kind: 'several', users: [guest, user({ id: 'b', mail: ADDRESS })] })?.nextStep).toMatch(/delete/);
  for (const users of [[guest, other], [other, guest], [other]])
    expect(decide({ kind: 'several', users })?.nextStep).not.toMatch(/delete|merge/i);
});

test('an alias is told with the two ways around it, and its guest is not to be deleted', () => {
  const proxyAddresses = [`smtp:${ADDRESS}`];
  const alias = one({ proxyAddresses });
  expect(alias?.message).toContain('in proxyAddresses of the guest somebody.');
  expect(alias?.nextStep).toMatch(/^Give another address, or addEmailTo "otherMails", or have it removed from proxy/);
  expect(one({ mail: ADDRESS, proxyAddresses: [`SMTP:${ADDRESS}`] })?.message).toContain('in mail of the guest');
  const both = [user({ id: 'a', proxyAddresses }), user({ id: 'b', ...internal, otherMails: [ADDRESS] })];
  expect(decide({ kind: 'several', users: both })?.nextStep).toMatch(/^Give another address, or have it removed from/);
});

test('only an address that is to become a mail is looked for among proxyAddresses', () => {
  const by = (emailChange: { mail?: string; otherMails: string[] }) =>
    lookUpOfAddress(plan(1, { address: ADDRESS, emailChange }));
  expect(by({ mail: ADDRESS, otherMails: [] })).toEqual({ by: 'newMail', value: ADDRESS });
  expect(by({ otherMails: [ADDRESS] })).toEqual({ by: 'mail', value: ADDRESS });
});

test('of many five are told, and that there are more', () => {
  const users = Array.from({ length: TOLD_MAX }, (_, index) => user({ id: `user${index}`, mail: ADDRESS }));
  expect(decide({ kind: 'several', users })?.message).toMatch(/user4 …\. Nothing was sent\.$/);
});

test('nobody is called a guest or internal who is not, of all the users that look like one', () => {
  for (const { category, user: each } of specialUsers(7))
    expect([category, kindOf(each)]).toEqual([
      category,
      expect.toBeOneOf([isExternal(each) ? 'guest' : 'internal', 'unclear']),
    ]);
  expect(kindOf(user({ ...internal, identities: null }))).toBe('unclear');
});
