/** What tests of the local cloud ask about its processes. */
import type { CloudState } from '../../../local/cloud/state-file.ts';

/** How long to wait for what another process does, and how often to look. */
export const POLL = { timeout: 15_000, interval: 30 };

export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Every process of a cloud, the launcher first. */
export function processIds({ api, graph, tables, broker, hosts }: CloudState): number[] {
  return [api, graph, tables, broker, ...hosts].map(({ pid }) => pid);
}
