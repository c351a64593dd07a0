import { expect, test } from 'vitest';
import { carriedChoices, FIRST_CHOICES, rehearsedWith } from '../../../console/src/list/choices.ts';
import { findRecords } from '../../../console/src/list/csv.ts';
import { sinceIn } from '../../../console/src/list/since.ts';
import { GuestList } from '../../../console/src/list/guest-list.ts';
import { columnOf, messagesNow, troublesOf } from '../../../console/src/pages/new/problems.ts';
import { headingOf, outcomeOf } from '../../../console/src/pages/rehearsal/outcome.ts';
import { canaryProblem, heldWords, keyOf, missingOf, queryOf } from '../../../console/src/pages/rehearsal/run.ts';
import { addressOf, wouldWords } from '../../../console/src/parts/guest-address.ts';
import type { Job, Problem, Reset } from '../../../client/types.ts';

const REHEARSAL = {
  total: 30,
  done: 30,
  status: 'completed',
  endedAt: '2026-11-29T08:00:00Z',
  counts: { canceled: 0 },
  byCode: { wouldReset: 22, guestNotFound: 3, directoryRole: 5 },
  byWarning: { accountDisabled: 2, externalMember: 4 },
  summary: { wouldMail: 20, wouldAddEmail: 1 },
  options: { skipIfResetWithinHours: 24 },
} as unknown as Job;

test('sorts what a rehearsal found by group and number', () => {
  const outcome = outcomeOf(REHEARSAL);
  expect(outcome).toMatchObject({ would: 22, cannot: 8, lookFirst: 6, isLookFirstExact: false, mails: 20 });
  expect(outcome.causes.map(({ code }) => code)).toEqual(['directoryRole', 'guestNotFound']);
  expect(outcome.warnings.map(({ code }) => code)).toEqual(['externalMember', 'accountDisabled']);
  expect(headingOf(REHEARSAL, outcome)).toBe('22 of 30 guests would be reset');
});

test('keeps apart who would be skipped, and says what a person can do', () => {
  const byCode = { wouldReset: 20, guestNotFound: 1, resetRecently: 4, pendingRecently: 3, otherDomain: 2 };
  const some = { ...REHEARSAL, byCode } as Job;
  const outcome = outcomeOf(some);
  expect(outcome).toMatchObject({ would: 20, cannot: 1, skipped: 9, recent: 7 });
  expect(outcome.causes.map(({ code }) => code)).toEqual(['guestNotFound']);
  expect(outcome.skips.map(({ code }) => code)).toEqual(['resetRecently', 'pendingRecently', 'otherDomain']);
  expect(outcome.skips[0]?.meaning).toBe('Another job has reset the guest within 24 hours before, or since.');
  expect(outcome.skips.map(({ step }) => step?.includes('Reset these too') === true)).toEqual([true, true, false]);
  const all = { ...REHEARSAL, byCode: { resetRecently: 30 } } as Job;
  expect(headingOf(all, outcomeOf(all))).toBe('All 30 guests would be skipped');
  const one = { ...all, total: 1, byCode: { resetRecently: 1 } } as Job;
  expect(headingOf(one, outcomeOf(one))).toBe('The guest would be skipped');
  const since = outcomeOf({ ...one, options: { ...one.options, skipIfResetWithinHours: 0 } }).skips[0];
  expect(since?.meaning).toBe('Another job has reset the guest since this was submitted.');
  expect(since?.step).toContain('Rehearse the list again');
});

test('says before the run that somebody else must approve it, where that is so', () => {
  expect(heldWords(11, 10)).toMatch(/^Of more than 10 guests the job waits until somebody else approves it/);
  expect([heldWords(10, 10), heldWords(500, undefined)]).toEqual([undefined, undefined]);
});

test('carries from a rehearsal to the job what was found with it', () => {
  const options = { ...REHEARSAL.options, skipIfResetWithinHours: 0 };
  expect(rehearsedWith({ options })).toEqual({ skipIfResetWithinHours: 0 });
  const changeEmailDomain = { from: 'old.example', to: 'new.example' };
  expect(rehearsedWith({ options: { ...REHEARSAL.options, changeEmailDomain } })).toEqual({
    changeEmailDomain: 'old.example:new.example',
  });
});

test('says the answer for one guest without numbers, and how far it is while it runs', () => {
  const one = { ...REHEARSAL, total: 1, byCode: { wouldReset: 1 } } as Job;
  expect(headingOf(one, outcomeOf(one))).toBe('The guest would be reset');
  const none = { ...one, byCode: { guestNotFound: 1 } } as Job;
  expect(headingOf(none, outcomeOf(none))).toBe('The guest cannot be reset');
  const { endedAt: _end, ...open } = REHEARSAL;
  expect(headingOf(open, outcomeOf(open))).toBe('Rehearsing 30 guests');
  const stopped = { ...REHEARSAL, counts: { ...REHEARSAL.counts, canceled: 12 } };
  expect(headingOf(stopped, outcomeOf(stopped))).toBe('Stopped after 18 of 30 guests');
  // Nobody has looked at the rest: they may well be reset.
  const rest = outcomeOf({ ...stopped, byCode: { wouldReset: 10, guestNotFound: 8, canceled: 12 } });
  expect(rest).toMatchObject({ would: 10, cannot: 8, notLooked: 12 });
  expect(rest.causes.map(({ code }) => code)).toEqual(['guestNotFound']);
});

test('asks for a canary above 20 guests only, and for a language only where there is mail', () => {
  const choices = { ...FIRST_CHOICES, mail: 'mail', language: ' sv-SE ', reason: ' CHG-1 ' } as const;
  expect(queryOf(choices, 21, {})).toEqual({
    sendInvitationMessage: true,
    messageLanguage: 'sv-SE',
    pauseAfter: 20,
    reason: 'CHG-1',
  });
  expect(queryOf({ ...choices, mail: 'none' }, 20, { changeEmailDomain: 'old.example:new.example' })).toEqual({
    sendInvitationMessage: false,
    reason: 'CHG-1',
    changeEmailDomain: 'old.example:new.example',
  });
  expect(queryOf({ ...FIRST_CHOICES, mail: 'asSaid' }, 1, {})).toEqual({});
});

test('says what is missing before it can be run', () => {
  expect(missingOf(FIRST_CHOICES, 1)).toContain('mails');
  const choices = { ...FIRST_CHOICES, mail: 'none', canarySize: '0' } as const;
  expect(missingOf(choices, 21)).toContain('canary');
  expect(missingOf(choices, 20)).toBeUndefined();
  // With as many as the list has it would not pause.
  expect(missingOf({ ...choices, canarySize: '29' }, 29)).toContain('canary');
  expect(missingOf({ ...choices, canarySize: '28' }, 29)).toBeUndefined();
  expect(missingOf({ ...choices, canarySize: '29', canary: false }, 29)).toBeUndefined();
  expect(canaryProblem('50', 29)).toBe(
    'With 50 the job would not pause: it has 29 guests. Give fewer, or untick the canary.',
  );
  expect(['', '0', '1.5', '-3', '1e3'].map((size) => canaryProblem(size, 29))).toEqual(
    Array(5).fill('A whole number, at least 1.'),
  );
  // A domain that was typed and not rehearsed with would be no part of the job.
  for (const half of [{ from: 'old.example' }, { to: 'new.example' }])
    expect(missingOf({ ...choices, ...half }, 20)).toContain('new domain');
  const mailed = { ...choices, mail: 'mail', canarySize: '20', language: 'swedish' } as const;
  expect(missingOf(mailed, 21)).toContain('language');
  expect(missingOf({ ...mailed, mail: 'none' }, 21)).toBeUndefined();
  expect(missingOf({ ...mailed, language: ' sv-SE ' }, 21)).toBeUndefined();
});

test('makes one key of one rehearsal and the same choices, and another of others', async () => {
  const key = await keyOf('r1', { reason: 'a', pauseAfter: 20 }, true);
  expect(key).toMatch(/^console-r1-[0-9a-f]{24}$/);
  expect(await keyOf('r1', { pauseAfter: 20, reason: 'a' }, true)).toBe(key);
  for (const other of [keyOf('r2', { reason: 'a', pauseAfter: 20 }, true), keyOf('r1', { reason: 'a' }, true)])
    expect(await other).not.toBe(key);
  expect(await keyOf('r1', { reason: 'a', pauseAfter: 20 }, false)).not.toBe(key);
});

test('puts problems beside their rows, also after one in front of them is left out', async () => {
  const rows = Array.from({ length: 5 }, (_, index) => `g${index + 1}@x.example`);
  const records = await findRecords(['user', ...rows].join('\n'), () => Promise.resolve());
  const sent = new GuestList(records).without([1]);
  const errors = [
    { code: 'invalidMail', message: 'one', row: 4, field: 'Mail' },
    { code: 'duplicateUser', message: 'Row 1 names the same', row: 2 },
    { code: 'invalidBoolean', message: 'three', row: 4 },
    { code: 'invalidOption', message: 'four' },
  ];
  const troubles = troublesOf({ detail: '4 problems', errors } as Problem, sent);
  expect(troubles.rows.map(({ record, messages }) => [record, messages.length])).toEqual([
    [3, 1],
    [5, 2],
  ]);
  expect(troubles.general).toEqual([{ message: 'four' }]);
  // As the file counts them: the service counts those that it was sent.
  expect(troubles.rows[0]?.messages[0]?.message).toBe('Row 3 names the same');
  const later = sent.without([2]);
  expect(troubles.rows.map(({ record }) => later.row(record))).toEqual([undefined, 3]);
  expect(later.guest(3).text).toBe('g5@x.example');
  expect(later.record(3)).toBe(5);
  expect(columnOf(['user', ' mail'], { message: '', field: 'Mail' })).toBe(1);
});

test('leads with the address of a guest whom the list has by object id, and says only once whom the mail goes to', () => {
  const id = '94c41e15-a0b0-4a60-aafc-d1d0d83abc7e';
  const would = { mail: 'microsoft', mailTo: 'a@x.example', messageLanguage: 'sv-SE' } as const;
  const reset = { row: 1, user: id, would } as unknown as Reset;
  expect(addressOf(reset)).toBe('a@x.example');
  expect(wouldWords(reset)).toBe('Would be mailed, in sv-SE');
  expect(addressOf({ ...reset, user: 'b@x.example' })).toBeUndefined();
  expect(wouldWords({ ...reset, user: 'b@x.example' })).toBe('Would be mailed to a@x.example, in sv-SE');
  expect(addressOf({ ...reset, mailBefore: 'old@x.example' })).toBe('old@x.example');
  const moved = { ...reset, would: { ...would, mailTo: 'a@new.example', addEmail: 'a@new.example' } };
  expect(wouldWords({ ...moved, user: 'a@x.example' })).toBe(
    'Would be mailed to a@new.example, in sv-SE · gets the new address a@new.example',
  );
  const { would: _would, ...cannot } = reset;
  expect([addressOf({ ...cannot, mailBefore: 'a@x.example' }), wouldWords(cannot)]).toEqual(['a@x.example', undefined]);
  expect(wouldWords({ ...reset, would: { mail: 'none' } })).toBe('No mail');
});

test('of a list that is rehearsed anew the choices stay, and are confirmed anew', () => {
  const said = { ...FIRST_CHOICES, mail: 'none', reason: 'CHG-1', canary: false, leaveOut: false } as const;
  expect(carriedChoices({ ...said, typed: '24', from: 'old.example', to: 'new.example' })).toEqual(said);
});

test('a rehearsal leads on to the last that was made of the list after it, and to the job of one', () => {
  const lists = [
    { key: 'first', keptAt: 1 },
    { key: 'second', of: 'first', keptAt: 2 },
    { key: 'third', of: 'second', ranAs: 'job', keptAt: 4 },
    { key: 'aside', of: 'first', keptAt: 3 },
    { key: 'other', keptAt: 5 },
  ];
  expect(sinceIn(lists, 'first')).toEqual({ rehearsal: 'third', job: 'job' });
  expect(sinceIn(lists, 'third')).toBeUndefined();
  expect(sinceIn(lists, 'aside')).toBeUndefined();
  const corrected = [...lists, { key: 'fourth', of: 'third', keptAt: 6 }];
  expect(sinceIn(corrected, 'first')).toEqual({ rehearsal: 'fourth', job: 'job' });
  expect(sinceIn(corrected, 'third')).toEqual({ rehearsal: 'fourth' });
});

test('of a row that was changed since it was sent nothing stands that was said of it before', async () => {
  const sent = new GuestList(await findRecords('user\na@x.example\nanna\n', () => Promise.resolve()));
  const troubles = troublesOf(
    { detail: '', errors: [{ code: 'invalidUser', message: 'bad', row: 2 }] } as Problem,
    sent,
  );
  const [row] = troubles.rows;
  if (row === undefined) throw new Error('The problem has a row.');
  const words = (list: GuestList, hints: Parameters<typeof messagesNow>[3] = { rows: [] }) =>
    messagesNow(troubles, row, list, hints).map(({ message }) => message);
  expect(words(sent)).toEqual(['bad']);
  const changed = sent.edited(2, ['b@x.example']);
  expect(words(changed)).toEqual(['Changed: rehearse to know.']);
  // What this page sees of it at once it says at once.
  expect(words(changed, { rows: [{ record: 2, messages: [{ message: 'seen' }] }] })).toEqual(['seen']);
  expect(words(changed.edited(2, ['anna']))).toEqual(['bad']);
  expect(words(sent.edited(1, ['c@x.example']))).toEqual(['bad']);
});
