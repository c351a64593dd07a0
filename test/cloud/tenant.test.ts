/** What an administrator would want to see before trusting the service with a tenant: a rehearsal, and a block. */
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startCloud, type TestCloud } from './cloud.ts';
import { allResets, completed, json, mailsByGuest, submitCsv, type JobAnswer } from './jobs.ts';

interface SimUser {
  readonly id: string;
  readonly mail: string | null;
  readonly externalUserState: string | null;
  readonly creationType: string | null;
  readonly roles: string[];
}
interface Statistics {
  readonly writes: { readonly total: number };
  readonly requests: { readonly invite: number; readonly patchUser: number; readonly getUser: number };
  readonly refusedByBlock: number;
}

const HOSTS = 2;
/** Resets that may be on their way when a block is first seen: each host handles four chunks of twenty at once. */
const IN_FLIGHT = HOSTS * 4 * 20;
let cloud: TestCloud;
let guests: SimUser[];
let spare: SimUser;

beforeAll(async () => {
  cloud = await startCloud({
    guests: 3000,
    seed: 4,
    hosts: HOSTS,
    env: { RESETS_PER_SECOND: '500', READS_PER_SECOND: '2000' },
  });
  const users = (await json<SimUser[]>(`${cloud.graph}/_sim/users`)).body;
  const accepted = users.filter(
    (user) =>
      user.creationType === 'Invitation' &&
      user.externalUserState === 'Accepted' &&
      user.roles.length === 0 &&
      user.mail !== null,
  );
  const [more] = accepted.slice(2_000);
  if (more === undefined) throw new Error('the simulated tenant is too small for this test');
  guests = accepted.slice(0, 2_000);
  spare = more;
});
afterAll(async () => {
  await cloud?.stop();
});

const order = async (method: string, path: string, body?: object): Promise<void> => {
  const { status } = await fetch(`${cloud.graph}/_sim${path}`, {
    method,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  if (status !== 204) throw new Error(`${method} ${path} was answered ${status}`);
};
const statistics = async (): Promise<Statistics> => (await json<Statistics>(`${cloud.graph}/_sim/stats`)).body;
const jobOf = async (
  id: string,
): Promise<JobAnswer & { pausedReason?: { code: string }; summary: Record<string, number> }> =>
  (
    await json<JobAnswer & { pausedReason?: { code: string }; summary: Record<string, number> }>(
      `${cloud.api}/jobs/${id}`,
    )
  ).body;
const csv = (rows: readonly SimUser[]): string =>
  `id,sendInvitationMessage\n${rows.map(({ id }) => `${id},true`).join('\n')}\n`;

async function until<T>(read: () => Promise<T>, isReached: (value: T) => boolean, seconds: number): Promise<T> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const value = await read();
    if (isReached(value)) return value;
    if (Date.now() > end) throw new Error(`not reached within ${seconds} s: ${JSON.stringify(value)}`);
    await wait(100);
  }
}

/** The statistics once nothing has arrived at Graph for two seconds: what was in flight has landed. */
async function settled(): Promise<Statistics> {
  let last = await statistics();
  let since = Date.now();
  return until(
    statistics,
    (now) => {
      if (now.requests.invite !== last.requests.invite || now.requests.getUser !== last.requests.getUser)
        [last, since] = [now, Date.now()];
      return Date.now() - since > 2_000;
    },
    30,
  );
}

describe('2,000 guests', () => {
  test('in a dry run: every one is told what would happen, and Graph sees no write', { timeout: 60_000 }, async () => {
    const { id, completion } = await submitCsv(cloud.api, csv(guests), '?dryRun=true');
    const job = await completed(completion, 40);
    expect(job).toMatchObject({
      status: 'completed',
      dryRun: true,
      counts: { succeeded: 2_000 },
      summary: { wouldMail: 2_000, wouldAddEmail: 0 },
    });
    expect(new Set((await allResets(cloud.api, id)).map(({ code }) => code))).toEqual(new Set(['wouldReset']));
    const { writes, requests } = await statistics();
    expect([writes.total, requests.invite, requests.patchUser]).toEqual([0, 0, 0]);
    expect(requests.getUser).toBeGreaterThanOrEqual(2_000);
    expect(await mailsByGuest(cloud.graph)).toEqual(new Map());
  });

  test(
    'whose tenant is blocked after 300: nothing goes out any more, and after the block everybody is done, one ' +
      'mail each',
    { timeout: 100_000 },
    async () => {
      await order('POST', '/latency', { medianMs: 40, p95Ms: 120 });
      await order('POST', '/block', { afterInvitations: 300 });
      const { id } = await submitCsv(cloud.api, csv(guests));
      await until(
        async () => jobOf(id),
        ({ status }) => status === 'paused',
        30,
      );
      const blocked = await settled();
      expect(blocked.writes.total).toBe(300);
      expect(blocked.refusedByBlock).toBeLessThanOrEqual(IN_FLIGHT);
      expect(await jobOf(id)).toMatchObject({
        pausedReason: { code: 'tenantBlocked' },
        counts: { succeeded: 300, pending: 1_700 },
      });

      // A new job is taken in, starts paused, and sends nothing.
      const later = await submitCsv(cloud.api, csv([spare]));
      expect(await jobOf(later.id)).toMatchObject({ status: 'paused', pausedReason: { code: 'tenantBlocked' } });
      // A resume while the block is there tries one guest, and stops again.
      await fetch(`${cloud.api}/resume`, { method: 'POST' });
      await until(statistics, ({ refusedByBlock }) => refusedByBlock > blocked.refusedByBlock, 20);
      await until(
        async () => jobOf(id),
        ({ pausedReason }) => (pausedReason as { resuming?: boolean } | undefined)?.resuming === false,
        20,
      );
      expect((await settled()).refusedByBlock).toBe(blocked.refusedByBlock + 1);

      await order('DELETE', '/block');
      await fetch(`${cloud.api}/resume`, { method: 'POST' });
      const job = await until(
        async () => jobOf(id),
        ({ endedAt }) => endedAt !== undefined,
        60,
      );
      expect(job).toMatchObject({ status: 'completed', counts: { succeeded: 2_000 } });
      await until(
        async () => jobOf(later.id),
        ({ endedAt }) => endedAt !== undefined,
        30,
      );
      expect(await mailsByGuest(cloud.graph)).toEqual(new Map([...guests, spare].map((guest) => [guest.id, 1])));
    },
  );
});
