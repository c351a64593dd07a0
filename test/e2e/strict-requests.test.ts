/** What a request says is understood or refused, on every route of the built app. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HTTP_ROUTES } from '../../shared/adapters/http/routes.ts';
import { startCloud, type TestCloud } from './cloud.ts';
import { json, type JobAnswer } from './jobs.ts';

interface ProblemAnswer {
  readonly code?: string;
  readonly detail?: string;
  readonly errors?: readonly { readonly code: string; readonly field?: string }[];
}

let cloud: TestCloud;
let jobId = '';
const NOBODY = 'nobody@fabrikam.example';

beforeAll(async () => {
  cloud = await startCloud();
  const { body } = await json<JobAnswer>(`${cloud.api}/jobs?dryRun=true`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Prefer: 'wait=20' },
    body: JSON.stringify({ sendInvitationMessage: false, resets: [{ user: NOBODY }] }),
  });
  jobId = body.id;
}, 60_000);
afterAll(async () => {
  await cloud?.stop();
});

const ROUTES = Object.entries(HTTP_ROUTES).map(([name, { method, route }]) => ({ name, method, route }));
const ask = (method: string, path: string, init: RequestInit = {}) =>
  json<ProblemAnswer>(`${cloud.api}/${path.replace('{id}', jobId).replace('{guestId}', NOBODY)}`, { method, ...init });

describe.each(ROUTES)('$name', ({ method, route }) => {
  const body = route === 'jobs' && method === 'POST' ? { body: `{"resets":[{"user":"${NOBODY}"}]}` } : {};
  const init = { ...body, headers: { 'Content-Type': 'application/json' } };
  test('refuses a name in its query that it does not know', async () => {
    for (const name of ['dryRuns', 'DryRun', 'limit', '']) {
      const { status, body: found } = await ask(method, `${route}?${name}=true`, init);
      const codes = found.errors?.map(({ code, field }) => [code, field]);
      expect([status, codes], name).toEqual([400, expect.arrayContaining([[expect.stringMatching(/^unknown/), name]])]);
    }
  });
});
