/** What became of each guest, in all jobs together, against the directory and the outbox. */
import { CLOCK_TOLERANCE_MS, CLOCKS_APART_MS } from '../../shared/domain/clocks.ts';
import type { ChaosReset } from './api-user.ts';
import type { Evidence, JobRecord, Violation } from './evidence.ts';

/** A reset with the job that it is of. */
interface OwnReset {
  readonly reset: ChaosReset;
  readonly record: JobRecord;
}

export function* guestViolations({ before, after, mails, jobs }: Evidence): Generator<Violation> {
  const later = new Map(after.map((user) => [user.id, user]));
  const real = jobs.filter(({ asked }) => asked?.dryRun !== true);
  const resetsOf = groupBy(
    real.flatMap((record) => record.resets.map((reset): OwnReset => ({ reset, record }))),
    ({ reset }) => reset.guestId ?? '',
  );
  const mailsOf = groupBy(mails, ({ userId }) => userId);
  for (const was of before) {
    const rows = resetsOf.get(was.id) ?? [];
    const own = rows.map(({ reset }) => reset);
    const got = mailsOf.get(was.id)?.length ?? 0;
    const now = later.get(was.id);
    const succeeded = own.filter(({ status }) => status === 'succeeded');
    const told = succeeded.filter(({ mail }) => mail === 'microsoft').length;
    const unknown = own.filter(({ status }) => status === 'unknown').length;
    const happened = (now?.resets ?? 0) - was.resets;
    const about = { guestId: was.id };
    const wanted = 1 + repeatsAskedFor(rows);
    if (unknown === 0 && got > wanted)
      yield { invariant: 'oneMail', text: `${got} mails; ${wanted} asked for`, ...about };
    if (got < told || got > told + unknown)
      yield {
        invariant: 'truth',
        text: `${got} mails; ${told} results say so, ${unknown} are unknown`,
        ...about,
      };
    if (happened < succeeded.length)
      yield { invariant: 'truth', text: `reset ${happened} times; ${succeeded.length} results say so`, ...about };
    if (happened > 0 && succeeded.length + unknown === 0)
      yield { invariant: 'truth', text: `reset ${happened} times, and no result says so`, ...about };
    const others = own.filter(({ status }) => status === 'succeeded' || status === 'unknown').length;
    if (others === 0 && own.some(({ status, code }) => status === 'skipped' && code !== 'otherDomain'))
      yield { invariant: 'truth', text: 'skipped, and no other reset of the guest succeeded or is unknown', ...about };
    const kept = new Set([now?.mail, ...(now?.otherMails ?? [])].map((address) => address?.toLowerCase()));
    const lost = [was.mail, ...was.otherMails].filter(
      (address) => address !== null && !kept.has(address.toLowerCase()),
    );
    if (lost.length > 0) yield { invariant: 'addressesKept', text: `${lost.length} addresses are gone`, ...about };
  }
}

/** As much as a host's clock may be wrong, since it is set by a service that tells whole seconds. */
export const CLOCKS_MS = CLOCK_TOLERANCE_MS;
const HOUR_MS = 3_600_000;
/** Where a job says nothing (docs/submitting.md). */
const SKIP_WITHIN_HOURS = 24;

/**
 * Successes with mail that a job has asked for in spite of an earlier one: it came in after that, and
 * `skipIfResetWithinHours` had passed.
 */
function repeatsAskedFor(rows: readonly OwnReset[]): number {
  const mailed = rows
    .flatMap(({ reset, record: { job, asked } }) =>
      reset.status !== 'succeeded' || reset.mail !== 'microsoft'
        ? []
        : [
            {
              createdAt: Date.parse(job.createdAt ?? ''),
              endedAt: Date.parse(reset.endedAt ?? ''),
              skipMs: (asked?.skipIfResetWithinHours ?? SKIP_WITHIN_HOURS) * HOUR_MS,
            },
          ],
    )
    .toSorted((one, other) => one.endedAt - other.endedAt);
  return mailed.filter(({ createdAt, endedAt, skipMs }, index) => {
    const earlier = mailed[index - 1];
    return (
      earlier !== undefined &&
      createdAt > earlier.endedAt + CLOCKS_APART_MS &&
      endedAt + CLOCKS_MS >= earlier.endedAt + skipMs
    );
  }).length;
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}
