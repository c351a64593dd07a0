/** Back from a rehearsal: the rows that ended with a code, with what the rehearsal said of each. */
import { skipToken, useQuery } from '@tanstack/react-query';
import type { Failure } from '../../../../client/answer.ts';
import type { Client } from '../../../../client/client.ts';
import { useService } from '../../service/service.tsx';
import { openList } from '../../list/open-list.ts';
import type { Unread } from '../../list/rehearse.ts';
import { keptList } from '../../list/store.ts';
import { answered, Unanswered } from '../../service/answers.ts';
import { inPageWords } from '../../parts/service-words.ts';
import type { Troubles } from './problems.ts';

/** So many are shown at once, as of problems. */
const SHOWN = 100;

export interface RowsToCorrect {
  readonly troubles: Troubles | undefined;
  readonly failure: Failure | Unread | undefined;
  readonly again: () => void;
}

export function useRowsToCorrect(rehearsal: string | undefined, code: string | undefined): RowsToCorrect {
  const { client } = useService();
  const { data, error, refetch } = useQuery({
    queryKey: ['to-correct', rehearsal, code],
    queryFn: rehearsal === undefined || code === undefined ? skipToken : () => rowsOf(client, rehearsal, code),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const failure = error instanceof Unanswered ? error.failure : ({ kind: 'unread' } as const);
  return { troubles: data ?? undefined, failure: error === null ? undefined : failure, again: () => void refetch() };
}

/** Null where the list is not in this browser, which is said already. @throws Unanswered, or where it cannot be read */
async function rowsOf(client: Client, rehearsal: string, code: string): Promise<Troubles | null> {
  const kept = await keptList(rehearsal);
  if (kept === undefined) return null;
  const [page, job] = await Promise.all([
    client.resetPage(rehearsal, { code, pageSize: SHOWN }).then(answered),
    client.job(rehearsal).then(answered),
  ]);
  // The rehearsal counts the rows of the list that it was made of.
  const list = await openList(kept.source, kept.changes);
  const rows = page.value.value.map(({ row, message, nextStep }) => ({
    record: list.record(row),
    messages: [{ message: inPageWords([message, nextStep].filter((text) => text !== undefined).join(' ')) }],
  }));
  const byCode: Readonly<Record<string, number>> = job.value.byCode;
  return { rows, general: [], count: Math.max(byCode[code] ?? 0, rows.length), source: 'rehearsal', sent: list };
}
