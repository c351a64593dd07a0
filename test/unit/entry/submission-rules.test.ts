import { describe, expect, test } from 'vitest';
import { codesOf, errorsOf, ID, problemOf, read, readCsv, readJson, summaryOf, TYPES } from './submission-reading.ts';

const codesOfEntry = async (entry: object) => codesOf(await readJson({ resets: [entry] }));

describe('a reset', () => {
  test.each([
    [{}, 'missingUser'],
    [{ user: '  ' }, 'missingUser'],
    [{ invitedUser: {} }, 'missingUser'],
    [{ user: ID, invitedUser: { id: ID } }, 'ambiguousUser'],
    [{ user: 'anna' }, 'invalidUser'],
    [{ user: `${ID}0` }, 'invalidUser'],
    [{ invitedUser: { id: '{11111111-1111-4111-8111-111111111111}' } }, 'invalidUserId'],
    [{ invitedUser: { userPrincipalName: 'anna' } }, 'invalidUserPrincipalName'],
    [{ invitedUser: { mail: 'anna@partner' } }, 'invalidMail'],
    [{ invitedUser: { mail: 'an na@partner.example' } }, 'invalidMail'],
    [{ invitedUser: { mail: 'anna\u200B@partner.example' } }, 'invalidMail'],
    [{ invitedUser: { mail: 'anna@partner..example' } }, 'invalidMail'],
    [{ user: ID, invitedUserEmailAddress: 'anna' }, 'invalidEmailAddress'],
    [{ user: ID, invitedUserEmailAddress: '.anna@partner.example' }, 'invalidEmailAddress'],
    [{ user: ID, invitedUserEmailAddress: 'anna-@partner.example' }, 'invalidEmailAddress'],
    [{ user: ID, resetRedemption: false }, 'resetRedemptionFalse'],
    [{ user: ID, invitedUserType: 'Member' }, 'userTypeNotAvailable'],
    [{ user: ID, addEmailTo: 'proxyAddresses' }, 'invalidAddEmailTo'],
    [{ user: ID, inviteRedirectUrl: 'http://own.example' }, 'invalidRedirectUrl'],
    [{ user: ID, inviteRedirectUrl: '/start' }, 'invalidRedirectUrl'],
    [{ user: ID, inviteRedirectUrl: 'javascript:alert(1)' }, 'invalidRedirectUrl'],
    [{ user: ID, inviteRedirectUrl: 'https://own.example:99999' }, 'invalidRedirectUrl'],
    [{ user: ID, inviteRedirectUrl: `https://own.example/${'x'.repeat(2_100)}` }, 'fieldTooLong'],
    [{ user: ID, invitedUserMessageInfo: { messageLanguage: 'English (US)' } }, 'invalidLanguage'],
    [
      { user: ID, invitedUserMessageInfo: { ccRecipients: [{ emailAddress: { address: 'boss' } }] } },
      'invalidCcRecipient',
    ],
    [
      {
        user: ID,
        invitedUserMessageInfo: {
          ccRecipients: [{ emailAddress: { address: 'a@b.example' } }, { emailAddress: { address: 'c@b.example' } }],
        },
      },
      'tooManyCcRecipients',
    ],
    [{ user: ID, reference: 'x'.repeat(257) }, 'fieldTooLong'],
    [{ user: ID, invitedUserDisplayName: 'x'.repeat(257) }, 'fieldTooLong'],
    [{ user: ID, invitedUserMessageInfo: { customizedMessageBody: 'x'.repeat(5_001) } }, 'fieldTooLong'],
  ])('%j is refused with %s', async (entry, code) => {
    expect(await codesOfEntry(entry)).toEqual([code]);
  });

  test('fields of the greatest length are taken', async () => {
    const entry = {
      user: ID,
      reference: 'x'.repeat(256),
      invitedUserMessageInfo: { customizedMessageBody: 'x'.repeat(5_000) },
    };
    expect((await readJson({ resets: [entry] })).resets).toHaveLength(1);
  });

  test('every character that the invitation service forbids is refused', async () => {
    for (const character of '~!#$%^&*()+=[]{}\\/|;:"<>?,`’é') {
      expect(
        await codesOfEntry({ user: ID, invitedUserEmailAddress: `an${character}na@partner.example` }),
        character,
      ).toEqual(['forbiddenCharacter']);
    }
    const allowed = ['_anna_@partner.example', "o'neil@partner.example", 'anna.b-c@partner.example'];
    for (const address of allowed)
      expect((await readJson({ resets: [{ user: ID, invitedUserEmailAddress: address }] })).resets).toHaveLength(1);
  });

  test('a row of more than 16,000 characters in all is refused, one of less is taken', async () => {
    const row = (chars: number) => `user,note\na@b.example,${'x'.repeat(chars)}\n`;
    expect(errorsOf(await readCsv(row(16_000)))).toMatchObject([{ code: 'rowTooLong', row: 1, line: 2 }]);
    expect((await readCsv(row(15_000))).resets).toHaveLength(1);
  });

  test('the same guest twice is refused, whatever the case and the field', async () => {
    const reading = await readJson({
      resets: [
        { user: 'Anna@partner.example' },
        { user: ID },
        { invitedUser: { mail: 'anna@PARTNER.example' } },
        { invitedUser: { id: ID.toUpperCase() } },
      ],
    });
    expect(errorsOf(reading)).toMatchObject([
      {
        code: 'duplicateUser',
        row: 3,
        field: 'invitedUser.mail',
        message: 'Row 1 names the same guest. Keep one row.',
      },
      { code: 'duplicateUser', row: 4, field: 'invitedUser.id', message: 'Row 2 names the same guest. Keep one row.' },
    ]);
  });

  test('after the first problem nothing is yielded, but all problems are reported', async () => {
    const reading = await readJson({
      resets: [{ user: 'a@b.example' }, { user: 'nobody' }, { user: 'c@b.example' }, {}],
    });
    expect(reading.resets.map(({ row }) => row)).toEqual([1]);
    expect(problemOf(reading)).toMatchObject({
      status: 400,
      code: 'invalidSubmission',
      errorCount: 2,
      detail: expect.stringMatching(/^2 problems; nothing was queued/),
    });
    expect(codesOf(reading)).toEqual(['invalidUser', 'missingUser']);
  });

  test('the first 100 problems are listed, all are counted, and those of the request come first', async () => {
    const reading = await readJson({ resets: Array.from({ length: 150 }, () => ({})), color: 'red' });
    const { errors, errorCount, detail } = problemOf(reading);
    expect(errors).toHaveLength(100);
    expect(errorCount).toBe(151);
    expect(errors?.[0]).toMatchObject({ code: 'unknownOption', field: 'color' });
    expect(detail).toContain('The first 100 are listed.');
  });
});

describe('the request', () => {
  test.each([undefined, '', 'text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    'the content type %j is refused with the words that mend it',
    async (type) => {
      const problem = problemOf(await read('user\na@b.example', { type }));
      expect(problem).toMatchObject({ status: 415, code: 'unsupportedMediaType' });
      expect(problem.detail).toContain('-H "Content-Type: text/csv"');
      expect(problem.detail).toContain('-ContentType "text/csv"');
    },
  );

  test('a charset nobody knows is refused', async () => {
    expect(problemOf(await readCsv('user\na@b.example', { type: 'text/csv; charset=klingon' }))).toMatchObject({
      status: 415,
      code: 'unsupportedCharset',
    });
  });

  test('a body over the limit is refused before it is read to its end', async () => {
    let pulled = 0;
    async function* endless(): AsyncGenerator<Uint8Array> {
      yield new TextEncoder().encode('user\n');
      for (;;) {
        pulled++;
        yield new TextEncoder().encode(`user${pulled}@partner.example\n`);
      }
    }
    const { readSubmission } = await import('../../../shared/entry/http/submission/read-submission.ts');
    const submission = readSubmission(endless(), 'text/csv', new URLSearchParams(), {
      maxResets: 1_000,
      maxBodyBytes: 1_000,
      keepBadRows: false,
      now: 0,
    });
    let next = await submission.next();
    while (next.done !== true) next = await submission.next();
    expect(next.value).toMatchObject({ kind: 'rejected', problem: { status: 413, code: 'bodyTooLarge' } });
    expect(pulled).toBeLessThan(60);
  });

  test('more resets than allowed are refused at once; as many as allowed are taken', async () => {
    const rows = (count: number) =>
      `user\n${Array.from({ length: count }, (_, index) => `user${index}@partner.example\n`).join('')}`;
    expect((await readCsv(rows(3), { maxResets: 3 })).resets).toHaveLength(3);
    expect(problemOf(await readCsv(rows(4), { maxResets: 3 }))).toMatchObject({
      status: 400,
      code: 'tooManyResets',
      errorCount: 1,
    });
  });

  test('an error of the body itself is thrown, not told as a problem of the text', async () => {
    async function* torn(): AsyncGenerator<Uint8Array> {
      yield new TextEncoder().encode('user\n');
      throw new Error('the client went away');
    }
    const { readSubmission } = await import('../../../shared/entry/http/submission/read-submission.ts');
    const submission = readSubmission(torn(), 'text/csv', new URLSearchParams(), {
      maxResets: 1,
      maxBodyBytes: 100,
      keepBadRows: false,
      now: 0,
    });
    await expect(submission.next()).rejects.toThrow('the client went away');
  });
});

describe('whether to send mail', () => {
  test('somebody must say it; the problem names the rows and the words to add', async () => {
    const row = (index: number): string => `user${index}@partner.example,${index === 1 ? 'true' : ''}\n`;
    const body = `user,sendInvitationMessage\n${Array.from({ length: 9 }, (_, index) => row(index)).join('')}`;
    const problem = problemOf(await read(body, { type: TYPES.csv }));
    expect(problem).toMatchObject({ status: 400, code: 'missingSendInvitationMessage', errorCount: 1 });
    expect(problem.detail).toContain('Rows 1, 3, 4, 5, 6 and 3 more do not say');
    expect(problem.detail).toContain('Add ?sendInvitationMessage=false');
  });

  test('the words fit the format', async () => {
    const problem = problemOf(await read('{"resets":[{"user":"a@b.example"}]}', { type: TYPES.json }));
    expect(problem.detail).toContain('Row 1 does not say');
    expect(problem.detail).toContain('"defaults": { "sendInvitationMessage": false }');
  });

  test.each([
    ['{"resets":[{"user":"a@b.example","sendInvitationMessage":true}]}', '', undefined],
    ['{"resets":[{"user":"a@b.example"}],"sendInvitationMessage":true}', '', true],
    ['{"resets":[{"user":"a@b.example"}],"defaults":{"sendInvitationMessage":false}}', '', false],
    ['{"resets":[{"user":"a@b.example"}]}', 'sendInvitationMessage=TRUE', true],
  ])('%s with the query "%s" says it', async (body, query, value) => {
    expect(summaryOf(await read(body, { type: TYPES.json, query })).options.defaults.sendInvitationMessage).toBe(value);
  });

  test('a setting can say it, and the job can say otherwise', async () => {
    const said = async (query: string) =>
      summaryOf(await read('user\na@b.example', { type: TYPES.csv, query, defaultSendInvitationMessage: true })).options
        .defaults.sendInvitationMessage;
    expect([await said(''), await said('sendInvitationMessage=0')]).toEqual([true, false]);
  });
});

describe('options', () => {
  const ONE = 'user\na@b.example\n';

  test('the query gives every option; format, code and clientId are not options', async () => {
    const query = new URLSearchParams({
      reason: 'merger',
      notBefore: '2030-01-31T08:00Z',
      skipIfResetWithinHours: '1.5',
      sendInvitationMessage: 'true',
      addEmailTo: 'none',
      messageLanguage: 'de-at',
      customizedMessageBody: 'Hello',
      inviteRedirectUrl: 'https://own.example',
      format: 'csv',
      code: 'x',
      clientId: 'y',
    }).toString();
    expect(summaryOf(await readCsv(ONE, { query })).options).toEqual({
      reason: 'merger',
      notBefore: Date.UTC(2030, 0, 31, 8),
      skipIfResetWithinHours: 1.5,
      defaults: {
        sendInvitationMessage: true,
        addEmailTo: 'none',
        messageLanguage: 'de-AT',
        customizedMessageBody: 'Hello',
        inviteRedirectUrl: 'https://own.example',
      },
    });
  });

  test('resets within 24 hours are skipped unless said otherwise', async () => {
    expect(summaryOf(await readCsv(ONE)).options.skipIfResetWithinHours).toBe(24);
  });

  test.each([
    ['dryRun=perhaps', 'invalidOption'],
    ['dryRun', 'invalidOption'],
    ['dryRun=', 'invalidOption'],
    ['pauseAfter=', 'invalidOption'],
    ['changeEmailDomain=', 'invalidOption'],
    ['maxPerMinute=10.5', 'invalidOption'],
    ['maxPerMinute=0', 'invalidOption'],
    ['notAfter=2030-01-01', 'invalidOption'],
    ['pauseAfter=0', 'invalidOption'],
    ['changeEmailDomain=a.example', 'invalidOption'],
    ['changeEmailDomain=a.example:b', 'invalidOption'],
    ['changeEmailDomain=a.example:A.example', 'invalidOption'],
    ['changeEmailDomain=a.example:b.example:c.example', 'invalidOption'],
    ['color=red', 'unknownOption'],
    ['Reason=x', 'unknownOption'],
    ['notBefore=tomorrow', 'invalidOption'],
    ['notBefore=2030-01-31T08:00:00', 'invalidOption'],
    ['notBefore=2030-13-31T08:00:00Z', 'invalidOption'],
    ['skipIfResetWithinHours=-1', 'invalidOption'],
    ['skipIfResetWithinHours=soon', 'invalidOption'],
    ['sendInvitationMessage=perhaps', 'invalidOption'],
    ['inviteRedirectUrl=http://own.example', 'invalidRedirectUrl'],
    ['messageLanguage=_', 'invalidLanguage'],
    ['addEmailTo=all', 'invalidAddEmailTo'],
    [`reason=${'x'.repeat(257)}`, 'fieldTooLong'],
    ['reason=a&reason=b', 'conflictingOption'],
  ])('the query %s is refused with %s, and nothing is yielded', async (query, code) => {
    const reading = await readCsv(ONE, {
      query: query.startsWith('sendInv') ? query : `sendInvitationMessage=false&${query}`,
    });
    expect(problemOf(reading)).toMatchObject({ status: 400 });
    expect(codesOf(reading)).toContain(code);
    expect(reading.resets).toEqual([]);
  });

  test.each(['notAfter=2025-12-31T23:59:59Z', 'notBefore=2030-01-02T00:00Z&notAfter=2030-01-01T00:00Z'])(
    'the query %s leaves no time to send, and is refused at the end with the problems of the rows',
    async (query) => {
      const reading = await readCsv(`${ONE}${ONE.split('\n')[1]}\n`, { query: `sendInvitationMessage=false&${query}` });
      expect(problemOf(reading)).toMatchObject({ status: 400, code: 'invalidSubmission' });
      expect(codesOf(reading)).toEqual(['invalidOption', 'duplicateUser']);
    },
  );

  test.each(['dryRun=false', 'reason=', 'messageLanguage='])('%s asks for nothing and is taken', async (query) => {
    expect(summaryOf(await readCsv(ONE, { query: `sendInvitationMessage=false&${query}` })).total).toBe(1);
  });

  test.each([
    [{ dryRun: 'true' }, 'invalidOption'],
    [{ maxPerMinute: '5' }, 'invalidOption'],
    [{ pauseAfter: '5' }, 'invalidOption'],
    [{ pauseAfter: 5, dryRun: true }, 'invalidOption'],
    [{ changeEmailDomain: { from: 'a.example' } }, 'invalidOption'],
    [{ changeEmailDomain: 'a.example:b.example' }, 'invalidOption'],
    [{ changeEmailDomain: {} }, 'invalidOption'],
    [{ colour: 1 }, 'unknownOption'],
    [{ skipIfResetWithinHours: '24' }, 'invalidOption'],
    [{ sendInvitationMessage: 'false' }, 'invalidOption'],
    [{ reason: 7 }, 'invalidOption'],
    [{ defaults: { inviteRedirectUrl: 'x' } }, 'invalidRedirectUrl'],
    [{ defaults: { user: 'x' } }, 'unknownField'],
    [{ defaults: [] }, 'wrongType'],
    [{ defaults: { sendInvitationMessage: true } }, 'conflictingOption'],
    [{ addEmailTo: 'none', defaults: { addEmailTo: 'mail' } }, 'conflictingOption'],
  ])('the member %j is refused with %s', async (members, code) => {
    const reading = await readJson({ ...members, resets: [{ user: ID }] });
    expect(codesOf(reading)).toEqual([code]);
    expect(problemOf(reading).code).toBe(code);
  });

  test('the same value in two places is no conflict, and null says nothing', async () => {
    const reading = await readJson({
      resets: [{ user: ID }],
      dryRun: false,
      pauseAfter: null,
      reason: null,
      changeEmailDomain: null,
      sendInvitationMessage: false,
      defaults: { sendInvitationMessage: false },
    });
    expect(summaryOf(reading).options.defaults).toEqual({ sendInvitationMessage: false });
  });

  test('a dry run and no verification are said only where they were asked for', async () => {
    expect(
      summaryOf(await readCsv(ONE, { query: 'sendInvitationMessage=false&dryRun=TRUE&verify=false' })).options,
    ).toMatchObject({ dryRun: true, verify: false });
    const { options } = summaryOf(await readJson({ resets: [{ user: ID }], dryRun: false, verify: true }));
    expect([options.dryRun, options.verify]).toEqual([undefined, undefined]);
  });

  test('a change of domain is said by two domains, in the query with a colon between', async () => {
    const change = { from: 'old.example', to: 'new.example' };
    expect(
      summaryOf(await readCsv(ONE, { query: 'sendInvitationMessage=false&changeEmailDomain=@Old.example:new.example' }))
        .options.changeEmailDomain,
    ).toEqual(change);
    expect(
      summaryOf(await readJson({ resets: [{ user: ID }], sendInvitationMessage: false, changeEmailDomain: change }))
        .options.changeEmailDomain,
    ).toEqual(change);
  });

  test.each([
    [true, { user: ID, sendInvitationMessage: true, invitedUserMessageInfo: { customizedMessageBody: 'Hello' } }, {}],
    [
      true,
      { user: ID, invitedUserMessageInfo: { customizedMessageBody: 'Hello' } },
      { defaults: { sendInvitationMessage: true } },
    ],
    [true, { user: ID, sendInvitationMessage: true }, { customizedMessageBody: 'Hello' }],
    [true, { user: ID }, { customizedMessageBody: 'Hello', sendInvitationMessage: true }],
    [
      false,
      { user: ID, sendInvitationMessage: false, invitedUserMessageInfo: { customizedMessageBody: 'Hello' } },
      { defaults: { sendInvitationMessage: true } },
    ],
    [false, { user: ID }, { customizedMessageBody: 'Hello', sendInvitationMessage: false }],
    [false, { user: ID, sendInvitationMessage: true }, {}],
  ])(
    'that Microsoft drops a custom message is said at submission, where it mails: %s',
    async (warned, entry, members) => {
      const { warnings } = summaryOf(await readJson({ ...members, resets: [entry] }, { query: '' }));
      expect(warnings.map(({ code }) => code)).toEqual(warned ? ['customMessageDropped'] : []);
    },
  );

  test('the path of a problem in the defaults begins with defaults', async () => {
    const reading = await readJson({
      resets: [{ user: ID }],
      defaults: { invitedUserMessageInfo: { messageLanguage: 'not a tag' } },
    });
    expect(errorsOf(reading)).toMatchObject([
      { code: 'invalidLanguage', field: 'defaults.invitedUserMessageInfo.messageLanguage' },
    ]);
  });
});
