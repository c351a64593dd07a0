/** One run: a fresh local cloud, overlapping jobs, eight troubled minutes, a quiet time, and the judgement. */
import type { DirectoryUser } from '../../local/graph/directory.ts';
import { seededRandom, type Random } from '../../local/graph/random.ts';
import type { Mail } from '../../local/graph/state.ts';
import { isTerminal, type ResetStatus } from '../../shared/domain/reset.ts';
import { ApiUser } from './api-user.ts';
import { inflict } from './inflict.ts';
import { judge, type Evidence, type JobRecord, type Violation } from './oracle.ts';
import { planTroubles, TROUBLED_MS } from './schedule.ts';
import { storyOf } from './story.ts';
import { watchProgress } from './watch.ts';
import { planJobs, type PlannedJob } from './workload.ts';
import { World } from './world.ts';

/** After the trouble: enough for every back-off and for reconcile. */
const QUIET_MS = 8 * 3_600_000;
const LOOK_AGAIN_MS = 60_000;
const TROUBLES = 60;
const GUESTS = 700;
const GUESTS_OF_LARGE_RUN = 2_500;

export interface RunResult {
  readonly seed: number;
  readonly violations: readonly Violation[];
  /** What happened to each guest named in a violation. */
  readonly stories: readonly string[];
  readonly resets: number;
  readonly byStatus: Readonly<Record<string, number>>;
  readonly faults: ReadonlyMap<string, number>;
  readonly looks: number;
  /** Resets that never ended. */
  readonly lost: number;
  /** Guests who got more than one mail, and no result says so. */
  readonly doubled: number;
  readonly seconds: number;
  /** Where the logs are; kept only for a run with violations. */
  readonly logs?: string;
}

export async function runOnce(seed: number): Promise<RunResult> {
  const startedAt = performance.now();
  const random = seededRandom(seed, 'chaos');
  const isLarge = seed % 10 === 0;
  const hosts = random.pick([1, 2, 2]);
  const skewMs = random.pick([0, 0, 4 * 60_000]);
  const world = await World.start({
    seed, hosts, guests: isLarge ? GUESTS_OF_LARGE_RUN : GUESTS, random: seededRandom(seed, 'world'),
    // A receiver whose clock is ahead by more than the lock renews it without a pause.
    lockSeconds: skewMs > 0 ? 300 : random.pick([20, 60]), detectsDuplicates: random.fraction() < 0.5, skewMs,
  });
  let keepLogs = true;
  try {
    const { evidence, watched, looks } = await live(world, random, hosts, sizes(random, isLarge));
    const violations = [...judge(evidence), ...watched];
    keepLogs = violations.length > 0;
    const resets = evidence.jobs.flatMap((job) => job.resets);
    const byStatus: Record<string, number> = {};
    for (const { status } of resets) byStatus[status] = (byStatus[status] ?? 0) + 1;
    const told = new Set(violations.flatMap(({ guestId }) => guestId ?? []));
    return {
      seed, violations, stories: [...told].slice(0, 3).map((guestId) => storyOf(guestId, evidence)), resets: resets.length, byStatus,
      faults: world.strikes.counts, looks, lost: resets.filter(({ status }) => !isTerminal(status as ResetStatus)).length, doubled: violations.filter(({ invariant }) => invariant === 'oneMail').length, seconds: (performance.now() - startedAt) / 1000, ...(keepLogs && { logs: world.directory }),
    };
  } catch (error) {
    // Whoever asked was told something that cannot be: a job that was promised is not there, a submission is refused.
    const text = error instanceof Error ? error.message : String(error);
    return { seed, violations: [{ invariant: 'answers', text }], stories: [], resets: 0, byStatus: {}, faults: world.strikes.counts, looks: 0, lost: 0, doubled: 0, seconds: (performance.now() - startedAt) / 1000, logs: world.directory };
  } finally {
    await world.stop(keepLogs);
  }
}

/** Resets of each job: bulk and priority. */
function sizes(random: Random, isLarge: boolean): number[] {
  const bulk = isLarge ? [1_500, 700] : [150 + random.below(250), 60 + random.below(150), 25 + random.below(40)];
  return [...bulk, ...Array.from({ length: 5 }, () => 1 + random.below(20)), 1, 1, 1];
}

async function live(world: World, random: Random, hosts: number, jobSizes: readonly number[]): Promise<{ evidence: Evidence; watched: Violation[]; looks: number }> {
  const user = new ApiUser(world, seededRandom(random.fraction(), 'user'));
  const before = await world.sim<DirectoryUser[]>('GET', '/users');
  const jobs = planJobs(random, before, jobSizes);
  const troubles = planTroubles(random, hosts, TROUBLES);
  const ids = new Map<string, string>();
  const failures: Violation[] = [];
  const watch = watchProgress(world, () => [...ids.values()]);
  const guests = before.filter(({ creationType }) => creationType === 'Invitation').map(({ id }) => id);
  const start = world.clock.now();
  const due = <Plan extends { readonly at: number }>(plans: readonly Plan[], act: (plan: Plan) => Promise<void>): Promise<unknown> =>
    Promise.all(plans.map(async (plan) => { await world.clock.wait(start + plan.at - world.clock.now()); await act(plan); }));

  await Promise.all([
    due(jobs, (job) => submit(user, job, ids, failures)),
    due(troubles, ({ trouble }) => inflict(world, user, random, trouble, { jobs: [...ids.values()], guests })),
    world.clock.wait(TROUBLED_MS),
  ]);
  await heal(world);
  await settle(world, user, [...ids.values()]);
  await watch.stop();
  const records = await Promise.all([...ids.values()].map(async (id): Promise<JobRecord> => ({ id, job: await user.job(id), resets: await user.resets(id) })));
  const evidence: Evidence = {
    before, jobs: records, hostLog: world.hostLog(), after: await world.sim<DirectoryUser[]>('GET', '/users'),
    mails: await world.sim<Mail[]>('GET', '/mails'), stats: await world.sim('GET', '/stats'),
  };
  return { evidence, watched: [...watch.violations, ...failures], looks: watch.looks };
}

async function submit(user: ApiUser, job: PlannedJob, ids: Map<string, string>, failures: Violation[]): Promise<void> {
  const send = (): Promise<string> => user.submit(job.path, job.body, job.contentType, job.key);
  const [id = '', ...others] = await Promise.all(job.isDoubled ? [send(), send()] : [send()]);
  ids.set(job.key, id);
  if (others.some((other) => other !== id)) failures.push({ invariant: 'oneJobPerKey', text: `${job.key} became ${id} and ${others.join(', ')}` });
}

/**
 * Nothing goes wrong any more. Instances are recycled, as platforms do: the local host receives with an SDK whose receivers may
 * stay deaf after a connection was lost at the wrong moment.
 */
async function heal(world: World): Promise<void> {
  world.strikes.clear();
  for (const host of world.hosts) host.kill();
  await world.clearBrokerFaults();
  await world.sim('DELETE', '/faults');
  await world.sim('DELETE', '/block');
  await world.sim('POST', '/lag', { minMs: 0, maxMs: 0 });
}

/** People resume what is stopped; then only time is needed. */
async function settle(world: World, user: ApiUser, ids: readonly string[]): Promise<void> {
  const until = world.clock.now() + QUIET_MS;
  for (let open = [...ids]; open.length > 0 && world.clock.now() < until; await world.clock.wait(LOOK_AGAIN_MS)) {
    const jobs = await Promise.all(open.map(async (id) => user.job(id)));
    if (jobs.some(({ status }) => status === 'paused')) {
      await user.ask('POST', '/resume');
      for (const { id, status } of jobs) if (status === 'paused') await user.ask('POST', `/jobs/${id}/resume`);
    }
    open = jobs.filter(({ endedAt }) => endedAt === undefined).map(({ id }) => id);
  }
}
