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
  expect(() => plant('other();', bug)).toThrow(`"${bug.name}": the code to replace is not in ${bug.file}`);
});

test('a place is found whatever its layout, quotes and trailing commas', () => {
  const bug = {
    name: 'any',
    breaks: 'truth',
    noticedBy: 'model',
    file: 'any.ts',
    find: "call('a', { b })",
    put: 'other()',
  } as const;
  expect(plant('const x = 1 + call(\n  "a",\n  { b, },\n);', bug)).toBe('const x = 1 + other();');
  expect(() => plant("call('a', { b }); call('a', { b });", bug)).toThrow('not in any.ts exactly once');
});
