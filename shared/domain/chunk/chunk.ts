/** A chunk: up to 20 resets of one job that travel together. Times are milliseconds since the epoch. */
import type { JobId } from '../ids.ts';
import { RESULT_MAX_CHARS } from '../reset/kept-result.ts';
import { GRAPH_BATCH_MAX_REQUESTS, TABLE_ENTITY_MAX_BYTES } from '../limits.ts';
import { isTerminal, type ResetRecord, type ResetRequest } from '../reset/reset.ts';

/** One `$batch` of look-ups covers a whole chunk. */
export const CHUNK_MAX_RESETS = GRAPH_BATCH_MAX_REQUESTS;

/** Of a chunk's row, for its keys, counters, sums and times; more than they take. */
const BESIDE_RESETS_BYTES = 8 * 1024;
/** Bytes of one character of text in a row. */
const CHARACTER_BYTES = 2;

/**
 * A chunk closes early at this many characters of requests. The rest of its row is for results, whatever they are: what
 * was sent must be written down.
 */
export const CHUNK_MAX_CHARS =
  Math.floor((TABLE_ENTITY_MAX_BYTES - BESIDE_RESETS_BYTES) / CHARACTER_BYTES) - CHUNK_MAX_RESETS * RESULT_MAX_CHARS;

export interface Chunk {
  readonly jobId: JobId;
  /** 0-based position in the job. */
  readonly index: number;
  /** The number of the current wake. Messages with a lower number are late. */
  readonly wake: number;
  /** When the current wake is due. */
  readonly dueAt: number;
  /** The attempt that owns the row until `quietUntil`. Both are absent while nothing is being sent. */
  readonly attemptId?: string;
  readonly quietUntil?: number;
  readonly resets: readonly ResetRecord[];
}

/** Tells the resets that are not to be worked on yet. */
export type IsBehindCanary = (record: ResetRecord) => boolean;

/** A chunk as it is first written: everything pending, wake 1. */
export function newChunk(jobId: JobId, index: number, requests: readonly ResetRequest[], dueAt: number): Chunk {
  return { jobId, index, wake: 1, dueAt, resets: requests.map((request) => newReset(request, dueAt)) };
}

/** A reset that nobody has looked at yet. */
export function newReset(request: ResetRequest, dueAt: number): ResetRecord {
  return { request, status: 'pending', nextAction: 'send', dueAt, attempts: 0 };
}

export function isEnded(chunk: Chunk): boolean {
  return chunk.resets.every((reset) => isTerminal(reset.status));
}

/** Whether anything is left to do; after the end that is only to verify. */
export function hasWork(chunk: Chunk): boolean {
  return chunk.resets.some(({ status, verifyAt }) => !isTerminal(status) || verifyAt !== undefined);
}

/** Whether an attempt may still be on its way, so that nobody but its owner may act. */
export function hasLiveAttempt(chunk: Chunk, now: number): boolean {
  return chunk.quietUntil !== undefined && chunk.quietUntil > now;
}

/**
 * Ends a visit to the chunk: the attempt is over, and where work is left there is a next wake at the earliest due time.
 * @param notBefore puts the next wake off, where others of the chunk have to wait as well
 * @param isBehindCanary tells open resets that no wake is for, as long as anything else is left to do
 * @returns the chunk as it must be written
 */
export function withNextWake(
  chunk: Chunk,
  resets: readonly ResetRecord[],
  notBefore = 0,
  isBehindCanary: IsBehindCanary = () => false,
): Chunk {
  const { attemptId: _attempt, quietUntil: _quiet, ...rest } = chunk;
  const dueTimesOf = (some: readonly ResetRecord[]): number[] =>
    some.flatMap(({ status, dueAt, verifyAt }) => (isTerminal(status) ? (verifyAt ?? []) : dueAt));
  const first = dueTimesOf(resets.filter((record) => !isBehindCanary(record)));
  const dueTimes = first.length > 0 ? first : dueTimesOf(resets);
  if (dueTimes.length === 0) return { ...rest, resets };
  return { ...rest, resets, wake: chunk.wake + 1, dueAt: Math.max(notBefore, Math.min(...dueTimes)) };
}

/** What becomes of one reset. */
export type Change = (record: ResetRecord) => ResetRecord;
/** By row; resets without one stay as they are. */
export type Changes = ReadonlyMap<number, Change>;

export function changeResets(resets: readonly ResetRecord[], changes: Changes): ResetRecord[] {
  return resets.map((reset) => changes.get(reset.request.row)?.(reset) ?? reset);
}
