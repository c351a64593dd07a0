/** The judge of chaos runs: it must be able to say no, for every invariant it names. */
import { expect, test } from 'vitest';
import type { DirectoryUser } from '../../local/graph/directory.ts';
import type { AskedOptions } from '../chaos/asked-options.ts';
import { INVARIANTS, type Evidence, type Invariant, type JobRecord } from '../chaos/evidence.ts';
import { judge } from '../chaos/oracle.ts';
import { stepsBack } from '../chaos/watch.ts';

const GUEST: DirectoryUser = {
  id: 'g',
  userPrincipalName: 'anna_partner.example#EXT#@own.example',
  displayName: 'Anna',
  userType: 'Guest',
  mail: 'anna@partner.example',
  otherMails: ['a@partner.example'],
  identities: [],
  creationType: 'Invitation',
  accountEnabled: true,
  externalUserState: 'Accepted',
  externalUserStateChangeDateTime: null,
  preferredLanguage: null,
  createdDateTime: '2026-01-01T00:00:00Z',
  account: 'elsewhere',
  roles: [],
  groups: [],
  resets: 0,
};
const MAIL = {
  userId: 'g',
  to: 'anna@partner.example',
  at: '2026-01-01T00:00:00Z',
  messageLanguage: 'en-US',
  customMessage: null,
  ccRecipient: null,
};
const COUNTS = { pending: 0, sending: 0, succeeded: 1, failed: 0, skipped: 0, unknown: 0, canceled: 0 };
const GOOD: Evidence = {
  before: [GUEST],
  after: [{ ...GUEST, resets: 1 }],
  mails: [MAIL],
  stats: { internalConversions: 0, budgets: { writes: { windowsOver: 0 } } },
  hostLog: 'all is well for anna',
  jobs: [
    {
      id: 'j',
      job: { id: 'j', status: 'completed', total: 1, counts: COUNTS, endedAt: '2026-01-01T00:01:00Z' },
      resets: [{ row: 1, user: 'g', guestId: 'g', status: 'succeeded', code: 'reset', mail: 'microsoft' }],
    },
  ],
};
const [JOB] = GOOD.jobs;
const [RESET] = JOB?.resets ?? [];
if (JOB === undefined || RESET === undefined) throw new Error('the good evidence has a job with a reset');
const withReset = (change: object, counts: object, job: object = {}): Evidence => ({
  ...GOOD,
  jobs: [
    {
      ...JOB,
      job: { ...JOB.job, counts: { ...COUNTS, succeeded: 0, ...counts }, ...job },
      resets: [{ ...RESET, ...change }],
    },
  ],
});
const named = (evidence: Evidence): Invariant[] => [...new Set(judge(evidence).map(({ invariant }) => invariant))];

test('a good run is good', () => {
  expect(judge(GOOD)).toEqual([]);
});

/** The guest is reset by one job, which asked for these options. */
const withAsked = (asked: AskedOptions, change: Partial<Evidence> = {}, record: Partial<JobRecord> = {}): Evidence => ({
  ...GOOD,
  ...change,
  jobs: [{ ...JOB, asked, ...record, job: { ...JOB.job, createdAt: '2025-12-31T23:59:00Z', ...record.job } }],
});
const at = (time: string): number => Date.parse(`2026-01-01T${time}Z`);
const mailedAt = (time: string): { readonly mails: readonly (typeof MAIL)[] } => ({
  mails: [{ ...MAIL, at: `2026-01-01T${time}Z` }],
});
const OTHER: DirectoryUser = {
  ...GUEST,
  id: 'h',
  userPrincipalName: 'bert_partner.example#EXT#@own.example',
  mail: 'bert@partner.example',
  otherMails: [],
};
/** Two guests, the second of them behind a canary of one. */
const canary = (mailAt: string, resumes: JobRecord['resumes'] = []): Evidence => {
  const resets = [
    { ...RESET, endedAt: '2026-01-01T00:00:01Z' },
    { ...RESET, row: 2, user: 'h', guestId: 'h' },
  ];
  const both = {
    before: [GUEST, OTHER],
    after: [GUEST, OTHER].map((guest) => ({ ...guest, resets: 1 })),
    mails: [MAIL, { ...MAIL, userId: 'h', at: `2026-01-01T${mailAt}Z` }],
  };
  return withAsked({ pauseAfter: 1 }, both, {
    resets,
    resumes,
    job: { ...JOB.job, total: 2, counts: { ...COUNTS, succeeded: 2 } },
  });
};
/** A first job, of which nothing came, and a second one that takes it up. */
const retried = (source: object, retry: object, sourceCounts: object, count = 1): Evidence => {
  const resets = Array.from({ length: count }, (_, index) => ({
    ...RESET,
    row: index + 1,
    status: 'canceled',
    mail: 'none' as const,
    ...source,
  }));
  const first: JobRecord = {
    id: 'i',
    job: { ...JOB.job, id: 'i', canceled: {}, total: count, counts: { ...COUNTS, succeeded: 0, ...sourceCounts } },
    resets,
  };
  return {
    ...GOOD,
    jobs: [first, { ...JOB, job: { ...JOB.job, retryOf: 'i' }, ...retry }],
    retries: [{ sourceId: 'i', id: 'j' }],
  };
};
const history = (entry: object | undefined): Evidence => ({
  ...GOOD,
  histories: new Map([
    ['g', entry === undefined ? [] : [{ jobId: 'j', row: 1, status: 'succeeded', code: 'reset', ...entry }]],
  ]),
});
const checked = (
  redemption: 'pending' | 'accepted' | undefined,
  counts: object,
  state: 'PendingAcceptance' | 'Accepted' = 'PendingAcceptance',
): Evidence => ({
  ...GOOD,
  after: [{ ...GUEST, resets: 1, externalUserState: state }],
  jobs: [
    {
      ...JOB,
      isChecked: true,
      resets: [{ ...RESET, ...(redemption !== undefined && { redemption }) }],
      job: {
        ...JOB.job,
        check: { status: 'completed', requestedAt: '', counts: { pending: 0, accepted: 0, unknown: 0, ...counts } },
      },
    },
  ],
});
/** Two jobs reset the guest with mail, the second of which came in a minute after the first had succeeded. */
const twice = (asked: AskedOptions, secondSubmittedAt = '00:02:00'): Evidence => ({
  ...GOOD,
  after: [{ ...GUEST, resets: 2 }],
  mails: [MAIL, { ...MAIL, at: '2026-01-01T00:02:10Z' }],
  jobs: [
    {
      ...JOB,
      resets: [{ ...RESET, endedAt: '2026-01-01T00:01:00Z' }],
      job: { ...JOB.job, createdAt: '2025-12-31T23:59:00Z' },
    },
    {
      id: 'k',
      asked,
      job: { ...JOB.job, id: 'k', createdAt: `2026-01-01T${secondSubmittedAt}Z` },
      resets: [{ ...RESET, endedAt: '2026-01-01T00:02:10Z' }],
    },
  ],
});
const WOULD = { ...RESET, code: 'wouldReset', mail: 'none' } as const;
const MOVING: AskedOptions = { changeEmailDomain: { from: 'partner.example', to: 'moved-1.newpartner.example' } };

test.each<[string, Evidence]>([
  [
    'a dry run that sent nothing',
    { ...withAsked({ dryRun: true }, { mails: [], after: [GUEST] }, { resets: [WOULD] }) },
  ],
  [
    'a guest behind the canary who is mailed after the resume',
    canary('00:05:00', [{ asked: at('00:04:00'), answered: at('00:04:01') }]),
  ],
  ['a mail in its time', withAsked({ notBefore: at('00:00:00'), notAfter: at('00:01:00') }, mailedAt('00:00:30'))],
  ['as many mails as a minute may have', withAsked({ maxPerMinute: 1 })],
  ['a second reset that a later job asked for', twice({ skipIfResetWithinHours: 0 })],
  [
    'a guest moved to the new domain',
    withAsked(MOVING, { mails: [{ ...MAIL, to: 'anna@moved-1.newpartner.example' }] }),
  ],
  [
    'a guest of another domain left out',
    {
      ...withReset({ status: 'skipped', code: 'otherDomain', mail: 'none' }, { skipped: 1 }),
      mails: [],
      after: [GUEST],
    },
  ],
  ['a retry of what was canceled', retried({}, {}, { canceled: 1 })],
  ['a deleted job that is gone', { ...GOOD, jobs: [{ ...JOB, gone: [404, 404] }] }],
  ['a history that is true', history({})],
  [
    'a history that tells what a deleted job has told',
    { ...history({ jobDeleted: true }), jobs: [{ ...JOB, gone: [404], addressesLeft: [] }] },
  ],
  ['a check that is true', checked('pending', { pending: 1 })],
])('%s is good', (_name, evidence) => {
  expect(judge(evidence)).toEqual([]);
});

const BAD: readonly [string, Invariant, Evidence][] = [
  ['a reset never ends', 'everyoneEnds', withReset({ status: 'pending' }, { pending: 1 })],
  [
    'a job never ends',
    'everyoneEnds',
    { ...GOOD, jobs: [{ ...JOB, job: { ...JOB.job, endedAt: undefined as never } }] },
  ],
  ['a row is missing', 'everyoneEnds', { ...GOOD, jobs: [{ ...JOB, job: { ...JOB.job, total: 2 } }] }],
  [
    'a guest that is there is given up',
    'everyoneEnds',
    withReset({ status: 'failed', code: 'guestNotFound' }, { failed: 1 }),
  ],
  ['a second mail', 'oneMail', { ...GOOD, mails: [MAIL, MAIL] }],
  ['a success without mail', 'truth', { ...GOOD, mails: [] }],
  ['a success without reset', 'truth', { ...GOOD, after: [GUEST] }],
  ['a failure that was mailed', 'truth', withReset({ status: 'failed', code: 'notAuthorized' }, { failed: 1 })],
  [
    'a failure that was reset without mail',
    'truth',
    { ...withReset({ status: 'failed', code: 'notAuthorized', mail: 'none' }, { failed: 1 }), mails: [] },
  ],
  [
    'a guest skipped for nobody',
    'truth',
    { ...withReset({ status: 'skipped' }, { skipped: 1 }), mails: [], after: [GUEST] },
  ],
  [
    'a cancel that nobody asked for',
    'truth',
    { ...withReset({ status: 'canceled' }, { canceled: 1 }), mails: [], after: [GUEST] },
  ],
  ['another guest reset than was named', 'truth', withReset({ user: 'other@partner.example' }, { succeeded: 1 })],
  ['an internal user converted', 'externalOnly', { ...GOOD, stats: { ...GOOD.stats, internalConversions: 1 } }],
  [
    'the founder reset, named by address',
    'externalOnly',
    {
      ...withReset({ user: 'anna@partner.example' }, { succeeded: 1 }),
      before: [{ ...GUEST, userType: 'Member', creationType: null, externalUserState: null }],
    },
  ],
  [
    'an external guest taken for internal',
    'everyoneEnds',
    {
      ...withReset({ status: 'failed', code: 'notExternal', mail: 'none' }, { failed: 1 }),
      mails: [],
      after: [GUEST],
    },
  ],
  ['counters that do not add up', 'counters', { ...GOOD, jobs: [{ ...JOB, job: { ...JOB.job, counts: {} } }] }],
  ['an address lost', 'addressesKept', { ...GOOD, after: [{ ...GUEST, resets: 1, otherMails: [] }] }],
  ['a budget exceeded', 'budgets', { ...GOOD, stats: { ...GOOD.stats, budgets: { writes: { windowsOver: 1 } } } }],
  ['a budget nobody counted', 'budgets', { ...GOOD, stats: { ...GOOD.stats, budgets: { writes: {} } } }],
  ['an address in the log', 'quietLogs', { ...GOOD, hostLog: 'sent to ANNA@partner.example' }],
  ['a text that the log has left out', 'quietLogs', { ...GOOD, hostLog: '{"event":"sending","to":"(left out)"}' }],
  ['a redeem URL in the log', 'quietLogs', { ...GOOD, hostLog: 'https://invitations.example/redeem/?tenant=x' }],
  ['a mail of a dry run', 'dryRun', withAsked({ dryRun: true }, { after: [GUEST] }, { resets: [WOULD] })],
  ['a reset without mail of a dry run', 'dryRun', withAsked({ dryRun: true }, { mails: [] }, { resets: [WOULD] })],
  ['a result of a dry run that tells of a mail', 'dryRun', withAsked({ dryRun: true }, { mails: [], after: [GUEST] })],
  ['a guest behind the canary, and nobody resumed', 'canary', canary('00:05:00')],
  [
    'a guest behind the canary, before the resume',
    'canary',
    canary('00:03:00', [{ asked: at('00:04:00'), answered: at('00:04:01') }]),
  ],
  [
    'a guest behind the canary, after a resume that came before its end',
    'canary',
    canary('00:05:00', [{ asked: at('00:00:00') - 20_000, answered: at('00:00:00') - 19_000 }]),
  ],
  ['a mail before notBefore', 'times', withAsked({ notBefore: at('00:01:00') }, mailedAt('00:00:50'))],
  ['a mail after notAfter', 'times', withAsked({ notAfter: at('00:01:00') }, mailedAt('00:01:10'))],
  [
    'a mail too many in a minute',
    'maxPerMinute',
    withAsked({ maxPerMinute: 1 }, { mails: [MAIL, { ...MAIL, at: '2026-01-01T00:00:59Z' }] }),
  ],
  ['a second reset within the hours to skip', 'oneMail', twice({ skipIfResetWithinHours: 1 })],
  ['a second reset that overlaps', 'oneMail', twice({ skipIfResetWithinHours: 0 }, '00:00:30')],
  ['a mail to the old domain', 'newDomain', withAsked(MOVING)],
  [
    'a guest of the old domain left out',
    'newDomain',
    withAsked(
      MOVING,
      { mails: [], after: [GUEST] },
      { resets: [{ ...RESET, status: 'skipped', code: 'otherDomain', mail: 'none' }] },
    ),
  ],
  ['a retry that leaves somebody out', 'retry', retried({}, {}, { canceled: 2 }, 2)],
  ['a retry of somebody who succeeded', 'retry', retried({ status: 'succeeded' }, {}, { succeeded: 1 })],
  ['a retry that does not say of what', 'retry', retried({}, { job: JOB.job }, { canceled: 1 })],
  [
    'a retry refused although there is something to retry',
    'retry',
    { ...retried({}, {}, { canceled: 1 }), retries: [{ sourceId: 'i' }] },
  ],
  ['a deleted job that is still there', 'deleted', { ...GOOD, jobs: [{ ...JOB, gone: [404, 200] }] }],
  [
    'a deleted job with addresses',
    'deleted',
    { ...GOOD, jobs: [{ ...JOB, gone: [404], addressesLeft: ['chunks 0'] }] },
  ],
  ['a history that takes a deleted job for one', 'deleted', { ...history({}), jobs: [{ ...JOB, gone: [404] }] }],
  ['a history that takes a job for a deleted one', 'deleted', history({ jobDeleted: true })],
  ['a history that names no job', 'deleted', history({ jobId: 'x' })],
  [
    'a history that leaves a success of a deleted job out',
    'deleted',
    { ...history(undefined), jobs: [{ ...JOB, gone: [404] }] },
  ],
  ['a history that says something else', 'deleted', history({ status: 'failed' })],
  ['a history that leaves a success out', 'deleted', history(undefined)],
  ['a check that is wrong', 'checks', checked('accepted', { accepted: 1 })],
  ['a check that leaves somebody out', 'checks', checked(undefined, {})],
  ['a check that counts wrong', 'checks', checked('accepted', { accepted: 2 }, 'Accepted')],
];

test.each(BAD)('%s is seen', (_name, invariant, evidence) => {
  expect(named(evidence)).toContain(invariant);
});

test('the judge can say no to every invariant that it names', () => {
  const seen = new Set(BAD.map(([, invariant]) => invariant));
  // These three are seen while the run goes on (`watch.ts`, `run.ts`).
  expect(Object.keys(INVARIANTS).filter((name) => !seen.has(name as Invariant))).toEqual([
    'forwardOnly',
    'oneJobPerKey',
    'answers',
  ]);
});

test('an unknown result excuses one more mail, and only one', () => {
  const unknown = withReset({ status: 'unknown', mail: undefined }, { unknown: 1 });
  expect(judge(unknown)).toEqual([]);
  expect(named({ ...unknown, mails: [MAIL, MAIL] })).toEqual(['truth']);
});

test('progress that goes back is seen', () => {
  const { job } = JOB;
  expect(stepsBack(job, job)).toEqual([]);
  expect(stepsBack(job, { ...job, counts: { ...COUNTS, succeeded: 0 } })).toHaveLength(1);
  expect(stepsBack(job, { ...job, endedAt: undefined as never })).toHaveLength(1);
});
