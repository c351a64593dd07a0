import { expect, test } from 'vitest';
import { nearestName } from '../../../../shared/domain/submission/nearest-name.ts';

const KNOWN = ['id', 'user', 'mail', 'reference', 'addEmailTo'];

test.each([
  ['refrence', 'reference'],
  ['referense', 'reference'],
  ['refferrence', 'reference'],
  ['REFERENCE', 'reference'],
  ['addemailto', 'addEmailTo'],
  ['adEmailT', 'addEmailTo'],
  ['usr', 'user'],
  ['users', 'user'],
  ['uzer', 'user'],
  ['email', 'mail'],
  ['ID', 'id'],
])('%s probably means %s', (name, known) => {
  expect(nearestName(name, KNOWN)).toBe(known);
});

test.each([
  '',
  'is',
  'ids',
  'uid',
  'usher5',
  'used2',
  'city',
  'refer',
  'rfrnc',
  'refxxxnce',
  'xxreferencexx',
  'something else entirely',
])('%j means none of them', (name) => {
  expect(nearestName(name, KNOWN)).toBeUndefined();
});

test('the nearest of several wins, and of equally near ones the first', () => {
  expect(nearestName('colour', ['colder', 'color', 'colours'])).toBe('color');
  expect(nearestName('maxpause', ['maxpauses', 'minpause', 'maxpausee'])).toBe('maxpauses');
});

test('letters that change places count as two', () => {
  expect([nearestName('refeernce', KNOWN), nearestName('uesr', KNOWN)]).toEqual(['reference', undefined]);
});
