/** One run: a fresh local cloud, overlapping jobs, eight troubled minutes, a quiet time, and the judgement. */
import type { DirectoryUser } from '../../local/graph/directory.ts';
import { seededRandom, type Random } from '../../local/graph/random.ts';
import { isTerminal, type ResetStatus } from '../../shared/domain/reset/reset.ts';
import { check, doAfterwards, planAfterwards, type Ledger } from './afterwards.ts';
import { ApiUser } from './api-user.ts';
import { collectEvidence } from './collect-evidence.ts';
import type { Evidence, JobRecord, Violation } from './evidence.ts';
import { inflict } from './inflict.ts';
import { judge } from './oracle.ts';
import { heal, settle } from './quiet-time.ts';
import { planTroubles, TROUBLED_MS } from './schedule.ts';
import { storyOf } from './story.ts';
import { watchProgress } from './watch.ts';
import { planJobs, type PlannedJob } from './workload.ts';
import { World } from './world.ts';

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
  /** From the end of a job's last reset to its own, in seconds: the longest of all jobs. */
  readonly closedWithin: number;
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
    seed,
    hosts,
    guests: isLarge ? GUESTS_OF_LARGE_RUN : GUESTS,
    random: seededRandom(seed, 'world'),
    // A receiver whose clock is ahead by more than the lock renews it without a pause.
    lockSeconds: skewMs > 0 ? 300 : random.pick([20, 60]),
    detectsDuplicates: random.fraction() < 0.5,
    skewMs,
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
      seed,
      violations,
      stories: [...told].slice(0, 3).map((guestId) => storyOf(guestId, evidence)),
      resets: resets.length,
      byStatus,
      faults: world.strikes.counts,
      looks,
      closedWithin: Math.max(0, ...evidence.jobs.map(secondsToClose)),
      lost: resets.filter(({ status }) => !isTerminal(status as ResetStatus)).length,
      doubled: violations.filter(({ invariant }) => invariant === 'oneMail').length,
      seconds: (performance.now() - startedAt) / 1000,
      ...(keepLogs && { logs: world.directory }),
    };
  } catch (error) {
    // Whoever asked was told something that cannot be: a job that was promised is not there, a submission is refused.
    const text = error instanceof Error ? error.message : String(error);
    return {
      seed,
      violations: [{ invariant: 'answers', text }],
      stories: [],
      resets: 0,
      byStatus: {},
      faults: world.strikes.counts,
      looks: 0,
      closedWithin: 0,
      lost: 0,
      doubled: 0,
      seconds: (performance.now() - startedAt) / 1000,
      logs: world.directory,
    };
  } finally {
    await world.stop(keepLogs);
  }
}

/** What crashes right after a last reset cost: a message that comes again, or the timer. */
function secondsToClose({ job, resets }: JobRecord): number {
  const last = Math.max(0, ...resets.map(({ endedAt }) => Date.parse(endedAt ?? '') || 0));
  return job.endedAt === undefined ? 0 : Math.round((Date.parse(job.endedAt) - last) / 1000);
}

/** Resets of each job: bulk and priority. */
function sizes(random: Random, isLarge: boolean): number[] {
  const bulk = isLarge ? [1_500, 700] : [150 + random.below(250), 60 + random.below(150), 25 + random.below(40)];
  return [...bulk, ...Array.from({ length: 5 }, () => 1 + random.below(20)), 1, 1, 1];
}

async function live(
  world: World,
  random: Random,
  hosts: number,
  jobSizes: readonly number[],
): Promise<{ evidence: Evidence; watched: Violation[]; looks: number }> {
  const user = new ApiUser(world, seededRandom(random.fraction(), 'user'));
  const before = await world.sim<DirectoryUser[]>('GET', '/users');
  const start = world.clock.now();
  const jobs = planJobs(random, before, jobSizes, start);
  const troubles = planTroubles(random, hosts, TROUBLES);
  const afterwards = planAfterwards(random, jobs);
  const ledger: Ledger = { jobs: new Map(), retries: [], deleted: [] };
  const failures: Violation[] = [];
  const idsNow = (): string[] => [...ledger.jobs.values()].map(({ id }) => id);
  const watch = watchProgress(world, idsNow);
  const guests = before.filter(({ creationType }) => creationType === 'Invitation').map(({ id }) => id);
  const due = <Plan extends { readonly at: number }>(
    plans: readonly Plan[],
    act: (plan: Plan) => Promise<void>,
  ): Promise<unknown>[] =>
    plans.map(async (plan) => {
      await world.clock.wait(start + plan.at - world.clock.now());
      await act(plan);
    });

  const submitted = due(jobs, (job) => submit(world, user, job, ledger, failures));
  const after = Promise.all(
    jobs.map(async ({ key }, index) => {
      await submitted[index];
      await doAfterwards(world, user, ledger, key, afterwards.get(key) ?? []);
    }),
  );
  const troubled = Promise.all([
    ...submitted,
    ...due(troubles, ({ trouble }) => inflict(world, user, random, trouble, { jobs: idsNow(), guests })),
    world.clock.wait(TROUBLED_MS),
  ]);
  // Whoever fails first ends the run.
  await Promise.race([troubled, after.then(() => troubled)]);
  await heal(world);
  await settle(world, user, ledger, after);
  const checked = jobs.flatMap(({ key }) =>
    afterwards.get(key)?.includes('check') === true ? (ledger.jobs.get(key)?.id ?? []) : [],
  );
  for (const id of checked) await check(world, user, id);
  await watch.stop();
  return {
    evidence: await collectEvidence(world, user, before, ledger, new Set(checked)),
    watched: [...watch.violations, ...failures],
    looks: watch.looks,
  };
}

async function submit(
  world: World,
  user: ApiUser,
  job: PlannedJob,
  { jobs }: Ledger,
  failures: Violation[],
): Promise<void> {
  const [id, ...others] = await Promise.all(job.isDoubled ? [user.submit(job), user.submit(job)] : [user.submit(job)]);
  if (others.some((other) => other !== id))
    failures.push({ invariant: 'oneJobPerKey', text: `${job.key} became ${id} and ${others.join(', ')}` });
  if (id === undefined) return;
  for (const option of Object.keys(job.asked)) world.strikes.count(`option: ${option}`);
  jobs.set(job.key, { id, asked: job.asked });
}
