/** Asks everybody at the end of a run: the service, and the simulated tenant. */
import type { DirectoryUser } from '../../local/graph/directory.ts';
import type { Mail } from '../../local/graph/state.ts';
import { connectTables } from '../../shared/adapters/tables/client.ts';
import { addressesLeft } from '../addresses-left.ts';
import { tablesConnection } from '../parts/service-fixture.ts';
import type { Ledger } from './afterwards.ts';
import type { ApiUser, PastReset } from './api-user.ts';
import type { Evidence, JobRecord } from './evidence.ts';
import type { World } from './world.ts';

/** Histories that are read, of each deleted job and of all others together. */
const HISTORIES = 8;
/** A step of a deletion whose message was lost is asked for again after a quarter of an hour; there may be several. */
const DELETED_WITHIN_MS = 2 * 3_600_000;
const LOOK_AGAIN_MS = 60_000;

/** @param checked jobs that were checked when nothing happened any more */
export async function collectEvidence(
  world: World,
  user: ApiUser,
  before: readonly DirectoryUser[],
  ledger: Ledger,
  checked: ReadonlySet<string>,
): Promise<Evidence> {
  const there = await Promise.all(
    [...ledger.jobs.values()].map(async ({ id, asked }): Promise<JobRecord> => ({
      id,
      asked,
      job: await user.job(id),
      resets: await user.resets(id),
      resumes: user.resumesOf(id),
      isChecked: checked.has(id),
    })),
  );
  const deleted = await Promise.all(
    ledger.deleted.map(async (record): Promise<JobRecord> => ({
      ...record,
      gone: await statusesOf(user, record.id),
      addressesLeft: await leftWithin(world, record.id),
    })),
  );
  return {
    before,
    jobs: [...there, ...deleted],
    retries: ledger.retries,
    histories: await historiesOf(user, there, deleted),
    hostLog: world.hostLog(),
    after: await world.sim<DirectoryUser[]>('GET', '/users'),
    mails: await world.sim<Mail[]>('GET', '/mails'),
    stats: await world.sim('GET', '/stats'),
  };
}

const statusesOf = (user: ApiUser, id: string): Promise<number[]> =>
  Promise.all(
    [`/jobs/${id}`, `/jobs/${id}/resets?format=ndjson`, `/jobs/${id}/completion`].map(
      async (path) => (await user.ask('GET', path)).status,
    ),
  );

/** Waits for a deletion that is under way, but not for ever. */
async function leftWithin(world: World, id: string): Promise<string[]> {
  const tables = connectTables({ connectionString: tablesConnection(world.tablesPort) }, () => false);
  const until = world.clock.now() + DELETED_WITHIN_MS;
  for (;;) {
    const left = await addressesLeft(tables, id);
    if (left.length === 0 || world.clock.now() > until) return left;
    await world.clock.wait(LOOK_AGAIN_MS);
  }
}

async function historiesOf(
  user: ApiUser,
  there: readonly JobRecord[],
  deleted: readonly JobRecord[],
): Promise<Map<string, readonly PastReset[]>> {
  const named = [...deleted.map((record) => [record]), there].flatMap((records) =>
    records.flatMap(({ resets }) => resets.flatMap(({ guestId }) => guestId ?? [])).slice(0, HISTORIES),
  );
  const histories = new Map<string, readonly PastReset[]>();
  for (const guestId of new Set(named)) {
    histories.set(guestId, await user.history(guestId));
  }
  return histories;
}
