import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { OPTION_NAMES } from '../../../shared/domain/submission/options.ts';
import { COLUMN_NAMES } from '../../../shared/domain/submission/columns.ts';

const page = readFileSync('docs/submitting.md', 'utf8');

test('the page names every option and every column', () => {
  const unnamed = [
    ...OPTION_NAMES,
    ...COLUMN_NAMES.filter((name) => !/^(invitedUserDisplayName|invitedUserType|resetRedemption)$/.test(name)),
  ].filter((name) => !page.includes(`\`${name}\``));
  expect(unnamed).toEqual([]);
});
