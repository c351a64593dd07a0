/** Back from a rehearsal: the rows that ended with a code, with what the rehearsal said of each. */
import { useQuery } from '@tanstack/react-query';
import type { Client } from '../../../../client/client.ts';
import { useService } from '../../service/service.tsx';
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
  const [page, job] = await Promise.all([
    client.resetPage(rehearsal, { code, pageSize: SHOWN }),
    client.job(rehearsal),
  ]);
  if (page.kind !== 'answered') return undefined;
  const rows = page.value.value.map(({ row, message, nextStep }) => ({
    row,
    messages: [{ message: [message, nextStep].filter((text) => text !== undefined).join(' ') }],
  }));
  const byCode: Readonly<Record<string, number>> = job.kind === 'answered' ? job.value.byCode : {};
  return { rows, general: [], count: Math.max(byCode[code] ?? 0, rows.length), isOfRehearsal: true };
}
