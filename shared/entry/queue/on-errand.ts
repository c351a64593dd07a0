/** The handler of the dispatch queue. */
import { parseErrand } from '../../domain/job/errand.ts';
import { continueCancel } from '../../usecases/jobs/cancel-job.ts';
import { continueCheck } from '../../usecases/jobs/check-redemption.ts';
import { continueDelete } from '../../usecases/jobs/delete-job.ts';
import type { Deps } from '../../usecases/deps.ts';
import { dispatch } from '../../usecases/dispatch.ts';
import { backingOff, PoisonMessage } from './backing-off.ts';

export async function handleErrand(message: unknown, deps: Deps): Promise<void> {
  const errand = parseErrand(message);
  switch (errand?.kind) {
    case 'dispatch':
      return dispatch(deps);
    case 'cancel':
      return continueCancel(deps, errand.jobId);
    case 'check':
      return continueCheck(deps, errand.jobId);
    case 'delete':
      return continueDelete(deps, errand.jobId);
    case undefined:
      throw new PoisonMessage('the message is no errand of version 1');
  }
}

export const onErrand = backingOff(handleErrand);
