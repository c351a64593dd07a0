/** Wrong paths and methods are told as problems, by an app without settings too. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCloud, type TestCloud } from './cloud.ts';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startCloud({ env: { AZURE_TENANT_ID: 'none' } });
}, 60_000);
afterAll(async () => {
  await cloud?.stop();
});

async function ask(method: string, path: string) {
  const answer = await fetch(`${cloud.api}${path}`, { method });
  const text = await answer.text();
  const { code } = (text === '' ? {} : JSON.parse(text)) as { code?: string };
  return [answer.status, code, answer.headers.get('allow')];
}

test.each([
  ['GET', '/nothing'],
  ['GET', '/jobs/7/results'],
  ['GET', '/jobs/7/resets/8'],
  ['POST', '/jobs/x/y/z'],
  ['POST', '/job'],
  ['DELETE', '/guests/7/resets/8'],
  ['PUT', '/nothing'],
  ['GET', '//jobs'],
  ['GET', '/jobs//resets'],
  ['GET', '/openapixjson'],
  ['GET', '/jobs%0A'],
])('%s %s is not there, and says so', async (method, path) => {
  expect(await ask(method, path)).toEqual([404, 'pathNotFound', null]);
});

test.each([
  ['DELETE', '/jobs', 'POST, GET'],
  ['POST', '/jobs/7', 'GET, DELETE'],
  ['GET', '/jobs/7/cancel', 'POST'],
  ['PUT', '/guests/a%2Fb/resets', 'POST, GET'],
  ['DELETE', '/guests/a%2Fb', 'GET'],
  ['OPTIONS', '/JOBS/', 'POST, GET'],
  ['PATCH', '/pause', 'POST'],
  ['POST', '/health', 'GET'],
  ['DELETE', '', 'GET'],
  ['POST', '/', 'GET'],
])('%s %s is told which methods the path takes', async (method, path, allow) => {
  expect(await ask(method, path)).toEqual([405, 'methodNotAllowed', allow]);
});

test('HEAD is answered as any method that no route takes', async () => {
  const { status, headers } = await fetch(`${cloud.api}/jobs`, { method: 'HEAD' });
  expect([status, headers.get('allow')]).toEqual([405, 'POST, GET']);
});

test('/api says what is here, and each of its links leads somewhere', async () => {
  for (const path of ['', '/']) {
    const answer = await fetch(`${cloud.api}${path}`);
    const body = (await answer.json()) as { name: string; version: string; links: Record<string, string> };
    expect(body).toMatchObject({ name: 'guest-reset', version: expect.any(String) });
    expect(Object.values(body.links)).toEqual(expect.arrayContaining(['/api/openapi.json', '/api/openapi-v2.json']));
    for (const link of Object.values(body.links))
      expect((await fetch(new URL(link, cloud.api))).status, link).not.toBe(404);
  }
  expect(await ask('GET', '?limit=5')).toEqual([400, 'unknownParameter', null]);
});
