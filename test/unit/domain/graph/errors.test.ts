import { isRetryable } from '../../../../shared/domain/reset/codes.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { graphError } from '../../../../shared/domain/graph/answer.ts';
import { GRAPH_ERRORS, meaningOf, noToken } from '../../../../shared/domain/graph/errors.ts';
import { STOP_CODES, stopCodeOf } from '../../../../shared/domain/stops/codes.ts';

const meaning = (status: number, message = '', code = 'x') => meaningOf({ status, body: { error: { code, message } } });

describe('an error of Graph', () => {
  test.each([500, 501, 502, 503, 504, 507, 599, 408])('%i leaves open whether it happened', (status) => {
    expect(meaning(status)).toMatchObject({ class: 'inDoubt', code: 'graphFailed' });
  });
  test('of the tenant is known by its own words only: any other 403 concerns one guest', () => {
    expect(meaning(403, 'Insufficient privileges to complete the operation.')).toMatchObject({
      class: 'guest',
      code: 'notAuthorized',
    });
    expect(meaning(400, 'due to suspicious activity')).toMatchObject({ class: 'guest', code: 'requestRefused' });
    expect(meaning(403, 'INVITATIONS ARE BLOCKED for this directory due to SUSPICIOUS activity.')).toMatchObject({
      class: 'tenant',
    });
  });
  test('that names a restricted administrative unit is its guest’s, and quoted', () => {
    const words = 'Target object is in a Restricted Management Administrative Unit.';
    expect(meaning(403, words, 'Authorization_RequestDenied')).toMatchObject({
      class: 'guest',
      code: 'restrictedAdministrativeUnit',
      message: expect.stringContaining(`Graph said: 403 Authorization_RequestDenied ${words}`),
    });
  });
  test('about the address is known with straight, typographic or missing apostrophes', () => {
    for (const word of ["doesn't", 'doesn’t', 'doesn?t'])
      expect(meaning(400, `The email ${word} match any emails on the user object.`).code).toBe('emailNotOnUser');
  });
  test.each([
    ['no body', undefined],
    ['null', null],
    ['a page', '<html>'],
    ['an error that is no object', { error: 'Forbidden' }],
    ['numbers', { error: { code: 1, message: 2 } }],
  ])('with %s is read by its status', (_name, body) => {
    expect(meaningOf({ status: 403, body }).code).toBe('notAuthorized');
    expect(meaningOf({ status: 503, body }).class).toBe('inDoubt');
  });
});

describe("Graph's own words", () => {
  test('are given where ours say too little', () => {
    for (const status of [400, 403])
      expect(meaning(status, 'Property odd is wrong.', 'Odd').message).toContain(
        `Graph said: ${status} Odd Property odd is wrong.`,
      );
    expect(meaning(418, 'Property odd is wrong.', 'Odd').message).toContain('Graph said: 418 Odd Property');
    expect(meaningOf({ status: 302, body: undefined }).message).toMatch(/Graph said: 302$/);
  });
  test('are left out where ours say more, and cut where they are endless', () => {
    expect(meaning(404, 'Resource anna@fabrikam.example does not exist.').message).not.toContain('anna');
    expect(meaning(400, 'y'.repeat(50_000)).message.length).toBeLessThan(400);
  });
});

test("no answer is without a meaning, and none that may have happened passes for one guest's failure", () => {
  fc.assert(
    fc.property(fc.integer({ min: 300, max: 599 }), fc.jsonValue(), (status, body) => {
      const { class: errorClass, message } = meaningOf({ status, body });
      expect(message).not.toBe('');
      expect(errorClass === 'inDoubt').toBe(status >= 500 || status === 408);
      expect(errorClass === 'odd').toBe(status < 500 && ![400, 401, 403, 404, 408, 424, 429].includes(status));
    }),
  );
});

test('codes are stable names, each of one meaning', () => {
  const codes = [...GRAPH_ERRORS.map(({ code }) => code), noToken('').code];
  expect(new Set(codes).size).toBe(codes.length);
  for (const code of codes) expect(code).toMatch(/^[a-z][A-Za-z]+$/);
});

test('whatever nobody in the tenant can be reset for is the code of a stop of the tenant', () => {
  const codes = GRAPH_ERRORS.filter(({ class: errorClass }) => errorClass === 'tenant').map(({ code }) => code);
  for (const code of [...codes, noToken('').code, 'tokenRejected'])
    expect(STOP_CODES[stopCodeOf(code)].of, code).toContain('tenant');
  expect(() => stopCodeOf('requestRefused')).toThrow('requestRefused');
});

test("what is no error of Graph's shape has neither code nor words", () => {
  for (const body of [
    undefined,
    null,
    '<html>',
    {},
    { error: null },
    { error: 'Forbidden' },
    { error: {} },
    { error: { code: 1, message: { value: 'x' } } },
  ])
    expect(graphError(body)).toEqual({ code: '', message: '' });
  expect(graphError({ error: { code: 'Odd', message: 'Wrong.' } })).toEqual({ code: 'Odd', message: 'Wrong.' });
});

test('an error is told with what to do next, and without a quotation where Graph says nothing', () => {
  expect(meaning(429)).toEqual({
    class: 'throttled',
    code: 'throttled',
    message: 'Graph asked to wait.',
    nextStep: 'Nothing: the service waits and goes on.',
  });
  expect(meaning(403, '', '').message).toBe(
    'Graph refused the reset. It does so where the guest holds a directory role, or the service lacks a permission.',
  );
  expect(meaning(404, 'x').message).toBe('There is no such user in the tenant.');
});

test('whether the same reset can be submitted again follows from who can mend it', () => {
  const retryable = (status: number, message = ''): boolean | undefined => isRetryable(meaning(status, message).code);
  expect([400, 404].map((status) => retryable(status))).toEqual([false, false]);
  expect([401, 403, 408, 424, 429, 503, 418].filter((status) => retryable(status) !== true)).toEqual([]);
  expect(retryable(400, "doesn't match any emails on the user object")).toBe(true);
  expect(noToken('no identity')).toMatchObject({ nextStep: expect.stringContaining('managed identity') });
});

test('an answer of cross-tenant access or of another cloud is known with either status', () => {
  for (const status of [400, 403]) {
    expect(meaning(status, 'blocked by Cross-Tenant Access Settings').code).toBe('blockedByCrossTenantAccess');
    expect(meaning(status, 'The Microsoft B2B Cross Cloud Worker application has been disabled').code).toBe(
      'crossCloudDisabled',
    );
  }
  expect(meaning(404, 'blocked by cross-tenant access settings').code).toBe('guestNotFound');
});
