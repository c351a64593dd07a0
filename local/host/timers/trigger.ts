import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { RegisteredFunction } from '../app/core-api.ts';
import type { Invocations } from '../app/invocations.ts';
import { toRpc } from '../app/rpc.ts';
import { traceContextFrom } from '../app/trace-context.ts';
import { describeError } from '../log.ts';
import type { Log } from '../log.ts';
import { nextRun, parseSchedule } from './ncrontab.ts';

const timerTrigger = z.object({ schedule: z.string(), runOnStartup: z.boolean().default(false) });

/** setTimeout takes at most this long; a later run is reached in several steps. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;

export interface Timer {
  /** Starts to follow the schedule. Without it the timer runs only on demand. */
  start(): void;
  /** Runs the function now, or after the run that is under way. */
  runNow(): void;
  /** Starts no further run. */
  stop(): void;
}

/** Makes the timer of a timer function. Its runs never overlap. Throws when its schedule cannot be read. */
export function createTimer(registered: RegisteredFunction, invocations: Invocations, log: Log): Timer {
  const { name } = registered.metadata;
  const trigger = timerTrigger.parse(registered.trigger);
  const schedule = parseSchedule(trigger.schedule);
  nextRun(schedule, new Date()); // Throws now rather than at the first run when the schedule never comes.
  let lastRun: Promise<void> = Promise.resolve();
  let timeout: NodeJS.Timeout | undefined;
  let stopped = false;
  let lastStart = new Date(0);

  async function run(): Promise<void> {
    if (stopped) return;
    const last = lastStart;
    lastStart = new Date();
    try {
      await invocations.invoke(registered, {
        invocationId: randomUUID(),
        traceContext: traceContextFrom(undefined, undefined),
        triggerMetadata: {},
        inputData: [
          {
            name: registered.triggerName,
            data: toRpc.json({
              Schedule: { AdjustForDST: true },
              ScheduleStatus: {
                Last: last.toISOString(),
                Next: nextRun(schedule, lastStart).toISOString(),
                LastUpdated: last.toISOString(),
              },
              IsPastDue: false,
            }),
          },
        ],
      });
    } catch (error) {
      log('error', name, describeError(error));
    }
  }

  function runNow(): void {
    lastRun = lastRun.then(run);
  }

  function waitFor(due: Date): void {
    const waitMs = due.getTime() - Date.now();
    timeout = setTimeout(() => void arrive(due), Math.max(0, Math.min(waitMs, MAX_TIMEOUT_MS)));
  }

  async function arrive(due: Date): Promise<void> {
    if (Date.now() < due.getTime()) return waitFor(due);
    runNow();
    await lastRun;
    // Computed after the run: a moment that came while it ran is skipped, not caught up.
    if (!stopped) waitFor(nextRun(schedule, new Date()));
  }

  return {
    start() {
      if (trigger.runOnStartup) runNow();
      waitFor(nextRun(schedule, new Date()));
    },
    runNow,
    stop() {
      stopped = true;
      clearTimeout(timeout);
    },
  };
}
