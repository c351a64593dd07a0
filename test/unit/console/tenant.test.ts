import { describe, expect, test } from 'vitest';
import { STOP_CODES, type StopCode } from '../../../client/codes.ts';
import type { Me, Tenant } from '../../../client/types.ts';
import { checkSaid, sortedChecks, type Check } from '../../../console/src/pages/tenant/check-words.ts';
import { openJobsText, sumOf } from '../../../console/src/pages/tenant/open-jobs.ts';
import { dayText, DOCUMENTED_PER_SECOND, waitText } from '../../../console/src/pages/tenant/pace-words.ts';
import { limitText, moment } from '../../../console/src/parts/numbers.ts';
import { permissionsOf } from '../../../console/src/pages/tenant/permissions.ts';
import { heard, standingOf, triesOne } from '../../../console/src/pages/tenant/standing.ts';
import { stopOf } from '../../../console/src/parts/stop-words.ts';
import { DIRECTORY_WRITES } from '../../../shared/domain/limits.ts';
import { needsTrial } from '../../../shared/domain/stops/stop.ts';
import { HEALTH_CHECKS } from '../../../shared/usecases/check-health.ts';

const PACE: Tenant['pace'] = { perSecond: 19.55, limitPerSecond: 19.55 };
const RUNNING: Tenant = { status: 'running', pace: PACE };
const stopped = (code: StopCode): Tenant => ({
  status: 'paused',
  code,
  message: '',
  nextStep: '',
  since: '2026-11-29T12:00:00Z',
  resuming: false,
  scope: 'tenant',
  pace: { ...PACE, perSecond: 0 },
});
const OF_TENANT = (Object.keys(STOP_CODES) as StopCode[]).filter((code) => STOP_CODES[code].of.includes('tenant'));
const who = (...roles: Me['roles']): Me => ({ id: 'x', roles });

test('the documented limit is the one that the service keeps to', () => {
  expect(DOCUMENTED_PER_SECOND).toBe(DIRECTORY_WRITES.limit / DIRECTORY_WRITES.windowSeconds);
});

describe('a stop', () => {
  test.each(OF_TENANT)('of the code %s is told with what lifts it, and whether one guest is tried', (code) => {
    const words = stopOf(code);
    expect(`${words?.meaning} ${words?.remedy}`).not.toContain('`');
    expect(words?.remedy).toMatch(/resume/i);
    expect(words?.remedy.includes('one guest is tried first')).toBe(needsTrial({ code, message: '' }));
    expect(triesOne(code)).toBe(needsTrial({ code, message: '' }));
    expect(heard(stopped(code))).toContain(words?.meaning);
  });
  test('of a code that is not known here stands for itself', () => {
    expect(stopOf('laterCode' as StopCode)).toMatchObject({ meaning: 'laterCode' });
    expect(stopOf(undefined)).toBeUndefined();
  });
});

test('how sending stands is one word, of which the gravest is said', () => {
  expect(standingOf(RUNNING).text).toBe('Running');
  expect(standingOf(stopped('pausedByHand'))).toEqual({ text: 'Paused', color: 'warning' });
  expect(standingOf(stopped('tenantBlocked'))).toEqual({ text: 'Paused', color: 'danger' });
  expect(standingOf({ ...stopped('noToken'), status: 'resuming' }).text).toBe('One guest is tried');
  const waiting = { ...PACE, perSecond: 0, throttledUntil: '2026-11-29T12:00:00Z' };
  expect(standingOf({ status: 'running', pace: waiting }).text).toBe('Waiting for Microsoft');
  const spent = { ...PACE, perSecond: 0, lastDay: { invitations: 5, limit: 5, moreAt: '2026-11-29T12:00:00Z' } };
  expect(standingOf({ status: 'running', pace: spent }).text).toBe('Nothing left of the day');
});

test('pausing and resuming are for Manage, the audit for whoever may read, and each only where it makes sense', () => {
  expect(permissionsOf(RUNNING, who('Manage'))).toMatchObject({ pause: true, resume: false, endWait: false });
  expect(permissionsOf(stopped('tenantBlocked'), who('Manage'))).toMatchObject({ pause: false, resume: true });
  expect(permissionsOf({ ...stopped('noToken'), status: 'resuming' }, who('Manage'))).toMatchObject({
    pause: true,
    resume: false,
  });
  const long = { ...PACE, askedToWaitUntil: '2026-11-30T12:00:00Z' };
  expect(permissionsOf({ ...RUNNING, pace: long }, who('Manage')).endWait).toBe(true);
  expect(permissionsOf({ ...RUNNING, pace: long }, who('Submit', 'Read'))).toEqual({
    pause: false,
    resume: false,
    endWait: false,
    seeAudit: true,
    seeAllJobs: true,
  });
  expect(permissionsOf(RUNNING, who('Submit'))).toMatchObject({ seeAudit: false, seeAllJobs: false });
});

describe('the pace', () => {
  test('is told without zeros behind', () => {
    expect([19.55, 20, 0, 1 / 3].map(limitText)).toEqual(['19.55', '20', '0', '0.33']);
  });
  test('says when Microsoft asked to wait, and what comes of it', () => {
    const lastWait = { from: '2026-11-29T12:00:00Z', until: '2026-11-29T12:00:30Z' };
    expect(waitText(PACE)).toBe('Microsoft has not asked to wait.');
    expect(waitText({ ...PACE, lastWait })).toMatch(/^Microsoft asked to wait last on .*, for 30 s\.$/);
    const fullRateAt = '2026-11-29T12:10:30Z';
    expect(waitText({ ...PACE, lastWait, fullRateAt })).toContain('It is still slower');
    expect(waitText({ ...PACE, lastWait, fullRateAt, throttledUntil: lastWait.until })).toContain(
      'All goes on by itself then. It is slower after that',
    );
  });
  test('says of a day with a cap what is left', () => {
    expect(dayText(PACE)).toBeUndefined();
    expect(dayText({ ...PACE, lastDay: { invitations: 40, limit: 500 } })).toBe(
      '40 invitations of at most 500 in the last 24 hours.',
    );
    const spent = { invitations: 500, limit: 500, moreAt: '2026-11-29T12:00:00Z' };
    expect(dayText({ ...PACE, lastDay: spent })).toContain('Nothing is left until');
  });
});

describe('a check', () => {
  const check = (name: string, more: Partial<Check> = {}) => ({ name, ok: true, ...more }) as Check;
  test.each(['configuration', ...HEALTH_CHECKS.filter((name) => name !== 'gate')])(
    '%s has words of its own, and a next step where it is wrong',
    (name) => {
      expect(checkSaid(check(name))).toMatchObject({ state: 'well' });
      expect(checkSaid(check(name)).title).not.toBe(name);
      const wrong = checkSaid(check(name, { ok: false, problem: 'No answer.' }));
      expect(wrong).toMatchObject({ state: 'wrong', nextStep: expect.stringMatching(/\w/) });
    },
  );
  test('that has only something to note says what to do about dead letters, and else no more than the note', () => {
    const note = 'Graph asked to wait until 2026-11-29T12:00:00.000Z, so it was not asked.';
    const found = `Graph asked to wait until ${moment('2026-11-29T12:00:00.000Z')}, so it was not asked.`;
    expect(checkSaid(check('graph', { note }))).toEqual({ title: 'Microsoft Graph', state: 'note', found });
    expect(checkSaid(check('deadLetters', { note: 'One.' })).nextStep).toContain('Service Bus Explorer');
  });
  test('that is not known here is called by its name', () => {
    expect(checkSaid(check('later', { ok: false }))).toMatchObject({ title: 'later', state: 'wrong' });
  });
  test('of what stops sending is told at the top of the page, and nowhere else', () => {
    expect(sortedChecks([check('gate', { ok: false, standing: 'stopped', problem: 'Blocked.' })])).toEqual([]);
  });
  test('stands the higher the worse it is', () => {
    const all = [
      check('tables'),
      check('deadLetters', { note: 'One.' }),
      check('graph', { ok: false, problem: 'No.' }),
    ];
    expect(sortedChecks(all).map(({ state }) => state)).toEqual(['wrong', 'note', 'well']);
  });
});

test('open jobs are counted with who waits, as far as they were looked at', () => {
  const counts = { pending: 3, sending: 1, succeeded: 0, failed: 0, skipped: 0, unknown: 0, canceled: 0 };
  expect(sumOf([{ counts }, { counts }], false)).toEqual({ jobs: 2, waiting: 6, sending: 2, isMore: false });
  expect(openJobsText({ jobs: 1, waiting: 0, sending: 20, isMore: false })).toBe('1 job in which nobody waits');
  expect(openJobsText({ jobs: 1, waiting: 1, sending: 0, isMore: false })).toBe('1 job with 1 guest who waits');
  expect(openJobsText({ jobs: 100, waiting: 2000, sending: 0, isMore: true })).toBe(
    'more than 100 jobs with more than 2,000 guests who wait',
  );
});
