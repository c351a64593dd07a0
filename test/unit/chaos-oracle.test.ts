/** The judge of chaos runs: it must be able to say no, for every invariant it names. */
import { expect, test } from 'vitest';
import type { DirectoryUser } from '../../local/graph/directory.ts';
import { judge, type Evidence, type Invariant } from '../chaos/oracle.ts';
import { stepsBack } from '../chaos/watch.ts';

const GUEST: DirectoryUser = {
  id: 'g', userPrincipalName: 'anna_partner.example#EXT#@own.example', displayName: 'Anna', userType: 'Guest', mail: 'anna@partner.example', otherMails: ['a@partner.example'], identities: [],
  creationType: 'Invitation', accountEnabled: true, externalUserState: 'Accepted', externalUserStateChangeDateTime: null, preferredLanguage: null, createdDateTime: '2026-01-01T00:00:00Z', roles: [], groups: [], resets: 0,
};
const MAIL = { userId: 'g', to: 'anna@partner.example', at: '2026-01-01T00:00:00Z', messageLanguage: 'en-US', customMessage: null, ccRecipient: null };
const COUNTS = { pending: 0, sending: 0, succeeded: 1, failed: 0, skipped: 0, unknown: 0, canceled: 0 };
const GOOD: Evidence = {
  before: [GUEST], after: [{ ...GUEST, resets: 1 }], mails: [MAIL], stats: { internalConversions: 0, budgets: { writes: { windowsOver: 0 } } }, hostLog: 'all is well for anna',
  jobs: [{ id: 'j', job: { id: 'j', status: 'completed', total: 1, counts: COUNTS, endedAt: '2026-01-01T00:01:00Z' }, resets: [{ row: 1, user: 'g', guestId: 'g', status: 'succeeded', code: 'reset', mail: 'microsoft' }] }],
};
const [JOB] = GOOD.jobs;
const [RESET] = JOB?.resets ?? [];
if (JOB === undefined || RESET === undefined) throw new Error('the good evidence has a job with a reset');
const withReset = (change: object, counts: object, job: object = {}): Evidence => ({ ...GOOD, jobs: [{ ...JOB, job: { ...JOB.job, counts: { ...COUNTS, succeeded: 0, ...counts }, ...job }, resets: [{ ...RESET, ...change }] }] });
const named = (evidence: Evidence): Invariant[] => [...new Set(judge(evidence).map(({ invariant }) => invariant))];

test('a good run is good', () => { expect(judge(GOOD)).toEqual([]); });

test.each<[string, Invariant, Evidence]>([
  ['a reset never ends', 'everyoneEnds', withReset({ status: 'pending' }, { pending: 1 })],
  ['a job never ends', 'everyoneEnds', { ...GOOD, jobs: [{ ...JOB, job: { ...JOB.job, endedAt: undefined as never } }] }],
  ['a row is missing', 'everyoneEnds', { ...GOOD, jobs: [{ ...JOB, job: { ...JOB.job, total: 2 } }] }],
  ['a guest that is there is given up', 'everyoneEnds', withReset({ status: 'failed', code: 'guestNotFound' }, { failed: 1 })],
  ['a second mail', 'oneMail', { ...GOOD, mails: [MAIL, MAIL] }],
  ['a success without mail', 'truth', { ...GOOD, mails: [] }],
  ['a success without reset', 'truth', { ...GOOD, after: [GUEST] }],
  ['a failure that was mailed', 'truth', withReset({ status: 'failed', code: 'notAuthorized' }, { failed: 1 })],
  ['a guest skipped for nobody', 'truth', { ...withReset({ status: 'skipped' }, { skipped: 1 }), mails: [], after: [GUEST] }],
  ['a cancel that nobody asked for', 'truth', { ...withReset({ status: 'canceled' }, { canceled: 1 }), mails: [], after: [GUEST] }],
  ['an internal user converted', 'externalOnly', { ...GOOD, stats: { ...GOOD.stats, internalConversions: 1 } }],
  ['counters that do not add up', 'counters', { ...GOOD, jobs: [{ ...JOB, job: { ...JOB.job, counts: {} } }] }],
  ['an address lost', 'addressesKept', { ...GOOD, after: [{ ...GUEST, resets: 1, otherMails: [] }] }],
  ['a budget exceeded', 'budgets', { ...GOOD, stats: { ...GOOD.stats, budgets: { writes: { windowsOver: 1 } } } }],
  ['a budget nobody counted', 'budgets', { ...GOOD, stats: { ...GOOD.stats, budgets: { writes: {} } } }],
  ['an address in the log', 'quietLogs', { ...GOOD, hostLog: 'sent to ANNA@partner.example' }],
  ['a redeem URL in the log', 'quietLogs', { ...GOOD, hostLog: 'https://invitations.example/redeem/?tenant=x' }],
])('%s is seen', (_name, invariant, evidence) => { expect(named(evidence)).toContain(invariant); });

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
