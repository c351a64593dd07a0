/**
 * `samples/github-actions/nightly-reset.yml`, night after night, against the local cloud: its steps in bash, as GitHub
 * runs them. Nothing here has seen GitHub or its sign-in.
 */
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PYTHON, SLOW_MS, startSampleCloud, type List, type SampleCloud } from './sample-cloud.ts';
import { evaluate, readWorkflow, runWorkflow, type Run, type RunEnded, type Workflow } from './workflow.ts';

const FILE = 'samples/github-actions/nightly-reset.yml';
const STEPS = ['actions/checkout', 'azure/login', 'Rehearse', 'Reset', 'actions/upload-artifact'];
if (PYTHON === undefined)
  console.warn('The sample for GitHub Actions is not run: there is no python3 of 3.9 or newer.');
const workflow = readWorkflow(FILE);

test('the workflow may read the repository and prove who it is, and knows no secret', () => {
  const text = readFileSync(FILE, 'utf8');
  expect(workflow.permissions).toEqual({ contents: 'read', 'id-token': 'write' });
  expect(text).not.toMatch(/secrets\.|pull_request/);
  for (const [, action] of text.matchAll(/uses: (.*)/g)) {
    expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  }
  // An expression in a script would be run as part of it.
  for (const { steps } of Object.values(workflow.jobs))
    for (const step of steps) expect('run' in step ? step.run : '').not.toContain('${{');
});

test('one night at a time: a run waits for the one before, and none is cut off', () => {
  expect(workflow.concurrency).toEqual({ group: 'nightly-reset', 'cancel-in-progress': false });
});

test('the runner of these tests refuses an expression that it does not know', () => {
  expect(evaluate('a ${{ vars.B }} c', { 'vars.B': 'b' })).toBe('a b c');
  expect(() => evaluate('${{ github.event.issue.title }}', {})).toThrow('github.event.issue.title is not known');
});

describe.skipIf(PYTHON === undefined).each([
  ['where nobody signs in', false],
  ['where callers sign in', true],
])('%s', { timeout: SLOW_MS }, (_name, signedIn) => {
  let cloud: SampleCloud;
  let nights = 0;
  beforeAll(async () => {
    cloud = await startSampleCloud(signedIn);
  });
  afterAll(async () => {
    await cloud[Symbol.asyncDispose]();
  });

  /** A repository with this list, and what is to be said of its runs. */
  function repository(
    csv: string,
    limits: Readonly<Record<string, string>> = {},
  ): (attempt: number) => Promise<RunEnded & { kept: string[] }> {
    const runId = `90000${++nights}`;
    const workspace = join(cloud.folder, runId);
    mkdirSync(workspace);
    copyFileSync('samples/python/reset_guests.py', join(workspace, 'reset_guests.py'));
    writeFileSync(join(workspace, 'guests.csv'), csv);
    const vars = {
      AZURE_CLIENT_ID: 'of-the-workflow',
      AZURE_TENANT_ID: 'of-the-tenant',
      GUEST_RESET_URL: cloud.api,
      GUEST_RESET_CLIENT_ID: cloud.clientId,
    };
    const jobs = Object.entries(workflow.jobs).map(([id, job]) => [id, { ...job, env: { ...job.env, ...limits } }]);
    const limited: Workflow = { ...workflow, jobs: Object.fromEntries(jobs) };
    return async (attempt) => {
      const token = await cloud.token(['Submit'], { idtyp: 'app' });
      cloud.azSays();
      const kept: string[] = [];
      const actions: Run['actions'] = {
        'actions/checkout': (inputs) => expect(inputs).toEqual({ 'persist-credentials': 'false' }),
        'azure/login': (inputs) => {
          expect(inputs).toEqual({
            'client-id': vars.AZURE_CLIENT_ID,
            'tenant-id': vars.AZURE_TENANT_ID,
            'allow-no-subscriptions': 'true',
          });
          cloud.azSays(token);
        },
        'actions/upload-artifact': ({ name, path = '' }) => {
          expect(name).toBe(`results-${attempt}`);
          kept.push(...path.split('\n').filter((each) => each !== '' && existsSync(join(workspace, each))));
        },
      };
      return { ...(await runWorkflow(cloud, limited, { workspace, runId, attempt, vars, actions })), kept };
    };
  }
  const csvOf = ({ file }: List): string => readFileSync(file, 'utf8');

  test('a night resets everybody of the list once, and keeps the results', async () => {
    const list = cloud.list(3);
    const night = await repository(csvOf(list))(1);
    expect(night).toMatchObject({ succeeded: true, steps: STEPS, kept: ['rehearsal.csv', 'results.csv'] });
    expect(await cloud.mailsTo(list.ids)).toEqual([1, 1, 1]);
    expect(night.summary).toMatch(/rehearsal, completed.*wouldMail \| 3 .*resets: completed.*mailed \| 3 /s);
    expect(await cloud.jobsOf(list.ids)).toMatchObject([
      { status: 'completed', reason: 'nightly-reset of contoso/guests' },
    ]);
  });

  test('a run that is run again finds its job, and mails nobody twice', async () => {
    const list = cloud.list(2);
    const attempt = repository(csvOf(list));
    // The service took the list, and the step failed.
    void cloud.strike('submit', { when: 'after', what: 403 });
    expect(await attempt(1)).toMatchObject({ succeeded: false, steps: STEPS, kept: ['rehearsal.csv'] });
    expect(await attempt(2)).toMatchObject({ succeeded: true, steps: STEPS });
    expect(await attempt(3)).toMatchObject({ succeeded: true, steps: STEPS });
    expect(await cloud.jobsOf(list.ids)).toHaveLength(1);
    expect(await cloud.mailsTo(list.ids)).toEqual([1, 1]);
  });

  test.runIf(signedIn)('a paused tenant ends the run, and the same run goes on after the resume', async () => {
    const list = cloud.list(1);
    const attempt = repository(csvOf(list));
    await cloud.ask('POST', '/pause?reason=an+incident');
    try {
      const night = await attempt(1);
      expect(night).toMatchObject({ succeeded: false, steps: STEPS });
      expect(night.ended.at(-1)).toMatchObject({ code: 5, stderr: expect.stringContaining('an incident') });
      expect(await cloud.mailsTo(list.ids)).toEqual([0]);
    } finally {
      await cloud.ask('POST', '/resume');
    }
    expect((await attempt(2)).succeeded).toBe(true);
    expect(await cloud.jobsOf(list.ids)).toHaveLength(1);
    expect(await cloud.mailsTo(list.ids)).toEqual([1]);
  });

  test.runIf(signedIn)('a rehearsal in which too many would fail stops the night, and tells why', async () => {
    const list = cloud.list(1);
    const nobody = Array.from({ length: 6 }, (_each, index) => `nobody${index}@northwind.example,true\n`).join('');
    const night = await repository(csvOf(list) + nobody)(1);
    expect(night).toMatchObject({ succeeded: false, steps: STEPS.filter((step) => step !== 'Reset') });
    expect(night.kept).toEqual(['rehearsal.csv']);
    expect(night.summary).toContain('| failed | `guestNotFound` | 6 | 2, 3, 4, 5, 6, 7 |');
    expect(night.summary).not.toContain('@');
    expect(await cloud.mailsTo(list.ids)).toEqual([0]);
    expect(await cloud.jobsOf(list.ids)).toEqual([]);
  });

  test.runIf(signedIn)('some who fail, no more than the limit, are no failure of the night', async () => {
    const list = cloud.list(2);
    const night = await repository(`${csvOf(list)}nobody@northwind.example,true\n`, { MOST_FAILED: '1' })(1);
    expect(night).toMatchObject({ succeeded: true, steps: STEPS });
    expect(night.summary).toMatch(/resets: completedWithErrors.*guestNotFound/s);
    expect(await cloud.mailsTo(list.ids)).toEqual([1, 1]);
  });

  test.runIf(signedIn)('more who fail than the rehearsal saw fail the night', async () => {
    const list = cloud.list(2);
    const [first = ''] = list.ids;
    // Twice, as a mail in the guest's language is tried once more without it.
    const fault = { kind: 'invite', match: { userId: first }, status: 400, code: 'BadRequest', times: 2 };
    await fetch(`${cloud.graph}/_sim/faults`, { method: 'POST', body: JSON.stringify(fault) });
    const night = await repository(csvOf(list), { MOST_FAILED: '0' })(1);
    expect(night).toMatchObject({ succeeded: false, steps: STEPS, kept: ['rehearsal.csv', 'results.csv'] });
    expect(night.ended.at(-1)?.code).toBe(4);
    expect(await cloud.mailsTo(list.ids)).toEqual([0, 1]);
  });

  test.runIf(signedIn)('a list that is longer than any night stops it, too', async () => {
    const night = await repository(csvOf(cloud.list(3)), { MOST_GUESTS: '2' })(1);
    expect(night.steps).not.toContain('Reset');
    expect(night.ended.at(-1)?.stderr).toContain('3 guests are more than the 2 of --max-guests');
  });

  test.runIf(signedIn)('a second run with the same list within the hour submits nothing', async () => {
    const list = cloud.list(21);
    expect((await repository(csvOf(list))(1)).succeeded).toBe(true);
    const second = await repository(csvOf(list))(1);
    expect(second).toMatchObject({ succeeded: false, steps: STEPS });
    expect(second.ended.at(-1)).toMatchObject({ code: 6, stderr: expect.stringContaining('within the hour') });
    expect(await cloud.jobsOf(list.ids)).toHaveLength(1);
  });

  test.runIf(signedIn)('a night without guests is a good one', async () => {
    expect(await repository('user,sendInvitationMessage\n')(1)).toMatchObject({
      succeeded: true,
      steps: STEPS,
      kept: [],
    });
  });

  test.runIf(signedIn)('rows that are wrong are named, and nothing is sent', async () => {
    const list = cloud.list(1);
    const night = await repository(`${csvOf(list)}nobody,maybe\n`)(1);
    expect(night.steps).not.toContain('Reset');
    expect(night.ended.at(-1)).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('row 2, line 3, field user:'),
    });
    expect(await cloud.mailsTo(list.ids)).toEqual([0]);
  });
});
