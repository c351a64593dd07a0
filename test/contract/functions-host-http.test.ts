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
      parameters: { id: ID, part: 'a/b c' },
      query: { top: '5' },
      header: 'me',
      trace: expect.stringMatching(/^00-a{32}-[0-9a-f]{16}-01$/),
    });
  });

  test('routes choose the most special template, optional parts may miss, and constraints hold', async () => {
    const { url } = host();
    const get = async (path: string) => (await fetch(`${url}/api/${path}`)).text();
    expect(await get('things/latest')).toBe('latest');
    expect(JSON.parse(await get(`things/${ID}`))).toMatchObject({ parameters: { id: ID } });
    expect(JSON.parse(await get('numbers/-12'))).toEqual({ n: '-12' });
    expect(JSON.parse(await get('files/a/b/c.txt'))).toEqual({ path: 'a/b/c.txt' });
    expect((await fetch(`${url}/api/numbers/twelve`)).status).toBe(404);
    expect((await fetch(`${url}/api/things/no-guid`)).status).toBe(404);
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
