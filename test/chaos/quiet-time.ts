/** After the trouble: the world is well, people resume what is stopped, and the run waits for the end of every job. */
import type { ApiUser } from './api-user.ts';
import type { Ledger } from './afterwards.ts';
import type { World } from './world.ts';

/** Enough for every back-off and for reconcile. */
const QUIET_MS = 8 * 3_600_000;
const LOOK_AGAIN_MS = 60_000;

/**
 * Nothing goes wrong any more. Instances are recycled, as platforms do: the local host receives with an SDK whose
 * receivers may stay deaf after a connection was lost at the wrong moment.
 */
export async function heal(world: World): Promise<void> {
  world.strikes.clear();
  for (const host of world.hosts) host.kill();
  await world.clearBrokerFaults();
  await world.sim('DELETE', '/faults');
  await world.sim('DELETE', '/block');
  await world.sim('POST', '/lag', { minMs: 0, maxMs: 0 });
}

/**
 * People resume what is stopped; then only time is needed. @param afterwards what people still do with jobs that have
 * ended
 */
export async function settle(world: World, user: ApiUser, ledger: Ledger, afterwards: Promise<unknown>): Promise<void> {
  const until = world.clock.now() + QUIET_MS;
  const ended = new Set<string>();
  const people = { areDone: false };
  const markDone = (): void => {
    people.areDone = true;
  };
  void afterwards.then(markDone, markDone);
  for (let open = 1; open > 0 && world.clock.now() < until; await world.clock.wait(LOOK_AGAIN_MS)) {
    const wereDone = people.areDone;
    const jobs = (
      await Promise.all(
        [...ledger.jobs.values()]
          .filter(({ id }) => !ended.has(id))
          .map(async ({ id }) => user.jobUnless(id, () => ledger.deleted.some((gone) => gone.id === id))),
      )
    ).flat();
    const paused = jobs.filter(({ status }) => status === 'paused');
    if (paused.length > 0) await user.ask('POST', '/resume');
    for (const { id } of paused) await user.resume(id);
    for (const { id, endedAt } of jobs) if (endedAt !== undefined) ended.add(id);
    // A retry may have come in meanwhile.
    open = wereDone ? jobs.filter(({ endedAt }) => endedAt === undefined).length : 1;
  }
  await afterwards;
}
