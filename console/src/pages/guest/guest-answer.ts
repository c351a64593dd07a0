/** What the directory says of a guest now. */
import type { QueryKey, UseQueryResult } from '@tanstack/react-query';
import type { Answered, Failure } from '../../../../client/answer.ts';
import type { Guest, PastReset } from '../../../../client/types.ts';
import { useAnswer, type Unanswered } from '../../service/answers.ts';

export const guestKey = (id: string): QueryKey => ['guest', id, 'now'];
export const historyKey = (id: string): QueryKey => ['guest', id, 'history'];

/** A job that was made here a short time ago: the history shows it once something was tried. */
export interface Asked {
  readonly jobId: string;
  readonly at: number;
}
/** Of a job that tries nothing nothing comes. */
const LOOKED_FOR_MS = 60_000;

export const isAwaited = (asked: Asked | undefined, resets: readonly PastReset[]): boolean =>
  asked !== undefined && Date.now() < asked.at + LOOKED_FOR_MS && !resets.some(({ jobId }) => jobId === asked.jobId);

/** @param mayLook without a role that may, nobody is asked */
export const useGuest = (id: string, mayLook: boolean): UseQueryResult<Answered<Guest>, Unanswered> =>
  useAnswer(guestKey(id), (client) => client.guest(id), { enabled: mayLook });

export const isNotThere = (failure: Failure | undefined): boolean =>
  failure?.kind === 'refused' && failure.problem.code === 'guestNotFound';

/** A user of the tenant who is not provably external: nothing more is told of them. */
export const isNoGuest = (guest: Guest | undefined): boolean => guest?.code === 'notExternal';
