import { expect, test } from 'vitest';
import { z } from 'zod';
import { Findings } from '../../../../shared/domain/submission/findings.ts';
import { noteIssues } from '../../../../shared/domain/submission/shape-problems.ts';

const told = (schema: z.ZodType, value: unknown, root = '') => {
  const findings = new Findings({ row: 1 });
  noteIssues(schema.safeParse(value).error?.issues ?? [], findings, root, ['known']);
  return findings.problems.map(({ code, field, message }) => [code, field, message]);
};

test('what a schema wants is said in words, at its path', () => {
  const schema = z.strictObject({
    text: z.string(),
    flag: z.boolean(),
    count: z.number(),
    list: z.array(z.strictObject({ name: z.string() })),
    thing: z.strictObject({}),
  });
  expect(told(schema, { text: 1, flag: 1, count: 'x', list: 1, thing: 1 })).toEqual([
    ['wrongType', 'text', 'text must be text.'],
    ['wrongType', 'flag', 'flag must be true or false, without quotes.'],
    ['wrongType', 'count', 'count must be a number, without quotes.'],
    ['wrongType', 'list', 'list must be an array.'],
    ['wrongType', 'thing', 'thing must be an object.'],
  ]);
  expect(
    told(schema, { text: '', flag: true, count: 1, list: [{ name: '' }, { name: 7 }], thing: { knwon: 1 } }, 'root'),
  ).toEqual([
    ['wrongType', 'root.list[1].name', 'root.list[1].name must be text.'],
    ['unknownField', 'root.thing.knwon', '"knwon" is not known. Did you mean known?'],
  ]);
});

test('what is wrong in another way is told in the words of the schema, and never passed over', () => {
  const short = z.string().max(3, 'Too long.');
  expect(told(z.strictObject({ name: short }), { name: 'abcd' })).toEqual([
    ['wrongType', 'name', 'name cannot be used: Too long.'],
  ]);
  expect(told(short, 'abcd')).toEqual([['wrongType', undefined, 'The entry cannot be used: Too long.']]);
});

test('of very many mistakes a hundred are told; of members that are not known also how many more there are', () => {
  const members = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`member${index}`, 1]));
  const [bare, below] = [told(z.strictObject({}), members(102)), told(z.strictObject({}), members(102), 'root')];
  expect([bare.length, bare.at(-1), below.at(-1)]).toEqual([
    101,
    ['unknownField', undefined, expect.stringMatching(/^2 more /)],
    ['unknownField', 'root', expect.stringMatching(/^2 more /)],
  ]);
  expect(told(z.strictObject({}), members(100))).toHaveLength(100);
  expect(
    told(
      z.array(z.number()),
      Array.from({ length: 150 }, () => 'x'),
    ),
  ).toHaveLength(100);
});
