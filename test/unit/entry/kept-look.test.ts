import { expect, test } from 'vitest';
import { keptLook } from '../../../shared/entry/http/answers/kept-look.ts';

function counted() {
  let now = 0;
  let looks = 0;
  const ends: ((found: number) => void)[] = [];
  const fails: ((error: Error) => void)[] = [];
  const look = keptLook(
    60_000,
    async () => {
      const end = Promise.withResolvers<number>();
      ends.push(end.resolve);
      fails.push(end.reject);
      looks++;
      return end.promise;
    },
    () => 'all',
    () => now,
  );
  return {
    look,
    looks: () => looks,
    end: (found: number) => ends.at(-1)?.(found),
    fail: () => fails.at(-1)?.(new Error('away')),
    pass: (ms: number) => void (now += ms),
  };
}

test('a thousand who ask at once cause one look, however long it takes, and get what it found', async () => {
  const { look, looks, end, pass } = counted();
  const asked = Array.from({ length: 1_000 }, () => look());
  pass(120_000);
  asked.push(look());
  end(7);
  expect(new Set(await Promise.all(asked))).toEqual(new Set([7]));
  expect(looks()).toBe(1);
});

test('what was found is good for its time, counted from the end of the look', async () => {
  const { look, looks, end, pass } = counted();
  const first = look();
  pass(50_000);
  end(1);
  await first;
  pass(59_999);
  expect([await look(), looks()]).toEqual([1, 1]);
  pass(1);
  const second = look();
  end(2);
  expect([await second, looks()]).toEqual([2, 2]);
});

test('a look that fails is told to those who waited, and made again by the next', async () => {
  const { look, looks, fail, end } = counted();
  const [one, other] = [look(), look()];
  fail();
  expect((await Promise.allSettled([one, other])).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  const next = look();
  end(3);
  expect([await next, looks()]).toEqual([3, 2]);
});

test('looks at different things are kept apart, and each for its own time', async () => {
  let now = 0;
  const looked: string[] = [];
  const look = keptLook(
    1_000,
    async (what: string) => {
      looked.push(what);
      if (what === 'away') throw new Error('away');
      return `${what} ${looked.length}`;
    },
    (what) => what.toLowerCase(),
    () => now,
  );
  expect([await look('one'), await look('two'), await look('ONE')]).toEqual(['one 1', 'two 2', 'one 1']);
  now = 500;
  await expect(look('away')).rejects.toThrow('away');
  await expect(look('away')).rejects.toThrow('away');
  now = 999;
  expect(await look('two')).toBe('two 2');
  now = 1_000;
  expect([await look('two'), await look('one')]).toEqual(['two 5', 'one 6']);
});
