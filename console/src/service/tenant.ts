/** How sending stands for the whole tenant, for as long as somebody looks. */
import { useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import type { Answered } from '../../../client/answer.ts';
import type { Tenant } from '../../../client/types.ts';
import { useAnswer, type Unanswered } from './answers.ts';

interface Watching {
  /** How soon it is asked for again; default: as soon as whatever else changes. */
  readonly everySeconds?: number;
  readonly enabled?: boolean;
}

export const useTenant = (watching: Watching = {}): UseQueryResult<Answered<Tenant>, Unanswered> =>
  useAnswer(['tenant'], (client) => client.tenant(), { changes: () => true, ...watching });

/** Of what a stop of the tenant is seen by. */
const TOUCHED: readonly string[] = ['tenant', 'jobs', 'job', 'audit', 'diagnostics'];

/** Looks once more at all that is shown of it: something was done to the tenant. */
export function useLookAgainAtTenant(): () => void {
  const queries = useQueryClient();
  return () => void queries.invalidateQueries({ predicate: ({ queryKey: [what] }) => TOUCHED.includes(String(what)) });
}
