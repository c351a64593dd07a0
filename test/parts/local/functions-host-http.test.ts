import { once } from 'node:events';
import http from 'node:http';
import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { sharedHost, startHost } from './functions-host-fixture.ts';

const LIMIT_BYTES = 2 * 1024 * 1024;
const ID = '0c9f6e3e-1111-4222-8333-abcdefabcdef';

describe.each([
  { mode: 'with HTTP streams', env: {} },
  { mode: 'without HTTP streams', env: { SAMPLE_HTTP_STREAM: 'off' } },
])('$mode', ({ mode, env }) => {
  const host = sharedHost({ env: { ...env, FUNCTIONS_REQUEST_BODY_SIZE_LIMIT: String(LIMIT_BYTES) } });

  test('a function gets route parameters, query, headers and the public URL, and answers with all it set', async () => {
    const { url } = host();
    const response = await fetch(`${url}/api/things/${ID}/a%2Fb%20c?top=5`, {
      headers: { 'x-mine': 'me', traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` },
    });
    expect(response.status).toBe(203);
    expect(response.headers.get('x-sample')).toBe('yes');
    expect(response.headers.getSetCookie()).toEqual(['flavour=plain; HttpOnly; SameSite=Lax']);
    expect(await response.json()).toEqual({
      url: `${url}/api/things/${ID}/a%2Fb%20c?top=5`,
      // With streams the library takes all that the host says for parameters.
      parameters: { id: ID, part: 'a/b c', ...(mode === 'with HTTP streams' && { top: '5' }) },
      query: { top: '5' },
      header: 'me',
      trace: expect.stringMatching(/^00-a{32}-[0-9a-f]{16}-01$/),
    });
  });

  test('the first function by name that fits is called, optional parts may miss, and constraints hold', async () => {
    const { url } = host();
    const get = async (path: string) => (await fetch(`${url}/api/${path}`)).text();
    expect(await get('things/latest')).toBe('latest');
    expect(JSON.parse(await get('files/first'))).toEqual({ path: 'first' });
    expect(JSON.parse(await get(`things/${ID}`))).toMatchObject({ parameters: { id: ID } });
    expect(JSON.parse(await get('numbers/-12'))).toEqual({ n: '-12' });
    expect(JSON.parse(await get('files/a/b/c.txt'))).toEqual({ path: 'a/b/c.txt' });
    expect((await fetch(`${url}/api/numbers/twelve`)).status).toBe(404);
    expect((await fetch(`${url}/api/things/no-guid`)).status).toBe(404);
    expect(await get('')).toBe('root');
    expect(await get('rest/a/b')).toBe('not b');
    expect((await fetch(`${url}/api/rest/B/`)).status).toBe(404);
    expect((await fetch(`${url}/api/rest`)).status).toBe(404);
  });

  test('a wrong method and an unknown path give 404', async () => {
    const { url } = host();
    expect((await fetch(`${url}/api/things/latest`, { method: 'DELETE' })).status).toBe(404);
    expect((await fetch(`${url}/api/unknown`)).status).toBe(404);
    expect((await fetch(`${url}/things/latest`)).status).toBe(404);
  });

  test('a function that throws gives 500, and one log line', async () => {
    expect((await fetch(`${host().url}/api/fail`)).status).toBe(500);
    expect(host().output()).toMatch(/^\[.+\] error fail: Error: the sample failed \| on two lines \| at .+\n$/);
  });

  test('a body up to the limit arrives complete, a larger one gives 413', async () => {
    const post = (bytes: number) => fetch(`${host().url}/api/count`, { method: 'POST', body: Buffer.alloc(bytes) });
    expect(await (await post(LIMIT_BYTES)).json()).toEqual({ bytes: LIMIT_BYTES });
    expect((await post(LIMIT_BYTES + 1)).status).toBe(413);
  });

  test('a function that returns nothing does not leave its caller waiting', async () => {
    expect((await fetch(`${host().url}/api/nothing`)).status).toBe(mode === 'with HTTP streams' ? 500 : 204);
  });
});

test('the route prefix of host.json is used, and without a setting 100 MiB are the limit', async () => {
  const { url } = await startHost({ hostJson: { extensions: { http: { routePrefix: 'v1' } } } });
  expect((await fetch(`${url}/v1/things/latest`)).status).toBe(200);
  expect((await fetch(`${url}/api/things/latest`)).status).toBe(404);
  const upload = http.request(`${url}/v1/count`, {
    method: 'POST',
    agent: false,
    headers: { 'content-length': 100 * 1024 * 1024 + 1 },
  });
  upload.flushHeaders();
  const [answer] = (await once(upload, 'response')) as [IncomingMessage];
  expect(answer.statusCode).toBe(413);
  upload.on('error', () => undefined).destroy();
});

const streaming = sharedHost({ env: { FUNCTIONS_REQUEST_BODY_SIZE_LIMIT: String(LIMIT_BYTES) } });

/** Starts a chunked POST; chunks are written by hand. */
function openUpload(url: string): http.ClientRequest {
  const request = http.request(url, { method: 'POST', agent: false });
  request.on('error', () => undefined); // The tests look at what the other side sees.
  request.flushHeaders();
  return request;
}

describe('what the host says of a request is what its caller can write, as in the real host', () => {
  const ask = async (query: string, init: RequestInit = {}) =>
    (await (await fetch(`${streaming().url}/api/things/${ID}?${query}`, init)).json()) as Record<string, unknown>;
  const forged = encodeURIComponent('{"x-mine":"forged"}');
  const post = (body: object): RequestInit => ({ method: 'POST', body: JSON.stringify(body) });
  const mine = { headers: { 'x-mine': 'me' } };

  test('a member Headers of the query or of a JSON body replaces every header', async () => {
    expect(await ask('', mine)).toMatchObject({ header: 'me' });
    expect(await ask(`Headers=${forged}`, mine)).toMatchObject({ header: 'forged' });
    expect(await ask('', { ...mine, ...post({ Headers: { 'x-mine': 'forged' } }) })).toMatchObject({
      header: 'forged',
    });
    expect(await ask('headers=none', mine)).toMatchObject({ header: null });
    expect(await ask('', { ...mine, ...post({ Headers: ['x'], query: null }) })).toMatchObject({ header: 'me' });
  });

  test("a name in another case hides a route's parameter", async () => {
    expect(await ask('ID=1')).toMatchObject({ parameters: { ID } });
    expect(await ask('', post({ Id: 1, more: true }))).toMatchObject({ parameters: { Id: ID, more: 'true' } });
    expect(await ask('id=1&code=key')).toMatchObject({ parameters: { id: ID } });
  });

  test("a caller's own X-Forwarded-Host does not reach the function, and its Host does", async () => {
    const answer = await ask('', { headers: { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' } });
    expect(answer['url']).toBe(`${streaming().url}/api/things/${ID}`);
  });

  test('a body that was read for its members arrives all the same', async () => {
    const body = JSON.stringify({ Headers: {} });
    const response = await fetch(`${streaming().url}/api/echo`, { method: 'POST', body });
    expect(await response.text()).toBe(body);
  });
});

test('a Host or a path that is none gives 400, and the host answers on', async () => {
  const { url } = streaming();
  const status = async (path: string, host: string): Promise<number | undefined> => {
    const request = http.get({ port: new URL(url).port, path, headers: { host }, setHost: false, agent: false });
    const [answer] = (await once(request, 'response')) as [IncomingMessage];
    answer.resume();
    return answer.statusCode;
  };
  for (const host of ['a b', '[::1', 'user@evil.example', 'localhost:port', 'localhost:999999', 'x/y', ''])
    expect(await status('/api/things/latest', host), host).toBe(400);
  expect(await status('http://evil.example/api/things/latest', 'localhost')).toBe(400);
  expect(await status('//things/latest', 'localhost')).toBe(404);
  expect(await status('/api/things/latest', '[::1]:7071')).toBe(200);
  expect(await status('/admin/functions/%zz', 'localhost')).toBe(404);
});

test("the library's own server listens on the loopback address only", async () => {
  const { url } = streaming();
  const { addresses } = (await (await fetch(`${url}/api/listening`)).json()) as { addresses: string[] };
  expect(addresses.length).toBeGreaterThan(1);
  expect(addresses.filter((address) => !['127.0.0.1', '::1'].includes(address))).toEqual([]);
});

test('an upload without Content-Length reaches the function chunk by chunk, before its end was sent', async () => {
  const { url } = streaming();
  const upload = openUpload(`${url}/api/echo`);
  const answered = once(upload, 'response') as Promise<[IncomingMessage]>;
  upload.write('first');
  const [answer] = await answered;
  expect(String(await once(answer, 'data'))).toBe('first');
  const rest = text(answer);
  upload.end('last');
  expect(await rest).toBe('last');
});

test('a chunked upload larger than the limit gives 413', async () => {
  const { url } = streaming();
  const upload = openUpload(`${url}/api/count?name=large`);
  upload.write(Buffer.alloc(LIMIT_BYTES));
  upload.write('x');
  const [answer] = (await once(upload, 'response')) as [IncomingMessage];
  expect(answer.statusCode).toBe(413);
  upload.destroy();
});

test('a function is called before the first byte of its upload, and learns when the client breaks off', async () => {
  const host = streaming();
  const upload = openUpload(`${host.url}/api/count?name=mine`);
  await expect.poll(() => host.seen()).toContain('mine was called');
  upload.write('part of it');
  await expect.poll(() => host.seen()).toContain('mine got bytes');
  upload.destroy();
  await expect.poll(() => host.seen()).toContain('mine broke off');
});

test('a streamed answer arrives while the function still writes it', async () => {
  const { url } = streaming();
  const response = await fetch(`${url}/api/download?lines=20&pauseMs=10`);
  const chunks: string[] = [];
  for await (const chunk of response.body ?? []) chunks.push(Buffer.from(chunk).toString());
  expect(chunks.join('')).toHaveLength(200);
  expect(chunks.length).toBeGreaterThan(1);
});

test('an answer that fails half-way is cut off, so that the client cannot take it for complete', async () => {
  const { url } = streaming();
  const response = await fetch(`${url}/api/download?lines=20&failAfter=3&pauseMs=5`);
  expect(response.status).toBe(200);
  await expect(response.text()).rejects.toThrow('terminated');
});

test('a client that leaves in the middle of a download does not harm the host', async () => {
  const host = streaming();
  const leave = new AbortController();
  const response = await fetch(`${host.url}/api/download?lines=300&pauseMs=1`, { signal: leave.signal });
  await response.body?.getReader().read();
  leave.abort();
  await expect.poll(() => host.seen(), { timeout: 5_000 }).toContain('300 lines written');
  expect((await fetch(`${host.url}/api/things/latest`)).status).toBe(200);
});
