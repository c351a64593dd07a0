/** The console as the built app serves it, behind the front that plays the platform. */
import http from 'node:http';
import { once } from 'node:events';
import { buffer } from 'node:stream/consumers';
import { brotliDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCloud, type TestCloud } from './cloud.ts';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startCloud({ guests: 20, auth: true });
});
afterAll(() => cloud.stop());

/** By `node:http`, which sends a path as it is told. */
async function ask(path: string, headers: Readonly<Record<string, string>> = {}, method = 'GET') {
  const { port } = new URL(cloud.api);
  const request = http.request({ method, path: `/api/console${path}`, port, agent: false, headers });
  request.end();
  const [answer] = (await once(request, 'response')) as [http.IncomingMessage];
  return { status: answer.statusCode, headers: answer.headers, bytes: await buffer(answer) };
}

test('the page is the same at each of its addresses, for whoever has no token, and is not kept', async () => {
  for (const path of ['', '/', '/jobs', '/jobs/7ybr1z9vj7e0mzpqmbtznnz118', '/rehearsals/x?tab=2']) {
    const { status, headers, bytes } = await ask(path);
    expect([path, status]).toEqual([path, 200]);
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-cache',
      vary: 'Accept-Encoding',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    });
    expect(headers['content-security-policy']).toContain(`connect-src 'self' ${cloud.graph};`);
    expect(bytes.toString()).toContain('<div id="console">');
  }
});

test('whatever else may be an address within it is that page, and nothing more', async () => {
  const { bytes: page } = await ask('');
  const odd = ['/%00', '/guests/%00', '/guests/%E0%A4%A', '/guests/anna.berg@fabrikam.example'];
  for (const path of [
    ...odd,
    '/guests/..%2f..%2fmain.cjs',
    '/guests/..%2f..%2f..%2findex.html',
    `/${'a/'.repeat(2000)}b`,
    `/guests/${'.'.repeat(8000)}@`,
  ]) {
    const { status, headers, bytes } = await ask(path);
    expect([path, status, headers['content-type']]).toEqual([path, 200, 'text/html; charset=utf-8']);
    expect(bytes.equals(page)).toBe(true);
  }
});

test('a file comes compressed, is kept for good, and is not sent to whoever has it', async () => {
  const [, name = ''] = /src="\/api\/console(\/assets\/[^"]+\.js)"/.exec((await ask('')).bytes.toString()) ?? [];
  const plain = await ask(name);
  const { headers, bytes } = await ask(name, { 'accept-encoding': 'gzip, deflate, br, zstd' });
  expect(headers).toMatchObject({
    'content-encoding': 'br',
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': 'public, max-age=31536000, immutable',
    'content-length': String(bytes.length),
  });
  expect(brotliDecompressSync(bytes).equals(plain.bytes)).toBe(true);
  const known = { 'accept-encoding': 'br', 'if-none-match': headers.etag ?? '' };
  expect(await ask(name, known)).toMatchObject({ status: 304, bytes: Buffer.alloc(0) });
  const head = await ask(name, { 'accept-encoding': 'br' }, 'HEAD');
  expect(head).toMatchObject({ status: 200, bytes: Buffer.alloc(0) });
  expect(head.headers.etag).toBe(headers.etag);
});

test.each([
  '/..%2f..%2fmain.cjs',
  '/..%2Fmain.cjs',
  '/%2e%2e%2fmain.cjs',
  '/%00.js',
  '/no/such/page.js',
  '/assets/',
  '/assets/index.js',
  '/assets/..%2f..%2fmain.cjs',
  '/assets/%00',
  '/index.html.br',
  `/assets/${'a/'.repeat(2000)}b`,
])('%s is no file of the console', async (path) => {
  const { status, bytes } = await ask(path);
  const { code } = JSON.parse(bytes.toString()) as { code?: string };
  expect({ status, code }).toEqual({ status: 404, code: 'pathNotFound' });
});

test('nothing can be sent to it', async () => {
  for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])
    for (const path of ['', '/config.json', '/jobs']) {
      const { status, headers } = await ask(path, {}, method);
      expect([method, status, headers.allow]).toEqual([method, 405, 'GET, HEAD']);
    }
});

test('how people sign in, and how long a list may be, is told to everybody', async () => {
  const { status, bytes } = await ask('/config.json');
  expect(status).toBe(200);
  expect(JSON.parse(bytes.toString())).toMatchObject({
    signIn: 'entra',
    protocolMode: 'OIDC',
    maxResetsPerJob: 200_000,
    maxBodyBytes: 95 * 1024 * 1024,
  });
  expect((await ask('/config.json?a=1')).status).toBe(400);
});
