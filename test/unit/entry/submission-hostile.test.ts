/**
 * Bodies that were written to do harm, one idea each. Random ones: submission-fuzz.test.ts; through HTTP:
 * submission-corpus.test.ts.
 */
import { describe, expect, test } from 'vitest';
import { codesOf, errorsOf, problemOf, read, readCsv, readJson, TYPES, type Reading } from './submission-reading.ts';

const readLine = (line: string): Promise<Reading> =>
  read(line, { type: TYPES.ndjson, query: 'sendInvitationMessage=false' });
const many = (count: number, each: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => each(index)).join(',');

describe('names that every JavaScript object has', () => {
  test.each(['constructor', '__proto__', 'toString', 'hasOwnProperty'])(
    'the content type %s is refused like any other',
    async (type) => {
      expect(problemOf(await read('user\na@b.example', { type }))).toMatchObject({
        status: 415,
        code: 'unsupportedMediaType',
      });
    },
  );

  test.each(['constructor', '__proto__', 'toString'])(
    'the member %s is not known, and nothing of it is taken',
    async (name) => {
      const entry = `{ "${name}": { "user": "a@b.example" } }`;
      for (const reading of [await readJson(`{ "resets": [${entry}] }`), await readLine(entry)]) {
        expect(errorsOf(reading)).toMatchObject([
          { code: 'unknownField', row: 1, field: name, message: `"${name}" is not known. Remove it.` },
        ]);
      }
      expect(errorsOf(await readJson(`{ "${name}": 1, "resets": [{ "user": "a@b.example" }] }`))).toMatchObject([
        { code: 'unknownOption', field: name },
      ]);
      expect(
        errorsOf(
          await readJson({ resets: [{ user: 'a@b.example' }] }, { query: `sendInvitationMessage=false&${name}=1` }),
        ),
      ).toMatchObject([{ code: 'unknownOption', field: name }]);
      expect(
        errorsOf(await readJson({ resets: [{ user: 'a@b.example' }] }, { query: `sendInvitationMessage=${name}` })).map(
          ({ code }) => code,
        ),
      ).toContain('invalidOption');
    },
  );

  test('columns of these names are columns like any other', async () => {
    const { resets, end } = await readCsv('user,__proto__,constructor\na@b.example,1,2\n');
    expect([resets[0]?.input, end]).toMatchObject([
      ['a@b.example', '1', '2'],
      { kind: 'accepted', summary: { columns: ['user', '__proto__', 'constructor'] } },
    ]);
  });
});

describe('a member said twice in one object', () => {
  test.each([
    ['{ "user": "a@b.example", "user": "c@b.example" }', ['user']],
    ['{ "user": "a@b.example", "us\\u0065r": "a@b.example" }', ['user']],
    ['{ "invitedUser": { "mail": "a@b.example", "id": null, "mail": "a@b.example" } }', ['invitedUser.mail']],
    [
      '{ "user": "a@b.example", "invitedUserMessageInfo": { "ccRecipients": [{}, { "emailAddress": {}, ' +
        '"emailAddress": {} }] } }',
      ['invitedUserMessageInfo.ccRecipients[1].emailAddress'],
    ],
    ['{ "user": "a@b.example", "reference": "1", "reference": "2", "reference": "3" }', ['reference', 'reference']],
  ])('%s is refused with row and field', async (entry, fields) => {
    const expected = fields.map((field) => ({ code: 'duplicateMember', row: 2, field }));
    expect(
      errorsOf(await readJson(`{ "resets": [{ "user": "z@b.example" }, ${entry}, { "user": "y@b.example" }] }`)),
    ).toMatchObject(expected);
    expect(errorsOf(await readLine(`{ "user": "z@b.example" }\n${entry}\n{ "user": "y@b.example" }`))).toMatchObject(
      expected,
    );
  });

  test('in the defaults, too', async () => {
    expect(
      errorsOf(
        await readJson(
          '{ "defaults": { "addEmailTo": "mail", "addEmailTo": "none" }, "resets": [{ "user": "a@b.example" }] }',
        ),
      ),
    ).toMatchObject([{ code: 'duplicateMember', field: 'defaults.addEmailTo' }]);
  });

  test('the same name in objects side by side, in an array or as a value is said once', async () => {
    const entry =
      '{ "user": "a@b.example", "reference": "user", "invitedUserMessageInfo": { "ccRecipients": [{ ' +
      '"emailAddress": { "address": null } }, { "emailAddress": { "address": null } }] } }';
    for (const reading of [
      await readJson(`{ "resets": [${entry}, { "user": "c@b.example" }] }`),
      await readLine(`${entry}\n{ "user": "c@b.example" }`),
    ]) {
      expect(reading).toMatchObject({ end: { kind: 'accepted' }, resets: [{ row: 1 }, { row: 2 }] });
    }
  });

  test('of ten thousand, deep inside, ten are told, shortly', async () => {
    const errors = errorsOf(
      await readLine(`{ "a": ${'['.repeat(20_000)}{${many(10_000, () => '"b":1')}}${']'.repeat(20_000)} }`),
    );
    expect(errors).toHaveLength(10);
    expect(JSON.stringify(errors).length).toBeLessThan(3_000);
  });
});

describe('characters that are none', () => {
  test.each(['\\ud800', '\\udc00\\ud800', '\\u0000', '\\ufffd'])(
    '%s in an escape is refused like its bytes would be',
    async (escape) => {
      const fields = {
        reference: `"a${escape}"`,
        invitedUserDisplayName: `"a${escape}"`,
        inviteRedirectUrl: `"https://own.example/${escape}"`,
        'invitedUserMessageInfo.customizedMessageBody': `"${escape}a"`,
      };
      for (const [path, value] of Object.entries(fields)) {
        const [outer = '', inner] = path.split('.');
        const member = inner === undefined ? value : `{ "${inner}": ${value} }`;
        const entry = `{ "user": "a@b.example", "${outer}": ${member} }`;
        expect(errorsOf(await readJson(`{ "resets": [${entry}] }`))).toMatchObject([
          { code: 'invalidEncoding', row: 1, field: path },
        ]);
        expect(errorsOf(await readLine(entry))).toMatchObject([{ code: 'invalidEncoding', row: 1, field: path }]);
      }
      const copy = `{ "ccRecipients": [{ "emailAddress": { "address": "c@b.example", "name": "${escape}" } }] }`;
      expect(
        codesOf(await readJson(`{ "resets": [{ "user": "a@b.example", "invitedUserMessageInfo": ${copy} }] }`)),
      ).toEqual(['invalidEncoding']);
      expect(
        errorsOf(await readJson(`{ "reason": "${escape}", "resets": [{ "user": "a@b.example" }] }`)),
      ).toMatchObject([{ code: 'invalidEncoding', field: 'reason' }]);
    },
  );

  test('whole pairs and other control characters are text', async () => {
    expect(
      (await readJson('{ "resets": [{ "user": "a@b.example", "reference": "\\ud83d\\ude00\\u0007" }] }')).resets[0]
        ?.reference,
    ).toBe('😀\u0007');
  });
});

describe('what would grow without end', () => {
  test('a header longer than a row may be is refused, with however many columns', async () => {
    for (const header of [
      `user,${'x'.repeat(20_000)}`,
      `user,${many(10_000, String)}`,
      `user${','.repeat(100_000)}`,
      `user,${'['.repeat(100_000)}`,
    ]) {
      const started = performance.now();
      expect(errorsOf(await readCsv(`${header}\na@b.example\n`))).toMatchObject([{ code: 'rowTooLong', line: 1 }]);
      expect(performance.now() - started).toBeLessThan(2_000);
    }
  });

  test.each([
    ['a row of empty cells', 'user\na@b.example'],
    ['a header of empty cells', 'user'],
  ])('%s that does not end ends the reading, whatever the chunks', async (_, begin) => {
    let taken = 0;
    const body = Buffer.from(begin + ','.repeat(3_000_000));
    const expected = errorsOf(await readCsv(body));
    expect(expected).toMatchObject([{ code: 'rowTooLong', message: expect.stringContaining('no line end') }]);
    expect(errorsOf(await readCsv(body, { chunkBytes: [9_973, 1] }))).toEqual(expected);
    async function* counted() {
      for (; taken < 3_000_000; taken += 10_000) yield body.subarray(taken, taken + 10_000);
    }
    const { readSubmission } = await import('../../../shared/entry/http/submission/read-submission.ts');
    const reading = readSubmission(counted(), TYPES.csv, new URLSearchParams('sendInvitationMessage=false'), {
      maxResets: 10,
      maxBodyBytes: 10_000_000,
      keepBadRows: false,
      now: 0,
    });
    for (let next = await reading.next(); next.done !== true;) next = await reading.next();
    expect(taken).toBeLessThan(400_000);
  });

  test('a body of ever more members is refused at the hundredth or so', async () => {
    const problem = problemOf(await readJson(`{ ${many(300_000, (index) => `"k${index}":null`)} }`));
    expect(problem).toMatchObject({ code: 'unknownOption' });
    expect(problem.detail).toContain('more than 100 members');
  });

  test('resets that are an object are not gathered', async () => {
    expect(codesOf(await readJson(`{ "resets": { ${many(300_000, (index) => `"k${index}":1`)} } }`))).toEqual([
      'rowTooLong',
    ]);
  });

  test('of an entry with ten thousand unknown members, or values of the wrong type, the first are told', async () => {
    const unknown = problemOf(await readJson(`{ "resets": [{ ${many(10_000, (index) => `"k${index}":1`)} }] }`));
    expect([unknown.errorCount, unknown.errors?.at(-1)?.message]).toEqual([101, expect.anything()]);
    const wrong = async (recipients: number) =>
      problemOf(
        await readJson(
          `{ "resets": [{ "invitedUserMessageInfo": { "ccRecipients": [${many(recipients, () => '1')}] } }] }`,
        ),
      );
    expect([(await wrong(150)).errorCount, (await wrong(50_000)).errorCount]).toEqual([100, 1]);
  });

  test('a language tag has an end', async () => {
    const tag = `en-x-${many(1_000, () => 'abcdefgh').replaceAll(',', '-')}`;
    expect(errorsOf(await readJson({ messageLanguage: tag, resets: [{ user: 'a@b.example' }] }))).toMatchObject([
      { code: 'invalidLanguage', field: 'messageLanguage' },
    ]);
  });

  test.each(['[', '{"a":'])(
    'fifteen thousand %s inside each other end the reading of JSON, and are one unknown member in a line',
    async (open) => {
      const deep = open.repeat(15_000) + '1' + (open === '[' ? ']' : '}').repeat(15_000);
      expect(errorsOf(await readLine(`{ "a": ${deep} }`))).toMatchObject([
        { code: 'unknownField', row: 1, field: 'a' },
      ]);
      for (const body of [
        `{ "resets": [{ "a": ${deep} }] }`,
        `{ "a": ${deep}, "resets": [{ "user": "a@b.example" }] }`,
      ])
        expect(errorsOf(await readJson(body))).toMatchObject([{ code: 'wrongType', line: 1 }]);
    },
  );
});

test.each(['gb18030', 'iso-2022-jp', 'euc-jp'])(
  'broken letters of %s are refused with their line, also where they are cut in two',
  async (charset) => {
    const broken =
      { gb18030: [0x81, 0x30, 0x81, 0x00], 'iso-2022-jp': [0x1b, 0x24, 0x00, 0x81], 'euc-jp': [0x8f, 0xa4, 0x0a] }[
        charset
      ] ?? [];
    const body = Buffer.concat([Buffer.from('user\n'), Buffer.from(broken), Buffer.from('\n')]);
    for (const chunkBytes of [[Infinity], [1], [2], [3]]) {
      expect(
        errorsOf(
          await read(body, { type: `text/csv; charset=${charset}`, chunkBytes, query: 'sendInvitationMessage=false' }),
        ).at(-1),
      ).toMatchObject({ code: 'invalidEncoding', line: expect.any(Number) });
    }
  },
);

test('the line sep= cannot make the quote the separator', async () => {
  expect(codesOf(await readCsv('sep="\nuser\na@b.example\n'))).toEqual(['strayQuote']);
});
