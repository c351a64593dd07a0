/** The time of a run: the machine's own, or that of a world that is moved to the next timer wherever nobody works. */
import { setTimeout as wait } from 'node:timers/promises';
import { WorldClock } from '../chaos/world-clock.ts';

export interface StageClock {
  /** For the processes of the run; none: they live in the machine's time. */
  readonly file?: string;
  /** Environment of one more process. */
  slot(): NodeJS.ProcessEnv;
  /** The work of this process takes its real time. */
  follow(pid: number | undefined): void;
  now(): number;
  wait(milliseconds: number): Promise<void>;
  moved(): void;
  /** See `WorldClock.busy`. */
  busy(mostMs?: number): () => void;
  stop(): void;
}

export const machineClock = (): StageClock => ({
  slot: () => ({}),
  follow: () => undefined,
  now: () => Date.now(),
  wait: async (milliseconds) => {
    await wait(milliseconds);
  },
  moved: () => undefined,
  busy: () => () => undefined,
  stop: () => undefined,
});

export function worldClock(): StageClock {
  const clock = new WorldClock('toNextTimer');
  return {
    file: clock.file,
    slot: () => clock.slot(),
    follow: (pid) => {
      if (pid !== undefined) clock.follow(pid);
    },
    now: () => clock.now(),
    wait: (milliseconds) => clock.wait(milliseconds),
    moved: () => clock.moved(),
    busy: (mostMs) => clock.busy(mostMs),
    stop: () => clock.stop(),
  };
}
