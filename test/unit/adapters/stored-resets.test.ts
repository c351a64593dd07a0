import { expect, test } from 'vitest';
import { readResets, storedResets } from '../../../shared/adapters/tables/stored-resets.ts';
import type { ResetRecord } from '../../../shared/domain/reset/reset.ts';
import { NOW, pending, request } from '../domain/records.ts';

const throughJson = (resets: readonly ResetRecord[], dueAt: number): ResetRecord[] =>
  // What JSON gives back of them.
  readResets(JSON.parse(JSON.stringify(storedResets(resets, dueAt))) as ReturnType<typeof storedResets>, dueAt);

test('of a reset that nobody has looked at yet only the request is stored', () => {
  expect(storedResets([pending(1), pending(2)], NOW)).toEqual([{ request: request(1) }, { request: request(2) }]);
  expect(throughJson([pending(1), pending(2)], NOW)).toEqual([pending(1), pending(2)]);
});

test.each<[string, ResetRecord]>([
  ['is due at another time than its row', pending(1, { dueAt: NOW + 1 })],
  ['was tried', pending(1, { attempts: 1 })],
  ['is to be looked at', pending(1, { nextAction: 'look' })],
  ['is being sent', pending(1, { status: 'sending' })],
  ['has ended', pending(1, { status: 'canceled' })],
  ['has got a slot', pending(1, { hasSlot: true })],
  ['knows its guest', pending(1, { guestId: 'guest' })],
])('a reset that %s is stored whole, beside others that are not', (_what, record) => {
  expect(storedResets([record], NOW)).toEqual([record]);
  expect(throughJson([record, pending(2)], NOW)).toEqual([record, pending(2)]);
});
