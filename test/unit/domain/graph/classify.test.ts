import { describe, expect, test } from 'vitest';
import { classify, classifyEmail, escalate, type Outcome } from '../../../../shared/domain/graph/classify.ts';
import type { BatchAnswer, GraphAnswer } from '../../../../shared/domain/graph/answer.ts';
import { GRAPH_ERRORS, meaningOf } from '../../../../shared/domain/graph/errors.ts';
import { GUEST_ID, NOW, plan } from '../records.ts';

const answered = (...answers: [string, GraphAnswer][]): BatchAnswer => ({
  kind: 'answered',
  date: NOW,
  answers: new Map(answers),
});
const error = (status: number, message = '', code = 'x'): GraphAnswer => ({
  status,
  body: { error: { code, message } },
});
const created = (more: object = {}): GraphAnswer => ({
  status: 201,
  requestId: 'r',
  body: {
    id: 'i',
    status: 'PendingAcceptance',
    inviteRedeemUrl: 'https://x',
    invitedUser: { id: GUEST_ID, userPrincipalName: 'upn' },
    ...more,
  },
});
const kindOf = (batch: BatchAnswer): string => classify(plan(), batch).kind;

describe('an invitation', () => {
  test('is done when its own answer says so for its own guest', () => {
    expect(classify(plan(), answered(['2', error(500)], ['1', created()]))).toEqual({
      kind: 'done',
      requestId: 'r',
      invitation: { id: 'i', inviteRedeemUrl: 'https://x', userPrincipalName: 'upn' },
    });
  });
  test('that was made for another user may have happened, and nothing of that answer is kept', () => {
    expect(classify(plan(), answered(['1', created({ invitedUser: { id: 'other' } })]))).toEqual({
      kind: 'odd',
      said: '201 about another user',
      requestId: 'r',
      verdict: expect.objectContaining({ code: 'unexpectedAnswer', message: expect.not.stringContaining('other)') }),
    });
  });
  test('with the status Error may have happened', () => {
    expect(classify(plan(), answered(['1', created({ status: 'Error' })]))).toMatchObject({
      kind: 'odd',
      verdict: { code: 'invitationError' },
    });
  });
  test.each([500, 502, 503, 504, 408])('answered %i is in doubt', (status) => {
    expect(kindOf(answered(['1', error(status)]))).toBe('inDoubt');
  });
  test('that is missing from the answer is in doubt', () => {
    expect(kindOf(answered(['2', created({ invitedUser: { id: 'other' } })]))).toBe('inDoubt');
  });
  test.each([400, 401, 403, 404, 424, 429, 500, undefined])(
    'whose own answer stands at another request may have happened, although %s stands at its own',
    (status) => {
      const own = status === undefined ? [] : [['1', error(status)] as [string, GraphAnswer]];
      expect(classify(plan(), answered(...own, ['2', created()]))).toMatchObject({
        kind: 'odd',
        verdict: { code: 'unexpectedAnswer', message: expect.stringContaining('another request of the batch') },
      });
    },
  );
  test.each([400, 401, 403, 404, 424, 429])(
    'that is answered %i may have happened where answers of its batch stand at the wrong requests',
    (status) => {
      const plans = [plan(), { ...plan(), row: 2, guestId: 'b' }, { ...plan(), row: 3, guestId: 'c' }];
      const other = (id: string): GraphAnswer => created({ invitedUser: { id } });
      const ofThird = (...names: [string, string]): Outcome =>
        classify(plan(), answered(['1', error(status)], ['2', other(names[0])], ['3', other(names[1])]), plans);
      expect(ofThird('c', 'b')).toMatchObject({ kind: 'odd', verdict: { code: 'unexpectedAnswer' } });
      expect(ofThird('b', 'c').kind).not.toBe('odd');
      const named = answered(['1', created()], ['2', other('c')], ['3', error(status)]);
      expect(plans.map((each) => classify(each, named, plans).kind)).toEqual(['done', 'odd', 'odd']);
    },
  );
  test('is certainly not done with these statuses only; any other answer that is no proper one is never repeated', () => {
    const proof = new Map([
      [400, 'failed'],
      [401, 'notDone'],
      [403, 'failed'],
      [404, 'failed'],
      [424, 'notDone'],
      [429, 'throttled'],
    ]);
    const others = (status: number): string => (status >= 500 || status === 408 ? 'inDoubt' : 'odd');
    for (let status = 100; status < 700; status++)
      expect(kindOf(answered(['1', error(status)])), String(status)).toBe(proof.get(status) ?? others(status));
  });
  test('answered 429 waits as long as asked, fractions included', () => {
    expect(classify(plan(), answered(['1', { ...error(429), retryAfter: { seconds: 2.5 } }]))).toEqual({
      kind: 'throttled',
      wait: { seconds: 2.5 },
    });
    expect(classify(plan(), answered(['1', error(429)]))).toEqual({ kind: 'throttled', wait: { seconds: 10 } });
  });
  test('in a batch that was refused before work is certainly not done; in another it is in doubt', () => {
    for (const status of [400, 401, 403, 404, 413, 424])
      expect(kindOf({ kind: 'refused', answer: error(status) })).toBe('notDone');
    expect(kindOf({ kind: 'refused', answer: error(429) })).toBe('throttled');
    for (const status of [500, 502, 503, 504, 408])
      expect(kindOf({ kind: 'refused', answer: error(status) })).toBe('inDoubt');
    for (const status of [201, 204, 302, 405, 409, 499])
      expect(kindOf({ kind: 'refused', answer: error(status) })).toBe('odd');
  });
  test("whose request was never written is not done; without a token nobody's is", () => {
    expect(kindOf({ kind: 'notSent', message: 'x', tokenMissing: false })).toBe('notDone');
    expect(kindOf({ kind: 'notSent', message: 'x', tokenMissing: true })).toBe('tenant');
    expect(kindOf({ kind: 'noAnswer', message: 'x' })).toBe('inDoubt');
  });
});

test('adding an email is never in doubt, and what stopped it is the outcome', () => {
  expect(classifyEmail(plan(), answered(['1', { status: 204, body: undefined }]))).toBeUndefined();
  for (const status of [200, 202, 302, 409, 503])
    expect(classifyEmail(plan(), answered(['1', error(status)]))).toMatchObject({ kind: 'notDone' });
  expect(classifyEmail(plan(), answered())).toMatchObject({ kind: 'notDone' });
  expect(classifyEmail(plan(), { kind: 'noAnswer', message: 'x' })).toMatchObject({ kind: 'notDone' });
  expect(classifyEmail(plan(), answered(['1', error(404)]))).toMatchObject({
    kind: 'failed',
    verdict: { code: 'guestNotFound' },
  });
});

test('a token refused twice in a row concerns the whole tenant', () => {
  const once = classify(plan(), { kind: 'refused', answer: error(401) });
  expect(escalate(once, undefined).kind).toBe('notDone');
  expect(escalate(once, { code: 'tokenRejected', message: '' }).kind).toBe('tenant');
});

test.each([
  [
    400,
    'The email you’re using to invite this user doesn’t match any emails on the user object. Please add this ' +
      'email to the user object and try again.',
    'emailNotOnUser',
    'guest',
  ],
  [403, 'Generic authorization exception.', 'notAuthorized', 'guest'],
  [
    403,
    'Guest invitations not allowed for your company. Contact your company administrator for more details.',
    'invitationsNotAllowed',
    'tenant',
  ],
  [
    403,
    'Invitations are blocked for this directory due to suspicious activity. Please contact Microsoft support for help.',
    'tenantBlocked',
    'tenant',
  ],
  [
    403,
    'This invitation is blocked by cross-tenant access settings. Admins in both your organization must allow it.',
    'blockedByCrossTenantAccess',
    'guest',
  ],
  [
    403,
    'The Microsoft B2B Cross Cloud Worker application has been disabled in the invited user’s tenant.',
    'crossCloudDisabled',
    'guest',
  ],
  [401, 'Access token has expired.', 'tokenRejected', 'retry'],
  [404, 'Resource not found.', 'guestNotFound', 'guest'],
  [429, '', 'throttled', 'throttled'],
  [503, '', 'graphFailed', 'inDoubt'],
  [418, 'I am a teapot.', 'unexpectedAnswer', 'odd'],
])('%i "%s" means %s', (status, message, code, errorClass) => {
  expect(meaningOf(error(status, message))).toMatchObject({ code, class: errorClass });
});

test('every row of the error table says what to do next', () => {
  for (const row of GRAPH_ERRORS) expect(row.nextStep.length, row.code).toBeGreaterThan(10);
});

describe('the request id and the wait that Graph names', () => {
  const named = (status: number, more: Partial<GraphAnswer> = {}): GraphAnswer => ({
    ...error(status),
    requestId: 'r-7',
    ...more,
  });
  test.each([
    [400, 'failed'],
    [424, 'notDone'],
    [500, 'inDoubt'],
  ])('are kept of an answer %i', (status, kind) => {
    expect(classify(plan(), answered(['1', named(status)]))).toMatchObject({ kind, requestId: 'r-7' });
    expect(classify(plan(), answered(['1', error(status)]))).not.toHaveProperty('requestId');
  });
  test('are kept of a refusal of the tenant, alone or of a whole batch', () => {
    const blocked = { ...error(403, 'due to suspicious activity'), requestId: 'r-8' };
    for (const batch of [answered(['1', blocked]), { kind: 'refused', answer: blocked } as const])
      expect(classify(plan(), batch)).toMatchObject({
        kind: 'tenant',
        requestId: 'r-8',
        verdict: { code: 'tenantBlocked' },
      });
  });
  test('are kept of a batch that was refused', () => {
    expect(classify(plan(), { kind: 'refused', answer: named(413) })).toMatchObject({
      kind: 'notDone',
      requestId: 'r-7',
    });
    expect(classify(plan(), { kind: 'refused', answer: named(503, { retryAfter: { seconds: 30 } }) })).toMatchObject({
      kind: 'inDoubt',
      requestId: 'r-7',
      wait: { seconds: 30 },
    });
    expect(classify(plan(), { kind: 'refused', answer: named(503) })).not.toHaveProperty('wait');
  });
  test('are kept of an invitation that went wrong', () => {
    for (const body of [{ status: 'Error' }, { invitedUser: { id: 'other' } }, { invitedUser: null }])
      expect(classify(plan(), answered(['1', created(body)]))).toMatchObject({ requestId: 'r' });
  });
});

describe('an answer of success', () => {
  test.each([undefined, null, 'text', [], { invitedUser: 'x' }, { invitedUser: null }, { invitedUser: { id: 7 } }])(
    'with the body %j leaves open whether it happened',
    (body) => {
      expect(classify(plan(), answered(['1', { status: 201, body }]))).toMatchObject({
        kind: 'odd',
        said: '201 about no user',
        verdict: { code: 'unexpectedAnswer' },
      });
    },
  );
  test('is 201, and nothing else', () => {
    expect([199, 200, 201, 202, 299, 300].map((status) => kindOf(answered(['1', { ...created(), status }])))).toEqual([
      'odd',
      'odd',
      'done',
      'odd',
      'odd',
      'odd',
    ]);
  });
  test('names the guest in any case of letters', () => {
    const capital = plan(1, { guestId: 'ABCDEF01-0000-4000-8000-000000000001' });
    expect(
      classify(capital, answered(['1', created({ invitedUser: { id: 'abcdef01-0000-4000-8000-000000000001' } })])).kind,
    ).toBe('done');
    expect(
      classify(
        { ...capital, guestId: capital.guestId.toLowerCase() },
        answered(['1', created({ invitedUser: { id: capital.guestId } })]),
      ).kind,
    ).toBe('done');
  });
  test('tells what it has, and makes nothing up', () => {
    const bare = created({ id: 7, inviteRedeemUrl: null, invitedUser: { id: GUEST_ID, userPrincipalName: null } });
    expect(classify(plan(), answered(['1', bare]))).toEqual({ kind: 'done', requestId: 'r', invitation: {} });
  });
  test('that proves nothing is quoted by its status and by a code, and by nothing that may name somebody', () => {
    const said = (status: number, code: string) =>
      classify(plan(), answered(['1', error(status, 'about anna@x', code)]));
    expect(said(409, 'Request_Conflict')).toMatchObject({ said: '409 Request_Conflict' });
    for (const code of ['', 'anna@fabrikam.example', 'to anna', 'x'.repeat(65), 'line\nbreak'])
      expect(said(409, code)).toMatchObject({ said: '409' });
    expect(said(409, 'Conflict')).toMatchObject({
      verdict: { message: expect.stringContaining('Graph said: 409 Conflict about anna@x') },
    });
  });
});

describe('a request without an answer', () => {
  test.each([
    [{ kind: 'notSent', message: 'no route', tokenMissing: false } as const, 'graphUnreachable'],
    [{ kind: 'notSent', message: 'no route', tokenMissing: true } as const, 'noToken'],
    [{ kind: 'noAnswer', message: 'no route' } as const, 'noAnswer'],
  ])('says why, and may be submitted again', (batch, code) => {
    expect(classify(plan(), batch)).toMatchObject({
      verdict: { code, message: expect.stringContaining('no route') },
    });
  });
  test('in a batch that has one for others may be submitted again', () => {
    expect(classify(plan(), answered())).toMatchObject({ verdict: { code: 'noAnswer' } });
  });
});

test('what stopped adding an email is told with its words, and throttling stays throttling', () => {
  expect(classifyEmail(plan(), answered(['1', { ...error(429), retryAfter: { seconds: 4 } }]))).toEqual({
    kind: 'throttled',
    wait: { seconds: 4 },
  });
  expect(classifyEmail(plan(), answered(['1', error(503)]))).toMatchObject({ verdict: { code: 'graphFailed' } });
  expect(classifyEmail(plan(), answered(['2', { status: 204, body: undefined }]))).toMatchObject({
    kind: 'notDone',
    verdict: { code: 'noAnswer' },
  });
  expect(classifyEmail(plan(), { kind: 'refused', answer: error(401) })).toMatchObject({
    kind: 'notDone',
    verdict: { code: 'tokenRejected' },
  });
  expect(classifyEmail(plan(), { kind: 'notSent', message: 'x', tokenMissing: true })).toMatchObject({
    kind: 'tenant',
  });
});

test('only a refused token, after a refused token, escalates', () => {
  const tokenRejected = { code: 'tokenRejected', message: '' } as const;
  const once = classify(plan(), { kind: 'refused', answer: error(401) });
  expect(escalate(once, tokenRejected)).toEqual({ ...once, kind: 'tenant' });
  expect(escalate(once, { ...tokenRejected, code: 'graphFailed' })).toBe(once);
  for (const other of [
    classify(plan(), answered(['1', error(424)])),
    classify(plan(), answered(['1', created()])),
    { kind: 'failed', verdict: tokenRejected } as const,
  ])
    expect(escalate(other, tokenRejected)).toBe(other);
});

test('a single invitation whose token was refused is tried again', () => {
  expect(classify(plan(), answered(['1', error(401)]))).toMatchObject({
    kind: 'notDone',
    verdict: { code: 'tokenRejected' },
  });
});
