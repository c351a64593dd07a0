import { describe, expect, test } from 'vitest';
import { codesOf, errorsOf, ID, problemOf, read, readJson, summaryOf, TYPES } from './submission-reading.ts';

describe('JSON', () => {
  test('an entry is the invitation body of the Graph documentation', async () => {
    const { resets } = await readJson(
      {
        resets: [
          {
            invitedUserEmailAddress: 'anna@new.example',
            sendInvitationMessage: true,
            invitedUserMessageInfo: {
              messageLanguage: 'en-us',
              ccRecipients: [{ emailAddress: { name: 'Boss', address: 'boss@own.example' } }],
              customizedMessageBody: 'Hello',
            },
            inviteRedirectUrl: 'https://myapps.microsoft.com?tenantId=',
            invitedUser: { id: ID.toUpperCase() },
            resetRedemption: true,
            invitedUserType: 'Guest',
            reference: ' ticket 7 ',
            addEmailTo: 'otherMails',
          },
        ],
      },
      { query: '' },
    );
    expect(resets).toEqual([
      {
        row: 1,
        selector: { by: 'id', value: ID },
        reference: ' ticket 7 ',
        invitedUserEmailAddress: 'anna@new.example',
        sendInvitationMessage: true,
        messageLanguage: 'en-US',
        ccRecipient: { address: 'boss@own.example', name: 'Boss' },
        customizedMessageBody: 'Hello',
        inviteRedirectUrl: 'https://myapps.microsoft.com?tenantId=',
        addEmailTo: 'otherMails',
      },
    ]);
  });

  test('a recipient in copy without an address, as in the documentation, means none', async () => {
    const { resets } = await readJson({
      resets: [
        { user: ID, invitedUserMessageInfo: { ccRecipients: [{ emailAddress: { name: null, address: null } }] } },
      ],
    });
    expect(resets).toEqual([{ row: 1, selector: { by: 'id', value: ID } }]);
  });

  test.each([
    [ID, { by: 'id', value: ID }],
    [
      'anna_partner.example#EXT#@own.example',
      { by: 'userPrincipalName', value: 'anna_partner.example#EXT#@own.example' },
    ],
    [' Anna@partner.example ', { by: 'mail', value: 'Anna@partner.example' }],
  ])('user %j is recognised by its shape', async (user, selector) => {
    const { resets } = await readJson({ resets: [{ user }] });
    expect(resets[0]?.selector).toEqual(selector);
  });

  test('of several names of an invited user the id wins, then the UPN', async () => {
    const { resets } = await readJson({
      resets: [
        { invitedUser: { mail: 'a@b.example', userPrincipalName: 'a@own.example', id: ID } },
        { invitedUser: { mail: 'a@b.example', userPrincipalName: 'a@own.example', id: '' } },
      ],
    });
    expect(resets.map(({ selector }) => selector.by)).toEqual(['id', 'userPrincipalName']);
  });

  test('options and defaults may stand after the resets and are kept apart from them', async () => {
    const body = `{ "resets": [ { "user": "${ID}" } ],
      "reason": "domain change", "notBefore": "2030-01-31T08:00:00+01:00", "skipIfResetWithinHours": 0,
      "defaults": { "sendInvitationMessage": false, "invitedUserMessageInfo": { "messageLanguage": "de" } } }`;
    const reading = await readJson(body, { query: '' });
    expect(reading.resets).toEqual([{ row: 1, selector: { by: 'id', value: ID } }]);
    expect(summaryOf(reading)).toEqual({
      options: {
        reason: 'domain change',
        notBefore: Date.UTC(2030, 0, 31, 7),
        skipIfResetWithinHours: 0,
        defaults: { sendInvitationMessage: false, messageLanguage: 'de' },
      },
      warnings: [],
      total: 1,
    });
  });

  test('broken JSON is refused with line and column, also after escapes and letters of several bytes', async () => {
    const reading = await readJson('{ "resets": [\n  { "user": "\\u00e9\\ud83d\\ude00é😀@b.example" }, , ] }', {
      chunkBytes: [1],
    });
    expect(problemOf(reading)).toMatchObject({ status: 400, code: 'invalidJson' });
    expect(errorsOf(reading)[0]).toMatchObject({
      line: 2,
      message: expect.stringContaining('unexpected "," at line 2, column 50'),
    });
  });

  test.each([
    ['{ "resets": [ { "user": "a@b.example" }', 'line 1, column 40'],
    ['{ "resets": [] } {}', 'line 1, column 18'],
    ["{ 'resets': [] }", 'line 1, column 3'],
    ['{ "resets": [ { "user": "a@b.example" ] }', 'line 1, column 39'],
  ])('%s is no JSON, and the place is named', async (body, place) => {
    expect(problemOf(await readJson(body))).toMatchObject({
      code: 'invalidJson',
      detail: expect.stringContaining(place),
    });
  });

  test('problems found before broken JSON are told with it', async () => {
    expect(codesOf(await readJson('{ "resets": [ { "user": "nobody" }, nonsense'))).toEqual([
      'invalidJson',
      'invalidUser',
    ]);
  });

  test.each([
    ['[1]', 'wrongType'],
    ['"text"', 'wrongType'],
    ['{ "resets": {} }', 'wrongType'],
    ['{}', 'noResets'],
    ['{ "resets": [] }', 'noResets'],
    ['', 'emptyBody'],
    [' \n', 'emptyBody'],
  ])('the body %j is refused with %s', async (body, code) => {
    expect(problemOf(await readJson(body))).toMatchObject({ status: 400, code });
  });

  test('an entry that is no object is refused with its row', async () => {
    expect(errorsOf(await readJson({ resets: [{ user: ID }, 'anna'] }))).toEqual([
      { code: 'wrongType', row: 2, message: 'The entry must be an object.' },
    ]);
  });

  test('unknown members are refused with their path and advice', async () => {
    const reading = await readJson({
      resets: [
        { user: ID, sendInvitatonMessage: true, messageLanguage: 'de', invitedUserMessageInfo: { color: 'red' } },
      ],
    });
    expect(errorsOf(reading)).toEqual([
      {
        code: 'unknownField',
        row: 1,
        field: 'invitedUserMessageInfo.color',
        message: '"color" is not known. Remove it.',
      },
      {
        code: 'unknownField',
        row: 1,
        field: 'sendInvitatonMessage',
        message: '"sendInvitatonMessage" is not known. Did you mean sendInvitationMessage?',
      },
      {
        code: 'unknownField',
        row: 1,
        field: 'messageLanguage',
        message: '"messageLanguage" is not known here. It belongs in invitedUserMessageInfo.',
      },
    ]);
  });

  test('a value of the wrong type is refused with its path', async () => {
    const reading = await readJson({
      resets: [{ user: ID, sendInvitationMessage: 'true' }, { invitedUser: { id: 7 } }],
    });
    expect(errorsOf(reading)).toEqual([
      {
        code: 'wrongType',
        row: 1,
        field: 'sendInvitationMessage',
        message: 'sendInvitationMessage must be true or false, without quotes.',
      },
      { code: 'wrongType', row: 2, field: 'invitedUser.id', message: 'invitedUser.id must be text.' },
    ]);
  });

  test('a member that appears twice is refused, as one of the two would be lost', async () => {
    const reading = await readJson(`{ "resets": [ { "user": "${ID}" } ], "reason": "a", "reason": "a", "resets": [] }`);
    expect(errorsOf(reading)).toMatchObject([
      { code: 'duplicateMember', field: 'resets' },
      { code: 'duplicateMember', field: 'reason' },
    ]);
  });

  test('an entry of more than a million characters ends the reading', async () => {
    const reading = await readJson({ resets: [{ user: ID, reference: 'x'.repeat(1_100_000) }] });
    expect(codesOf(reading)).toEqual(['rowTooLong']);
  });

  test('a letter cut in two by the size of a block stays whole', async () => {
    const reference = `${'x'.repeat(200)}😀`;
    for (let shift = 0; shift < 3; shift++) {
      const filler = ' '.repeat(16_384 - 250 + shift);
      const { resets } = await readJson(`{${filler}"resets":[{"user":"${ID}","reference":"${reference}"}]}`);
      expect(resets[0]?.reference).toBe(reference);
    }
  });
});

describe('NDJSON', () => {
  const readLines = (body: string, query = 'sendInvitationMessage=false') => read(body, { type: TYPES.ndjson, query });

  test.each(['application/x-ndjson', 'application/ndjson; charset=utf-8', 'Application/JSONL'])(
    '%s has one entry a line; blank lines are skipped',
    async (type) => {
      const reading = await read(`{"user":"a@b.example"}\r\n\n  \n{"user":"c@b.example"}`, {
        type,
        query: 'sendInvitationMessage=false&reason=why',
      });
      expect(reading.resets.map(({ row, selector }) => [row, selector.value])).toEqual([
        [1, 'a@b.example'],
        [2, 'c@b.example'],
      ]);
      expect(summaryOf(reading)).toMatchObject({ total: 2, options: { reason: 'why' } });
    },
  );

  test('a line that is not JSON is a problem of that line, and reading goes on', async () => {
    const reading = await readLines('{"user":"a@b.example"}\n\n{"user":}\n{"user":"nobody"}\n');
    expect(errorsOf(reading)).toMatchObject([
      { code: 'invalidJson', row: 2, line: 3, message: expect.stringContaining('Line 3') },
      { code: 'invalidUser', row: 3, line: 4, field: 'user' },
    ]);
  });

  test('a line of more than a million characters is refused and not kept', async () => {
    const reading = await readLines(`{"user":"a@b.example"}\n"${'x'.repeat(1_100_000)}"\n{"user":"a@b.example"}`);
    expect(errorsOf(reading)).toMatchObject([
      { code: 'rowTooLong', row: 2, line: 2 },
      { code: 'duplicateUser', row: 3, line: 3 },
    ]);
  });
});
