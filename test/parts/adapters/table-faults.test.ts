/**
 * The tables fail: every write of a submission and of a visit, in every way, before its effect and after it. The
 * simulated tenant says who was mailed.
 */
import { afterEach, describe, expect, test } from 'vitest';
import type { Blow } from '../../chaos/http-proxy.ts';
import type { DirectoryUser } from '../../../local/graph/directory.ts';
import { guestHistory } from '../../../shared/usecases/jobs/guest-history.ts';
import { readJob } from '../../../shared/usecases/jobs/read-jobs.ts';
import { reconcile } from '../../../shared/usecases/repair/reconcile.ts';
import { redelivery, type Redelivery } from '../redelivery.ts';
import { startService, type Service } from '../service-fixture.ts';

/** The SDK's first try and its repeats. */
const ALL_TRIES = 4;
const GUESTS_EACH = 2;

interface Fault extends Blow {
  /** Calls in a row. */
  readonly times: number;
}

/** The first three fail the operation at once; of the others the SDK repeats the call. */
const FAULTS: readonly Fault[] = (['before', 'after'] as const).flatMap(
  (when) =>
    [
      { when, what: 409, times: 1 },
      { when, what: 412, times: 1 },
      { when, what: 'hang', times: 1 },
      { when, what: 'drop', times: 1 },
      { when, what: 'drop', times: ALL_TRIES },
      { when, what: 500, times: 1 },
      { when, what: 503, times: ALL_TRIES },
      { when, what: 429, retryAfter: 0, times: 1 },
    ] as const,
);
const nameOf = ({ what, when, times }: Fault): string => `${what} ${when}, ${times} times`;

let planned: { call: RegExp; slow: RegExp | undefined; skip: number; left: number; fault: Fault } | undefined;
let struck = 0;
function strike(call: string): Blow | undefined {
  if (planned?.slow?.test(call) === true) service.advance(1.1);
  if (planned === undefined || !planned.call.test(call)) return undefined;
  if (planned.skip-- > 0) return undefined;
  if (planned.left-- <= 0) return undefined;
  struck++;
  return planned.fault;
}
function plan({ call, slow, skip = 0 }: Place, fault: Fault): void {
  struck = 0;
  planned = { call, slow, skip, left: fault.times, fault };
}

interface Place {
  readonly what: string;
  readonly call: RegExp;
  /** Such calls that pass before. */
  readonly skip?: number;
  /** Calls that take over a second, after which what is known of jobs and stops is read anew. */
  readonly slow?: RegExp;
}

/** Short only while a call is to go unanswered: on a busy machine others may take long. */
const timeoutMs = (): number => (planned?.fault.what === 'hang' && planned.left > 0 ? 300 : 20_000);

let service: Service;
let broker: Redelivery;
let used = 0;
async function start(): Promise<void> {
  service = await startService({ guests: 300 }, { store: 'azurite', strikeTables: strike, timeoutMs });
  broker = redelivery(service);
  used = 0;
}
afterEach(async () => {
  planned = undefined;
  await service?.stop();
});

const nextGuests = (): DirectoryUser[] =>
  Array.from({ length: GUESTS_EACH }, () => service.graph.guest('Accepted', used++));
const submit = (guests: readonly DirectoryUser[], key: string): ReturnType<Service['submit']> =>
  service.submit(
    guests.map(({ id }) => ({ user: id })),
    { sendInvitationMessage: true },
    key,
    broker.deps,
  );

/** All that the service does by itself afterwards: messages come again, the timer runs. */
async function settle(): Promise<void> {
  planned = undefined;
  await broker.run();
  for (let rounds = 0; rounds < 2; rounds++) {
    service.advance(16 * 60);
    await reconcile(broker.deps);
    await broker.run();
  }
}

const mailsTo = async (guests: readonly DirectoryUser[]): Promise<number[]> => {
  const mails = (await service.graph.sim('GET', '/mails')).body as { userId: string }[];
  return guests.map(({ id }) => mails.filter(({ userId }) => userId === id).length);
};
const jobsWith = async (key: string) =>
  (await service.deps.jobs.page(undefined, 1_000)).filter((job) => job.idempotency.key === key);
const EACH_ONCE = Array.from({ length: GUESTS_EACH }, () => 1);

/** Rows of chunks whose job nobody knows: they would stay for ever. */
async function straysOf(): Promise<string[]> {
  const known = new Set((await service.deps.jobs.page(undefined, 1_000)).map(({ id }): string => id));
  const found = new Set<string>();
  for await (const { partitionKey } of service.tables.chunks.listEntities())
    if (!known.has(String(partitionKey))) found.add(String(partitionKey));
  return [...found];
}

/** One job, ended, in which every guest was reset with one mail and has one line of history. */
async function expectOneJobDone(key: string, guests: readonly DirectoryUser[], about: string): Promise<void> {
  const jobs = await jobsWith(key);
  expect(
    jobs.map(({ status }) => status),
    about,
  ).toEqual(['completed']);
  const progress = jobs[0] && (await readJob(service.deps, jobs[0].id));
  expect(progress?.counts.succeeded, about).toBe(GUESTS_EACH);
  expect(await mailsTo(guests), about).toEqual(EACH_ONCE);
  for (const { id } of guests)
    expect((await guestHistory(service.deps, id, undefined, 9)).resets, about).toHaveLength(1);
}

describe(
  'a submission is one job or nothing, and its repeat with the same key is that one job, when the tables fail at',
  { timeout: 60_000 },
  () => {
    const places: readonly Place[] = [
      { what: 'the first write of the key', call: /^POST idempotency$/ },
      { what: 'the new job row', call: /^POST jobs$/ },
      { what: 'the insert of the chunks', call: /^BATCH chunks$/ },
      { what: 'the count of open jobs', call: /^GET jobs$/ },
      { what: 'the read of the job row before the commit', call: /^GET jobs$/, skip: 1 },
      { what: 'the completed job row before the commit', call: /^PUT jobs$/ },
      { what: 'the commit', call: /^PUT idempotency$/ },
      { what: 'the job row after the commit', call: /^PUT jobs$/, skip: 1 },
      { what: 'the pace', call: /^(POST|PUT) control$/ },
      { what: 'the cursor of dispatch', call: /^PUT jobs$/, skip: 2 },
    ];
    /** A caller repeats at once what failed; a fault that the SDK gets over leaves nothing to repeat. */
    const whenRepeated = ({ what, times }: Fault) =>
      what === 'hang' || what === 409 || times === ALL_TRIES ? (['at once', 'later'] as const) : (['later'] as const);
    const cases = FAULTS.flatMap((fault) =>
      whenRepeated(fault).map((repeats) => ({ fault, repeats, about: `${nameOf(fault)}, repeated ${repeats}` })),
    );
    /** A try that was cut off holds its key for five minutes. */
    const repeat = async (guests: readonly DirectoryUser[], key: string): Promise<void> => {
      for (let tries = 0; tries < 2 && (await submit(guests, key)).kind !== 'accepted'; tries++)
        service.advance(5 * 60);
    };

    test.each(places)('$what', async (place) => {
      await start();
      const submitted = [];
      for (const each of cases) {
        const [guests, key] = [nextGuests(), each.about];
        plan(place, each.fault);
        const first = await submit(guests, key).then(
          ({ kind }) => kind,
          () => 'failed',
        );
        expect(struck, each.about).toBe(each.fault.times);
        planned = undefined;
        if (each.repeats === 'at once') await repeat(guests, key);
        submitted.push({ ...each, guests, key, first });
      }
      await settle();
      for (const { guests, key, first, about } of submitted) {
        const jobs = await jobsWith(key);
        expect(jobs.length, about).toBeLessThanOrEqual(1);
        expect(jobs.length, about).toBeGreaterThanOrEqual(first === 'accepted' ? 1 : 0);
        expect(await mailsTo(guests), about).toEqual(jobs.length === 1 ? EACH_ONCE : EACH_ONCE.map(() => 0));
      }
      expect(await straysOf()).toEqual([]);
      for (const { guests, key } of submitted) await repeat(guests, key);
      await settle();
      for (const { guests, key, about } of submitted) await expectOneJobDone(key, guests, about);
      expect(await straysOf()).toEqual([]);
    });
  },
);

describe(
  'every guest is reset once with one mail and one line of history, when the tables fail at',
  { timeout: 60_000 },
  () => {
    const places: readonly Place[] = [
      { what: 'the read of the chunk', call: /^GET chunks$/ },
      { what: 'the read of the job', call: /^GET jobs$/ },
      { what: 'the payment to the pace', call: /^PUT control$/ },
      { what: 'the write of sending', call: /^PUT chunks$/ },
      { what: 'the claim of the guest', call: /^BATCH guests$/ },
      { what: 'the claim of the second guest', call: /^BATCH guests$/, skip: 1 },
      { what: 'the read of the stops before the invitations', call: /^GET jobs$/, skip: 1, slow: /^BATCH guests$/ },
      { what: 'the write of the outcomes', call: /^PUT chunks$/, skip: 1 },
      { what: 'closing the job', call: /^PUT jobs$/ },
    ];
    test.each(places)('$what', async (place) => {
      await start();
      for (const [number, fault] of FAULTS.entries()) {
        const [guests, key, about] = [nextGuests(), `key ${number}`, nameOf(fault)];
        expect((await submit(guests, key)).kind).toBe('accepted');
        plan(place, fault);
        await broker.run(service.now() + 60_000);
        expect(struck, about).toBe(fault.times);
        await settle();
        await expectOneJobDone(key, guests, about);
        expect(broker.deadLetters, about).toEqual([]);
      }
    });
  },
);

describe('a table service that asks for patience', () => {
  const read = async (retryAfter: number | string): Promise<{ readonly end: string; readonly seconds: number }> => {
    await start();
    plan({ what: '', call: /^GET jobs$/ }, { when: 'before', what: 429, retryAfter, times: 1 });
    const began = performance.now();
    const end = await service.deps.jobs.read('0'.repeat(26) as Parameters<typeof service.deps.jobs.read>[0]).then(
      () => 'answered',
      () => 'failed',
    );
    return { end, seconds: (performance.now() - began) / 1000 };
  };
  test('is asked again after that time', async () => {
    const { end, seconds } = await read(1);
    expect(end).toBe('answered');
    expect(seconds).toBeGreaterThan(0.95);
  });
  test.each([
    ['an hour', () => 3_600],
    ['a date', () => new Date(Date.now() + 30_000).toUTCString()],
  ])('for longer, as %s, fails the operation: the message comes again, and is not held so long', async (_, wait) => {
    const { end, seconds } = await read(wait());
    expect(end).toBe('failed');
    expect(seconds).toBeLessThan(5);
  });
});
