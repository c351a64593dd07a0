/** The commands of jobs as processes, against the built app. What happened is the simulated tenant's word. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer, request as ask } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startCloud, type TestCloud } from './cloud.ts';
import { json, mailsByGuest, type JobAnswer } from './jobs.ts';
import { sitDown, type Desk } from './program.ts';

let cloud: TestCloud;
let desk: Desk;
let guests: string[] = [];
beforeAll(async () => {
  cloud = await startCloud({ guests: 300, seed: 5 });
  desk = sitDown(cloud.api);
  const { body } = await json<{ id: string; userType: string; mail: string | null }[]>(`${cloud.graph}/_sim/users`);
  guests = body.filter(({ userType, mail }) => userType === 'Guest' && mail !== null).map(({ id }) => id);
});
afterAll(async () => {
  desk?.leave();
  await cloud?.stop();
});

/** Guests that no other test of this file takes. */
const take = (count: number): string[] => guests.splice(0, count);
const csv = (users: readonly string[]): string => `user\n${users.map((user) => `${user}\n`).join('')}`;
const mailed = async (): Promise<string[]> => [...(await mailsByGuest(cloud.graph)).keys()];

describe('submit', () => {
  test('mails the guests of a list, waits for the end, and tells it; the exit code says that all succeeded', async () => {
    const users = take(3);
    const file = desk.write('three.csv', csv(users));
    const { code, out, err } = await desk.run(['submit', file, '--send-mail', '--wait', '--reason', 'moved']);
    expect(out).toMatch(/^Job [0-9a-z]{26}: completed\n {2}reason +moved\n/);
    expect(out).toContain('3 of 3: succeeded 3');
    expect(err).toMatch(/Results: npm run -s guest-reset -- results [0-9a-z]{26} -o results\.csv\n$/);
    expect(code).toBe(0);
    expect(await mailed()).toEqual(expect.arrayContaining(users));
  });

  test('takes what is written into it, finds out what it is, and tells programs nothing but the job', async () => {
    const [one = '', other = '', third = ''] = take(3);
    const lists = [csv([one]), JSON.stringify({ resets: [{ user: other }] }), `{"user":"${third}"}\n`];
    for (const input of lists) {
      const { code, out } = await desk.start(['submit', '-', '--no-mail', '--wait', '--json'], { input }).end;
      expect(JSON.parse(out)).toMatchObject({ status: 'completed', total: 1 });
      expect(code).toBe(0);
    }
  }, 90_000);

  test('rehearses and mails nobody with --dry-run; the line that it tells next mails them, as a shell takes it', async () => {
    const users = take(2);
    const file = desk.write("ada's $HOME list.csv", csv(users));
    const reason = String.raw`it's "$(moved)" \ now`;
    const options = ['--send-mail', '--dry-run', '--wait', '--reason', reason, '--key', 'rehearsed-4711'];
    const { code, out, err } = await desk.run(['submit', file, ...options]);
    expect(out).toContain('2 would be mailed');
    expect(code).toBe(0);
    expect((await mailed()).filter((id) => users.includes(id))).toEqual([]);
    const line = /^To do what it rehearses: npm run -s guest-reset -- (.+)$/m.exec(err)?.[1] ?? 'none';
    const { end } = desk.start([`${line} --json`], { through: 'sh' });
    const { out: job } = await end;
    expect(JSON.parse(job)).toMatchObject({ status: 'completed', reason });
    expect(await mailed()).toEqual(expect.arrayContaining(users));
  }, 60_000);

  test('mails more than 20 guests only where somebody can be asked, or has said yes', async () => {
    const users = take(25);
    const file = desk.write('many.csv', csv(users));
    const refused = await desk.run(['submit', file, '--send-mail']);
    expect(refused.err).toContain('25 of 25 would be mailed by Microsoft.\n');
    expect(refused.err).toContain('25 guests would be mailed, and nobody sits here who could be asked: say --yes.\n');
    expect([refused.code, refused.out]).toEqual([2, '']);
    expect((await mailed()).filter((id) => users.includes(id))).toEqual([]);
    const { code } = await desk.run(['submit', file, '--send-mail', '--yes', '--wait', '--json']);
    expect(code).toBe(0);
    expect(await mailed()).toEqual(expect.arrayContaining(users));
  }, 60_000);

  test('asks nobody where more than 20 are reset and nobody is mailed', async () => {
    const users = take(22);
    const { code, out } = await desk.run(['submit', desk.write('quiet.csv', csv(users)), '--no-mail', '--json']);
    expect([code, (JSON.parse(out) as JobAnswer).total]).toEqual([0, 22]);
  });

  test('names each row that is wrong, submits nothing, and gives programs the problem', async () => {
    const file = desk.write('wrong.csv', csv(['not a guest', ...take(1), 'a@b@c']));
    const { code, out, err } = await desk.run(['submit', file, '--no-mail', '--json']);
    expect(err).toMatch(/^ {2}row 1, line 2, user: .+ \(invalidUser\)$/m);
    expect(err).toMatch(/^ {2}row 3, line 4, user: /m);
    expect(JSON.parse(out)).toMatchObject({ code: 'invalidSubmission', errorCount: 2 });
    expect(code).toBe(1);
    const unsaid = await desk.run(['submit', desk.write('unsaid.csv', csv(take(1)))]);
    expect(unsaid.err).toContain('Say --send-mail or --no-mail.');
    expect(unsaid.err.match(/does not say whether Microsoft shall mail/g)).toHaveLength(1);
  });

  test('refuses what is no list, before anybody is asked for a token', async () => {
    for (const args of [
      ['submit', join(desk.folder, 'nowhere.csv')],
      ['submit', desk.write('list.xlsx', '')],
      ['submit', desk.write('a.csv', csv(take(1))), '--send-mail', '--no-mail'],
      ['submit', desk.write('b.csv', csv(take(1))), '--pause-after', 'some'],
    ])
      expect(await desk.run(args, { env: { GUEST_RESET_URL: 'http://localhost:1/api' } })).toMatchObject({ code: 2 });
  });

  test('of the same list twice is refused, and told with the earlier job, unless it is meant', async () => {
    const args = ['submit', desk.write('twice.csv', csv(take(24))), '--no-mail'];
    const first = await desk.run([...args, '--json']);
    const { id } = JSON.parse(first.out) as JobAnswer;
    const second = await desk.run([...args, '--json']);
    expect(second.code).toBe(5);
    expect(JSON.parse(second.out)).toMatchObject({ code: 'duplicateSubmission', earlierJob: { id } });
    expect(second.err).toContain(`The earlier job: npm run -s guest-reset -- status ${id}\n`);
    expect(second.err).toContain('--allow-duplicate');
    expect(await desk.run([...args, '--allow-duplicate'])).toMatchObject({ code: 0 });
    const keyed = [...args, '--reason', 'keyed', '--key', 'leaver-4711', '--json'];
    const [one, other] = [await desk.run(keyed), await desk.run(keyed)];
    expect([one.code, other.code]).toEqual([0, 0]);
    expect((JSON.parse(other.out) as JobAnswer).id).toBe((JSON.parse(one.out) as JobAnswer).id);
  });

  test('whose answer was lost makes one job, and one mail', async () => {
    await using line = await losingLine(cloud.api, 1);
    const users = take(2);
    const { code, err } = await desk.run([
      'submit',
      desk.write('lost.csv', csv(users)),
      '--send-mail',
      '--reason',
      'lost once',
      '--wait',
      '--url',
      line.url,
    ]);
    expect(err).toMatch(/^No answer from the API at http:\S+ \(.+\)\. Trying again in \d+ s\.$/m);
    expect(code).toBe(0);
    const mails = await mailsByGuest(cloud.graph);
    expect(users.map((id) => mails.get(id))).toEqual([1, 1]);
    const { body } = await json<{ value: { reason?: string }[] }>(`${cloud.api}/jobs`);
    expect(body.value.filter(({ reason }) => reason === 'lost once')).toHaveLength(1);
  });
});

test('reset tells what became of one guest, and never shows the redeem URL', async () => {
  const [user = ''] = take(1);
  const { code, out } = await desk.run(['reset', user, '--no-mail', '--reference', 'HR-1']);
  expect(out).toContain('succeeded');
  expect(out).not.toContain('http');
  expect(code).toBe(0);
  const unknown = await desk.run(['reset', 'nobody@fabrikam.example', '--no-mail', '--json']);
  expect(JSON.parse(unknown.out)).toMatchObject({ status: 'failed', resets: [{ code: 'guestNotFound' }] });
  expect(unknown.code).toBe(3);
});

test('results are written whole into a file for its owner, as CSV or NDJSON, filtered, and into other programs', async () => {
  const users = take(2);
  const file = desk.write('r.csv', csv([...users, '99999999-9999-4999-8999-999999999999']));
  const submitted = await desk.run(['submit', file, '--no-mail', '--wait', '--json']);
  expect(submitted.code).toBe(3);
  const { id } = JSON.parse(submitted.out) as JobAnswer;
  const path = (name: string): string => join(desk.folder, name);
  const read = (name: string): string => readFileSync(path(name), 'utf8');
  expect(await desk.run(['results', id, '-o', path('results.csv')])).toMatchObject({ code: 0, out: '' });
  expect(read('results.csv')).toMatch(/^\uFEFFuser,id,result\.row,/);
  expect(read('results.csv').match(/https:\/\//g)).toHaveLength(2);
  expect(statSync(path('results.csv')).mode & 0o077).toBe(0);
  expect(existsSync(path('results.csv.part'))).toBe(false);
  await desk.run(['results', `${cloud.api}/jobs/${id}`, '-o', path('failed.ndjson'), '--status', 'failed']);
  expect(JSON.parse(read('failed.ndjson'))).toMatchObject({ row: 3, code: 'guestNotFound' });
  const { out } = await desk.run(['results', id, '--code', 'guestNotFound', '--json']);
  expect(JSON.parse(out)).toMatchObject({ row: 3 });
  expect((await desk.start(['results', id]).end).out).toBe(read('results.csv'));
}, 60_000);

test('status tells how a job stands, and by its exit code whether all succeeded; Ctrl-C leaves it running', async () => {
  const users = take(4);
  const file = desk.write('s.csv', csv(users));
  const later = new Date(Date.now() + 600_000).toISOString();
  const submitted = await desk.run(['submit', file, '--no-mail', '--not-before', later, '--json']);
  const { id } = JSON.parse(submitted.out) as JobAnswer;
  expect(await desk.run(['status', id])).toMatchObject({ code: 0, out: expect.stringContaining(`Job ${id}: queued`) });
  const watching = desk.start(['status', id, '--watch', '--url', cloud.api]);
  await watching.says('0 of 4 done');
  watching.child.kill('SIGINT');
  const { code, err } = await watching.end;
  expect(err).toContain(`To come back: npm run -s guest-reset -- status ${id} --watch --url ${cloud.api}\n`);
  expect(code).toBe(130);
  expect((await json<JobAnswer>(`${cloud.api}/jobs/${id}`)).body.status).toBe('queued');
  expect(await desk.run(['status', '7ybqdffre2e3cn711e2wpgw0np'])).toMatchObject({
    code: 1,
    err: expect.stringContaining('(jobNotFound; trace '),
  });
}, 60_000);

test('look, audit, delete and erase tell of a guest and a job, and leave nothing of either but who did what', async () => {
  const [guest = ''] = take(1);
  const looked = await desk.run(['look', guest, '--json']);
  expect(JSON.parse(looked.out)).toMatchObject({ id: guest, resettable: true });
  const { out } = await desk.run(['reset', guest, '--no-mail', '--reason', 'to be erased', '--json']);
  const { id } = JSON.parse(out) as JobAnswer;
  expect((await desk.run(['audit', '--job', id])).out).toMatch(
    new RegExp(`^\\S+  submitted  ${id}  1  \\S+  to be erased\n$`),
  );
  expect((await desk.run(['guest', guest])).out).toContain(id);
  expect(await desk.run(['delete', id, '--yes'])).toMatchObject({ code: 0, out: `Job ${id} is deleted.\n` });
  expect(await desk.run(['status', id])).toMatchObject({ code: 1, err: expect.stringContaining('(jobNotFound') });
  expect(await desk.run(['erase', guest, '--yes'])).toMatchObject({ code: 0, out: expect.stringMatching(/^Erased: /) });
  expect(await desk.run(['guest', guest])).toMatchObject({ code: 0, out: '' });
  const deeds = (await desk.run(['audit', '--limit', '100', '--json'])).out.trim().split('\n');
  expect(deeds.map((line) => (JSON.parse(line) as { action: string }).action)).toEqual(
    expect.arrayContaining(['deleted', 'erased']),
  );
  expect((await desk.run(['whoami'])).out).toContain('Roles: ');
}, 60_000);

test('an API that is not there, or not named, is told in one line', async () => {
  const gone = await desk.run(['status', '7ybqdffre2e3cn711e2wpgw0np'], {
    env: { GUEST_RESET_URL: 'http://localhost:9' },
  });
  expect(gone.code).toBe(1);
  const unnamed = await desk.run(['status', '7ybqdffre2e3cn711e2wpgw0np'], { env: { GUEST_RESET_URL: '' } });
  expect(unnamed.err).toContain('Say where the API is: --url');
  expect(unnamed.code).toBe(2);
});

/** What stands between: the first answers to a submission never arrive, although the service has given them. */
async function losingLine(api: string, lost: number): Promise<{ url: string } & AsyncDisposable> {
  let left = lost;
  const { port } = new URL(api);
  const server = createServer((request, response) => {
    const { method, url, headers } = request;
    const onward = ask({ host: 'localhost', port, method, path: url, headers }, (answer) => {
      if (method === 'POST' && url?.startsWith('/api/jobs') && left-- > 0) return void request.socket.destroy();
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    request.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}/api`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
