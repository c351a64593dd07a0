/** The handler of both lanes. */
import { parseWake } from '../../domain/chunk/wake.ts';
import type { Deps } from '../../usecases/deps.ts';
import { processWake } from '../../usecases/wake/process-wake.ts';
import { backingOff, PoisonMessage } from './backing-off.ts';

export async function handleWake(message: unknown, deps: Deps): Promise<void> {
  const wake = parseWake(message);
  if (wake === undefined) throw new PoisonMessage('the message is no wake of version 1');
  const about = { jobId: wake.jobId, chunk: wake.chunk, wake: wake.wake };
  deps.trace.note(about);
  const result = await processWake(deps, wake);
  deps.trace.note({ result });
  deps.log.info('wake', { ...about, result });
}

export const onWake = backingOff(handleWake);
