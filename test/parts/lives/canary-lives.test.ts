/**
 * Whole lives of a job with a canary in a bad world, by seed: processes die anywhere, answers get lost, people pause
 * and resume. At no moment is anybody behind the canary looked up or touched before the job has stopped for it and been
 * resumed from that.
 */
import { afterEach, expect, test } from 'vitest';
import { seededRandom, type Random } from '../../../local/graph/random.ts';
import { controlStore } from '../../../shared/adapters/tables/control-store.ts';
import type { JobId } from '../../../shared/domain/ids.ts';
import type { Deps } from '../../../shared/usecases/deps.ts';
import { dispatch } from '../../../shared/usecases/dispatch.ts';
import { processWake } from '../../../shared/usecases/wake/process-wake.ts';
import { readJob } from '../../../shared/usecases/jobs/read-jobs.ts';
import { reconcile } from '../../../shared/usecases/repair/reconcile.ts';
import { pauseJob, pauseTenant, resumeJob, resumeTenant } from '../../../shared/usecases/stops/stop-control.ts';
import { startService, type Service } from '../service-fixture.ts';
import { isKilled, troubled } from './troubled.ts';

let service: Service;
afterEach(async () => {
  await service?.stop();
});

const ACTIONS = 50;
const sim = async (method: string, path: string, body?: object): Promise<void> => {
  await service.graph.sim(method, path, body);
};
const row = async (id: JobId) => (await service.deps.jobs.read(id))?.value;

async function survive(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!isKilled(error)) throw error;
  }
}

/** One thing that happens. Nobody resumes the job once it has stopped for its canary. */
async function act(random: Random, id: JobId, instances: readonly Deps[]): Promise<void> {
  const deps = troubled(random.pick(instances), () => random.fraction() < 0.04);
  switch (
    random.pick([
      'step',
      'step',
      'step',
      'step',
      'twice',
      'fault',
      'dispatch',
      'read',
      'reconcile',
      'pause',
      'resume',
      'pauseJob',
      'resumeJob',
      'later',
    ] as const)
  ) {
    case 'step': {
      const message = service.messages.toSorted((one, other) => one.at - other.at)[0];
      const before = service.messages.length;
      await survive(service.step(deps));
      if (message !== undefined && before > 0 && random.fraction() < 0.3)
        service.messages.push({ ...message, at: service.now() + 2_000 });
      return undefined;
    }
    case 'twice': {
      const [message] = service.messages;
      if (message !== undefined)
        await Promise.allSettled([processWake(deps, message.wake), processWake(random.pick(instances), message.wake)]);
      return undefined;
    }
    case 'fault':
      return sim(
        'POST',
        '/faults',
        random.pick([
          { kind: 'invite', status: 503, effect: 'done', times: 2 },
          { kind: 'invite', status: 503 },
          { kind: 'invite', status: 429, retryAfter: 20, times: 3 },
          { kind: 'getUser', status: 503, times: 3 },
          { kind: 'invite', status: 403, code: 'Forbidden', message: 'Generic authorization exception.', times: 6 },
          { kind: 'batch', act: 'drop' },
        ]),
      );
    case 'dispatch':
      return survive(dispatch(deps));
    case 'read':
      return survive(readJob(deps, id));
    case 'reconcile':
      return survive(reconcile(deps));
    case 'pause':
      return survive(pauseTenant(deps, 'by hand'));
    case 'resume':
      return survive(resumeTenant(deps));
    case 'pauseJob':
      return survive(pauseJob(deps, id, 'by hand'));
    case 'resumeJob':
      return (await row(id))?.stop?.code === 'pauseAfter' ? undefined : survive(resumeJob(deps, id));
    case 'later':
      service.advance(random.below(300));
      return undefined;
  }
}

/** Nothing fails any more, and the timer runs. */
async function settle(deps: Deps, id: JobId, isDone: () => Promise<boolean>): Promise<void> {
  await sim('DELETE', '/faults');
  for (let round = 0; round < 12 && !(await isDone()); round++) {
    await resumeTenant(deps);
    if ((await row(id))?.stop?.code !== 'pauseAfter') await resumeJob(deps, id);
    for (let steps = 0; (await service.step(deps)) !== undefined; steps++)
      if (steps > 200) throw new Error('the messages do not come to an end');
    await reconcile(deps);
    service.advance(16 * 60);
  }
}

test.each(Array.from({ length: Number(process.env['LIVES'] ?? 10) }, (_, index) => index + 1))(
  'life %i',
  { timeout: 60_000 },
  async (seed) => {
    service = await startService({ guests: 160 });
    const random = seededRandom(seed, 'canary');
    const total = random.pick([7, 20, 28, 45]);
    const pauseAfter = 1 + random.below(total - 1);
    const users = Array.from({ length: total }, (_, index) => service.graph.guest('Accepted', index).id);
    const lookedUp = new Set<string>();
    const { directory } = service.deps;
    const deps: Deps = {
      ...service.deps,
      directory: {
        ...directory,
        lookUp: async (lookUps) => {
          const text = JSON.stringify(lookUps);
          for (const user of users) if (text.includes(user)) lookedUp.add(user);
          return directory.lookUp(lookUps);
        },
      },
    };
    const other: Deps = { ...deps, control: controlStore(service.tables.control, 'tenant', deps.clock) };
    const id = await service.job(
      users.map((user) => ({ user })),
      { sendInvitationMessage: true, pauseAfter },
    );
    const life = `${pauseAfter} of ${total}`;

    const expectUntouched = async (): Promise<void> => {
      const behind = (await service.resets(id)).slice(pauseAfter);
      expect(
        behind.filter(
          ({ status, attempts, guestId, startedAt }) =>
            status !== 'pending' || attempts > 0 || guestId !== undefined || startedAt !== undefined,
        ),
        life,
      ).toEqual([]);
      expect(
        users.slice(pauseAfter).filter((user) => lookedUp.has(user)),
        life,
      ).toEqual([]);
    };
    for (let actions = 0; actions < ACTIONS; actions++) {
      await act(random, id, [deps, other]);
      await expectUntouched();
    }
    await settle(deps, id, async () => (await row(id))?.stop?.code === 'pauseAfter');
    await expectUntouched();
    expect((await row(id))?.stop?.code, life).toBe('pauseAfter');
    expect(
      (await service.resets(id))
        .slice(0, pauseAfter)
        .filter(({ status }) => status === 'pending' || status === 'sending'),
      life,
    ).toEqual([]);

    // The resume and what follows may die too.
    for (let actions = 0; actions < 10; actions++) {
      await survive(
        resumeJob(
          troubled(deps, () => random.fraction() < 0.1),
          id,
        ),
      );
      await act(random, id, [deps, other]);
    }
    const isOver = async (): Promise<boolean> => (await readJob(deps, id))?.job.endedAt !== undefined;
    await resumeJob(deps, id);
    await settle(deps, id, isOver);
    expect(await isOver(), life).toBe(true);
    const mailed = ((await service.graph.sim('GET', '/mails')).body as { userId: string }[]).map(
      ({ userId }) => userId,
    );
    const told = (await service.resets(id)).filter(
      ({ status, sent }) => status === 'succeeded' && sent?.asksMail === true,
    ).length;
    const unknown = (await service.resets(id)).filter(({ status }) => status === 'unknown').length;
    expect(new Set(mailed).size, life).toBe(mailed.length);
    expect(mailed.length, life).toBeGreaterThanOrEqual(told);
    expect(mailed.length, life).toBeLessThanOrEqual(told + unknown);
    // And it has stopped once, not again.
    expect((await row(id))?.canary?.isOver, life).toBe(true);
  },
);
