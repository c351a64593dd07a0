import { describe, expect, test } from 'vitest';
import { NO_COUNTS } from '../../../shared/domain/job.ts';
import { stopOf } from '../../../shared/domain/job-stops.ts';
import { jobView } from '../../../shared/domain/job-view.ts';
import { beginTrial, OPEN_GATE, stop } from '../../../shared/domain/stop.ts';
import { NO_TALLY } from '../../../shared/domain/tally.ts';
import { job, jobId, NOW, SECOND } from './records.ts';

const settings = { gate: OPEN_GATE, resetsPerSecond: 20, readsPerSecond: 60, now: NOW + 10 * SECOND, url: 'https://resets.example/api/jobs/x' };
const shut = stop(OPEN_GATE, { code: 'tenantBlocked', message: 'Blocked.' }, NOW);
const counts = { ...NO_COUNTS, pending: 35, sending: 5, succeeded: 50, unknown: 10 };
const running = job({ status: 'inProgress', total: 100, startedAt: NOW });
const ended = job({ status: 'completed', endedAt: NOW + SECOND });

describe('a job as callers see it', () => {
  test('tells how far it is, and when it will be done at the present rate', () => {
    expect(jobView(running, counts, NO_TALLY, settings)).toMatchObject({ status: 'inProgress', total: 100, done: 60, counts, estimatedCompletion: '2026-03-01T12:00:12.000Z' });
  });
  test('that may not begin yet is estimated from when it may', () => {
    const later = job({ options: { skipIfResetWithinHours: 24, defaults: {}, notBefore: NOW + 3_600 * SECOND } });
    expect(jobView(later, counts, NO_TALLY, settings)).toMatchObject({ notBefore: '2026-03-01T13:00:00.000Z', estimatedCompletion: '2026-03-01T13:00:02.000Z' });
  });
  test('is paused while the gate is shut, with the first reason, and promises no end', () => {
    const again = stop(shut, { code: 'other', message: 'Later.' }, NOW + SECOND);
    const view = jobView(running, counts, NO_TALLY, { ...settings, gate: again });
    expect(view).toMatchObject({ status: 'paused', pausedReason: { code: 'tenantBlocked', message: 'Blocked.', since: '2026-03-01T12:00:00.000Z', resuming: false } });
    expect(view).not.toHaveProperty('estimatedCompletion');
  });
  test('is paused by its own stop too, and says when one guest is being tried', () => {
    const stopped = beginTrial(stop(running, { code: 'pausedByHand', message: 'Wait.' }, NOW), { jobId: jobId(), chunk: 0, until: NOW });
    expect(jobView(stopped, counts, NO_TALLY, settings)).toMatchObject({ status: 'paused', pausedReason: { code: 'pausedByHand', resuming: true } });
    expect(stopOf(stopped, shut)?.code).toBe('tenantBlocked');
  });
  test('that has ended stays ended, whatever the gate', () => {
    expect(stopOf(ended, shut)).toBeUndefined();
    const view = jobView(ended, { ...NO_COUNTS, succeeded: 20 }, NO_TALLY, { ...settings, gate: shut });
    expect(view).toMatchObject({ status: 'completed', done: 20, endedAt: '2026-03-01T12:00:01.000Z' });
    for (const member of ['estimatedCompletion', 'pausedReason']) expect(view).not.toHaveProperty(member);
  });
  test('links to what can be asked next, and hides the key of its submission', () => {
    const view = jobView(running, counts, NO_TALLY, settings);
    expect(view['links']).toMatchObject({ self: settings.url, completion: `${settings.url}/completion`, csv: `${settings.url}/resets?format=csv` });
    expect(JSON.stringify(view)).not.toContain('"key"');
  });
});
