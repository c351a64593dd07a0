/**
 * What must hold at the end of a run. The simulated tenant's own outbox and directory are asked, not the service's word
 * alone.
 */
import { isExternal, type DirectoryUser } from '../../local/graph/directory.ts';
import { isTerminal, RESET_STATUSES, type ResetStatus } from '../../shared/domain/reset/reset.ts';
import { afterwardViolations } from './afterward-oracle.ts';
import type { ChaosReset } from './api-user.ts';
import { NEW_DOMAIN } from './asked-options.ts';
import type { Evidence, Violation } from './evidence.ts';
import { guestViolations } from './guest-oracle.ts';
import { optionViolations } from './option-oracle.ts';

export function judge(evidence: Evidence): Violation[] {
  return [
    ...jobViolations(evidence),
    ...guestViolations(evidence),
    ...rowViolations(evidence),
    ...tenantViolations(evidence),
    ...logViolations(evidence),
    ...optionViolations(evidence),
    ...afterwardViolations(evidence),
  ];
}

function* jobViolations({ jobs }: Evidence): Generator<Violation> {
  for (const { id, job, resets } of jobs) {
    const open = resets.filter(({ status }) => !isTerminal(status as ResetStatus));
    if (open.length > 0 || job.endedAt === undefined)
      yield {
        invariant: 'everyoneEnds',
        text: `job ${id} is ${job.status}; open rows: ${
          open
            .slice(0, 5)
            .map(({ row, status }) => `${row} ${status}`)
            .join(', ') || 'none'
        } (${open.length})`,
        ...whose(open[0]),
      };
    if (resets.length !== job.total)
      yield { invariant: 'everyoneEnds', text: `job ${id} has ${resets.length} rows of ${job.total}` };
    const sums = new Map<string, number>();
    for (const { status } of resets) sums.set(status, (sums.get(status) ?? 0) + 1);
    const differs = RESET_STATUSES.filter((status) => (sums.get(status) ?? 0) !== job.counts[status]);
    if (differs.length > 0)
      yield {
        invariant: 'counters',
        text: `job ${id} counts ${JSON.stringify(job.counts)}, its rows ${JSON.stringify(Object.fromEntries(sums))}`,
      };
  }
}

const whose = (reset: ChaosReset | undefined): { readonly guestId?: string } =>
  reset?.guestId === undefined ? {} : { guestId: reset.guestId };

/** Why a guest that is there may fail in these runs; nothing in them lasts as long as a reset is tried. */
const MAY_FAIL = new Set([
  'perhapsFounder',
  'guestAmbiguous',
  'sameGuestTwice',
  'addressTaken',
  'proxyAddressConflict',
  'addressWantedTwice',
  'emailNotOnUser',
  'notAuthorized',
  'unexpectedAnswer',
  'invitationError',
]);

/** Whether a row that names somebody so may be about that user. Addresses only become more. */
export const isNamed = (user: string, { id, userPrincipalName, mail, otherMails }: DirectoryUser): boolean =>
  [id, userPrincipalName, mail, ...otherMails].some((name) => name?.toLowerCase() === user.toLowerCase());

function* rowViolations({ before, after, jobs }: Evidence): Generator<Violation> {
  const known = new Map(after.map((user) => [user.id, user]));
  const plain = new Map(
    before
      .filter((user) => isExternal(user) && user.roles.length === 0 && user.restricted !== true && user.mail !== null)
      .map((user) => [user.id, user]),
  );
  for (const { job, resets } of jobs) {
    for (const { row, user, status, code = '', guestId = '' } of resets) {
      const guest = known.get(guestId);
      if (guest !== undefined && !isNamed(user, guest))
        yield { invariant: 'truth', text: `job ${job.id} row ${row} names another user than it is about`, guestId };
      if (status === 'failed' && plain.has(guestId) && !MAY_FAIL.has(code))
        yield { invariant: 'everyoneEnds', text: `job ${job.id} row ${row} was given up: ${code}`, guestId };
      if (status === 'canceled' && job.canceled === undefined)
        yield {
          invariant: 'truth',
          text: `job ${job.id} row ${row} is canceled, and nobody canceled the job`,
          guestId,
        };
    }
  }
}

/** Graph shows nothing of theirs that whoever founded the tenant does not have: only an object id may name them. */
const mayBeFounder = (user: DirectoryUser): boolean =>
  isExternal(user) && user.userType === 'Member' && user.externalUserState === null;

function* tenantViolations({ before, after, jobs, stats }: Evidence): Generator<Violation> {
  const namedById = new Set(jobs.flatMap(({ resets }) => resets.map(({ user }) => user)));
  const resetsOf = new Map(after.map(({ id, resets }) => [id, resets]));
  for (const founder of before.filter(mayBeFounder))
    if ((resetsOf.get(founder.id) ?? 0) > founder.resets && !namedById.has(founder.id))
      yield {
        invariant: 'externalOnly',
        text: 'perhaps the founder, and no object id named them',
        guestId: founder.id,
      };
  if (stats.internalConversions > 0)
    yield { invariant: 'externalOnly', text: `${stats.internalConversions} internal users were converted` };
  for (const [name, budget] of Object.entries(stats.budgets as Record<string, { windowsOver?: number }>)) {
    if (budget.windowsOver !== 0) yield { invariant: 'budgets', text: `${name}: ${JSON.stringify(budget)}` };
  }
}

/** The last is what the log writes in place of a text: that somebody wanted to write one is the fault. */
const TOKEN = /eyJ[\w-]{20,}|Bearer |\/redeem\/\?|\(left out\)/;

function* logViolations({ before, hostLog }: Evidence): Generator<Violation> {
  const lines = hostLog.split('\n');
  const secret = lines.find((line) => TOKEN.test(line));
  if (secret !== undefined) yield { invariant: 'quietLogs', text: secret.slice(0, 300) };
  const addresses = new Set(
    before.flatMap(({ mail, otherMails }) => [mail, ...otherMails]).map((address) => address?.toLowerCase()),
  );
  const telling = lines.find((line) =>
    (line.toLowerCase().match(/[\w.+-]+@[\w.-]+/g) ?? []).some(
      (word) => addresses.has(word) || word.endsWith(NEW_DOMAIN),
    ),
  );
  if (telling !== undefined) yield { invariant: 'quietLogs', text: telling.slice(0, 300) };
}
