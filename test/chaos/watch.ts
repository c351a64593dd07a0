/** Looks at the jobs while they run: progress must not go back. */
import { setTimeout as wait } from 'node:timers/promises';
import { TERMINAL_RESET_STATUSES } from '../../shared/domain/reset/reset.ts';
import type { JobAnswer } from '../cloud/jobs.ts';
import type { Violation } from './evidence.ts';
import type { World } from './world.ts';

const LOOK_EVERY_MS = 1_000;
const ANSWER_WITHIN_MS = 20_000;

export interface Watch {
  readonly violations: Violation[];
  /** How many answers were compared with the one before. */
  looks: number;
  stop(): Promise<void>;
}

export function watchProgress(world: World, jobs: () => readonly string[]): Watch {
  const last = new Map<string, JobAnswer>();
  const ending = new AbortController();
  const watch: Watch = {
    violations: [],
    looks: 0,
    stop: async () => {
      ending.abort();
      await running;
    },
  };
  const run = async (): Promise<void> => {
    for (let turn = 0; !ending.signal.aborted; turn++) {
      await wait(LOOK_EVERY_MS);
      const ids = jobs();
      const id = ids[turn % Math.max(1, ids.length)];
      const job = id === undefined ? undefined : await look(world, id, turn);
      if (id === undefined || job === undefined) continue;
      const before = last.get(id);
      if (before !== undefined) {
        watch.looks++;
        for (const text of stepsBack(before, job))
          watch.violations.push({ invariant: 'forwardOnly', text: `job ${id}: ${text}` });
      }
      last.set(id, job);
    }
  };
  const running = run();
  return watch;
}

async function look(world: World, id: string, turn: number): Promise<JobAnswer | undefined> {
  if (world.areTablesDown) return undefined;
  const url = world.hosts[turn % world.hosts.length]?.url;
  if (url === undefined) return undefined;
  try {
    const response = await fetch(`${url}/jobs/${id}`, { signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
    return response.status === 200 ? ((await response.json()) as JobAnswer) : undefined;
  } catch {
    return undefined; // The host is down, or the tables are: that is no step back.
  }
}

export function stepsBack(before: JobAnswer, now: JobAnswer): string[] {
  const lower = TERMINAL_RESET_STATUSES.filter((status) => (now.counts[status] ?? 0) < (before.counts[status] ?? 0));
  return [
    ...lower.map((status) => `${status} fell from ${before.counts[status]} to ${now.counts[status]}`),
    ...(before.endedAt !== undefined && (now.endedAt !== before.endedAt || now.status !== before.status)
      ? [`it had ended as ${before.status} at ${before.endedAt}, and is ${now.status} of ${now.endedAt}`]
      : []),
  ];
}
