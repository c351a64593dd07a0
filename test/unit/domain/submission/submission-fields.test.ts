import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkCcAddress, checkInvitedAddress, isAddress } from '../../../../shared/domain/submission/address.ts';
import { Findings, problemAt, shown, type Checked } from '../../../../shared/domain/submission/findings.ts';
import { guardFormula, unguardFormula } from '../../../../shared/domain/submission/formula-guard.ts';
import { checkLanguage } from '../../../../shared/domain/submission/language.ts';
import {
  checkAddEmailTo,
  checkChoices,
  checkMessageBody,
  checkRedirectUrl,
  checkReset,
  isSaid,
  type ResetInput,
} from '../../../../shared/domain/submission/reset-input.ts';
import { checkSelector, chooseSelector, guestKey } from '../../../../shared/domain/submission/selector.ts';
import { GUEST_ID } from '../records.ts';

const codeOf = (checked: Checked<unknown>): string => (checked.ok ? 'ok' : checked.code);
const messageOf = (checked: Checked<unknown>): string => (checked.ok ? '' : checked.message);
const bare = (field: string): string => field;
const reset = (said: ResetInput) => checkReset({ user: GUEST_ID, ...said }, { row: 3, line: 4 }, bare);

describe('an address', () => {
  test.each([
    'a@b.c',
    'anna@partner.example',
    'anna.b@eu.partner.example',
    "o'neil@partner.example",
    'anna@pärtner.example',
  ])('may be %s', (text) => {
    expect([isAddress(text), codeOf(checkInvitedAddress(text))]).toEqual([true, 'ok']);
  });
  test.each([
    '',
    'anna',
    '@partner.example',
    'anna@',
    'anna@partner',
    'anna@.example',
    'anna@partner.',
    'anna@partner..example',
    'an na@partner.example',
    'anna@part ner.example',
    'anna@partner.exa mple',
    'a@b@partner.example',
    'anna@part@ner.example',
    'anna@partner.ex@mple',
    'anna@partner.example x',
    'x anna@partner.example',
    'an\u200Bna@partner.example',
    'anna@part\u200Bner.example',
    'anna@partner.exam\u200Bple',
  ])('is not %j', (text) => {
    expect(isAddress(text)).toBe(false);
  });
  test('has at most 320 characters', () => {
    const longest = `${'a'.repeat(308)}@partner.com`;
    expect([longest.length, isAddress(longest), isAddress(`a${longest}`)]).toEqual([320, true, false]);
  });
  test('loses blanks around it', () => {
    expect(checkInvitedAddress(' anna@partner.example ')).toEqual({ ok: true, value: 'anna@partner.example' });
    expect(checkCcAddress(' boss@partner.example\t')).toEqual({ ok: true, value: 'boss@partner.example' });
  });
  test('to invite has neither period nor hyphen first or last before the @, and may have both within', () => {
    for (const text of [
      '.anna@partner.example',
      '-anna@partner.example',
      'anna.@partner.example',
      'anna-@partner.example',
    ])
      expect(checkInvitedAddress(text)).toMatchObject({
        ok: false,
        code: 'invalidEmailAddress',
        message: expect.stringContaining('period, hyphen or apostrophe'),
      });
    for (const text of ['an.na@partner.example', 'an-na@partner.example'])
      expect(codeOf(checkInvitedAddress(text))).toBe('ok');
  });
  test('that is refused is shown, and a forbidden character named', () => {
    expect(messageOf(checkInvitedAddress('anna+old@partner.example'))).toMatch(
      /the character U\+002B \+ in "anna\+old@partner\.example"/,
    );
    expect(messageOf(checkInvitedAddress('anna'))).toContain('"anna" is not a mail address');
    expect(checkCcAddress('boss')).toMatchObject({
      code: 'invalidCcRecipient',
      message: expect.stringContaining('"boss"'),
    });
  });
});

describe('a guest is named', () => {
  const upn = 'anna_partner.example#EXT#@own.example';
  test.each([
    [GUEST_ID, 'id'],
    [upn, 'userPrincipalName'],
    [upn.replace('#EXT#', '#ext#'), 'userPrincipalName'],
    ['anna@partner.example', 'mail'],
  ])('as user by %s, which is a %s', (text, by) => {
    expect(checkSelector('user', text)).toEqual({ ok: true, value: { by, value: text } });
  });
  test('by an object id in any case, which is kept in small letters', () => {
    const id = 'ABCDEF01-2345-6789-ABCD-EF0123456789';
    for (const field of ['user', 'id', 'memberObjectIdOrUpn'] as const)
      expect(checkSelector(field, id)).toEqual({ ok: true, value: { by: 'id', value: id.toLowerCase() } });
  });
  test.each([`x${GUEST_ID}`, `${GUEST_ID}x`, GUEST_ID.replaceAll('-', ''), GUEST_ID.slice(1), `{${GUEST_ID}}`])(
    'by no object id such as %s',
    (text) => {
      expect([codeOf(checkSelector('id', text)), codeOf(checkSelector('user', text))]).toEqual([
        'invalidUserId',
        'invalidUser',
      ]);
    },
  );
  test.each([
    'anna',
    'anna@',
    '@own.example',
    'an na@own.example',
    'anna@own exam.ple',
    'a@b@own.example',
    'anna@own.example x',
    'x anna@own.example',
    'an\u200Bna@own.example',
    'anna@ow\u200Bn.example',
  ])('by no UPN such as %j', (text) => {
    expect(codeOf(checkSelector('userPrincipalName', text))).toBe('invalidUserPrincipalName');
  });
  test('by a UPN of at most 1,024 characters', () => {
    const longest = `${'a'.repeat(1_012)}@own.example`;
    expect([
      longest.length,
      codeOf(checkSelector('userPrincipalName', longest)),
      codeOf(checkSelector('userPrincipalName', `a${longest}`)),
    ]).toEqual([1_024, 'ok', 'invalidUserPrincipalName']);
  });
  test('by no example of a template, in any case; an address that only mentions it is one', () => {
    expect(checkSelector('mail', 'EXAMPLE: anna@partner.example')).toMatchObject({
      code: 'invalidMail',
      message: expect.stringContaining('example row'),
    });
    expect(messageOf(checkSelector('mail', 'my example: x'))).toContain('is not a mail address');
  });
  test('by the first field that is not blank, without the blanks around it', () => {
    expect(
      chooseSelector({ user: ' ', id: '', memberObjectIdOrUpn: undefined, userPrincipalName: ' u ', mail: 'm' }),
    ).toEqual({ field: 'userPrincipalName', text: 'u' });
    expect(chooseSelector({ user: ' ' })).toBeUndefined();
  });
  test('the same way whatever the case, and never by an id that is a name elsewhere', () => {
    expect(guestKey({ by: 'mail', value: 'Anna@X.example' })).toBe(guestKey({ by: 'mail', value: 'anna@x.EXAMPLE' }));
    expect(
      new Set((['id', 'userPrincipalName', 'mail'] as const).map((by) => guestKey({ by, value: 'a@x.example' }))).size,
    ).toBe(3);
  });
});

describe('the fields of a reset', () => {
  test('are taken as said; blank ones are not said', () => {
    expect(
      reset({
        reference: ' r ',
        invitedUserDisplayName: 'Anna',
        invitedUserEmailAddress: ' a@b.example ',
        input: ['x'],
        resetRedemption: true,
        invitedUserType: ' GUEST ',
      }),
    ).toEqual({
      ok: true,
      guestField: 'user',
      request: {
        row: 3,
        selector: { by: 'id', value: GUEST_ID },
        reference: ' r ',
        invitedUserDisplayName: 'Anna',
        invitedUserEmailAddress: 'a@b.example',
        input: ['x'],
      },
    });
    const blank = reset({
      reference: ' ',
      invitedUserDisplayName: '',
      invitedUserEmailAddress: ' ',
      invitedUserType: ' ',
      inviteRedirectUrl: ' ',
      messageLanguage: '',
      customizedMessageBody: ' ',
      addEmailTo: '',
      ccRecipients: [{ address: ' ', name: 'Boss' }],
    });
    expect(blank).toStrictEqual({
      ok: true,
      guestField: 'user',
      request: { row: 3, selector: { by: 'id', value: GUEST_ID } },
    });
  });
  test('have their limits: the last that fits, and the first that does not', () => {
    const at = (chars: number): ResetInput[] => [
      { reference: 'x'.repeat(256 + chars) },
      { invitedUserDisplayName: 'x'.repeat(256 + chars) },
      { customizedMessageBody: 'x'.repeat(5_000 + chars) },
      { inviteRedirectUrl: `https://own.example/${'x'.repeat(2_028 + chars)}` },
      { ccRecipients: [{ address: 'a@b.example', name: 'x'.repeat(256 + chars) }] },
    ];
    expect(at(0).map((said) => reset(said).ok)).toEqual([true, true, true, true, true]);
    for (const said of at(1))
      expect(reset(said)).toMatchObject({
        ok: false,
        problems: [
          {
            code: 'fieldTooLong',
            row: 3,
            line: 4,
            field: Object.keys(said)[0],
            message: expect.stringMatching(/has \d+ characters; at most \d+ are allowed/),
          },
        ],
      });
  });
  test('have in all at most 16,000 characters as they are stored', () => {
    const { length } = JSON.stringify({ row: 3, selector: { by: 'id', value: GUEST_ID }, input: [''] });
    expect(reset({ input: ['x'.repeat(16_000 - length)] }).ok).toBe(true);
    expect(reset({ input: ['x'.repeat(16_001 - length)] })).toMatchObject({
      problems: [{ code: 'rowTooLong', message: expect.stringContaining('16001 characters') }],
    });
  });
  test('that are wrong are told all at once, without a word on the length of the row', () => {
    const read = reset({
      user: 'nobody',
      invitedUserEmailAddress: 'x',
      invitedUserType: 'Member',
      resetRedemption: false,
      input: ['x'.repeat(20_000)],
    });
    expect(read.ok ? [] : read.problems.map(({ code, field }) => [code, field])).toEqual([
      ['invalidUser', 'user'],
      ['invalidEmailAddress', 'invitedUserEmailAddress'],
      ['resetRedemptionFalse', 'resetRedemption'],
      ['userTypeNotAvailable', 'invitedUserType'],
    ]);
  });
  test('name the field that was wrong', () => {
    expect(checkReset({ id: 'x' }, { row: 1 }, (field) => `my ${field}`)).toMatchObject({
      problems: [{ code: 'invalidUserId', field: 'my id' }],
    });
    expect(checkReset({}, { row: 1 }, (field) => `my ${field}`)).toMatchObject({
      problems: [{ code: 'missingUser', field: 'my user', message: expect.stringContaining('Fill in my user') }],
    });
  });
});

describe('the choices for the invitation', () => {
  const choose = (said: ResetInput) => {
    const findings = new Findings({});
    return { choices: checkChoices(said, findings, bare), codes: findings.problems.map(({ code }) => code) };
  };
  test('are taken one by one; nothing said is nothing chosen', () => {
    expect(choose({})).toStrictEqual({ choices: {}, codes: [] });
    expect(
      choose({
        sendInvitationMessage: false,
        addEmailTo: ' OTHERMAILS ',
        messageLanguage: ' de-at ',
        inviteRedirectUrl: ' HTTPS://own.example ',
      }).choices,
    ).toStrictEqual({
      sendInvitationMessage: false,
      addEmailTo: 'otherMails',
      messageLanguage: 'de-AT',
      inviteRedirectUrl: 'HTTPS://own.example',
    });
  });
  test('that are wrong are left out, the others are kept', () => {
    expect(choose({ addEmailTo: 'all', customizedMessageBody: 'Hello' })).toEqual({
      choices: { customizedMessageBody: 'Hello' },
      codes: ['invalidAddEmailTo'],
    });
  });
  test('take one recipient in copy, with or without a name', () => {
    const [boss, other] = [{ address: 'boss@own.example' }, { address: 'other@own.example' }];
    expect(choose({ ccRecipients: [{ name: 'nobody' }, boss] }).choices).toStrictEqual({ ccRecipient: boss });
    expect(choose({ ccRecipients: [{ ...boss, name: ' ' }] }).choices).toStrictEqual({ ccRecipient: boss });
    expect(choose({ ccRecipients: [{ ...boss, name: 'Boss' }] }).choices).toStrictEqual({
      ccRecipient: { ...boss, name: 'Boss' },
    });
    expect(choose({ ccRecipients: [boss, other] }).codes).toEqual(['tooManyCcRecipients']);
    expect(reset({ ccRecipients: [boss, other] })).toMatchObject({
      problems: [{ message: expect.stringContaining('There are 2 recipients') }],
    });
    expect(choose({ ccRecipients: [{ address: 'boss' }] })).toEqual({ choices: {}, codes: ['invalidCcRecipient'] });
  });
  test.each(['https://own.example', 'https://own.example/a?b=c#d', 'HTTPS://own.example'])('lead to %s', (url) => {
    expect(checkRedirectUrl(url)).toEqual({ ok: true, value: url });
  });
  test.each([
    'http://own.example',
    'own.example',
    'https://',
    'https:own.example',
    'https://own.example\\x',
    'https://own.example/a b',
    'xhttps://own.example',
    'https://[x',
    'https://own.example:99999',
  ])('do not lead to %j', (url) => {
    expect(checkRedirectUrl(url)).toMatchObject({
      code: 'invalidRedirectUrl',
      message: expect.stringContaining('is not an absolute https address'),
    });
  });
  test('are in a language that has a tag', () => {
    expect([checkLanguage('en-us'), checkLanguage('x_y')]).toMatchObject([
      { value: 'en-US' },
      { code: 'invalidLanguage', message: expect.stringContaining('"x_y"') },
    ]);
    for (const name of ['german', 'deutsch', 'german-DE', 'english', 'e'])
      expect(checkLanguage(name), name).toMatchObject({ code: 'invalidLanguage' });
    expect(['de', 'DE-at', 'zh-Hans', 'gsw'].map(checkLanguage)).toMatchObject(
      ['de', 'de-AT', 'zh-Hans', 'gsw'].map((value) => ({ value })),
    );
  });
  test('know three places for a new address, and name them', () => {
    expect(['mail', 'Othermails', ' none '].map(checkAddEmailTo)).toMatchObject([
      { value: 'mail' },
      { value: 'otherMails' },
      { value: 'none' },
    ]);
    expect(messageOf(checkAddEmailTo('all'))).toContain('mail, otherMails, none');
  });
  test('keep a message as it was written', () => {
    expect(checkMessageBody(' Hello ')).toEqual({ ok: true, value: ' Hello ' });
  });
});

test('text is said when there is more than blanks', () => {
  expect([isSaid(undefined), isSaid(''), isSaid(' \t'), isSaid(' x ')]).toEqual([false, false, false, true]);
});

describe('what a message shows', () => {
  test('is one line in quotes, of at most 60 characters', () => {
    expect([shown('a\r\nb\u0000c'), shown('x'.repeat(60)), shown('x'.repeat(61))]).toEqual([
      '"a b c"',
      `"${'x'.repeat(60)}"`,
      `"${'x'.repeat(57)}..."`,
    ]);
  });
  test('is cut where a caller wrote without end, and stands where it was found', () => {
    const problem = problemAt({ row: 1, line: 2 }, 'unknownField', 'm'.repeat(2_000), 'f'.repeat(300));
    expect([problem.message.length, problem.field?.length, problem.row, problem.line, problem.code]).toEqual([
      1_500,
      200,
      1,
      2,
      'unknownField',
    ]);
    expect(problemAt({}, 'noResets', 'x')).toStrictEqual({ code: 'noResets', message: 'x' });
  });
});

describe('a cell that a spreadsheet would run', () => {
  test.each(['=1+1', '+49', '-5', '@x', '\tx', '\rx', '\nx', '＝1', '＋1', '－1', '＠x', "'=1", "''=1"])(
    '%j gets an apostrophe, and loses it again',
    (cell) => {
      expect([guardFormula(cell), unguardFormula(`'${cell}`)]).toEqual([`'${cell}`, cell]);
    },
  );
  test.each(['plain', '1=1', "'quoted'", '', "'", "x'=1", ' =1'])('is not %j, which stays', (cell) => {
    expect([guardFormula(cell), unguardFormula(cell)]).toEqual([cell, cell]);
  });
  test('comes back exactly as it was, and so does every other cell', () => {
    const cell = fc.string({
      unit: fc.constantFrom("'", '=', '＝', '＋', '－', '＠', '@', '\t', '\r', '\n', ' ', 'a', '"'),
    });
    fc.assert(
      fc.property(cell, (text) => {
        expect(unguardFormula(guardFormula(text))).toBe(text);
      }),
    );
  });
});
