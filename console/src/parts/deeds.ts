/** What was done to a job or to the tenant, in words. */
import type { Action } from '../../../client/types.ts';
import { stopOf } from './stop-words.ts';

const DEEDS: Readonly<Record<Action['action'], string>> = {
  submitted: 'Submitted',
  // By the service itself, which is named beside it.
  stopped: 'Paused',
  paused: 'Paused',
  resumed: 'Resumed',
  approved: 'Approved',
  canceled: 'Canceled',
  checked: 'Looked who has redeemed',
  retried: 'Tried again, as a new job',
  deleted: 'Deleted',
  erased: 'Erased a guest',
};

/** @param done `dryRun` where that is known: who rehearses submits as well, and sends nothing */
export const deedOf = ({ action, dryRun }: Pick<Action, 'action'> & { readonly dryRun?: boolean }): string =>
  action === 'submitted' && dryRun === true ? 'Rehearsed' : (DEEDS[action] ?? action);

/** The service itself is one who does things, too. */
export const doerOf = ({ by: { id, name } }: Pick<Action, 'by'>): string =>
  id === 'service' ? 'the service' : (name ?? id);

/** Why, where a code tells; a stop that was lifted is named by what it was about. */
export function whyOf({ action, code, reason }: Action): string | undefined {
  if (reason !== undefined) return reason;
  if (code === undefined) return undefined;
  if (code === 'notAfterPassed') return 'The time came after which nothing was to be sent.';
  if (code === 'retention') return 'The job was as old as jobs are kept.';
  // The reason of a pause by hand stands with the pause.
  if (code === 'pausedByHand') return undefined;
  const meaning = stopOf(code)?.meaning;
  return action === 'stopped' ? meaning : `It was paused: ${meaning}`;
}
