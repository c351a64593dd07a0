/** Rehearses the same list anew, with other options: what is found depends on them. */
import { useRef, useState } from 'react';
import { useLocation } from 'wouter';
import type { Failure } from '../../../../client/answer.ts';
import type { SubmitQuery } from '../../../../client/types.ts';
import { openList } from '../../list/open-list.ts';
import { rehearse } from '../../list/rehearse.ts';
import type { KeptList } from '../../list/store.ts';
import { carryDraft } from '../../service/drafts.ts';
import { useService } from '../../service/service.tsx';
import { carriedChoices, draftOf } from './run.ts';

export interface Again {
  readonly isBusy: boolean;
  readonly failure: Failure | undefined;
  /** Leads to the new rehearsal. */
  readonly again: (query: SubmitQuery) => void;
}

export function useAgain({ key, source, changes }: KeptList): Again {
  const service = useService();
  const [, navigate] = useLocation();
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  // A second click comes before what the first has set is drawn.
  const isUnderWay = useRef(false);
  const again = async (query: SubmitQuery): Promise<void> => {
    if (isUnderWay.current) return;
    isUnderWay.current = true;
    setBusy(true);
    setFailure(undefined);
    try {
      const answer = await rehearse(service, source, await openList(source, changes), query);
      if (answer.kind !== 'rehearsed') return setFailure(answer);
      carryDraft(draftOf(key), draftOf(answer.job.id), carriedChoices);
      navigate(`/rehearsals/${answer.job.id}`);
    } finally {
      isUnderWay.current = false;
      setBusy(false);
    }
  };
  return { isBusy, failure, again: (query) => void again(query) };
}
