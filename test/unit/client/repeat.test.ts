import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Failure } from '../../../client/answer.ts';
import { PATIENCE_MS, pauseBeforeRepeat, SENDINGS_MAX } from '../../../client/repeat.ts';
import type { Problem } from '../../../client/types.ts';

const lost: Failure = { kind: 'lost', cause: new Error('cut off') };
const foreign = (status: number): Failure => ({ kind: 'foreign', status, text: '' });
const refused = (code: Problem['code'], status: number, againAfterSeconds?: number): Failure => ({
  kind: 'refused',
  problem: { type: '', title: '', detail: '', traceId: '', code, status },
  ...(againAfterSeconds !== undefined && { againAfterSeconds }),
});

describe('a request is sent once more', () => {
  test.for<[string, Failure]>([
    ['its answer was lost', lost],
    ['a gateway in front of the API is busy', foreign(502)],
    ['a gateway limits requests', foreign(429)],
    ['the service says when to come again', refused('temporarilyUnavailable', 503, 15)],
    ['another request with its key is being received', refused('submissionInProgress', 409, 5)],
    ['the service made a mistake', refused('internalError', 500)],
  ])('where %s', ([, failure]) => {
    expect(pauseBeforeRepeat(failure, 1, 0, 0)).toBeGreaterThan(0);
  });
});

describe('it is not', () => {
  test.for<[string, Failure]>([
    ['the list is wrong', refused('invalidSubmission', 400)],
    ['a setting is missing, though it is a 503', refused('notConfigured', 503, 15)],
    ['Graph refuses, and the service does not say when to come again', refused('graphRefused', 502)],
    ['the job is paused, which may last', refused('jobPaused', 409, 5)],
    ['the body came too slowly', refused('submissionTooSlow', 408)],
    ['somebody else says that nothing is there', foreign(404)],
  ])('where %s', ([, failure]) => {
    expect(pauseBeforeRepeat(failure, 1, 0, 0)).toBeUndefined();
  });
});

test('it waits as long as it was asked to, and else longer each time', () => {
  expect(pauseBeforeRepeat(refused('tooManyOpenJobs', 429, 60), 1, 0, 0.9)).toBe(60_000);
  expect([1, 2, 3, 4, 5].map((sent) => pauseBeforeRepeat(lost, sent, 0, 0))).toEqual(
    [1, 2, 4, 8, 16].map((s) => s * 1000),
  );
});

test('it ends, whatever is answered and however long each answer takes', () => {
  const seconds = fc.option(fc.integer({ min: 0, max: 400 }), { nil: undefined });
  const each = fc.oneof(
    fc.constant(lost),
    fc.integer({ min: 400, max: 599 }).map(foreign),
    seconds.map((after) => refused('temporarilyUnavailable', 503, after)),
  );
  fc.assert(
    fc.property(
      fc.array(fc.tuple(each, fc.nat(100_000), fc.double({ min: 0, max: 1, noNaN: true })), {
        minLength: SENDINGS_MAX,
        maxLength: 20,
      }),
      (story) => {
        let [sent, atMs] = [0, 0];
        for (const [failure, tookMs, random] of story) {
          sent++;
          atMs += tookMs;
          const pause = pauseBeforeRepeat(failure, sent, atMs, random);
          if (pause === undefined) break;
          atMs += pause;
          expect(atMs).toBeLessThanOrEqual(PATIENCE_MS);
        }
        expect(sent).toBeLessThanOrEqual(SENDINGS_MAX);
      },
    ),
  );
});
