import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { PAGES, withCodes } from '../../scripts/codes.ts';
import { OPTION_NAMES } from '../../shared/domain/submission/options.ts';
import { COLUMN_NAMES } from '../../shared/domain/submission/columns.ts';

const page = readFileSync('docs/submitting.md', 'utf8');

test.each(Object.entries(PAGES))('%s lists every code with its meaning and its fix', (name, codes) => {
  const text = readFileSync(name, 'utf8');
  expect(withCodes(text, codes)).toBe(text);
});

test('the page names every option and every column', () => {
  const unnamed = [
    ...OPTION_NAMES,
    ...COLUMN_NAMES.filter((name) => !/^(invitedUserDisplayName|invitedUserType|resetRedemption)$/.test(name)),
  ].filter((name) => !page.includes(`\`${name}\``));
  expect(unnamed).toEqual([]);
});
