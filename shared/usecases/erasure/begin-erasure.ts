/** The begin of an erasure: what names the guest, and whether anything is still to be done for them. */
import type { Actor } from '../../domain/actions.ts';
import { eraserOf, namesInReset, wordsOf } from '../../domain/guest/erasure-words.ts';
import { beginErasure, eraseInJob, type Erasure } from '../../domain/job/erasure.ts';
import { isEndedJob } from '../../domain/job/job.ts';
import type { JobId } from '../../domain/ids.ts';
import type { Deps } from '../deps.ts';
import type { Versioned } from '../ports.ts';

type BeginDeps = Pick<Deps, 'jobs' | 'chunks' | 'guests' | 'erasures' | 'clock'>;

export type BegunErasure =
  | { readonly kind: 'begun'; readonly erasure: Versioned<Erasure> }
  /** The guest is in these: they must end first. Nothing was erased. */
  | { readonly kind: 'open'; readonly jobs: readonly JobId[] };

const HISTORY_PAGE = 100;

/**
 * Begins, or finds what was begun before. What is submitted after that is a new wish, and is not gone over.
 * @param names of the guest in the directory
 */
export async function openErasure(
  deps: BeginDeps,
  guestId: string,
  names: readonly string[],
  by: Actor,
): Promise<BegunErasure> {
  const known = await deps.erasures.read(guestId);
  if (known !== undefined) return { kind: 'begun', erasure: known };
  const words = wordsOf(guestId, [...names, ...(await namesInHistory(deps, guestId))]);
  const jobs = await openJobsOf(deps, words);
  if (jobs.length > 0) return { kind: 'open', jobs };
  const erasure = beginErasure(guestId.toLowerCase(), words, by, deps.clock.now());
  const written = await deps.erasures.write(erasure, undefined);
  if (written === 'changed') return openErasure(deps, guestId, names, by);
  return { kind: 'begun', erasure: { value: erasure, ...written } };
}

/** Names that the directory may not have any more. */
async function namesInHistory({ guests, chunks }: BeginDeps, guestId: string): Promise<string[]> {
  const names = [...((await guests.current(guestId))?.value.memory?.addresses ?? [])];
  for (let after: string | undefined; ;) {
    const page = await guests.history(guestId, after, HISTORY_PAGE);
    for (const { jobId, chunk, row } of page) {
      const found = await chunks.peek(jobId, chunk);
      if (found === undefined || found === 'unreadable') continue;
      names.push(...found.resets.filter(({ request }) => request.row === row).flatMap(namesInReset));
    }
    after = page.at(-1)?.key;
    if (page.length < HISTORY_PAGE) return names;
  }
}

/** Open jobs that name the guest, in any way, in their own row or a reset; each is read until the first of them. */
async function openJobsOf({ jobs, chunks }: BeginDeps, words: readonly string[]): Promise<JobId[]> {
  const eraser = eraserOf(words);
  const found: JobId[] = [];
  for await (const { value: job } of jobs.open()) {
    if (job.status === 'receiving' || isEndedJob(job)) continue;
    if (eraseInJob(job, eraser) !== job) {
      found.push(job.id);
      continue;
    }
    for await (const chunk of chunks.from(job.id, 0)) {
      if (!eraser.names(chunk.resets)) continue;
      found.push(job.id);
      break;
    }
  }
  return found;
}
