/** Where and when was measured. */
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';

export function machine(): string {
  const model = cpus()[0]?.model.trim();
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  return (
    `${availableParallelism()} cores${model === undefined || model === 'unknown' ? '' : ` (${model})`}, ` +
    `${gigabytes} GB of memory, Node ${process.versions.node}`
  );
}

/**
 * What else the machine does: figures of a busy one are worse than they need be. @returns for example `load average 0.1
 * before the run`
 */
export const otherWork = (): string => `load average ${(loadavg()[0] ?? 0).toFixed(1)} before the run`;

export const today = (): string => new Date().toISOString().slice(0, 10);
