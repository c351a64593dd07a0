/** A queue whose SDK is loaded by the first call: most requests send nothing. */
import type { Queue } from '../../usecases/ports.ts';

export function queueLoadedBy(load: () => Promise<Queue>): Queue {
  return {
    sendWakes: async (lane, wakes) => (await load()).sendWakes(lane, wakes),
    sendTask: async (task, at) => (await load()).sendTask(task, at),
    hasBacklog: async (lane) => (await load()).hasBacklog(lane),
    check: async () => (await load()).check(),
    deadLetters: async () => (await load()).deadLetters(),
  };
}
