/**
 * Erasing one guest from what is kept: chunks and rows of ended jobs, newest first, then the audit, then the guest's
 * own rows. Pure. Times are milliseconds since the epoch.
 */
import type { Actor } from '../actions.ts';
import type { Chunk } from '../chunk/chunk.ts';
import type { Eraser } from '../guest/erasure-words.ts';
import type { JobId } from '../ids.ts';
import { erasedReset, isResetOf, withoutCopies, withoutWords } from '../reset/erased.ts';
import type { Job } from './job.ts';

export interface ErasedCounts {
  /** Resets of the guest. */
  readonly resets: number;
  /** Jobs that had any, or named the guest elsewhere. */
  readonly jobs: number;
  /** Other rows that named the guest: of resets of others, of the audit. */
  readonly texts: number;
  /** The guest's own rows: history, and who resets them now. */
  readonly rows: number;
}

export const NOTHING_ERASED: ErasedCounts = { resets: 0, jobs: 0, texts: 0, rows: 0 };

/** How far it is: kept until it has ended, for only here the words are known that have gone elsewhere. */
export interface Erasure {
  /** In lower case. */
  readonly guestId: string;
  readonly words: readonly string[];
  readonly by: Actor;
  readonly startedAt: number;
  readonly movedAt: number;
  /** Jobs up to this one are done, newest first; of the next one the chunks before `chunk`. */
  readonly after?: JobId;
  readonly chunk: number;
  /** All jobs are done, and rows of the audit up to this key, or up to the first one. */
  readonly auditAfter?: string;
  readonly erased: ErasedCounts;
}

export const beginErasure = (guestId: string, words: readonly string[], by: Actor, now: number): Erasure => ({
  guestId,
  words,
  by,
  startedAt: now,
  movedAt: now,
  chunk: 0,
  erased: NOTHING_ERASED,
});

export const addErased = (erasure: Erasure, more: Partial<ErasedCounts>): Erasure => {
  const { resets, jobs, texts, rows } = erasure.erased;
  return {
    ...erasure,
    erased: {
      resets: resets + (more.resets ?? 0),
      jobs: jobs + (more.jobs ?? 0),
      texts: texts + (more.texts ?? 0),
      rows: rows + (more.rows ?? 0),
    },
  };
};

/** The chunk without the guest, how many resets that were, and how many of others named them; the same one for none. */
export function eraseInChunk(
  chunk: Chunk,
  { guestId, words }: Pick<Erasure, 'guestId' | 'words'>,
  eraser: Eraser,
): { readonly chunk: Chunk; readonly resets: number; readonly texts: number } {
  let [resets, texts] = [0, 0];
  const left = chunk.resets.map((record) => {
    if (!eraser.names(record)) return record;
    if (!isResetOf(record, guestId, words)) {
      texts++;
      return withoutWords(record, eraser);
    }
    resets++;
    return erasedReset(record);
  });
  return { chunk: resets + texts === 0 ? chunk : { ...chunk, resets: left }, resets, texts };
}

/** Words of people in the job's row. Whose job it is stays: what somebody did as a caller is no data of a guest. */
export function eraseInJob(job: Job, eraser: Eraser): Job {
  const { options, warnings, stop, actions, idempotency } = job;
  const said = {
    options,
    warnings,
    stop,
    reasons: actions?.list.map(({ reason }) => reason ?? null),
    key: idempotency.key,
  };
  if (!eraser.names(said)) return job;
  const list = actions?.list.map(({ reason, ...rest }) => ({
    ...rest,
    ...(reason !== undefined && { reason: eraser.redacted(reason) }),
  }));
  return {
    ...job,
    options: eraser.redacted({ ...options, defaults: withoutCopies(options.defaults, eraser) }),
    warnings: eraser.redacted(warnings),
    idempotency: { ...idempotency, key: eraser.redacted(idempotency.key) },
    ...(stop !== undefined && { stop: eraser.redacted(stop) }),
    ...(actions !== undefined && list !== undefined && { actions: { ...actions, list } }),
  };
}
