/**
 * Fails a file of tests when something that it started still runs at its end: processes, servers, sockets, timers.
 * Files share workers, so it would disturb those that follow.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll } from 'vitest';

/** What keeps a process alive, by Node's names, and what a person calls it. */
const KINDS: Readonly<Record<string, string>> = {
  ProcessWrap: 'process',
  TCPServerWrap: 'server',
  TCPSocketWrap: 'socket',
  Timeout: 'timer',
};
/** What was closed needs some turns of the event loop, and more on a busy machine, until it is gone. */
const GONE_WITHIN_MS = 5_000;

let before: Readonly<Record<string, number>>;
beforeAll(() => {
  // Not the timers: one of the test runner's own may be among them, and is gone soon.
  before = { ...running(), timer: 0 };
});
afterAll(async () => {
  const end = performance.now() + GONE_WITHIN_MS;
  while (Object.keys(leftOver()).length > 0 && performance.now() < end) await sleep(20);
  const left = Object.entries(leftOver()).map(([kind, count]) => `${count} × ${kind}`);
  if (left.length > 0) throw new Error(`This file of tests started and did not end: ${left.join(', ')}.`);
});

/** How many of each kind run; not those that would let the process end, such as idle connections. */
function running(): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const resource of process.getActiveResourcesInfo()) {
    const kind = KINDS[resource];
    if (kind !== undefined) counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}

function leftOver(): Record<string, number> {
  return Object.fromEntries(
    Object.entries(running())
      .map(([kind, count]) => [kind, count - (before[kind] ?? 0)] as const)
      .filter(([, more]) => more > 0),
  );
}
