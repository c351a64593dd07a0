import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { BUGS } from '../planted/bugs.ts';
import { plant } from '../planted/plant.ts';

test.each(BUGS.map((bug) => [bug.name, bug] as const))('"%s" can still be put into the code', (_name, bug) => {
  const text = readFileSync(new URL(`../../${bug.file}`, import.meta.url), 'utf8');
  expect(plant(text, bug)).not.toBe(text);
});

test('a bug whose place is gone is named', () => {
  const [bug] = BUGS;
  if (bug === undefined) throw new Error('there are no bugs to put in');
  expect(() => plant('other code', bug)).toThrow(`"${bug.name}": the text to replace is not in ${bug.file}`);
});
