/** Where and when was measured. */
import { availableParallelism, cpus, totalmem } from 'node:os';

export function machine(): string {
  const model = cpus()[0]?.model.trim();
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  return `${availableParallelism()} cores${model === undefined || model === 'unknown' ? '' : ` (${model})`}, ${gigabytes} GB of memory, Node ${process.versions.node}`;
}

export const today = (): string => new Date().toISOString().slice(0, 10);
