import { expect, test } from 'vitest';
import { describeDeadLetters } from '../../../../shared/domain/api/dead-letters.ts';
import { NOW } from '../records.ts';

const MINUTE = 60_000;
const none = { queue: 'none', count: 0, mayBeMore: false, reasons: [] };

test('no dead letters are nothing to tell', () => {
  expect(describeDeadLetters([none, none], NOW)).toBeUndefined();
});

test('dead letters are told by queue, with the age of the oldest, the reasons, and what to do', () => {
  const told =
    describeDeadLetters(
      [
        { queue: 'one', count: 1, mayBeMore: false, oldestAt: NOW - MINUTE, reasons: ['MaxDeliveryCountExceeded'] },
        none,
        {
          queue: 'many',
          count: 32,
          mayBeMore: true,
          oldestAt: NOW - 50 * 60 * MINUTE,
          reasons: ['MaxDeliveryCountExceeded', 'TTLExpiredException'],
        },
        { queue: 'bare', count: 2, mayBeMore: false, reasons: [] },
      ],
      NOW,
    ) ?? '';
  expect(told.split(/(?<=\.) /).slice(0, 3)).toEqual([
    'one has 1 dead letter, the oldest sent 1 minute ago (MaxDeliveryCountExceeded).',
    'many has 32 or more dead letters, the oldest sent 2 days ago (MaxDeliveryCountExceeded, TTLExpiredException).',
    'bare has 2 dead letters.',
  ]);
  expect(told).toContain('. No reset ends by that: ');
});

test.each([
  [0, '0 seconds'],
  [59_999, '59 seconds'],
  [MINUTE, '1 minute'],
  [60 * MINUTE - 1, '59 minutes'],
  [60 * MINUTE, '1 hour'],
  [24 * 60 * MINUTE, '1 day'],
  [-5_000, '0 seconds'],
])('an age of %i ms is %s', (milliseconds, words) => {
  expect(
    describeDeadLetters([{ queue: 'q', count: 1, mayBeMore: false, oldestAt: NOW - milliseconds, reasons: [] }], NOW),
  ).toContain(`sent ${words} ago`);
});
