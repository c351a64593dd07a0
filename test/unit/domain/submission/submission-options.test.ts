import { describe, expect, test } from 'vitest';
import { checkOption, QueryText } from '../../../../shared/domain/submission/option-values.ts';
import { optionConflicts } from '../../../../shared/domain/submission/option-conflicts.ts';
import { OPTION_NAMES, OptionsReader } from '../../../../shared/domain/submission/options.ts';
import { submissionSchema, type OptionName } from '../../../../shared/domain/submission/entry-schema.ts';

const reading = (query: string, members: Record<string, unknown> = {}): OptionsReader => {
  const reader = new OptionsReader();
  reader.readQuery(new URLSearchParams(query));
  for (const [name, value] of Object.entries(members)) reader.readMember(name, value);
  return reader;
};
const problems = (query: string, members?: Record<string, unknown>) => reading(query, members).problems;
const inQuery = (name: OptionName, text: string) => checkOption(name, new QueryText(text));

describe('the value of an option', () => {
  test.each([
    ['TRUE', true],
    ['1', true],
    [' false ', false],
    ['0', false],
  ])('is in the query %j for %s', (text, value) => {
    for (const name of ['dryRun', 'verify', 'sendInvitationMessage'] as const)
      expect(inQuery(name, text)).toEqual({ ok: true, value });
  });
  test('is in JSON true or false, a number or text, and nothing that only looks like it', () => {
    for (const name of ['dryRun', 'verify', 'sendInvitationMessage'] as const) {
      expect(checkOption(name, true)).toEqual({ ok: true, value: true });
      for (const value of ['true', 1])
        expect(checkOption(name, value)).toMatchObject({
          ok: false,
          code: 'invalidOption',
          message: `${name} must be true or false, without quotes.`,
        });
    }
    for (const name of [
      'reason',
      'notBefore',
      'notAfter',
      'addEmailTo',
      'messageLanguage',
      'customizedMessageBody',
      'inviteRedirectUrl',
    ] as const)
      expect(checkOption(name, 7)).toMatchObject({
        ok: false,
        code: 'invalidOption',
        message: `${name} must be text.`,
      });
  });
  const TEXTS = ['reason', 'addEmailTo', 'messageLanguage', 'customizedMessageBody', 'inviteRedirectUrl'];
  const BLANKS = ['', '  ', new QueryText(''), new QueryText(' ')];
  test.each(OPTION_NAMES.filter((name) => TEXTS.includes(name)))('of text that is blank is not said: %s', (name) => {
    for (const value of [...BLANKS, undefined])
      expect(checkOption(name, value)).toEqual({ ok: true, value: undefined });
  });
  test.each(OPTION_NAMES.filter((name) => !TEXTS.includes(name)))(
    'that would change what happens has a value: %s',
    (name) => {
      for (const value of BLANKS)
        expect(checkOption(name, value)).toMatchObject({
          ok: false,
          code: 'invalidOption',
          message: `${name} has no value. Write one, or leave ${name} out.`,
        });
      expect(checkOption(name, undefined)).toEqual({ ok: true, value: undefined });
    },
  );
  test('keeps its text as written', () => {
    expect([inQuery('reason', ' why '), checkOption('reason', ' why ')]).toEqual([
      { ok: true, value: ' why ' },
      { ok: true, value: ' why ' },
    ]);
    expect([checkOption('reason', 'x'.repeat(256)).ok, checkOption('reason', 'x'.repeat(257))]).toMatchObject([
      true,
      { code: 'fieldTooLong' },
    ]);
  });
  test('of resets a minute is a whole number from 1', () => {
    for (const [count, ok] of [
      [1, true],
      [100_000, true],
      [0, false],
      [100_001, false],
      [1.5, false],
    ] as const)
      expect(checkOption('maxPerMinute', count).ok, String(count)).toBe(ok);
    expect([inQuery('maxPerMinute', ' 30 '), checkOption('maxPerMinute', '30')]).toMatchObject([
      { ok: true, value: 30 },
      { ok: false, message: 'maxPerMinute must be a whole number of resets from 1 to 100000.' },
    ]);
    expect(reading('maxPerMinute=30').options(undefined)).toMatchObject({ maxPerMinute: 30 });
  });
  test('of hours goes from 0 to a year', () => {
    for (const [hours, ok] of [
      [0, true],
      [8_760, true],
      [-0.1, false],
      [8_760.1, false],
      [Number.NaN, false],
    ] as const)
      expect(checkOption('skipIfResetWithinHours', hours).ok, String(hours)).toBe(ok);
    expect(inQuery('skipIfResetWithinHours', ' 36 ')).toEqual({ ok: true, value: 36 });
    expect(inQuery('skipIfResetWithinHours', 'soon')).toMatchObject({
      message: expect.stringContaining('from 0 to 8760'),
    });
  });
});

test('a pause comes after a whole number of resets, at least one', () => {
  for (const count of [1, 200_000])
    expect([checkOption('pauseAfter', count), inQuery('pauseAfter', ` ${count} `)]).toEqual([
      { ok: true, value: count },
      { ok: true, value: count },
    ]);
  for (const value of [0, -1, 1.5, '5', true])
    expect(checkOption('pauseAfter', value), String(value)).toMatchObject({
      ok: false,
      code: 'invalidOption',
      message: expect.stringContaining('whole number'),
    });
  for (const text of ['0', '1.5', 'five', 'true'])
    expect(inQuery('pauseAfter', text), text).toMatchObject({ ok: false, code: 'invalidOption' });
});

test('a pause means nothing in a dry run', () => {
  expect(optionConflicts({ pauseAfter: 5, dryRun: true }, 0)).toMatchObject([
    { code: 'invalidOption', field: 'pauseAfter', message: expect.stringContaining('dry run') },
  ]);
  for (const options of [{ pauseAfter: 5 }, { dryRun: true }]) expect(optionConflicts(options, 0)).toEqual([]);
});

describe('a time', () => {
  test.each([
    '2030-01-31T08:00Z',
    '2030-01-31T08:00:00z',
    '2030-01-31t08:00:00.123456Z',
    '2030-01-31T09:30:00+01:30',
    '2030-01-31T03:00-05:00',
    ' 2030-01-31T08:00Z ',
  ])('may be written %j', (text) => {
    const checked = checkOption('notBefore', text);
    expect(checked.ok && typeof checked.value === 'number' && Math.floor(checked.value / 1_000)).toBe(
      Date.UTC(2030, 0, 31, 8) / 1_000,
    );
    expect(checkOption('notAfter', text)).toEqual(checked);
  });
  test.each([
    '2030-01-31',
    '2030-01-31T08:00',
    '2030-01-31 08:00Z',
    '30-01-31T08:00Z',
    '2030-1-31T08:00Z',
    '2030-01-3T08:00Z',
    '2030-01-31T8:00Z',
    '2030-01-31T08:0Z',
    '2030-01-31T08:00:0Z',
    '2030-01-31T08:00:00.Z',
    '2030-01-31T08:00+1:00',
    '2030-01-31T08:00+01:0',
    '2030-01-31T08:00+0100',
    'x2030-01-31T08:00Z',
    '2030-01-31T08:00Zx',
    '2030-13-31T08:00Z',
    '2027-02-30T00:00:00Z',
    '2027-02-29T00:00Z',
    '2026-11-31T00:00Z',
    '2030-01-31T25:00Z',
    '+002030-01-31T08:00Z',
    'tomorrow',
  ])('may not be written %j', (text) => {
    for (const name of ['notBefore', 'notAfter'] as const)
      expect(checkOption(name, text)).toMatchObject({
        ok: false,
        code: 'invalidOption',
        message: expect.stringContaining(`${name} is "${text}"`),
      });
  });
});

test('a day that the calendar does not have is named, in a body and in a query', () => {
  for (const said of ['2027-02-30T00:00:00Z', new QueryText('2027-02-30T00:00:00Z')])
    expect(checkOption('notAfter', said)).toMatchObject({
      ok: false,
      code: 'invalidOption',
      message: expect.stringContaining('February 2027 has 28 days'),
    });
  expect(checkOption('notBefore', '2028-02-29T23:59:59Z')).toEqual({
    ok: true,
    value: Date.UTC(2028, 1, 29, 23, 59, 59),
  });
});

describe('the time at which a job ends', () => {
  const now = Date.UTC(2030, 0, 31, 8);
  test('is in the future, and after the one at which it begins', () => {
    for (const options of [
      {},
      { notBefore: now - 1 },
      { notAfter: now + 1 },
      { notBefore: now - 9, notAfter: now + 1 },
      { notBefore: now + 1, notAfter: now + 2 },
    ])
      expect(optionConflicts(options, now)).toEqual([]);
    expect(optionConflicts({ notAfter: now }, now)).toMatchObject([
      {
        code: 'invalidOption',
        field: 'notAfter',
        message: expect.stringContaining('2030-01-31T08:00:00.000Z, which has passed'),
      },
    ]);
    expect(optionConflicts({ notBefore: now + 1, notAfter: now + 1 }, now)).toMatchObject([
      { code: 'invalidOption', field: 'notAfter', message: expect.stringContaining('not after notBefore') },
    ]);
  });
});

describe('a change of domain', () => {
  const change = { from: 'old.example', to: 'new.example' };
  test('is two domains, in any case, with or without an @, with blanks or without', () => {
    expect([
      checkOption('changeEmailDomain', { from: ' @Old.example ', to: '@NEW.example' }),
      inQuery('changeEmailDomain', ' old.example : new.example '),
    ]).toEqual([
      { ok: true, value: change },
      { ok: true, value: change },
    ]);
  });
  test('names the one that is no domain', () => {
    expect(checkOption('changeEmailDomain', { from: 'old', to: 'new.example' })).toMatchObject({
      code: 'invalidOption',
      message: expect.stringContaining('"old"'),
    });
    expect(checkOption('changeEmailDomain', { from: 'old.example', to: 'a@new.example' })).toMatchObject({
      message: expect.stringContaining('"a@new.example"'),
    });
    expect(inQuery('changeEmailDomain', 'old.example:')).toMatchObject({ message: expect.stringContaining('""') });
  });
  test('goes to another domain', () => {
    expect(inQuery('changeEmailDomain', 'old.example:@OLD.example')).toMatchObject({
      message: expect.stringContaining('to itself'),
    });
  });
  test.each(['old.example', 'old.example:new.example:third.example', 'old.example new.example'])(
    'is not %j',
    (text) => {
      expect(inQuery('changeEmailDomain', text)).toMatchObject({
        code: 'invalidOption',
        message: expect.stringContaining('old.example:new.example'),
      });
    },
  );
});

describe('options', () => {
  test('are those that were said, and the built-in ones', () => {
    expect(reading('').options(undefined)).toStrictEqual({ skipIfResetWithinHours: 24, defaults: {} });
    expect([
      reading('pauseAfter=5').options(undefined).pauseAfter,
      reading('', { pauseAfter: 5 }).options(undefined).pauseAfter,
    ]).toEqual([5, 5]);
    const all = reading(
      'reason=why&notBefore=2030-01-31T08:00Z&notAfter=2030-01-31T17:00Z&dryRun=true&' +
        'verify=false&skipIfResetWithinHours=0&changeEmailDomain=a.example:b.example&' +
        'sendInvitationMessage=false',
    );
    expect(all.options(true)).toStrictEqual({
      reason: 'why',
      notBefore: Date.UTC(2030, 0, 31, 8),
      notAfter: Date.UTC(2030, 0, 31, 17),
      dryRun: true,
      verify: false,
      changeEmailDomain: { from: 'a.example', to: 'b.example' },
      skipIfResetWithinHours: 0,
      defaults: { sendInvitationMessage: false },
    });
  });
  test('that say what is so anyhow are left out', () => {
    expect(reading('dryRun=false&verify=true').options(undefined)).toStrictEqual({
      skipIfResetWithinHours: 24,
      defaults: {},
    });
  });
  test("take the deployment's word on mail where nobody else says it", () => {
    for (const word of [true, false])
      expect(reading('').options(word).defaults).toStrictEqual({ sendInvitationMessage: word });
  });
  test('take from the defaults of a body every choice', () => {
    const defaults = {
      sendInvitationMessage: true,
      inviteRedirectUrl: 'https://own.example',
      addEmailTo: 'none',
      invitedUserMessageInfo: {
        messageLanguage: 'de',
        customizedMessageBody: 'Hello',
        ccRecipients: [{ emailAddress: { address: 'boss@own.example' } }],
      },
    };
    expect(reading('', { defaults }).options(undefined).defaults).toStrictEqual({
      sendInvitationMessage: true,
      inviteRedirectUrl: 'https://own.example',
      messageLanguage: 'de',
      customizedMessageBody: 'Hello',
      ccRecipient: { address: 'boss@own.example' },
      addEmailTo: 'none',
    });
  });
  test('that are null in a body are not said', () => {
    expect(problems('', { reason: null, defaults: null, notAfter: null, pauseAfter: null })).toEqual([]);
  });
});

describe('an option is refused', () => {
  test('that nobody knows, with the nearest name, or with all of them', () => {
    expect(problems('resons=x&kind=y')).toMatchObject([
      { code: 'unknownOption', field: 'resons', message: '"resons" is not an option. Did you mean reason?' },
      {
        code: 'unknownOption',
        field: 'kind',
        message: expect.stringMatching(
          /^"kind" is not an option\. The options are reason, notBefore, .*changeEmailDomain\.$/,
        ),
      },
    ]);
    expect(problems('', { reset: [], default: {} })).toMatchObject([
      { message: expect.stringContaining('Did you mean resets?') },
      { message: expect.stringContaining('Did you mean defaults?') },
    ]);
  });
  test('that is said twice, differently, with both places', () => {
    expect(problems('reason=a', { reason: 'b' })).toEqual([
      {
        code: 'conflictingOption',
        field: 'reason',
        message: 'reason is said in the query and, differently, in the body. Say it once.',
      },
    ]);
    expect(problems('', { addEmailTo: 'none', defaults: { addEmailTo: 'mail' } })).toMatchObject([
      { message: expect.stringContaining('in the body and, differently, in defaults') },
    ]);
    expect(
      problems('reason=a&changeEmailDomain=a.example:b.example', {
        reason: 'a',
        changeEmailDomain: { from: 'A.example', to: 'b.example' },
      }),
    ).toEqual([]);
  });
  test('that stands in the body twice, even where it says the same', () => {
    const reader = new OptionsReader();
    for (const value of ['a', 'a']) reader.readMember('reason', value);
    expect(reader.problems).toEqual([
      { code: 'duplicateMember', field: 'reason', message: 'The body has "reason" twice. Keep one.' },
    ]);
    expect(reader.options(undefined).reason).toBe('a');
  });
  test('in which a name stands twice, with where that is', () => {
    const reader = new OptionsReader();
    reader.readMember('defaults', { invitedUserMessageInfo: { messageLanguage: 'de' } }, [
      ['invitedUserMessageInfo', 'messageLanguage'],
    ]);
    expect(reader.problems).toMatchObject([
      { code: 'duplicateMember', field: 'defaults.invitedUserMessageInfo.messageLanguage' },
    ]);
  });
  test('with its name, wherever it was said', () => {
    expect(problems('messageLanguage=x_y')).toMatchObject([{ code: 'invalidLanguage', field: 'messageLanguage' }]);
    expect(
      problems('', {
        defaults: {
          inviteRedirectUrl: 'x',
          invitedUserMessageInfo: { ccRecipients: [{ emailAddress: { address: 'x' } }] },
        },
      }),
    ).toMatchObject([
      { field: 'defaults.inviteRedirectUrl' },
      { field: 'defaults.invitedUserMessageInfo.ccRecipients' },
    ]);
    expect(
      problems('', { defaults: { addEmialTo: 'mail', messageLanguage: 'de', invitedUserMessageInfo: { x: 1 } } }).map(
        ({ field, message }) => [field, message],
      ),
    ).toEqual([
      ['defaults.invitedUserMessageInfo.x', '"x" is not known. Remove it.'],
      ['defaults.addEmialTo', '"addEmialTo" is not known. Did you mean addEmailTo?'],
      ['defaults.messageLanguage', '"messageLanguage" is not known here. It belongs in invitedUserMessageInfo.'],
    ]);
    expect(problems('', { defaults: 7 })).toMatchObject([
      { code: 'wrongType', field: 'defaults', message: 'defaults must be an object.' },
    ]);
  });
  test('although format, code and clientId are none and belong to others', () => {
    expect(problems('format=csv&code=x&clientId=y')).toEqual([]);
  });
});

test('the body that is described has the resets, the defaults and every option, and nothing else', () => {
  expect(Object.keys(submissionSchema.shape).toSorted()).toEqual(['resets', 'defaults', ...OPTION_NAMES].toSorted());
  expect(
    [
      { resets: [{ user: 'a' }], dryRun: true },
      { resets: [{ user: 'a' }], dryRuns: true },
    ].map((body) => submissionSchema.safeParse(body).success),
  ).toEqual([true, false]);
});
