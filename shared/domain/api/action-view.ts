/** Actions as callers see them: of a job, of a guest's history, of the audit. */
import { isTerminal, type ResetRecord } from '../reset/reset.ts';
import type { Action, ActionLog, Actor } from '../actions.ts';
import { iso } from '../instant.ts';
import type { AuditEntry } from '../job/audit.ts';
import { defined } from './reset-view.ts';

export const actorView = ({ id, name }: Actor): Record<string, unknown> => defined({ id, name });

/** Who retries a job is told to all who see it; the new job only to those who may see that one. */
export type SeesNewJob = (action: Pick<Action, 'by'>) => boolean;

export function actionView(
  { at, action, by, code, reason, newJobId }: Omit<Action, 'number'>,
  seesNewJob: SeesNewJob,
): Record<string, unknown> {
  return defined({
    at: iso(at),
    action,
    by: actorView(by),
    code,
    reason,
    newJobId: newJobId !== undefined && seesNewJob({ by }) ? newJobId : undefined,
  });
}

/** Those of a job; how many it had beside them, where it had more than its row keeps. */
export function actionsView(log: ActionLog | undefined, seesNewJob: SeesNewJob): Record<string, unknown> {
  if (log === undefined) return {};
  const { list, count } = log;
  return defined({
    actions: list.map((action) => actionView(action, seesNewJob)),
    actionsOmitted: count > list.length ? count - list.length : undefined,
  });
}

/** What is done to a job concerns a guest until their reset has ended; after that only a look, and the deletion. */
export function concerns({ action, at }: Action, record: ResetRecord | undefined): boolean {
  if (action === 'checked' || action === 'deleted') return true;
  const endedAt = record !== undefined && isTerminal(record.status) ? record.endedAt : undefined;
  return action !== 'retried' && at <= (endedAt ?? Infinity);
}

/** One row of the audit. */
export function auditView(entry: AuditEntry): Record<string, unknown> {
  const { of, jobId, total, dryRun, counts } = entry;
  return { of, ...defined({ jobId }), ...actionView(entry, () => true), ...defined({ total, dryRun, counts }) };
}
