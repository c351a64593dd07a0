/**
 * `samples/lifecycle-workflows/`, its files themselves: set up with the requests of its README, launched by the
 * simulated Lifecycle Workflows, run as the platform would run it. What has become of the task is told by Entra's
 * side.
 */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Value } from '../../logic-apps/expression.ts';
import type { Platform } from '../../logic-apps/http-action.ts';
import { readWorkflow, startRun, type Run } from '../../logic-apps/run.ts';
import { startCloud, type TestCloud } from '../cloud.ts';
import { json, mailsByGuest } from '../jobs.ts';
import { API_AUDIENCE, azureOf, jobsBy, sendTo, type LogicApp } from './azure.ts';

const FOLDER = 'samples/lifecycle-workflows';
const FILE = readWorkflow(readFileSync(`${FOLDER}/reset-guest.json`, 'utf8'));
const LOGIC_APP: LogicApp = {
  objectId: '80000000-0000-4000-8000-000000000001',
  clientId: '80000000-0000-4000-8000-000000000002',
  roles: ['Submit'],
};
const MANAGER = '80000000-0000-4000-8000-000000000003';

interface User {
  readonly id: string;
  readonly mail: string | null;
  readonly externalUserState: string | null;
  readonly account: 'here' | 'elsewhere';
  readonly roles: readonly string[];
}
interface Callout {
  readonly logicApp: string;
  readonly body: { readonly data: { readonly taskProcessingResult: { readonly id: string } } };
}
interface Result {
  readonly id: string;
  readonly subjectId: string;
  readonly processingStatus: string;
  readonly failureReason?: string;
  readonly resumedBy?: string;
}

let cloud: TestCloud;
let administrator = '';
let workflowId = '';
let users: readonly User[] = [];
let runs = 0;
/** One for each test. */
const plain: User[] = [];
const nextGuest = (): User => plain.shift() as User;

/** One of the files of the README, with what is to be filled in. */
const filled = (name: string, values: Readonly<Record<string, string>>): string =>
  Object.entries(values).reduce(
    (text, [hole, value]) => text.replaceAll(`<${hole}>`, value),
    readFileSync(`${FOLDER}/${name}`, 'utf8'),
  );

/** A request of the README, by an administrator of Lifecycle Workflows. */
const setUp = async (path: string, body: string, token = administrator): Promise<Response> =>
  fetch(`${cloud.graph}/v1.0/identityGovernance/lifecycleWorkflows/${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body,
  });
const idOf = async (response: Response): Promise<string> => {
  expect(response.status).toBe(201);
  return ((await response.json()) as { id: string }).id;
};
const tokenOf = async (roles: readonly string[]): Promise<string> => {
  const body = JSON.stringify({ name: 'ada', roles });
  const answer = await json<{ access_token: string }>(`${cloud.graph}/_sim/administrators`, { method: 'POST', body });
  return answer.body.access_token;
};
const EXTENSION = {
  'subscription id': '11111111-1111-4111-8111-111111111111',
  'resource group': 'rg-lifecycle',
  'client id of the logic app': LOGIC_APP.clientId,
};

beforeAll(async () => {
  cloud = await startCloud({ auth: true, guests: 200 });
  users = (await json<User[]>(`${cloud.graph}/_sim/users`)).body;
  plain.push(
    ...users.filter(
      ({ account, externalUserState, roles, mail }) =>
        account === 'elsewhere' && externalUserState === 'Accepted' && roles.length === 0 && mail !== null,
    ),
  );
  administrator = await tokenOf(['Lifecycle Workflows Administrator']);
  const extension = await idOf(await setUp('customTaskExtensions', filled('custom-task-extension.json', EXTENSION)));
  workflowId = await idOf(await setUp('workflows', filled('workflow.json', { 'id of the extension': extension })));
}, 60_000);
afterAll(async () => {
  await cloud?.stop();
});

/** Entra runs the workflow for a user, and posts this to the logic app. */
async function launched(userId: string): Promise<Callout> {
  const body = filled('activate.json', { 'object id of the guest': userId });
  expect((await setUp(`workflows/${workflowId}/activate`, body)).status).toBe(204);
  const { callouts } = (await json<{ callouts: Callout[] }>(`${cloud.graph}/_sim/lifecycleWorkflows`)).body;
  return callouts.at(-1) as Callout;
}

async function run(
  callout: Callout,
  changes: Partial<Platform> & { readonly app?: Partial<LogicApp>; readonly file?: typeof FILE } = {},
): Promise<Run> {
  const { app, file = FILE, ...platform } = changes;
  const started = {
    body: callout.body as unknown as Value,
    parameters: { apiUrl: cloud.api, apiAudience: API_AUDIENCE, sendInvitationMessage: true },
    workflowName: callout.logicApp,
    runName: `0859${String(++runs).padStart(16, '0')}CU01`,
  };
  const result = await startRun(file, started, azureOf(cloud, { ...LOGIC_APP, ...app }, platform));
  if (result === 400) throw new Error('The trigger refused what Entra sends.');
  return result;
}

/** The end of the job is answered otherwise. */
const answering =
  (otherwise: (job: { readonly resets: readonly object[] }) => Promise<Response>): Platform['send'] =>
  async (request) => {
    const response = await sendTo(cloud.graph, request);
    if (!request.url.includes('/completion') || response.status !== 200) return response;
    return otherwise((await response.json()) as { readonly resets: readonly object[] });
  };

async function resultOf({ body }: Callout): Promise<Result | undefined> {
  const { results } = (await json<{ results: Result[] }>(`${cloud.graph}/_sim/lifecycleWorkflows`)).body;
  return results.find(({ id }) => id === body.data.taskProcessingResult.id);
}
const mailsTo = async ({ id }: User): Promise<number> => (await mailsByGuest(cloud.graph)).get(id) ?? 0;

async function manage(method: string, path: string): Promise<void> {
  const body = JSON.stringify({ oid: MANAGER, roles: ['Read', 'Manage'] });
  const token = await json<{ access_token: string }>(`${cloud.graph}/_sim/token`, { method: 'POST', body });
  const headers = { authorization: `Bearer ${token.body.access_token}` };
  expect((await json(`${cloud.api}${path}`, { method, headers })).status).toBe(200);
}

describe('the task', () => {
  test('is completed when the guest has been reset, by the identity that the extension names', async () => {
    const guest = nextGuest();
    const callout = await launched(guest.id);
    expect(callout.logicApp).toBe('lifecycle-reset-guest');
    expect((await resultOf(callout))?.processingStatus).toBe('inProgress');
    expect(await run(callout)).toMatchObject({ status: 'Succeeded' });
    expect(await resultOf(callout)).toMatchObject({
      subjectId: guest.id,
      processingStatus: 'completed',
      resumedBy: LOGIC_APP.clientId,
    });
    expect(await mailsTo(guest)).toBe(1);
  });

  test('is completed too where the guest was reset shortly before, and nobody is mailed twice', async () => {
    const guest = nextGuest();
    await run(await launched(guest.id));
    const again = await launched(guest.id);
    const { status, actions } = await run(again);
    expect([status, actions.get('Outcome')?.outputs]).toEqual([
      'Succeeded',
      expect.objectContaining({ operationStatus: 'Completed', code: 'resetRecently' }),
    ]);
    expect((await resultOf(again))?.processingStatus).toBe('completed');
    expect(await mailsTo(guest)).toBe(1);
  });

  test('has failed for a user who is no guest, and the run says why', async () => {
    const internal = users.find(({ account }) => account === 'here')?.id ?? '';
    const callout = await launched(internal);
    const { status, error } = await run(callout);
    expect([status, error?.code, error?.message]).toEqual([
      'Failed',
      'notExternal',
      expect.stringMatching(/^Job \w+: \S/),
    ]);
    expect((await resultOf(callout))?.processingStatus).toBe('failed');
  });

  test.each([true, false])('has failed where the identity has no role (wrapped: %s)', async (wrapsOtherJson) => {
    const guest = nextGuest();
    const callout = await launched(guest.id);
    const { error } = await run(callout, { wrapsOtherJson, app: { roles: [] } });
    expect(error?.code).toBe('missingRole');
    expect(error?.message).toContain(`setup grant ${LOGIC_APP.objectId} Submit`);
    expect([(await resultOf(callout))?.processingStatus, await mailsTo(guest)]).toEqual(['failed', 0]);
  });

  test('has failed at once while the tenant is paused; what was submitted goes out after the resume', async () => {
    const guest = nextGuest();
    const callout = await launched(guest.id);
    await manage('POST', '/pause?reason=audit');
    try {
      const { error } = await run(callout);
      expect([error?.code, error?.message]).toEqual(['jobPaused', expect.stringContaining('audit')]);
      expect([(await resultOf(callout))?.processingStatus, await mailsTo(guest)]).toEqual(['failed', 0]);
    } finally {
      await manage('POST', '/resume');
    }
    await expect.poll(() => mailsTo(guest), { timeout: 20_000 }).toBe(1);
    // Who runs the workflow again is told that it is done.
    const again = await launched(guest.id);
    expect((await run(again)).status).toBe('Succeeded');
    expect([(await resultOf(again))?.processingStatus, await mailsTo(guest)]).toEqual(['completed', 1]);
  });

  test('has failed where nobody can tell what became of the guest, and the run says to ask first', async () => {
    const callout = await launched(nextGuest().id);
    const { status, error } = await run(callout, {
      // Until the service has given up on an answer minutes pass: the end that it then tells is told at once.
      send: answering(async (job) => {
        const unknown = { status: 'unknown', code: 'outcomeUnknown', message: 'Lost.', nextStep: 'Ask the guest.' };
        return Response.json({ ...job, resets: [{ ...job.resets[0], ...unknown }] });
      }),
    });
    expect([status, error?.code, error?.message]).toEqual([
      'Failed',
      'outcomeUnknown',
      expect.stringMatching(/^Job \w+: Lost\. Ask the guest\.$/),
    ]);
    expect((await resultOf(callout))?.processingStatus).toBe('failed');
  });

  test.each([
    ['text/html', 502, 'Failed'],
    ['application/octet-stream', 502, 'Failed'],
    ['application/problem+json', 409, 'Failed'],
    ['text/html', 200, 'unexpectedAnswer'],
  ])('has failed at once where an answer in %s (%i) begins as JSON does, and is none', async (type, of, code) => {
    const guest = nextGuest();
    const callout = await launched(guest.id);
    const cutOff = new Response('{"id":"01', { status: of, headers: { 'content-type': type } });
    const { status, error } = await run(callout, { wrapsOtherJson: true, send: answering(async () => cutOff) });
    expect([status, error?.code, error?.message]).toEqual([
      'Failed',
      code,
      expect.stringContaining(`GET ${cloud.api}/guests/${guest.id}/resets`),
    ]);
    expect((await resultOf(callout))?.processingStatus).toBe('failed');
  });

  test('waits for the resume where the request says so, as the README tells', async () => {
    const waits = readFileSync(`${FOLDER}/reset-guest.json`, 'utf8').replace('resets?', 'resets?waitWhilePaused=true&');
    const callout = await launched(nextGuest().id);
    await manage('POST', '/pause');
    const azure = azureOf(cloud, LOGIC_APP);
    let polls = 0;
    const { status } = await run(callout, {
      file: readWorkflow(waits),
      wait: async (seconds) => {
        if (++polls === 3) await manage('POST', '/resume');
        await azure.wait(seconds);
      },
    });
    expect([status, polls > 2, (await resultOf(callout))?.processingStatus]).toEqual(['Succeeded', true, 'completed']);
  });

  test('has failed before Entra stops waiting, where the job takes longer; the job goes on', async () => {
    const guest = nextGuest();
    const callout = await launched(guest.id);
    await json(`${cloud.graph}/_sim/faults`, {
      method: 'POST',
      body: JSON.stringify({ kind: 'invite', match: { userId: guest.id }, status: 429, retryAfter: '7200' }),
    });
    const azure = azureOf(cloud, LOGIC_APP);
    let waited = 0;
    try {
      const { error } = await run(callout, {
        wait: (seconds) => {
          waited += seconds;
          return azure.wait(seconds);
        },
      });
      expect([error?.code, error?.message]).toEqual([
        'TimedOut',
        expect.stringContaining(`GET ${cloud.api}/guests/${guest.id}/resets`),
      ]);
      const result = await resultOf(callout);
      expect([result?.processingStatus, result?.resumedBy]).toEqual(['failed', LOGIC_APP.clientId]);
      expect(waited).toBeLessThan(3600 - 5 * 60);
    } finally {
      await manage('POST', '/resume');
    }
    await expect.poll(() => mailsTo(guest), { timeout: 20_000 }).toBe(1);
  });
});

describe('the call of Entra', () => {
  test('made twice is two runs with one key: one job, one mail, and an answer that counts once', async () => {
    const guest = nextGuest();
    const callout = await launched(guest.id);
    const jobs = await jobsBy(cloud, LOGIC_APP);
    const [first, second] = await Promise.all([run(callout), run(callout)]);
    expect(await jobsBy(cloud, LOGIC_APP)).toBe(jobs + 1);
    expect([first.status, second.status].toSorted()).toEqual(['Failed', 'Succeeded']);
    expect([(await resultOf(callout))?.processingStatus, await mailsTo(guest)]).toEqual(['completed', 1]);
  });

  test('is answered in spite of a Graph that fails at first', async () => {
    const guest = nextGuest();
    const callout = await launched(guest.id);
    await json(`${cloud.graph}/_sim/faults`, {
      method: 'POST',
      body: JSON.stringify([503, 429].map((status) => ({ kind: 'resumeTask', status }))),
    });
    expect((await run(callout)).status).toBe('Succeeded');
    expect((await resultOf(callout))?.processingStatus).toBe('completed');
  });

  test('is not answered by an application that the extension does not name: the run fails, and Entra waits', async () => {
    const guest = nextGuest();
    const callout = await launched(guest.id);
    const { status, error, actions } = await run(callout, {
      app: { clientId: '80000000-0000-4000-8000-00000000000f' },
    });
    expect([status, error, actions.get('Tell_Entra')?.outputs]).toEqual([
      'Failed',
      undefined,
      expect.objectContaining({ statusCode: 403 }),
    ]);
    expect([(await resultOf(callout))?.processingStatus, await mailsTo(guest)]).toEqual(['inProgress', 1]);
  });
});

test('what the README sets up is refused of whoever is no administrator of Lifecycle Workflows', async () => {
  const body = filled('custom-task-extension.json', EXTENSION);
  expect((await setUp('customTaskExtensions', body, await tokenOf(['User Administrator']))).status).toBe(403);
});

test('the README makes the requests that were made here, and no others', () => {
  const page = readFileSync(`${FOLDER}/README.md`, 'utf8');
  expect(page).toContain("$base = 'https://graph.microsoft.com/v1.0/identityGovernance/lifecycleWorkflows'");
  const asked = [...page.matchAll(/Send-File "?([\w$()./]+)"? (\S+\.json) @\{(.*?)\}/gs)];
  const holesOf = (text: string): string[] => [...text.matchAll(/'([\w -]+)' =/g)].map(([, hole = '']) => hole);
  expect(asked.map(([, path, file, values = '']) => [path, file, holesOf(values)])).toEqual([
    ['customTaskExtensions', 'custom-task-extension.json', Object.keys(EXTENSION)],
    ['workflows', 'workflow.json', ['id of the extension']],
    ['workflows/$($workflow.id)/activate', 'activate.json', ['object id of the guest']],
  ]);
});

test('the file calls nobody but the API and Graph', () => {
  const hosts = JSON.stringify(FILE.definition.actions).match(/https?:\/\/[^/"'@]+/g) ?? [];
  expect(new Set(hosts)).toEqual(new Set(['https://graph.microsoft.com']));
});
