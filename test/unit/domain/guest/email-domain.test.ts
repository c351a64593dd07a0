import { describe, expect, test } from 'vitest';
import { isAllowedDomain, isDomain, movedAddress } from '../../../../shared/domain/guest/email-domain.ts';
import { guestState } from '../../../../shared/domain/guest/guest.ts';
import { user } from '../records.ts';

const label = 'x'.repeat(63);

describe('a domain', () => {
  test.each([
    'a.b',
    'fabrikam.example',
    'eu.fabrikam.example',
    'my-firm.co-op.example',
    '4you.example',
    'a1.2b',
    'köln.example',
    'почта.рф',
  ])('may be %s', (text) => {
    expect(isDomain(text)).toBe(true);
  });
  test.each([
    '',
    'fabrikam',
    '.fabrikam.example',
    'fabrikam.example.',
    'fabrikam..example',
    '-fabrikam.example',
    'fabrikam-.example',
    'fabrikam.-example',
    'fabrikam.example-',
    'fabri kam.example',
    'fabrikam.exa_mple',
    'fabri_kam.example',
    '_.example',
    '_a.example',
    'a_.example',
    'fabrikam._',
    'fabrikam.a_',
    'fabrikam._a',
    'anna@fabrikam.example',
    'fabrikam.example\n',
    'https://fabrikam.example',
  ])('is not %j', (text) => {
    expect(isDomain(text)).toBe(false);
  });
  test('has at most 255 characters', () => {
    const longest = [label, label, label, 'x'.repeat(59), 'xxx'].join('.');
    expect([isDomain(longest), longest.length, isDomain(`${longest}x`)]).toEqual([true, 255, false]);
  });
});

describe('an address is moved', () => {
  const change = { from: 'fabrikam.example', to: 'adatum.example' };
  const moved = (mail: string | null, otherMails: string[] = []) =>
    movedAddress(guestState(user({ mail, otherMails })), change);
  test('from the one domain to the other, for no guest of a third one', () => {
    expect([moved('anna@fabrikam.example'), moved('anna@litware.example')]).toEqual(['anna@adatum.example', undefined]);
  });
  test('for no guest without mail', () => {
    expect(moved(null)).toBeUndefined();
  });
  test(
    'only once: who is at the new domain and keeps the old address stays; that alone, in a third domain, is no ' +
      'proof',
    () => {
      expect(moved('anna@ADATUM.example', ['ANNA@fabrikam.example'])).toBe('anna@ADATUM.example');
      expect(moved('anna@adatum.example', ['bo@fabrikam.example'])).toBeUndefined();
      expect(moved('anna@litware.example', ['anna@fabrikam.example'])).toBeUndefined();
    },
  );
});

describe('an address may be invited', () => {
  const allowed = ['adatum.example', '*.Fabrikam.example'];
  test('when any of the allowed domains is its own, or stands for all below', () => {
    expect(
      ['a@adatum.example', 'a@ADATUM.example', 'a@eu.fabrikam.example', 'a@hr.eu.fabrikam.example'].map((address) =>
        isAllowedDomain(address, allowed),
      ),
    ).toEqual([true, true, true, true]);
  });
  test('else not: neither below a domain that stands for itself, nor in one that only ends alike', () => {
    for (const address of [
      'a@eu.adatum.example',
      'a@myadatum.example',
      'a@fabrikam.example',
      'a@notfabrikam.example',
      'a@litware.example',
    ])
      expect(isAllowedDomain(address, allowed), address).toBe(false);
    expect(isAllowedDomain('a@adatum.example', [])).toBe(false);
  });
  test('is allowed in whatever form its letters beyond ASCII are written', () => {
    for (const address of ['a@xn--bcher-kva.example', 'a@BÜCHER.example'])
      for (const domain of ['bücher.example', 'xn--bcher-kva.example'])
        expect(isAllowedDomain(address, [domain])).toBe(true);
    expect(isAllowedDomain('a@eu.xn--bcher-kva.example', ['*.Bücher.example'])).toBe(true);
  });
});
