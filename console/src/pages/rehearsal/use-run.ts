/** Submits the rehearsed list: one job, however often it is asked for. */
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import type { Answer, Failure } from '../../../../client/answer.ts';
import type { Client } from '../../../../client/client.ts';
import type { Job } from '../../../../client/types.ts';
import { rehearsedWith, type Choices } from '../../list/choices.ts';
import { bodyOf, openList } from '../../list/open-list.ts';
import type { Unread } from '../../list/rehearse.ts';
import { CURRENT, forgetList, keepList, listAtWorkOf, type KeptList } from '../../list/store.ts';
import { useStillHere } from '../../parts/still-here.ts';
import { useService } from '../../service/service.tsx';
import { rowsToLeaveOut } from './rows-to-leave-out.ts';
import { keyOf, queryOf } from './run.ts';

export interface Run {
  readonly isBusy: boolean;
  readonly failure: Failure | Unread | undefined;
  /** Why what was found does not fit to the list, before anything was sent. */
  readonly fault: string | undefined;
  /** Of `duplicateSubmission`: the id of the job that is there already. */
  readonly earlierJob: string | undefined;
  /** @param isSecond true: although the same was submitted a short time ago */
  readonly go: (isSecond: boolean) => void;
}

export function useRun(rehearsal: Job, kept: KeptList, choices: Choices, guests: number): Run {
  const { client } = useService();
  const [, navigate] = useLocation();
  const queries = useQueryClient();
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | Unread>();
  const [fault, setFault] = useState<string>();
  const isStillHere = useStillHere();
  const go = async (isSecond: boolean): Promise<void> => {
    setBusy(true);
    setFailure(undefined);
    setFault(undefined);
    let answer: Answer<Job>;
    try {
      answer = await submit(client, rehearsal, kept, choices, guests, isSecond);
    } catch (error) {
      // Of what it keeps and cannot read any more the browser says no more than that.
      if (error instanceof DOMException) return setFailure({ kind: 'unread' });
      return setFault(error instanceof Error ? error.message : String(error));
    } finally {
      setBusy(false);
    }
    if (answer.kind !== 'answered') return setFailure(answer);
    const { id } = answer.value;
    await keepList({ ...kept, ranAs: id });
    // A list that is worked on beside it stays.
    if ((await listAtWorkOf(rehearsal.id)) !== undefined) await forgetList(CURRENT);
    // Whoever goes back at once finds the page as it was.
    queries.setQueryData<KeptList>(['kept', rehearsal.id], { ...kept, ranAs: id });
    if (isStillHere()) navigate(`/jobs/${id}`);
  };
  const earlierJob = failure?.kind === 'refused' ? failure.problem.earlierJob?.id : undefined;
  return { isBusy, failure, fault, earlierJob, go: (isSecond) => void go(isSecond) };
}

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
