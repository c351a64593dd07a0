/** What every answer of the built app says beside its body, whoever may keep it on the way. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HTTP_ROUTES } from '../../shared/entry/http/routes.ts';
import { startCloud, type TestCloud } from './cloud.ts';
import { json, type JobAnswer } from './jobs.ts';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startCloud();
}, 60_000);
afterAll(async () => {
  await cloud?.stop();
});

const submit = async (key: string) => {
  const [guest] = (await json<{ id: string }[]>(`${cloud.graph}/_sim/users`)).body;
  return json<JobAnswer>(`${cloud.api}/jobs?sendInvitationMessage=false`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Prefer: 'wait=20', 'Idempotency-Key': key },
    body: JSON.stringify({ resets: [{ user: guest?.id }] }),
  });
};
const cacheControl = async (method: string, path: string): Promise<string | null> => {
  const response = await fetch(`${cloud.api}/${path}`, { method, redirect: 'manual' });
  await response.arrayBuffer();
  return response.headers.get('cache-control');
};

/** For people, and the same for everybody. */
const PAGES = ['listProblems', 'getProblem'];

test(
  'nothing on the way keeps an answer, which may have a redeem URL: not of any route, not of a file, not of a ' +
    'refusal',
  async () => {
    const { body, headers } = await submit('first');
    expect(headers.get('cache-control')).toBe('no-store');
    const routes = Object.entries(HTTP_ROUTES)
      .filter(([name]) => !PAGES.includes(name))
      .map(
        ([, { method, route }]) =>
          [method, route.replace('{id}', body.id).replace('{guestId}', 'nobody@x.example')] as const,
      );
    // The job goes last, so that every other route has found it.
    const asked = [
      ...routes.filter(([method]) => method === 'GET'),
      ['GET', `jobs/${body.id}/resets?format=csv`],
      ['GET', `jobs/${body.id}/resets?format=ndjson`],
      ['GET', 'jobs/none'],
      ['GET', 'problems/none'],
      ...routes.filter(([method]) => method !== 'GET'),
    ] as const;
    const kept: string[] = [];
    for (const [method, path] of asked)
      if ((await cacheControl(method, path)) !== 'no-store') kept.push(`${method} ${path}`);
    expect(kept).toEqual([]);
  },
);

test('a job that was there before, under the same key, is said to be so, while waiting for its end as well', async () => {
  const first = await submit('again');
  expect([
    first.headers.get('idempotency-replayed'),
    (await submit('again')).headers.get('idempotency-replayed'),
  ]).toEqual([null, 'true']);
});
