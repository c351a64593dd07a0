import { describe, expect, test } from 'vitest';
import type { RowProblem } from '../../../../shared/domain/api/problem.ts';
import { Intake } from '../../../../shared/domain/submission/intake.ts';
import type { BodyItem } from '../../../../shared/domain/submission/body-item.ts';
import { MailChoice } from '../../../../shared/domain/submission/mail-choice.ts';
import { ProblemList, refusal } from '../../../../shared/domain/submission/problem-list.ts';
import { readEntry } from '../../../../shared/domain/submission/read-entry.ts';
import { readHeader } from '../../../../shared/domain/submission/columns.ts';
import { isBlank, readCells } from '../../../../shared/domain/submission/read-cells.ts';
import { GUEST_ID, request } from '../records.ts';

const general = (code = 'noResets'): RowProblem => ({ code, message: `${code}.` });
const ofRow = (row: number): RowProblem => ({ code: 'invalidUser', message: 'x', row });
const listOf = (...problems: RowProblem[]): ProblemList => {
  const list = new ProblemList();
  list.add(problems);
  return list;
};

describe('the answer to a submission with problems', () => {
  test('is the one problem that it has, where that is of the whole request', () => {
    expect(listOf(general()).toProblem(undefined)).toEqual({
      status: 400,
      code: 'noResets',
      title: 'There are no resets',
      detail: 'noResets. Nothing was queued.',
      errors: [general()],
      errorCount: 1,
    });
    expect(listOf(general('bodyTooLarge')).toProblem(undefined)).toMatchObject({ status: 413, code: 'bodyTooLarge' });
    expect(listOf(general(), general()).toProblem(undefined)).toMatchObject({ code: 'noResets', errorCount: 2 });
  });
  test('says how many there are where they are of several kinds, or of rows', () => {
    expect(listOf(general(), general('unknownOption')).toProblem(undefined)).toMatchObject({
      status: 400,
      code: 'invalidSubmission',
      detail: '2 problems; nothing was queued. Correct what errors names and submit again.',
    });
    expect(listOf(ofRow(1)).toProblem(undefined)).toMatchObject({
      code: 'invalidSubmission',
      detail: expect.stringMatching(/^1 problem; nothing was queued/),
    });
    expect(listOf(ofRow(1), general()).toProblem(undefined)).toMatchObject({
      code: 'invalidSubmission',
      errors: [general(), ofRow(1)],
    });
  });
  test('is what stopped the reading, whatever came before', () => {
    expect(listOf(ofRow(1), general('unclosedQuote')).toProblem(general('unclosedQuote'))).toMatchObject({
      code: 'unclosedQuote',
      errorCount: 2,
      errors: [general('unclosedQuote'), ofRow(1)],
    });
  });
  test('lists a hundred, and says so only where there are more', () => {
    const rows = (count: number) =>
      listOf(...Array.from({ length: count }, (_, index) => ofRow(index + 1))).toProblem(undefined);
    expect([rows(100).errors?.length, rows(100).detail.includes('are listed')]).toEqual([100, false]);
    expect([
      rows(101).errors?.length,
      rows(101).errorCount,
      rows(101).detail.includes('The first 100 are listed.'),
    ]).toEqual([100, 101, true]);
  });
  test('has no list where nothing was read', () => {
    expect(refusal('unsupportedMediaType', 'x')).toStrictEqual({
      status: 415,
      code: 'unsupportedMediaType',
      title: 'The content type is missing or not known',
      detail: 'x',
    });
  });
});

describe('who said nothing about mail', () => {
  const silent = (...rows: number[]): MailChoice => {
    const choice = new MailChoice();
    for (const row of rows) {
      const { sendInvitationMessage: _said, ...rest } = request(row);
      choice.note(rest);
    }
    return choice;
  };
  const words = (choice: MailChoice) => choice.problems('csv').map(({ message }) => message.split('. ')[0]);
  test('is named: one row, up to five, and how many more', () => {
    expect(words(silent(3))).toEqual(['Row 3 does not say whether Microsoft shall mail the guest']);
    expect(words(silent(1, 2, 3, 4, 5))).toEqual([
      'Rows 1, 2, 3, 4, 5 do not say whether Microsoft shall mail the guest',
    ]);
    expect(words(silent(1, 2, 3, 4, 5, 6, 7))).toEqual([
      'Rows 1, 2, 3, 4, 5 and 2 more do not say whether Microsoft shall mail the guest',
    ]);
  });
  test('is nobody where every row says it', () => {
    const choice = new MailChoice();
    for (const sendInvitationMessage of [true, false]) choice.note(request(1, { sendInvitationMessage }));
    expect(choice.problems('csv')).toEqual([]);
  });
  test('gets the words that fit the format', () => {
    const advice = (format: 'json' | 'ndjson' | 'csv') => silent(1).problems(format)[0]?.message;
    expect([advice('json'), advice('ndjson'), advice('csv')]).toEqual([
      expect.stringContaining('"defaults"'),
      expect.stringContaining('each line'),
      expect.stringContaining('a column sendInvitationMessage'),
    ]);
    expect(silent(1).problems('csv')).toMatchObject([
      { code: 'missingSendInvitationMessage', field: 'sendInvitationMessage' },
    ]);
  });
});

describe('an entry', () => {
  const codes = (value: unknown) => {
    const read = readEntry(value, { row: 1 });
    return read.ok ? [] : read.problems.map(({ code, field, message }) => [code, field, message]);
  };
  test.each([null, 'anna', 7, []])('is not %j', (value) => {
    expect(codes(value)).toEqual([['wrongType', undefined, 'The entry must be an object.']]);
  });
  test('has members of certain types', () => {
    expect(
      codes({ user: 7, sendInvitationMessage: 'x', invitedUser: 'x', invitedUserMessageInfo: { ccRecipients: {} } }),
    ).toEqual([
      ['wrongType', 'user', 'user must be text.'],
      ['wrongType', 'invitedUser', 'invitedUser must be an object.'],
      ['wrongType', 'sendInvitationMessage', 'sendInvitationMessage must be true or false, without quotes.'],
      ['wrongType', 'invitedUserMessageInfo.ccRecipients', 'invitedUserMessageInfo.ccRecipients must be an array.'],
    ]);
    expect(
      codes({ invitedUserMessageInfo: { ccRecipients: [{ emailAddress: {} }, { emailAddress: { address: 7 } }] } }),
    ).toEqual([
      [
        'wrongType',
        'invitedUserMessageInfo.ccRecipients[1].emailAddress.address',
        'invitedUserMessageInfo.ccRecipients[1].emailAddress.address must be text.',
      ],
    ]);
  });
  test.each([
    ['id', 'invitedUser'],
    ['userPrincipalName', 'invitedUser'],
    ['mail', 'invitedUser'],
    ['messageLanguage', 'invitedUserMessageInfo'],
    ['customizedMessageBody', 'invitedUserMessageInfo'],
    ['ccRecipients', 'invitedUserMessageInfo'],
  ])('with %s one level too high is told where it belongs', (name, parent) => {
    expect(codes({ user: GUEST_ID, [name]: 'x' })).toEqual([
      ['unknownField', name, `"${name}" is not known here. It belongs in ${parent}.`],
    ]);
  });
  test.each([
    ['id', GUEST_ID],
    ['userPrincipalName', 'a@own.example'],
    ['mail', 'a@b.example'],
  ])("with user and an invited user's %s names two guests", (name, value) => {
    expect(codes({ user: GUEST_ID, invitedUser: { [name]: value } })).toEqual([
      ['ambiguousUser', 'user', 'Both user and invitedUser name a guest. Keep one.'],
    ]);
    expect(codes({ user: GUEST_ID, invitedUser: { [name]: ' ' } })).toEqual([]);
    expect(codes({ user: null, invitedUser: { [name]: value } })).toEqual([]);
  });
  test('is told the path of what is wrong', () => {
    expect(codes({ invitedUser: { id: 'x' } })[0]?.slice(0, 2)).toEqual(['invalidUserId', 'invitedUser.id']);
    expect(codes({ invitedUser: { userPrincipalName: 'x' } })[0]?.slice(0, 2)).toEqual([
      'invalidUserPrincipalName',
      'invitedUser.userPrincipalName',
    ]);
    expect(
      codes({
        invitedUser: { mail: 'x' },
        invitedUserMessageInfo: {
          messageLanguage: '_',
          customizedMessageBody: 'x'.repeat(5_001),
          ccRecipients: [{ emailAddress: { address: 'x' } }],
        },
      }).map(([, field]) => field),
    ).toEqual([
      'invitedUser.mail',
      'invitedUserMessageInfo.messageLanguage',
      'invitedUserMessageInfo.customizedMessageBody',
      'invitedUserMessageInfo.ccRecipients',
    ]);
  });
  test('may say null for whatever it does not say', () => {
    const nothing = {
      user: null,
      invitedUser: { id: null, userPrincipalName: null, mail: 'a@b.example' },
      reference: null,
      invitedUserEmailAddress: null,
      invitedUserDisplayName: null,
      invitedUserType: null,
      resetRedemption: null,
      sendInvitationMessage: null,
      inviteRedirectUrl: null,
      addEmailTo: null,
    };
    for (const invitedUserMessageInfo of [
      null,
      { messageLanguage: null, customizedMessageBody: null, ccRecipients: null },
      { ccRecipients: [{ emailAddress: null }, { emailAddress: { address: null, name: null } }] },
    ]) {
      expect(readEntry({ ...nothing, invitedUserMessageInfo }, { row: 1 })).toStrictEqual({
        ok: true,
        guestField: 'invitedUser.mail',
        request: { row: 1, selector: { by: 'mail', value: 'a@b.example' } },
      });
    }
  });
});

describe('a header', () => {
  const header = (...cells: string[]) => readHeader(cells, 2);
  test('tells which columns mean what, under their own names', () => {
    const { columns, problems } = header(' User ', 'Send [sendEmail] Required', "'=note", 'result.status', 'Problem');
    expect(problems).toEqual([]);
    expect(columns).toMatchObject({
      names: ['User', 'Send [sendEmail] Required', '=note'],
      keptIndexes: [0, 1, 2],
      width: 5,
    });
    expect([...columns.known]).toEqual([
      ['user', [{ index: 0, name: 'User' }]],
      ['sendInvitationMessage', [{ index: 1, name: 'Send [sendEmail] Required' }]],
    ]);
    expect(columns.warnings).toEqual([
      {
        code: 'unusedColumns',
        message: 'These columns are not used, only kept and given back with the results: =note.',
      },
    ]);
  });
  test('knows only whole names of columns that an earlier answer added', () => {
    expect(header('user', 'my result.x', 'problems', 'a problem', 'RESULT.x').columns.names).toEqual([
      'user',
      'my result.x',
      'problems',
      'a problem',
    ]);
  });
  test('with a name in brackets that is empty is read as it stands', () => {
    expect(header('user', 'x []', 'y [ ]').columns.names).toEqual(['user', 'x []', 'y [ ]']);
  });
  test('knows every column that means a field, in their order', () => {
    expect(header('user', 'note', 'U_s-e r').columns.known.get('user')).toEqual([
      { index: 0, name: 'user' },
      { index: 2, name: 'U_s-e r' },
    ]);
  });
  test('without a guest is told what it has, and what it may have; beside another problem it is not', () => {
    expect(header('a', 'b').problems).toEqual([
      {
        line: 2,
        code: 'noUserColumn',
        message:
          'No column names the guest. Add one of user, id, userPrincipalName, mail, invitedUserEmailAddress; ' +
          'found: a, b.',
      },
    ]);
    expect(header('usr').problems).toMatchObject([{ code: 'misspelledColumn' }]);
  });
  test('that is very long is told by its beginning', () => {
    const told = (names: string[]) => header('user', ...names).columns.warnings[0]?.message.split('results: ')[1];
    const hundred = Array.from({ length: 100 }, (_, index) => `n${index}`);
    expect(told(hundred)).toBe(`${hundred.join(', ')}.`);
    expect(told([...hundred, 'last'])).toBe(`${hundred.join(', ')}, ....`);
    expect([told(['x'.repeat(1_000)]), told(['x'.repeat(1_001)])]).toEqual([
      `${'x'.repeat(1_000)}.`,
      `${'x'.repeat(1_000)}, ....`,
    ]);
  });
});

describe('a row', () => {
  const { columns } = readHeader(['Mail', 'Cc [ccRecipient]', 'Send [sendEmail]', 'RESETREDEMPTION', 'note'], 1);
  const row = (...cells: string[]) => readCells(cells, columns, { row: 1, line: 2 });
  const codes = (...cells: string[]) => {
    const read = row(...cells);
    return read.ok ? [] : read.problems.map(({ code, field }) => [code, field]);
  };
  test('is blank when all of its cells are', () => {
    expect([isBlank([]), isBlank(['', ' \t']), isBlank(['', 'x'])]).toEqual([true, true, false]);
  });
  test('has no more cells that say something than the header', () => {
    for (const cells of [
      ['a@b.example', '', '', '', '', 'x'],
      ['a@b.example', '', '', '', '', '', 'x'],
    ])
      expect(row(...cells)).toMatchObject({
        ok: false,
        problems: [
          {
            code: 'raggedRow',
            row: 1,
            line: 2,
            message: expect.stringContaining(`has ${cells.length} cells, the header has 5`),
          },
        ],
      });
  });
  test('is a reset with its cells as they came', () => {
    expect(row('a@b.example', 'boss@own.example', 'TRUE', '1', "'=x")).toStrictEqual({
      ok: true,
      guestField: 'Mail',
      request: {
        row: 1,
        selector: { by: 'mail', value: 'a@b.example' },
        sendInvitationMessage: true,
        ccRecipient: { address: 'boss@own.example' },
        input: ['a@b.example', 'boss@own.example', 'TRUE', '1', '=x'],
      },
    });
    expect(row('a@b.example', '', '0', '', '')).toMatchObject({ request: { sendInvitationMessage: false } });
  });
  test('takes several recipients in copy for several, whatever stands between them', () => {
    for (const cell of ['a@b.example;c@b.example', 'a@b.example,c@b.example'])
      expect(codes('x@b.example', cell, '', '', '')).toEqual([['tooManyCcRecipients', 'Cc [ccRecipient]']]);
    expect(row('x@b.example', 'a@b.example; ', '', '', '').ok).toBe(true);
  });
  test('names what is wrong by its own columns, all at once', () => {
    expect(codes(' ', '', 'yes', 'false', '')).toEqual([
      ['invalidBoolean', 'Send [sendEmail]'],
      ['missingUser', 'Mail'],
      ['resetRedemptionFalse', 'RESETREDEMPTION'],
    ]);
    expect(codes('a@b.example', '', 'yes', '', '')).toEqual([['invalidBoolean', 'Send [sendEmail]']]);
  });
});

describe('an intake', () => {
  const settings = { maxResets: 3, keepBadRows: false, now: 0 };
  const intake = (
    format: 'json' | 'ndjson' | 'csv',
    items: BodyItem[],
    more: object = {},
    query = 'sendInvitationMessage=false',
    text = { isBlank: false, isOneLine: false },
  ) => {
    const taken = new Intake(format, new URLSearchParams(query), { ...settings, ...more });
    const resets = items.map((item) => taken.take(item)).filter((item) => item !== undefined);
    return { resets, isStopped: taken.isStopped, end: taken.end(text) };
  };
  const cells = (line: number, ...all: string[]): BodyItem => ({ kind: 'cells', line, cells: all });
  const entry = (value: unknown): BodyItem => ({ kind: 'entry', value });
  const errors = ({ end }: ReturnType<typeof intake>) => (end.kind === 'rejected' ? end.problem.errors : undefined);
  const codes = (taken: ReturnType<typeof intake>) => errors(taken)?.map(({ code }) => code);

  test('of good rows counts them, and goes on to the end', () => {
    const taken = intake('csv', [
      cells(1, 'user', 'note'),
      cells(2, 'a@b.example', 'x'),
      cells(3, '', ' '),
      cells(4, 'c@b.example', 'y'),
    ]);
    expect(taken).toMatchObject({
      isStopped: false,
      resets: [{ row: 1 }, { row: 2 }],
      end: {
        kind: 'accepted',
        summary: {
          total: 2,
          columns: ['user', 'note'],
          warnings: [{ code: 'unusedColumns', message: expect.stringContaining('note') }],
        },
      },
    });
  });
  test('of JSON has no columns', () => {
    expect(intake('json', [entry({ user: GUEST_ID })]).end).toStrictEqual({
      kind: 'accepted',
      summary: {
        options: { skipIfResetWithinHours: 24, defaults: { sendInvitationMessage: false } },
        warnings: [],
        total: 1,
      },
    });
  });
  test('stops at a header that is wrong, and says nothing of the rows', () => {
    const taken = intake('csv', [cells(1, 'usr', 'Usr')]);
    expect([taken.isStopped, codes(taken)]).toEqual([true, ['misspelledColumn', 'misspelledColumn']]);
  });
  test('stops at one reset more than a job takes, and at what the reader cannot read', () => {
    const four = intake(
      'json',
      ['a', 'b', 'c', 'd'].map((name) => entry({ user: `${name}@b.example` })),
    );
    expect([four.isStopped, four.resets.length, codes(four)]).toEqual([true, 3, ['tooManyResets']]);
    const line = intake('ndjson', [
      ...['a', 'b', 'c'].map((name): BodyItem => ({ kind: 'entry', value: { user: `${name}@b.example` }, line: 1 })),
      { kind: 'badLine', line: 4, problem: { code: 'invalidJson', message: 'x' } },
    ]);
    expect(codes(line)).toEqual(['tooManyResets']);
    expect(intake('json', [{ kind: 'stopped', problem: general('invalidJson') }])).toMatchObject({
      isStopped: true,
      end: { problem: { code: 'invalidJson', errorCount: 1 } },
    });
  });
  test('tells a line that is not JSON with its row and line', () => {
    expect(
      errors(intake('ndjson', [{ kind: 'badLine', line: 4, problem: { code: 'invalidJson', message: 'x' } }])),
    ).toEqual([{ code: 'invalidJson', message: 'x', row: 1, line: 4 }]);
  });
  test('of nothing says so: no text, or no guest, with the words for the format', () => {
    const none = { isBlank: true, isOneLine: true };
    expect(errors(intake('csv', [], {}, 'sendInvitationMessage=false', none))).toEqual([
      { code: 'emptyBody', message: expect.stringContaining('--data-binary') },
    ]);
    for (const [format, words] of [
      ['json', '"resets"'],
      ['ndjson', 'a line'],
      ['csv', 'under the header'],
    ] as const)
      expect(errors(intake(format, []))).toEqual([{ code: 'noResets', message: expect.stringContaining(words) }]);
  });
  test('with another problem does not complain that there are no resets', () => {
    expect(codes(intake('json', [{ kind: 'member', name: 'resets', value: {} }]))).toEqual(['wrongType']);
  });
  test('takes the list of resets once', () => {
    const member: BodyItem = { kind: 'member', name: 'resets', value: [] };
    expect(errors(intake('json', [entry({ user: GUEST_ID }), member, member]))).toMatchObject([
      { code: 'duplicateMember', field: 'resets' },
    ]);
    expect(intake('json', [entry({ user: GUEST_ID }), member]).end.kind).toBe('accepted');
    expect(errors(intake('json', [{ ...member, value: 7 }]))).toMatchObject([{ code: 'wrongType', field: 'resets' }]);
  });
  test('asks about mail only where neither the rows nor anybody else says it', () => {
    expect(codes(intake('csv', [cells(1, 'user'), cells(2, 'a@b.example')], {}, ''))).toEqual([
      'missingSendInvitationMessage',
    ]);
    expect(
      intake('csv', [cells(1, 'user'), cells(2, 'a@b.example')], { defaultSendInvitationMessage: true }, '').end,
    ).toMatchObject({ kind: 'accepted', summary: { options: { defaults: { sendInvitationMessage: true } } } });
    expect(
      intake('csv', [cells(1, 'user', 'sendInvitationMessage'), cells(2, 'a@b.example', 'false')], {}, '').end.kind,
    ).toBe('accepted');
  });
  test('yields nothing once an option was wrong', () => {
    expect(
      intake('csv', [cells(1, 'user'), cells(2, 'a@b.example')], {}, 'sendInvitationMessage=false&color=red'),
    ).toMatchObject({ resets: [], end: { problem: { code: 'unknownOption' } } });
  });
  test('gives bad rows back only where that is wanted, with all that is wrong with each', () => {
    const items = [
      cells(1, 'user', 'addEmailTo', 'result.x'),
      cells(2, 'nobody', 'all', 'old'),
      cells(3, 'a@b.example', '', ''),
      cells(4, 'A@b.example', '', ''),
    ];
    const { end } = intake('csv', items, { keepBadRows: true });
    const badRows = end.kind === 'rejected' ? end.badRows : undefined;
    expect(badRows?.columns).toEqual(['user', 'addEmailTo']);
    expect([...(badRows?.rows ?? [])]).toEqual([
      {
        input: ['nobody', 'all'],
        problem: expect.stringMatching(/^Line 2\. user: "nobody" is .* addEmailTo: "all" is not known/),
      },
      { input: ['A@b.example', ''], problem: 'Line 4. user: Row 2 names the same guest. Keep one row.' },
    ]);
    expect(intake('csv', items).end).not.toHaveProperty('badRows');
    expect(intake('json', [entry({ user: 'nobody' })], { keepBadRows: true }).end).not.toHaveProperty('badRows');
  });
});

describe('the warning that Microsoft drops a message', () => {
  const warned = (rows: Partial<ReturnType<typeof request>>[], defaults: object) => {
    const choice = new MailChoice();
    for (const row of rows) {
      const { sendInvitationMessage: _said, ...silent } = request();
      choice.note({ ...silent, ...row });
    }
    return choice.warnings(defaults).length;
  };
  const customizedMessageBody = 'Hello';
  test('is given once, however many rows say a message, by themselves or with the job', () => {
    expect(
      warned([{ sendInvitationMessage: true, customizedMessageBody }, { customizedMessageBody }], {
        sendInvitationMessage: true,
      }),
    ).toBe(1);
    expect(warned([{ sendInvitationMessage: true }, {}], { sendInvitationMessage: true, customizedMessageBody })).toBe(
      1,
    );
  });
  test('is not given where Microsoft mails, but nobody says a message', () => {
    expect(warned([{ sendInvitationMessage: true }, {}], { sendInvitationMessage: true })).toBe(0);
  });
});

test('a cell of blanks says nothing, and a user type is read like any field', () => {
  const { columns } = readHeader(['user', 'sendInvitationMessage', 'invitedUserType'], 1);
  expect(readCells(['a@b.example', '  ', 'Guest'], columns, { row: 1 })).toMatchObject({
    ok: true,
    request: { row: 1 },
  });
  expect(readCells(['a@b.example', '', 'Member'], columns, { row: 1 })).toMatchObject({
    ok: false,
    problems: [{ code: 'userTypeNotAvailable', field: 'invitedUserType' }],
  });
});

test('a column without a name is no column to warn of, and blanks in brackets do no harm', () => {
  expect(readHeader(['user', '', ' '], 1).columns.warnings).toEqual([]);
  expect([...readHeader(['user', 'Send [ sendEmail ]'], 1).columns.known.keys()]).toEqual([
    'user',
    'sendInvitationMessage',
  ]);
});
