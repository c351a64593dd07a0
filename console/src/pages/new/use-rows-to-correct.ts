/** Back from a rehearsal: the rows that ended with a code, with what the rehearsal said of each. */
import { useQuery } from '@tanstack/react-query';
import type { Client } from '../../../../client/client.ts';
import { useService } from '../../service/service.tsx';
import { openList } from '../../list/open-list.ts';
import { keptList } from '../../list/store.ts';
import type { Troubles } from './problems.ts';

/** So many are shown at once, as of problems. */
const SHOWN = 100;

export function useRowsToCorrect(rehearsal: string | undefined, code: string | undefined): Troubles | undefined {
  const { client } = useService();
  const { data } = useQuery({
    queryKey: ['to-correct', rehearsal, code],
    queryFn: async () =>
      rehearsal === undefined || code === undefined ? null : ((await rowsOf(client, rehearsal, code)) ?? null),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return data ?? undefined;
}

async function rowsOf(client: Client, rehearsal: string, code: string): Promise<Troubles | undefined> {
  const [page, job, kept] = await Promise.all([
    client.resetPage(rehearsal, { code, pageSize: SHOWN }),
    client.job(rehearsal),
    keptList(rehearsal),
  ]);
  if (page.kind !== 'answered' || kept === undefined) return undefined;
  // The rehearsal counts the rows of the list that it was made of.
  const list = await openList(kept.source, kept.changes);
  const rows = page.value.value.map(({ row, message, nextStep }) => ({
    record: list.record(row),
    messages: [{ message: [message, nextStep].filter((text) => text !== undefined).join(' ') }],
  }));
  const byCode: Readonly<Record<string, number>> = job.kind === 'answered' ? job.value.byCode : {};
  return { rows, general: [], count: Math.max(byCode[code] ?? 0, rows.length), source: 'rehearsal' };
}
