/** Why what was asked for was not done, or may not have been. */
import { mayHaveHappened, type Failure } from '../../../client/answer.ts';
import type { Unread } from '../list/rehearse.ts';

/** What was found does not fit to what is to be sent: nothing was. */
export interface Unfit {
  readonly kind: 'unfit';
  readonly words: string;
}
export type NotDone = Failure | Unread | Unfit;

/** Whether it may have been done all the same: not of what was never sent. */
export const mayBeDone = (failure: NotDone): boolean =>
  failure.kind !== 'unread' && failure.kind !== 'unfit' && mayHaveHappened(failure);
