/**
 * The commit: from here on the job is promised. Of a job that is watched the entry of its key and the row of its
 * content are written in one transaction. So of two that come at the same instant one is too late: it reads what the
 * other has written, and finds that one in its way.
 */
import { remembered, standsInTheWay, submittedLately } from '../../domain/job/duplicate.ts';
import type { JobId } from '../../domain/ids.ts';
import type { Job } from '../../domain/job/job.ts';
import { whileChanged } from '../change-row.ts';
import type { Deps } from '../deps.ts';
import type { IdempotencyEntry } from '../ports.ts';
import type { OpenTry } from './open-try.ts';

/** An earlier job that is in the way. */
export interface EarlierJob {
  readonly id: JobId;
  readonly job: Job | 'unreadable';
}

export type Decision =
  | { readonly kind: 'committed' }
  /** Another try has taken the key over. */
  | { readonly kind: 'lost' }
  | { readonly kind: 'duplicate'; readonly earlier: EarlierJob };

/** @param isMeant whether it is taken although an earlier job is in its way */
export async function decide(
  deps: Deps,
  job: Job,
  bodyHash: string,
  { version, deadline }: Extract<OpenTry, { kind: 'open' }>,
  isMeant: boolean,
): Promise<Decision> {
  const { idempotency } = deps;
  const { caller, key, content } = job.idempotency;
  const entry: IdempotencyEntry = { state: 'committed', jobId: job.id, deadline, bodyHash };
  if (content === undefined)
    return (await idempotency.replace(caller, key, entry, version)) === 'changed' ? LOST : COMMITTED;
  const isOurs = async (): Promise<boolean> => (await idempotency.read(caller, key))?.version === version;
  return whileChanged(`the content of job ${job.id}`, async () => {
    const same = await idempotency.sameJobs(caller, content);
    const earlier = isMeant ? undefined : await earlierJob(deps, same?.value ?? [], job);
    // Whoever has taken the key over may be that earlier job.
    if (earlier !== undefined) return (await isOurs()) ? { kind: 'duplicate', earlier } : LOST;
    const written = await idempotency.replaceWithSame(caller, key, entry, version, {
      content,
      jobs: remembered(same?.value ?? [], job),
      version: same?.version,
    });
    if (written !== 'changed') return COMMITTED;
    return (await isOurs()) ? 'changed' : LOST;
  });
}

const COMMITTED = { kind: 'committed' } as const;
const LOST = { kind: 'lost' } as const;

async function earlierJob({ jobs }: Deps, ids: readonly JobId[], { createdAt }: Job): Promise<EarlierJob | undefined> {
  for (const id of submittedLately(ids, createdAt)) {
    const job = await jobs.peek(id);
    if (job !== undefined && standsInTheWay(job)) return { id, job };
  }
  return undefined;
}
