import { useList } from '../../service/lists.ts';
import { sumOf, type OpenJobs } from './open-jobs.ts';

const OPEN = 'queued,inProgress,paused,canceling';
/** The address of the list of them, below the console. */
export const OPEN_JOBS_PLACE = `/jobs?status=${encodeURIComponent(OPEN)}`;

/** So many are counted. */
const MOST = 100;
const EVERY_SECONDS = 15;

/** Undefined until it is known. Rehearsals do not count: no stop of the tenant holds them. */
export function useOpenJobs(): OpenJobs | undefined {
  const query = { status: OPEN, dryRun: false, pageSize: MOST };
  const { items, more } = useList(['jobs', 'open'], (client, token) => client.jobPage({ ...query, ...token }), {
    changes: () => true,
    everySeconds: EVERY_SECONDS,
  });
  return items && sumOf(items, more !== undefined);
}
