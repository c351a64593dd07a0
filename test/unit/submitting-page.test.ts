import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { PAGE, withCodes } from '../../scripts/codes.ts';
import { OPTION_NAMES, OPTIONS_NOT_AVAILABLE } from '../../shared/domain/submission/options.ts';
import { COLUMN_NAMES } from '../../shared/domain/submission/columns.ts';

const page = readFileSync(PAGE, 'utf8');

test('the page lists every code with its meaning and its fix', () => {
  expect(withCodes(page)).toBe(page);
});

test('the page names every option and every column', () => {
  const unnamed = [...OPTION_NAMES, ...OPTIONS_NOT_AVAILABLE, ...COLUMN_NAMES.filter((name) => !/^(invitedUserDisplayName|invitedUserType|resetRedemption)$/.test(name))].filter((name) => !page.includes(`\`${name}\``));
  expect(unnamed).toEqual([]);
});
