/** The clock of chaos runs and benchmarks, with a real process. */
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { startProcess } from '../../chaos/process.ts';
import { WorldClock } from '../../chaos/world-clock.ts';

/** A tick of each side, and the least move; a busy machine adds to it. */
const LATE_MS = 500;

test('a clock that moves to the next timer wakes a process in time, and work takes its real time', async () => {
  const clock = new WorldClock('toNextTimer');
  onTestFinished(() => clock.stop());
  const startedAt = clock.now();
  const { child, gone } = await startProcess({
    entry: new URL('../fixtures/sleeper.ts', import.meta.url),
    args: [],
    clock: clock.file,
    env: clock.slot(),
    log: createWriteStream('/dev/null'),
  });
  clock.follow(child.pid ?? 0);
  const [{ lateness }] = (await once(child, 'message')) as [{ readonly lateness: readonly number[] }];
  await gone;
  expect(lateness).toHaveLength(4);
  for (const ms of lateness) expect(ms).toBeLessThan(LATE_MS);
  expect(clock.now() - startedAt).toBeGreaterThan(70 * 60_000);
});

test('a server of such a process tells the date of the run, however fast its time goes', async () => {
  const clock = new WorldClock('toNextTimer');
  onTestFinished(() => clock.stop());
  const { child, gone } = await startProcess({
    entry: new URL('../fixtures/dated-server.ts', import.meta.url),
    args: [],
    clock: clock.file,
    env: clock.slot(),
    log: createWriteStream('/dev/null'),
  });
  clock.follow(child.pid ?? 0);
  const [{ wrongBy }] = (await once(child, 'message')) as [{ readonly wrongBy: readonly number[] }];
  await gone;
  expect(wrongBy).toHaveLength(3);
  // Dates have whole seconds.
  for (const ms of wrongBy) expect(ms).toBeLessThan(1_000 + LATE_MS);
});
