/** One tool resets guests in a world of its own; the other side counts. */
import type { DirectoryUser } from '../../local/graph/directory.ts';
import { generateTenant } from '../../local/graph/tenant.ts';
import { executionsOf, type Executions } from './executions.ts';
import { ordinaryFaults } from './ordinary-faults.ts';
import { worldClock } from './stage-clock.ts';
import { SEED, Stage, type QueueTotals } from './stage.ts';
import type { Tool } from './tool.ts';
import { compare, type Verdicts } from './truth.ts';

/** How long a call to Graph takes: log-normal. */
export const LATENCY = { medianMs: 300, p95Ms: 800 } as const;

interface Budget {
  readonly limit: number;
  readonly peakArrived: number;
  readonly windowsOver: number;
}

export interface SimulatorStatistics {
  readonly roundTrips: number;
  readonly requests: { readonly total: number };
  readonly throttled: number;
  readonly budgets: Readonly<Record<string, Budget>>;
}

export interface Watched {
  readonly guests: number;
  readonly seconds: number;
  readonly graph: SimulatorStatistics;
  readonly broker: QueueTotals;
  readonly tableCalls: Readonly<Record<string, number>>;
  readonly executions: Executions;
  readonly verdicts: Verdicts;
}

/** @param hasFaults the faults of an ordinary day in place of budgets that refuse: one thing at a time */
export async function watchRun(
  tool: Tool,
  { guests, hasFaults }: { readonly guests: number; readonly hasFaults: boolean },
): Promise<Watched> {
  const startedAt = performance.now();
  const stage = await Stage.start({
    clock: worldClock(),
    guests,
    throttle: hasFaults ? 'none' : 'documented',
    latency: LATENCY,
  });
  try {
    const ids = generateTenant({ guests, seed: SEED }).guests.map(({ id }) => id);
    if (hasFaults) await stage.sim('POST', '/faults', ordinaryFaults(ids, SEED));
    const run = await tool.run(stage, ids);
    // Counted before anybody asks for results.
    const counted = {
      guests,
      seconds: run.seconds,
      graph: await stage.sim<SimulatorStatistics>('GET', '/stats'),
      broker: await stage.brokerOperations(),
      tableCalls: stage.tableCalls(),
      executions: executionsOf(stage.hostLog(), (name) => tool.watchers?.test(name) ?? false),
    };
    const verdicts = compare(ids, await run.said(), await witness(stage));
    console.error(
      `  ${tool.title}: ${guests} guests in ${run.seconds.toFixed(0)} s, seen in ` +
        `${((performance.now() - startedAt) / 1000).toFixed(0)} s`,
    );
    return { ...counted, verdicts };
  } finally {
    await stage.stop();
  }
}

/** Directory and outbox of the simulated tenant. */
async function witness(stage: Stage): Promise<(id: string) => { readonly resets: number; readonly mails: number }> {
  const users = await stage.sim<DirectoryUser[]>('GET', '/users');
  const outbox = await stage.sim<{ readonly userId: string }[]>('GET', '/mails');
  const resets = new Map(users.map((user) => [user.id, user.resets]));
  const mails = new Map<string, number>();
  for (const { userId } of outbox) mails.set(userId, (mails.get(userId) ?? 0) + 1);
  return (id) => ({ resets: resets.get(id) ?? 0, mails: mails.get(id) ?? 0 });
}
