/** One job as every part of the document shows it. A test holds the examples against their schemas. */

const API = 'https://resets.example/api';
const ID = '7ybr1z9vj7e0mzpqmbtznnz118';
const GUEST_ID = '6f3cba15-0d1e-4b4f-93a0-7d0d36e6f0a1';
const JOB_URL = `${API}/jobs/${ID}`;

const RESET = {
  row: 1,
  reference: 'HR-1001',
  user: 'anna.berg@fabrikam.example',
  guestId: GUEST_ID,
  status: 'succeeded',
  code: 'reset',
  message: 'The guest must redeem again; Microsoft was asked to send the invitation by mail.',
  attempts: 1,
  startedAt: '2030-01-31T08:00:01.000Z',
  endedAt: '2030-01-31T08:00:02.000Z',
  mail: 'microsoft',
  mailTo: 'anna.berg@fabrikam.example',
};

const SUBMITTER = { id: '33333333-3333-4333-8333-333333333333', name: 'ada@contoso.example' };

const NO_COUNTS = { pending: 0, sending: 0, succeeded: 0, failed: 0, skipped: 0, unknown: 0, canceled: 0 };

const QUEUED = {
  id: ID,
  status: 'queued',
  lane: 'priority',
  reason: 'fabrikam moved',
  options: {
    skipIfResetWithinHours: 24,
    onlyIf: 'any',
    verify: true,
    sendInvitationMessage: true,
    addEmailTo: 'mail',
    inviteRedirectUrl: 'https://apps.contoso.example',
    hasCustomizedMessageBody: false,
    hasCcRecipient: false,
  },
  total: 1,
  done: 0,
  counts: { ...NO_COUNTS, pending: 1 },
  summary: { mailed: 0, emailsAdded: 0 },
  byCode: {},
  byWarning: {},
  createdAt: '2030-01-31T08:00:00.000Z',
  submittedBy: SUBMITTER,
  actions: [{ at: '2030-01-31T08:00:00.000Z', action: 'submitted', by: SUBMITTER, reason: 'fabrikam moved' }],
  links: {
    self: JOB_URL,
    completion: `${JOB_URL}/completion`,
    resets: `${JOB_URL}/resets`,
    csv: `${JOB_URL}/resets?format=csv`,
  },
};

const ENDED = {
  ...QUEUED,
  status: 'completed',
  done: 1,
  counts: { ...NO_COUNTS, succeeded: 1 },
  summary: { mailed: 1, emailsAdded: 0 },
  byCode: { reset: 1 },
  startedAt: RESET.startedAt,
  endedAt: RESET.endedAt,
};

/** Of the schema of that name. */
export const ANSWER_EXAMPLES = {
  Job: ENDED,
  JobPage: { value: [ENDED], nextLink: `${API}/jobs?continuationToken=ajEuN3licjF6OXZqNw` },
  JobRate: {
    from: RESET.startedAt,
    to: RESET.endedAt,
    intervalSeconds: 5,
    limitPerSecond: 19.55,
    points: [{ at: '2030-01-31T08:00:00.000Z', ended: 1, sent: 1 }],
  },
  ResetPage: { value: [RESET] },
  HistoryPage: {
    value: [{ jobId: ID, triedAt: RESET.startedAt, submittedBy: SUBMITTER, reason: 'fabrikam moved', ...RESET }],
  },
  AuditPage: {
    value: [
      {
        of: 'job',
        jobId: ID,
        at: '2030-02-01T08:00:00.000Z',
        action: 'deleted',
        by: SUBMITTER,
        total: 1,
        counts: { ...NO_COUNTS, succeeded: 1 },
      },
    ],
  },
  Guest: {
    id: GUEST_ID,
    userPrincipalName: 'anna.berg_fabrikam.example#EXT#@contoso.example',
    mail: 'anna.berg@fabrikam.example',
    otherMails: [],
    displayName: 'Anna Berg',
    userType: 'Guest',
    externalUserState: 'Accepted',
    externalUserStateChangeDateTime: '2029-05-04T09:00:00.000Z',
    accountEnabled: true,
    createdDateTime: '2029-05-02T09:00:00.000Z',
    readAt: '2030-01-31T08:00:00.000Z',
    resettable: true,
  },
  Erasure: {
    status: 'erased',
    erased: { resets: 2, jobs: 1, texts: 0, rows: 3 },
    kept: ['How many resets of each job ended how, without whose they were.'],
    lost: ['When the guest was last reset.'],
  },
  Gate: {
    status: 'paused',
    scope: 'tenant',
    code: 'pausedByHand',
    message: 'Everything is paused, for the whole tenant, by ada@contoso.example: maintenance.',
    nextStep: 'POST /api/resume (role Manage) goes on.',
    since: '2030-01-31T08:00:00.000Z',
    resuming: false,
  },
  Root: {
    name: 'guest-reset',
    version: '1',
    links: {
      openapi: '/api/openapi.json',
      openapiV2: '/api/openapi-v2.json',
      health: '/api/health',
      diagnostics: '/api/diagnostics',
      problems: '/api/problems',
      jobs: '/api/jobs',
      tenant: '/api/tenant',
      me: '/api/me',
    },
  },
  Me: { ...SUBMITTER, roles: ['Submit', 'Read'] },
  Tenant: {
    status: 'running',
    pace: {
      perSecond: 0,
      limitPerSecond: 19.55,
      throttledUntil: '2030-01-31T08:00:30.000Z',
      fullRateAt: '2030-01-31T08:10:30.000Z',
      lastWait: { from: '2030-01-31T08:00:00.000Z', until: '2030-01-31T08:00:30.000Z' },
      note: 'Graph throttles: nothing is sent until 2030-01-31T08:00:30.000Z, and then at 70 % of the usual rate.',
    },
  },
  ConsoleConfig: {
    signIn: 'entra',
    maxResetsPerJob: 200_000,
    maxBodyBytes: 99_614_720,
    clientId: '44444444-4444-4444-8444-444444444444',
    authority: 'https://login.microsoftonline.com/11111111-1111-4111-8111-111111111111',
    scope: 'api://44444444-4444-4444-8444-444444444444/access_as_user',
  },
  Health: { status: 'healthy' },
  Diagnostics: {
    status: 'healthy',
    checkedAt: '2030-01-31T08:00:00.000Z',
    checks: [{ name: 'tables', ok: true, milliseconds: 3 }],
  },
} as const;

export const QUEUED_EXAMPLE = { ...QUEUED, resets: [{ row: 1, user: RESET.user, status: 'pending', attempts: 0 }] };
export const ENDED_EXAMPLE = { ...ENDED, resets: [RESET] };

/** Bodies of a submission, by kind. */
export const SUBMISSION_EXAMPLES = {
  json: {
    sendInvitationMessage: true,
    reason: 'fabrikam moved',
    resets: [
      { user: 'anna.berg@fabrikam.example', reference: 'HR-1001' },
      { invitedUser: { id: GUEST_ID }, invitedUserEmailAddress: 'anna.berg@adatum.example' },
    ],
  },
  ndjson: '{"user":"anna.berg@fabrikam.example","sendInvitationMessage":true}\n',
  csv: 'user,sendInvitationMessage,reference\nanna.berg@fabrikam.example,true,HR-1001\n',
} as const;

export const RESET_BODY_EXAMPLE = { sendInvitationMessage: true, reference: 'HR-1001' } as const;

export const RETRY_BODY_EXAMPLE = { status: ['failed', 'unknown'], dryRun: true } as const;

/** Files of results, by kind. */
export const RESULT_EXAMPLES = {
  csv: `user,result.status,result.code\n${RESET.user},succeeded,reset\n`,
  ndjson: `${JSON.stringify(RESET)}\n`,
} as const;

export const BAD_ROWS_EXAMPLE =
  'user,problem\nanna.berg,"user must be an object id, a UPN with #EXT#, or a mail address."\n';
