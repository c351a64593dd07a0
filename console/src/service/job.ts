/** What the service says of a job, asked again while it changes. */
import { useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { Answered } from '../../../client/answer.ts';
import type { Job } from '../../../client/types.ts';
import { hasEnded } from '../parts/job-words.ts';
import { useAnswer, type Unanswered } from './answers.ts';

/** Whether it changes by itself. */
export const isWatched = (job: Job): boolean => !hasEnded(job) || job.check?.status === 'inProgress';

export const useJob = (id: string): UseQueryResult<Answered<Job>, Unanswered> =>
  useAnswer(['job', id], (client) => client.job(id), { changes: isWatched });

/** Looks at the job and all that is shown of it once more: something was done to it. */
export function useLookAgain(id: string): () => void {
  const queries = useQueryClient();
  return () => void queries.invalidateQueries({ queryKey: ['job', id] });
}

/** Once it changes no more, all that is shown of it is looked at a last time: a list was seen before the end. */
export function useLastLook(job: Job): void {
  const isChanging = isWatched(job);
  const wasChanging = useRef(isChanging);
  const queries = useQueryClient();
  useEffect(() => {
    if (wasChanging.current && !isChanging) void queries.invalidateQueries({ queryKey: ['job', job.id] });
    wasChanging.current = isChanging;
  }, [queries, isChanging, job.id]);
}
