/** Sends the list to be rehearsed. What the service refuses of it is shown beside its rows; what else goes wrong is a failure. */
import { useState } from 'react';
import { useLocation } from 'wouter';
import type { Failure } from '../../../../client/answer.ts';
import type { GuestList } from '../../list/guest-list.ts';
import { rehearse, type Unread } from '../../list/rehearse.ts';
import type { Chosen } from '../../list/take.ts';
import { counted } from '../../parts/numbers.ts';
import { useLeaving } from '../../parts/leaving.ts';
import { useService } from '../../service/service.tsx';
import { useAnnounce } from '../../shell/announcer.tsx';
import { troublesOf, type Troubles } from './problems.ts';

export interface Rehearsing {
  readonly ask: () => void;
  /** Whether the list is on its way: what is changed of it now would be no part of the rehearsal. */
  readonly isAsked: boolean;
  readonly failure: Failure | Unread | undefined;
}

/** @param action what the button says */
export function useRehearsing(chosen: Chosen, action: string, onRefused: (troubles: Troubles) => void): Rehearsing {
  const service = useService();
  const [, navigate] = useLocation();
  const say = useAnnounce();
  const asking = useLeaving();
  const [isAsked, setAsked] = useState(false);
  const [failed, setFailed] = useState<{ readonly list: GuestList; readonly failure: Failure | Unread }>();
  const { list } = chosen;
  const ask = async (): Promise<void> => {
    setAsked(true);
    setFailed(undefined);
    say('The list is on its way.');
    const ended = asking({ key: crypto.randomUUID(), action });
    const answer = await rehearse(service, chosen);
    setAsked(false);
    if (answer.kind === 'rehearsed') {
      const to = `/rehearsals/${answer.job.id}`;
      if (ended({ kind: 'done' }, to)) navigate(to);
      return;
    }
    if (!ended(answer)) return;
    if (answer.kind !== 'refused' || answer.problem.status !== 400) return setFailed({ list, failure: answer });
    const troubles = troublesOf(answer.problem, list);
    say(`${counted(troubles.count, 'problem')}: nothing was rehearsed.`);
    onRefused(troubles);
  };
  return { ask: () => void ask(), isAsked, failure: failed?.list === list ? failed.failure : undefined };
}
