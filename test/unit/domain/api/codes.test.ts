import { expect, test } from 'vitest';
import { API_CODES } from '../../../../shared/domain/api/codes.ts';
import { problem } from '../../../../shared/domain/api/problem.ts';
import { SUBMISSION_CODES } from '../../../../shared/domain/submission/codes.ts';

test.each([
  ['a request', API_CODES],
  ['a submission', SUBMISSION_CODES],
])('every refusal of %s has a title that no other has, and says what it means and what to do', (_name, codes) => {
  const all = Object.values(codes);
  expect(new Set(all.map(({ title }) => title)).size).toBe(all.length);
  for (const [code, { status, title, meaning, fix }] of Object.entries(codes)) {
    for (const text of [title, meaning, fix]) expect(text, code).toMatch(/^[^ ].+[^ ]$/);
    expect(status, code).toBeGreaterThanOrEqual(400);
  }
});

test('a refusal has the status and the title of its code, and says what is wrong in this case', () => {
  expect(problem('jobNotFound', 'No job 7.')).toEqual({
    status: 404,
    code: 'jobNotFound',
    title: API_CODES.jobNotFound.title,
    detail: 'No job 7.',
  });
});
