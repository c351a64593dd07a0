/** What must hold of that which people do with ended jobs: retries, deletions, checks. */
import type { ChaosReset } from './api-user.ts';
import type { Evidence, JobRecord, Retry, Violation } from './evidence.ts';

const GONE = 404;

export function* afterwardViolations(evidence: Evidence): Generator<Violation> {
  for (const retry of evidence.retries ?? []) yield* retryViolations(evidence, retry);
  for (const record of evidence.jobs) yield* record.isChecked === true ? checkViolations(evidence, record) : [];
  yield* deletionViolations(evidence);
}

function* retryViolations({ jobs }: Evidence, { sourceId, statuses, id }: Retry): Generator<Violation> {
  const source = jobs.find((record) => record.id === sourceId);
  const retried = jobs.find((record) => record.id === id);
  const wanted = (source?.resets ?? []).filter(({ status, retryable }) =>
    statuses === undefined
      ? status === 'canceled' || (status === 'failed' && retryable === true)
      : statuses.includes(status),
  );
  const [those, taken] = [namesOf(wanted), namesOf(retried?.resets ?? [])];
  if (those !== taken)
    yield {
      invariant: 'retry',
      text:
        `job ${id} retries ${sourceId}: it has ${retried?.resets.length ?? 0} resets of the ${wanted.length} to ` +
        'retry, or others',
    };
  if (retried !== undefined && retried.job.retryOf !== sourceId)
    yield { invariant: 'retry', text: `job ${id} retries ${sourceId}, and says ${retried.job.retryOf}` };
}

/** As they were submitted, in order. */
const namesOf = (resets: readonly ChaosReset[]): string =>
  resets
    .toSorted((one, other) => one.row - other.row)
    .map(({ user }) => user)
    .join();

function* checkViolations({ after }: Evidence, { id, job, resets }: JobRecord): Generator<Violation> {
  const states = new Map(after.map((user) => [user.id, user.externalUserState]));
  const counts: Record<string, number> = {};
  for (const { row, status, redemption, guestId = '' } of resets) {
    if ((status !== 'succeeded' && status !== 'unknown') || guestId === '') continue;
    counts[redemption ?? 'none'] = (counts[redemption ?? 'none'] ?? 0) + 1;
    const state = states.get(guestId);
    const isTrue =
      redemption === 'pending'
        ? state === 'PendingAcceptance'
        : redemption === 'accepted'
          ? state === 'Accepted'
          : redemption === 'unknown' && state !== 'PendingAcceptance';
    if (!isTrue)
      yield {
        invariant: 'checks',
        text: `job ${id} row ${row}: the check says ${redemption}, the directory ${state}`,
        guestId,
      };
  }
  // A job that has reset nobody has no check.
  const told = job.check?.counts ?? (Object.keys(counts).length === 0 ? {} : { none: -1 });
  for (const [redemption, count] of Object.entries(told)) {
    if (count !== (counts[redemption] ?? 0))
      yield {
        invariant: 'checks',
        text: `job ${id}: its check counts ${count} ${redemption}, its rows ${counts[redemption] ?? 0}`,
      };
  }
}

function* deletionViolations({ jobs, histories = new Map() }: Evidence): Generator<Violation> {
  for (const { id, gone = [], addressesLeft = [] } of jobs) {
    if (gone.some((status) => status !== GONE))
      yield { invariant: 'deleted', text: `job ${id} was deleted, and is answered ${gone.join(', ')}` };
    if (addressesLeft.length > 0)
      yield { invariant: 'deleted', text: `job ${id} was deleted, and has addresses in ${addressesLeft.join(', ')}` };
  }
  const known = new Map(jobs.map((record) => [record.id, record]));
  for (const [guestId, history] of histories) {
    for (const { jobId, jobDeleted = false, row, status, code } of history) {
      const record = known.get(jobId);
      const reset = record?.resets.find((each) => each.row === row);
      if (reset === undefined)
        yield { invariant: 'deleted', text: `the history names job ${jobId} row ${row}, which is not there`, guestId };
      else if (jobDeleted !== (record?.gone !== undefined))
        yield { invariant: 'deleted', text: `the history says of job ${jobId} that deleted is ${jobDeleted}`, guestId };
      else if (reset.guestId !== guestId || reset.status !== status || reset.code !== code)
        yield {
          invariant: 'deleted',
          text:
            `the history says that job ${jobId} row ${row} is ${status} ${code}, the job ${reset.status} ` +
            `${reset.code}`,
          guestId,
        };
    }
    for (const { id, resets } of known.values()) {
      const untold = resets.find(
        (reset) =>
          reset.guestId === guestId &&
          reset.status === 'succeeded' &&
          reset.code !== 'wouldReset' &&
          !history.some(({ jobId, row }) => jobId === id && row === reset.row),
      );
      if (untold !== undefined)
        yield {
          invariant: 'deleted',
          text: `the history leaves out job ${id} row ${untold.row}, which succeeded`,
          guestId,
        };
    }
  }
}
