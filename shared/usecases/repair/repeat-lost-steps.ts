/**
 * A check, a cancel or a deletion goes over the chunks of a job in steps, each asked for by a message: what to do when
 * such a message was lost.
 */
import { deletionUnderWay } from '../../domain/job/deletion.ts';
import type { Job } from '../../domain/job/job.ts';
import { LOST_AFTER_MS } from '../../domain/chunk/wake.ts';
import type { Deps } from '../deps.ts';

interface NextStep {
  readonly kind: 'check' | 'cancel' | 'delete';
  readonly movedAt: number;
}

/**
 * Asks once more for the next step of whatever has not moved for long. The same step done twice is harmless.
 */
export async function repeatLostSteps({ queue, clock }: Pick<Deps, 'queue' | 'clock'>, job: Job): Promise<void> {
  const now = clock.now();
  for (const { kind, movedAt } of nextStepsOf(job))
    if (movedAt < now - LOST_AFTER_MS) await queue.sendTask({ kind, jobId: job.id }, now);
}

/** The next step of whatever has not come to its end. */
function nextStepsOf(job: Job): NextStep[] {
  const { check, cancel, endedAt, chunkCount } = job;
  const deletion = deletionUnderWay(job);
  // Nobody sees what the others would do.
  if (deletion !== undefined) return [{ kind: 'delete', movedAt: deletion.movedAt }];
  const isChecking = check !== undefined && check.endedAt === undefined;
  const isCanceling = cancel !== undefined && endedAt === undefined && cancel.cursor < chunkCount;
  return [
    ...(isChecking ? [{ kind: 'check', movedAt: check.movedAt } as const] : []),
    ...(isCanceling ? [{ kind: 'cancel', movedAt: cancel.movedAt } as const] : []),
  ];
}
