/**
 * What people do with jobs that have ended, some while things go wrong and some later: check them, retry them, delete
 * them.
 */
import type { Random } from '../../local/graph/random.ts';
import type { ApiUser, ChaosJob } from './api-user.ts';
import { askedOfRetry, type AskedOptions } from './asked-options.ts';
import type { JobRecord, Retry } from './evidence.ts';
import type { PlannedJob } from './workload.ts';
import type { World } from './world.ts';

export type Afterward = 'check' | 'retry' | 'retryAll' | 'delete';

/** Jobs that were accepted and are there, and what people have made of others. */
export interface Ledger {
  /** By key: the job's id, and what was asked for with it. */
  readonly jobs: Map<string, { readonly id: string; readonly asked: AskedOptions }>;
  readonly retries: Retry[];
  /** As they were right before, but for how they are gone. */
  readonly deleted: JobRecord[];
}

const LOOK_EVERY_MS = 45_000;
/** Longer than a quiet time lasts: who never ends is judged for that. */
const PATIENCE_MS = 10 * 3_600_000;

/** In which order, for each job by its key; most jobs are left alone. */
export function planAfterwards(random: Random, jobs: readonly PlannedJob[]): Map<string, readonly Afterward[]> {
  return new Map(
    jobs.map(({ key, asked }) => {
      const draw = random.fraction();
      const isRetried = draw < 0.2 || (asked.notAfter !== undefined && draw < 0.7);
      const first = isRetried
        ? [random.pick(['retry', 'retry', 'retryAll'] as const)]
        : draw < 0.45 && asked.dryRun !== true
          ? ['check' as const]
          : [];
      return [key, [...first, ...(random.fraction() < 0.25 ? ['delete' as const] : [])]];
    }),
  );
}

/** Waits for the end of the job; then does one after the other. */
export async function doAfterwards(
  world: World,
  user: ApiUser,
  ledger: Ledger,
  key: string,
  afterwards: readonly Afterward[],
): Promise<void> {
  const entry = ledger.jobs.get(key);
  if (entry === undefined || afterwards.length === 0) return;
  const { id, asked } = entry;
  if ((await jobWhen(world, user, id, ({ endedAt }) => endedAt !== undefined)) === undefined) return;
  for (const what of afterwards) {
    world.strikes.count(`people: ${what}`);
    switch (what) {
      case 'check':
        await check(world, user, id);
        break;
      case 'retry':
      case 'retryAll': {
        const statuses = what === 'retryAll' ? ['failed', 'canceled', 'unknown'] : undefined;
        const retried = await user.retry(id, statuses);
        ledger.retries.push({
          sourceId: id,
          ...(retried !== undefined && { id: retried }),
          ...(statuses !== undefined && { statuses }),
        });
        if (retried !== undefined) ledger.jobs.set(`retry of ${key}`, { id: retried, asked: askedOfRetry(asked) });
        break;
      }
      case 'delete': {
        const record = {
          id,
          asked,
          job: await user.job(id),
          resets: await user.resets(id),
          resumes: user.resumesOf(id),
        };
        ledger.jobs.delete(key);
        ledger.deleted.push(record);
        const { status, text } = await user.ask('DELETE', `/jobs/${id}`);
        // A repeat of the request, after a lost answer, finds nobody there.
        if (status !== 202 && status !== 404)
          throw new Error(`DELETE /jobs/${id} was answered ${status}: ${text.slice(0, 300)}`);
      }
    }
  }
}

/**
 * Asks for a check, and waits for its end. A check that is under way already is as good. A job that has reset nobody,
 * and only such a one, is refused.
 */
export async function check(world: World, user: ApiUser, id: string): Promise<void> {
  const { status, text } = await user.ask('POST', `/jobs/${id}/check`);
  if (status === 409 && text.includes('"nothingToCheck"')) {
    const { succeeded = 0, unknown = 0 } = (await user.job(id)).counts;
    if (succeeded + unknown === 0) return;
  }
  if (status !== 202) throw new Error(`POST /jobs/${id}/check was answered ${status}: ${text.slice(0, 300)}`);
  const ended = await jobWhen(world, user, id, (job) => job.check?.status === 'completed');
  if (ended === undefined) throw new Error(`the check of job ${id} does not end`);
}

async function jobWhen(
  world: World,
  user: ApiUser,
  id: string,
  isSo: (job: ChaosJob) => boolean,
): Promise<ChaosJob | undefined> {
  for (
    const until = world.clock.now() + PATIENCE_MS;
    world.clock.now() < until;
    await world.clock.wait(LOOK_EVERY_MS)
  ) {
    const job = await user.job(id);
    if (isSo(job)) return job;
  }
  return undefined;
}
