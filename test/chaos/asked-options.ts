/** The options that jobs of a run ask for. Each run deals some of them out, mostly to small jobs. */
import type { Random } from '../../local/graph/random.ts';

/** As in docs/submitting.md; times are milliseconds since the epoch. */
export interface AskedOptions {
  readonly dryRun?: true;
  readonly skipIfResetWithinHours?: number;
  readonly maxPerMinute?: number;
  readonly notBefore?: number;
  readonly notAfter?: number;
  readonly pauseAfter?: number;
  readonly changeEmailDomain?: { readonly from: string; readonly to: string };
}

/** All new domains of a run end so. */
export const NEW_DOMAIN = 'newpartner.example';

export interface DealtJob {
  readonly index: number;
  readonly size: number;
  /** When it is submitted, in milliseconds since the epoch. */
  readonly submittedAt: number;
}

type Deal = (random: Random, job: DealtJob) => AskedOptions;

const DEALS: Readonly<Record<'dryRun' | 'skip' | 'rate' | 'notBefore' | 'notAfter' | 'canary' | 'domain', Deal>> = {
  dryRun: () => ({ dryRun: true }),
  skip: (random) => ({ skipIfResetWithinHours: random.pick([0, 0, 0.02, 48]) }),
  // So that a job of twenty takes some minutes.
  rate: (random, { size }) => ({ maxPerMinute: size > 20 ? 20 + random.below(40) : 3 + random.below(9) }),
  notBefore: (random, { submittedAt }) => ({ notBefore: submittedAt + 20_000 + random.below(200_000) }),
  notAfter: (random, { submittedAt }) => ({ notAfter: submittedAt + 15_000 + random.below(180_000) }),
  canary: (random, { size }) => (size < 2 ? {} : { pauseAfter: 1 + random.below(size - 1) }),
  // From which domain, its guests decide.
  domain: (_random, { index }) => ({ changeEmailDomain: { from: '', to: `moved-${index}.${NEW_DOMAIN}` } }),
};
const KINDS = Object.keys(DEALS) as (keyof typeof DEALS)[];
/** In every run, for the larger of the small jobs: of a single reset they say little. */
const ALWAYS: readonly (keyof typeof DEALS)[] = ['canary', 'rate', 'dryRun'];

/** Small jobs with an option of their own; the others go on as they always did. */
const SMALL_WITH_OPTION = 6;
const SECOND_OPTION = 0.3;
const BULK_WITH_OPTION = 0.5;
const OF_BULK: readonly (keyof typeof DEALS)[] = ['rate', 'canary', 'domain', 'notAfter', 'skip'];

/** @returns the options of each job, by its index */
export function dealOptions(random: Random, jobs: readonly DealtJob[]): Map<number, AskedOptions> {
  const kinds = [...random.shuffle(ALWAYS), ...random.shuffle(KINDS.filter((kind) => !ALWAYS.includes(kind)))];
  const small = random
    .shuffle(jobs.filter(({ size }) => size <= 20))
    .toSorted((one, other) => Number(other.size > 3) - Number(one.size > 3))
    .slice(0, SMALL_WITH_OPTION);
  // The first bulk job stays plain: most of a run's resets are its.
  const bulk = jobs.filter(({ size, index }) => size > 20 && index > 0 && random.fraction() < BULK_WITH_OPTION);
  return new Map([
    ...small.map((job, position) => [job.index, deal(random, job, kinds[position % kinds.length], KINDS)] as const),
    ...bulk.map((job) => [job.index, deal(random, job, random.pick(OF_BULK), OF_BULK)] as const),
  ]);
}

function deal(
  random: Random,
  job: DealtJob,
  kind: keyof typeof DEALS = 'skip',
  others: readonly (keyof typeof DEALS)[],
): AskedOptions {
  const first = DEALS[kind](random, job);
  return random.fraction() < SECOND_OPTION
    ? reconciled({ ...DEALS[random.pick(others)](random, job), ...first })
    : first;
}

/** What the service would refuse together. */
function reconciled({ pauseAfter, notAfter, ...rest }: AskedOptions): AskedOptions {
  return {
    ...rest,
    ...(pauseAfter !== undefined && rest.dryRun !== true && { pauseAfter }),
    ...(notAfter !== undefined && { notAfter: Math.max(notAfter, (rest.notBefore ?? 0) + 60_000) }),
  };
}

/** Whether it can be told from the outbox only where no other job names the guest. */
export const wantsOwnGuests = ({ skipIfResetWithinHours: _skip, ...judged }: AskedOptions): boolean =>
  Object.keys(judged).length > 0;

/** As query parameters, which every kind of body takes. */
export function queryOf({ changeEmailDomain, notBefore, notAfter, ...plain }: AskedOptions): string {
  const query = new URLSearchParams(Object.entries(plain).map(([name, value]) => [name, String(value)]));
  if (notBefore !== undefined) query.set('notBefore', new Date(notBefore).toISOString());
  if (notAfter !== undefined) query.set('notAfter', new Date(notAfter).toISOString());
  if (changeEmailDomain !== undefined)
    query.set('changeEmailDomain', `${changeEmailDomain.from}:${changeEmailDomain.to}`);
  return query.size === 0 ? '' : `?${query.toString()}`;
}

/** A retry has the options of its source, but not its times. */
export function askedOfRetry({ notBefore: _begin, notAfter: _end, ...kept }: AskedOptions): AskedOptions {
  return kept;
}
