/** The handler of the dispatch queue. */
import { parseTask } from '../../domain/job/task.ts';
import { continueCancel } from '../../usecases/jobs/cancel-job.ts';
import { continueCheck } from '../../usecases/jobs/check-redemption.ts';
import { continueDelete } from '../../usecases/jobs/delete-job.ts';
import type { Deps } from '../../usecases/deps.ts';
import { continueErasures } from '../../usecases/erasure/erase-guest.ts';
import { dispatch } from '../../usecases/dispatch.ts';
import { backingOff, PoisonMessage } from './backing-off.ts';

export async function handleTask(message: unknown, deps: Deps): Promise<void> {
  const task = parseTask(message);
  switch (task?.kind) {
    case 'dispatch':
      return dispatch(deps);
    case 'erase':
      return continueErasures(deps);
    case 'cancel':
      return continueCancel(deps, task.jobId);
    case 'check':
      return continueCheck(deps, task.jobId);
    case 'delete':
      return continueDelete(deps, task.jobId);
    case undefined:
      throw new PoisonMessage('the message is no task of version 1');
  }
}

export const onTask = backingOff(handleTask);
