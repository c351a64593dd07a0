/** What the directory says of a guest now. */
import type { QueryKey, UseQueryResult } from '@tanstack/react-query';
import type { Answered, Failure } from '../../../../client/answer.ts';
import type { Guest } from '../../../../client/types.ts';
import { useAnswer, type Unanswered } from '../../service/answers.ts';

export const guestKey = (id: string): QueryKey => ['guest', id, 'now'];
export const historyKey = (id: string): QueryKey => ['guest', id, 'history'];

/** @param mayLook without a role that may, nobody is asked */
export const useGuest = (id: string, mayLook: boolean): UseQueryResult<Answered<Guest>, Unanswered> =>
  useAnswer(guestKey(id), (client) => client.guest(id), { enabled: mayLook });

export const isNotThere = (failure: Failure | undefined): boolean =>
  failure?.kind === 'refused' && failure.problem.code === 'guestNotFound';

/** A user of the tenant who is not provably external: nothing more is told of them. */
export const isNoGuest = (guest: Guest | undefined): boolean => guest?.code === 'notExternal';
