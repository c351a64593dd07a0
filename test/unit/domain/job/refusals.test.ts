import { describe, expect, test } from 'vitest';
import type { Outcome } from '../../../../shared/domain/graph/classify.ts';
import type { Job } from '../../../../shared/domain/job/job.ts';
import {
  countMet,
  countStreaks,
  isFirstRefusal,
  tells,
  wasRefused,
  type Met,
} from '../../../../shared/domain/job/refusals.ts';
import { beginTrial, stop } from '../../../../shared/domain/stops/stop.ts';
import { job, NOW } from '../records.ts';

const verdict = { code: 'notAuthorized', message: 'Refused.' } as const;
const refused: Outcome = { kind: 'failed', verdict };
const odd: Outcome = { kind: 'odd', verdict, said: '409 Conflict' };
const done: Outcome = { kind: 'done', invitation: {} };
const LIMIT = 5;
const met = (more: Partial<Met>): Met => ({ refused: 0, odd: 0, succeeded: 0, said: {}, ...more });
const count = (before: Job, more: Partial<Met>, chunk = 0): Job => countStreaks(before, chunk, met(more), LIMIT, NOW);
const KINDS = ['refused', 'odd'] as const;

test('a guest is counted as refused once, an answer that proves nothing each time, and the last one is quoted', () => {
  const outcomes = [refused, refused, odd, { ...odd, said: '302 Found' }, done];
  expect(
    countMet(outcomes.map((outcome, position) => ({ outcome, before: position === 0 ? verdict : undefined }))),
  ).toEqual({ refused: 1, odd: 2, succeeded: 1, said: { odd: '302 Found' } });
  expect(isFirstRefusal(refused, { ...verdict, code: 'throttled' })).toBe(true);
  expect(isFirstRefusal({ kind: 'failed', verdict: { ...verdict, code: 'guestNotFound' } }, undefined)).toBe(false);
});

test('only an answer that failed is a refusal, and only this one code', () => {
  expect(isFirstRefusal({ kind: 'notDone', verdict }, undefined)).toBe(false);
  expect(isFirstRefusal({ kind: 'throttled', wait: { seconds: 1 } }, undefined)).toBe(false);
  expect([wasRefused(verdict), wasRefused({ ...verdict, code: 'throttled' }), wasRefused(undefined)]).toEqual([
    true,
    false,
    false,
  ]);
});

test('the stop after refusals quotes the last one, without the addresses in it', () => {
  const last: Outcome = { kind: 'failed', verdict, said: '403 Odd Policy 7 of anna@fabrikam.example forbids it.' };
  const { said } = countMet([refused, last].map((outcome) => ({ outcome, before: undefined })));
  expect(count(job(), { refused: 5, said }).stop?.message).toBe(
    'Graph refused 5 guests in a row; the last time it answered "403 Odd Policy 7 of … forbids it.". If that ' +
      'names no other reason, grant the service User.ReadWrite.All and User.Invite.All. Then resume the job.',
  );
});

describe.each(KINDS)('ambiguous answers (%s)', (kind) => {
  test('of several visits add up, and the last of them stops the job', () => {
    const once = count(job(), { [kind]: 4 });
    expect(once).toMatchObject({ streaks: { [kind]: 4 } });
    expect(once.stop).toBeUndefined();
    expect(count(once, { [kind]: 1, said: { [kind]: '409 Conflict' } }, 1)).toMatchObject({
      streaks: { refused: 0, odd: 0 },
      stop: {
        code: { refused: 'refusedRepeatedly', odd: 'unexpectedAnswers' }[kind],
        message: expect.stringContaining('409 Conflict'),
        since: NOW,
      },
    });
  });
  test('begin anew with every success, also beside them', () => {
    const after = count(job({ streaks: { refused: 4, odd: 4 } }), { [kind]: 19, succeeded: 1 });
    expect(after).toMatchObject({ streaks: { refused: 0, odd: 0 } });
    expect(after).not.toHaveProperty('stop');
  });
});

test('answers of both kinds are not counted together', () => {
  expect(count(job({ streaks: { refused: 4, odd: 3 } }), { odd: 1 }).stop).toBeUndefined();
});

test('a trial ends with the first refusal; an odd answer says nothing there, until there are enough', () => {
  const why = { code: 'unexpectedAnswers' as const, message: 'X.', since: NOW - 10 };
  const trying = beginTrial(stop(job(), why, why.since), why, { jobId: job().id, chunk: 2, until: NOW });
  expect(count(trying, { refused: 1 }, 2).stop).toEqual({
    code: 'refusedRepeatedly',
    message: expect.any(String),
    since: NOW,
  });
  expect(count(trying, { refused: 1 }, 3).stop?.trial).toBeDefined();
  expect(count(trying, { odd: 1 }, 2).stop?.trial).toBeDefined();
  expect(count({ ...trying, streaks: { refused: 0, odd: 4 } }, { odd: 1 }, 2).stop).toMatchObject({
    code: 'unexpectedAnswers',
  });
});

test('a job for which nothing changes comes back itself, so that nothing is written', () => {
  const clean = job();
  expect(count(clean, { succeeded: 20 })).toBe(clean);
  const before = job({ streaks: { refused: 3, odd: 0 } });
  expect(count(before, {})).toBe(before);
  expect([tells(met({ succeeded: 1 }), before.streaks), tells(met({ succeeded: 1 }))]).toEqual([true, false]);
});
