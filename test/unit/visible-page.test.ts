/** Pages of what a caller may see, over lists of any mixture. The list is the test's own, the rule is not. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pageOfVisible } from '../../shared/usecases/jobs/visible-page.ts';

interface Item {
  readonly key: string;
  readonly isMine: boolean;
}

/** Ten characters of time and sixteen of chance, as a job id has; few times, so that many are of the same one. */
const items = fc
  .uniqueArray(fc.tuple(fc.nat(3), fc.nat(999), fc.boolean()), {
    selector: ([time, tail]) => `${time} ${tail}`,
    maxLength: 40,
  })
  .map((all) =>
    all
      .map(([time, tail, isMine]): Item => ({ key: `${time}`.padStart(10, '0') + `${tail}`.padStart(16, '0'), isMine }))
      .sort((one, other) => (one.key < other.key ? -1 : 1)),
  );

test('pages show everything of the caller once and in order, and their ends name nothing of others', async () => {
  await fc.assert(
    fc.asyncProperty(items, fc.integer({ min: 1, max: 5 }), async (all, size) => {
      const list = {
        read: async (after: string | undefined, count: number) =>
          all.filter(({ key }) => key > (after ?? '')).slice(0, count),
        keyOf: ({ key }: Item) => key,
        timeChars: 10,
        show: async (item: Item) => (item.isMine ? item.key : undefined),
      };
      const others = all.filter(({ isMine }) => !isMine).map(({ key }) => key);
      const seen: string[] = [];
      let after: string | undefined;
      for (let pages = 0; pages <= all.length + 1; pages++) {
        const { shown, next } = await pageOfVisible(list, after, size, 50);
        seen.push(...shown);
        expect(others).not.toContain(next);
        after = next;
        if (after === undefined) break;
      }
      expect(after).toBeUndefined();
      expect(seen).toEqual(all.filter(({ isMine }) => isMine).map(({ key }) => key));
    }),
  );
});

test('a page ends after so many that are not shown: it may be empty, and goes on at that time', async () => {
  const all = Array.from({ length: 25 }, (_, index) => `${index}`.padStart(10, '0') + 'x'.repeat(16));
  const list = {
    read: async (after: string | undefined, count: number) => all.filter((key) => key > (after ?? '')).slice(0, count),
    keyOf: (key: string) => key,
    timeChars: 10,
    show: async (key: string) => (key === all[24] ? key : undefined),
  };
  const first = await pageOfVisible(list, undefined, 5, 20);
  expect(first).toEqual({ shown: [], next: '0000000019' });
  expect(await pageOfVisible(list, first.next, 5, 20)).toEqual({ shown: [all[24]] });
});

test('a page that ends beside what is hidden of the same time goes on after what it has shown', async () => {
  const all = ['0000000001a', '0000000001b', '0000000001c', '0000000002d'];
  const isHidden = (key: string): boolean => key.endsWith('a') || key.endsWith('c');
  const list = {
    read: async (after: string | undefined, count: number) => all.filter((key) => key > (after ?? '')).slice(0, count),
    keyOf: (key: string) => key,
    timeChars: 10,
    show: async (key: string) => (isHidden(key) ? undefined : key),
  };
  const first = await pageOfVisible(list, undefined, 5, 3);
  expect(first).toEqual({ shown: ['0000000001b'], next: '0000000001b' });
  expect(await pageOfVisible(list, first.next, 5, 3)).toEqual({ shown: ['0000000002d'] });
});
