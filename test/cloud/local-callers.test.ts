/** `npm start` has no sign-in: what is on this machine may do everything, and nothing else may do anything. */
import http from 'node:http';
import { once } from 'node:events';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HTTP_ROUTES } from '../../shared/entry/http/routes.ts';
import { headersOf, judge } from '../parts/openapi-judge.ts';
import { startCloud, type TestCloud } from './cloud.ts';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startCloud({ env: { ALLOWED_HOSTS: 'dev.example' } });
}, 60_000);
afterAll(async () => {
  await cloud?.stop();
});

const GUEST = '33333333-3333-4333-8333-333333333333';
const port = (): string => new URL(cloud.api).port;

/** The code of the problem, or the status where there is none. */
async function ask(method: string, path: string, headers: http.OutgoingHttpHeaders): Promise<string | number> {
  const asked = {
    method,
    path,
    port: port(),
    agent: false,
    setHost: false,
    headers: { 'content-length': 0, ...headers },
  };
  const request = http.request(asked).end();
  const [answer] = (await once(request, 'response')) as [http.IncomingMessage];
  const body = await text(answer);
  const url = new URL(`http://localhost:${port()}${path.startsWith('/api') ? path : '/'}`);
  judge({ method, url, status: answer.statusCode ?? 0, headers: headersOf(answer), text: body });
  const isProblem = answer.headers['content-type'] === 'application/problem+json';
  return isProblem ? (JSON.parse(body) as { code: string }).code : (answer.statusCode ?? 0);
}

const routes = Object.values(HTTP_ROUTES).map(({ method, route }) => {
  const path = `/api/${route.replace('{guestId}', GUEST).replace('{id}', '7ybr1z9vj7e0mzpqmbtznnz118')}`;
  return [method, path] as const;
});

test.each<readonly [string, http.OutgoingHttpHeaders, string]>([
  ['a page of another origin', { host: 'localhost', origin: 'http://evil.example' }, 'foreignOrigin'],
  ['a page of another port of this machine', { host: 'localhost', origin: 'http://localhost:3000' }, 'foreignOrigin'],
  ['a form of another site', { host: 'localhost', 'sec-fetch-site': 'cross-site' }, 'foreignOrigin'],
  ['a page without an origin', { host: 'localhost', origin: 'null' }, 'foreignOrigin'],
  ['a name that leads here', { host: 'evil.example' }, 'foreignHost'],
  [
    'a name that leads here, and says otherwise',
    { host: 'evil.example', 'x-forwarded-host': 'localhost' },
    'foreignHost',
  ],
  ['a Host that is none', { host: 'user@evil.example' }, 'malformedRequest'],
  ['no Host', {}, 'malformedRequest'],
])('%s is answered with a refusal, on any route', async (_name, headers, code) => {
  const { host } = headers;
  // Node sends no request without a Host by itself; an empty one is one that is none.
  const named = host === 'localhost' || host === 'evil.example' ? `${host}:${port()}` : (host ?? '');
  for (const [method, path] of routes)
    expect(await ask(method, path, { ...headers, host: named }), `${method} ${path}`).toBe(code);
});

test(
  'the developer is answered, from a page of the service and by every name of this machine, and nothing else was ' +
    'done',
  async () => {
    for (const host of ['localhost', '127.0.0.1', '[::1]', 'dev.example'].map((name) => `${name}:${port()}`)) {
      expect(await ask('GET', '/api/health', { host }), host).toBe(200);
      expect(await ask('GET', '/api/jobs', { host, origin: `http://${host}`, 'sec-fetch-site': 'same-origin' })).toBe(
        200,
      );
    }
    const jobs = (await (await fetch(`${cloud.api}/jobs`)).json()) as object;
    expect(jobs).toEqual({ value: [] });
    expect(await (await fetch(`${cloud.api}/health`)).json()).toMatchObject({ status: 'healthy' });
  },
);

test('a path that names a host leads to no other host', async () => {
  const { hostname, port: graph } = new URL(cloud.graph);
  for (const path of [`//${hostname}:${graph}/_sim/users`, `http://${hostname}:${graph}/_sim/users`])
    expect(await ask('GET', path, { host: `localhost:${port()}` }), path).not.toBe(200);
});

test('every part listens on the loopback address only', async () => {
  const outside = Object.values(networkInterfaces()).flatMap((addresses = []) =>
    addresses.filter(({ family, internal }) => family === 'IPv4' && !internal).map(({ address }) => address),
  );
  // On Linux that is this machine too, and not the address that parts listen on.
  if (process.platform === 'linux') outside.push('127.0.0.2');
  const { hosts, ...parts } = cloud.state();
  const ports = [...Object.values(parts), ...hosts].map(({ url }) => Number(new URL(url).port));
  expect(ports).toHaveLength(5);
  const reached: string[] = [];
  for (const host of outside)
    for (const each of ports) {
      const socket = connect({ host, port: each });
      const isOpen = await once(socket, 'connect').then(
        () => true,
        () => false,
      );
      socket.destroy();
      if (isOpen) reached.push(`${host}:${each}`);
    }
  expect(reached).toEqual([]);
});
