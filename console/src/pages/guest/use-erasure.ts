/** How far the erasure of a guest is, asked for as late as the service says, until it is over. */
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { Answered, Failure } from '../../../../client/answer.ts';
import type { Erasure } from '../../../../client/types.ts';
import { useAnswer } from '../../service/answers.ts';

export interface ErasureSeen {
  /** Undefined where none was asked for here. */
  readonly erasure: Erasure | undefined;
  readonly failure: Failure | undefined;
  readonly again: () => void;
  /** Told what was answered to whoever asked for it. */
  readonly began: (answer: Answered<Erasure>) => void;
}

const isUnderWay = (erasure: Erasure | undefined): boolean => erasure?.status === 'erasing';

export function useErasure(id: string): ErasureSeen {
  const queries = useQueryClient();
  const key = ['erasure', id];
  const known = queries.getQueryData<Answered<Erasure>>(key)?.value;
  const { data, error, refetch } = useAnswer(key, (client) => client.eraseGuest(id), {
    // The question is the request itself: it is never asked before somebody has, nor after the end.
    enabled: isUnderWay(known),
    changes: isUnderWay,
  });
  const erasure = data?.value;
  const isErasing = isUnderWay(erasure);
  const wasErasing = useRef(isErasing);
  useEffect(() => {
    if (wasErasing.current && !isErasing)
      for (const what of ['guest', 'job']) void queries.invalidateQueries({ queryKey: [what] });
    wasErasing.current = isErasing;
  }, [queries, isErasing]);
  return {
    erasure,
    failure: error?.failure,
    again: () => void refetch(),
    began: (answer) => queries.setQueryData(key, answer),
  };
}
