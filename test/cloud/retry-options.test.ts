/** What a retry may say, on the built app. Who was mailed is asked of the simulated tenant. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCloud, type TestCloud } from './cloud.ts';
import { completed, json, mailsByGuest, type JobAnswer } from './jobs.ts';

interface Retried extends JobAnswer {
  readonly dryRun?: boolean;
  readonly retryOf?: string;
  readonly reason?: string;
  readonly notAfter?: string;
  readonly code?: string;
  readonly errors?: readonly { readonly code: string; readonly field?: string }[];
}

let cloud: TestCloud;
let guests: string[] = [];
beforeAll(async () => {
  cloud = await startCloud();
  const users = (
    await json<{ id: string; account: string; externalUserState: string; roles: string[]; mail: string }[]>(
      `${cloud.graph}/_sim/users`,
    )
  ).body;
  guests = users
    .filter(
      ({ account, externalUserState, roles, mail }) =>
        account === 'elsewhere' && externalUserState === 'Accepted' && roles.length === 0 && mail !== null,
    )
    .map(({ id }) => id);
}, 60_000);
afterAll(async () => {
  await cloud?.stop();
});

/** An ended job of which nothing was sent: two guests, canceled; Microsoft would have mailed both. */
async function canceledJob(options: object = {}): Promise<string> {
  const resets = guests
    .splice(0, 2)
    .map((user, index) => ({ user, ...(index === 0 && { sendInvitationMessage: true }) }));
  const { body } = await json<JobAnswer>(`${cloud.api}/jobs`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ sendInvitationMessage: true, notBefore: '2099-01-01T00:00:00Z', ...options, resets }),
  });
  const { headers } = await json(`${cloud.api}/jobs/${body.id}/cancel`, { method: 'POST' });
  await completed(headers.get('location') ?? '', 20);
  return body.id;
}
const retry = (id: string, query = '', body?: string, headers: Record<string, string> = {}) =>
  json<Retried>(`${cloud.api}/jobs/${id}/retry${query}`, {
    method: 'POST',
    headers: { Prefer: 'wait=20', ...headers },
    ...(body !== undefined && { body }),
  });
const mails = async (): Promise<number> =>
  [...(await mailsByGuest(cloud.graph)).values()].reduce((one, two) => one + two, 0);

test.each([
  ['its query', '?dryRun=true', undefined],
  ['its body', '', '{"dryRun":true}'],
])('a retry as a dry run, said in %s, mails nobody', async (_name, query, body) => {
  const id = await canceledJob();
  const before = await mails();
  const answer = await retry(id, query, body);
  expect([answer.status, await mails()]).toEqual([200, before]);
  expect(answer.body).toMatchObject({ dryRun: true, retryOf: id, total: 2, counts: { succeeded: 2 } });
});

test('a retry without mail mails nobody, although the job and its rows had asked for it', async () => {
  const id = await canceledJob();
  const before = await mails();
  const { body } = await retry(id, '?sendInvitationMessage=false');
  expect(body).toMatchObject({ counts: { succeeded: 2 }, resets: [{ mail: 'none' }, { mail: 'none' }] });
  expect(await mails()).toBe(before);
});

test('what a retry says goes before what the job said, and the rest is as the job said it', async () => {
  const id = await canceledJob({ reason: 'first', maxPerMinute: 600, messageLanguage: 'de' });
  const said = { reason: 'second', notAfter: '2098-01-01T00:00:00Z', dryRun: null, status: ['canceled'] };
  const { body } = await retry(id, '?dryRun=1', JSON.stringify(said));
  expect(body).toMatchObject({
    reason: 'second',
    notAfter: '2098-01-01T00:00:00.000Z',
    dryRun: true,
    options: { maxPerMinute: 600, messageLanguage: 'de', sendInvitationMessage: true },
  });
});

test('a rehearsal of a job with a canary stops for nothing, and its retry is a rehearsal, too', async () => {
  const id = await canceledJob({ pauseAfter: 1 });
  const { body: rehearsal } = await retry(id, '?dryRun=true');
  expect(rehearsal).toMatchObject({ status: 'completed', dryRun: true });
  const cancelled = await canceledJob({ dryRun: true });
  expect((await retry(cancelled)).body).toMatchObject({ dryRun: true, retryOf: cancelled });
  expect(await retry(cancelled, '?dryRun=false')).toMatchObject({
    status: 400,
    body: { code: 'conflictingOption', errors: [{ field: 'dryRun' }] },
  });
});

test('what a retry cannot be is refused as in a submission, and nothing is queued', async () => {
  const id = await canceledJob();
  const jobs = async () => (await json<{ value: unknown[] }>(`${cloud.api}/jobs?pageSize=100`)).body.value.length;
  const before = await jobs();
  const refused: readonly (readonly [string, string | undefined, string, string | undefined])[] = [
    ['?notAfter=2020-01-01T00:00:00Z', undefined, 'invalidOption', 'notAfter'],
    ['?dryRun=true&pauseAfter=1', undefined, 'invalidOption', 'pauseAfter'],
    ['?dryRun=maybe', undefined, 'invalidOption', 'dryRun'],
    ['?dryRun=true', '{"dryRun":false}', 'conflictingOption', 'dryRun'],
    ['?status=canceled', '{"status":"failed"}', 'conflictingOption', 'status'],
    ['', '{"status":"succeeded"}', 'invalidOption', 'status'],
    ['?code=canceled', '{"code":["canceled","noToken"]}', 'conflictingOption', 'code'],
    ['?code=Canceled!', undefined, 'invalidParameter', 'code'],
    ['', '{"code":"cancelled"}', 'invalidOption', 'code'],
    ['', '{"Code":"canceled"}', 'unknownOption', 'Code'],
    ['', '{"dryrun":true}', 'unknownOption', 'dryrun'],
    ['', '{"defaults":{"sendInvitationMessage":false}}', 'unknownOption', 'defaults'],
    ['', '{"dryRun":true,"dryRun":true}', 'duplicateMember', 'dryRun'],
    ['?verify=false', undefined, 'unknownParameter', 'verify'],
    ['?dryRun=true&dryRun=true', undefined, 'repeatedParameter', 'dryRun'],
    ['', '{"dryRun":', 'invalidJson', undefined],
    ['', '["dryRun"]', 'invalidJson', undefined],
  ];
  for (const [query, body, code, field] of refused) {
    const answer = await retry(id, query, body);
    expect([answer.status, answer.body.code, answer.body.errors?.[0]?.field], `${query} ${body}`).toEqual([
      400,
      code,
      field,
    ]);
  }
  expect(await jobs()).toBe(before);
});

test('a retry takes codes in its query and in its body, and what each means is the same request', async () => {
  const id = await canceledJob();
  const key = { 'Idempotency-Key': `codes ${id}` };
  const { body: first } = await retry(id, '?dryRun=true&code=noToken,Canceled', undefined, key);
  expect(first).toMatchObject({ retryOf: id, total: 2 });
  const again = await retry(id, '', '{"code":["canceled","noToken"],"dryRun":true}', key);
  expect(again.body.id).toBe(first.id);
  expect(await retry(id, '?dryRun=true&code=canceled', undefined, key)).toMatchObject({ status: 422 });
  expect(await retry(id, '?code=reset')).toMatchObject({ status: 409, body: { code: 'nothingToRetry' } });
});

test('the options are part of what a key stands for, wherever they are said', async () => {
  const id = await canceledJob();
  const key = { 'Idempotency-Key': `retry ${id}` };
  const { body: first } = await retry(id, '?dryRun=true&reason=x', undefined, key);
  expect((await retry(id, '', '{"reason":"x","dryRun":true}', key)).body.id).toBe(first.id);
  for (const query of ['', '?dryRun=true', '?dryRun=true&reason=y'])
    expect(await retry(id, query, undefined, key), query).toMatchObject({ status: 422 });
});
