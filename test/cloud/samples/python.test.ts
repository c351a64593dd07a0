/**
 * `samples/python/reset_guests.py` under a real Python, against the local cloud behind a front that goes wrong to
 * order. Who was mailed is the simulated tenant's word; what was submitted, the service's.
 */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listen, stop } from '../../../local/graph/http.ts';
import { PYTHON, shellOf, SLOW_MS, startSampleCloud, type Ended, type Job, type SampleCloud } from './sample-cloud.ts';

const HAS_OPENSSL = spawnSync('openssl', ['version']).status === 0;
const SCRIPT = resolve('samples/python/reset_guests.py');
if (PYTHON === undefined) console.warn('The sample in Python is not tested: there is no python3 of 3.9 or newer.');

describe.skipIf(PYTHON === undefined).each([
  ['where nobody signs in', false],
  ['where callers sign in', true],
])('%s, the script in Python', { timeout: SLOW_MS }, (_name, signedIn) => {
  let cloud: SampleCloud;
  let environment: Readonly<Record<string, string>>;
  beforeAll(async () => {
    cloud = await startSampleCloud(signedIn);
    environment = {
      GUEST_RESET_URL: cloud.api,
      ...(signedIn && { GUEST_RESET_TOKEN: await cloud.token(['Submit']) }),
    };
  });
  afterAll(async () => {
    await cloud[Symbol.asyncDispose]();
  });
  const run = (...args: string[]): Promise<Ended> => cloud.run('python3', [SCRIPT, ...args], environment);
  const results = (file: string): Record<string, string>[] => parse(readFileSync(file), { columns: true, bom: true });

  test('resets every guest of a file once, waits, and writes the results and a summary', async () => {
    const { file, ids } = cloud.list(3);
    const [csvFile, summary] = [`${file}.results.csv`, `${file}.md`];
    const ended = await run(file, '--wait', '--results', csvFile, '--summary', summary);
    expect(ended).toMatchObject({ code: 0, stderr: expect.stringContaining('Job completed: 3 succeeded') });
    const [job] = await cloud.jobsOf(ids);
    expect(ended.stdout.trim()).toBe(`${cloud.api}/jobs/${job?.id}`);
    expect(await cloud.mailsTo(ids)).toEqual([1, 1, 1]);
    expect(results(csvFile).map((row) => [row['user'], row['result.status']])).toEqual(
      ids.map((id) => [id, 'succeeded']),
    );
    expect(readFileSync(summary, 'utf8')).toContain('| succeeded | 3 |');
  });

  test('does what its page shows', async () => {
    const [script = ''] = shellOf('samples/python/README.md', cloud);
    const ended = await cloud.run('bash', ['-euc', script], environment);
    expect(ended).toMatchObject({ code: 0, stderr: expect.stringContaining('Job completedWithErrors: 20 succeeded') });
    expect(results(join(cloud.folder, 'results.csv'))).toHaveLength(25);
  });

  test('writes redeem URLs nowhere unless asked for, and no results for others to read', async () => {
    const { file } = cloud.list(2, { sendInvitationMessage: 'false', note: 'Zoë; "Anna"' });
    const without = await run(file, '--wait', '--results', `${file}.results`, '--summary', `${file}.md`);
    const told = [without.stdout, without.stderr, readFileSync(`${file}.results`, 'utf8'), readFileSync(`${file}.md`)];
    expect(results(`${file}.results`)[1]).toMatchObject({ note: 'Zoë; "Anna"', 'result.mail': 'none' });
    expect(statSync(`${file}.results`).mode & 0o077).toBe(0);
    expect((await run(file, '--wait', '--results', `${file}.results`, '--with-redeem-urls')).code).toBe(0);
    const urls = results(`${file}.results`).map((row) => row['result.inviteRedeemUrl'] ?? '');
    expect(urls).toEqual(Array.from({ length: 2 }, () => expect.stringMatching(/^https:/)));
    expect(urls.filter((url) => told.join('\n').includes(url))).toEqual([]);
  });

  test.runIf(signedIn)('writes the results with the separator of the file', async () => {
    const { ids } = cloud.list(1);
    const file = join(cloud.folder, 'semicolons.csv');
    writeFileSync(file, `\uFEFFuser;name\r\n${ids[0]};"Berg; Anna"\r\n`);
    expect((await run(file, '--wait', '--send-mail', '--results', `${file}.results`)).code).toBe(0);
    const [row] = parse<Record<string, string>>(readFileSync(`${file}.results`), {
      columns: true,
      bom: true,
      delimiter: ';',
    });
    expect(row).toMatchObject({ name: 'Berg; Anna', 'result.status': 'succeeded' });
  });

  test.runIf(signedIn)('says which rows are wrong, and queues nothing', async () => {
    const { ids } = cloud.list(1);
    const file = join(cloud.folder, 'wrong.csv');
    writeFileSync(file, `user,sendInvitationMessage\n${ids[0]},true\nnobody,maybe\n`);
    const ended = await run(file, '--wait');
    expect(ended).toMatchObject({ code: 3, stdout: '' });
    expect(ended.stderr).toMatch(/^Nothing was queued\. 400 invalidSubmission /);
    expect(ended.stderr).toMatch(/\n {2}row 2, line 3, field user: .+ \(invalidUser\)\n/);
    expect(ended.stderr).toMatch(/\n {2}row 2, line 3, field sendInvitationMessage: .+ \(invalidBoolean\)\n/);
    expect(await cloud.jobsOf(ids)).toEqual([]);
  });

  test.runIf(signedIn)('takes a file without guests for a mistake, unless told that it may be one', async () => {
    const file = join(cloud.folder, 'empty.csv');
    writeFileSync(file, 'user,sendInvitationMessage\n');
    expect(await run(file)).toMatchObject({ code: 3, stderr: expect.stringContaining('noResets') });
    expect(await run(file, '--empty-is-fine')).toMatchObject({ code: 0, stdout: '' });
    writeFileSync(file, '');
    expect(await run(file, '--empty-is-fine')).toMatchObject({ code: 3 });
  });

  test.runIf(signedIn)('tells by its exit code that some were not reset, and why', async () => {
    const { ids } = cloud.list(1);
    const file = join(cloud.folder, 'unknown-guest.csv');
    writeFileSync(file, `user,sendInvitationMessage\n${ids[0]},true\nnobody@northwind.example,true\n`);
    const ended = await run(file, '--wait', '--summary', `${file}.md`);
    expect(ended).toMatchObject({ code: 4, stderr: expect.stringContaining('failed, guestNotFound: 1 (row 2)') });
    expect(readFileSync(`${file}.md`, 'utf8')).toContain('| failed | `guestNotFound` | 1 | 2 |');
    expect((await run(file, '--wait', '--max-failed', '1')).code).toBe(0);
  });

  test('repeats what was refused for a while, as long as it was asked to wait, under one key', async () => {
    const { file, ids } = cloud.list(2);
    const busy = JSON.stringify({ code: 'submissionInProgress', detail: 'Repeat it in a while.' });
    const asked = [
      cloud.strike('submit', { when: 'before', what: 429, retryAfter: 1 }),
      cloud.strike('submit', { when: 'before', what: 503, retryAfter: 1 }),
      cloud.strike('submit', { when: 'before', what: 409, retryAfter: 1, body: busy }),
      cloud.strike('submit', { when: 'after', what: 500, retryAfter: 1 }),
    ];
    void cloud.strike('completion', { when: 'before', what: 503, retryAfter: 1 });
    const began = performance.now();
    const ended = await run(file, '--wait');
    expect(ended).toMatchObject({ code: 0, stderr: expect.stringContaining('submitted before') });
    expect(performance.now() - began).toBeGreaterThan(4_000);
    const keys = (await Promise.all(asked)).map((headers) => headers['idempotency-key']);
    expect(keys).toEqual(Array.from({ length: 4 }, () => expect.stringMatching(/^reset-guests-\d{4}-\d\d-\d\d-/)));
    expect(new Set(keys).size).toBe(1);
    expect(await cloud.jobsOf(ids)).toHaveLength(1);
    expect(await cloud.mailsTo(ids)).toEqual([1, 1]);
  });

  test.runIf(signedIn)('sends what it has read for its key, though the file is replaced while it waits', async () => {
    const [{ file, ids }, other] = [cloud.list(1), cloud.list(1)];
    const refused = cloud.strike('submit', { when: 'before', what: 503, retryAfter: 3 });
    const ended = run(file, '--wait');
    await refused;
    renameSync(other.file, file);
    expect((await ended).code).toBe(0);
    expect(await cloud.mailsTo([...ids, ...other.ids])).toEqual([1, 0]);
  });

  test.runIf(signedIn)('waits a moment also where an answer says that none is needed', async () => {
    const { file } = cloud.list(1);
    void cloud.strike('submit', { when: 'before', what: 503, retryAfter: 0 });
    const { code, stderr } = await run(file);
    expect([code, stderr]).toEqual([0, expect.stringMatching(/^503.*the same request again in [1-9]/)]);
  });

  test.runIf(signedIn).each(['', 'result.row,user,result.status\r\n1'])(
    'asks again for results that are cut off: "%s"',
    async (body) => {
      const { file } = cloud.list(1);
      void cloud.strike('results', { when: 'after', what: 200, body });
      expect(await run(file, '--wait', '--results', `${file}.results`)).toMatchObject({
        code: 0,
        stderr: expect.stringMatching(/no answer \(.+\): the same request again/),
      });
      expect(results(`${file}.results`)).toHaveLength(1);
    },
  );

  test.runIf(signedIn)('sends the token to no proxy where the service is on this machine', async () => {
    const { file } = cloud.list(1);
    const seen: unknown[] = [];
    const proxy = createServer((request, response) => {
      seen.push(request.headers.authorization);
      response.writeHead(404).end();
    });
    const port = await listen(proxy, 0);
    const env = { ...environment, http_proxy: `http://127.0.0.1:${port}`, no_proxy: '' };
    const ended = await cloud.run('python3', [SCRIPT, file], env);
    await stop(proxy);
    expect([ended.code, seen]).toEqual([0, []]);
  });

  test.runIf(signedIn)('follows no redirect, so that the token goes nowhere else', async () => {
    const { file } = cloud.list(1);
    const asked: string[] = [];
    const elsewhere = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.writeHead(302, { location: `http://127.0.0.1:${port}/elsewhere` }).end();
    });
    const port = await listen(elsewhere, 0);
    const ended = await run(file, '--url', `http://localhost:${port}/api`);
    await stop(elsewhere);
    expect([ended.code, asked]).toEqual([3, ['/api/jobs?pageSize=1']]);
  });

  test.runIf(signedIn && HAS_OPENSSL)(
    'stops where the service does not prove who it is, before a token or a list goes out',
    async () => {
      const { file } = cloud.list(1);
      const asked: (string | undefined)[] = [];
      const impostor = createTlsServer(selfSigned(cloud.folder), (request, response) => {
        asked.push(request.url);
        response.writeHead(202).end();
      });
      const port = await listen(impostor, 0);
      const ended = await run(file, '--url', `https://localhost:${port}/api`, '--retry-minutes', '0');
      await stop(impostor);
      expect(ended).toEqual({
        code: 3,
        stdout: '',
        stderr: expect.stringMatching(/^https:\/\/localhost:\d+\/api does not prove who it is: .*certificate/i),
      });
      expect(asked).toEqual([]);
    },
  );

  test.runIf(signedIn)('streams the file, so that nobody keeps all of it in memory', async () => {
    const { file } = cloud.list(1);
    const asked = cloud.strike('submit', { when: 'after', what: 'drop' });
    expect((await run(file)).code).toBe(0);
    expect(await asked).toMatchObject({ 'transfer-encoding': 'chunked', 'content-type': 'text/csv' });
    expect((await asked)['content-length']).toBeUndefined();
  });

  test('makes one job, and one mail each, of a submission whose answer is lost', async () => {
    const { file, ids } = cloud.list(3);
    void cloud.strike('submit', { when: 'after', what: 'drop' });
    void cloud.strike('completion', { when: 'after', what: 'drop' });
    void cloud.strike('results', { when: 'after', what: 'drop' });
    const ended = await run(file, '--wait', '--results', `${file}.results`);
    expect(ended).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/^no answer \(.+\): the same request again/),
    });
    expect(await cloud.jobsOf(ids)).toHaveLength(1);
    expect(await cloud.mailsTo(ids)).toEqual([1, 1, 1]);
    expect(results(`${file}.results`)).toHaveLength(3);
  });

  test('killed and started again, finds its job', async () => {
    const { file, ids } = cloud.list(3);
    const held = cloud.strike('submit', { when: 'after', what: 'hang' });
    const child = spawn(PYTHON ?? '', [SCRIPT, file, '--wait'], {
      env: { ...process.env, ...environment },
      stdio: 'ignore',
    });
    const exited = once(child, 'exit');
    await held;
    await expect.poll(() => cloud.jobsOf(ids), { timeout: 20_000 }).toHaveLength(1);
    child.kill('SIGKILL');
    await exited;
    const ended = await run(file, '--wait');
    expect(ended).toMatchObject({ code: 0, stderr: expect.stringContaining('This was submitted before') });
    expect(await cloud.jobsOf(ids)).toHaveLength(1);
    expect(await cloud.mailsTo(ids)).toEqual([1, 1, 1]);
  });

  test.runIf(signedIn)('does not submit a long list a second time within the hour, unless told to', async () => {
    const { file, ids } = cloud.list(21);
    const first = await run(file, '--wait');
    const again = await run(file, '--run', 'another', '--wait');
    expect(again).toMatchObject({ code: 6, stdout: '', stderr: expect.stringContaining(first.stdout.trim()) });
    expect(again.stderr).toMatch(/allowDuplicate=true\. Here that is --allow-duplicate\.\n$/);
    expect(await cloud.jobsOf(ids)).toHaveLength(1);
    // The same run finds its job all the same.
    expect(await run(file, '--wait')).toMatchObject({ code: 0, stdout: first.stdout });
    expect((await run(file, '--run', 'another', '--allow-duplicate', '--wait')).code).toBe(0);
    expect(new Set(await cloud.mailsTo(ids))).toEqual(new Set([1]));
  });

  test.runIf(signedIn).each(['SIGINT', 'SIGTERM'] as const)(
    'ended by %s, leaves its job running, and says how to come back',
    async (signal) => {
      const { file } = cloud.list(1);
      const args = [SCRIPT, file, '--wait', '--option', `notBefore=${inAnHour()}`];
      const child = spawn(PYTHON ?? '', args, { env: { ...process.env, ...environment } });
      const [said, exited] = [text(child.stderr), once(child, 'exit')];
      const [address] = (await once(child.stdout, 'data')) as [Buffer];
      child.kill(signal);
      expect([(await exited)[0], await said]).toEqual([
        130,
        expect.stringContaining('The job goes on. The same command'),
      ]);
      const id = address.toString().trim().split('/').at(-1);
      expect(await cloud.ask('GET', `/jobs/${id}`)).toMatchObject({ status: 'queued' });
    },
  );

  test.runIf(signedIn)('gives up in time, and says that the same command goes on', async () => {
    const { file, ids } = cloud.list(1);
    void cloud.strike('submit', { when: 'before', what: 503, retryAfter: 120 });
    expect(await run(file, '--retry-minutes', '1')).toMatchObject({
      code: 7,
      stderr: expect.stringMatching(/^Given up: 503.*Run the same command again later/),
    });
    expect(await run(file, '--wait', '--option', `notBefore=${inAnHour()}`, '--wait-minutes', '0')).toMatchObject({
      code: 7,
      stderr: expect.stringContaining('The job has not ended in --wait-minutes; it goes on.'),
    });
    expect(await cloud.mailsTo(ids)).toEqual([0]);
  });

  test.runIf(signedIn)('rehearses: sends nothing, and stops where too many would fail or are there', async () => {
    const { file, ids } = cloud.list(2);
    expect((await run(file, '--dry-run', '--max-guests', '2')).code).toBe(0);
    expect(await run(file, '--dry-run', '--max-guests', '1')).toMatchObject({
      code: 8,
      stderr: expect.stringContaining('2 guests are more than the 1 of --max-guests.'),
    });
    writeFileSync(file, `${readFileSync(file, 'utf8')}nobody@northwind.example,true\r\n`);
    expect(await run(file, '--dry-run', '--summary', `${file}.md`)).toMatchObject({
      code: 8,
      stderr: expect.stringContaining('1 guests would fail; --max-failed allows 0.'),
    });
    expect(readFileSync(`${file}.md`, 'utf8')).toMatch(/^### Guest resets: rehearsal, .*\| wouldMail \| 2 \|/s);
    expect((await run(file, '--dry-run', '--max-failed', '1')).code).toBe(0);
    expect(await cloud.mailsTo(ids)).toEqual([0, 0]);
  });

  test.runIf(signedIn)(
    'stops where the tenant is paused, and goes on with the same command after the resume',
    async () => {
      const { file, ids } = cloud.list(2);
      await cloud.ask('POST', '/pause?reason=an+incident');
      try {
        const paused = await run(file, '--wait');
        expect(paused).toMatchObject({ code: 5, stderr: expect.stringMatching(/an incident.*Then run the same/) });
        expect(await cloud.mailsTo(ids)).toEqual([0, 0]);
      } finally {
        await cloud.ask('POST', '/resume');
      }
      expect((await run(file, '--wait')).code).toBe(0);
      expect(await cloud.jobsOf(ids)).toHaveLength(1);
      expect(await cloud.mailsTo(ids)).toEqual([1, 1]);
    },
  );

  test.runIf(signedIn)('stops after the first guests where it was asked to', async () => {
    const { file, ids } = cloud.list(3);
    const paused = await run(file, '--wait', '--pause-after', '1');
    expect(paused).toMatchObject({ code: 5, stderr: expect.stringContaining(`/api/jobs/`) });
    expect(await cloud.mailsTo(ids)).toEqual([1, 0, 0]);
  });

  test.runIf(signedIn)('tells of a job that was canceled', async () => {
    const { file, ids } = cloud.list(2);
    const options = [file, '--option', `notBefore=${inAnHour()}`, '--reason', 'too early'];
    const { stdout } = await run(...options);
    const id = stdout.trim().split('/').at(-1) ?? '';
    expect(await cloud.ask<Job>('POST', `/jobs/${id}/cancel`)).toMatchObject({ id, reason: 'too early' });
    const ended = await run(...options, '--wait');
    expect(ended).toMatchObject({ code: 4, stderr: expect.stringContaining('canceled, canceled: 2 (row 1, 2)') });
    expect(await cloud.mailsTo(ids)).toEqual([0, 0]);
  });

  test.runIf(signedIn)('says what is missing before it sends anything', async () => {
    const { file } = cloud.list(1);
    const said = async (...args: string[]): Promise<unknown[]> => {
      const { code, stderr } = await run(...args);
      return [code, stderr.trim().split('\n').at(-1)];
    };
    const shown = 'reset_guests.py: error:';
    for (const args of [[], ['--dry-run'], ['--key', 'a-run']]) {
      expect(await said(join(cloud.folder, 'missing.csv'), ...args)).toEqual([
        2,
        expect.stringContaining('missing.csv'),
      ]);
      expect(await said(cloud.folder, ...args)).toEqual([2, expect.stringContaining(cloud.folder)]);
    }
    expect(await said(file, '--url', 'http://resets.example/api')).toEqual([
      2,
      `${shown} argument --url: 'http://resets.example/api' is no https address`,
    ]);
    expect(await said(file, '--results', 'x.csv')).toEqual([2, expect.stringContaining('say --wait')]);
    expect(await said(file, '--max-guests', '3')).toEqual([2, expect.stringContaining('is for --dry-run')]);
    expect(await said(file, '--pause-after', 'ten')).toEqual([2, expect.stringContaining('write a whole number')]);
    expect(existsSync(join(cloud.folder, 'x.csv'))).toBe(false);
  });

  describe.runIf(signedIn)('signs in', () => {
    const runAs = (env: Readonly<Record<string, string>>, ...args: string[]): Promise<Ended> =>
      cloud.run('python3', [SCRIPT, ...args], { GUEST_RESET_URL: cloud.api, ...env });
    const hourAgo = Math.floor(Date.now() / 1000) - 3600;
    const expired = (): Promise<string> => cloud.token(['Submit'], { claims: { exp: hourAgo } });

    test('with Azure CLI, once more where the token is over', async () => {
      const { file, ids } = cloud.list(1);
      cloud.azSays(await expired(), await cloud.token(['Submit']));
      expect((await runAs({ GUEST_RESET_CLIENT_ID: cloud.clientId }, file, '--wait')).code).toBe(0);
      const call = `account get-access-token --scope api://${cloud.clientId}/.default --query accessToken --output tsv`;
      expect(cloud.azCalls()).toEqual([call, call]);
      expect(await cloud.mailsTo(ids)).toEqual([1]);
    });

    test('with azure-identity where that is installed', async () => {
      const { file } = cloud.list(1);
      const packages = join(cloud.folder, 'packages');
      mkdirSync(join(packages, 'azure'), { recursive: true });
      writeFileSync(
        join(packages, 'azure', 'identity.py'),
        'import collections, os\n' +
          'Token = collections.namedtuple("Token", "token expires_on")\n' +
          'class DefaultAzureCredential:\n' +
          '    def get_token(self, scope):\n' +
          `        assert scope == "api://${cloud.clientId}/.default"\n` +
          '        return Token(os.environ["FOR_THE_STAND_IN"], 0)\n',
      );
      const env = { PYTHONPATH: packages, FOR_THE_STAND_IN: await cloud.token(['Submit']) };
      expect((await runAs({ ...env, GUEST_RESET_CLIENT_ID: cloud.clientId }, file, '--wait')).code).toBe(0);
      expect(await runAs({ ...env, GUEST_RESET_CLIENT_ID: 'another' }, file)).toMatchObject({ code: 9, stdout: '' });
    });

    test('and is told of a bad token although the platform does not read a long file to its end', async () => {
      const { file } = cloud.list(1);
      writeFileSync(file, 'x'.repeat(30_000_000));
      const platform = createServer((request, response) => {
        response.writeHead(401).end(() => request.socket.destroy());
      });
      const port = await listen(platform, 0);
      const env = { GUEST_RESET_URL: `http://localhost:${port}/api`, GUEST_RESET_TOKEN: 'over' };
      const ended = await runAs(env, file, '--retry-minutes', '0');
      await stop(platform);
      expect(ended).toMatchObject({ code: 9, stderr: expect.stringContaining('401') });
    });

    test('or says that it cannot', async () => {
      const { file, ids } = cloud.list(1);
      expect(await runAs({}, file)).toMatchObject({ code: 9, stderr: expect.stringContaining('401') });
      expect(await runAs({ GUEST_RESET_TOKEN: await expired() }, file)).toMatchObject({ code: 9 });
      expect(await runAs({ GUEST_RESET_TOKEN: await cloud.token(['Read']) }, file)).toMatchObject({
        code: 9,
        stderr: expect.stringMatching(/403 missingRole .*setup grant/),
      });
      cloud.azSays();
      expect(await runAs({ GUEST_RESET_CLIENT_ID: cloud.clientId }, file)).toMatchObject({
        code: 9,
        stderr: expect.stringMatching(/^Azure CLI gave no token for api:.*Please run 'az login'/),
      });
      expect(await cloud.jobsOf(ids)).toEqual([]);
    });
  });
});

/** A certificate that no authority has signed. */
function selfSigned(folder: string): { readonly key: string; readonly cert: string } {
  const [key, cert] = [join(folder, 'impostor.key'), join(folder, 'impostor.pem')];
  const wanted = ['-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=localhost'];
  execFileSync('openssl', ['req', '-x509', ...wanted, '-keyout', key, '-out', cert], { stdio: 'pipe' });
  return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
}

const inAnHour = (): string => new Date(Date.now() + 3_600_000).toISOString();
