/**
 * Every kind of answer that Graph gives, and what is expected of the service: the source of the table in docs/graph.md.
 */
import type { SpecialCategory } from '../../local/graph/special-users.ts';
import type { Service } from './service-fixture.ts';

export interface GraphAnswerCase {
  /** What Graph answers, as the table says it. */
  readonly answer: string;
  /** Orders faults, and makes the tenant what it must be. The first guest is the one submitted. */
  readonly arrange: (service: Service, guestId: string) => Promise<void>;
  /** What is submitted beside the guest's id. */
  readonly entry?: object;
  readonly options?: object;
  /** State of the guest before; default `Accepted`. */
  readonly state?: 'Accepted' | 'PendingAcceptance';
  readonly guest?: SpecialCategory;
  readonly expected: Expected;
}

export interface Expected {
  readonly status: string;
  readonly code: string;
  /** Requests to `/invitations` that arrived. */
  readonly sent: number;
  /** Mails that the guest got. */
  readonly mails: number;
  /** What else is stopped. */
  readonly stops?: 'job' | 'tenant';
  readonly verification?: string;
}

const fault =
  (more: object) =>
  async (service: Service): Promise<void> => {
    const { status, body } = await service.graph.sim('POST', '/faults', { kind: 'invite', ...more });
    if (status !== 201) throw new Error(`the fault was refused: ${JSON.stringify(body)}`);
  };
const order =
  (path: string, body: object) =>
  async (service: Service): Promise<void> => {
    await service.graph.sim('POST', path, body);
  };
const forbidden = (message: string, times = 1): object => ({ status: 403, code: 'Forbidden', message, times });

const MISMATCH = {
  status: 400,
  code: 'BadRequest',
  message:
    'The email you’re using to invite this user doesn’t match any emails on the user object. Please add this ' +
    'email to the user object and try again.',
};
const REFUSED = {
  status: 400,
  code: 'BadRequest',
  message: "Invalid value specified for property 'inviteRedirectUrl' of resource 'Invitation'.",
};
const GENERIC = 'Generic authorization exception.';
const CROSS_TENANT =
  'This invitation is blocked by cross-tenant access settings. Admins in both your organization and the invited ' +
  'user’s organization must configure cross-tenant access settings to allow the invitation.';
const CROSS_CLOUD = 'The Microsoft B2B Cross Cloud Worker application has been disabled in the invited user’s tenant.';
const NEW_ADDRESS = { invitedUserEmailAddress: 'new@adatum.example' };
const done = (sent = 1): Expected => ({ status: 'succeeded', code: 'reset', sent, mails: 1, verification: 'verified' });
const seen: Expected = {
  status: 'succeeded',
  code: 'resetSeenInDirectory',
  sent: 1,
  mails: 1,
  verification: 'verified',
};
const unknown: Expected = { status: 'unknown', code: 'outcomeUnknown', sent: 1, mails: 0 };
const failed = (code: string, sent = 1): Expected => ({ status: 'failed', code, sent, mails: 0 });

export const GRAPH_ANSWERS: readonly GraphAnswerCase[] = [
  { answer: '201', arrange: async () => undefined, expected: done() },
  {
    answer: "201 with the invitation's own status `Error`, and it had happened",
    arrange: fault({ status: 201, effect: 'done' }),
    expected: seen,
  },
  {
    answer: 'the same, and nothing had happened',
    arrange: fault({ status: 201 }),
    expected: failed('invitationError'),
  },
  {
    answer: 'the same, the guest was pending before',
    arrange: fault({ status: 201 }),
    state: 'PendingAcceptance',
    expected: unknown,
  },
  { answer: '201 that names another user than was asked for', arrange: fault({ act: 'otherUser' }), expected: seen },
  {
    answer: 'any status that is not in this table, such as 202, 302, 409 or 499, and it had happened',
    arrange: fault({ status: 409, effect: 'done' }),
    expected: seen,
  },
  {
    answer: 'the same, and nothing had happened',
    arrange: fault({ status: 409 }),
    expected: failed('unexpectedAnswer'),
  },
  {
    answer: 'the same for an invitation without mail, and it had happened',
    arrange: fault({ status: 409, effect: 'done' }),
    options: { sendInvitationMessage: false },
    expected: { ...seen, mails: 0 },
  },
  {
    answer: '201, and the guest is unchanged 15 minutes later',
    arrange: fault({ act: 'pretend' }),
    expected: { ...done(), mails: 0, verification: 'notSeen' },
  },
  {
    answer: '400 "… doesn’t match any emails on the user object", no address added by us',
    arrange: fault(MISMATCH),
    expected: failed('emailNotOnUser'),
  },
  {
    answer: 'the same right after we added the address: the directory lags',
    arrange: order('/lag', { minMs: 20_000, maxMs: 40_000 }),
    entry: NEW_ADDRESS,
    expected: done(5),
  },
  {
    answer: 'the same, 15 minutes long',
    arrange: fault({ ...MISMATCH, times: 100 }),
    entry: NEW_ADDRESS,
    expected: failed('emailNotOnUser', 9),
  },
  {
    answer: 'any other 400',
    arrange: fault(REFUSED),
    options: { sendInvitationMessage: true, messageLanguage: 'de-DE' },
    expected: failed('requestRefused'),
  },
  {
    answer: 'the same, where the language that the guest prefers was added',
    arrange: async (service, guestId) => {
      await order(`/users/${guestId}`, { preferredLanguage: 'de-DE' })(service);
      await fault(REFUSED)(service);
    },
    expected: done(2),
  },
  { answer: '401, once', arrange: fault({ status: 401 }), expected: done(2) },
  {
    answer: '401 again',
    arrange: fault({ status: 401, times: 100 }),
    expected: { status: 'pending', code: 'tokenRejected', sent: 2, mails: 0, stops: 'tenant' },
  },
  {
    answer: '403 "Generic authorization exception", or of a reason that is not in this table, for this guest only',
    arrange: fault(forbidden(GENERIC)),
    expected: failed('notAuthorized'),
  },
  {
    answer: 'the same, and the permission to see roles is missing',
    arrange: order('/permissions', { 'RoleManagement.Read.Directory': false }),
    guest: 'roleHolder',
    expected: failed('notAuthorized'),
  },
  {
    answer: '403 "… restricted management administrative unit"',
    arrange: async () => undefined,
    guest: 'restrictedGuest',
    expected: failed('restrictedAdministrativeUnit'),
  },
  {
    answer: 'adding the address: the same',
    arrange: async () => undefined,
    entry: NEW_ADDRESS,
    guest: 'restrictedGuest',
    expected: failed('restrictedAdministrativeUnit', 0),
  },
  {
    answer: '(the guest is seen to hold a directory role)',
    arrange: async () => undefined,
    guest: 'roleHolder',
    expected: failed('directoryRole', 0),
  },
  {
    answer: '(the user is not provably external)',
    arrange: async () => undefined,
    guest: 'internalGuest',
    expected: failed('notExternal', 0),
  },
  {
    answer: '403 "Guest invitations not allowed for your company"',
    arrange: order('/block', { reason: 'invitationsNotAllowed' }),
    expected: { status: 'pending', code: 'invitationsNotAllowed', sent: 1, mails: 0, stops: 'tenant' },
  },
  {
    answer: '403 "Invitations are blocked … due to suspicious activity"',
    arrange: order('/block', {}),
    expected: { status: 'pending', code: 'tenantBlocked', sent: 1, mails: 0, stops: 'tenant' },
  },
  {
    answer: '403 "… blocked by cross-tenant access settings"',
    arrange: fault(forbidden(CROSS_TENANT)),
    expected: failed('blockedByCrossTenantAccess'),
  },
  {
    answer: '403 "… B2B Cross Cloud Worker application has been disabled"',
    arrange: fault(forbidden(CROSS_CLOUD)),
    expected: failed('crossCloudDisabled'),
  },
  { answer: '404', arrange: fault({ status: 404 }), expected: failed('guestNotFound') },
  { answer: '429 with `Retry-After: 7.5`', arrange: fault({ status: 429, retryAfter: 7.5 }), expected: done(2) },
  {
    answer: '429 with `Retry-After: 1000000000`, which counts as an hour',
    arrange: fault({ status: 429, retryAfter: 1e9 }),
    expected: done(2),
  },
  {
    answer: '503 with `Retry-After: 1000000000`, and nothing had happened',
    arrange: fault({ status: 503, retryAfter: 1e9 }),
    expected: done(2),
  },
  {
    answer: '429 for the batch as a whole',
    arrange: fault({ kind: 'batch', status: 429, retryAfter: 2, times: 2 }),
    expected: done(),
  },
  { answer: '424', arrange: fault({ status: 424 }), expected: done(2) },
  ...[500, 502, 503, 504].map((status): GraphAnswerCase => ({
    answer: `${status}, and it had happened`,
    arrange: fault({ status, effect: 'done' }),
    expected: seen,
  })),
  { answer: '503, and nothing had happened', arrange: fault({ status: 503 }), expected: done(2) },
  {
    answer: '503, nothing had happened, the guest was pending before',
    arrange: fault({ status: 503 }),
    state: 'PendingAcceptance',
    expected: unknown,
  },
  {
    answer: '503 for an invitation without mail, and it had happened',
    arrange: fault({ status: 503, effect: 'done' }),
    options: { sendInvitationMessage: false },
    expected: { ...done(2), mails: 0 },
  },
  {
    answer: 'the connection is cut, and it had happened',
    arrange: fault({ act: 'drop', effect: 'done' }),
    expected: seen,
  },
  {
    answer: 'the batch is answered without this guest, and it had happened',
    arrange: fault({ act: 'omit', effect: 'done' }),
    expected: seen,
  },
  {
    answer: 'the batch is answered without this guest, and nothing had happened',
    arrange: fault({ act: 'omit' }),
    expected: done(2),
  },
  {
    answer: 'a lost answer, and the guest redeemed within the minute',
    arrange: async (service, guestId) => {
      await fault({ status: 504, effect: 'done' })(service);
      await service.step();
      await service.graph.sim('POST', '/redeem', { userId: guestId });
    },
    expected: seen,
  },
  {
    answer: 'adding the address: 403',
    arrange: order('/permissions', { 'User.ReadWrite.All': false, 'User.Read.All': true }),
    entry: NEW_ADDRESS,
    expected: failed('notAuthorized', 0),
  },
  {
    answer: 'adding the address: 400 "Another object with the same value for property proxyAddresses already exists"',
    arrange: order('/contacts', { address: NEW_ADDRESS.invitedUserEmailAddress }),
    entry: NEW_ADDRESS,
    expected: failed('proxyAddressConflict', 0),
  },
  {
    answer: 'adding the address: 503',
    arrange: fault({ kind: 'patchUser', status: 503 }),
    entry: NEW_ADDRESS,
    expected: done(),
  },
  {
    answer: 'adding the address: 202, or another success than 204',
    arrange: fault({ kind: 'patchUser', status: 202 }),
    entry: NEW_ADDRESS,
    expected: done(),
  },
  {
    answer: 'looking the guest up: an answer about another user, or with a status that is not in this table',
    arrange: async (service) => {
      await fault({ kind: 'getUser', act: 'otherUser', times: 2 })(service);
      await fault({ kind: 'getUser', status: 409 })(service);
    },
    expected: done(),
  },
  {
    answer: 'looking the guest up: 404',
    arrange: async (service, guestId) => {
      await service.graph.sim('POST', `/users/${guestId}`, { deleted: true });
    },
    expected: failed('guestNotFound', 0),
  },
  {
    answer: 'looking the guest up: without one of the properties asked for, three times',
    arrange: fault({ kind: 'getUser', without: ['identities'], times: 3 }),
    expected: done(),
  },
  {
    answer: 'the same, again and again',
    arrange: fault({ kind: 'getUser', without: ['identities'], times: 100 }),
    expected: failed('guestIncomplete', 0),
  },
  {
    answer: 'looking the guest up: 503, and cut connections',
    arrange: async (service) => {
      await fault({ kind: 'getUser', status: 503, times: 3 })(service);
      await fault({ kind: 'batch', act: 'drop', times: 2 })(service);
    },
    expected: done(),
  },
];
