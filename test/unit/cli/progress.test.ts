import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { progressLine, progressPicture, rateOf, type Look } from '../../../cli/jobs/progress.ts';
import type { Job } from '../../../client/types.ts';

const NOW = new Date('2030-01-01T00:00:00Z');
const plainly = (_colour: string, text: string): string => text;

/** Of the members that are looked at. */
function look(at: number, ended: Partial<Job['counts']>, total: number, more: Partial<Job> = {}): Look {
  const counts = { pending: 0, sending: 0, succeeded: 0, failed: 0, skipped: 0, unknown: 0, canceled: 0, ...ended };
  const done = Object.values(ended).reduce((sum, count) => sum + count, 0);
  return { at, job: { status: 'inProgress', counts, done, total, byCode: {}, ...more } as Job };
}

const LOOKS = [
  look(0, { succeeded: 100 }, 480),
  look(10_000, { succeeded: 250, skipped: 20, failed: 30 }, 480, {
    byCode: { reset: 250, resetRecently: 20, addressTaken: 25, directoryRole: 5 },
    estimatedCompletion: '2030-01-01T00:01:15Z',
  }),
];

test('a wide screen shows bar, rate and estimate in one line, then counts and causes, the most frequent first', () => {
  const lines = progressPicture(LOOKS, { columns: 100, paint: plainly }, { date: NOW, nextLookInSeconds: 7.4 });
  expect(lines).toEqual([
    '█████████████████████▓▓▒▒░░░░░░░░░░░░░░░ 62 %  300 of 480  20.0 a second, about 1 min 15 s left',
    '  succeeded 250, skipped 20, failed 30',
    '  because: addressTaken 25, resetRecently 20, directoryRole 5',
    '  next look in 7 s; Ctrl-C leaves, and the job goes on',
  ]);
});

test('the README shows it as it is', () => {
  const picture = /```text\n[^`]*\n\n(█[^`]*)\n```/.exec(readFileSync('README.md', 'utf8'))?.[1]?.split('\n');
  const looks = [
    look(0, { succeeded: 267 }, 480),
    look(10_000, { succeeded: 460, failed: 9 }, 480, {
      byCode: { reset: 460, notExternal: 8, directoryRole: 1 },
      estimatedCompletion: '2030-01-01T00:00:02Z',
    }),
  ];
  const now = { date: NOW, nextLookInSeconds: 2 };
  expect(progressPicture(looks, { columns: 100, paint: plainly }, now)).toEqual(picture);
});

test('where there is no screen it is one line', () => {
  expect(progressLine(LOOKS, NOW)).toBe(
    '300 of 480 done; succeeded 250, skipped 20, failed 30; 20.0 a second; about 1 min 15 s left; ' +
      'because: addressTaken 25, resetRecently 20, directoryRole 5',
  );
});

test('the rate is that of the last minute, and none where nothing has ended', () => {
  expect(rateOf([look(0, {}, 9)])).toBeUndefined();
  expect(rateOf([look(0, { failed: 1 }, 9), look(1_000, { failed: 1 }, 9)])).toBeUndefined();
  const slowThenFast = [
    look(0, {}, 900),
    look(100_000, { succeeded: 10 }, 900),
    look(110_000, { succeeded: 310 }, 900),
  ];
  expect(rateOf(slowThenFast)).toBe(30);
});

test('no line is wider than the screen, and the bar is never longer than itself, whatever the counts and words', () => {
  const count = fc.nat(200_000);
  fc.assert(
    fc.property(
      count,
      count,
      count,
      count,
      fc.integer({ min: 1, max: 200 }),
      fc.string(),
      (a, b, c, rest, columns, reason) => {
        const pausedReason = { message: reason } as Job['pausedReason'] & object;
        const last = look(5_000, { succeeded: a, skipped: b, failed: c }, a + b + c + rest, {
          byCode: { addressTaken: c, resetRecently: b },
          estimatedCompletion: '2030-01-01T05:00:00Z',
          pausedReason,
        });
        const looks = [look(0, {}, a + b + c + rest), last];
        const lines = progressPicture(looks, { columns, paint: plainly }, { date: NOW, nextLookInSeconds: 1 });
        expect(lines.filter((line) => line.length > columns)).toEqual([]);
        expect((/^[█▓▒░]+/.exec(lines[0] ?? '')?.[0] ?? '').length).toBeLessThanOrEqual(40);
      },
    ),
  );
});
