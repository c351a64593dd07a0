/**
 * What the options of a job promise, as the outbox shows it. A mail is taken for a job's where no other job that was
 * there by then names the guest.
 */
import type { DirectoryUser } from '../../local/graph/directory.ts';
import type { Mail } from '../../local/graph/state.ts';
import { domainOf } from '../../shared/domain/guest/email-domain.ts';
import { isTerminal, type ResetStatus } from '../../shared/domain/reset/reset.ts';
import type { ChaosReset } from './api-user.ts';
import { NEW_DOMAIN } from './asked-options.ts';
import type { Evidence, JobRecord, Violation } from './evidence.ts';
import { CLOCKS_MS } from './guest-oracle.ts';

/** What was sent in time may arrive later by as much (`shared/domain/pace/budget.ts`). */
const DELIVERY_MS = 1_000;
const MINUTE_MS = 60_000;

export interface OwnMail {
  readonly guestId: string;
  readonly to: string;
  readonly at: number;
  readonly row: number;
}

export function* optionViolations(evidence: Evidence): Generator<Violation> {
  const name = namesOf(evidence.before);
  const mails = mailsByJob(evidence, name);
  yield* dryRunViolations(evidence, name);
  for (const record of evidence.jobs) {
    const own = mails.get(record.id) ?? [];
    yield* canaryViolations(record, own);
    yield* timeViolations(record, own);
    yield* rateViolations(record, own);
    yield* domainViolations(evidence, record, own);
  }
}

type GuestName = (reset: ChaosReset) => string | undefined;

/** Rows that were never looked up have no object id. */
function namesOf(users: readonly DirectoryUser[]): GuestName {
  const ids = new Map(
    users.flatMap(({ id, userPrincipalName, mail }) =>
      [id, userPrincipalName, ...(mail === null ? [] : [mail])].map((name) => [name.toLowerCase(), id] as const),
    ),
  );
  return ({ guestId, user }) => guestId ?? ids.get(user.toLowerCase());
}

const isDry = ({ asked }: JobRecord): boolean => asked?.dryRun === true;

function mailsByJob({ jobs, mails }: Evidence, name: GuestName): Map<string, OwnMail[]> {
  const rows = new Map<string, { readonly record: JobRecord; readonly row: number }[]>();
  for (const record of jobs.filter((each) => !isDry(each))) {
    for (const reset of record.resets) {
      const guestId = name(reset) ?? '';
      rows.set(guestId, [...(rows.get(guestId) ?? []), { record, row: reset.row }]);
    }
  }
  const own = new Map<string, OwnMail[]>();
  for (const { userId: guestId, to, at: time } of mails) {
    const at = Date.parse(time);
    const [sole, ...others] = (rows.get(guestId) ?? []).filter(
      ({ record: { job } }) => Date.parse(job.createdAt ?? '') <= at + CLOCKS_MS,
    );
    if (sole === undefined || others.length > 0) continue;
    own.set(sole.record.id, [...(own.get(sole.record.id) ?? []), { guestId, to, at, row: sole.row }]);
  }
  return own;
}

function* dryRunViolations({ before, after, mails, jobs }: Evidence, name: GuestName): Generator<Violation> {
  const named = (records: readonly JobRecord[]): Set<string | undefined> =>
    new Set(records.flatMap(({ resets }) => resets.map(name)));
  const dry = named(jobs.filter(isDry));
  const real = named(jobs.filter((record) => !isDry(record)));
  const later = new Map(after.map((user) => [user.id, user]));
  const mailed = new Set(mails.map(({ userId }: Mail) => userId));
  for (const was of before) {
    if (!dry.has(was.id) || real.has(was.id)) continue;
    if (mailed.has(was.id) || later.get(was.id)?.resets !== was.resets)
      yield { invariant: 'dryRun', text: 'mailed or reset, and only a dry run names the guest', guestId: was.id };
  }
  for (const { id, resets } of jobs.filter(isDry)) {
    const sent = resets.find(({ mail, status }) => mail === 'microsoft' || status === 'unknown');
    if (sent !== undefined)
      yield {
        invariant: 'dryRun',
        text: `job ${id} is a dry run; row ${sent.row} is ${sent.status}, mail: ${sent.mail}`,
      };
  }
}

function* canaryViolations(
  { id, asked, job, resets, resumes = [] }: JobRecord,
  own: readonly OwnMail[],
): Generator<Violation> {
  const { pauseAfter } = asked ?? {};
  if (pauseAfter === undefined || pauseAfter >= job.total) return;
  const canary = resets.filter(({ row }) => row <= pauseAfter);
  const endedAt = canary.every(({ status }) => isTerminal(status as ResetStatus))
    ? Math.max(...canary.map((reset) => Date.parse(reset.endedAt ?? ''))) - CLOCKS_MS
    : Infinity;
  const resumed = resumes.filter(({ answered }) => answered >= endedAt).map(({ asked: at }) => at);
  const mayGoAt = Math.max(endedAt, Math.min(...resumed));
  for (const { row, at, guestId } of own) {
    if (row > pauseAfter && at < mayGoAt)
      yield {
        invariant: 'canary',
        text:
          `job ${id} row ${row} was mailed at ${time(at)}; its canary of ${pauseAfter} was over and resumed at ` +
          time(mayGoAt),
        guestId,
      };
  }
}

function* timeViolations(
  { id, asked: { notBefore = 0, notAfter = Infinity } = {} }: JobRecord,
  own: readonly OwnMail[],
): Generator<Violation> {
  for (const { at, guestId } of own) {
    if (at < notBefore - CLOCKS_MS)
      yield { invariant: 'times', text: `job ${id}: a mail at ${time(at)}, notBefore is ${time(notBefore)}`, guestId };
    if (at > notAfter + DELIVERY_MS + CLOCKS_MS)
      yield { invariant: 'times', text: `job ${id}: a mail at ${time(at)}, notAfter is ${time(notAfter)}`, guestId };
  }
}

function* rateViolations(
  { id, asked: { maxPerMinute = Infinity } = {} }: JobRecord,
  own: readonly OwnMail[],
): Generator<Violation> {
  const times = own.map(({ at }) => at).toSorted((one, other) => one - other);
  const first = times.findIndex((at, index) => (times[index + maxPerMinute] ?? Infinity) - at < MINUTE_MS);
  if (first < 0) return;
  const from = times[first] ?? 0;
  yield {
    invariant: 'maxPerMinute',
    text:
      `job ${id}: ${times.filter((at) => at >= from && at < from + MINUTE_MS).length} mails in the minute from ` +
      `${time(from)}, maxPerMinute is ${maxPerMinute}`,
  };
}

function* domainViolations(
  { after }: Evidence,
  { id, asked, resets }: JobRecord,
  own: readonly OwnMail[],
): Generator<Violation> {
  const { changeEmailDomain } = asked ?? {};
  if (changeEmailDomain === undefined) return;
  // A row may name an address itself; of a run all of those are of the new partner too.
  for (const { to, guestId } of own)
    if (!domainOf(to).endsWith(NEW_DOMAIN))
      yield { invariant: 'newDomain', text: `job ${id}: a mail went to ${domainOf(to)}`, guestId };
  const stillOfOld = new Set(
    after.flatMap(({ id: guestId, mail }) =>
      mail !== null && domainOf(mail) === changeEmailDomain.from ? [guestId] : [],
    ),
  );
  for (const { row, code, guestId = '' } of resets) {
    if (code === 'otherDomain' && stillOfOld.has(guestId))
      yield {
        invariant: 'newDomain',
        text: `job ${id} row ${row} was left out, and its guest is of ${changeEmailDomain.from}`,
        guestId,
      };
  }
}

const time = (milliseconds: number): string =>
  Number.isFinite(milliseconds) ? new Date(milliseconds).toISOString() : 'no time';
