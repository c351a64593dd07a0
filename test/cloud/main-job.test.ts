/** The main job as its user sees it: the real cloud in miniature, and the other side's word for what happened. */
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startCloud, type TestCloud } from './cloud.ts';
import { allResets, completed, json, mailsByGuest, submitCsv, type JobAnswer, type Mail } from './jobs.ts';
import { SAMPLES_EXPECTED } from './samples-expected.ts';

const SAMPLE = readFileSync('samples/guests.csv');

interface SimUser {
  readonly id: string;
  readonly mail: string | null;
  readonly otherMails: string[];
  readonly externalUserState: string | null;
  readonly userType: string;
  readonly creationType: string | null;
  readonly roles: string[];
  readonly account: 'here' | 'elsewhere';
}

const canBeReset = ({ account, externalUserState, roles, mail }: SimUser): boolean =>
  account === 'elsewhere' && externalUserState === 'Accepted' && roles.length === 0 && mail !== null;

describe('the sample tenant', () => {
  let cloud: TestCloud;
  beforeAll(async () => {
    cloud = await startCloud({ guests: 1000, seed: 1, store: 'azurite' });
  });
  afterAll(async () => {
    await cloud?.stop();
  });

  test('samples/guests.csv comes to the right outcome for each guest, with exactly the mails it should send', async () => {
    const before = new Map((await json<SimUser[]>(`${cloud.graph}/_sim/users`)).body.map((user) => [user.id, user]));
    const { id, completion } = await submitCsv(cloud.api, SAMPLE);
    const job = await completed(completion, 30);
    expect(job).toMatchObject({ total: 25, counts: { succeeded: 20, failed: 5 }, status: 'completedWithErrors' });

    const resets = await allResets(cloud.api, id, 7);
    expect(Object.fromEntries(resets.map(({ reference, status }) => [reference, status]))).toEqual(
      Object.fromEntries(Object.entries(SAMPLES_EXPECTED).map(([reference, { status }]) => [reference, status])),
    );
    const codes = resets.map(({ code: each }) => each ?? '');
    expect(job).toMatchObject({
      byCode: Object.fromEntries(
        [...new Set(codes)].map((each) => [each, codes.filter((other) => other === each).length]),
      ),
      byWarning: { accountDisabled: 1 },
    });
    const code = (category: string): unknown =>
      resets.find(({ reference }) => SAMPLES_EXPECTED[reference ?? '']?.category === category)?.code;
    expect(['roleHolder', 'internalMember', 'internalGuest', 'sharedMail', 'unknownMail'].map(code)).toEqual([
      'directoryRole',
      'notExternal',
      'notExternal',
      'guestAmbiguous',
      'guestNotFound',
    ]);
    expect(
      resets.find(({ reference }) => SAMPLES_EXPECTED[reference ?? '']?.category === 'disabledGuest')?.warnings,
    ).toMatchObject([{ code: 'accountDisabled' }]);

    const rows = parse<{ reference: string; sendInvitationMessage: string; invitedUserEmailAddress: string }>(SAMPLE, {
      columns: true,
    });
    const asked = new Set(
      rows.filter(({ sendInvitationMessage }) => sendInvitationMessage === 'true').map(({ reference }) => reference),
    );
    const shouldGet = resets
      .filter(({ status, reference }) => status === 'succeeded' && asked.has(reference ?? ''))
      .map(({ guestId }) => guestId);
    expect(await mailsByGuest(cloud.graph)).toEqual(new Map(shouldGet.map((guestId) => [guestId, 1])));

    const stats = (await json<{ internalConversions: number }>(`${cloud.graph}/_sim/stats`)).body;
    expect(stats.internalConversions).toBe(0);
    const after = new Map((await json<SimUser[]>(`${cloud.graph}/_sim/users`)).body.map((user) => [user.id, user]));
    const succeeded = resets.filter(({ status }) => status === 'succeeded');
    expect(new Set(succeeded.map(({ guestId }) => after.get(guestId ?? '')?.externalUserState))).toEqual(
      new Set(['PendingAcceptance']),
    );

    const moved =
      resets.find(({ reference }) => SAMPLES_EXPECTED[reference ?? '']?.category === 'newEmail')?.guestId ?? '';
    const address = rows.find(({ invitedUserEmailAddress }) => invitedUserEmailAddress !== '')?.invitedUserEmailAddress;
    expect(after.get(moved)).toMatchObject({
      mail: address,
      otherMails: expect.arrayContaining([before.get(moved)?.mail, ...(before.get(moved)?.otherMails ?? [])]),
    });
    expect((await json<Mail[]>(`${cloud.graph}/_sim/mails`)).body.find(({ userId }) => userId === moved)?.to).toBe(
      address,
    );
  });

  test('the results CSV is the input and result columns, and is itself accepted as input', async () => {
    const { body } = await json<{ value: JobAnswer[] }>(`${cloud.api}/jobs?pageSize=1`);
    const id = body.value[0]?.id ?? '';
    const csv = await (await fetch(`${cloud.api}/jobs/${id}/resets?format=csv`)).text();
    const rows = parse<Record<string, string>>(csv, { columns: true });
    expect(rows).toHaveLength(25);
    expect(rows.map((row) => [row['user'], row['reference']])).toEqual(
      parse<Record<string, string>>(SAMPLE, { columns: true }).map((row) => [row['user'], row['reference']]),
    );
    expect(rows.filter((row) => row['result.status'] === 'succeeded')).toHaveLength(20);
    expect(
      rows.find((row) => row['result.mail'] === 'none' && row['result.status'] === 'succeeded')?.[
        'result.inviteRedeemUrl'
      ],
    ).toMatch(/^https:/);

    const again = await completed((await submitCsv(cloud.api, csv)).completion, 30);
    expect(again.counts).toMatchObject({ succeeded: 0, skipped: 20, failed: 5 });
  });

  test('samples/reset-one.json resets its guest while the caller waits', async () => {
    const { status, headers, body } = await json<JobAnswer>(`${cloud.api}/jobs`, {
      method: 'POST',
      body: readFileSync('samples/reset-one.json'),
      headers: { 'Content-Type': 'application/json', Prefer: 'wait=30' },
    });
    expect([status, headers.get('preference-applied')]).toEqual([200, 'wait=30']);
    expect(body).toMatchObject({ status: 'completed', resets: [{ status: 'succeeded' }] });
    // What people copy has nothing that Microsoft would leave out.
    for (const each of [body, ...(body.resets ?? [])]) expect(each).not.toHaveProperty('warnings');
    expect((await mailsByGuest(cloud.graph)).get(body.resets?.[0]?.guestId ?? '')).toBe(1);
  });

  test('a body without Content-Length is read as it comes', async () => {
    const [header, ...rows] = SAMPLE.toString('utf8').trimEnd().split('\n');
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const line of [header, ...rows.slice(0, 3)]) controller.enqueue(new TextEncoder().encode(`${line}\n`));
        controller.close();
      },
    });
    const { status, body: job } = await json<JobAnswer>(`${cloud.api}/jobs`, {
      method: 'POST',
      body,
      duplex: 'half',
      headers: { 'Content-Type': 'text/csv' },
    } as RequestInit);
    expect([status, job.total]).toEqual([202, 3]);
  });

  test('the same key and body are one job, another body is refused, and so is a job that is not there', async () => {
    const submit = async (user: string) =>
      json<JobAnswer & { code?: string }>(`${cloud.api}/jobs`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'Idempotency-Key': '"leaver-17"' },
        body: JSON.stringify({ sendInvitationMessage: false, resets: [{ user }] }),
      });
    const [one, two] = await Promise.all([submit('nobody1@fabrikam.example'), submit('nobody1@fabrikam.example')]);
    expect([one.status, two.status, one.body.id]).toEqual([202, 202, two.body.id]);
    const other = await submit('nobody2@fabrikam.example');
    expect([other.status, other.body.code]).toEqual([422, 'idempotencyKeyReused']);
    expect((await json<{ code: string }>(`${cloud.api}/jobs/no-such-job`)).body.code).toBe('jobNotFound');
    expect(
      (await json<{ code: string }>(`${cloud.api}/jobs/${one.body.id}/resets?continuationToken=nonsense`)).body.code,
    ).toBe('invalidContinuationToken');
    expect((await json<{ code: string }>(`${cloud.api}/jobs/${one.body.id}/resets?format=toString`)).body.code).toBe(
      'invalidParameter',
    );
  });

  test('a bad row is named, and nothing is queued', async () => {
    const jobsBefore = (await json<{ value: JobAnswer[] }>(`${cloud.api}/jobs?pageSize=100`)).body.value.length;
    const csv = 'user,sendInvitationMessage\nanna@fabrikam.example,true\nnot a mail,perhaps\n';
    const { status, headers, body } = await json<{
      code: string;
      errors: { row: number; line: number; field: string }[];
    }>(`${cloud.api}/jobs`, { method: 'POST', body: csv, headers: { 'Content-Type': 'text/csv' } });
    expect([status, headers.get('content-type'), body.code]).toEqual([
      400,
      'application/problem+json',
      'invalidSubmission',
    ]);
    expect(body.errors).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ row: 2, field: 'user' }),
        expect.objectContaining({ row: 2, field: 'sendInvitationMessage' }),
      ]),
    );
    const asCsv = await fetch(`${cloud.api}/jobs?format=csv`, {
      method: 'POST',
      body: csv,
      headers: { 'Content-Type': 'text/csv' },
    });
    expect(asCsv.status).toBe(400);
    expect(parse(await asCsv.text(), { columns: true })).toEqual([
      expect.objectContaining({ user: 'not a mail', problem: expect.stringContaining('mail') }),
    ]);
    const wrongOption = await fetch(`${cloud.api}/jobs?format=csv&bogus=1`, {
      method: 'POST',
      body: csv,
      headers: { 'Content-Type': 'text/csv' },
    });
    expect([wrongOption.headers.get('content-type'), await wrongOption.text()]).toEqual([
      'application/problem+json',
      expect.stringContaining('bogus'),
    ]);
    expect((await json<{ value: JobAnswer[] }>(`${cloud.api}/jobs?pageSize=100`)).body.value).toHaveLength(jobsBefore);
  });

  test("a body over the platform's limit is refused before it is read, and the refusal reaches whoever still sends", async () => {
    const response = await fetch(`${cloud.api}/jobs`, {
      method: 'POST',
      body: Buffer.alloc(101 * 1024 * 1024),
      headers: { 'Content-Type': 'text/csv' },
    });
    expect(response.status).toBe(413);
  });

  test('pausing the tenant stops everything and says why; resuming goes on, one mail each', async () => {
    const users = (await json<SimUser[]>(`${cloud.graph}/_sim/users`)).body;
    const [guest] = users.filter(canBeReset).slice(-1);
    await json(`${cloud.api}/pause?reason=drill`, { method: 'POST' });
    const { completion } = await submitCsv(cloud.api, `id,sendInvitationMessage\n${guest?.id},true\n`);
    const paused = await json<{ code: string; detail: string; job: object }>(completion);
    expect([paused.status, paused.body.code]).toEqual([409, 'jobPaused']);
    const url = completion.replace('/completion', '');
    expect(paused.body.job).toEqual({ id: url.split('/').at(-1), url });
    expect(paused.body.detail).toMatch(/for the whole tenant, by .*: drill\. POST \/api\/resume /);
    const health = () => json<{ status: string }>(`${cloud.api}/health`);
    // What it has read is good for five seconds.
    await expect.poll(health, { timeout: 8_000 }).toMatchObject({ status: 200, body: { status: 'paused' } });
    expect((await mailsByGuest(cloud.graph)).get(guest?.id ?? '')).toBeUndefined();
    await json(`${cloud.api}/resume`, { method: 'POST' });
    expect((await completed(completion, 20)).counts).toMatchObject({ succeeded: 1 });
    expect((await mailsByGuest(cloud.graph)).get(guest?.id ?? '')).toBe(1);
  });

  test('one guest is reset by name in the path, and what is wrong is said', async () => {
    const users = (await json<SimUser[]>(`${cloud.graph}/_sim/users`)).body;
    const [guest] = users.filter(canBeReset).slice(-3);
    const reset = async (user: string, query: string, body?: string) =>
      json<JobAnswer & { code: string; errors?: { code: string }[] }>(
        `${cloud.api}/guests/${encodeURIComponent(user)}/resets?${query}`,
        { method: 'POST', headers: { Prefer: 'wait=20' }, ...(body !== undefined && { body }) },
      );
    const upn = (guest as SimUser & { userPrincipalName: string }).userPrincipalName;
    const answer = await reset(
      upn,
      'sendInvitationMessage=true',
      '{ "reference": "T-1", "invitedUserMessageInfo": { "messageLanguage": "de-DE" } }',
    );
    expect([answer.status, answer.body.resets]).toMatchObject([
      200,
      [{ status: 'succeeded', guestId: guest?.id, reference: 'T-1' }],
    ]);
    expect((await reset(upn, 'sendInvitationMessage=true', '{')).body.code).toBe('invalidJson');
    expect((await reset(upn, 'sendInvitationMessage=true', '[]')).body.code).toBe('wrongType');
    expect((await reset(upn, '')).body.code).toBe('missingSendInvitationMessage');
    expect((await reset('nobody', 'sendInvitationMessage=true')).body.errors).toMatchObject([{ code: 'invalidUser' }]);
    expect(
      (
        await reset(
          upn,
          'sendInvitationMessage=true',
          `{ "user": "${guest?.id ?? ''}", "invitedUser": { "id": "${guest?.id ?? ''}" } }`,
        )
      ).body.errors,
    ).toMatchObject([{ code: 'ambiguousUser' }]);
  });

  test(
    'the history of a guest is found by object id, UPN and mail; whom ' +
      'nobody knows, and what names nobody, is said',
    async () => {
      const users = (await json<(SimUser & { userPrincipalName: string })[]>(`${cloud.graph}/_sim/users`)).body;
      const [guest] = users.filter(canBeReset).slice(-5);
      if (guest === undefined) throw new Error('the tenant has too few guests');
      const history = async (name: string) =>
        json<{ value: { jobId: string }[]; code: string; detail: string; nextLink?: string }>(
          `${cloud.api}/guests/${encodeURIComponent(name)}/resets`,
        );
      const reset = await json<JobAnswer>(`${cloud.api}/guests/${guest.id}/resets?sendInvitationMessage=false`, {
        method: 'POST',
        headers: { Prefer: 'wait=20' },
      });
      for (const name of [guest.id, guest.id.toUpperCase(), guest.userPrincipalName, guest.mail ?? '']) {
        expect((await history(name)).body.value, name).toMatchObject([
          { jobId: reset.body.id, status: 'succeeded', guestId: guest.id },
        ]);
      }
      expect(await history('nobody@northwind.example')).toMatchObject({ status: 404, body: { code: 'guestNotFound' } });
      expect(
        await history(
          users.find(({ mail }) => users.filter((other) => other.mail === mail && mail !== null).length > 1)?.mail ??
            '',
        ),
      ).toMatchObject({ status: 409, body: { code: 'guestAmbiguous', detail: expect.stringContaining('object id') } });
      expect(await history('nobody')).toMatchObject({
        status: 400,
        body: { code: 'invalidGuestId', detail: expect.stringContaining('guestId') },
      });
    },
  );

  test('who had a guest reset, and why, is told after the job was deleted, without any address', async () => {
    const users = (await json<SimUser[]>(`${cloud.graph}/_sim/users`)).body;
    const guest = users.filter(canBeReset).at(-6);
    const { body } = await json<JobAnswer>(
      `${cloud.api}/guests/${encodeURIComponent(guest?.mail ?? '')}/resets?sendInvitationMessage=true&reason=moved`,
      {
        method: 'POST',
        headers: { Prefer: 'wait=20', 'Content-Type': 'application/json' },
        body: JSON.stringify({ reference: 'ticket 7' }),
      },
    );
    const history = async () => (await json<unknown>(`${cloud.api}/guests/${guest?.id}/resets`)).body;
    const told = { jobId: body.id, submittedBy: { id: 'local-developer' }, reason: 'moved', reference: 'ticket 7' };
    const ended = { guestId: guest?.id, status: 'succeeded', code: 'reset' };
    expect(await history()).toMatchObject({ value: [{ ...told, ...ended, mailTo: guest?.mail }] });
    expect((await fetch(`${cloud.api}/jobs/${body.id}`, { method: 'DELETE' })).status).toBe(202);
    const kept = await history();
    expect(kept).toMatchObject({ value: [{ ...told, ...ended, jobDeleted: true }] });
    expect(JSON.stringify(kept)).not.toContain('@');
  });

  test('a job can be canceled before it begins, its end tells so, and then it can be deleted', async () => {
    const { id, completion } = await submitCsv(
      cloud.api,
      SAMPLE,
      `?notBefore=${encodeURIComponent(new Date(Date.now() + 3_600_000).toISOString())}`,
    );
    const { status, body } = await json<JobAnswer>(`${cloud.api}/jobs/${id}/cancel`, { method: 'POST' });
    expect([status, body.status]).toEqual([202, 'canceling']);
    expect(await completed(completion, 20)).toMatchObject({ status: 'canceled', counts: { canceled: 25 } });
    expect((await json<{ code: string }>(`${cloud.api}/jobs/${id}/cancel`, { method: 'POST' })).body.code).toBe(
      'jobEnded',
    );
    expect((await fetch(`${cloud.api}/jobs/${id}`, { method: 'DELETE' })).status).toBe(202);
    expect((await json<{ code: string }>(`${cloud.api}/jobs/${id}`)).body.code).toBe('jobNotFound');
  });

  test('the service is healthy and describes itself', async () => {
    expect((await json<{ status: string }>(`${cloud.api}/diagnostics`)).body.status).toBe('healthy');
    expect((await json<{ openapi: string }>(`${cloud.api}/openapi.json`)).body.openapi).toBe('3.1.0');
  });
});

describe('two hosts, one of them killed at work', () => {
  let cloud: TestCloud;
  beforeAll(async () => {
    cloud = await startCloud({
      guests: 3500,
      seed: 3,
      hosts: 2,
      lockSeconds: 4,
      store: 'azurite',
      // Shorter than any real tenant would want, in the same proportions: the test has seconds, not minutes.
      env: {
        RESETS_PER_SECOND: '500',
        ATTEMPT_QUIET_SECONDS: '10',
        ATTEMPT_SEND_WINDOW_SECONDS: '2',
        GRAPH_TIMEOUT_SECONDS: '3',
        LOOK_INTERVAL_SECONDS: '1',
      },
    });
  });
  afterAll(async () => {
    await cloud?.stop();
  });

  // The job may take 40 s, of which some fifteen pass until the guests of the dead host are taken over.
  test('2,000 guests all come to an end, with one mail each', { timeout: 60_000 }, async () => {
    const users = (await json<SimUser[]>(`${cloud.graph}/_sim/users`)).body;
    // Not those who are pending already: of them nobody could tell whether a lost answer meant a mail.
    const guests = users
      .filter(
        (user) =>
          user.creationType === 'Invitation' &&
          user.externalUserState !== 'PendingAcceptance' &&
          user.roles.length === 0 &&
          user.mail !== null,
      )
      .slice(0, 2_000);
    expect(guests).toHaveLength(2_000);
    const { id, completion } = await submitCsv(
      cloud.api,
      `id,sendInvitationMessage\n${guests.map((guest) => `${guest.id},true`).join('\n')}\n`,
    );
    // Not without a pause: whoever asks all the time takes the hosts' time.
    while ((await json<Mail[]>(`${cloud.graph}/_sim/mails`)).body.length < 300) await wait(50);
    const { hosts } = cloud.state();
    const victim = hosts[0]?.pid;
    expect(victim).toBeTypeOf('number');
    process.kill(victim ?? 0, 'SIGKILL');
    expect((await mailsByGuest(cloud.graph)).size).toBeLessThan(2_000);

    const job = await completed(completion, 40);
    expect(job).toMatchObject({ status: 'completed', total: 2_000, counts: { succeeded: 2_000 } });
    expect(await mailsByGuest(cloud.graph)).toEqual(new Map(guests.map((guest) => [guest.id, 1])));
    expect(new Set((await allResets(cloud.api, id)).map(({ guestId }) => guestId)).size).toBe(2_000);
    expect(cloud.state().hosts.every(({ pid }) => pid !== victim)).toBe(true);
  });
});
