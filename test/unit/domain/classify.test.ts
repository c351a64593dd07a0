import { describe, expect, test } from 'vitest';
import { classify, classifyEmail, escalate } from '../../../shared/domain/classify.ts';
import type { BatchAnswer, GraphAnswer } from '../../../shared/domain/graph-answer.ts';
import { GRAPH_ERRORS, meaningOf } from '../../../shared/domain/graph-errors.ts';
import { GUEST_ID, NOW, plan } from './records.ts';

const answered = (...answers: [string, GraphAnswer][]): BatchAnswer => ({ kind: 'answered', date: NOW, answers: new Map(answers) });
const error = (status: number, message = '', code = 'x'): GraphAnswer => ({ status, body: { error: { code, message } } });
const created = (more: object = {}): GraphAnswer => ({ status: 201, requestId: 'r', body: { id: 'i', status: 'PendingAcceptance', inviteRedeemUrl: 'https://x', invitedUser: { id: GUEST_ID, userPrincipalName: 'upn' }, ...more } });
const kindOf = (batch: BatchAnswer): string => classify(plan(), batch).kind;

describe('an invitation', () => {
  test('is done when its own answer says so for its own guest', () => {
    expect(classify(plan(), answered(['2', error(500)], ['1', created()]))).toEqual({ kind: 'done', requestId: 'r', invitation: { id: 'i', inviteRedeemUrl: 'https://x', userPrincipalName: 'upn' } });
  });
  test('that was made for another user is no success', () => {
    expect(classify(plan(), answered(['1', created({ invitedUser: { id: 'other' } })]))).toMatchObject({ kind: 'failed', verdict: { code: 'wrongGuest' } });
  });
  test('with the status Error failed', () => {
    expect(classify(plan(), answered(['1', created({ status: 'Error' })]))).toMatchObject({ kind: 'failed', verdict: { code: 'invitationError', retryable: true } });
  });
  test.each([500, 502, 503, 504, 408])('answered %i is in doubt', (status) => { expect(kindOf(answered(['1', error(status)]))).toBe('inDoubt'); });
  test('that is missing from the answer, or answered without a user, is in doubt', () => {
    expect(kindOf(answered(['2', created()]))).toBe('inDoubt');
    expect(kindOf(answered(['1', created({ invitedUser: undefined })]))).toBe('inDoubt');
  });
  test('answered 429 waits as long as asked, fractions included', () => {
    expect(classify(plan(), answered(['1', { ...error(429), retryAfterSeconds: 2.5 }]))).toEqual({ kind: 'throttled', waitSeconds: 2.5 });
    expect(classify(plan(), answered(['1', error(429)]))).toEqual({ kind: 'throttled', waitSeconds: 10 });
  });
  test('in a batch that was refused before work is certainly not done; in another it is in doubt', () => {
    for (const status of [400, 401, 413]) expect(kindOf({ kind: 'refused', answer: error(status) })).toBe('notDone');
    expect(kindOf({ kind: 'refused', answer: error(429) })).toBe('throttled');
    for (const status of [500, 502, 503, 504, 404, 302]) expect(kindOf({ kind: 'refused', answer: error(status) })).toBe('inDoubt');
  });
  test('whose request was never written is not done; without a token nobody\'s is', () => {
    expect(kindOf({ kind: 'notSent', message: 'x', tokenMissing: false })).toBe('notDone');
    expect(kindOf({ kind: 'notSent', message: 'x', tokenMissing: true })).toBe('tenant');
    expect(kindOf({ kind: 'noAnswer', message: 'x' })).toBe('inDoubt');
  });
});

test('adding an email is never in doubt, and what stopped it is the outcome', () => {
  expect(classifyEmail(plan(), answered(['1', { status: 204, body: undefined }]))).toBeUndefined();
  expect(classifyEmail(plan(), answered(['1', error(503)]))).toMatchObject({ kind: 'notDone' });
  expect(classifyEmail(plan(), answered())).toMatchObject({ kind: 'notDone' });
  expect(classifyEmail(plan(), { kind: 'noAnswer', message: 'x' })).toMatchObject({ kind: 'notDone' });
  expect(classifyEmail(plan(), answered(['1', error(404)]))).toMatchObject({ kind: 'failed', verdict: { code: 'guestNotFound' } });
});

test('a token refused twice in a row concerns the whole tenant', () => {
  const once = classify(plan(), { kind: 'refused', answer: error(401) });
  expect(escalate(once, undefined).kind).toBe('notDone');
  expect(escalate(once, { code: 'tokenRejected', message: '', retryable: true }).kind).toBe('tenant');
});

test.each([
  [400, 'The email you’re using to invite this user doesn’t match any emails on the user object. Please add this email to the user object and try again.', 'emailNotOnUser', 'guest'],
  [403, 'Generic authorization exception.', 'notAuthorized', 'guest'],
  [403, 'Guest invitations not allowed for your company. Contact your company administrator for more details.', 'invitationsNotAllowed', 'tenant'],
  [403, 'Invitations are blocked for this directory due to suspicious activity. Please contact Microsoft support for help.', 'tenantBlocked', 'tenant'],
  [403, 'This invitation is blocked by cross-tenant access settings. Admins in both your organization must allow it.', 'blockedByCrossTenantAccess', 'guest'],
  [403, 'The Microsoft B2B Cross Cloud Worker application has been disabled in the invited user’s tenant.', 'crossCloudDisabled', 'guest'],
  [401, 'Access token has expired.', 'tokenRejected', 'retry'],
  [404, 'Resource not found.', 'guestNotFound', 'guest'],
  [429, '', 'throttled', 'throttled'],
  [503, '', 'graphFailed', 'inDoubt'],
  [418, 'I am a teapot.', 'unexpectedAnswer', 'guest'],
])('%i "%s" means %s', (status, message, code, errorClass) => {
  expect(meaningOf(error(status, message))).toMatchObject({ code, class: errorClass });
});

test('every row of the error table says what to do next', () => {
  for (const row of GRAPH_ERRORS) expect(row.nextStep?.length, row.code).toBeGreaterThan(10);
});
