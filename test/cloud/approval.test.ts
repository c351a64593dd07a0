/**
 * Four eyes, from outside: the built app with `HOLD_JOBS_ABOVE` behind the local front, which asks for tokens. Who may
 * approve stands here, and is taken from no code; the simulated tenant tells what was sent.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startCloud, type TestCloud } from './cloud.ts';
import { json, mailsByGuest } from './jobs.ts';

const ADA = '10000000-0000-4000-8000-00000000000a';
const BEN = '20000000-0000-4000-8000-00000000000b';
const CARA = '30000000-0000-4000-8000-00000000000c';

interface Said {
  readonly id?: string;
  readonly status?: string;
  readonly checks?: readonly object[];
  readonly code?: string;
  readonly detail?: string;
  readonly pausedReason?: { readonly code: string; readonly nextStep: string };
  readonly approval?: { readonly by: { readonly id: string }; readonly at: string };
  readonly actions?: readonly { readonly action: string; readonly by: { readonly id: string } }[];
  readonly value?: readonly { readonly action?: string; readonly by?: { readonly id: string } }[];
}

interface SimUser {
  readonly id: string;
  readonly creationType: string | null;
  readonly externalUserState: string | null;
  readonly roles: readonly string[];
  readonly mail: string | null;
}

let cloud: TestCloud;
let guests: readonly string[] = [];
beforeAll(async () => {
  // A rate of its own: nobody waits for a turn here.
  cloud = await startCloud({
    auth: true,
    hosts: 2,
    guests: 120,
    env: { HOLD_JOBS_ABOVE: '2', RESETS_PER_SECOND: '200' },
  });
  const users = (await json<SimUser[]>(`${cloud.graph}/_sim/users`)).body;
  guests = users
    .filter(
      (user) =>
        user.creationType === 'Invitation' &&
        user.externalUserState === 'Accepted' &&
        user.roles.length === 0 &&
        user.mail !== null,
    )
    .map(({ id }) => id);
}, 60_000);
afterAll(async () => {
  await cloud?.stop();
});

async function tokenOf(wanted: object): Promise<string> {
  const answer = await fetch(`${cloud.graph}/_sim/token`, { method: 'POST', body: JSON.stringify(wanted) });
  return ((await answer.json()) as { access_token: string }).access_token;
}
interface Who {
  readonly oid: string;
  readonly name?: string;
  readonly roles: readonly string[];
  readonly idtyp?: 'user' | 'app';
}
const SUBMITTER: Who = { oid: ADA, name: 'ada@contoso.example', roles: ['Submit'] };
const MANAGER: Who = { oid: BEN, name: 'ben@contoso.example', roles: ['Manage'] };

async function ask(who: Who, method: string, path: string, body?: object) {
  const { status, body: said } = await json<Said>(`${cloud.api}${path}`, {
    method,
    headers: { authorization: `Bearer ${await tokenOf(who)}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status, said };
}

let taken = 0;
/** A job of so many guests whom no other test has. */
async function submit(
  count: number,
  who = SUBMITTER,
): Promise<{ readonly id: string; readonly of: readonly string[] }> {
  const of = guests.slice(taken, taken + count);
  taken += count;
  const resets = of.map((user) => ({ user, sendInvitationMessage: true }));
  const { status, said } = await ask(who, 'POST', '/jobs', { resets });
  if (status !== 202 || of.length < count) throw new Error(`the submission was answered ${status}: ${said.detail}`);
  return { id: said.id ?? '', of };
}
const mailed = async (of: readonly string[]): Promise<number> => {
  const mails = await mailsByGuest(cloud.graph);
  return of.reduce((sum, id) => sum + (mails.get(id) ?? 0), 0);
};
const lookedUp = async () =>
  (await json<{ requests: { getUser: number; findUsers: number } }>(`${cloud.graph}/_sim/stats`)).body.requests;
async function ended(id: string, status: string): Promise<void> {
  const shown = async () => (await ask(MANAGER, 'GET', `/jobs/${id}`)).said.status;
  await expect.poll(shown, { timeout: 30_000, interval: 100 }).toBe(status);
}

test('who approves a job sees what its rows say, and by which names the submitter knows the guests', async () => {
  const [id = '', other = ''] = guests.slice(taken, taken + 2);
  taken += 2;
  const csv = [
    'id,user,userPrincipalName,mail,displayName,sendInvitationMessage,ccRecipient,messageLanguage,inviteRedirectUrl',
    `${id},,a#EXT#@t.example,anna@fabrikam.example,Anna Berg,true,boss@contoso.example,de-DE,https://x.example`,
    `${other},,,,,false,,,`,
    ',bea@fabrikam.example,,,,true,,,',
  ];
  const { body } = await json<Said>(`${cloud.api}/jobs`, {
    method: 'POST',
    headers: { authorization: `Bearer ${await tokenOf(SUBMITTER)}`, 'content-type': 'text/csv' },
    body: csv.join('\n'),
  });
  const { said: job } = await ask(MANAGER, 'GET', `/jobs/${body.id}`);
  const rowsSay = { mailed: 2, notMailed: 1, messageLanguage: 1, inviteRedirectUrl: 1, ccRecipient: 1 };
  expect(job).toMatchObject({ status: 'paused', rowsSay });
  const { said: page } = await ask(MANAGER, 'GET', `/jobs/${body.id}/resets`);
  const submittedAs = {
    userPrincipalName: 'a#EXT#@t.example',
    mail: 'anna@fabrikam.example',
    displayName: 'Anna Berg',
  };
  expect(page.value).toMatchObject([{ user: id, status: 'pending', submittedAs }, { user: other }, {}]);
  expect(page.value?.slice(1).every((reset) => !('submittedAs' in reset))).toBe(true);
  await ask(SUBMITTER, 'POST', `/jobs/${body.id}/cancel`);
});

describe.each(['user', 'app'] as const)('a job that waits, asked to go on by an %s', (idtyp) => {
  test.each<readonly [string, Who, number, string | undefined]>([
    ['nobody of a role', { oid: CARA, roles: [] }, 403, 'missingRole'],
    ['who submitted it', SUBMITTER, 403, 'approverIsSubmitter'],
    [
      'who submitted it, with every role',
      { oid: ADA, roles: ['Submit', 'Read', 'Manage'] },
      403,
      'approverIsSubmitter',
    ],
    [
      'who submitted it, by an id in another case',
      { oid: ADA.toUpperCase(), roles: ['Submit', 'Manage'] },
      403,
      'approverIsSubmitter',
    ],
    ['another submitter', { oid: CARA, roles: ['Submit'] }, 404, 'jobNotFound'],
    ['a reader', { oid: CARA, roles: ['Submit', 'Read'] }, 403, 'missingRole'],
  ])('by %s, stays as it is', async (_name, who, status, code) => {
    const before = await lookedUp();
    const { id, of } = await submit(3);
    const { said: seen } = await ask(MANAGER, 'GET', `/jobs/${id}`);
    const answer = await ask({ ...who, idtyp }, 'POST', `/jobs/${id}/resume`);
    expect([answer.status, answer.said.code]).toEqual([status, code]);
    expect((await ask(MANAGER, 'GET', `/jobs/${id}`)).said).toEqual(seen);
    expect(seen).toMatchObject({ status: 'paused', pausedReason: { code: 'awaitingApproval' } });
    // Who submitted it may end it, and then nobody approves it.
    expect((await ask(SUBMITTER, 'POST', `/jobs/${id}/cancel`)).status).toBe(202);
    await ended(id, 'canceled');
    expect((await ask(MANAGER, 'POST', `/jobs/${id}/resume`)).said.approval).toBeUndefined();
    expect([await mailed(of), await lookedUp()]).toEqual([0, before]);
  });
  test('by somebody else with the role Manage, goes on, and tells who that was', async () => {
    const { id, of } = await submit(3);
    const approver = { ...MANAGER, idtyp };
    const { status, said } = await ask(approver, 'POST', `/jobs/${id}/resume`);
    expect([status, said.approval]).toEqual([
      200,
      { by: expect.objectContaining({ id: BEN }), at: expect.stringMatching(/Z$/) },
    ]);
    await ended(id, 'completed');
    expect(await mailed(of)).toBe(3);
    const { said: audit } = await ask(approver, 'GET', `/audit?jobId=${id}`);
    expect(audit.value).toContainEqual(
      expect.objectContaining({ action: 'approved', by: said.approval?.by, at: said.approval?.at }),
    );
    const retry = await ask(SUBMITTER, 'POST', `/jobs/${id}/retry`, {});
    expect(retry.said.code).toBe('nothingToRetry');
  });
});

test('a job of as many resets as the setting says goes at once, and a dry run of more does', async () => {
  const { id, of } = await submit(2);
  await ended(id, 'completed');
  expect(await mailed(of)).toBe(2);
  const resets = guests.slice(0, 5).map((user) => ({ user, sendInvitationMessage: true }));
  const { said } = await ask(SUBMITTER, 'POST', '/jobs?dryRun=true&skipIfResetWithinHours=0', { resets });
  await ended(said.id ?? '', 'completed');
});

test('diagnostics say from how many resets on jobs wait', async () => {
  const { said } = await ask(SUBMITTER, 'GET', '/diagnostics');
  expect(said.checks).toContainEqual({
    name: 'configuration',
    ok: true,
    note: 'Jobs of more than 2 resets wait until somebody else approves them (HOLD_JOBS_ABOVE).',
  });
});

test('whoever polls for the end is told whom to ask, and may wait instead', async () => {
  const { id } = await submit(3);
  const { status, said } = await ask(SUBMITTER, 'GET', `/jobs/${id}/completion`);
  expect([status, said.code]).toEqual([409, 'jobPaused']);
  expect(said.detail).toMatch(/HOLD_JOBS_ABOVE.*somebody with the role Manage who did not submit the job/);
  expect((await ask(SUBMITTER, 'GET', `/jobs/${id}/completion?waitWhilePaused=true`)).status).toBe(202);
});

test('who may approve sees each row as it was submitted, before anything of it is sent', async () => {
  const { id, of } = await submit(3);
  const headers = { authorization: `Bearer ${await tokenOf(MANAGER)}` };
  const csv = await (await fetch(`${cloud.api}/jobs/${id}/resets?format=csv`, { headers })).text();
  expect(of.filter((guest) => !csv.includes(guest))).toEqual([]);
});

test(
  'hosts that are killed between the submission and the approval send nothing before it, and each once after it',
  { timeout: 90_000 },
  async () => {
    const { id, of } = await submit(3);
    const { hosts } = cloud.state();
    for (const { pid } of hosts) process.kill(pid, 'SIGKILL');
    await expect
      .poll(() => cloud.state().hosts.every(({ pid }) => hosts.every((old) => old.pid !== pid)), {
        timeout: 30_000,
        interval: 50,
      })
      .toBe(true);
    const again = () =>
      ask(SUBMITTER, 'POST', `/jobs/${id}/resume`).then(
        ({ status }) => status,
        () => 0,
      );
    await expect.poll(again, { timeout: 30_000, interval: 100 }).toBe(403);
    expect(await mailed(of)).toBe(0);
    expect((await ask(MANAGER, 'POST', `/jobs/${id}/resume`)).status).toBe(200);
    await ended(id, 'completed');
    expect(await mailed(of)).toBe(3);
  },
);
