import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { codesOf, errorsOf, ID, problemOf, read, readCsv, summaryOf, TYPES } from './submission-reading.ts';

/** Columns of a user list downloaded from the Entra admin center. */
const ENTRA_EXPORT = [
  'userPrincipalName',
  'displayName',
  'surname',
  'mail',
  'givenName',
  'id',
  'userType',
  'jobTitle',
  'department',
  'accountEnabled',
  'usageLocation',
  'streetAddress',
  'state',
  'country',
  'officeLocation',
  'city',
  'postalCode',
  'telephoneNumber',
  'mobilePhone',
  'alternateEmailAddress',
  'ageGroup',
  'consentProvidedForMinor',
  'legalAgeGroupClassification',
  'companyName',
  'creationType',
  'directorySynced',
  'invitationState',
  'identityIssuer',
  'createdDateTime',
];

describe('the header', () => {
  test('columns come in any order and case; flat fields make one reset', async () => {
    const { resets } = await readCsv(
      'CCRECIPIENT,Reference,InvitedUserEmailAddress,SENDINVITATIONMESSAGE,messagelanguage,' +
        'CustomizedMessageBody,InviteRedirectUrl,AddEmailTo,InvitedUserDisplayName,' +
        'resetRedemption,invitedUserType,User\n' +
        'boss@own.example,t-1,anna@new.example,TRUE,fr-ca,"Hello, ' +
        `Anna",https://own.example/start,OTHERMAILS,Anna,true,Guest,${ID}\n`,
    );
    expect(resets).toMatchObject([
      {
        row: 1,
        selector: { by: 'id', value: ID },
        ccRecipient: { address: 'boss@own.example' },
        reference: 't-1',
        invitedUserEmailAddress: 'anna@new.example',
        sendInvitationMessage: true,
        messageLanguage: 'fr-CA',
        customizedMessageBody: 'Hello, Anna',
        inviteRedirectUrl: 'https://own.example/start',
        addEmailTo: 'otherMails',
        invitedUserDisplayName: 'Anna',
      },
    ]);
  });

  test('the first name of the guest that is not empty wins: object id, user, UPN, mail; other addresses are kept', async () => {
    const { resets } = await readCsv(
      `mail,userPrincipalName,objectId,user\na@b.example,a@own.example,${ID},u@b.example\n` +
        'b@b.example,b@own.example,,v@b.example\nc@b.example,c@own.example,,\nd@b.example, ,,\n',
    );
    expect(resets.map(({ selector, alsoSaid }) => [selector, alsoSaid])).toEqual([
      [{ by: 'id', value: ID }, ['u@b.example', 'a@b.example']],
      [{ by: 'mail', value: 'v@b.example' }, ['b@b.example']],
      [{ by: 'userPrincipalName', value: 'c@own.example' }, ['c@b.example']],
      [{ by: 'mail', value: 'd@b.example' }, undefined],
    ]);
  });

  test('the template of the Entra bulk invitation is read as it is', async () => {
    const reading = await readCsv(
      'version:v1.0,,,\r\nEmail address to invite [inviteeEmail] Required,Redirection url [inviteRedirectURL] ' +
        'Required,' +
        'Send invitation message (true or false) [sendEmail],Customized invitation message ' +
        '[customizedMessageBody]\r\n' +
        'anna@partner.example,https://myapps.microsoft.com,True,Welcome\r\n',
      { query: '' },
    );
    expect(reading.resets).toMatchObject([
      {
        selector: { by: 'mail', value: 'anna@partner.example' },
        invitedUserEmailAddress: 'anna@partner.example',
        inviteRedirectUrl: 'https://myapps.microsoft.com',
        sendInvitationMessage: true,
        customizedMessageBody: 'Welcome',
      },
    ]);
    expect(summaryOf(reading).warnings).toMatchObject([{ code: 'customMessageDropped' }]);
  });

  test('the example row of the template is refused by name', async () => {
    const reading = await readCsv(
      'version:v1.0\nEmail address to invite [inviteeEmail] Required\nExample: anna@partner.example\n',
    );
    expect(errorsOf(reading)).toMatchObject([
      { code: 'invalidMail', row: 1, line: 3, message: expect.stringContaining('example row') },
    ]);
  });

  test('an Entra user export is taken; its other columns are kept, and nobody is warned of them', async () => {
    const cells = ENTRA_EXPORT.map((name) => (name === 'id' ? ID : name));
    const reading = await readCsv(`${ENTRA_EXPORT.join(',')}\n${cells.join(',')}\n`);
    expect(reading.resets).toEqual([{ row: 1, selector: { by: 'id', value: ID }, input: cells }]);
    const { columns, warnings } = summaryOf(reading);
    expect(columns).toEqual(ENTRA_EXPORT);
    expect(warnings).toEqual([]);
  });

  test('of an Entra user export only columns of your own are warned of, as they are without it', async () => {
    const cells = ENTRA_EXPORT.map((name) => (name === 'alternateEmailAddress' ? 'other@fabrikam.example' : 'x'));
    const id = ENTRA_EXPORT.indexOf('id');
    const row = (names: readonly string[]) => names.map((_name, index) => (index === id ? ID : cells[index])).join(',');
    const withMine = await readCsv(
      `${ENTRA_EXPORT.join(',')},New address\n${row(ENTRA_EXPORT)},new@fabrikam.example\n`,
    );
    expect(summaryOf(withMine).warnings.map(({ code, message }) => [code, message.replace(/\. Call .*/, '')])).toEqual([
      ['unusedColumns', 'These columns are not used, only kept and given back with the results: New address.'],
      ['unusedAddressColumn', 'These columns hold addresses and are not used, so nobody is invited there: New address'],
    ]);
    const notEntra = await readCsv('user,alternateEmailAddress\na@b.example,a@c.example\n');
    expect(summaryOf(notEntra).warnings.map(({ code }) => code)).toEqual(['unusedColumns', 'unusedAddressColumn']);
  });

  test.each([
    ['sendInvitatonMessage', 'sendInvitationMessage'],
    ['userPrincipleName', 'userPrincipalName'],
    ['User Principle Name', 'userPrincipalName'],
    ['Invited User Email Adress', 'invitedUserEmailAddress'],
    ['Email [inviteEmail]', 'inviteeEmail'],
    ['Objekt ID', 'objectId'],
    ['refrence', 'reference'],
  ])('a column %s is refused with the suggestion %s', async (column, suggestion) => {
    const reading = await readCsv(`user,${column}\na@b.example,x\n`);
    expect(problemOf(reading)).toMatchObject({
      status: 400,
      code: 'misspelledColumn',
      errors: [{ line: 1, field: column, message: expect.stringContaining(`Did you mean ${suggestion}?`) }],
    });
  });

  test.each([
    ['a,b\n1,2\n', 'noUserColumn'],
    ['user\n', 'noResets'],
    ['sep=;\n', 'noResets'],
    ['', 'emptyBody'],
  ])('the file %j is refused with %s', async (body, code) => {
    expect(problemOf(await readCsv(body))).toMatchObject({ status: 400, code });
  });

  test.each([
    ['Object ID', ID, { by: 'id', value: ID }],
    ['OBJECT_ID', ID, { by: 'id', value: ID }],
    ['User ID', ID, { by: 'id', value: ID }],
    ['User principal name', 'anna@own.example', { by: 'userPrincipalName', value: 'anna@own.example' }],
    ['User name [userPrincipalName] Required', 'a@own.example', { by: 'userPrincipalName', value: 'a@own.example' }],
    ['Email', 'anna@b.example', { by: 'mail', value: 'anna@b.example' }],
    ['E-mail', 'anna@b.example', { by: 'mail', value: 'anna@b.example' }],
    ['Member object ID or user principal name [memberObjectIdOrUpn] Required', ID, { by: 'id', value: ID }],
    ['[memberObjectIdOrUpn]', 'anna@own.example', { by: 'userPrincipalName', value: 'anna@own.example' }],
  ])('a column %s is known, as portals write it', async (column, cell, selector) => {
    expect((await readCsv(`${column}\n${cell}\n`)).resets).toMatchObject([{ selector }]);
  });

  test('two columns for one field are refused only in rows that say two things, which are named', async () => {
    const reading = await readCsv(
      'mail,E-Mail,Send Invitation Message,sendInvitationMessage\n' +
        'a@b.example,A@b.example,TRUE,true\n,b@b.example,,\nc@b.example,d@b.example,true,false\n',
    );
    expect(errorsOf(reading)).toEqual([
      {
        code: 'duplicateColumn',
        row: 3,
        line: 4,
        field: 'E-Mail',
        message:
          'In this row column 1 (mail) says "c@b.example" and column 2 (E-Mail) says "d@b.example"; both mean ' +
          'mail. Keep one.',
      },
      {
        code: 'duplicateColumn',
        row: 3,
        line: 4,
        field: 'sendInvitationMessage',
        message: expect.stringContaining('both mean sendInvitationMessage'),
      },
    ]);
    const { resets } = await readCsv('mail,E-Mail\na@b.example,A@b.example\n,b@b.example\n');
    expect(resets.map(({ selector, alsoSaid }) => [selector.value, alsoSaid])).toEqual([
      ['a@b.example', undefined],
      ['b@b.example', undefined],
    ]);
  });

  test('two object ids that differ are refused at once, without looking anybody up', async () => {
    const other = ID.replace(/^./, (digit) => (digit === '0' ? '1' : '0'));
    expect(errorsOf(await readCsv(`user,Object ID\n${other},${ID}\n`))).toMatchObject([
      { code: 'ambiguousUser', row: 1, field: 'Object ID', message: expect.stringContaining(other) },
    ]);
    expect((await readCsv(`user,Object ID\n${ID.toUpperCase()},${ID}\n`)).resets).toHaveLength(1);
  });

  test('columns that are not used and hold addresses are told in one warning, whichever row has the first', async () => {
    const rows =
      'a@b.example,,Anna Berg <anna@new.example>,x,a_b.example#EXT#@own.example\nc@b.example,c@new.example,,y@,\n';
    const { warnings } = summaryOf(await readCsv(`user,New address,Copy to,note,UPN of the manager\n${rows}`));
    expect(warnings.map(({ code }) => code)).toEqual(['unusedColumns', 'unusedAddressColumn']);
    expect(warnings[1]?.message).toMatch(/: New address, Copy to\..*invitedUserEmailAddress/);
    expect(summaryOf(await readCsv('user,mail,note\na@b.example,a@b.example,x\n')).warnings).toHaveLength(1);
  });

  test('short names of your own are not taken for misspelled ones', async () => {
    expect(summaryOf(await readCsv('user,ip,uid,city,maple\na@b.example,1,2,3,4\n')).warnings).toHaveLength(1);
  });

  test('columns without a name are kept and trouble nobody', async () => {
    const reading = await readCsv('user,,\na@b.example,x,y\n');
    expect(reading.resets[0]?.input).toEqual(['a@b.example', 'x', 'y']);
    expect(summaryOf(reading).columns).toEqual(['user', '', '']);
  });

  test('result columns of an earlier run are neither read nor kept', async () => {
    const reading = await readCsv('result.status,user,Result.userPrincipalNam\nsucceeded,a@b.example,x\n');
    expect(reading.resets[0]?.input).toEqual(['a@b.example']);
    expect(summaryOf(reading)).toMatchObject({ columns: ['user'], warnings: [] });
  });
});

describe('rows of other lengths than the header', () => {
  test('have blanks for what is missing, and nothing for blanks too many, with one warning that counts both', async () => {
    const reading = await readCsv('user,note,more\na@b.example\nb@b.example,x\nc@b.example,x,y,, \nd@b.example,x,y\n');
    expect(reading.resets.map(({ input }) => input)).toEqual([
      ['a@b.example', '', ''],
      ['b@b.example', 'x', ''],
      ['c@b.example', 'x', 'y'],
      ['d@b.example', 'x', 'y'],
    ]);
    expect(summaryOf(reading).warnings).toContainEqual(
      expect.objectContaining({
        code: 'unevenRows',
        message: expect.stringMatching(/2 rows had fewer.*1 row had more/),
      }),
    );
  });

  test('are refused where a cell too many says something', async () => {
    expect(errorsOf(await readCsv('user,note\na@b.example,x,,y\n'))).toMatchObject([
      { code: 'raggedRow', row: 1, line: 2, message: expect.stringContaining('has 4 cells, the header has 2') },
    ]);
  });

  test.each([
    ['user,note,more\na@b.example,x,y\nb@b.example,x', 'incompleteRow'],
    ['user,note,more\na@b.example,x,y\nb@b.exam', 'incompleteRow'],
    ['user,note\na@b.example', 'incompleteRow'],
  ])('%j may have been cut off, and is refused', async (body, code) => {
    for (const chunkBytes of [[Infinity], [1], [7]])
      expect(errorsOf(await readCsv(body, { chunkBytes }))).toMatchObject([
        { code, line: body.split('\n').length, message: expect.stringContaining('cut off') },
      ]);
  });

  test.each([
    'user,note\na@b.example,x\nb@b.example,',
    'user,note\na@b.example,x\nb@b.example,"x"',
    'user,note\na@b.example,x\nb@b.example\r\n',
    'user,note\ra@b.example,x\rb@b.example\r',
    'user\na@b.example\nb@b.example',
    'user,note\na@b.example,x\nb@b.example,x\n ',
  ])('%j has its last row whole', async (body) => {
    for (const chunkBytes of [[Infinity], [1]]) expect((await readCsv(body, { chunkBytes })).resets).toHaveLength(2);
  });
});

describe('a body whose line ends were lost on the way', () => {
  test.each([
    ['only the header', 'user,note', 'noResets'],
    ['two rows', 'user,notea@b.example,xb@b.example,y', 'noResets'],
    ['one column', 'usera@b.exampleb@b.example', 'noUserColumn'],
    ['many rows', `user,note${',a@b.example'.repeat(700)}`, 'tooManyColumns'],
    ['a longer header than any', `user${'a@b.example'.repeat(2_000)}`, 'rowTooLong'],
    ['more than is read of one row', `user${'a@b.example'.repeat(40_000)}`, 'rowTooLong'],
  ])('of a CSV with %s is told how to keep them', async (_, body, code) => {
    expect(problemOf(await readCsv(body))).toMatchObject({ code, detail: expect.stringContaining('--data-binary') });
  });

  test.each([
    ['two entries', '{"user":"a@b.example"}{"user":"b@b.example"}', 'invalidJson'],
    ['more entries than a line holds', '{"user":"a@b.example"}'.repeat(10_000), 'rowTooLong'],
  ])('of NDJSON with %s, too', async (_, body, code) => {
    const reading = await read(body, { type: TYPES.ndjson, query: 'sendInvitationMessage=false' });
    expect(problemOf(reading)).toMatchObject({ detail: expect.stringContaining('--data-binary'), errors: [{ code }] });
  });

  test('is not what a body of several lines is told, nor a single entry with a mistake', async () => {
    expect(problemOf(await readCsv('user\nnobody\n')).detail).not.toContain('--data-binary');
    const reading = await read('{"user":"nobody"}', { type: TYPES.ndjson, query: 'sendInvitationMessage=false' });
    expect(problemOf(reading).detail).not.toContain('--data-binary');
  });
});

describe('the text', () => {
  const utf16 = (text: string, littleEndian: boolean): Uint8Array => {
    const bytes = Buffer.from(`\uFEFF${text}`, 'utf16le');
    return littleEndian ? bytes : bytes.swap16();
  };

  test.each([
    ['a byte order mark', '\uFEFFuser,note\nö@b.example,x\n'],
    ['CRLF and sep=;', 'sep=;\r\nuser;note\r\nö@b.example;x\r\n'],
    ['semicolons', 'user;note\nö@b.example;x'],
    ['tabs', 'user\tnote\nö@b.example\tx\n'],
    ['a lone CR for each line', 'user,note\rö@b.example,x\r'],
    [
      'the type line of PowerShell and quoted cells',
      '#TYPE System.Management.Automation.PSCustomObject\r\n"user","note"\r\n"ö@b.example","x"\r\n',
    ],
    ['blank rows anywhere', '\n\n,,\nuser,note\n\n,\n  ,  \nö@b.example,x\n\n,\n'],
    ['sep=\\t', 'sep=\\t\nuser\tnote\nö@b.example\tx\n'],
    ['UTF-16, little end first', utf16('user,note\r\nö@b.example,x\r\n', true)],
    ['UTF-16, big end first', utf16('user,note\r\nö@b.example,x\r\n', false)],
  ])('%s is read, whatever the chunks', async (_, body) => {
    for (const chunkBytes of [[Infinity], [1]]) {
      const { resets } = await readCsv(body, { chunkBytes });
      expect(resets).toMatchObject([{ row: 1, selector: { value: 'ö@b.example' }, input: ['ö@b.example', 'x'] }]);
    }
  });

  test.each([
    ['text/csv; charset=windows-1252', Buffer.from('user\nö@b.example', 'latin1')],
    ['text/csv;charset="UTF-16LE"', Buffer.from('user\nö@b.example', 'utf16le')],
  ])('the charset of %s is used', async (type, body) => {
    expect((await readCsv(body, { type })).resets).toMatchObject([{ selector: { value: 'ö@b.example' } }]);
  });

  test('bytes that are not UTF-8 are refused with their line', async () => {
    const body = Buffer.concat([
      Buffer.from('user,note\r\na@b.example,fine\r\n'),
      Buffer.from('ö@b.example,x\r\n', 'latin1'),
    ]);
    for (const chunkBytes of [[Infinity], [1]]) {
      const reading = await readCsv(body, { chunkBytes });
      expect(problemOf(reading)).toMatchObject({
        status: 400,
        code: 'invalidEncoding',
        errors: [{ line: 3, message: expect.stringContaining('not UTF-8') }],
      });
    }
  });

  test('problems before a line of broken bytes are told with it, whatever the chunks', async () => {
    const body = Buffer.concat([Buffer.from('user\nnobody\na@b.example\n'), Buffer.from('ö@b.example\n', 'latin1')]);
    for (const chunkBytes of [[Infinity], [1]]) {
      expect(codesOf(await readCsv(body, { chunkBytes }))).toEqual(['invalidEncoding', 'invalidUser']);
    }
  });

  test('UTF-16 without a byte order mark is recognised by its NULs', async () => {
    expect(problemOf(await readCsv(Buffer.from('user\na@b.example', 'utf16le')))).toMatchObject({
      code: 'invalidEncoding',
      detail: expect.stringContaining('UTF-16'),
    });
  });

  test.each([
    'version:v1.0',
    'version:v1.0,,,',
    '"version:v1.0";;',
    '"version:v1.0","","",""',
    '"version:v1.0";"";""',
    'version:v1.0\t""\t',
    ' version:v1.0 , " ",',
  ])('%j is the line of the template', async (line) => {
    const reading = await readCsv(`${line}\r\n"","",""\r\nuser,note\r\na@b.example,x\r\n`);
    expect(reading.resets).toMatchObject([{ selector: { value: 'a@b.example' } }]);
  });

  test('a column may have a name of several lines, and its problems the lines of the file', async () => {
    const reading = await readCsv('"Name,\nfirst";user;note\nx;nobody;y\n');
    expect(errorsOf(reading)).toMatchObject([{ code: 'invalidUser', row: 1, line: 3 }]);
  });

  test('an unclosed quote is refused with the line where its row begins', async () => {
    const reading = await readCsv('user,note\na@b.example,x\n"b@b.example,y\nc@b.example,z\n');
    expect(problemOf(reading)).toMatchObject({ code: 'unclosedQuote', errors: [{ line: 3 }] });
  });

  test('a cell without an end is told as a row that is too long, not as a quote, unless one is open in it', async () => {
    const long = 'x'.repeat(400_000);
    for (const chunkBytes of [[Infinity], [65_536], [9_973, 1]]) {
      expect(errorsOf(await readCsv(`user,note\na@b.example,x\nb@b.example,${long}\n`, { chunkBytes }))).toMatchObject([
        { code: 'rowTooLong', line: 3, message: expect.stringContaining('no line end') },
      ]);
      expect(errorsOf(await readCsv(`user,note\na@b.example,x\nb@b.example,"${long}\n`, { chunkBytes }))).toMatchObject(
        [{ code: 'unclosedQuote', line: 3 }],
      );
    }
  });

  test.each([
    ['gzip', gzipSync('user\na@b.example\n'), 'gzip'],
    ['zstd', Buffer.from([0x28, 0xb5, 0x2f, 0xfd]), 'zstd'],
    ['a workbook', Buffer.from('PK\u0003\u0004'), '.xlsx'],
  ])('bytes of %s are told as what they are, however they arrive', async (_, bytes, word) => {
    for (const chunkBytes of [[Infinity], [1]]) {
      expect(problemOf(await readCsv(bytes, { chunkBytes }))).toMatchObject({
        status: 415,
        code: 'unsupportedContentEncoding',
        detail: expect.stringContaining(word),
      });
    }
  });

  test('an unclosed quote is noticed long before a large body ends', async () => {
    const reading = await readCsv(`user,note\n"a@b.example,x\n${'b@b.example,y\n'.repeat(50_000)}`, {
      chunkBytes: [65_536],
      maxBodyBytes: 500_000,
    });
    expect(problemOf(reading)).toMatchObject({ code: 'unclosedQuote', errors: [{ line: 2 }] });
  });

  test.each(['a"b', '"a"b'])('a stray quote in %s is refused with its line', async (cell) => {
    expect(problemOf(await readCsv(`user,note\na@b.example,${cell}\n`))).toMatchObject({
      code: 'strayQuote',
      errors: [{ line: 2 }],
    });
  });

  test('line ends of several kinds in one file are all line ends', async () => {
    const { resets } = await readCsv('user,note\na@b.example,1\r\nb@b.example,2\rc@b.example,3\n');
    expect(resets.map(({ input }) => input?.[1])).toEqual(['1', '2', '3']);
  });

  test('lines are counted through cells of several lines', async () => {
    const body = 'sep=,\r\nuser,note\r\na@b.example,"1\r\n2\n3"\r\n\r\nnobody,x\r\nb@b.example,,x\r\n';
    for (const chunkBytes of [[Infinity], [1]]) {
      expect(errorsOf(await readCsv(body, { chunkBytes }))).toMatchObject([
        { code: 'invalidUser', row: 2, line: 7 },
        { code: 'raggedRow', row: 3, line: 8 },
      ]);
    }
  });
});

describe('the cells', () => {
  test.each([
    ['TRUE', true],
    ['True', true],
    ['1', true],
    ['false', false],
    ['0', false],
    [' FALSE ', false],
    ['', undefined],
  ])('%j is read as %s', async (cell, value) => {
    const { resets } = await readCsv(`user,sendInvitationMessage,note\na@b.example,${cell},x\n`);
    expect(resets[0]?.sendInvitationMessage).toBe(value);
  });

  test.each(['yes', 'WAHR', 'VRAI', 'ja', 'FALSCH'])(
    '%s is not taken for true or false, and the message says what every language has',
    async (word) => {
      expect(errorsOf(await readCsv(`user,sendInvitationMessage\na@b.example,${word}\n`))).toMatchObject([
        {
          code: 'invalidBoolean',
          row: 1,
          line: 2,
          field: 'sendInvitationMessage',
          message: expect.stringMatching(new RegExp(`^"${word}" is .*1 or 0.*every language`)),
        },
      ]);
    },
  );

  test.each([
    ["'=1+1", '=1+1'],
    ["'+49 1", '+49 1'],
    ["'-x", '-x'],
    ["'@x", '@x'],
    ["'plain", "'plain"],
    ["''=x", "'=x"],
  ])('the guarded cell %s is read as %s', async (cell, value) => {
    const { resets } = await readCsv(`user,reference\na@b.example,${cell}\n`);
    expect(resets[0]).toMatchObject({ reference: value, input: ['a@b.example', value] });
  });

  test('all problems of a row come at once, under the names of the columns', async () => {
    const reading = await readCsv(
      'MAIL,CcRecipient,messageLanguage,inviteRedirectUrl,resetRedemption,addEmailTo\n ,a@b.example; ' +
        'c@d.example,en_US,http://own.example,false,both\n',
    );
    expect(errorsOf(reading).map(({ code, field }) => [code, field])).toEqual([
      ['missingUser', 'MAIL'],
      ['invalidRedirectUrl', 'inviteRedirectUrl'],
      ['invalidLanguage', 'messageLanguage'],
      ['invalidAddEmailTo', 'addEmailTo'],
      ['tooManyCcRecipients', 'CcRecipient'],
      ['resetRedemptionFalse', 'resetRedemption'],
    ]);
  });

  test('bad rows are given back with their columns when asked for', async () => {
    const { end } = await readCsv('note,user,result.status\nx,nobody,failed\ny,a@b.example,\nz,A@B.example,\n', {
      keepBadRows: true,
    });
    const badRows = end.kind === 'rejected' ? end.badRows : undefined;
    expect(badRows?.columns).toEqual(['note', 'user']);
    expect([...(badRows?.rows ?? [])]).toMatchObject([
      { input: ['x', 'nobody'], problem: expect.stringMatching(/^Line 2\. user: "nobody" is neither/) },
      { input: ['z', 'A@B.example'], problem: expect.stringContaining('Row 2 names the same guest') },
    ]);
    expect(codesOf({ resets: [], end })).toEqual(['invalidUser', 'duplicateUser']);
  });

  test('without being asked for, and for JSON, bad rows are not kept', async () => {
    expect((await readCsv('user\nnobody\n')).end).not.toHaveProperty('badRows');
    expect(
      (await read('{"resets":[{"user":"nobody"}]}', { type: 'application/json', keepBadRows: true })).end,
    ).not.toHaveProperty('badRows');
  });
});

test('letters of two halves come through wherever a long text is cut', async () => {
  for (const shift of ['', 'x']) {
    const rows = Array.from({ length: 300 }, (_, index) => `${shift}guest${index}@fabrikam.example,${'😀'.repeat(60)}`);
    const { resets } = await readCsv(`mail,note${shift}\n${rows.join('\n')}\n`);
    expect(resets.map(({ input }) => input?.[1])).toEqual(rows.map(() => '😀'.repeat(60)));
  }
});
