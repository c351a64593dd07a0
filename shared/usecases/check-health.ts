/** Whether the service can do its work: each thing it depends on, tried. */
import { describeDeadLetters } from '../domain/api/dead-letters.ts';
import { quoteOf, type GraphAnswer } from '../domain/graph/answer.ts';
import { howToResume } from '../domain/job/job-stops.ts';
import { STANDINGS, standingOf, type Standing } from '../domain/pace/standing.ts';
import { describeThrottling } from '../domain/pace/throttling.ts';
import { NOT_SAID } from '../domain/graph/retry-after.ts';
import { iso } from '../domain/instant.ts';
import type { Deps } from './deps.ts';
import { readThrottledUntil, throttlePaceFor } from './throttling.ts';

export const HEALTH_CHECKS = ['tables', 'serviceBus', 'graph', 'roles', 'gate', 'deadLetters'] as const;

export interface HealthCheck {
  readonly name: (typeof HEALTH_CHECKS)[number];
  readonly ok: boolean;
  /** Of the gate, unless all is well. */
  readonly standing?: Exclude<Standing, 'healthy'>;
  readonly milliseconds: number;
  /** What is wrong and where to look; absent when nothing is. */
  readonly problem?: string;
  /** Something that works less well than it could. */
  readonly note?: string;
}

export const HEALTH_STATUSES = [...STANDINGS, 'unhealthy'] as const;
export type HealthStatus = (typeof HEALTH_STATUSES)[number];

/** Whoever watches the service is called for what is wrong, not for what somebody wants or what passes. */
export const isWell = (status: HealthStatus): boolean => status !== 'stopped' && status !== 'unhealthy';

/** Whatever cannot be reached weighs more than how sending stands. */
export function healthOf(checks: readonly Pick<HealthCheck, 'ok' | 'standing'>[]): HealthStatus {
  const standing = checks.find((each) => each.standing !== undefined)?.standing ?? 'healthy';
  return checks.some(({ ok, standing: own }) => !ok && own === undefined) ? 'unhealthy' : standing;
}

/**
 * What everybody may know: read from the one row that tells how sending stands, and from nothing else, for a stranger
 * must not make the service work.
 */
export async function healthFromControlRow({ control, clock }: Pick<Deps, 'control' | 'clock'>): Promise<HealthStatus> {
  return control.read().then(
    ({ gate, pace }) => standingOf(gate, pace, clock.now()),
    () => 'unhealthy',
  );
}

export async function checkHealth(deps: Deps): Promise<HealthCheck[]> {
  return Promise.all([
    check(deps, 'tables', async () => {
      await deps.control.read();
      return undefined;
    }),
    check(deps, 'serviceBus', async () => {
      await deps.queue.check();
      return undefined;
    }),
    checkGraph(deps),
    checkRoles(deps),
    checkGate(deps),
    checkDeadLetters(deps),
  ]);
}

async function check(
  { clock }: Deps,
  name: HealthCheck['name'],
  findProblem: () => Promise<string | undefined>,
): Promise<HealthCheck> {
  const started = clock.monotonic();
  const problem = await findProblem().catch((error: unknown) =>
    (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).slice(0, 300),
  );
  return {
    name,
    ok: problem === undefined,
    milliseconds: Math.round(clock.monotonic() - started),
    ...(problem !== undefined && { problem }),
  };
}

/** A refusal of the whole tenant is ill health; somebody's pause is a wish, and throttling passes. */
async function checkGate(deps: Deps): Promise<HealthCheck> {
  let found: Pick<HealthCheck, 'standing' | 'note'> = {};
  const result = await check(deps, 'gate', async () => {
    const { gate, pace } = await deps.control.read();
    const now = deps.clock.now();
    const { stop } = gate;
    const told = stop && `${stop.message} ${howToResume({ ...stop, scope: 'tenant' })}`;
    const standing = standingOf(gate, pace, now);
    const note = standing === 'stopped' ? undefined : (told ?? describeThrottling(pace, now));
    found = { ...(standing !== 'healthy' && { standing }), ...(note !== undefined && { note }) };
    return standing === 'stopped' ? told : undefined;
  });
  return { ...result, ...found };
}

/** Optional: without it Graph's refusal tells who holds a role. */
async function checkRoles(deps: Deps): Promise<HealthCheck> {
  const throttling = await throttlingNote(deps);
  if (throttling !== undefined) return { name: 'roles', ok: true, milliseconds: 0, note: throttling };
  let canRead = false;
  const result = await check(deps, 'roles', async () => {
    canRead = (await deps.directory.roles()) !== undefined;
    return undefined;
  });
  return result.ok && !canRead
    ? {
        ...result,
        note:
          'Directory roles cannot be read. With RoleManagement.Read.Directory guests who hold one are told before ' +
          'anything is sent.',
      }
    : result;
}

/**
 * Never a problem: a message that is given up ends no reset, and whether the queues can be reached is another check's.
 */
async function checkDeadLetters(deps: Deps): Promise<HealthCheck> {
  let note: string | undefined;
  const result = await check(deps, 'deadLetters', async () => {
    note = await deps.queue.deadLetters().then(
      (queues) => describeDeadLetters(queues, deps.clock.now()),
      () => 'Dead letters cannot be looked at now.',
    );
    return undefined;
  });
  return note === undefined ? result : { ...result, note };
}

/** Throttling passes, so it is no ill health. */
async function checkGraph(deps: Deps): Promise<HealthCheck> {
  let note = await throttlingNote(deps);
  const result = await check(deps, 'graph', async () => {
    const answer = note === undefined ? await askGraph(deps) : undefined;
    if (answer === undefined || typeof answer === 'string') return answer;
    if (answer.status === 429) {
      await throttlePaceFor(deps, [answer.retryAfter ?? NOT_SAID]);
      note = await throttlingNote(deps);
      return undefined;
    }
    return answer.status === 200 ? undefined : `Graph answered ${quoteOf(answer)}`;
  });
  return note === undefined ? result : { ...result, note };
}

/** What Graph answered, or why there is no answer. */
async function askGraph({ directory }: Deps): Promise<GraphAnswer | string> {
  const batch = await directory.check();
  if (batch.kind === 'notSent' || batch.kind === 'noAnswer') return `Graph did not answer: ${batch.message}`;
  const answer = batch.kind === 'refused' ? batch.answer : [...batch.answers.values()][0];
  return answer ?? 'Graph answered nothing.';
}

/** Undefined also where nobody can tell, as the tables have a check of their own. */
async function throttlingNote(deps: Deps): Promise<string | undefined> {
  const until = await readThrottledUntil(deps).catch(() => undefined);
  return until === undefined ? undefined : `Graph asked to wait until ${iso(until)}, so it was not asked.`;
}
