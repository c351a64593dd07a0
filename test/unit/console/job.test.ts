import { describe, expect, test } from 'vitest';
import type { Job, Reset } from '../../../client/types.ts';
import { canHelp, type Cause, causesOf, retryOf, usuallyRetried } from '../../../console/src/parts/causes.ts';
import { messageOf, addressOf, mailedElsewhere, mailWords } from '../../../console/src/parts/guest-address.ts';
import { deedOf, doerOf, whyOf } from '../../../console/src/parts/deeds.ts';
import { askedFor } from '../../../console/src/pages/job/options-words.ts';
import { linksWords } from '../../../console/src/pages/job/links-words.ts';
import { permissionsOf } from '../../../console/src/pages/job/permissions.ts';
import {
  heard,
  lastSentOf,
  percentOf,
  segmentsOf,
  tookWords,
  unansweredWords,
} from '../../../console/src/pages/job/progress.ts';
import { rateChartOf, rateText } from '../../../console/src/pages/job/rate-points.ts';
import { remindedWords, reminderOf, usualReason } from '../../../console/src/pages/job/reminder.ts';
import { tabOf } from '../../../console/src/pages/job/tabs.ts';
import { stepped } from '../../../console/src/pages/job/row-keys.ts';
import { pagesOf } from '../../../console/src/pages/job/row-pages.ts';
import { stateOf } from '../../../console/src/parts/job-words.ts';
import { factsOf } from '../../../console/src/parts/reset-facts.ts';
import { stepOf } from '../../../console/src/parts/reset-words.ts';
import { COUNTS, JOB } from './a-job.ts';

const ENDED: Job = { ...JOB, status: 'completedWithErrors', endedAt: '2026-11-29T09:00:00Z', done: 200 };

describe('causes', () => {
  const byCode: Job['byCode'] = {
    reset: 9_000,
    resetRecently: 602,
    guestNotFound: 87,
    directoryRole: 1_403,
    outcomeUnknown: 14,
    canceled: 3,
  };

  test('what nobody can tell stands first, then what failed, the most first; successes are none', () => {
    expect(causesOf({ byCode }).map(({ code }) => code)).toEqual([
      'outcomeUnknown',
      'directoryRole',
      'guestNotFound',
      'canceled',
      'resetRecently',
    ]);
  });

  test('a retry that names nothing takes what was canceled, and what failed where the same can help', () => {
    expect(usuallyRetried(causesOf({ byCode }))).toBe(1_403 + 3);
  });

  test('who was skipped for a time is tried again only when that is over', () => {
    const causes = causesOf({ byCode: { directoryRole: 2, notExternal: 1, resetRecently: 2 } });
    const [role, external, recently] = causes as [Cause, Cause, Cause];
    const ended = Date.parse('2026-11-29T09:00:00Z');
    expect(canHelp(recently, ENDED, ended + 24 * 3_600_000 - 1)).toBe(false);
    expect(canHelp(recently, ENDED, ended + 24 * 3_600_000)).toBe(true);
    expect(canHelp(role, ENDED, ended)).toBe(true);
    expect(canHelp(external, ENDED, ended)).toBe(false);
    expect(canHelp(role, JOB, ended)).toBe(false);
  });

  test('what nobody can tell is retried only by its name', () => {
    expect(retryOf({ code: 'outcomeUnknown', outcome: 'unknown' }).status).toBe('unknown');
    expect(retryOf({ code: 'directoryRole', outcome: 'failed' }).status).not.toContain('unknown');
  });

  test('a code that this page does not know yet is a failure without a retry', () => {
    const [cause] = causesOf({ byCode: { brandNew: 2 } as Job['byCode'] });
    expect(cause).toEqual({ code: 'brandNew', count: 2, outcome: 'failed', retryable: false });
  });
});

describe('progress', () => {
  test('segments are those of which there are some; who waits is told from who is on their way', () => {
    expect(segmentsOf(JOB).map(({ text, count }) => [text, count])).toEqual([
      ['reset', 100],
      ['failed', 1],
      ['on their way', 1],
      ['waiting', 98],
    ]);
  });

  test('who was canceled is not done, though the service counts them so', () => {
    const counts = { ...COUNTS, succeeded: 20, canceled: 282 };
    const job: Job = { ...ENDED, total: 302, done: 302, counts, canceled: { requestedAt: '', by: 'anna' } };
    expect(percentOf(job)).toBe(6);
    expect(heard(job)).toBe('Canceled, 20 reset before: 20 reset, 282 canceled.');
  });

  test('the last ones are told as such only while nobody waits behind them', () => {
    const last: Job = { ...JOB, done: 180, counts: { ...COUNTS, succeeded: 180, sending: 20 } };
    expect(lastSentOf(last)).toBe(20);
    expect(lastSentOf(JOB)).toBe(0);
    expect(lastSentOf({ ...last, endedAt: '2026-11-29T09:00:00Z' })).toBe(0);
    expect(unansweredWords(20)).toMatch(/^No answer has come for 20 guests .* looked up in the directory/);
  });

  test('a job is at 100 percent only when all is done', () => {
    expect(percentOf({ done: 199_999, total: 200_000, counts: COUNTS })).toBe(99);
    expect(percentOf({ done: 200_000, total: 200_000, counts: COUNTS })).toBe(100);
  });

  test('whoever listens hears of each five percent, and of the end', () => {
    expect(heard({ ...JOB, done: 101 })).toBe('In progress, 50 percent done.');
    expect(heard({ ...JOB, done: 109 })).toBe(heard({ ...JOB, done: 101 }));
    expect(heard({ ...JOB, done: 110 })).not.toBe(heard({ ...JOB, done: 109 }));
    expect(heard({ ...JOB, status: 'paused', done: 109 })).toBe('Paused: 109 of 200 done.');
    expect(heard(ENDED)).toBe('Completed with errors: 100 reset, 1 failed, 1 on their way, 98 waiting.');
  });
});

describe('how long it took', () => {
  const at = (minutes: number): string => new Date(Date.UTC(2026, 10, 29, 8, minutes)).toISOString();
  const by = { id: 'anna' };
  const job = (...turns: [NonNullable<Job['actions']>[number]['action'], number][]): Job => ({
    ...ENDED,
    startedAt: at(1),
    endedAt: at(11),
    actions: [
      { action: 'submitted', at: at(0), by },
      ...turns.map(([action, minutes]) => ({ action, at: at(minutes), by })),
    ],
  });

  test('has apart how long the job was paused', () => {
    expect(tookWords(job())).toBe('Took 10 min');
    expect(tookWords(job(['stopped', 3], ['resumed', 5]))).toBe('Took 10 min, 2 min of it paused');
    expect(tookWords(job(['stopped', 2], ['resumed', 3], ['paused', 5], ['canceled', 9], ['retried', 20]))).toBe(
      'Took 10 min, 5 min of it paused',
    );
    // Who waits from the start for an approval has not begun.
    expect(tookWords(job(['stopped', 0], ['approved', 1]))).toBe('Took 10 min');
  });

  test('says no number where the stops are not all there, or lie upon each other', () => {
    expect(tookWords(job(['paused', 2], ['stopped', 3], ['resumed', 4], ['resumed', 8]))).toBe(
      'Took 10 min, stops included',
    );
    expect(tookWords({ ...job(['stopped', 3], ['resumed', 5]), actionsOmitted: 4 })).toBe(
      'Took 10 min, stops included',
    );
  });

  test('is not told of a job that never began', () => {
    expect(tookWords(ENDED)).toBeUndefined();
  });
});

describe('the rate', () => {
  const at = (seconds: number): string => new Date(seconds * 1000).toISOString();
  const rate = (sent: { at: string; sent?: number; ended?: number; waiting?: boolean }[], from: number, to: number) =>
    rateChartOf({
      from: at(from),
      to: at(to),
      intervalSeconds: 10,
      limitPerSecond: 20,
      points: sent.map((point) => ({ sent: 0, ended: 0, ...point })),
    }) ?? { points: [], waits: [] };
  const perSecond = (...chart: Parameters<typeof rate>) => rate(...chart).points.map((point) => point.perSecond);

  test('of an interval that is cut by the beginning or the end the rate is that of what is left', () => {
    const points = [
      { at: at(100), sent: 10, ended: 7 },
      { at: at(110), sent: 40, ended: 43 },
    ];
    expect(perSecond(points, 105, 118)).toEqual([2, 5]);
    expect(rate(points, 105, 118).points.map(({ ended }) => ended)).toEqual([7, 43]);
  });

  test('a piece too short to tell a rate is told with its neighbour, and nothing that was sent is lost', () => {
    const edges = [
      { at: at(100), sent: 5 },
      { at: at(110), sent: 6 },
      { at: at(120), sent: 1 },
    ];
    expect(perSecond(edges, 109, 130)).toEqual([1, 0.1]);
    expect(perSecond(edges, 109, 121)).toEqual([1]);
    expect(perSecond(edges.slice(0, 1), 109, 110)).toEqual([5]);
    expect(perSecond([], 100, 100)).toEqual([]);
  });

  test('what was sent within a second is told as of one', () => {
    expect(perSecond([{ at: at(100), sent: 6 }], 104, 104.1)).toEqual([6]);
  });

  const chunks = (...sent: number[]) => sent.map((each, index) => ({ at: at(100 + index * 10), sent: each }));

  test('a chunk that went at once has the time that follows: within the pace nothing stands above the limit', () => {
    expect(perSecond(chunks(220, 200, 200, 140), 100, 140)).toEqual([20, 20, 20, 16]);
    // Who is skipped was sent nothing.
    expect(
      perSecond(
        chunks(0, 0).map((point) => ({ ...point, ended: 900 })),
        100,
        120,
      ),
    ).toEqual([0, 0]);
  });

  test('what is more than may go at once does stand above it', () => {
    const [first = 0, second = 0] = perSecond(chunks(300, 0), 100, 120);
    expect(first).toBeGreaterThan(25);
    expect(second).toBeLessThan(5);
    expect((first + second) * 10).toBe(300);
  });

  test('where it is not known when it was sent nothing is shown', () => {
    const points = [{ at: at(100), ended: 20 }];
    expect(
      rateChartOf({ from: at(100), to: at(110), intervalSeconds: 10, limitPerSecond: 20, points }),
    ).toBeUndefined();
  });

  test('neighbours in which Graph had asked to wait are one wait', () => {
    const points = [true, true, false, true].map((waiting, index) => ({
      at: at(100 + index * 10),
      ...(waiting && { waiting }),
    }));
    expect(rate(points, 100, 140).waits).toEqual([
      { from: 100, to: 120 },
      { from: 130, to: 140 },
    ]);
  });

  test('a rate is said with as many digits as somebody reads, and never as more than it is', () => {
    expect([0, 0.3, 0.1 + 0.7, 0.449, 9.94, 19.4, 19.55, 140.6].map(rateText)).toEqual([
      '0',
      '0.3',
      '0.8',
      '0.4',
      '9.9',
      '19.4',
      '19.5',
      '140',
    ]);
  });
});

describe('what somebody may do', () => {
  const me = (id: string, ...roles: string[]) => ({ id, roles });
  const stopped = (code: NonNullable<Job['pausedReason']>['code'], scope: 'job' | 'tenant' = 'job'): Job => ({
    ...JOB,
    status: 'paused',
    pausedReason: { scope, code, message: '', nextStep: '', since: '', resuming: false },
  });

  test('a job that is under way is paused by Manage, and canceled by its submitter, too', () => {
    expect(permissionsOf(JOB, me('anna', 'Submit'))).toMatchObject({ pause: false, cancel: true, retry: false });
    expect(permissionsOf(JOB, me('bert', 'Manage'))).toMatchObject({ pause: true, cancel: true, remove: false });
    expect(permissionsOf(JOB, me('bert', 'Read'))).toMatchObject({ pause: false, cancel: false });
  });

  test('a held job is approved by Manage, but never by its submitter', () => {
    const held = stopped('awaitingApproval');
    expect(permissionsOf(held, me('anna', 'Manage')).approve).toBe(false);
    expect(permissionsOf(held, me('bert', 'Manage'))).toMatchObject({ approve: true, resume: false });
    expect(permissionsOf(held, me('bert', 'Submit')).approve).toBe(false);
  });

  test('behind its canary a job is let go on by its submitter; any other stop of it only by Manage', () => {
    expect(permissionsOf(stopped('pauseAfter'), me('anna', 'Submit')).resume).toBe(true);
    expect(permissionsOf(stopped('refusedRepeatedly'), me('anna', 'Submit')).resume).toBe(false);
    expect(permissionsOf(stopped('refusedRepeatedly'), me('bert', 'Manage')).resume).toBe(true);
  });

  const withOwn = (own: NonNullable<Job['pausedReason']>['code']): Job => {
    const { pausedReason, ...job } = stopped('pausedByHand', 'tenant');
    return { ...job, ...(pausedReason && { pausedReason: { ...pausedReason, own } }) };
  };

  const tried = ({ pausedReason, ...job }: Job): Job => ({
    ...job,
    ...(pausedReason && { pausedReason: { ...pausedReason, resuming: true } }),
  });

  test('a stop of the tenant is not lifted at a job, which may be paused beside it, and its own is lifted there', () => {
    const manager = me('bert', 'Manage');
    expect(permissionsOf(stopped('tenantBlocked', 'tenant'), manager)).toMatchObject({ resume: false, pause: true });
    expect(permissionsOf(withOwn('pausedByHand'), manager)).toMatchObject({ resume: true, pause: false });
    expect(permissionsOf(withOwn('pauseAfter'), me('anna', 'Submit'))).toMatchObject({ resume: true, pause: false });
  });

  test('what is stopped itself is not paused once more, unless one guest of it is tried', () => {
    const manager = me('bert', 'Manage');
    const refused = stopped('refusedRepeatedly');
    expect(permissionsOf(refused, manager).pause).toBe(false);
    expect(permissionsOf(tried(refused), manager).pause).toBe(true);
    // One guest of the tenant's, and not of this job.
    expect(permissionsOf(tried(withOwn('refusedRepeatedly')), manager).pause).toBe(false);
  });

  test('the state of a paused job says what it waits for', () => {
    const words = (job: Job): string => stateOf({ ...job, pauseAfter: 20 }).text;
    expect(words(stopped('pausedByHand'))).toBe('Paused');
    expect(words(stopped('tenantBlocked', 'tenant'))).toBe('Paused with the tenant');
    expect(words(withOwn('pauseAfter'))).toBe('Paused with the tenant');
    expect(words(stopped('awaitingApproval'))).toBe('Paused for approval');
    expect(words(stopped('pauseAfter'))).toBe('Paused after the first 20');
    expect(words(tried(stopped('refusedRepeatedly')))).toBe('One guest is tried');
    expect(words(tried(stopped('tenantBlocked', 'tenant')))).toBe('One guest is tried');
  });

  test('a retry is offered of an ended job that has something to take', () => {
    const [submitter, reader] = [me('anna', 'Submit'), me('bert', 'Read')];
    expect(permissionsOf(ENDED, submitter).retry).toBe(false);
    const some: Job = { ...ENDED, byCode: { ...ENDED.byCode, throttled: 1 } };
    expect(permissionsOf(some, submitter).retry).toBe(true);
    expect(permissionsOf(some, reader).retry).toBe(false);
  });
});

test('a reminder goes to who is pending then, not to who was reminded since the job, and says the options again', () => {
  const ended = Date.parse(ENDED.endedAt ?? '');
  expect(reminderOf(ENDED, undefined, ended + 59 * 60_000)).toEqual({
    onlyIf: 'pending',
    skipIfResetWithinHours: 0,
    sendInvitationMessage: true,
    inviteRedirectUrl: 'https://apps.contoso.example',
  });
  const hoursLater = (hours: number) => reminderOf(ENDED, undefined, ended + hours * 3_600_000).skipIfResetWithinHours;
  expect([1.5, 23, 400, -1].map(hoursLater)).toEqual([1, 23, 24, 0]);
  const german = { ...ENDED, options: { ...ENDED.options, messageLanguage: 'de-DE' } };
  expect(reminderOf(german, 'CHG-7', 0)).toMatchObject({ messageLanguage: 'de-DE', reason: 'CHG-7' });
});

test('who is skipped for having been reminded already is said by the hours that the reminder asks about', () => {
  const hoursLater = (hours: number) =>
    remindedWords(ENDED, Date.parse(ENDED.endedAt ?? '') + hours * 3_600_000).split(/[:;]/)[0];
  expect([0.5, 1.5, 23, 400].map(hoursLater)).toEqual([
    'Whoever was reminded already is mailed once more',
    'Whoever was reminded in the last hour is skipped',
    'Whoever was reminded in the last 23 hours is skipped',
    'Whoever was reminded in the last 24 hours is skipped',
  ]);
});

test('a reminder is called after its job, as long as a reason may be', () => {
  expect(usualReason({ ...ENDED, reason: 'CHG-7' })).toBe('Reminder: CHG-7');
  expect(usualReason({ ...ENDED, reason: 'x'.repeat(200) })).toBe(`Reminder: ${'x'.repeat(190)}`);
  expect(usualReason(ENDED)).toMatch(/^Reminder: 200 guests, /);
});

test('what was asked for has only what says something', () => {
  expect(askedFor(JOB).map(([name]) => name)).toEqual(['Mail', 'To be skipped', 'Landing page']);
  const change = { from: 'fabrikam.example', to: 'adatum.example' };
  const asked = askedFor({ ...JOB, pauseAfter: 20, options: { ...JOB.options, changeEmailDomain: change } });
  expect(asked).toContainEqual(['New domain', 'fabrikam.example → adatum.example']);
  expect(asked).toContainEqual(['Canary', 'The first 20 guests']);
});

test('what was asked for tells what rows say in place of the options, so that who approves it sees it', () => {
  const options = { ...JOB.options, sendInvitationMessage: false, hasCcRecipient: true, verify: false };
  const rowsSay = { mailed: 3, notMailed: 1, ccRecipient: 2, messageLanguage: 1, invitedUserEmailAddress: 4 };
  const asked = new Map(askedFor({ ...JOB, options, rowsSay }));
  expect(asked.get('Mail')).toBe('Nobody is mailed; sent in 3 rows; none in 1 row');
  expect(asked.get('Copy to')).toBe('One address; named in 2 rows');
  expect(asked.get('Language')).toBe('Named in 1 row');
  expect(asked.get('New address')).toBe('Becomes the guest’s mail; named in 4 rows');
  expect(asked.get('Verified')).toBe('Nobody is looked at once more');
  expect(asked.get('Landing page')).toBe('https://apps.contoso.example');
});

test('what happened has who, what and why; a pause that was lifted is not told a second time', () => {
  const by = { id: 'service' };
  expect(doerOf({ by })).toBe('the service');
  expect(doerOf({ by: { id: 'anna', name: 'Anna Berg' } })).toBe('Anna Berg');
  expect(deedOf({ action: 'approved' })).toBe('Approved');
  expect(
    [true, false, undefined].map((dryRun) => deedOf({ action: 'submitted', ...(dryRun !== undefined && { dryRun }) })),
  ).toEqual(['Rehearsed', 'Submitted', 'Submitted']);
  expect(whyOf({ at: '', by, action: 'stopped', code: 'pauseAfter' })).toMatch(/^The first resets/);
  expect(whyOf({ at: '', by, action: 'resumed', code: 'pausedByHand' })).toBeUndefined();
  expect(whyOf({ at: '', by, action: 'paused', reason: 'wrong list' })).toBe('wrong list');
});

describe('whom a list names by object id', () => {
  const id = '94c41e15-a0b0-4a60-aafc-d1d0d83abc7e';
  const of = (more: Partial<Reset>): Reset => ({ row: 1, user: id, status: 'succeeded', attempts: 1, ...more });

  test('is called by the address mailed to, or the one the directory has', () => {
    expect(addressOf(of({}))).toBeUndefined();
    expect(addressOf(of({ mailBefore: 'old@x.example' }))).toBe('old@x.example');
    expect(addressOf(of({ mailBefore: 'old@x.example', mailAfter: 'new@x.example' }))).toBe('new@x.example');
    expect(addressOf(of({ mailTo: 'to@x.example', mailAfter: 'new@x.example' }))).toBe('to@x.example');
    expect(addressOf(of({ user: 'anna@x.example', mailTo: 'to@x.example' }))).toBeUndefined();
  });

  test('is called as the list calls them until they are looked up', () => {
    const submittedAs = { mail: 'anna@x.example', displayName: 'Anna', userPrincipalName: 'anna#EXT#@t.example' };
    expect(addressOf(of({ status: 'pending', submittedAs }))).toBe('anna@x.example');
    expect(addressOf(of({ submittedAs: { displayName: 'Anna' } }))).toBe('Anna');
    expect(addressOf(of({ submittedAs, mailBefore: 'old@x.example' }))).toBe('old@x.example');
    expect(addressOf(of({ submittedAs, would: { mail: 'none' } }))).toBe('anna@x.example');
  });

  test('and where the list has nothing but the id, a guest who waits is said to have not been looked up', () => {
    expect(messageOf(of({ status: 'pending' }))).toMatch(/^Not looked up yet/);
    expect(messageOf(of({ status: 'pending', submittedAs: { mail: 'anna@x.example' } }))).toBeUndefined();
    expect(messageOf(of({ status: 'pending', user: 'anna@x.example' }))).toBeUndefined();
    expect(messageOf(of({ status: 'failed' }))).toBeUndefined();
  });

  test('is not told twice where the mail went', () => {
    expect(mailWords(of({}))).toBeUndefined();
    expect(mailWords(of({ mailTo: 'to@x.example', messageLanguage: 'sv-SE' }))).toBe('Mailed, in sv-SE');
    expect(mailWords(of({ user: 'To@x.example', mailTo: 'to@x.example' }))).toBe('Mailed');
    expect(mailWords(of({ user: 'anna@x.example', mailTo: 'to@x.example' }))).toBe('Mailed to to@x.example');
    expect(mailedElsewhere(of({ mailTo: 'to@x.example' }))).toBeUndefined();
    expect(mailedElsewhere(of({ user: 'anna@x.example', mailTo: 'to@x.example' }))).toBe('to@x.example');
  });
});

test('what helps is said to people, also where the service says which request a program makes', () => {
  const nextStep = 'GET /api/guests/anna/resets lists the resets that you may see.';
  expect(stepOf({ code: 'resetRecently', nextStep })).toBe(
    'Open a guest to see what was done, or to reset that one all the same.',
  );
  expect(stepOf({ code: 'directoryRole', nextStep: 'Remove the role and submit again.' })).toBe(
    'Remove the role and submit again.',
  );
  expect(stepOf({})).toBeUndefined();
});

test('to hand out a link is said only to whom it is shown; others are told who sees it', () => {
  const nextStep = 'Give the guest the redeem URL, or the link of an app.';
  expect(stepOf({ code: 'reset', nextStep, inviteRedeemUrl: 'https://x.example' })).toMatch(/^Give the guest/);
  expect(stepOf({ code: 'reset', nextStep })).toMatch(/only who submitted the job sees/);
  expect(stepOf({ code: 'reset' })).toBeUndefined();
});

test('of guests who were reset without a mail it is said that links are to be handed out, and who sees them', () => {
  const job = { ...ENDED, summary: { mailed: 98, emailsAdded: 0 } };
  const [anna, bert] = ['anna', 'bert'].map((id) => ({ id, roles: ['Submit', 'Manage'] }));
  expect(linksWords(job, anna)?.title).toBe('2 guests were reset without a mail.');
  expect(linksWords(job, anna)?.text).toMatch(/^Hand out the redeem links: in “Results as CSV”/);
  expect(linksWords(job, bert)?.text).toMatch(/^Who submitted this job hands out/);
  expect(linksWords({ ...job, summary: { mailed: 99, emailsAdded: 0 } }, anna)?.title).toBe(
    '1 guest was reset without a mail.',
  );
  expect(linksWords(ENDED, anna)).toBeUndefined();
});

test('of a job held for approval all guests are seen first, of any other long one the causes', () => {
  const held: Job = {
    ...JOB,
    status: 'paused',
    byCode: {},
    pausedReason: {
      scope: 'job',
      code: 'awaitingApproval',
      message: '',
      nextStep: '',
      since: '',
      resuming: false,
    },
  };
  expect(tabOf(held, null)).toBe('guests');
  expect(tabOf(held, 'happened')).toBe('happened');
  expect(tabOf(JOB, null)).toBe('causes');
  expect(tabOf({ ...JOB, byCode: {}, total: 20 }, 'nonsense')).toBe('guests');
});

test('how often a guest was sent to Graph is told, and no nothing of what may be on its way', () => {
  const sent = (attempts: number, status: Reset['status']) =>
    new Map(factsOf({ row: 1, user: 'anna@x.example', status, attempts })).get('Sent to Graph');
  expect([sent(0, 'skipped'), sent(1, 'succeeded'), sent(3, 'failed')]).toEqual(['Nothing', 'Once', '3 times']);
  expect([sent(0, 'sending'), sent(0, 'unknown')]).toEqual([undefined, undefined]);
});

test('of a long list only the pages that are seen are asked for', () => {
  expect(pagesOf([0, 30], 200_000)).toEqual([0]);
  expect(pagesOf([190, 230], 200_000)).toEqual([0, 1]);
  expect(pagesOf([199_960, 199_999], 200_000)).toEqual([999]);
  expect(pagesOf([0, 0], 0)).toEqual([0]);
  expect(pagesOf([150_000, 150_040], 20)).toEqual([0]);
});

test('keys lead through a list and never out of it', () => {
  expect(stepped('ArrowUp', 0, 10, 5)).toBe(0);
  expect(stepped('PageDown', 8, 10, 5)).toBe(9);
  expect(stepped('End', 3, 200_000, 5)).toBe(199_999);
  expect(stepped('a', 3, 10, 5)).toBeUndefined();
});
