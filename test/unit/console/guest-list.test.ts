import { expect, test } from 'vitest';
import { isEntraExport } from '../../../console/src/list/columns.ts';
import { cellsOf, findRecords, splitRecord, writeRecord } from '../../../console/src/list/csv.ts';
import { decode } from '../../../console/src/list/decode.ts';
import { GuestList } from '../../../console/src/list/guest-list.ts';
import { hintsOf } from '../../../console/src/list/hints.ts';
import { mailSaid } from '../../../console/src/list/mail-said.ts';
import { bodyOf, openList, sourceOfText } from '../../../console/src/list/open-list.ts';
import { rowsWith } from '../../../console/src/list/rows-with.ts';
import { summaryOf } from '../../../console/src/pages/new/summary.ts';
import { workOn } from '../../../console/src/pages/new/work.ts';

const rest = (): Promise<void> => Promise.resolve();
const listOf = async (text: string): Promise<GuestList> => new GuestList(await findRecords(text, rest));
const sentOf = (list: GuestList): string => [...list.lines()].join('\n');

test('counts rows as the service does: blank ones are none, cells may hold line ends', async () => {
  const list = await listOf('user;note\r\n\r\na@x.example;"two\nlines"\r\n;;\r\nb@x.example;"say ""no"""');
  expect(list.records.separator).toBe(';');
  expect(list.count).toBe(2);
  expect(list.cells(1)).toEqual(['a@x.example', 'two\nlines']);
  expect(list.cells(2)).toEqual(['b@x.example', 'say "no"']);
});

test.each([
  ['sep=;\nuser;a,b,c\n', ';'],
  ['user\tname\n', '\t'],
  ['user,name\n', ','],
  ['user\n', ','],
])('finds the separator of %j', async (text, separator) => {
  expect((await findRecords(text, rest)).separator).toBe(separator);
});

test.each([
  ['version:v1.0,,\r\nuser,note\r\na@x.example,n\r\n', ','],
  ['version:v1.0\n\nuser;note\na@x.example;n\n', ';'],
  ['#TYPE System.Management.Automation.PSCustomObject\r\n"user","note"\r\n"a@x.example","n"\r\n', ','],
  ['\r\n,,\r\nuser,note\r\na@x.example,n', ','],
])('passes over what stands before the header of %j, as the service does', async (text, separator) => {
  const list = await listOf(text);
  expect(list.records.separator).toBe(separator);
  expect(list.header).toEqual(['user', 'note']);
  expect(list.count).toBe(1);
  expect(list.guest(1).text).toBe('a@x.example');
});

test('a list that says its separator still says it when it was changed', async () => {
  const list = await listOf('sep=;\r\nuser;"a",b,c,d\r\na@x.example;n\r\nb@x.example;n\r\n');
  expect(sentOf(list.without([2]))).toBe('sep=;\nuser;"a",b,c,d\na@x.example;n');
});

test('gives each record back that it writes', () => {
  const cells = ['', 'a,b', 'say "no"', ' blanks ', 'two\nlines', 'a;b'];
  for (const separator of [',', ';', '\t'] as const)
    expect(splitRecord(writeRecord(cells, separator), separator)).toEqual(cells);
});

test('finds what the bytes are', () => {
  const utf16 = new Uint8Array([0xff, 0xfe, 0x61, 0, 0xe4, 0]);
  expect(decode(utf16)).toEqual({ text: 'aä', type: 'text/csv' });
  expect(decode(new Uint8Array([0xef, 0xbb, 0xbf, 0xc3, 0xa4]))).toEqual({ text: 'ä', type: 'text/csv' });
  expect(decode(new Uint8Array([0x61, 0xe4]))).toEqual({ text: 'aä', type: 'text/csv; charset=windows-1252' });
});

test('sends only what was changed otherwise than it was given', async () => {
  const list = await listOf('user,note\na@x,"x"\nb@x.example,"y"\nc@x.example,z\n');
  const changed = list.edited(1, ['a@x.example', 'p, q']).without([2]);
  expect(changed.count).toBe(2);
  expect(changed.guest(2).text).toBe('c@x.example');
  expect(sentOf(changed)).toBe('user,note\na@x.example,"p, q"\nc@x.example,z');
  expect(sentOf(changed.withAll())).toBe('user,note\na@x.example,"p, q"\nb@x.example,"y"\nc@x.example,z');
  expect(sentOf(list.withHeader(['mail', 'note']))).toContain('mail,note\na@x,"x"');
});

test('takes a first line that names a guest for a row', async () => {
  const list = await listOf('Anna;a@x.example\nTom;t@x.example\n');
  expect(list.count).toBe(2);
  expect(sentOf(list)).toBe('column 1;user\nAnna;a@x.example\nTom;t@x.example');
  expect((await listOf('name;place\nAnna;a@x.example\n')).count).toBe(1);
});

test('says what can be said at once, and no more', async () => {
  const { first, count } = await hintsOf(await listOf('mail\na@x.example\nanna\nA@x.example\n""\n"  "x\n'), rest);
  expect(first.map(({ row }) => row)).toEqual([2, 3, 4]);
  expect(first[1]?.message).toBe('Row 2 says the same guest.');
  expect(count).toBe(3);
  expect((await hintsOf(await listOf('name\nx\n'), rest)).count).toBe(0);
});

const ID = '94c41e15-a0b0-4a60-aafc-d1d0d83abc7e';

/** Said of what is right. */
const NOTHING = 'nothing';

test.each([
  ['id', ID, NOTHING],
  ['id', 'a@x.example', 'is not an object id'],
  ['objectId', '94c41e15', 'is not an object id'],
  ['userPrincipalName', 'a_x.example#EXT#@t.example', NOTHING],
  ['userPrincipalName', ID, 'is not a UPN'],
  ['memberObjectIdOrUpn', ID, NOTHING],
  ['mail', ID, 'is not a mail address'],
  ['mail', 'Anna <a@x.example>', NOTHING],
  ['mail', 'a@x', 'is not a mail address'],
  ['invitedUserEmailAddress', 'a..b@x.example', 'two periods'],
  ['user', ID, NOTHING],
  ['user', 'anna', 'neither an object id'],
])('judges what stands in a column %s as the service does: %s', async (column, text, fault) => {
  const { first } = await hintsOf(await listOf(`${column},note\n${text},n\n`), rest);
  expect(first[0]?.message ?? NOTHING).toContain(fault);
});

test('takes an address that somebody typed as a UPN for a slip, and not the UPNs of an export', async () => {
  const list = await listOf('userPrincipalName,mail\nmember@t.example,\nb_x.example#EXT#@t.example,b@x.example\n');
  expect((await hintsOf(list, rest)).count).toBe(0);
  const slip = await hintsOf(list.edited(2, ['b@x.example', 'b@x.example']), rest);
  expect(slip.first).toEqual([{ row: 2, message: expect.stringContaining('A UPN with #EXT#; no address.') }]);
  expect((await hintsOf(list.edited(1, ['member@t.example', 'm@x.example']), rest)).count).toBe(0);
});

test('numbers rows as a spreadsheet shows them, whatever is left out, and guests that were pasted from 1', async () => {
  const numbers = (list: GuestList): number[] => Array.from({ length: list.count }, (_none, at) => list.number(at + 1));
  const list = await listOf('user,note\na@x.example,"two\nlines"\n\n,,\nb@x.example,\nc@x.example,\n');
  expect(numbers(list)).toEqual([2, 5, 6]);
  expect(numbers(list.without([1]))).toEqual([5, 6]);
  expect(numbers(await listOf('sep=;\nuser;n\na@x.example;n\n'))).toEqual([2]);
  expect(numbers(await listOf('version:v1.0,\nuser,n\na@x.example,n\n'))).toEqual([3]);
  expect(numbers(await listOf('a@x.example\nb@x.example\n'))).toEqual([1, 2]);
  expect(numbers(await openList(sourceOfText('a@x.example\nb@x.example')))).toEqual([1, 2]);
  expect(numbers(await openList(sourceOfText('user\ta\nb@x.example\tb\n')))).toEqual([2]);
  const duplicate = await listOf('user\na@x.example\nb@x.example\nb@x.example\n');
  expect((await hintsOf(duplicate.without([1]), rest)).first[0]?.message).toBe('Row 3 says the same guest.');
});

test('sends the very bytes where nothing was changed, and text where something was', async () => {
  const bytes = new Blob([new Uint8Array([...new TextEncoder().encode('user;n\na@x.example;'), 0xe4, 10])]);
  const list = await openList({ bytes });
  const body = await bodyOf({ bytes }, list);
  expect(body.type).toBe('text/csv; charset=windows-1252');
  expect(body.open()).toBe(bytes);
  const changed = await bodyOf({ bytes }, list.edited(1, ['b@x.example', 'ä']));
  expect(changed.type).toBe('text/csv');
  expect(await new Response(changed.open() as Blob).text()).toBe('user;n\nb@x.example;ä\n');
  expect(await openList(sourceOfText('a@x.example')).then((pasted) => pasted.count)).toBe(1);
});

test('knows an export of users from Entra', () => {
  const header = ['userPrincipalName', 'displayName', 'userType', 'creationType', 'invitationState', 'mail'];
  expect(isEntraExport(header)).toBe(true);
  expect(isEntraExport(['userPrincipalName', 'displayName', 'mail'])).toBe(false);
});

test('knows what people call a guest, whatever names it', async () => {
  const id = '94c41e15-a0b0-4a60-aafc-d1d0d83abc7e';
  const calledIn = async (text: string) => (await listOf(text)).called(1).map((one) => one.text);
  expect(await calledIn(`mail,displayName,id\na@x.example,Anna Berg,${id}\n`)).toEqual(['Anna Berg', 'a@x.example']);
  expect(await calledIn(`id;Display name;Email\n${id};;a@x.example\n`)).toEqual(['a@x.example']);
  expect(await calledIn(`user,displayName\n${id},Anna Berg\n`)).toEqual(['Anna Berg']);
  // Mistyped: all the more one wants to know whose it is.
  expect(await calledIn('id,displayName\n94c41e15,Anna Berg\n')).toEqual(['Anna Berg']);
  expect(await calledIn('user,displayName\na@x.example,Anna Berg\n')).toEqual(['Anna Berg']);
  const upn = 'a_x.example#EXT#@t.example';
  expect(await calledIn(`userPrincipalName,displayName,mail\n${upn},Anna Berg,a@x.example\n`)).toEqual([
    'Anna Berg',
    'a@x.example',
  ]);
  expect(await calledIn('mail,displayName\na@x.example,a@x.example\n')).toEqual([]);
  expect(await calledIn(`id,country\n${id},SE\n`)).toEqual([]);
});

test('finds its way in 200,000 rows without reading each', async () => {
  const rows = Array.from({ length: 200_000 }, (_, index) => `g${index}@x.example,"r ${index}"`);
  const records = await findRecords(`user,reference\n${rows.join('\n')}\n`, rest);
  expect(records.count).toBe(200_001);
  expect(cellsOf(records, 150_000)).toEqual(['g149999@x.example', 'r 149999']);
});

test.each([
  ['user,note\na@x.example,n\n', 'byNone'],
  ['user;Send invitation message\na@x.example;true\nb@x.example;no\n', 'byAll'],
  ['user;sendEmail\na@x.example;true\nb@x.example;\n', 'bySome'],
  ['user;sendEmail\na@x.example;\nb@x.example;false\n', 'bySome'],
  ['user;sendEmail\na@x.example; \nb@x.example\n', 'byNone'],
])('knows how many rows of %j say whether Microsoft mails: %s', async (text, said) => {
  expect(await mailSaid(await listOf(text), rest)).toBe(said);
});

test('knows of a row that was changed or left out what it says of mail now', async () => {
  const list = await listOf('user,sendEmail\na@x.example,true\nb@x.example,\n');
  expect(await mailSaid(list.without([2]), rest)).toBe('byAll');
  expect(await mailSaid(list.edited(2, ['b@x.example', 'false']), rest)).toBe('byAll');
});

test('counts as guests only rows that each name another one', async () => {
  const summary = async (text: string) => {
    const list = await listOf(text);
    return [summaryOf(list, undefined), summaryOf(list, await hintsOf(list, rest))];
  };
  expect(await summary('user\na@x.example\n')).toEqual(['1 row', '1 guest']);
  expect(await summary('user\na@x.example\nb@x.example\n')).toEqual(['2 rows', '2 guests']);
  expect(await summary('user\na@x.example\nnonsense\na@x.example\n')).toEqual(['3 rows', '3 rows, 2 to look at']);
  expect(await summary('user\nutter\nnonsense\n')).toEqual(['2 rows', '2 rows, all to look at']);
  expect(await summary('user\nnonsense\n')).toEqual(['1 row', '1 row, 1 to look at']);
  // Nobody knows yet which column names the guest.
  expect(await summary('colour\nred\n')).toEqual(['1 row', '1 row']);
  expect(summaryOf((await listOf('user\na@x.example\n')).without([1]), { count: 0 })).toBe('No row is left');
});

test('says what would be lost of the work on a list', async () => {
  const list = await listOf('a,b\na@x.example,1\nb@x.example,2\nc@x.example,3\n');
  expect(workOn(list)).toEqual([]);
  const worked = list.withHeader(['user', 'b']).edited(1, ['x@x.example', '1']).without([2, 3]);
  expect(workOn(worked)).toEqual(['1 row corrected', '2 rows left out', 'a column named']);
});

test('takes of a table the rows that bear a warning, as they are', async () => {
  const rows = [
    'user,result.warnings,note',
    'a@x.example,"Is off. Is a member.","1,\n2"',
    'b@x.example,Is off.,"z"',
    'c@x.example,,Is off.',
  ];
  const taken = await rowsWith(
    new Blob(['\uFEFF', rows.join('\r\n')], { type: 'text/csv' }),
    'result.warnings',
    'Is off.',
  );
  expect(await new Response(taken).bytes()).toEqual(
    new TextEncoder().encode(`\uFEFF${rows.slice(0, 3).join('\r\n')}\r\n`),
  );
  expect(taken.type).toBe('text/csv');
});
