import { describe, expect, test } from 'vitest';
import { changeRow, whileChanged } from '../../../shared/usecases/change-row.ts';

/** A row that somebody else raises by ten before each of our first writes. */
function contestedRow(others: number) {
  let [value, version, reads] = [0, 0, 0];
  return {
    name: 'the row',
    read: async () => {
      reads++;
      return { value, version: String(version) };
    },
    replace: async (next: number, { version: expected }: { readonly version: string }) => {
      if (others-- > 0) [value, version] = [value + 10, version + 1];
      if (expected !== String(version)) return 'changed' as const;
      [value, version] = [next, version + 1];
      return { version: String(version) };
    },
    stored: () => value,
    reads: () => reads,
  };
}

describe('a change of a row', () => {
  test('is made anew of what stands there now, for as long as others come first', async () => {
    const row = contestedRow(3);
    expect(await changeRow(row, (value) => value + 1)).toBe(31);
    expect([row.stored(), row.reads()]).toEqual([31, 4]);
  });
  test('begins with what was read already, and reads only after that', async () => {
    const row = contestedRow(0);
    await changeRow(row, async (value) => value + 1, { value: 0, version: '0' });
    expect([row.stored(), row.reads()]).toEqual([1, 0]);
  });
  test('writes nothing where it gives the same back', async () => {
    const row = contestedRow(0);
    expect(await changeRow(row, (value) => value, { value: 7, version: 'old' })).toBe(7);
  });
  test('makes nothing of a row that is gone', async () => {
    const gone = { ...contestedRow(0), read: async () => undefined };
    expect(await changeRow(gone, (value) => value + 1)).toBeUndefined();
  });
  test('ends with an error that names the row, when others always come first', async () => {
    await expect(changeRow(contestedRow(1_000), (value) => value + 1)).rejects.toThrow(
      'the row was changed by others 20 times in a row',
    );
  });
});

test('what is tried while the row changes gives back what came of it at last', async () => {
  let tries = 0;
  const attempt = async () => (++tries < 5 ? ('changed' as const) : { tries });
  expect(await whileChanged('the row', attempt)).toEqual({ tries: 5 });
});
