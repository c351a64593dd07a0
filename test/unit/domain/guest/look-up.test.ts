import { describe, expect, test } from 'vitest';
import type { BatchAnswer, GraphAnswer } from '../../../../shared/domain/graph/answer.ts';
import { escalateLookUp, lookUpOf, readLookUp } from '../../../../shared/domain/guest/look-up.ts';
import { GUEST_ID, NOW, pending, request, user } from '../records.ts';

const byId = { by: 'id', value: GUEST_ID } as const;
const answered = (answer: GraphAnswer): BatchAnswer => ({
  kind: 'answered',
  date: NOW,
  answers: new Map([['1', answer]]),
});
const error = (status: number, message = '', code = 'x'): GraphAnswer => ({
  status,
  body: { error: { code, message } },
});
const find = (batch: BatchAnswer) => readLookUp(byId, batch, '1');

test('a guest is looked up as the submitter said, until the object id is known', () => {
  const selector = { by: 'userPrincipalName', value: 'anna_fabrikam.example#EXT#@contoso.example' } as const;
  expect(lookUpOf(pending(1, { request: request(1, { selector }) }))).toEqual(selector);
});

describe('a look-up by id', () => {
  test('finds the user in the answer of its own id only', () => {
    expect(find(answered({ status: 200, body: user() }))).toEqual({ kind: 'user', user: user() });
    expect(readLookUp(byId, answered({ status: 200, body: user() }), '2')).toMatchObject({
      kind: 'failed',
      class: 'retry',
    });
  });
  test.each([undefined, null, 'text', [], {}, { id: 7 }, { id: '' }, { value: [user()] }])(
    'takes %j for no user, and tries again',
    (body) => {
      expect(find(answered({ status: 200, body }))).toMatchObject({ kind: 'failed', class: 'retry' });
    },
  );
  test('believes that the user is gone only when Graph says so in its own words', () => {
    expect(find(answered(error(404, '', 'Request_ResourceNotFound')))).toEqual({ kind: 'none' });
    expect(find(answered({ status: 404, body: '<html>' })).kind).toBe('failed');
  });
  test('waits when throttled, as long as asked', () => {
    expect(find(answered({ ...error(429), retryAfter: { seconds: 1.5 } }))).toMatchObject({
      kind: 'failed',
      class: 'throttled',
      wait: { seconds: 1.5 },
    });
  });
});

describe('what concerns everyone', () => {
  test('is a service without a token', () => {
    expect(find({ kind: 'notSent', message: 'no identity', tokenMissing: true })).toMatchObject({
      kind: 'failed',
      class: 'tenant',
      verdict: { code: 'noToken', message: expect.stringContaining('no identity') },
    });
    expect(find({ kind: 'notSent', message: 'refused', tokenMissing: false })).toMatchObject({
      kind: 'failed',
      class: 'retry',
    });
  });
  test('is a token refused twice in a row, not once', () => {
    const refused = find({ kind: 'refused', answer: error(401) });
    expect(refused).toMatchObject({ class: 'retry', verdict: { code: 'tokenRejected' } });
    expect(escalateLookUp(refused, undefined)).toMatchObject({ class: 'retry' });
    expect(escalateLookUp(refused, { code: 'graphFailed', message: '' })).toMatchObject({
      class: 'retry',
    });
    expect(escalateLookUp(refused, { code: 'tokenRejected', message: '' })).toMatchObject({
      class: 'tenant',
    });
  });
  test('is not a user who was found after a refused token', () => {
    const found = find(answered({ status: 200, body: user() }));
    expect(escalateLookUp(found, { code: 'tokenRejected', message: '' })).toBe(found);
  });
});

describe('a look-up by mail', () => {
  const byMail = { by: 'mail', value: 'anna@fabrikam.example' } as const;
  const findByMail = (body: unknown) => readLookUp(byMail, answered({ status: 200, body }), '1');
  test('of several users tells them', () => {
    const other = user({ id: 'b', mail: null, otherMails: ['ANNA@fabrikam.example'] });
    expect(findByMail({ value: [user(), other, user({ id: 'c' })] })).toEqual({
      kind: 'several',
      users: [user(), other, user({ id: 'c' })],
    });
    expect(findByMail({ value: [user()] })).toEqual({ kind: 'user', user: user() });
  });
  const more = { '@odata.nextLink': 'https://graph.example/v1.0/users?$skiptoken=x' };
  test('of which there are more pages is understood only where it has told several already', () => {
    expect(findByMail({ value: [user(), user({ id: 'b' })], ...more })).toMatchObject({ kind: 'several' });
  });
  test.each([
    null,
    undefined,
    {},
    { value: {} },
    { value: [user(), {}] },
    { value: [null] },
    { value: [{ ...user(), mail: 7 }] },
    { value: [{ ...user(), otherMails: 'anna@fabrikam.example' }] },
    { value: [], ...more },
    { value: [user()], ...more },
  ])('answered %j is not understood, and tried again', (body) => {
    expect(findByMail(body)).toMatchObject({
      kind: 'failed',
      class: 'retry',
      verdict: { code: 'unexpectedAnswer' },
    });
  });
});

test('only a look-up of a new mail takes somebody for found by proxyAddresses, the primary one or another', () => {
  const found = (by: 'mail' | 'newMail', proxyAddresses: string[]) =>
    readLookUp(
      { by, value: 'new@adatum.example' },
      answered({ status: 200, body: { value: [user({ proxyAddresses })] } }),
      '1',
    ).kind;
  for (const each of ['smtp:new@adatum.example', 'SMTP:New@Adatum.example'])
    expect([found('newMail', ['x500:/o=x', each]), found('mail', [each])]).toEqual(['user', 'failed']);
  for (const each of ['new@adatum.example', 'sip:new@adatum.example', 'smtp:anew@adatum.example'])
    expect(found('newMail', [each])).toBe('failed');
});

describe('a look-up that is answered about somebody else', () => {
  const upn = 'anna_fabrikam.example#EXT#@contoso.example';
  const refused = { kind: 'failed', class: 'retry', verdict: { code: 'unexpectedAnswer' } };
  test.each([
    ['id', GUEST_ID, user({ id: 'other' })],
    ['userPrincipalName', upn, user({ userPrincipalName: 'other' })],
    ['userPrincipalName', upn, user({ userPrincipalName: null })],
    ['mail', 'anna@fabrikam.example', { value: [user({ mail: 'other@fabrikam.example' })] }],
    ['mail', 'anna@fabrikam.example', { value: [user({ mail: null, otherMails: null })] }],
    ['mail', 'anna@fabrikam.example', { value: [user(), user({ id: 'b', mail: 'other@fabrikam.example' })] }],
  ] as const)('by %s decides nothing, and is made again', (by, value, body) => {
    expect(readLookUp({ by, value }, answered({ status: 200, body }), '1')).toMatchObject(refused);
  });
  test.each([
    ['id', GUEST_ID.toUpperCase(), user()],
    ['userPrincipalName', upn.toUpperCase(), user()],
    ['mail', 'ANNA@fabrikam.example', { value: [user()] }],
    ['mail', 'anna@old.example', { value: [user({ otherMails: ['x@y.example', 'Anna@old.example'] })] }],
  ] as const)('is none where only the case of letters differs: by %s', (by, value, body) => {
    expect(readLookUp({ by, value }, answered({ status: 200, body }), '1').kind).toBe('user');
  });
});

test('a look-up with a status that Graph has for none is made again', () => {
  for (const status of [202, 302, 405, 409])
    expect(find(answered(error(status)))).toMatchObject({ class: 'retry', verdict: { code: 'unexpectedAnswer' } });
});

describe('a look-up that got no answer', () => {
  test.each([
    { kind: 'noAnswer', message: 'reset by peer' } as const,
    { kind: 'notSent', message: 'reset by peer', tokenMissing: false } as const,
  ])('says why, and is tried again', (batch) => {
    expect(find(batch)).toMatchObject({
      kind: 'failed',
      class: 'retry',
      verdict: { code: 'graphUnreachable', message: expect.stringContaining('reset by peer') },
    });
  });
  test('of its own, in a batch that was answered, says that', () => {
    expect(readLookUp(byId, answered({ status: 200, body: user() }), '2')).toMatchObject({
      verdict: { code: 'graphUnreachable', message: expect.stringContaining('left out') },
    });
  });
});

describe('a batch of look-ups that was refused', () => {
  test('names the status, and is tried again after the wait that Graph names', () => {
    expect(find({ kind: 'refused', answer: { ...error(503), retryAfter: { seconds: 8 } } })).toMatchObject({
      class: 'retry',
      wait: { seconds: 8 },
      verdict: { code: 'graphRefusedBatch', message: expect.stringContaining('503') },
    });
    expect(find({ kind: 'refused', answer: error(503) })).not.toHaveProperty('wait');
  });
  test('because the tenant is blocked concerns everyone', () => {
    expect(find({ kind: 'refused', answer: error(403, 'due to suspicious activity') })).toMatchObject({
      class: 'tenant',
      verdict: { code: 'tenantBlocked' },
    });
  });
});

test('a user is missing only when the look-up itself says not found', () => {
  expect(find(answered(error(403, '', 'Request_ResourceNotFound')))).toMatchObject({ kind: 'failed' });
  expect(find(answered(error(404, '', 'itemNotFound')))).toMatchObject({
    kind: 'failed',
    class: 'guest',
    verdict: { code: 'guestNotFound' },
  });
  expect(find(answered({ status: 204, body: user() }))).toMatchObject({ kind: 'failed' });
});

test('a failure that is no refused token does not escalate', () => {
  const failed = find(answered(error(503)));
  expect(escalateLookUp(failed, { code: 'tokenRejected', message: '' })).toBe(failed);
});
