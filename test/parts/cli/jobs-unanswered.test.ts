/** What the commands of jobs tell where it is not the API that answers, or nothing does. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { problem, says, scriptedServer, type Play, type ScriptedServer } from '../client/scripted-server.ts';
import { described, ID, jobOf, runAgainst } from './scripted-program.ts';

let server: ScriptedServer;
beforeEach(async () => {
  server = await scriptedServer();
});
afterEach(async () => server.close());
const run = (args: readonly string[], more: Parameters<typeof runAgainst>[2] = {}) =>
  runAgainst(server.url, args, more);

const leads: Play = (response) => void response.writeHead(302, { Location: 'https://other.example/api' }).end();
const wrong: Play = (response) => void response.writeHead(401, { 'Content-Type': 'text/plain' }).end('who are you?');
const looked = says(202, jobOf({ done: 3 }), { 'Retry-After': '1' });
const comeBack = `Job ${ID} goes on. To come back: npm run -s guest-reset -- status ${ID} --watch\n`;

test.each([['retry'], ['resume']])('a redirect of %s is no success: it says where it leads', async (name) => {
  server.plays = [described, leads];
  const { code, out, err } = await run([name, ID, '--yes', '--json']);
  expect(err).toContain('leads to https://other.example/api (302)');
  expect(err).toContain('--url');
  expect(JSON.parse(out)).toMatchObject({ code: 'foreignAnswer', status: 302, to: 'https://other.example/api' });
  expect(code).toBe(1);
});

test('at first contact a redirect, a stranger and a closed door are told as such, to programs too', async () => {
  server.plays = [leads];
  const led = await run(['status', ID, '--json']);
  expect(JSON.parse(led.out)).toMatchObject({ code: 'foreignAnswer', status: 302 });
  expect(led.code).toBe(1);
  server.plays = [wrong];
  const strange = await run(['status', ID, '--json']);
  expect(JSON.parse(strange.out)).toMatchObject({ code: 'foreignAnswer', status: 401 });
  expect(strange.err).toContain(`${server.url} is not the address of the API`);
  expect(strange.err).not.toContain('token');
  server.plays = [says(200, { openapi: '3.1.0' })];
  const undescribed = await run(['status', ID, '--json']);
  expect(JSON.parse(undescribed.out)).toMatchObject({ code: 'foreignAnswer' });
  const closed = await runAgainst('http://localhost:9', ['jobs', '--json']);
  expect(JSON.parse(closed.out)).toMatchObject({ code: 'noAnswer', detail: expect.stringContaining('No answer') });
  expect(closed.err).toMatch(/^No answer from the API at http:\/\/localhost:9\/api \(.+\)\.\n.+--url/);
  expect(closed.code).toBe(1);
});

const page: Play = (response) => void response.writeHead(200, { 'Content-Type': 'text/html' }).end('<p>Sign in</p>');
test.each<[string, Play]>([
  ['a page', page],
  ['no problem', says(400, { code: 'x', detail: 42, errors: 'none' })],
  ['JSON of something else', says(200, { hello: 1 })],
])('%s in place of an answer is told in words with the address, and nothing is done with it', async (_what, play) => {
  for (const args of [
    ['status', ID],
    ['jobs'],
    ['tenant'],
    ['guest', 'a@fabrikam.example'],
    ['cancel', ID],
    ['check', ID],
  ]) {
    server.plays = [play];
    const told = await run([...args, '--json'], { env: { GUEST_RESET_TOKEN: 'e30.e30.x' } });
    expect(told.err).toContain(`Not the API has answered at ${server.url}, but something in front of it`);
    expect([told.code, JSON.parse(told.out)]).toMatchObject([1, { code: 'foreignAnswer' }]);
  }
});

test('a token that is refused is told as such only where one was sent', async () => {
  server.plays = [wrong, described];
  const { err, out } = await run(['status', ID, '--json'], { env: { GUEST_RESET_TOKEN: 'e30.e30.x' } });
  expect(err).toContain('GUEST_RESET_TOKEN');
  expect(err + out).not.toContain('e30.e30.x');
  expect(JSON.parse(out)).toMatchObject({ code: 'notSignedIn' });
});

test('a token that was brought is sent as it is, and nobody is asked how to sign in; what is none is not sent', async () => {
  server.plays = [says(200, jobOf({}))];
  expect(await run(['status', ID], { env: { GUEST_RESET_TOKEN: ' e30.e30.x\n' } })).toMatchObject({ code: 0 });
  expect(server.asked).toMatchObject([{ line: `GET /api/jobs/${ID}`, authorization: 'Bearer e30.e30.x' }]);
  const quoted = await run(['status', ID], { env: { GUEST_RESET_TOKEN: 'Bearer e30.e30.x' } });
  expect(quoted).toMatchObject({ code: 2, err: expect.stringContaining('GUEST_RESET_TOKEN') });
  expect(quoted.err).not.toContain('e30');
  const open = await run(['status', ID, '--url', 'http://other.example/api'], {
    env: { GUEST_RESET_TOKEN: 'e30.e30.x' },
  });
  expect(open).toMatchObject({ code: 2, err: expect.stringContaining('https://') });
});

test.each<[string, Play, string]>([
  ['refused', problem(403, 'missingRole'), 'missingRole'],
  ['answered by a stranger', wrong, 'foreignAnswer'],
])('whatever ends the wait, the job is named and the way back told: a later look is %s', async (_how, play, code) => {
  const list = new TextEncoder().encode('user\na@fabrikam.example\n');
  const submit = (args: readonly string[]) =>
    run(['submit', '-', '--no-mail', '--wait', ...args], { input: async () => list });
  server.plays = [described, says(202, jobOf({ status: 'queued' })), looked, play];
  const told = await submit(['--json']);
  expect(told.err).toContain(comeBack);
  expect(JSON.parse(told.out)).toMatchObject({ code, jobId: ID });
  expect(told.code).toBe(1);
});

test('where a token cannot be had anew while it waits, the job is named and the way back told', async () => {
  server.plays = [looked, wrong, described];
  const told = await run(['status', ID, '--watch', '--json'], { env: { GUEST_RESET_TOKEN: 'e30.e30.x' } });
  expect(told.err).toContain(comeBack);
  expect(JSON.parse(told.out)).toMatchObject({ code: 'notSignedIn', jobId: ID });
  expect(told.code).toBe(1);
});

test('of a job that is not there nobody says that it goes on', async () => {
  server.plays = [described, problem(404, 'jobNotFound')];
  const told = await run(['status', ID, '--watch']);
  expect(told.err).not.toContain('goes on');
  expect(told.code).toBe(1);
});

test('Ctrl-C while it waits names the job to programs, too', async () => {
  const controller = new AbortController();
  server.plays = [
    described,
    (response, request) => {
      looked(response, request);
      setTimeout(() => controller.abort(), 50);
    },
  ];
  const told = await run(['status', ID, '--watch', '--json'], { interruption: () => controller.signal });
  expect(told.err).toContain(comeBack);
  expect(JSON.parse(told.out)).toMatchObject({ code: 'interrupted', jobId: ID });
  expect(told.code).toBe(130);
});

test('a check that is left goes on, and is found again', async () => {
  const checking = (status: string) => says(202, jobOf({ status: 'completed', check: { status, counts: {} } }));
  server.plays = [described, checking('inProgress'), problem(403, 'missingRole')];
  const told = await run(['check', ID, '--json']);
  expect(told.err).toContain(`The check goes on. To come back: npm run -s guest-reset -- check ${ID}\n`);
  expect(JSON.parse(told.out)).toMatchObject({ code: 'missingRole', jobId: ID });
  const controller = new AbortController();
  const leave: Play = (response, request) => {
    checking('inProgress')(response, request);
    setTimeout(() => controller.abort(), 50);
  };
  server.plays = [described, leave];
  const left = await run(['check', ID, '--json'], { interruption: () => controller.signal });
  expect(JSON.parse(left.out)).toMatchObject({ code: 'interrupted', jobId: ID });
  expect(left).toMatchObject({ code: 130, err: expect.stringContaining('The check goes on.') });
});

test.each([['submit'], ['reset'], ['retry']])(
  'where the answer to a %s is lost for good, the line is told that makes no second job',
  async (name) => {
    const controller = new AbortController();
    const hangs: Play = () => controller.abort();
    server.plays = [described, hangs];
    const input = async () => new TextEncoder().encode('user\na@fabrikam.example\n');
    const what = { submit: '-', reset: 'a@fabrikam.example', retry: ID }[name] ?? '';
    const yes = name === 'reset' ? [] : ['--yes'];
    const told = await run([name, what, '--no-mail', ...yes, '--json'], {
      interruption: () => controller.signal,
      input,
    });
    const key = server.asked.at(-1)?.key ?? 'none';
    expect(told.err).toContain(`--key ${key}`);
    expect(JSON.parse(told.out)).toMatchObject({ code: 'interrupted', key });
    expect(told.code).toBe(130);
  },
);
