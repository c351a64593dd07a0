/** What whoever waits for the end of a job is told: where to ask again, when, and whether this is a job from before. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { answerCancel } from '../../../shared/entry/http/answers/cancel-answer.ts';
import type { Caller } from '../../../shared/entry/http/requests/caller.ts';
import { answerCompletion } from '../../../shared/entry/http/answers/completion-answer.ts';
import { Refusal } from '../../../shared/entry/http/refusal.ts';
import { answerJob } from '../../../shared/entry/http/answers/job-answer.ts';
import { findJob } from '../../../shared/entry/http/answers/job-requests.ts';
import { answerSubmission } from '../../../shared/entry/http/answers/submission-answer.ts';
import type { JobId } from '../../../shared/domain/ids.ts';
import { pauseJob } from '../../../shared/usecases/stops/stop-control.ts';
import { callOf } from '../call-of.ts';
import { startService, type Service } from '../service-fixture.ts';

let service: Service;
beforeEach(async () => {
  service = await startService();
});
afterEach(async () => {
  await service?.stop();
});

const ME: Caller = { id: 'caller', name: 'me', roles: new Set(['Submit']) };
const guests = (count: number): object[] =>
  Array.from({ length: count }, (_, index) => ({ user: service.graph.guest('Accepted', index).id }));
const MAIL = { sendInvitationMessage: true };

type Headers = Readonly<Record<string, string>>;
const headersOf = ({ headers }: { headers?: unknown }): Headers => (headers ?? {}) as Headers;

async function submitted(
  name: 'submitJob' | 'resetGuest' | 'retryJob',
  query: string,
  options: object = {},
  key?: string,
) {
  const result = await service.submit(guests(1), { ...MAIL, ...options }, key);
  return headersOf(await answerSubmission(callOf(name, { caller: ME, deps: service.deps, query }), result));
}
async function polled(id: JobId, query = '') {
  const call = callOf('getJobCompletion', { caller: ME, deps: service.deps, query, params: { id } });
  return headersOf(await answerCompletion(call, await findJob(call)));
}
const inSeconds = (seconds: number): string => new Date(service.now() + seconds * 1000).toISOString();

describe('the address of the end', () => {
  test.each(['submitJob', 'resetGuest', 'retryJob'] as const)(
    'waits while paused where %s was asked to, so that who follows it need not know',
    async (name) => {
      expect((await submitted(name, 'waitWhilePaused=true'))['Location']).toMatch(
        /\/completion\?waitWhilePaused=true$/,
      );
      expect((await submitted(name, ''))['Location']).toMatch(/\/completion$/);
    },
  );
  test('refuses while paused, naming the job itself', async () => {
    const id = await service.job(guests(1));
    await pauseJob(service.deps, id, 'by hand');
    const error = await polled(id).catch((thrown: unknown) => thrown);
    expect((error as Refusal).problem.detail).toContain(`POST /api/jobs/${id}/resume`);
    expect((error as Refusal).problem.detail).not.toContain('{id}');
    expect((await polled(id, 'waitWhilePaused=true'))['Location']).toMatch(/waitWhilePaused=true$/);
  });
});

describe('when to ask again', () => {
  const secondsOf = (headers: Headers): number => Number(headers['Retry-After']);
  test('is a tenth of the time that is left, at least two seconds, at most five minutes', async () => {
    expect(secondsOf(await submitted('submitJob', ''))).toBe(2);
    const soon = secondsOf(await submitted('submitJob', '', { notBefore: inSeconds(600) }));
    expect([soon >= 60, soon <= 62]).toEqual([true, true]);
    expect(secondsOf(await submitted('submitJob', '', { notBefore: inSeconds(86_400) }))).toBe(300);
  });
  test('is the same for who follows the address', async () => {
    const id = await service.job(guests(1), { ...MAIL, notBefore: inSeconds(600) });
    expect(secondsOf(await polled(id))).toBeGreaterThanOrEqual(59);
    service.advance(300);
    expect(secondsOf(await polled(id))).toBeLessThanOrEqual(32);
  });
  test('grows with a pause, of which nobody knows how long it lasts', async () => {
    const id = await service.job(guests(1));
    await pauseJob(service.deps, id, 'by hand');
    expect(secondsOf(await polled(id, 'waitWhilePaused=true'))).toBe(2);
    service.advance(1_000);
    expect(secondsOf(await polled(id, 'waitWhilePaused=true'))).toBeGreaterThanOrEqual(100);
  });
  test('comes soon once the job is canceled', async () => {
    const id = await service.job(guests(1), { ...MAIL, notBefore: inSeconds(600) });
    const canceled = await answerCancel(callOf('cancelJob', { caller: ME, deps: service.deps, params: { id } }));
    expect(headersOf(canceled)).toMatchObject({
      Location: expect.stringMatching(/waitWhilePaused=true$/),
      'Retry-After': '2',
    });
  });
  test('is told of the job itself too, five seconds at most, and no more once it has ended', async () => {
    const shown = async (id: JobId) =>
      headersOf(await answerJob(callOf('getJob', { caller: ME, deps: service.deps, params: { id } })));
    const later = await service.job(guests(1), { ...MAIL, notBefore: inSeconds(600) });
    const now = await service.job(guests(1));
    await service.drain();
    expect(await shown(later)).toMatchObject({ 'Retry-After': '5' });
    expect(await shown(now)).not.toHaveProperty('Retry-After');
  });
});

test('the same key again says that nothing new was made, and the first time does not', async () => {
  expect(await submitted('submitJob', '', {}, 'key')).not.toHaveProperty('Idempotency-Replayed');
  expect(await submitted('submitJob', '', {}, 'key')).toMatchObject({ 'Idempotency-Replayed': 'true' });
});
