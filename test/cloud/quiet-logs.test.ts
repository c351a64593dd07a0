/**
 * Nobody's address in a log, through the whole app: while Graph quotes what it was asked, and rows that cannot be read
 * quote themselves in the parser's words.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectTables, type TableName, type Tables } from '../../shared/adapters/tables/client.ts';
import { tablesConnection } from '../parts/service-fixture.ts';
import { startCloud, type TestCloud } from './cloud.ts';
import { json } from './jobs.ts';

interface SimUser {
  readonly id: string;
  readonly mail: string | null;
  readonly userPrincipalName: string;
  readonly externalUserState: string | null;
  readonly creationType: string | null;
  readonly roles: string[];
}
interface Answer {
  readonly id: string;
  readonly code: string;
  readonly detail: string;
}

let cloud: TestCloud;
let tables: Tables;
let users: SimUser[];
beforeAll(async () => {
  cloud = await startCloud({ guests: 40, seed: 11 });
  tables = connectTables(
    { connectionString: tablesConnection(Number(new URL(cloud.state().tables.url).port)) },
    () => false,
  );
  users = (await json<SimUser[]>(`${cloud.graph}/_sim/users`)).body.filter(
    ({ creationType, externalUserState, roles }) =>
      creationType === 'Invitation' && externalUserState === 'Accepted' && roles.length === 0,
  );
});
afterAll(async () => {
  await cloud?.stop();
});

const guest = (index: number): SimUser => {
  const user = users[index];
  if (user === undefined) throw new Error('the simulated tenant is too small for this test');
  return user;
};
const order = async (fault: object): Promise<void> => {
  await fetch(`${cloud.graph}/_sim/faults`, { method: 'POST', body: JSON.stringify({ ...fault, quotes: true }) });
};
const submit = (user: SimUser, options: object = {}, wait = 20): Promise<{ status: number; body: Answer }> =>
  json<Answer>(`${cloud.api}/jobs`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...(wait > 0 && { Prefer: `wait=${wait}` }) },
    body: JSON.stringify({ ...options, sendInvitationMessage: false, verify: false, resets: [{ user: user.mail }] }),
  });

/** What names a person, of those in the log. */
const namedInLog = (): string[] => {
  // The lines to copy that the start prints name a guest; they are no log.
  const log = cloud
    .logs()
    .replace(/^Reset-GuestRedemption .*$/m, '')
    .toLowerCase();
  return users
    .flatMap(({ mail, userPrincipalName }) => [mail, userPrincipalName])
    .filter((name) => name !== null && log.includes(name.toLowerCase())) as string[];
};
const lineWith = async (...words: string[]): Promise<void> => {
  await expect.poll(() => words.filter((word) => !cloud.logs().includes(word)), { timeout: 30_000 }).toEqual([]);
};

test('what Graph quotes in its refusals goes to the caller who asked, and not into the log', async () => {
  for (const [kind, name] of [
    ['findUsers', guest(0).mail ?? ''],
    ['getUser', guest(1).userPrincipalName],
  ] as const) {
    await order({ kind, status: 403 });
    const { status, body } = await json<Answer>(`${cloud.api}/guests/${encodeURIComponent(name)}/resets`);
    expect([status, body.code]).toEqual([502, 'graphRefused']);
    expect(body.detail).toContain(name);
    await order({ kind, status: 403 });
    expect((await json(`${cloud.api}/guests/${encodeURIComponent(name)}`)).status).toBe(502);
  }
  await order({ kind: 'findUsers', status: 400 });
  expect((await submit(guest(2))).body).toMatchObject({ status: 'failed' });
  await lineWith('"event":"requestFailed"', 'graphRefused');
  expect(namedInLog()).toEqual([]);
});

test('a row that cannot be read is told by its table, in whichever it is', { timeout: 60_000 }, async () => {
  const spoil = async (
    table: TableName,
    property: string,
    isMeant: (key: string) => boolean,
    by: string,
  ): Promise<void> => {
    for await (const row of tables[table].listEntities()) {
      if (!isMeant(`${String(row.partitionKey)} ${String(row.rowKey)}`)) continue;
      await tables[table].updateEntity({ ...row, [property]: `[{"mail":${by}"}]` } as never, 'Replace');
    }
  };
  const notBefore = new Date(Date.now() + 4_000).toISOString();
  const jobs = await Promise.all([submit(guest(3), { notBefore }, 0), submit(guest(4), { notBefore }, 0)]);
  const [chunkOf, jobOf] = jobs.map(({ body }) => body.id);
  await spoil('chunks', 'resets0', (key) => key.startsWith(chunkOf ?? '-'), guest(3).mail ?? '');
  await spoil('jobs', 'job0', (key) => key.includes(jobOf ?? '-'), guest(4).mail ?? '');
  expect((await json(`${cloud.api}/jobs/${jobOf}`)).status).toBe(500);
  expect((await json(`${cloud.api}/jobs/${chunkOf}/resets`)).status).toBe(500);
  await lineWith('"event":"requestFailed"', '"event":"deliveryFailed"');
  expect(namedInLog()).toEqual([]);
  await spoil('control', 'control0', () => true, guest(5).mail ?? '');
  await expect.poll(async () => (await json(`${cloud.api}/health`)).status, { timeout: 10_000 }).toBe(503);
  const diagnostics = await json<{ status: string }>(`${cloud.api}/diagnostics`);
  expect(diagnostics.body.status).toBe('unhealthy');
  expect(JSON.stringify(diagnostics.body)).not.toContain('@');
  expect(namedInLog()).toEqual([]);
  await lineWith('"code":"jobUnreadable"', '"code":"resetsUnreadable"');
});
