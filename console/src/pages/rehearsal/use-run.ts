/** Submits the rehearsed list: one job, however often it is asked for. */
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import type { Answer } from '../../../../client/answer.ts';
import type { Client } from '../../../../client/client.ts';
import type { Job } from '../../../../client/types.ts';
import { rehearsedWith, type Choices } from '../../list/choices.ts';
import { bodyOf, openList } from '../../list/open-list.ts';
import { CURRENT, forgetList, keepList, listAtWorkOf, sinceRehearsal, type KeptList } from '../../list/store.ts';
import { useLeaving } from '../../parts/leaving.ts';
import type { NotDone } from '../../parts/not-done.ts';
import { useService } from '../../service/service.tsx';
import { rowsToLeaveOut } from './rows-to-leave-out.ts';
import { keyOf, queryOf } from './run.ts';

export interface Run {
  readonly isBusy: boolean;
  readonly failure: NotDone | undefined;
  /** Of `duplicateSubmission`: the id of the job that is there already. */
  readonly earlierJob: string | undefined;
  /** @param isSecond true: although the same was submitted a short time ago */
  readonly go: (isSecond: boolean) => void;
}

/** @param action what the button says */
export function useRun(rehearsal: Job, kept: KeptList, choices: Choices, guests: number, action: string): Run {
  const { client } = useService();
  const [, navigate] = useLocation();
  const queries = useQueryClient();
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<NotDone>();
  const asking = useLeaving();
  const go = async (isSecond: boolean): Promise<void> => {
    setBusy(true);
    setFailure(undefined);
    // In another tab, after this page has looked: it looks again, and leads on.
    if ((await sinceRehearsal(rehearsal.id)) !== undefined) {
      await queries.invalidateQueries({ queryKey: ['at work', rehearsal.id] });
      return setBusy(false);
    }
    const ended = asking({ key: crypto.randomUUID(), action });
    const answer = await submit(client, rehearsal, kept, choices, guests, isSecond).catch(unsent);
    if (answer.kind === 'answered') {
      const { id } = answer.value;
      await keepRun(kept, id);
      // Whoever goes back at once finds the page as it was.
      queries.setQueryData<KeptList>(['kept', rehearsal.id], { ...kept, ranAs: id });
      const to = `/jobs/${id}`;
      if (ended({ kind: 'done' }, to)) navigate(to);
    } else {
      ended(answer);
      setFailure(answer);
    }
    setBusy(false);
  };
  const earlierJob = failure?.kind === 'refused' ? failure.problem.earlierJob?.id : undefined;
  return { isBusy, failure, earlierJob, go: (isSecond) => void go(isSecond) };
}

async function keepRun(kept: KeptList, ranAs: string): Promise<void> {
  await keepList({ ...kept, ranAs });
  // A list that is worked on beside it stays, and one that was changed while this was on its way.
  const atWork = await listAtWorkOf(kept.key);
  if (atWork !== undefined && atWork.isChanged !== true) await forgetList(CURRENT);
}

/** Of what it keeps and cannot read any more the browser says no more than that. */
const unsent = (error: unknown): NotDone =>
  error instanceof DOMException
    ? { kind: 'unread' }
    : { kind: 'unfit', words: error instanceof Error ? error.message : String(error) };

async function submit(
  client: Client,
  rehearsal: Job,
  { source, changes }: KeptList,
  choices: Choices,
  guests: number,
  isSecond: boolean,
): Promise<Answer<Job>> {
  const query = queryOf(choices, guests, rehearsedWith(rehearsal));
  let list = await openList(source, changes);
  if (choices.leaveOut && guests < rehearsal.total) {
    const rows = await rowsToLeaveOut(client, rehearsal.id);
    if (rows.kind !== 'answered') return rows;
    list = list.without(rows.value);
    if (list.count !== guests) throw new Error(`Of ${rehearsal.total} rows ${list.count} are left, not ${guests}.`);
  }
  const body = await bodyOf(source, list);
  const key = await keyOf(rehearsal.id, query, choices.leaveOut);
  // With a key the service takes what came already; a person is asked first.
  return client.submit(body, { ...query, allowDuplicate: isSecond }, key);
}
