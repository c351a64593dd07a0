/**
 * The broker's part for a service on the jumping clock, with the app's own handlers: a delivery that fails waits, comes
 * again, and after ten of them is a dead letter.
 */
import { backingOff } from '../../shared/entry/queue/backing-off.ts';
import { handleTask } from '../../shared/entry/queue/on-task.ts';
import { handleWake } from '../../shared/entry/queue/on-wake.ts';
import { taskBody } from '../../shared/domain/job/task.ts';
import type { Deps } from '../../shared/usecases/deps.ts';
import type { Service } from './service-fixture.ts';

const MAX_DELIVERIES = 10;
/** Deliveries that a test may need; more is a job that never ends. */
const MAX_STEPS = 500;

interface Letter {
  readonly work: typeof handleWake;
  readonly body: unknown;
  readonly at: number;
  readonly deliveries: number;
}

export interface Redelivery {
  /** The service's, with this broker for a queue. */
  readonly deps: Deps;
  readonly deadLetters: Letter[];
  /** Deliveries that failed. */
  readonly failures: { readonly at: number; readonly deliveryCount: number }[];
  /**
   * Delivers in order of time, to which the clock jumps, what is due before `until`; without it, until nothing is left.
   */
  run(until?: number): Promise<void>;
}

export function redelivery(service: Service): Redelivery {
  let waiting: Letter[] = [];
  const deadLetters: Letter[] = [];
  const failures: Redelivery['failures'] = [];
  const put = (work: typeof handleWake, body: unknown, at: number): void => {
    waiting.push({ work, body, at, deliveries: 0 });
  };
  const deps: Deps = {
    ...service.deps,
    queue: {
      ...service.deps.queue,
      sendWakes: async (_lane, wakes) => {
        for (const { wake, at } of wakes) put(handleWake, wake, at);
      },
      sendTask: async (task, at) => put(handleTask, taskBody(task), at),
    },
  };
  const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

  async function deliver(letter: Letter): Promise<void> {
    const deliveryCount = letter.deliveries + 1;
    let waitedMs = 0;
    // Noted and not waited: other messages are delivered meanwhile.
    const surroundings = {
      deps: async () => deps,
      wait: async (milliseconds: number) => {
        waitedMs = milliseconds;
      },
    };
    try {
      await backingOff(letter.work, surroundings)(letter.body, { ...silent, triggerMetadata: { deliveryCount } });
    } catch {
      failures.push({ at: service.now(), deliveryCount });
      const again = { ...letter, at: service.now() + waitedMs, deliveries: deliveryCount };
      (deliveryCount < MAX_DELIVERIES ? waiting : deadLetters).push(again);
    }
  }

  return {
    deps,
    deadLetters,
    failures,
    async run(until = Infinity) {
      for (let steps = 0; steps < MAX_STEPS; steps++) {
        waiting.sort((one, other) => one.at - other.at);
        const [next] = waiting;
        if (next === undefined || next.at >= until) return;
        waiting = waiting.slice(1);
        service.advance(Math.max(0, next.at - service.now()) / 1000);
        await deliver(next);
      }
      throw new Error(`messages are still coming after ${MAX_STEPS} deliveries`);
    },
  };
}
