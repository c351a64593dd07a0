/** Back from a rehearsal: the rows that ended with a code, with what the rehearsal said of each. */
import { skipToken, useQuery } from '@tanstack/react-query';
import type { Answered, Failure } from '../../../../client/answer.ts';
import type { Client } from '../../../../client/client.ts';
import { tokenAfter, type Token } from '../../../../client/pages.ts';
import type { ResetPage } from '../../../../client/types.ts';
import { useService } from '../../service/service.tsx';
import { openList } from '../../list/open-list.ts';
import type { Unread } from '../../list/rehearse.ts';
import { keptList } from '../../list/store.ts';
import { answered, Unanswered } from '../../service/answers.ts';
import { inPageWords } from '../../parts/service-words.ts';
import type { Troubles } from './problems.ts';

/** So many are shown at once, as of problems. */
const SHOWN = 100;
/** So many are gone through at once. */
const LOOKED_AT = 1_000;

export interface RowsToCorrect {
  readonly troubles: Troubles | undefined;
  readonly failure: Failure | Unread | undefined;
  readonly again: () => void;
}

/** What the rows are told by. */
interface Wanted {
  readonly code: string | undefined;
  readonly warning: string | undefined;
}

export function useRowsToCorrect(rehearsal: string | undefined, { code, warning }: Wanted): RowsToCorrect {
  const { client } = useService();
  const { data, error, refetch } = useQuery({
    queryKey: ['to-correct', rehearsal, code, warning],
    queryFn:
      rehearsal === undefined || (code ?? warning) === undefined
        ? skipToken
        : () => rowsOf(client, rehearsal, { code, warning }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const failure = error instanceof Unanswered ? error.failure : ({ kind: 'unread' } as const);
  return { troubles: data ?? undefined, failure: error === null ? undefined : failure, again: () => void refetch() };
}

interface Found {
  readonly row: number;
  readonly message: string;
}

async function ending(client: Client, rehearsal: string, code: string | undefined): Promise<Found[]> {
  const { value: page } = answered(
    await client.resetPage(rehearsal, { ...(code !== undefined && { code }), pageSize: SHOWN }),
  );
  return page.value.map(({ row, message, nextStep }) => ({
    row,
    message: [message, nextStep].filter((text) => text !== undefined).join(' '),
  }));
}

/** A warning is no code by which the service could look: the rows are gone through. */
async function bearing(client: Client, rehearsal: string, warning: string): Promise<Found[]> {
  const found: Found[] = [];
  let token: Token | undefined = {};
  while (token !== undefined && found.length < SHOWN) {
    const query = { code: 'wouldReset', pageSize: LOOKED_AT, ...token };
    const { value: page }: Answered<ResetPage> = answered(await client.resetPage(rehearsal, query));
    for (const { row, warnings = [] } of page.value)
      for (const { code, message } of warnings) if (code === warning) found.push({ row, message });
    token = tokenAfter(page);
  }
  return found.slice(0, SHOWN);
}

/** Null where the list is not in this browser, which is said already. @throws Unanswered, or where it cannot be read */
async function rowsOf(client: Client, rehearsal: string, { code, warning }: Wanted): Promise<Troubles | null> {
  const kept = await keptList(rehearsal);
  if (kept === undefined) return null;
  const [found, job] = await Promise.all([
    warning === undefined ? ending(client, rehearsal, code) : bearing(client, rehearsal, warning),
    client.job(rehearsal).then(answered),
  ]);
  // The rehearsal counts the rows of the list that it was made of.
  const list = await openList(kept.source, kept.changes);
  const rows = found.map(({ row, message }) => ({
    record: list.record(row),
    messages: [{ message: inPageWords(message) }],
  }));
  const numbers: Readonly<Record<string, number>> = warning === undefined ? job.value.byCode : job.value.byWarning;
  return {
    rows,
    general: [],
    count: Math.max(numbers[warning ?? code ?? ''] ?? 0, rows.length),
    source: 'rehearsal',
    sent: list,
  };
}
