/** Rehearses the same list anew, with other options: what is found depends on them. */
import { useState } from 'react';
import { useLocation } from 'wouter';
import type { Failure } from '../../../../client/answer.ts';
import type { RehearsedWith } from '../../list/choices.ts';
import { openList } from '../../list/open-list.ts';
import { rehearse, type Unread } from '../../list/rehearse.ts';
import type { KeptList } from '../../list/store.ts';
import { useLeaving } from '../../parts/leaving.ts';
import { useService } from '../../service/service.tsx';

export interface Again {
  readonly isBusy: boolean;
  readonly failure: Failure | Unread | undefined;
  /** Leads to the new rehearsal. */
  readonly again: (options: RehearsedWith) => void;
}

export function useAgain({ key, source, changes }: KeptList): Again {
  const service = useService();
  const [, navigate] = useLocation();
  const asking = useLeaving();
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | Unread>();
  const again = async (options: RehearsedWith): Promise<void> => {
    if (isBusy) return;
    setBusy(true);
    setFailure(undefined);
    const ended = asking({ key: crypto.randomUUID(), action: 'Rehearse again' });
    const list = await openList(source, changes).catch(() => undefined);
    const answer = list === undefined ? UNREAD : await rehearse(service, { source, list, of: key, options });
    setBusy(false);
    if (answer.kind !== 'rehearsed') {
      ended(answer);
      return setFailure(answer);
    }
    const to = `/rehearsals/${answer.job.id}`;
    if (ended({ kind: 'done' }, to)) navigate(to);
  };
  return { isBusy, failure, again: (options) => void again(options) };
}

const UNREAD: Unread = { kind: 'unread' };
