/** A job that is deleted is compared with no other. */
import { submittedLately } from '../../domain/job/duplicate.ts';
import type { Job } from '../../domain/job/job.ts';
import type { Deps } from '../deps.ts';

/** Where somebody else writes the row meanwhile it stays: they keep only what is of use, and so does the next one. */
export async function forgetContent(
  { idempotency, clock }: Pick<Deps, 'idempotency' | 'clock'>,
  { id, idempotency: { caller, content } }: Job,
): Promise<void> {
  const same = content === undefined ? undefined : await idempotency.sameJobs(caller, content);
  if (content === undefined || same?.value.includes(id) !== true) return;
  const left = submittedLately(same.value, clock.now()).filter((other) => other !== id);
  await idempotency.keepSame(caller, content, left, same.version);
}
