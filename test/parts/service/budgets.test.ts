/** More work at once than the tenant's budgets have room for. */
import { DEFAULT_POLICY } from '../../../shared/domain/policy.ts';
import { DIRECTORY_WRITES } from '../../../shared/domain/limits.ts';
import { mostInWindow, NOTHING_SPENT } from '../../../shared/domain/pace/budget.ts';
import { throttle } from '../../../shared/domain/pace/throttling.ts';
import { processWake } from '../../../shared/usecases/wake/process-wake.ts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startService, type Service } from '../service-fixture.ts';

let service: Service;
beforeEach(async () => {
  service = await startService({ guests: 500 });
});
afterEach(async () => {
  await service.stop();
});

interface Statistics {
  readonly requests: { readonly getUser: number; readonly invite: number; readonly patchUser: number };
  readonly budgets: Record<string, { readonly windowsOver: number }>;
}

test(
  'eight small jobs in one moment: everybody is reset once, no window is over its budget, and hardly anybody is ' +
    'looked up twice',
  { timeout: 60_000 },
  async () => {
    const guests = Array.from({ length: 160 }, (_, index) => service.graph.guest('Accepted', index));
    for (let job = 0; job < 8; job++)
      await service.job(
        guests.slice(job * 20, job * 20 + 20).map(({ id }) => ({ user: id })),
        { sendInvitationMessage: true, verify: false },
      );
    const start = service.now();
    await service.drain();
    const stats = (await service.graph.sim('GET', '/stats')).body as Statistics;
    expect(stats.requests.invite).toBe(160);
    expect(Object.entries(stats.budgets).filter(([, { windowsOver }]) => windowsOver > 0)).toEqual([]);
    expect(stats.requests.getUser).toBeLessThan(2.2 * 160);
    for (const { id } of guests) expect(await service.mailsTo(id)).toBe(1);
    // 160 at the steady rate, less the burst; looking and sending take no time of this clock.
    expect(service.now() - start).toBeLessThan(15_000);
  },
);

test('claims that take seconds bring no two payments into one window', { timeout: 60_000 }, async () => {
  const guests = Array.from({ length: 160 }, (_, index) => service.graph.guest('Accepted', index));
  for (let job = 0; job < 8; job++)
    await service.job(
      guests.slice(job * 20, job * 20 + 20).map(({ id }) => ({ user: id })),
      { sendInvitationMessage: true, verify: false },
    );
  // Eight visits, each paid for a second after the other; their claims wait, and are let go at one moment.
  let letGo = (): void => undefined;
  const gate = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  let waiting = 0;
  const slow: Service['deps'] = {
    ...service.deps,
    guests: {
      ...service.deps.guests,
      claim: async (...args) => {
        waiting++;
        await gate;
        return service.deps.guests.claim(...args);
      },
    },
  };
  const visits: Promise<unknown>[] = [];
  for (let visit = 0; visit < 7; visit++) {
    const before = waiting;
    visits.push(service.step(slow));
    await expect.poll(() => waiting, { interval: 5, timeout: 10_000 }).toBeGreaterThanOrEqual(before + 1);
    service.advance(1.15);
  }
  letGo();
  await Promise.all(visits);
  await service.drain();
  const stats = (await service.graph.sim('GET', '/stats')).body as Statistics;
  expect(Object.entries(stats.budgets).filter(([, { windowsOver }]) => windowsOver > 0)).toEqual([]);
  expect(stats.requests.invite).toBe(160);
  for (const { id } of guests) expect(await service.mailsTo(id)).toBe(1);
});

const statsOf = async (): Promise<Statistics> => (await service.graph.sim('GET', '/stats')).body as Statistics;
const guestsTo = (count: number): { id: string }[] =>
  Array.from({ length: count }, (_, index) => service.graph.guest('Accepted', index));
const mail = { sendInvitationMessage: true, verify: false };

test(
  'while Graph asks to wait nobody is looked up; those that waited come one after another when it is over',
  { timeout: 60_000 },
  async () => {
    const guests = guestsTo(60);
    for (let job = 0; job < 3; job++)
      await service.job(
        guests.slice(job * 20, job * 20 + 20).map(({ id }) => ({ user: id })),
        mail,
      );
    const until = service.now() + 90_000;
    await service.deps.control.changePace((pace) => ({
      pace: throttle(pace, until, service.now()),
      result: undefined,
    }));
    service.advance(2);
    for (let visit = 0; visit < 3; visit++) await service.step();
    expect((await statsOf()).requests.getUser).toBe(0);
    const dues = service.messages.map(({ at }) => at).toSorted((one, other) => one - other);
    expect(dues).toHaveLength(3);
    expect(dues[0]).toBeGreaterThanOrEqual(until);
    for (const [position, due] of dues.slice(1).entries()) expect(due - (dues[position] ?? 0)).toBeGreaterThan(1_000);
    await service.drain();
    expect((await statsOf()).requests).toMatchObject({ getUser: 60, invite: 60 });
  },
);

const mailTimes = async (): Promise<number[]> =>
  ((await service.graph.sim('GET', '/mails')).body as { at: string }[])
    .map(({ at }) => Date.parse(at))
    .toSorted((one, other) => one - other);

test(
  'a success is not looked at either while Graph asks to wait, but when it is over',
  { timeout: 60_000 },
  async () => {
    await service.job(
      guestsTo(20).map(({ id }) => ({ user: id })),
      { sendInvitationMessage: true },
    );
    await service.step();
    expect((await statsOf()).requests).toMatchObject({ getUser: 20, invite: 20 });
    const until = service.now() + 300_000;
    await service.deps.control.changePace((pace) => ({
      pace: throttle(pace, until, service.now()),
      result: undefined,
    }));
    await service.step();
    expect((await statsOf()).requests.getUser).toBe(20);
    expect(service.messages.map(({ at }) => at >= until)).toEqual([true]);
    await service.drain();
    expect((await statsOf()).requests.getUser).toBe(40);
  },
);

test('a job of 24 a minute sends no more in any minute', { timeout: 60_000 }, async () => {
  const guests = guestsTo(40);
  await service.job(
    guests.map(({ id }) => ({ user: id })),
    { ...mail, maxPerMinute: 24 },
  );
  await service.drain();
  const times = await mailTimes();
  expect(times).toHaveLength(40);
  for (const [index, time] of times.entries()) expect((times[index + 24] ?? Infinity) - time).toBeGreaterThan(60_000);
  expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeLessThan(3 * 60_000);
});

test(
  'a job of 24 a minute sends no more in any minute where claims take seconds, and goes on all the same',
  { timeout: 60_000 },
  async () => {
    await service.job(
      guestsTo(40).map(({ id }) => ({ user: id })),
      { ...mail, maxPerMinute: 24 },
    );
    let late = 0;
    const slow: Service['deps'] = {
      ...service.deps,
      guests: {
        ...service.deps.guests,
        claim: async (...args) => {
          if (late++ === 0) service.advance(8);
          return service.deps.guests.claim(...args);
        },
      },
    };
    await service.step(slow);
    await service.drain();
    const times = await mailTimes();
    expect(times).toHaveLength(40);
    for (const [index, time] of times.entries()) expect((times[index + 24] ?? Infinity) - time).toBeGreaterThan(60_000);
    expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeLessThan(3 * 60_000);
  },
);

test("a day's cap is kept, and a raised one is noticed within two minutes", { timeout: 60_000 }, async () => {
  const capped = { ...service.deps, policy: { ...DEFAULT_POLICY, maxInvitationsPerDay: 15 } };
  await service.submit(
    guestsTo(20).map(({ id }) => ({ user: id })),
    mail,
    undefined,
    capped,
  );
  for (let visit = 0; visit < 5; visit++) await service.step(capped);
  expect((await statsOf()).requests.invite).toBe(15);
  // Who finds no room is not even looked up.
  expect((await statsOf()).requests.getUser).toBe(20);
  const raisedAt = service.now();
  await service.drain();
  expect((await statsOf()).requests.invite).toBe(20);
  expect(service.now() - raisedAt).toBeLessThan(121_000);
});

test(
  "a day's cap counts what was sent: guests who are skipped leave room for others",
  { timeout: 60_000 },
  async () => {
    const capped = { ...service.deps, policy: { ...DEFAULT_POLICY, maxInvitationsPerDay: 45 } };
    const guests = guestsTo(40);
    const submitted = async (from: number): Promise<void> => {
      await service.submit(
        guests.slice(from, from + 20).map(({ id }) => ({ user: id })),
        mail,
        undefined,
        capped,
      );
    };
    for (const from of [0, 0, 20]) {
      await submitted(from);
      await service.step(capped);
      // Until what was planned is over.
      service.advance(5);
    }
    for (const { id } of guests) expect(await service.mailsTo(id)).toBe(1);
  },
);

describe("of a day's cap", () => {
  const capped = (): Service['deps'] => ({ ...service.deps, policy: { ...DEFAULT_POLICY, maxInvitationsPerDay: 20 } });
  const counted = async (): Promise<number> =>
    Object.values((await service.deps.control.read()).pace.day ?? {}).reduce((sum, each) => sum + each, 0);
  /** At the beginning of an hour of the count, or an attempt might come into the next. */
  const submitted = async (): Promise<string[]> => {
    service.advance(3_600 - (((service.now() + 120_000) / 1000) % 3_600));
    const guests = guestsTo(20).map(({ id }) => id);
    await service.submit(
      guests.map((id) => ({ user: id })),
      mail,
      undefined,
      capped(),
    );
    return guests;
  };
  /** The whole job: how many were mailed within the first day, and whether everybody was mailed once in the end. */
  const lived = async (deps: Service['deps'], guests: readonly string[]): Promise<[number, boolean]> => {
    const start = service.now();
    while ((await service.step(deps)) !== undefined);
    const firstDay = (await mailTimes()).filter((at) => at < start + 24 * 3_600_000).length;
    const mails = await Promise.all(guests.map((id) => service.mailsTo(id)));
    return [firstDay, mails.every((count) => count === 1)];
  };

  test(
    'what Graph has refused with a 429 is counted once, so those go on the same day',
    { timeout: 60_000 },
    async () => {
      const guests = await submitted();
      await service.fault({ status: 429, retryAfter: 2, times: 12 });
      await service.step(capped());
      expect([(await mailTimes()).length, await counted()]).toEqual([8, 20]);
      expect(await lived(capped(), guests)).toEqual([20, true]);
    },
  );
  test('nor does a chunk that is throttled again and again use it up', { timeout: 60_000 }, async () => {
    const guests = await submitted();
    await service.fault({ kind: 'invite', status: 429, retryAfter: 5, times: 100 });
    expect(await lived(capped(), guests)).toEqual([20, true]);
  });
  test('nor do attempts that are given up because the tables are slow', { timeout: 60_000 }, async () => {
    const guests = await submitted();
    let slow = 5;
    const { chunks } = service.deps;
    const deps = {
      ...capped(),
      chunks: {
        ...chunks,
        replace: async (...[chunk, version]: Parameters<typeof chunks.replace>) => {
          const written = await chunks.replace(chunk, version);
          if (chunk.attemptId !== undefined && slow-- > 0) service.advance(11);
          return written;
        },
      },
    };
    expect(await lived(deps, guests)).toEqual([20, true]);
    expect(service.logged.filter((event) => event === 'attemptGivenUp')).toHaveLength(5);
  });
  test('nor does a job that waits for the claims of a worker that died', { timeout: 60_000 }, async () => {
    await submitted();
    const dying = async (): Promise<never> => Promise.reject(new Error('died'));
    await expect(
      service.step({ ...capped(), invitations: { ...service.deps.invitations, send: dying } }),
    ).rejects.toThrow('died');
    service.messages.length = 0;
    const deps = { ...capped(), policy: { ...DEFAULT_POLICY, maxInvitationsPerDay: 100 } };
    await service.submit(
      guestsTo(20).map(({ id }) => ({ user: id })),
      mail,
      undefined,
      deps,
    );
    const begun = service.now();
    while (service.now() - begun < 150_000 && (await service.step(deps)) !== undefined);
    expect([(await mailTimes()).length, await counted()]).toEqual([0, 40]);
  });
  test(
    'what was paid for is used up where somebody else changed the chunk first: those go the next day',
    { timeout: 60_000 },
    async () => {
      const guests = await submitted();
      let lost = 0;
      const { chunks } = service.deps;
      const losing = {
        ...capped(),
        chunks: {
          ...chunks,
          replace: async (...[chunk, version]: Parameters<typeof chunks.replace>) =>
            chunk.attemptId !== undefined && lost++ === 0 ? ('changed' as const) : chunks.replace(chunk, version),
        },
      };
      expect(await lived(losing, guests)).toEqual([0, true]);
      expect(lost).toBeGreaterThan(1);
    },
  );
});

test(
  'a reset that was begun with, then waits a day for the cap and is throttled, does not fail for the time',
  { timeout: 60_000 },
  async () => {
    const capped = { ...service.deps, policy: { ...DEFAULT_POLICY, maxInvitationsPerDay: 20 } };
    const [first, ...others] = guestsTo(21).map(({ id }) => ({ user: id }));
    const submitted = await service.submit(first === undefined ? [] : [first], mail, undefined, capped);
    if (submitted.kind !== 'accepted') throw new Error('The job was refused.');
    const { id } = submitted.job;
    await service.fault({ kind: 'getUser', status: 503 });
    await service.step(capped);
    await service.submit(others, mail, undefined, capped);
    service.advance(31);
    for (const { wake } of service.messages.filter((message) => message.wake.jobId !== id))
      await processWake(capped, wake);
    expect(await mailTimes()).toHaveLength(20);
    const start = service.now();
    await service.fault({ status: 429, retryAfter: 30 });
    while ((await service.step(capped)) !== undefined);
    expect(service.now() - start).toBeGreaterThan(24 * 3_600_000);
    expect((await service.resets(id)).map(({ status }) => status)).toEqual(['succeeded']);
  },
);

test(
  'a guest who was reset before a job came is skipped by it however long the job takes',
  { timeout: 60_000 },
  async () => {
    const guests = guestsTo(5).map(({ id }) => ({ user: id }));
    await service.job(guests, mail);
    await service.drain();
    service.advance(6 * 3_600);
    const slow = await service.job(guests, mail);
    service.advance(30 * 3_600);
    await service.drain();
    expect((await service.resets(slow)).map(({ status, verdict }) => [status, verdict?.code])).toEqual(
      guests.map(() => ['skipped', 'resetRecently']),
    );
  },
);

test(
  'an instance whose tenant loses its pace again and again still brings no window over its budget',
  { timeout: 60_000 },
  async () => {
    const guests = guestsTo(300);
    for (let job = 0; job < 15; job++)
      await service.job(
        guests.slice(job * 20, job * 20 + 20).map(({ id }) => ({ user: id })),
        mail,
      );
    for (let visits = 0; visits < 100; visits++) {
      await service.deps.control.changePace((pace) => ({ pace: { ...pace, spent: NOTHING_SPENT }, result: undefined }));
      if ((await service.step()) === undefined) break;
    }
    const stats = await statsOf();
    expect(stats.requests.invite).toBe(300);
    expect(Object.entries(stats.budgets).filter(([, { windowsOver }]) => windowsOver > 0)).toEqual([]);
    for (const { id } of guests) expect(await service.mailsTo(id)).toBe(1);
  },
);

test('new addresses count in what an instance may write: no window is over its budget by them', async () => {
  const room = 20;
  const { ownSends, policy, clock } = service.deps;
  const most = mostInWindow(DIRECTORY_WRITES, policy.resetsPerSecond);
  ownSends.take({ writes: most - room, invitations: 0 }, policy.resetsPerSecond, clock.monotonic());
  await service.job(
    guestsTo(15).map(({ id }, index) => ({ user: id, invitedUserEmailAddress: `new${index}@adatum.example` })),
    mail,
  );
  await service.step();
  // There is room for the addresses or the invitations, not for both.
  expect((await statsOf()).requests).toMatchObject({ patchUser: 15, invite: 0 });
  service.advance(DIRECTORY_WRITES.windowSeconds);
  await service.drain();
  expect((await statsOf()).requests).toMatchObject({ patchUser: 15, invite: 15 });
});
