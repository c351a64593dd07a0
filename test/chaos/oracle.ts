/** What must hold at the end of a run. The simulated tenant's own outbox and directory are asked, not the service's word alone. */
import type { DirectoryUser } from '../../local/graph/directory.ts';
import type { Mail } from '../../local/graph/state.ts';
import { isTerminal, RESET_STATUSES, type ResetStatus } from '../../shared/domain/reset.ts';
import type { JobAnswer } from '../e2e/jobs.ts';
import type { ChaosReset } from './api-user.ts';

export const INVARIANTS = {
  everyoneEnds: 'every reset of a committed job reaches a terminal status, and its job ends',
  oneMail: 'no guest gets a second mail, unless a result says "unknown"',
  truth: 'what the results say happened is what the directory and the outbox show',
  externalOnly: 'no invitation was ever sent for a user who is not external',
  counters: 'the counters of a job are the sums of its rows',
  forwardOnly: 'progress never goes back, and what has ended stays as it is',
  oneJobPerKey: 'one key is one job',
  addressesKept: 'no guest loses an address',
  budgets: 'no budget of the tenant was exceeded in any window',
  answers: 'what was accepted is there, and every request is answered in the end',
  quietLogs: 'no address, token or redeem URL is in a log line',
} as const;
export type Invariant = keyof typeof INVARIANTS;

export interface Violation {
  readonly invariant: Invariant;
  readonly text: string;
  /** Whose story explains it. */
  readonly guestId?: string;
}

export interface JobRecord {
  readonly id: string;
  readonly job: JobAnswer;
  readonly resets: readonly ChaosReset[];
}

export interface Evidence {
  readonly before: readonly DirectoryUser[];
  readonly after: readonly DirectoryUser[];
  readonly mails: readonly Mail[];
  readonly stats: { readonly internalConversions: number; readonly budgets: unknown };
  readonly jobs: readonly JobRecord[];
  readonly hostLog: string;
}

export function judge(evidence: Evidence): Violation[] {
  return [...jobViolations(evidence), ...guestViolations(evidence), ...rowViolations(evidence), ...tenantViolations(evidence), ...logViolations(evidence)];
}

function* jobViolations({ jobs }: Evidence): Generator<Violation> {
  for (const { id, job, resets } of jobs) {
    const open = resets.filter(({ status }) => !isTerminal(status as ResetStatus));
    if (open.length > 0 || job.endedAt === undefined) yield { invariant: 'everyoneEnds', text: `job ${id} is ${job.status}; open rows: ${open.slice(0, 5).map(({ row, status }) => `${row} ${status}`).join(', ') || 'none'} (${open.length})`, ...whose(open[0]) };
    if (resets.length !== job.total) yield { invariant: 'everyoneEnds', text: `job ${id} has ${resets.length} rows of ${job.total}` };
    const sums = new Map<string, number>();
    for (const { status } of resets) sums.set(status, (sums.get(status) ?? 0) + 1);
    const differs = RESET_STATUSES.filter((status) => (sums.get(status) ?? 0) !== job.counts[status]);
    if (differs.length > 0) yield { invariant: 'counters', text: `job ${id} counts ${JSON.stringify(job.counts)}, its rows ${JSON.stringify(Object.fromEntries(sums))}` };
  }
}

const whose = (reset: ChaosReset | undefined): { readonly guestId?: string } => (reset?.guestId === undefined ? {} : { guestId: reset.guestId });

function* guestViolations({ before, after, mails, jobs }: Evidence): Generator<Violation> {
  const later = new Map(after.map((user) => [user.id, user]));
  const resetsOf = groupBy(jobs.flatMap(({ resets }) => resets), ({ guestId }) => guestId ?? '');
  const mailsOf = groupBy(mails, ({ userId }) => userId);
  for (const was of before) {
    const own = resetsOf.get(was.id) ?? [];
    const got = mailsOf.get(was.id)?.length ?? 0;
    const now = later.get(was.id);
    const succeeded = own.filter(({ status }) => status === 'succeeded');
    const told = succeeded.filter(({ mail }) => mail === 'microsoft').length;
    const unknown = own.filter(({ status }) => status === 'unknown').length;
    const happened = (now?.resets ?? 0) - was.resets;
    const about = { guestId: was.id };
    if (unknown === 0 && got > 1) yield { invariant: 'oneMail', text: `${got} mails`, ...about };
    if (got < told || got > told + unknown) yield { invariant: 'truth', text: `${got} mails; ${told} results say so, ${unknown} are unknown`, ...about };
    if (happened < succeeded.length) yield { invariant: 'truth', text: `reset ${happened} times; ${succeeded.length} results say so`, ...about };
    if (happened > 0 && succeeded.length + unknown === 0) yield { invariant: 'truth', text: `reset ${happened} times, and no result says so`, ...about };
    const others = own.filter(({ status }) => status === 'succeeded' || status === 'unknown').length;
    if (others === 0 && own.some(({ status }) => status === 'skipped')) yield { invariant: 'truth', text: 'skipped, and no other reset of the guest succeeded or is unknown', ...about };
    const kept = new Set([now?.mail, ...(now?.otherMails ?? [])].map((address) => address?.toLowerCase()));
    const lost = [was.mail, ...was.otherMails].filter((address) => address !== null && !kept.has(address.toLowerCase()));
    if (lost.length > 0) yield { invariant: 'addressesKept', text: `${lost.length} addresses are gone`, ...about };
  }
}

/** Why a guest that is there may fail in these runs; nothing in them lasts as long as a reset is tried. */
const MAY_FAIL = new Set(['notExternal', 'guestAmbiguous', 'sameGuestTwice', 'addressTaken', 'emailNotOnUser', 'notAuthorized']);

function* rowViolations({ before, jobs }: Evidence): Generator<Violation> {
  const plain = new Map(before.filter(({ creationType, roles, mail }) => creationType === 'Invitation' && roles.length === 0 && mail !== null).map((user) => [user.id, user]));
  for (const { job, resets } of jobs) {
    for (const { row, status, code = '', guestId = '' } of resets) {
      if (status === 'failed' && plain.has(guestId) && !MAY_FAIL.has(code)) yield { invariant: 'everyoneEnds', text: `job ${job.id} row ${row} was given up: ${code}`, guestId };
      if (status === 'canceled' && job.canceled === undefined) yield { invariant: 'truth', text: `job ${job.id} row ${row} is canceled, and nobody canceled the job`, guestId };
    }
  }
}

function* tenantViolations({ stats }: Evidence): Generator<Violation> {
  if (stats.internalConversions > 0) yield { invariant: 'externalOnly', text: `${stats.internalConversions} internal users were converted` };
  for (const [name, budget] of Object.entries(stats.budgets as Record<string, { windowsOver?: number }>)) {
    if (budget.windowsOver !== 0) yield { invariant: 'budgets', text: `${name}: ${JSON.stringify(budget)}` };
  }
}

const TOKEN = /eyJ[\w-]{20,}|Bearer |\/redeem\/\?/;

function* logViolations({ before, hostLog }: Evidence): Generator<Violation> {
  const lines = hostLog.split('\n');
  const secret = lines.find((line) => TOKEN.test(line));
  if (secret !== undefined) yield { invariant: 'quietLogs', text: secret.slice(0, 300) };
  const addresses = new Set(before.flatMap(({ mail, otherMails }) => [mail, ...otherMails]).map((address) => address?.toLowerCase()));
  const telling = lines.find((line) => (line.toLowerCase().match(/[\w.+-]+@[\w.-]+/g) ?? []).some((word) => addresses.has(word) || word.endsWith('@newpartner.example')));
  if (telling !== undefined) yield { invariant: 'quietLogs', text: telling.slice(0, 300) };
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}
