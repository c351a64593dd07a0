/** The handler of both lanes. */
import { parseWake } from '../../domain/wake.ts';
import { processWake } from '../../usecases/process-wake.ts';
import { backingOff, PoisonMessage } from './backing-off.ts';

export const onWake = backingOff(async (message, deps) => {
  const wake = parseWake(message);
  if (wake === undefined) throw new PoisonMessage('the message is no wake of version 1');
  const result = await processWake(deps, wake);
  deps.log.info('wake', { jobId: wake.jobId, chunk: wake.chunk, wake: wake.wake, result });
});
