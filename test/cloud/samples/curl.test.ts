/**
 * Every command of `samples/curl/README.md`, from the first to the last, in one POSIX shell; and what it says of curl's
 * options, under answers that go wrong.
 */
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { shellOf, SLOW_MS, startSampleCloud, type Job, type SampleCloud } from './sample-cloud.ts';

const PAGE = 'samples/curl/README.md';
/** Between what one block prints and the next. */
const SEPARATOR = '\u001E';
const QUENTIN = 'quentin.quinn@personal.example';

describe.each([
  ['where nobody signs in', false],
  ['where callers sign in', true],
])('%s', { timeout: SLOW_MS }, (_name, signedIn) => {
  let cloud: SampleCloud;
  beforeAll(async () => {
    cloud = await startSampleCloud(signedIn);
  });
  afterAll(async () => {
    await cloud[Symbol.asyncDispose]();
  });

  /** What each of these blocks prints, run one after another in one shell. */
  async function printed(blocks: readonly string[]): Promise<string[]> {
    const script = blocks.join(`\nprintf '${SEPARATOR}'\n`);
    const ended = await cloud.run('sh', ['-euc', script], { API_CLIENT_ID: cloud.clientId });
    if (ended.code !== 0) throw new Error(`The shell ended with ${ended.code}: ${ended.stderr}`);
    return ended.stdout.split(SEPARATOR);
  }
  const lines = <T>(text: string): T[] =>
    text
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as T);
  test('the page does what it says, command by command', async () => {
    const blocks = shellOf(PAGE, cloud);
    const titles = 'options token one rehearsal key list paused rest results retry later stop tenant end'.split(' ');
    expect(blocks).toHaveLength(titles.length);
    const texts = await printed(blocks);
    const says = (title: string): string => texts[titles.indexOf(title)] ?? '';

    const [one] = lines<Job>(says('one'));
    expect(one).toMatchObject({ status: 'completed', counts: { succeeded: 1 } });
    expect(lines<Job>(says('rehearsal'))).toMatchObject([{ dryRun: true, counts: { succeeded: 20, failed: 5 } }]);
    expect(says('list')).toBe('202\n');
    expect(says('paused')).toBe('exit code 5\n');
    const [first, resumed, ended] = lines<{ value: { row: number }[] } & Job>(says('rest'));
    expect(first?.value.map(({ row }) => row)).toEqual([1, 2, 3, 4, 5]);
    expect([resumed?.total, ended?.total, ended?.status]).toEqual([25, 25, 'completedWithErrors']);
    const [job, unknownGuest, sharedMail, history] = lines<Job & { code?: string; value?: object[] }>(says('results'));
    expect(job).toMatchObject({ status: 'completedWithErrors', counts: { succeeded: 20, failed: 5 } });
    expect(new Set([unknownGuest?.code, sharedMail?.code])).toEqual(new Set(['guestAmbiguous', 'guestNotFound']));
    expect(history?.value).toMatchObject([{ jobId: one?.id, status: 'succeeded' }]);
    const rows = parse<object>(readFileSync(join(cloud.folder, 'results.csv')), { columns: true, bom: true });
    expect(rows).toHaveLength(25);
    expect(statSync(join(cloud.folder, 'results.csv')).mode & 0o077).toBe(0);
    expect(lines<Job>(says('retry'))).toMatchObject([{ retryOf: job?.id, counts: { failed: 1 } }]);
    expect(lines<Job>(says('stop'))).toMatchObject([
      { status: 'paused', pausedReason: { code: 'pausedByHand' } },
      { status: 'queued' },
      { canceled: {} },
    ]);
    expect(lines<object>(says('tenant'))).toMatchObject([{}, {}]);
    expect(existsSync(join(cloud.folder, 'job.json'))).toBe(false);

    const users = (await (await fetch(`${cloud.graph}/_sim/users`)).json()) as { id: string; mail: string | null }[];
    const idOf = (mail: string): string => users.find((user) => user.mail === mail)?.id ?? '';
    // Liam is in the list, and the job for later was canceled.
    expect(await cloud.mailsTo([idOf(QUENTIN), idOf('liam.varga@litware.example')])).toEqual([1, 1]);
    expect(cloud.azCalls()).toHaveLength(1);
  });

  test.runIf(signedIn)(
    'a submission whose answer is lost, or refused for a while, is one job and one mail',
    async () => {
      const { file, ids } = cloud.list(2);
      const [options = '', token = '', , , key = '', list = ''] = shellOf(PAGE, cloud);
      const submit = list.replace('samples/guests.csv', file).replace('&pauseAfter=5', '');
      const asked = [
        cloud.strike('submit', { when: 'before', what: 503, retryAfter: 3 }),
        cloud.strike('submit', { when: 'after', what: 'drop' }),
      ];
      void cloud.strike('completion', { when: 'after', what: 'drop' });
      const began = performance.now();
      const wait = `samples/curl/wait.sh "$completion"`;
      const [, , , status, ended] = await printed([options, token, key, submit, wait]);
      expect(status).toBe('202\n');
      expect(performance.now() - began).toBeGreaterThan(3_000);
      expect(lines<Job>(ended ?? '')).toMatchObject([{ status: 'completed', counts: { succeeded: 2 } }]);
      const [refused, lost] = await Promise.all(asked);
      expect(refused?.['idempotency-key']).toMatch(/^fabrikam-/);
      expect(lost).toMatchObject({
        'idempotency-key': refused?.['idempotency-key'],
        'transfer-encoding': 'chunked',
      });
      expect(await cloud.jobsOf(ids)).toHaveLength(1);
      expect(await cloud.mailsTo(ids)).toEqual([1, 1]);
    },
  );

  test.runIf(signedIn)('a refusal is told once, and not repeated', async () => {
    const [options = '', token = '', , , key = '', list = ''] = shellOf(PAGE, cloud);
    const began = performance.now();
    const submit = list.replace('pauseAfter=5', 'pauseAfter=0');
    const [, , , status, why] = await printed([options, token, key, submit, 'cat job.json']);
    expect(status).toBe('400\n');
    expect(lines<object>(why ?? '')).toMatchObject([{ code: 'invalidOption', errors: [{ field: 'pauseAfter' }] }]);
    expect(performance.now() - began).toBeLessThan(20_000);
  });

  test.runIf(signedIn)('waiting without an answer ends with 1, whatever the exit code of curl says', async () => {
    const options = join(cloud.folder, 'no-answer.config');
    // Curl ends with 5, which here would say that the job is paused.
    writeFileSync(options, 'silent\nshow-error\nproxy = "nobody.invalid:1"\n');
    const ended = await cloud.run('samples/curl/wait.sh', ['http://resets.invalid'], { GUEST_RESET_CURL: options });
    expect(ended).toEqual({ code: 1, stdout: '', stderr: expect.stringMatching(/^curl: \(5\) .*\n$/) });
  });

  test.runIf(signedIn)('waiting for a job that is nobody’s to see ends with 1, and says so', async () => {
    const [options = '', token = ''] = shellOf(PAGE, cloud);
    const completion = `${cloud.api}/jobs/00000000000000000000000000/completion`;
    const wait = `samples/curl/wait.sh ${completion} 2>&1 || echo "exit code $?"`;
    const [, , said = ''] = await printed([options, token, wait]);
    expect(said).toMatch(/"code":"jobNotFound".*\}\nexit code 1\n$/s);
  });
});
