/**
 * The first day of an automation, and its worst: a workflow of HR that resets leavers one by one, a script that submits
 * lists, and the administrators beside them. What happened is the simulated tenant's word.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startHttpProxy, type Proxy } from '../chaos/http-proxy.ts';
import { graphToken } from '../parts/local/graph-simulator-calls.ts';
import { startCloud, type TestCloud } from './cloud.ts';
import { json, type JobAnswer, type Mail } from './jobs.ts';

interface Who {
  readonly oid: string;
  readonly name?: string;
  readonly roles: readonly string[];
  readonly idtyp?: 'user' | 'app';
}
/** A managed identity. */
const WORKFLOW: Who = { oid: '10000000-0000-4000-8000-000000000001', roles: ['Submit'], idtyp: 'app' };
const SCRIPT: Who = { oid: '20000000-0000-4000-8000-000000000002', roles: ['Submit'], idtyp: 'app' };
const ADA: Who = { oid: '30000000-0000-4000-8000-00000000000a', name: 'ada@contoso.example', roles: ['Manage'] };
/** Submits lists by hand, and manages. */
const BEN: Who = {
  oid: '40000000-0000-4000-8000-00000000000b',
  name: 'ben@contoso.example',
  roles: ['Submit', 'Manage'],
};

interface SimUser {
  readonly id: string;
  readonly mail: string | null;
  readonly externalUserState: string | null;
  readonly creationType: string | null;
  readonly roles: readonly string[];
  readonly accountEnabled: boolean;
}
/** A job, or a problem. */
interface Said extends JobAnswer {
  readonly code?: string;
  readonly detail?: string;
  readonly earlierJob?: { readonly id: string; readonly url: string };
  readonly pausedReason?: { readonly code: string };
  readonly approval?: { readonly by: { readonly id: string } };
  /** Of a page of the audit. */
  readonly value?: readonly { readonly action: string; readonly by: { readonly id: string } }[];
}
interface Request {
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON, or text of a CSV. */
  readonly body?: object | string;
}

let cloud: TestCloud;
/** Between the script and the service; it can lose an answer. */
let line: Proxy;
let isNextAnswerLost = false;
/** Guests whom nobody has taken yet. */
let guests: SimUser[] = [];
beforeAll(async () => {
  // A slow rate, so that a list takes a while; and larger lists need four eyes.
  const env = { RESETS_PER_SECOND: '4', HOLD_JOBS_ABOVE: '80' };
  cloud = await startCloud({ auth: true, hosts: 2, guests: 400, seed: 12, env });
  line = await startHttpProxy<string>({
    target: new URL(cloud.api),
    kindOf: (method) => method,
    take: (method) => {
      if (method !== 'POST' || !isNextAnswerLost) return undefined;
      isNextAnswerLost = false;
      return { when: 'after', what: 'drop' };
    },
    kill: () => undefined,
    busy: () => () => undefined,
  });
  guests = (await json<SimUser[]>(`${cloud.graph}/_sim/users`)).body.filter(
    ({ mail, externalUserState, creationType, roles, accountEnabled }) =>
      mail !== null &&
      externalUserState === 'Accepted' &&
      creationType === 'Invitation' &&
      roles.length === 0 &&
      accountEnabled,
  );
}, 60_000);
afterAll(async () => {
  await line?.close();
  await cloud?.stop();
});

const take = (count: number): SimUser[] => {
  if (guests.length < count) throw new Error('The tenant has no more guests: let it have some more.');
  return guests.splice(0, count);
};
const idsOf = (users: readonly SimUser[]): string[] => users.map(({ id }) => id);
const listOf = (users: readonly SimUser[]): string => `user\n${idsOf(users).join('\n')}\n`;

async function tokenOf(who: Who): Promise<string> {
  const answer = await fetch(`${cloud.graph}/_sim/token`, { method: 'POST', body: JSON.stringify(who) });
  return ((await answer.json()) as { access_token: string }).access_token;
}
/** @param to a path of the API, or an address that an answer gave */
async function ask(who: Who, method: string, to: string, { headers, body }: Request = {}) {
  const isCsv = typeof body === 'string';
  return json<Said>(to.startsWith('http') ? to : `${cloud.api}${to}`, {
    method,
    headers: {
      Authorization: `Bearer ${await tokenOf(who)}`,
      ...(body !== undefined && { 'Content-Type': isCsv ? 'text/csv' : 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: isCsv ? body : JSON.stringify(body) }),
  });
}
const submit = (who: Who, csv: string, more = '', headers: Readonly<Record<string, string>> = {}) =>
  ask(who, 'POST', `/jobs?sendInvitationMessage=true${more}`, { body: csv, headers });

/** Polls as a platform does: at the same address, with the same identity, until it is no 202. */
async function polled(who: Who, location: string | null): Promise<{ status: number; body: Said }> {
  let last: { status: number; body: Said } = { status: 0, body: {} as Said };
  await expect
    .poll(async () => (last = await ask(who, 'GET', location ?? '')).status, { timeout: 90_000, interval: 250 })
    .not.toBe(202);
  return last;
}
const outbox = async (): Promise<string[]> =>
  (await json<Mail[]>(`${cloud.graph}/_sim/mails`)).body.map(({ userId }) => userId);
/** How many mails each of them got. */
async function mailsTo(users: readonly SimUser[]): Promise<number[]> {
  const sent = await outbox();
  return users.map(({ id }) => sent.filter((userId) => userId === id).length);
}
const each = (users: readonly SimUser[], mails: number): number[] => users.map(() => mails);

test(
  'the first day: a leaver at eight does not wait behind the list of the night; an answer that is lost, and Enter ' +
    'pressed twice, make no second job',
  async () => {
    // 7:59. The script submits its list; with the rate of this tenant it takes a while.
    const list = take(80);
    const night = await submit(SCRIPT, listOf(list), '&allowDuplicate=false', { 'Idempotency-Key': '"night-1"' });
    expect(night.status).toBe(202);
    await expect.poll(outbox, { timeout: 30_000 }).not.toEqual([]);

    // 8:00. A leaver: the workflow resets one guest, and waits for it in the same request.
    const [leaver] = take(1);
    if (leaver === undefined) throw new Error('nobody leaves');
    const leaving = await ask(WORKFLOW, 'POST', `/guests/${leaver.id}/resets`, {
      headers: { Prefer: 'wait=60', 'Idempotency-Key': 'leaver-4711' },
      body: { sendInvitationMessage: true },
    });
    expect([leaving.status, leaving.body.status, leaving.body.counts['succeeded']]).toEqual([200, 'completed', 1]);
    expect(await mailsTo([leaver])).toEqual([1]);
    const missing = (await mailsTo(list)).filter((mails) => mails === 0).length;
    expect(missing).toBeGreaterThan(0);

    // 8:01. The workflow's platform runs the step again: the same key, the same job, no second mail.
    const again = await ask(WORKFLOW, 'POST', `/guests/${leaver.id}/resets`, {
      headers: { Prefer: 'wait=60', 'Idempotency-Key': 'leaver-4711' },
      body: { sendInvitationMessage: true },
    });
    expect([again.status, again.body.id, again.headers.get('idempotency-replayed')]).toEqual([
      200,
      leaving.body.id,
      'true',
    ]);

    // 8:02. Ben does not know of the script, and sends a list of his own; no answer comes, so he presses Enter again.
    const other = take(25);
    isNextAnswerLost = true;
    const typed = { body: listOf(other) };
    const address = `http://localhost:${line.port}/api/jobs?sendInvitationMessage=true`;
    await expect(ask(BEN, 'POST', address, typed)).rejects.toThrow('fetch failed');
    const refused = await ask(BEN, 'POST', address, typed);
    expect([refused.status, refused.body.code, refused.headers.get('retry-after')]).toEqual([
      409,
      'duplicateSubmission',
      null,
    ]);
    expect(refused.body.detail).toContain('?allowDuplicate=true');
    const { earlierJob } = refused.body;
    const first = await ask(BEN, 'GET', earlierJob?.url ?? '');
    expect([first.status, first.body.id, first.body.total]).toEqual([200, earlierJob?.id, 25]);

    // The script is started by hand once more, of another run: another key, and it says that no second job is meant.
    const restarted = await submit(SCRIPT, listOf(list), '&allowDuplicate=false', { 'Idempotency-Key': '"night-2"' });
    expect([restarted.status, restarted.body.earlierJob?.id]).toEqual([409, night.body.id]);
    // Its own repeat, after an answer that was lost, is its own job.
    const repeated = await submit(SCRIPT, listOf(list), '&allowDuplicate=false', { 'Idempotency-Key': '"night-1"' });
    expect([repeated.status, repeated.body.id]).toEqual([202, night.body.id]);

    // By nine everything has ended, and everybody has one mail.
    expect((await polled(SCRIPT, night.headers.get('location'))).body.status).toBe('completed');
    expect((await polled(BEN, `${earlierJob?.url}/completion`)).body.status).toBe('completed');
    expect(await mailsTo([...list, leaver, ...other])).toEqual(each([...list, leaver, ...other], 1));
    const sent = await outbox();
    expect(sent.indexOf(leaver.id)).toBeLessThan(Math.max(...idsOf(list).map((id) => sent.indexOf(id))));
    // What is over and went well is not done again by mistake, either.
    expect((await submit(SCRIPT, listOf(list))).body.earlierJob?.id).toBe(night.body.id);
  },
  180_000,
);

test(
  'the worst day: the tenant is paused while a list runs and leavers come; a guest is fixed by hand meanwhile; ' +
    'whoever waits is told what to do, and after the resume everybody has one mail',
  async () => {
    // Something is wrong with the list, and Ada stops everything before anybody of it is mailed.
    expect((await ask(ADA, 'POST', '/pause?reason=wrong+partner%3F')).status).toBe(200);
    const list = take(21);
    const job = await submit(SCRIPT, listOf(list), '', { 'Idempotency-Key': 'list' });
    expect(job.status).toBe(202);

    // A leaver: the workflow's platform follows Location, and ends at the first answer that is no 202.
    const [leaver, fixed] = take(2);
    if (leaver === undefined || fixed === undefined) throw new Error('nobody leaves');
    const leaving = await ask(WORKFLOW, 'POST', `/guests/${leaver.id}/resets`, {
      headers: { 'Idempotency-Key': 'leaver-4712' },
      body: { sendInvitationMessage: true },
    });
    expect(leaving.status).toBe(202);
    const stopped = await polled(WORKFLOW, leaving.headers.get('location'));
    expect([stopped.status, stopped.body.code]).toEqual([409, 'jobPaused']);
    expect(stopped.body.detail).toContain('wrong partner?');
    expect(stopped.body.detail).toContain('POST /api/resume');

    // Another workflow has said that it waits as long as it takes.
    const patient = await ask(WORKFLOW, 'POST', `/guests/${fixed.id}/resets?waitWhilePaused=true`, {
      headers: { 'Idempotency-Key': 'leaver-4713' },
      body: { sendInvitationMessage: true },
    });
    expect(patient.headers.get('location')).toContain('waitWhilePaused=true');
    expect((await ask(WORKFLOW, 'GET', patient.headers.get('location') ?? '')).status).toBe(202);

    // The helpdesk does not wait, and resets that guest in the portal.
    await resetByHand(fixed);
    // Somebody presses Enter on the list again: it is on its way, though paused, and the refusal says how it goes on.
    const refused = await submit(SCRIPT, listOf(list));
    expect([refused.status, refused.body.earlierJob?.id]).toEqual([409, job.body.id]);
    expect(refused.body.detail).toContain('POST /api/resume');
    expect(await mailsTo([...list, leaver])).toEqual(each([...list, leaver], 0));

    // The list was right. Who may only submit cannot lift the stop; Ada does.
    expect((await ask(WORKFLOW, 'POST', '/resume')).status).toBe(403);
    expect((await ask(ADA, 'POST', '/resume')).status).toBe(200);
    expect((await polled(WORKFLOW, patient.headers.get('location'))).body).toMatchObject({
      status: 'completed',
      counts: { skipped: 1 },
      byCode: { pendingRecently: 1 },
    });
    // The platform runs the step that has failed once more: the same key is the same job.
    const resumed = await ask(WORKFLOW, 'POST', `/guests/${leaver.id}/resets`, {
      headers: { 'Idempotency-Key': 'leaver-4712', Prefer: 'wait=60' },
      body: { sendInvitationMessage: true },
    });
    expect([resumed.status, resumed.body.id, resumed.body.status]).toEqual([200, leaving.body.id, 'completed']);
    expect((await polled(SCRIPT, job.headers.get('location'))).body.status).toBe('completed');
    expect(await mailsTo([...list, leaver, fixed])).toEqual(each([...list, leaver, fixed], 1));
  },
  180_000,
);

test(
  'a list that is too large for one pair of eyes waits: its submitter cannot approve it, whatever their roles; ' +
    'somebody else does, and that is written down',
  async () => {
    const list = take(81);
    const job = await submit(BEN, listOf(list));
    expect([job.status, job.body.pausedReason?.code]).toEqual([202, 'awaitingApproval']);
    const { id } = job.body;
    const waiting = await polled(BEN, job.headers.get('location'));
    expect([waiting.status, waiting.body.code]).toEqual([409, 'jobPaused']);
    expect(waiting.body.detail).toContain(`POST /api/jobs/${id}/resume`);

    // Ben thinks that it was lost, and submits it again; then he tries to let it go himself.
    const again = await submit(BEN, listOf(list));
    expect([again.status, again.body.earlierJob?.id]).toEqual([409, id]);
    expect(again.body.detail).toContain('approves it');
    const own = await ask(BEN, 'POST', `/jobs/${id}/resume`);
    expect([own.status, own.body.code]).toEqual([403, 'approverIsSubmitter']);
    expect(await mailsTo(list)).toEqual(each(list, 0));

    // Ada looks at it, and approves.
    const approved = await ask(ADA, 'POST', `/jobs/${id}/resume`);
    expect([approved.status, approved.body.approval?.by.id]).toEqual([200, ADA.oid]);
    const end = await polled(BEN, job.headers.get('location'));
    expect([end.status, end.body.status, end.body.approval?.by.id]).toEqual([200, 'completed', ADA.oid]);
    expect(await mailsTo(list)).toEqual(each(list, 1));
    const audit = await ask(ADA, 'GET', `/audit?jobId=${id}`);
    expect(audit.body.value?.find(({ action }) => action === 'approved')?.by.id).toBe(ADA.oid);
  },
  180_000,
);

/** As an administrator does in the portal, with a mail of Microsoft. */
async function resetByHand({ id, mail }: SimUser): Promise<void> {
  const response = await fetch(`${cloud.graph}/v1.0/invitations`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${await graphToken(cloud.graph)}`,
      'Content-Type': 'application/json',
    },
    body: JSON.stringify({
      invitedUserEmailAddress: mail,
      inviteRedirectUrl: 'https://myapps.example',
      sendInvitationMessage: true,
      invitedUser: { id },
      resetRedemption: true,
    }),
  });
  expect(response.status).toBe(201);
}
