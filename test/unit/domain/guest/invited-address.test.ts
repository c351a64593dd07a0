import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chooseAddress } from '../../../../shared/domain/guest/invited-address.ts';

const CHANGE = { from: 'old.example', to: 'new.example' };
const addressOf = (domains: readonly string[]): fc.Arbitrary<string> =>
  fc.tuple(fc.constantFrom('a', 'b'), fc.constantFrom(...domains)).map((parts) => parts.join('@'));
const anyAddress = addressOf(['old.example', 'new.example', 'third.example']);
const state = fc.record({
  mail: fc.option(anyAddress, { nil: null }),
  otherMails: fc.uniqueArray(anyAddress, { maxLength: 3 }),
});
const BY_ID = { by: 'id', value: '00000000-0000-4000-8000-000000000001' } as const;

test('a row that has got the object id beside its address invites the same address as before', () => {
  fc.assert(
    fc.property(state, fc.nat(), fc.boolean(), fc.boolean(), ({ mail, otherMails }, pick, isTemplate, changes) => {
      const own = [...(mail === null ? [] : [mail]), ...otherMails];
      const said = own[pick % own.length];
      const change = changes ? CHANGE : undefined;
      // An address of the new domain that the row itself names is where the guest shall go.
      fc.pre(said !== undefined && !(isTemplate && changes && said.endsWith('@new.example')));
      const guest = {
        userPrincipalName: 'x',
        externalUserState: null,
        externalUserStateChangeDateTime: null,
        mail,
        otherMails,
      };
      const wanted = isTemplate ? { invitedUserEmailAddress: said } : {};
      const before = chooseAddress({ row: 1, selector: { by: 'mail', value: said ?? '' }, ...wanted }, guest, change);
      const also = isTemplate || said === undefined ? {} : { alsoSaid: [said] };
      expect(chooseAddress({ row: 1, selector: BY_ID, ...wanted, ...also }, guest, change)).toEqual(before);
    }),
  );
});

test('an address that is new to the guest, or of the new domain, is invited whatever names the guest', () => {
  const guest = {
    userPrincipalName: 'x',
    externalUserState: null,
    externalUserStateChangeDateTime: null,
    mail: 'a@old.example',
    otherMails: ['b@new.example'],
  };
  for (const address of ['b@new.example', 'c@third.example'])
    expect(chooseAddress({ row: 1, selector: BY_ID, invitedUserEmailAddress: address }, guest, CHANGE)).toMatchObject({
      kind: 'address',
      address,
    });
});
