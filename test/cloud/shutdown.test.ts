/**
 * A host that is told to end while it sends: what it has begun it finishes, what it has not begun the other one does.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCloud, type TestCloud } from './cloud.ts';
import { allResets, completed, json, mailsByGuest, submitCsv } from './jobs.ts';

interface SimUser {
  readonly id: string;
  readonly creationType: string | null;
  readonly externalUserState: string | null;
  readonly roles: readonly string[];
  readonly mail: string | null;
}

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startCloud({ guests: 400, seed: 6, hosts: 2, env: { RESETS_PER_SECOND: '200' } });
});
afterAll(async () => {
  await cloud?.stop();
});

test(
  'after SIGTERM in the middle of a job, everybody is done as fast as without it, one mail each',
  { timeout: 90_000 },
  async () => {
    const users = (await json<SimUser[]>(`${cloud.graph}/_sim/users`)).body;
    const guests = users
      .filter(
        (user) =>
          user.creationType === 'Invitation' &&
          user.externalUserState === 'Accepted' &&
          user.roles.length === 0 &&
          user.mail !== null,
      )
      .slice(0, 200);
    await fetch(`${cloud.graph}/_sim/latency`, {
      method: 'POST',
      body: JSON.stringify({ medianMs: 1_500, p95Ms: 2_000 }),
    });
    const { id, completion } = await submitCsv(
      cloud.api,
      `id,sendInvitationMessage\n${guests.map((guest) => `${guest.id},true`).join('\n')}\n`,
    );
    // Both hosts are at work when invitations arrive from more chunks than one host takes.
    await expect
      .poll(
        async () => (await json<{ requests: { batch: number } }>(`${cloud.graph}/_sim/stats`)).body.requests.batch,
        { timeout: 20_000, interval: 20 },
      )
      .toBeGreaterThan(10);
    const ended = cloud.state().hosts[1]?.pid ?? 0;
    process.kill(ended, 'SIGTERM');

    // A chunk that the ending host had left in doubt would take three minutes more.
    const job = await completed(completion, 60);
    expect(job).toMatchObject({ status: 'completed', counts: { succeeded: guests.length } });
    const resets = await allResets(cloud.api, id);
    expect(new Set(resets.map(({ code }) => code))).toEqual(new Set(['reset']));
    expect(await mailsByGuest(cloud.graph)).toEqual(new Map(guests.map((guest) => [guest.id, 1])));
    await expect.poll(() => cloud.logs(), { timeout: 30_000, interval: 50 }).toMatch(/host 2 ended \(exit code 0\)/);
    await expect.poll(() => cloud.state().hosts[1]?.pid, { timeout: 30_000, interval: 50 }).not.toBe(ended);
  },
);
