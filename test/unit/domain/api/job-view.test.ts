import { describe, expect, test } from 'vitest';
import { NO_COUNTS } from '../../../../shared/domain/reset/counts.ts';
import { stopOf, stopsFor } from '../../../../shared/domain/job/job-stops.ts';
import { jobView } from '../../../../shared/domain/api/job-view.ts';
import { requestCancel } from '../../../../shared/domain/job/changes.ts';
import { newCheck } from '../../../../shared/domain/reset/redemption.ts';
import { beginTrial, OPEN_GATE, pause, stop } from '../../../../shared/domain/stops/stop.ts';
import { NEW_PACE } from '../../../../shared/domain/pace/pace.ts';
import { throttle } from '../../../../shared/domain/pace/throttling.ts';
import { NO_OUTCOME_COUNTS } from '../../../../shared/domain/reset/outcome-counts.ts';
import { job, jobId, NOW, SECOND } from '../records.ts';

const deployment = { defaultRedirectUrl: 'https://myapps.example', verifyAfterSeconds: 60 };
const settings = {
  gate: OPEN_GATE,
  pace: NEW_PACE,
  rules: { resetsPerSecond: 20, readsPerSecond: 60 },
  deployment,
  now: NOW + 10 * SECOND,
  url: 'https://resets.example/api/jobs/x',
};
const REFUSED = { code: 'refusedRepeatedly' as const, message: 'Refused.' };
const TRIAL = { jobId: jobId(), chunk: 0, until: NOW };
const shut = stop(OPEN_GATE, { code: 'tenantBlocked', message: 'Blocked.' }, NOW);
const counts = { ...NO_COUNTS, pending: 35, sending: 5, succeeded: 50, unknown: 10 };
const running = job({ status: 'inProgress', total: 100, startedAt: NOW });
const ended = job({ status: 'completed', endedAt: NOW + SECOND });

describe('a job as callers see it', () => {
  test('tells how far it is, and when it will be done at the present rate', () => {
    expect(jobView(running, counts, NO_OUTCOME_COUNTS, settings)).toMatchObject({
      status: 'inProgress',
      total: 100,
      done: 60,
      counts,
      estimatedCompletion: '2026-03-01T12:00:14.000Z',
    });
  });
  test('tells until when Graph asks to wait, while it runs', () => {
    const pace = throttle(NEW_PACE, NOW + 60 * SECOND, NOW);
    expect(jobView(running, counts, NO_OUTCOME_COUNTS, { ...settings, pace })).toMatchObject({
      throttledUntil: '2026-03-01T12:01:00.000Z',
    });
    for (const other of [
      jobView(running, counts, NO_OUTCOME_COUNTS, settings),
      jobView(running, counts, NO_OUTCOME_COUNTS, { ...settings, pace, now: NOW + 60 * SECOND }),
      jobView(ended, counts, NO_OUTCOME_COUNTS, { ...settings, pace }),
    ])
      expect(other).not.toHaveProperty('throttledUntil');
  });
  test('that may not begin yet is estimated from when it may', () => {
    const later = job({ options: { skipIfResetWithinHours: 24, defaults: {}, notBefore: NOW + 3_600 * SECOND } });
    expect(jobView(later, counts, NO_OUTCOME_COUNTS, settings)).toMatchObject({
      notBefore: '2026-03-01T13:00:00.000Z',
      estimatedCompletion: '2026-03-01T13:00:04.000Z',
    });
  });
  test('that must end by a time, or pause, says so, and is estimated to end then at the latest', () => {
    const until = (seconds: number) =>
      job({ options: { skipIfResetWithinHours: 24, defaults: {}, notAfter: NOW + seconds * SECOND } });
    expect(jobView(until(11), counts, NO_OUTCOME_COUNTS, settings)).toMatchObject({
      notAfter: '2026-03-01T12:00:11.000Z',
      estimatedCompletion: '2026-03-01T12:00:11.000Z',
    });
    expect(
      jobView(
        job({ options: { skipIfResetWithinHours: 24, defaults: {}, pauseAfter: 5 } }),
        counts,
        NO_OUTCOME_COUNTS,
        settings,
      ),
    ).toMatchObject({ pauseAfter: 5 });
    expect(jobView(until(60), counts, NO_OUTCOME_COUNTS, settings)).toMatchObject({
      notAfter: '2026-03-01T12:01:00.000Z',
      estimatedCompletion: '2026-03-01T12:00:14.000Z',
    });
    const late = requestCancel(until(11), { id: 'notAfter' }, NOW + 11 * SECOND, 'notAfterPassed');
    expect(jobView(late, counts, NO_OUTCOME_COUNTS, settings)['canceled']).toEqual({
      requestedAt: '2026-03-01T12:00:11.000Z',
      by: 'notAfter',
      code: 'notAfterPassed',
    });
  });
  test('promises no end where only answers are waited for, which may never come', () => {
    const sent = { ...NO_COUNTS, sending: 20, succeeded: 80 };
    expect(jobView(running, sent, NO_OUTCOME_COUNTS, settings)).not.toHaveProperty('estimatedCompletion');
  });
  test('is paused while the gate is shut, with the first reason, and promises no end', () => {
    const again = stop(shut, { code: 'noToken', message: 'Later.' }, NOW + SECOND);
    const view = jobView(running, counts, NO_OUTCOME_COUNTS, { ...settings, gate: again });
    expect(view).toMatchObject({
      status: 'paused',
      pausedReason: { code: 'tenantBlocked', message: 'Blocked.', since: '2026-03-01T12:00:00.000Z', resuming: false },
    });
    expect(view).not.toHaveProperty('estimatedCompletion');
  });
  test('is paused by its own stop too, and says when one guest is being tried', () => {
    const stopped = beginTrial(stop(running, REFUSED, NOW), { ...REFUSED, since: NOW }, TRIAL);
    expect(jobView(stopped, counts, NO_OUTCOME_COUNTS, settings)).toMatchObject({
      status: 'paused',
      pausedReason: { code: 'refusedRepeatedly', resuming: true },
    });
    expect(stopOf(stopped, shut)?.code).toBe('tenantBlocked');
  });
  test('says behind the stop of the tenant which one of its own holds it as well', () => {
    const reasonOf = (one: typeof running, gate = shut): unknown =>
      jobView(one, counts, NO_OUTCOME_COUNTS, { ...settings, gate })['pausedReason'];
    const stopped = stop(running, REFUSED, NOW);
    expect(reasonOf(stopped)).toMatchObject({ scope: 'tenant', code: 'tenantBlocked', own: 'refusedRepeatedly' });
    for (const told of [reasonOf(running), reasonOf(stopped, OPEN_GATE)]) expect(told).not.toHaveProperty('own');
  });
  test('that has ended stays ended, whatever the gate', () => {
    expect(stopOf(ended, shut)).toBeUndefined();
    const view = jobView(ended, { ...NO_COUNTS, succeeded: 20 }, NO_OUTCOME_COUNTS, { ...settings, gate: shut });
    expect(view).toMatchObject({ status: 'completed', done: 20, endedAt: '2026-03-01T12:00:01.000Z' });
    for (const member of ['estimatedCompletion', 'pausedReason']) expect(view).not.toHaveProperty(member);
  });
  test('links to what can be asked next, and hides the key of its submission', () => {
    const view = jobView(running, counts, NO_OUTCOME_COUNTS, settings);
    expect(view['links']).toMatchObject({
      self: settings.url,
      completion: `${settings.url}/completion`,
      csv: `${settings.url}/resets?format=csv`,
    });
    expect(JSON.stringify(view)).not.toContain('"key"');
  });
});

describe('a pause', () => {
  const nextStepOf = (stopped: typeof running, gate = OPEN_GATE): unknown =>
    jobView(stopped, counts, NO_OUTCOME_COUNTS, { ...settings, gate })['pausedReason'];
  test("says whether it is the tenant's or the job's own, and how that one is resumed", () => {
    const own = stop(running, { code: 'pausedByHand', message: 'Wait.' }, NOW);
    expect(nextStepOf(own)).toMatchObject({
      scope: 'job',
      nextStep: expect.stringContaining(`POST /api/jobs/${running.id}/resume `),
    });
    expect(nextStepOf(own, shut)).toMatchObject({
      scope: 'tenant',
      nextStep: expect.stringContaining('POST /api/resume '),
    });
  });
  test('that is being lifted says that one guest is tried, and asks for nothing', () => {
    const tried = beginTrial(stop(running, REFUSED, NOW), { ...REFUSED, since: NOW }, TRIAL);
    expect(nextStepOf(tried)).toMatchObject({ resuming: true, nextStep: expect.not.stringContaining('POST') });
  });
  test('says whether a resume goes on at once, tries one guest, or comes to another stop first', () => {
    const byHand = pause(running, 'Wait.', NOW);
    const refused = stop(running, REFUSED, NOW);
    expect(nextStepOf(byHand)).toMatchObject({ nextStep: expect.stringMatching(/goes on\.$/) });
    expect(nextStepOf(byHand)).not.toHaveProperty('behind');
    expect(nextStepOf(refused)).toMatchObject({ nextStep: expect.stringContaining('tries one guest') });
    expect(nextStepOf(pause(refused, 'Wait.', NOW))).toMatchObject({
      code: 'pausedByHand',
      nextStep: expect.stringContaining('Another stop (refusedRepeatedly) stands behind it'),
      behind: 'refusedRepeatedly',
    });
  });
});

describe('the options of a job', () => {
  const optionsOf = (options: Partial<typeof running.options>, defaults = deployment): unknown =>
    jobView({ ...running, options: { ...running.options, ...options } }, counts, NO_OUTCOME_COUNTS, {
      ...settings,
      deployment: defaults,
    })['options'];
  test('are shown as they took effect, also those that nobody said', () => {
    expect(optionsOf({})).toEqual({
      skipIfResetWithinHours: 24,
      onlyIf: 'any',
      verify: true,
      addEmailTo: 'mail',
      inviteRedirectUrl: 'https://myapps.example',
      hasCustomizedMessageBody: false,
      hasCcRecipient: false,
    });
    expect(optionsOf({}, { ...deployment, verifyAfterSeconds: 0 })).toMatchObject({ verify: false });
  });
  test('that were said are shown as said; of a message and a recipient in copy only that they are there', () => {
    const said = optionsOf({
      skipIfResetWithinHours: 0,
      onlyIf: 'pending',
      verify: false,
      changeEmailDomain: { from: 'old.example', to: 'new.example' },
      defaults: {
        sendInvitationMessage: true,
        addEmailTo: 'none',
        inviteRedirectUrl: 'https://apps.example',
        messageLanguage: 'de-DE',
        customizedMessageBody: 'Dear guest',
        ccRecipient: { address: 'boss@partner.example' },
      },
    });
    expect(said).toEqual({
      skipIfResetWithinHours: 0,
      onlyIf: 'pending',
      verify: false,
      changeEmailDomain: { from: 'old.example', to: 'new.example' },
      sendInvitationMessage: true,
      addEmailTo: 'none',
      inviteRedirectUrl: 'https://apps.example',
      messageLanguage: 'de-DE',
      hasCustomizedMessageBody: true,
      hasCcRecipient: true,
    });
    expect(JSON.stringify(said)).not.toMatch(/Dear|boss/);
  });
});

describe('a job tells', () => {
  test('in sums what it did, or in a dry run what it would do', () => {
    const outcomeCounts = {
      mails: 7,
      emailChanges: 3,
      byCode: { reset: 9 },
      byWarning: { alreadyPending: 2 },
    } as const;
    expect(jobView(running, counts, outcomeCounts, settings)).toMatchObject({
      summary: { mailed: 7, emailsAdded: 3 },
      byCode: { reset: 9 },
      byWarning: { alreadyPending: 2 },
    });
    expect(jobView(running, counts, outcomeCounts, settings)).not.toHaveProperty('dryRun');
    const dry = { ...running, options: { ...running.options, dryRun: true } };
    expect(jobView(dry, counts, outcomeCounts, settings)).toMatchObject({
      dryRun: true,
      summary: { wouldMail: 7, wouldAddEmail: 3 },
    });
  });
  test('of a dry run when it will be done at the rate of look-ups; a shut gate does not hold it up', () => {
    const dry = { ...running, options: { ...running.options, dryRun: true } };
    expect(jobView(dry, { ...NO_COUNTS, pending: 120 }, NO_OUTCOME_COUNTS, { ...settings, gate: shut })).toMatchObject({
      status: 'inProgress',
      estimatedCompletion: '2026-03-01T12:00:12.000Z',
    });
  });
  test('who submitted it, why, and of which job it is the retry', () => {
    const told = {
      ...running,
      submitter: { id: 'caller', name: 'Anna' },
      retryOf: jobId(9),
      options: { ...running.options, reason: 'merger' },
    };
    expect(jobView(told, counts, NO_OUTCOME_COUNTS, settings)).toMatchObject({
      id: jobId(),
      submittedBy: { id: 'caller', name: 'Anna' },
      retryOf: jobId(9),
      reason: 'merger',
      lane: 'bulk',
      createdAt: '2026-03-01T12:00:00.000Z',
      startedAt: '2026-03-01T12:00:00.000Z',
    });
    expect(jobView(running, counts, NO_OUTCOME_COUNTS, settings)['submittedBy']).toEqual({ id: 'caller' });
  });
  test('its warnings where it has some', () => {
    const warnings = [{ code: 'unusedColumns', message: 'Look.' }] as const;
    expect(jobView({ ...running, warnings }, counts, NO_OUTCOME_COUNTS, settings)['warnings']).toEqual(warnings);
    expect(jobView(running, counts, NO_OUTCOME_COUNTS, settings)).not.toHaveProperty('warnings');
  });
  test('who canceled it and when; then it needs no stop', () => {
    const canceling = requestCancel(
      stop(running, { code: 'pausedByHand', message: 'Wait.' }, NOW),
      { id: 'Bo' },
      NOW + SECOND,
    );
    expect(jobView(canceling, counts, NO_OUTCOME_COUNTS, { ...settings, gate: shut })).toMatchObject({
      status: 'canceling',
      canceled: { requestedAt: '2026-03-01T12:00:01.000Z', by: 'Bo' },
    });
    expect(jobView(canceling, counts, NO_OUTCOME_COUNTS, settings)['canceled']).not.toHaveProperty('code');
    for (const member of ['canceled', 'check'])
      expect(jobView(running, counts, NO_OUTCOME_COUNTS, settings)).not.toHaveProperty(member);
  });
  test('where its check of redemption stands', () => {
    const check = newCheck(NOW);
    expect(jobView({ ...ended, check }, counts, NO_OUTCOME_COUNTS, settings)['check']).toEqual({
      status: 'inProgress',
      requestedAt: '2026-03-01T12:00:00.000Z',
      counts: { pending: 0, accepted: 0, unknown: 0 },
    });
    expect(
      jobView({ ...ended, check: { ...check, endedAt: NOW + SECOND } }, counts, NO_OUTCOME_COUNTS, settings)['check'],
    ).toMatchObject({ status: 'completed', endedAt: '2026-03-01T12:00:01.000Z' });
  });
  test('where its resets are', () => {
    expect(jobView(running, counts, NO_OUTCOME_COUNTS, settings)['links']).toMatchObject({
      resets: `${settings.url}/resets`,
    });
  });
});

describe('what stops a job', () => {
  test('is the gate before its own stop; in a dry run only its own; in a cancel nothing', () => {
    const dry = { ...running, options: { ...running.options, dryRun: true } };
    expect(
      [stopsFor(running, shut), stopsFor(dry, shut), stopsFor(requestCancel(running, { id: 'Bo' }, NOW), shut)].map(
        (stops) => stops.length,
      ),
    ).toEqual([2, 1, 0]);
    expect(stopOf(dry, shut)).toBeUndefined();
    expect(stopOf(stop(dry, { code: 'pausedByHand', message: 'Wait.' }, NOW), shut)?.code).toBe('pausedByHand');
    expect(stopOf(running, OPEN_GATE)).toBeUndefined();
  });
});
