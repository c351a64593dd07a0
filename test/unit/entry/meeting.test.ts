import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { meeting } from '../../../shared/entry/http/requests/meeting.ts';

const RULES = { waitMs: 10_000, most: 4 };
const start = () => {
  const missed: string[] = [];
  return { point: meeting<string>(RULES, (value) => missed.push(value)), missed };
};

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a value is given to whoever asks for its id, whichever comes first, and to nobody else', async () => {
  const { point, missed } = start();
  point.arrive('a', 'for a');
  expect(await point.take('a')).toBe('for a');
  const asked = point.take('b');
  point.arrive('b', 'for b');
  expect(await asked).toBe('for b');
  expect([point.waiting, missed]).toEqual([0, []]);
  point.arrive('a', 'again');
  await vi.advanceTimersByTimeAsync(10_000);
  expect([point.waiting, missed]).toEqual([0, ['again']]);
});

test('whoever waits in vain is told so after ten seconds', async () => {
  const { point, missed } = start();
  point.arrive('a', 'for a');
  const asked = point.take('b');
  await vi.advanceTimersByTimeAsync(9_999);
  expect([point.waiting, missed]).toEqual([2, []]);
  await vi.advanceTimersByTimeAsync(1);
  expect([missed, await asked, point.waiting]).toEqual([['for a'], undefined, 0]);
});

test('of two values with one id nobody gets any, nor a third', async () => {
  const { point, missed } = start();
  for (const value of ['one', 'two', 'three']) point.arrive('a', value);
  expect(missed.toSorted()).toEqual(['one', 'three', 'two']);
  expect(await point.take('a')).toBeUndefined();
  point.arrive('a', 'four');
  expect(await point.take('a')).toBeUndefined();
  await vi.advanceTimersByTimeAsync(10_000);
  expect([point.waiting, missed.length]).toEqual([0, 4]);
});

test('a side that is full sends away whoever has waited longest', async () => {
  const { point, missed } = start();
  for (const id of ['a', 'b', 'c', 'd', 'e']) point.arrive(id, id);
  expect([point.waiting, missed]).toEqual([4, ['a']]);
  expect(await point.take('b')).toBe('b');
  const asked = ['v', 'w', 'x', 'y', 'z'].map(async (id) => point.take(id));
  expect(await asked[0]).toBeUndefined();
  point.arrive('z', 'z');
  expect(await asked[4]).toBe('z');
});

test('in whatever order: every value is given once to its id or missed once, and none is left', async () => {
  const event = fc.record({
    kind: fc.constantFrom('arrive', 'take', 'wait'),
    id: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(event), async (events) => {
      const { point, missed } = start();
      const given: Promise<string | undefined>[] = [];
      let values = 0;
      for (const { kind, id } of events) {
        if (kind === 'arrive') point.arrive(id, `${id}${values++}`);
        if (kind === 'take')
          given.push(point.take(id).then((value) => (value?.startsWith(id) === false ? 'wrong' : value)));
        if (kind === 'wait') await vi.advanceTimersByTimeAsync(3_000);
        expect(point.waiting).toBeLessThanOrEqual(2 * RULES.most);
      }
      await vi.advanceTimersByTimeAsync(11_000);
      const all = [...(await Promise.all(given)).filter((value) => value !== undefined), ...missed];
      expect(all).not.toContain('wrong');
      expect([new Set(all).size, all.length, point.waiting]).toEqual([values, values, 0]);
    }),
  );
});
