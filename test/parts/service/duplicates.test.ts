/**
 * The double Enter on real tables: what comes twice is one job, also at the same instant, whatever is lost in between.
 * The simulated tenant says who was mailed, and how often.
 */
import { afterEach, describe, expect, test } from 'vitest';
import type { Blow } from '../../chaos/http-proxy.ts';
import type { TableStore } from '../../../local/tables/store.ts';
import { jobStore } from '../../../shared/adapters/tables/job-store.ts';
import { recentJobs } from '../../../shared/adapters/tables/recent-jobs.ts';
import type { JobId } from '../../../shared/domain/ids.ts';
import type { Job } from '../../../shared/domain/job/job.ts';
import type { SaidForRetry } from '../../../shared/domain/submission/retry-options.ts';
import { answerRetry } from '../../../shared/entry/http/answers/retry-answer.ts';
import type { Caller } from '../../../shared/entry/http/requests/caller.ts';
import type { Deps } from '../../../shared/usecases/deps.ts';
import { cancelJob, continueCancel } from '../../../shared/usecases/jobs/cancel-job.ts';
import { continueDelete, deleteJob } from '../../../shared/usecases/jobs/delete-job.ts';
import { readJob } from '../../../shared/usecases/jobs/read-jobs.ts';
import { reconcile } from '../../../shared/usecases/repair/reconcile.ts';
import { pauseJob, pauseTenant } from '../../../shared/usecases/stops/stop-control.ts';
import { retryJob, type Retried } from '../../../shared/usecases/submit/retry-job.ts';
import type { SubmitResult } from '../../../shared/usecases/submit/submit-job.ts';
import { callOf } from '../call-of.ts';
import { startService, type Service } from '../service-fixture.ts';

let service: Service;
/** Takes each call of the tables as it comes. */
let strike: (call: string) => Blow | undefined = () => undefined;
async function start(store: TableStore = 'light', isStruck = false): Promise<void> {
  strike = () => undefined;
  service = await startService(
    { guests: 450 },
    { store, ...(isStruck && { strikeTables: (call: string) => strike(call) }) },
  );
}
afterEach(async () => {
  await service?.stop();
});

const MAIL = { sendInvitationMessage: true };
/** So that a second job would mail again. */
const AGAIN = { ...MAIL, skipIfResetWithinHours: 0 };
const list = (from = 0, count = 21): { user: string }[] =>
  Array.from({ length: count }, (_, index) => ({ user: service.graph.guest('Accepted', from + index).id }));
const told = (result: SubmitResult): string =>
  result.kind === 'refused' ? result.problem.code : result.isReplay === true ? 'replayed' : 'accepted';
const idOf = (result: SubmitResult): JobId => {
  if (result.kind === 'refused') throw new Error(result.problem.detail);
  return result.job.id;
};
const DUPLICATE = 'duplicateSubmission';
/** @returns the job once nothing of it is left to be sent */
async function canceled(id: JobId): Promise<Job> {
  await cancelJob(service.deps, id, { id: 'caller' });
  await continueCancel(service.deps, id);
  const job = (await readJob(service.deps, id))?.job;
  if (job === undefined) throw new Error('the job is gone');
  return job;
}

/** How many mails each guest of a list got. */
async function mailsOf(guests: readonly { user: string }[]): Promise<number[]> {
  const { body } = await service.graph.sim('GET', '/mails');
  return guests.map(({ user }) => (body as { userId: string }[]).filter(({ userId }) => userId === user).length);
}
const once = (guests: readonly unknown[]): number[] => guests.map(() => 1);

/** Rows of every table, but those of the service itself and of who did what. */
async function rows(): Promise<string[]> {
  const found: string[] = [];
  const { control: _own, audit: _outlives, ...tables } = service.tables;
  for (const [name, table] of Object.entries(tables))
    for await (const { partitionKey, rowKey } of table.listEntities()) found.push(`${name} ${partitionKey} ${rowKey}`);
  return found.sort();
}
const contentRows = async (): Promise<string[]> => (await rows()).filter((row) => row.includes(' content-'));

/** Another instance on the same tables. */
const otherInstance = (): Deps => ({
  ...service.deps,
  jobs: jobStore(service.tables.jobs, recentJobs(service.deps.clock), service.deps.log),
});

/** Deps whose reading of what was submitted waits until so many have read: nobody has seen another's commit. */
function atTheSameInstant(count: number): Deps[] {
  const all = Promise.withResolvers<void>();
  let reading = 0;
  return Array.from({ length: count }, () => {
    let isFirst = true;
    const deps = otherInstance();
    const { idempotency } = deps;
    return {
      ...deps,
      idempotency: {
        ...idempotency,
        async sameJobs(...asked: Parameters<typeof idempotency.sameJobs>) {
          const found = await idempotency.sameJobs(...asked);
          if (isFirst && ++reading === count) all.resolve();
          isFirst = false;
          await all.promise;
          return found;
        },
      },
    };
  });
}

describe('a list of more than twenty guests', () => {
  test('is refused when it comes again: the refusal names the job and how it stands, and leaves nothing behind', async () => {
    await start();
    const guests = list();
    const first = idOf(await service.submit(guests, AGAIN));
    const before = await rows();
    service.advance(180);
    const refused = await service.submit(guests, AGAIN);
    expect(refused).toMatchObject({
      kind: 'refused',
      problem: { status: 409, code: DUPLICATE, earlierJob: first },
    });
    const { problem } = refused as SubmitResult & { kind: 'refused' };
    expect(problem.detail).toContain(`is job ${first} already, submitted at `);
    expect(problem.detail).toContain(', 3 min before. It is under way.');
    expect(problem.detail).toContain('A second job would reset all its guests once more, and mail again');
    expect(problem.detail).toContain('?allowDuplicate=true');
    expect(await rows()).toEqual(before);
    await service.drain();
    expect(told(await service.submit(guests, AGAIN))).toBe(DUPLICATE);
    await service.drain();
    expect(await mailsOf(guests)).toEqual(once(guests));
  });

  test.each<readonly [string, object, number, RegExp, number]>([
    ['by default', {}, 60, /would skip whom the first has reset \(skipIfResetWithinHours is 24\)\. /, 1],
    [
      'of those who have not redeemed',
      { onlyIf: 'pending' },
      60,
      /would skip whom the first has reset \(skipIfResetWithinHours is 24\)\. /,
      1,
    ],
    [
      'with half an hour, after more than that',
      { skipIfResetWithinHours: 0.5 },
      2_400,
      /mail again .*, unless the first has reset them less than 0\.5 hours ago/,
      2,
    ],
    [
      'with no such hours',
      { skipIfResetWithinHours: 0 },
      60,
      /would reset all its guests once more, and mail again/,
      2,
    ],
    [
      'with no such hours, of those who have not redeemed',
      { onlyIf: 'pending', skipIfResetWithinHours: 0 },
      60,
      /would reset those who have not redeemed once more, and mail again/,
      2,
    ],
  ])('is told what a second job would do, and it does: %s', async (_name, options, afterSeconds, says, mails) => {
    await start();
    const guests = Array.from({ length: 21 }, (_, at) => ({ user: service.graph.guest('PendingAcceptance', at).id }));
    await service.submit(guests, { ...MAIL, ...options });
    await service.drain();
    service.advance(afterSeconds);
    expect(await service.submit(guests, { ...MAIL, ...options })).toMatchObject({
      problem: { code: DUPLICATE, detail: expect.stringMatching(says) },
    });
    await service.submit(guests, { ...MAIL, ...options }, { allowDuplicate: true });
    await service.drain();
    expect(new Set(await mailsOf(guests))).toEqual(new Set([mails]));
  });

  test('is taken when anything else of it differs: a guest, an option, the caller, or that it sends nothing', async () => {
    await start();
    const guests = list();
    const first = await service.submit(guests, MAIL);
    const others = [
      await service.submit(list(0, 22), MAIL),
      await service.submit(guests, { ...MAIL, reason: 'another' }),
      await service.submit(guests, MAIL, { submitter: { id: 'somebody else' } }),
      await service.submit(guests, { ...MAIL, dryRun: true }),
      await service.submit(guests, { ...MAIL, dryRun: true }),
    ];
    expect([first, ...others].map(told)).toEqual(Array(6).fill('accepted'));
  });

  test('is taken again when a second job is meant, and the newest is then the earlier job', async () => {
    await start();
    const first = idOf(await service.submit(list(), MAIL));
    service.advance(60);
    const second = idOf(await service.submit(list(), MAIL, { allowDuplicate: true }));
    expect(await service.submit(list(), MAIL)).toMatchObject({ problem: { code: DUPLICATE, earlierJob: second } });
    await cancelJob(service.deps, second, { id: 'caller' });
    expect(await service.submit(list(), MAIL)).toMatchObject({ problem: { code: DUPLICATE, earlierJob: first } });
    await cancelJob(service.deps, first, { id: 'caller' });
    expect(told(await service.submit(list(), MAIL))).toBe('accepted');
  });

  test('is taken again after an hour, and while it is one the earlier job counts although it waits for its time', async () => {
    await start();
    const options = { ...MAIL, notBefore: new Date(service.now() + 5 * 3_600_000).toISOString() };
    await service.submit(list(), options);
    service.advance(3_590);
    expect(told(await service.submit(list(), options))).toBe(DUPLICATE);
    service.advance(11);
    expect(told(await service.submit(list(), options))).toBe('accepted');
  });

  test('is taken again where something of it failed, and where the earlier job was deleted', async () => {
    await start();
    const withMember = [...list(), { user: service.graph.special('internalMember').id }];
    await service.submit(withMember, MAIL);
    await service.drain();
    expect(told(await service.submit(withMember, MAIL))).toBe('accepted');
    const done = idOf(await service.submit(list(40), MAIL));
    await service.drain();
    await deleteJob(service.deps, done);
    expect(told(await service.submit(list(40), MAIL))).toBe('accepted');
  });

  test('is refused while the earlier job is paused, with how to resume', async () => {
    await start();
    const id = idOf(await service.submit(list(), MAIL));
    await pauseJob(service.deps, id, 'wait');
    expect(await service.submit(list(), MAIL)).toMatchObject({
      problem: { code: DUPLICATE, detail: expect.stringContaining(`(pausedByHand). POST /api/jobs/${id}/resume`) },
    });
    await pauseTenant(service.deps, 'wait');
    expect(await service.submit(list(), MAIL)).toMatchObject({
      problem: { code: DUPLICATE, detail: expect.stringContaining('(pausedByHand). POST /api/resume') },
    });
  });

  test('is refused while the row of the earlier job cannot be read', async () => {
    await start();
    const id = idOf(await service.submit(list(), MAIL));
    await service.tables.jobs.updateEntity({ partitionKey: 'jobs', rowKey: id, job0: '{' }, 'Merge');
    expect(await service.submit(list(), MAIL)).toMatchObject({ problem: { code: DUPLICATE, earlierJob: id } });
  });

  test('is submitted by a retry as well, and a second retry of the same is refused', async () => {
    await start();
    await service.submit(list(), MAIL);
    await service.drain();
    // All are skipped, as they were reset just now.
    const source = idOf(await service.submit(list(), { ...MAIL, reason: 'too soon' }));
    await service.drain();
    const caller: Caller = { id: 'caller', roles: new Set(['Submit']) };
    const retry = (more: string): Promise<unknown> =>
      answerRetry(
        callOf('retryJob', { caller, deps: service.deps, query: `status=skipped${more}`, params: { id: source } }),
      ).then(({ jsonBody }) => (jsonBody as { readonly id: string }).id);
    const first = await retry('');
    await expect(retry('')).rejects.toMatchObject({ problem: { code: DUPLICATE, earlierJob: first } });
    const second = await retry('&allowDuplicate=true');
    await expect(retry('&allowDuplicate=false')).rejects.toMatchObject({
      problem: { code: DUPLICATE, earlierJob: second },
    });
  });

  test('is retried as often as something else is meant: other resets, another option, another job', async () => {
    await start();
    const sourceOf = async (reason: string): Promise<Job> =>
      canceled(idOf(await service.submit(list(), { ...MAIL, reason })));
    const [one, other] = [await sourceOf('one'), await sourceOf('other')];
    const retry = async (source: Job, statuses: Retried['statuses'], said: SaidForRetry = {}): Promise<string> =>
      told(await retryJob(service.deps, source, { statuses }, { submitter: { id: 'caller' } }, said));
    const meant: readonly Parameters<typeof retry>[] = [
      [one, undefined],
      [one, ['canceled']],
      [one, undefined, { sendInvitationMessage: false }],
      [other, undefined],
    ];
    for (const each of meant) expect(await retry(...each), JSON.stringify(each.slice(1))).toBe('accepted');
    for (const each of meant) expect(await retry(...each), JSON.stringify(each.slice(1))).toBe(DUPLICATE);
  });
});

test('a list of twenty guests is taken as often as it comes, and costs no transaction and no row more', async () => {
  await start('light', true);
  const calls: string[] = [];
  strike = (call) => {
    if (call.endsWith('idempotency')) calls.push(call);
    return undefined;
  };
  for (let times = 0; times < 2; times++) expect(told(await service.submit(list(0, 20), MAIL))).toBe('accepted');
  expect(calls).toEqual(['POST idempotency', 'PUT idempotency', 'POST idempotency', 'PUT idempotency']);
  expect(await contentRows()).toEqual([]);
});

describe('a key', () => {
  test('says by itself that a second job is meant, unless allowDuplicate=false is said', async () => {
    await start();
    const first = idOf(await service.submit(list(), MAIL, 'first'));
    expect(told(await service.submit(list(), MAIL, 'second'))).toBe('accepted');
    expect(told(await service.submit(list(), MAIL))).toBe(DUPLICATE);
    const third = { idempotencyKey: 'third', allowDuplicate: false };
    expect(told(await service.submit(list(), MAIL, third))).toBe(DUPLICATE);
    // The refused one has left its key free.
    expect(told(await service.submit(list(), MAIL, { ...third, allowDuplicate: true }))).toBe('accepted');
    expect(await service.submit(list(), MAIL, 'first')).toMatchObject({ isReplay: true, job: { id: first } });
  });

  test('gives the same job when it comes again, and is never refused for that job', async () => {
    await start();
    const said = { idempotencyKey: 'key', allowDuplicate: false };
    const first = idOf(await service.submit(list(), MAIL, said));
    for (const again of [said, { ...said, allowDuplicate: true }, { idempotencyKey: 'key' }])
      expect(await service.submit(list(), MAIL, again)).toMatchObject({ isReplay: true, job: { id: first } });
    expect(told(await service.submit(list(1), MAIL, said))).toBe('idempotencyKeyReused');
  });

  test('that another try has taken over is lost, and not refused for the job of that try', async () => {
    await start();
    const said = { idempotencyKey: 'key', allowDuplicate: false };
    const { idempotency } = service.deps;
    let other: SubmitResult | undefined;
    const slow: Deps = {
      ...service.deps,
      idempotency: {
        ...idempotency,
        async sameJobs(...asked) {
          service.advance(301);
          other = await service.submit(list(), MAIL, said);
          return idempotency.sameJobs(...asked);
        },
      },
    };
    expect(told(await service.submit(list(), MAIL, said, slow))).toBe('submissionInProgress');
    expect(await service.submit(list(), MAIL, said)).toMatchObject({
      isReplay: true,
      job: { id: other && idOf(other) },
    });
  });
});

describe.each(['light', 'azurite'] as const)('at the same instant (%s)', (store) => {
  test('one of many is a job, and the others name it', { timeout: 120_000 }, async () => {
    await start(store);
    const MANY = 4;
    for (let round = 0; round < 5; round++) {
      const guests = list(round * 22, 21);
      // Where there was one before that is in nobody's way, its row of the content is there already.
      const isKnown = round % 2 === 1;
      if (isKnown) await canceled(idOf(await service.submit(guests, AGAIN)));
      const before = await rows();
      const results = await Promise.all(
        atTheSameInstant(MANY).map((deps, index) =>
          service.submit(
            guests,
            AGAIN,
            index % 2 === 0 ? {} : { idempotencyKey: `${round} ${index}`, allowDuplicate: false },
            deps,
          ),
        ),
      );
      const [winner, ...more] = results.filter(({ kind }) => kind === 'accepted');
      expect(more).toEqual([]);
      const id = idOf(winner ?? { kind: 'refused', problem: problemOf(results) });
      for (const result of results.filter(({ kind }) => kind === 'refused'))
        expect(result).toMatchObject({ problem: { code: DUPLICATE, earlierJob: id } });
      // The job, its two chunks, its key and its content.
      expect((await rows()).length - before.length).toBe(isKnown ? 4 : 5);
      await service.drain();
      expect(await mailsOf(guests)).toEqual(once(guests));
    }
  });

  test('all that are meant are jobs', { timeout: 60_000 }, async () => {
    await start(store);
    const results = await Promise.all(
      atTheSameInstant(4).map((deps) => service.submit(list(), MAIL, { allowDuplicate: true }, deps)),
    );
    expect(results.map(told)).toEqual(Array(4).fill('accepted'));
    const ids = new Set(results.map(idOf));
    const again = await service.submit(list(), MAIL);
    expect([told(again), again.kind === 'refused' && ids.has(again.problem.earlierJob ?? ('' as JobId))]).toEqual([
      DUPLICATE,
      true,
    ]);
  });

  const FAULTS: (Blow & { readonly times: number })[] = (['before', 'after'] as const).flatMap((when) => [
    { when, what: 'drop', times: 1 },
    { when, what: 'drop', times: 4 },
    { when, what: 500, times: 1 },
    { when, what: 503, times: 4 },
    { when, what: 'kill', times: 4 },
  ]);
  test('a transaction that is lost, or whose answer is, makes no second job', { timeout: 120_000 }, async () => {
    await start(store, true);
    for (const [round, { times, ...blow }] of FAULTS.entries()) {
      const about = `${blow.what} ${blow.when}, ${times} times`;
      const guests = list(round * 21, 21);
      const options = { ...AGAIN, reason: about };
      let left = times;
      strike = (call) => (call === 'BATCH idempotency' && left-- > 0 ? blow : undefined);
      const first = await service.submit(guests, options).then(told, () => 'failed');
      expect(left, about).toBeLessThanOrEqual(0);
      // Whoever got no answer enters it again; whoever got one does too.
      const second = await service.submit(guests, options);
      const isThere = first === 'accepted' || (blow.when === 'after' && second.kind === 'refused');
      expect(told(second), about).toBe(isThere ? DUPLICATE : 'accepted');
      expect([first, about]).toEqual([times === 1 ? 'accepted' : 'failed', about]);
      // A commit that nobody came to finish.
      await reconcile(service.deps);
      await service.drain();
      expect(told(await service.submit(guests, options)), about).toBe(DUPLICATE);
      await service.drain();
    }
    const guests = list(0, FAULTS.length * 21);
    expect(await mailsOf(guests)).toEqual(once(guests));
  });
});

test('a job whose process died right after the commit is in the way, and reconcile goes on with it', async () => {
  await start();
  const { idempotency } = service.deps;
  const dying: Deps = {
    ...service.deps,
    idempotency: {
      ...idempotency,
      async replaceWithSame(...asked) {
        await idempotency.replaceWithSame(...asked);
        throw new Error('the process died');
      },
      // Nor does it clean up.
      remove: () => Promise.reject(new Error('the process died')),
    },
  };
  await expect(service.submit(list(), AGAIN, {}, dying)).rejects.toThrow('the process died');
  const refused = await service.submit(list(), AGAIN);
  expect(told(refused)).toBe(DUPLICATE);
  await reconcile(service.deps);
  await service.drain();
  expect(await mailsOf(list())).toEqual(once(list()));
});

test('a try whose process died right before the commit is in nobody’s way', async () => {
  await start();
  const dying: Deps = {
    ...service.deps,
    idempotency: {
      ...service.deps.idempotency,
      replaceWithSame: () => Promise.reject(new Error('the process died')),
      remove: () => Promise.reject(new Error('the process died')),
    },
  };
  await expect(service.submit(list(), AGAIN, {}, dying)).rejects.toThrow('the process died');
  expect(told(await service.submit(list(), AGAIN))).toBe('accepted');
  await service.drain();
  service.advance(3_600);
  await reconcile(service.deps);
  await service.drain();
  expect(await mailsOf(list())).toEqual(once(list()));
});

describe('what was submitted is forgotten', () => {
  async function runTasks(): Promise<void> {
    for (let task = service.tasks.shift(); task !== undefined; task = service.tasks.shift())
      if (task.kind === 'delete') await continueDelete(service.deps, task.jobId);
  }
  test('with a job that is deleted, but not what a later job needs', async () => {
    await start();
    const first = idOf(await service.submit(list(), { ...MAIL, verify: false }));
    await service.drain();
    const second = idOf(await service.submit(list(), { ...MAIL, verify: false }, { allowDuplicate: true }));
    await service.drain();
    await deleteJob(service.deps, first);
    await runTasks();
    expect(await service.submit(list(), { ...MAIL, verify: false })).toMatchObject({ problem: { earlierJob: second } });
    await deleteJob(service.deps, second);
    await runTasks();
    expect(await contentRows()).toEqual([]);
  });
  test.each([0, 1])('but never with a job that is submitted meanwhile, where %i others are left', async (others) => {
    await start();
    const submit = (deps = service.deps) =>
      service.submit(list(), { ...MAIL, verify: false }, { allowDuplicate: true }, deps);
    const first = idOf(await submit());
    for (let times = 0; times < others; times++) await submit();
    await service.drain();
    await deleteJob(service.deps, first);
    const { idempotency } = service.deps;
    let second: SubmitResult | undefined;
    const slow: Deps = {
      ...service.deps,
      idempotency: {
        ...idempotency,
        async sameJobs(...asked) {
          const found = await idempotency.sameJobs(...asked);
          second ??= await submit();
          return found;
        },
      },
    };
    await continueDelete(slow, first);
    if (second === undefined) throw new Error('nobody has asked for the content');
    expect(await service.submit(list(), { ...MAIL, verify: false })).toMatchObject({
      problem: { code: DUPLICATE, earlierJob: idOf(second) },
    });
  });
  test('with the last job of that content that is too old to be kept', async () => {
    await start();
    for (let times = 0; times < 2; times++) {
      expect(told(await service.submit(list(), { ...MAIL, verify: false }))).toBe('accepted');
      await service.drain();
      service.advance(3_601);
    }
    expect(await contentRows()).toHaveLength(1);
    service.advance(91 * 86_400);
    await reconcile(service.deps);
    await runTasks();
    expect((await rows()).filter((row) => !row.startsWith('guests '))).toEqual([]);
  });
});

function problemOf(results: readonly SubmitResult[]): (SubmitResult & { kind: 'refused' })['problem'] {
  const [first] = results;
  if (first?.kind !== 'refused') throw new Error('nobody was refused');
  return first.problem;
}
