import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isDirectoryAddress, isInvitable } from '../../../../local/graph/mail-address.ts';
import {
  checkCcAddress,
  checkInvitedAddress,
  isAddress,
  unwrapped,
} from '../../../../shared/domain/submission/address.ts';
import { checkSelector } from '../../../../shared/domain/submission/selector.ts';

const told = (text: string): string => {
  const checked = checkInvitedAddress(text);
  return checked.ok ? `ok ${checked.value}` : `${checked.code}: ${checked.message}`;
};
const long = (count: number): string => 'a'.repeat(count);

describe('an address to invite', () => {
  test.each([
    ['“a@x.example”', /forbiddenCharacter.* U\+201C “ .* Remove it\./],
    ['o’neil@x.example', /forbiddenCharacter.* U\+2019 ’ .* Type ' instead\./],
    ['a–b@x.example', /forbiddenCharacter.* U\+2013 – .* Type - instead\./],
    ['ａnna@x.example', /forbiddenCharacter.* U\+FF41 ａ .* Type a instead\./],
    ['аnna@x.example', /forbiddenCharacter.* U\+0430 а .* Type a instead\./],
    ['josé@x.example', /forbiddenCharacter.* U\+00E9 é .* Use another address/],
    ['an\u200Bna@x.example', /forbiddenCharacter.* U\+200B, which cannot be seen .* Remove it\./],
    ['an na@x.example', /forbiddenCharacter.* U\+0020, which cannot be seen .* Remove it\./],
    ['anna+tag@x.example', /forbiddenCharacter.* U\+002B \+ .* Use another address/],
    ['a@b@x.example', /forbiddenCharacter.* U\+0040 @ /],
    ['josÃ©@x.example', /invalidEncoding.*UTF-8 was read as windows-1252/],
    ['oâ€™neil@x.example', /invalidEncoding.*windows-1252/],
    ['a..b@x.example', /invalidEmailAddress.*two periods in a row/],
    ["'a@x.example'", /invalidEmailAddress.*begins or ends with a period, hyphen or apostrophe/],
    ["a'@x.example", /invalidEmailAddress.*apostrophe/],
    [`${long(65)}@x.example`, /invalidEmailAddress.*more than 64 characters before the @/],
    ['a@-x.example', /invalidEmailAddress.*begins or ends with a hyphen/],
    ['a@x-.example', /invalidEmailAddress.*begins or ends with a hyphen/],
    ['a@192.0.2.1', /invalidEmailAddress.*IP address/],
    ['a@0x7f.0x1', /invalidEmailAddress.*IP address/],
    ['a@x', /invalidEmailAddress.*no period behind/],
    ['a@x..example', /invalidEmailAddress.*period too many/],
    ['a@x_y.example', /invalidEmailAddress.* U\+005F _ behind the @/],
    ['a@x。example', /invalidEmailAddress.* U\+3002 。 behind the @\. Type \. instead/],
    ['a@ｘ.example', /invalidEmailAddress.* U\+FF58 ｘ behind the @\. Type x instead/],
    ['a@exаmple.example', /invalidEmailAddress.* U\+0430 а behind the @\. Type a instead/],
    ['a@x\u200By.example', /invalidEmailAddress.* U\+200B, which cannot be seen behind the @\. Remove it/],
    [`a@${long(64)}.example`, /invalidEmailAddress.*63 between/],
    [`a@${`${long(60)}.`.repeat(4)}example.com`, /invalidEmailAddress.*253/],
    [`a@${'ü'.repeat(60)}.example`, /invalidEmailAddress.*(63|ASCII)/],
    ['', /invalidEmailAddress.*not a mail address/],
  ])('is not %j', (text, why) => {
    expect(told(text)).toMatch(why);
  });
  test.each([
    ['_anna_@x.example', '_anna_@x.example'],
    ["O'Neil.a-b_1@Sub.x-y.example", "O'Neil.a-b_1@Sub.x-y.example"],
    [`${long(64)}@x.example`, `${long(64)}@x.example`],
    ['anna@bücher.example', 'anna@xn--bcher-kva.example'],
    ['anna@почта.example', 'anna@xn--80a1acny.example'],
    [' Anna <mailto:anna@x.example>\u200B', 'anna@x.example'],
  ])('may be %j, which is invited as %s', (text, address) => {
    expect(told(text)).toBe(`ok ${address}`);
  });
  test('is what the invitation service takes, and nothing else of ASCII', () => {
    const characters = fc.constantFrom(...Array.from('aZ09._-\'+`!@ "'), 'é', '’', '\u200B', 'ü', 'а');
    const part = fc.string({ unit: characters, maxLength: 8 });
    const domain = fc.constantFrom('x.example', 'X-y.example', '-x.example', 'x', 'x..example', '1.2', 'ü.example');
    fc.assert(
      fc.property(part, domain, (local, behind) => {
        const text = `${local}@${behind}`;
        const checked = checkInvitedAddress(text);
        const value = checked.ok ? checked.value : text;
        expect([isInvitable(value), isDirectoryAddress(value) || !checked.ok]).toEqual([checked.ok, true]);
        expect(checkInvitedAddress(value)).toEqual(checked);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('around an address', () => {
  test.each([
    'mailto:anna@x.example',
    'MAILTO:anna@x.example',
    '<anna@x.example>',
    'Berg, Anna <anna@x.example>',
    '"Anna" <mailto:anna@x.example>',
    '\u00A0anna@x.example\u200B',
    '\uFEFF\t anna@x.example \u2060',
  ])('%j is nothing of it, for whoever is named, invited or in copy', (text) => {
    expect(unwrapped(text)).toBe('anna@x.example');
    for (const field of ['user', 'mail', 'invitedUserEmailAddress'] as const)
      expect(checkSelector(field, text)).toEqual({ ok: true, value: { by: 'mail', value: 'anna@x.example' } });
    expect(checkCcAddress(text)).toEqual({ ok: true, value: 'anna@x.example' });
  });
  test('an object id and a UPN lose it as well', () => {
    const id = '272e21e3-f1b2-4124-a0f1-3fa04eb00966';
    expect(checkSelector('user', `\u200B${id}\u00A0`)).toEqual({ ok: true, value: { by: 'id', value: id } });
    expect(checkSelector('userPrincipalName', ' a_x.example#EXT#@own.example\u200B')).toEqual({
      ok: true,
      value: { by: 'userPrincipalName', value: 'a_x.example#EXT#@own.example' },
    });
  });
});

describe('a guest', () => {
  test.each(['anna+tag@x.example', 'josé@x.example', "o'neil@x.example", 'anna@bücher.example', 'o’neil@x.example'])(
    'may have the address %s, although not all of these can be invited',
    (text) => {
      expect(isAddress(text)).toBe(true);
    },
  );
  test.each(['“a@x.example”', 'a@-x.example', 'a@192.0.2.1', 'a@x', 'a b@x.example', 'a@x.example; b@x.example'])(
    'cannot have the address %s',
    (text) => {
      expect(isAddress(text)).toBe(false);
    },
  );
  test('named by what an earlier conversion has damaged is told so', () => {
    for (const field of ['user', 'mail'] as const)
      expect(checkSelector(field, 'josÃ©@x.example')).toMatchObject({ ok: false, code: 'invalidEncoding' });
    expect(checkCcAddress('josÃ©@x.example')).toMatchObject({ ok: false, code: 'invalidEncoding' });
  });
});
