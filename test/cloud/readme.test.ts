/**
 * What a stranger copies in the first five minutes: the lines that the start prints, and the requests of the README.
 */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCloud, type TestCloud } from './cloud.ts';
import { completed, json, type JobAnswer } from './jobs.ts';

const run = promisify(execFile);
const README = readFileSync('README.md', 'utf8');

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startCloud({ guests: 1000, seed: 1, store: 'azurite' });
});
afterAll(async () => {
  await cloud?.stop();
});

const shell = async (script: string): Promise<string> =>
  (await run('bash', ['-euc', script], { maxBuffer: 10_000_000 })).stdout;
/** The blocks of the README that are shell and begin with curl, for this cloud. */
const requests = [...README.matchAll(/```sh\n((?:curl|printf)[^`]*)```/g)].map(([, script = '']) => script);

test('the first request of the README gets the answer that it shows', async () => {
  const shown = JSON.parse(/```json\n([^`]*)```/.exec(README)?.[1] ?? '') as JobAnswer & { resets: object[] };
  const { id: _id, resets, ...rest } = shown;
  const answer = JSON.parse(
    await shell(requests[0]?.replaceAll('http://localhost:7071/api', cloud.api) ?? ''),
  ) as JobAnswer;
  expect(answer).toMatchObject({ ...rest, resets });
});

test('the second one resets the guest of its path, once for one key', async () => {
  const ask = async (): Promise<JobAnswer> =>
    JSON.parse(await shell(requests[1]?.replaceAll('http://localhost:7071/api', cloud.api) ?? '')) as JobAnswer;
  const answer = await ask();
  expect(answer).toMatchObject({
    status: 'completed',
    resets: [{ status: 'succeeded', inviteRedeemUrl: expect.stringMatching(/^https:/) }],
  });
  expect((await ask()).id).toBe(answer.id);
});

test('the third one gives a guest another address, and invites that', async () => {
  const answer = JSON.parse(
    await shell(requests[2]?.replaceAll('http://localhost:7071/api', cloud.api) ?? ''),
  ) as JobAnswer;
  const mailTo = 'hana.unger@proseware.example';
  expect(answer.resets).toMatchObject([
    { status: 'succeeded', mailTo, mailBefore: 'hana.unger@adatum.example', mailAfter: mailTo },
  ]);
  const users = (await json<{ id: string; mail: string; otherMails: string[] }[]>(`${cloud.graph}/_sim/users`)).body;
  expect(users.find(({ id }) => id === answer.resets?.[0]?.guestId)).toMatchObject({
    mail: mailTo,
    otherMails: expect.arrayContaining(['hana.unger@adatum.example']),
  });
});

test('the fourth one, with the sample CSV, is a job that ends', async () => {
  const answer = JSON.parse(
    await shell(requests[3]?.replaceAll('http://localhost:7071/api', cloud.api) ?? ''),
  ) as JobAnswer;
  expect(answer).toMatchObject({ total: 25, reason: 'fabrikam moved' });
  expect((await completed(`${cloud.api}/jobs/${answer.id}/completion`, 30)).counts).toMatchObject({
    succeeded: 20,
    failed: 5,
  });
});

test('the rehearsals tell what would happen, and send nothing', async () => {
  const before = (await json<unknown[]>(`${cloud.graph}/_sim/mails`)).body.length;
  const [sample, moved] = await Promise.all(
    requests
      .slice(4, 6)
      .map(
        async (script) =>
          JSON.parse(await shell(script.replaceAll('http://localhost:7071/api', cloud.api))) as JobAnswer,
      ),
  );
  // The guests were reset a moment ago by the lines before, and the rehearsal speaks of all of them nevertheless.
  expect(sample).toMatchObject({
    dryRun: true,
    total: 25,
    endedAt: expect.any(String),
    counts: { succeeded: 20, failed: 5, skipped: 0 },
  });
  expect(moved).toMatchObject({
    counts: { succeeded: 1 },
    summary: { wouldMail: 1, wouldAddEmail: 1 },
    resets: [{ code: 'wouldReset', would: { mail: 'microsoft', mailTo: 'maja.quinn@fabrikam-new.example' } }],
  });
  expect((await json<unknown[]>(`${cloud.graph}/_sim/mails`)).body.length).toBe(before);
});

test('the three lines that the start prints submit the sample, watch the job and get its results', async () => {
  const [ready = '', page = '', submit = '', watch = '', results = ''] = cloud.logs().split('\n');
  expect(ready).toBe(`ready ${cloud.api}`);
  expect(page).toBe(`console ${cloud.api}/console`);
  const job = JSON.parse(await shell(`${submit}\n${watch}`)) as JobAnswer;
  await completed(`${cloud.api}/jobs/${job.id}/completion`, 30);
  const csv = await shell(`JOB='${cloud.api}/jobs/${job.id}'\n${results}`);
  // The guests were reset a moment ago by the test before, or are reset now: both are ends.
  expect(parse<Record<string, string>>(csv, { columns: true, bom: true }).map((row) => row['result.status'])).toEqual(
    expect.arrayContaining(['failed']),
  );
  expect(parse<Record<string, string>>(csv, { columns: true, bom: true })).toHaveLength(25);
});

test('every file that the documents link to is there', async () => {
  const missing: string[] = [];
  for (const page of [
    'README.md',
    'docs/architecture.md',
    'docs/submitting.md',
    'docs/results.md',
    'docs/graph.md',
    'docs/settings.md',
    'docs/simulator-differences.md',
    'infra/README.md',
  ]) {
    const text = readFileSync(page, 'utf8');
    for (const [, link = ''] of text.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)) {
      const target = new URL(link, new URL(page, 'file:///repo/')).pathname.replace('/repo/', '');
      await run('test', ['-e', target]).catch(() => missing.push(`${page}: ${link}`));
    }
  }
  expect(missing).toEqual([]);
});

test('the simulated tenant shows what the README says it shows', async () => {
  for (const list of ['users', 'mails'])
    expect(Array.isArray((await json<unknown>(`${cloud.graph}/_sim/${list}`)).body)).toBe(true);
  expect((await json<{ roundTrips: number }>(`${cloud.graph}/_sim/stats`)).body.roundTrips).toBeGreaterThan(0);
});
