/**
 * Whole lives of jobs in a bad world, by seed: processes die anywhere, answers get lost, the tenant is blocked, people
 * pause and resume. In the end every reset is over, and the simulated tenant says that nobody got a mail too many.
 */
import { afterEach, expect, test } from 'vitest';
import { isExternal } from '../../../local/graph/directory.ts';
import { seededRandom, type Random } from '../../../local/graph/random.ts';
import { controlStore } from '../../../shared/adapters/tables/control-store.ts';
import { jobStore } from '../../../shared/adapters/tables/job-store.ts';
import { recentJobs } from '../../../shared/adapters/tables/recent-jobs.ts';
import type { JobId } from '../../../shared/domain/ids.ts';
import { outcomeCountsOf } from '../../../shared/domain/reset/outcome-counts.ts';
import { isTerminal, type ResetRecord } from '../../../shared/domain/reset/reset.ts';
import { cancelJob, continueCancel } from '../../../shared/usecases/jobs/cancel-job.ts';
import { processWake } from '../../../shared/usecases/wake/process-wake.ts';
import { readJob } from '../../../shared/usecases/jobs/read-jobs.ts';
import { reconcile } from '../../../shared/usecases/repair/reconcile.ts';
import { pauseJob, pauseTenant, resumeJob, resumeTenant } from '../../../shared/usecases/stops/stop-control.ts';
import { isNamed } from '../../chaos/oracle.ts';
import { startService, type Service } from '../service-fixture.ts';
import { isKilled, troubled } from './troubled.ts';

let service: Service;
afterEach(async () => {
  await service?.stop();
});

const GUESTS = 24;
const ODD_USERS = 12;
const ACTIONS = 60;

const sim = async (method: string, path: string, body?: object): Promise<void> => {
  await service.graph.sim(method, path, body);
};

/** What a person did to the tenant, as the service has acknowledged it. */
type Acknowledged = 'paused' | 'resumed';

/**
 * After a pause that was acknowledged nothing is sent until somebody resumes, whatever else happens.
 * @returns of what was done last, how many invitations were sent that should not have been
 */
function watchPauses(): (done: Acknowledged | void) => Promise<number> {
  let sentBefore: number | undefined;
  return async (done) => {
    // Instances may act for a second on what they knew before.
    if (done === 'paused') service.advance(2);
    if (done === 'paused') sentBefore = await invitations();
    if (done === 'resumed') sentBefore = undefined;
    return sentBefore === undefined ? 0 : (await invitations()) - sentBefore;
  };
}

const invitations = async (): Promise<number> =>
  ((await service.graph.sim('GET', '/stats')).body as { requests: { invite: number } }).requests.invite;

/** One thing that happens in the bad part of a life. */
async function act(
  random: Random,
  jobs: readonly JobId[],
  instances: readonly Service['deps'][],
): Promise<Acknowledged | void> {
  const some = random.pick(jobs);
  const dying = troubled(random.pick(instances), () => random.fraction() < 0.03);
  switch (
    random.pick([
      'step',
      'step',
      'step',
      'step',
      'step',
      'twice',
      'fault',
      'fault',
      'block',
      'unblock',
      'pause',
      'pauseAgain',
      'resume',
      'pauseJob',
      'resumeJob',
      'reconcile',
      'later',
      'redeem',
      'task',
      'cancel',
      'lag',
    ] as const)
  ) {
    case 'step':
      return deliver(dying);
    case 'twice': {
      const [message] = service.messages;
      return message === undefined
        ? undefined
        : surviveBoth(processWake(dying, message.wake), processWake(service.deps, message.wake));
    }
    case 'fault':
      return sim(
        'POST',
        '/faults',
        random.pick([
          { kind: 'invite', status: 503, effect: 'done', times: 3 },
          { kind: 'invite', status: 500, times: 3 },
          { kind: 'invite', act: 'omit', effect: 'done', times: 2 },
          { kind: 'batch', act: 'drop' },
          { kind: 'invite', status: 429, retryAfter: 20, times: 4 },
          { kind: 'invite', status: 403, code: 'Forbidden', message: 'Generic authorization exception.', times: 6 },
          { kind: 'invite', status: 429, retryAfter: 1e9 },
          { kind: 'invite', status: 503, retryAfter: 1e13, effect: 'done', times: 2 },
          { kind: 'getUser', status: 429, retryAfter: 'Tue, 31 Dec 2058 23:59:59 GMT' },
          { kind: 'invite', status: 401, times: 2 },
          { kind: 'invite', status: 409, effect: 'done', times: 2 },
          { kind: 'invite', status: 302, times: 2 },
          { kind: 'invite', status: 201, effect: 'done', times: 2 },
          { kind: 'invite', status: 201, times: 6 },
          { kind: 'invite', act: 'swap', times: 3 },
          { kind: 'invite', act: 'otherUser' },
          { kind: 'getUser', act: 'swap', times: 3 },
          { kind: 'getUser', act: 'otherUser', times: 2 },
          { kind: 'findUsers', act: 'otherUser' },
          { kind: 'patchUser', status: 202 },
          { kind: 'getUser', status: 503, times: 4 },
          {
            kind: 'getUser',
            without: ['externalUserState', 'externalUserStateChangeDateTime', 'otherMails'],
            times: 4,
          },
          { kind: 'patchUser', status: 503, times: 2 },
        ]),
      );
    case 'block':
      return sim('POST', '/block', { afterInvitations: random.below(6) });
    case 'unblock':
      return sim('DELETE', '/block');
    case 'pause':
      return (await isAnswered(pauseTenant(dying, 'by hand'))) ? 'paused' : undefined;
    case 'pauseAgain': {
      // One person resumes, and another pauses at once on the other instance, which has seen the stop before.
      const [first, second] = random.fraction() < 0.5 ? instances : instances.toReversed();
      if (first === undefined || second === undefined) throw new Error('there are two instances');
      await second.control.read();
      await survive(resumeTenant({ ...first, clock: { ...first.clock, sleep: async () => undefined } }));
      await pauseTenant(second, 'by hand, again');
      return 'paused';
    }
    case 'resume':
      await survive(resumeTenant(dying));
      return 'resumed';
    case 'pauseJob':
      return survive(pauseJob(dying, some, 'by hand'));
    case 'resumeJob':
      return survive(resumeJob(dying, some));
    case 'reconcile':
      return survive(reconcile(dying));
    case 'later':
      service.advance(random.below(400));
      return undefined;
    case 'task': {
      const task = service.tasks.shift();
      return task?.kind === 'cancel' ? survive(continueCancel(dying, task.jobId)) : undefined;
    }
    case 'cancel':
      return random.fraction() < 0.3 ? survive(cancelJob(dying, some, { id: 'somebody' })) : undefined;
    case 'lag':
      return sim(
        'POST',
        '/lag',
        random.pick([
          { minMs: 0, maxMs: 0 },
          { minMs: 1_000, maxMs: 90_000 },
        ]),
      );
    case 'redeem':
      return sim('POST', '/redeem', { userId: service.graph.guest('Accepted', random.below(GUESTS)).id });
  }
}

/** Delivers the next message; a delivery that fails comes again a while later. */
async function deliver(deps: Service['deps']): Promise<void> {
  const message = service.messages.toSorted((one, other) => one.at - other.at)[0];
  try {
    await service.step(deps);
  } catch (error) {
    if (!isKilled(error)) throw error;
    if (message !== undefined) service.messages.push({ ...message, at: service.now() + 2_000 });
  }
}

async function survive(work: Promise<unknown>): Promise<void> {
  await isAnswered(work);
}

async function isAnswered(work: Promise<unknown>): Promise<boolean> {
  try {
    await work;
    return true;
  } catch (error) {
    if (!isKilled(error)) throw error;
    return false;
  }
}

/** Waits for both to end, whatever becomes of the first. */
async function surviveBoth(...works: readonly Promise<unknown>[]): Promise<void> {
  for (const result of await Promise.allSettled(works))
    if (result.status === 'rejected' && !isKilled(result.reason)) throw result.reason;
}

/** Nothing fails any more. */
async function calm(): Promise<void> {
  await sim('DELETE', '/faults');
  await sim('DELETE', '/block');
  await sim('POST', '/lag', { minMs: 0, maxMs: 0 });
}

/**
 * People resume every 15 s, on whichever instance, and the timer does not run: in four minutes nothing is stopped any
 * more, unless all who could be tried have to wait themselves.
 */
async function resumeAgainAndAgain(
  random: Random,
  jobs: readonly JobId[],
  instances: readonly Service['deps'][],
): Promise<void> {
  const from = service.now();
  for (let until = from; until < from + 240_000; until += 15_000) {
    await resumeTenant(random.pick(instances));
    for (const id of jobs) await resumeJob(random.pick(instances), id);
    for (let next = firstMessageAt(); next <= until; next = firstMessageAt()) await service.step();
    service.advance(Math.max(0, (until - service.now()) / 1000));
    if ((await stoppedOf(jobs)).length === 0) return;
  }
  expect(await dueOf(jobs, from), `${JSON.stringify(await stoppedOf(jobs))} although somebody could be tried`).toEqual(
    [],
  );
}

const firstMessageAt = (): number => Math.min(...service.messages.map(({ at }) => at));

/** What still stands of the tenant and of jobs that have not ended, nor are canceled. */
async function stoppedOf(jobs: readonly JobId[]): Promise<unknown[]> {
  const { stop: ofTenant } = await service.deps.control.changeGate((gate) => gate);
  const rows = await Promise.all(jobs.map(async (id) => (await service.deps.jobs.read(id))?.value));
  const open = rows.filter((row) => row?.endedAt === undefined && row?.cancel === undefined);
  return [ofTenant, ...open.map((row) => row?.stop)].filter((stop) => stop !== undefined);
}

/** Resets that could have been sent since then, but for a stop. */
async function dueOf(jobs: readonly JobId[], since: number): Promise<string[]> {
  const resets: ResetRecord[] = [];
  for (const id of jobs)
    if ((await service.deps.jobs.read(id))?.value.cancel === undefined) resets.push(...(await service.resets(id)));
  return resets.filter(({ status, dueAt }) => status === 'pending' && dueAt <= since).map(story);
}

/** The good part: people resume what is stopped, the timer runs. */
async function settle(jobs: readonly JobId[]): Promise<void> {
  for (let round = 0; round < 12; round++) {
    await resumeTenant(service.deps);
    for (const id of jobs) await resumeJob(service.deps, id);
    await service.drain();
    await reconcile(service.deps);
    for (let task = service.tasks.shift(); task !== undefined; task = service.tasks.shift())
      if (task.kind === 'cancel') await continueCancel(service.deps, task.jobId);
    await service.drain();
    const open = await Promise.all(
      jobs.map(async (id) => (await readJob(service.deps, id))?.job.endedAt === undefined),
    );
    if (!open.includes(true)) return;
    service.advance(16 * 60);
  }
}

/** How many, and the seed of the first: fresh ones after a change of what they have shown. */
const LIVES = Number(process.env['LIVES'] ?? 12);
const FIRST_LIFE = Number(process.env['FIRST_LIFE'] ?? 1);

test.each(Array.from({ length: LIVES }, (_, index) => FIRST_LIFE + index))(
  'life %i',
  { timeout: 30_000 },
  async (seed) => {
    service = await startService({ guests: 60 });
    const random = seededRandom(seed, 'lives');
    const entry = (index: number): object => ({
      user: service.graph.guest('Accepted', index % GUESTS).id,
      ...(index % 5 === 0 && { invitedUserEmailAddress: `new${index % GUESTS}@adatum.example` }),
      ...(index % 7 === 0 && { sendInvitationMessage: false }),
    });
    // Internal users, guests of whom little is told, and whoever may be the founder.
    const odd = random.shuffle(service.graph.tenant.special.map(({ user }) => user)).slice(0, ODD_USERS);
    const jobs = [
      await service.job(Array.from({ length: 22 }, (_, index) => entry(index))),
      await service.job(Array.from({ length: 8 }, (_, index) => entry(index + 10))),
      await service.job(Array.from({ length: 6 }, (_, index) => entry(index + 18))),
      await service.job(
        odd.map(({ id, userPrincipalName }, index) => ({ user: index % 3 === 0 ? userPrincipalName : id })),
      ),
    ];
    // Two instances: each knows the tenant's stop, and a job's, a second late in its own way.
    const { clock, log } = service.deps;
    const other = {
      ...service.deps,
      control: controlStore(service.tables.control, 'tenant', clock),
      jobs: jobStore(service.tables.jobs, recentJobs(clock), log),
    };
    const watch = watchPauses();
    for (let actions = 0; actions < ACTIONS; actions++)
      expect(await watch(await act(random, jobs, [service.deps, other])), 'sent while paused').toBe(0);
    await calm();
    await resumeAgainAndAgain(random, jobs, [service.deps, other]);
    await settle(jobs);
    expect(await stoppedOf(jobs), 'stops that nobody could lift').toEqual([]);

    const resets = (await Promise.all(jobs.map(async (id) => service.resets(id)))).flat();
    const mails = ((await service.graph.sim('GET', '/mails')).body as { userId: string }[]).map(({ userId }) => userId);
    const { internalConversions } = (await service.graph.sim('GET', '/stats')).body as { internalConversions: number };
    expect(internalConversions).toBe(0);
    const astray = resets.filter(
      ({ guestId, request }) => guestId !== undefined && !isNamed(request.selector.value, service.graph.user(guestId)),
    );
    expect(astray.map(story), 'resets of another guest than was named').toEqual([]);
    const open = resets.filter(({ status }) => !isTerminal(status));
    expect(open.map(story), 'resets that never ended').toEqual([]);
    for (const id of jobs) {
      const progress = await readJob(service.deps, id);
      expect(progress?.job.endedAt, `job ${id} has ended`).toBeDefined();
      expect(Object.values(progress?.counts ?? {}).reduce((sum, count) => sum + count, 0)).toBe(progress?.job.total);
      expect(progress?.outcomeCounts, `sums of job ${id}`).toEqual(outcomeCountsOf(await service.resets(id)));
    }
    const guests = Array.from({ length: GUESTS }, (_, index) => service.graph.guest('Accepted', index));
    for (const [index, before] of [...guests, ...odd].entries()) {
      const { id } = before;
      const after = service.graph.user(id);
      const kept = [after.mail, ...after.otherMails].map((address) => address?.toLowerCase());
      expect(kept, `addresses of guest ${index}`).toEqual(
        expect.arrayContaining([before.mail, ...before.otherMails].map((address) => address?.toLowerCase())),
      );
      const own = resets.filter(({ guestId, request }) => (guestId ?? request.selector.value) === id);
      const isTouched = after.resets > before.resets;
      expect(isTouched && !isExternal(before), `guest ${index} is internal`).toBe(false);
      const got = mails.filter((userId) => userId === id).length;
      const told = own.filter(({ status, sent }) => status === 'succeeded' && sent?.asksMail === true).length;
      const unknown = own.filter(({ status }) => status === 'unknown').length;
      // As many mails as resets that say so; a reset that is unknown may have one more.
      expect(got, `mails of guest ${index}: ${own.map(story).join('; ')}`).toBeGreaterThanOrEqual(told);
      expect(got, `mails of guest ${index}: ${own.map(story).join('; ')}`).toBeLessThanOrEqual(told + unknown);
      expect(
        unknown === 0 ? told : 1,
        `guest ${index} was mailed twice: ${own.map(story).join('; ')}`,
      ).toBeLessThanOrEqual(1);
    }
  },
);

const story = ({ request, status, verdict, attempts, nextAction }: ResetRecord): string =>
  `row ${request.row} ${status} ${verdict?.code ?? ''} after ${attempts} ` +
  `attempts${nextAction === undefined ? '' : `, next ${nextAction}`}`;
