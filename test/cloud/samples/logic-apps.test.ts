/** `samples/logic-apps/`, the file itself, run against the local cloud as the platform would run it. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Platform, Sent } from '../../logic-apps/http-action.ts';
import { readWorkflow, startRun, type Run } from '../../logic-apps/run.ts';
import { startCloud, type TestCloud } from '../cloud.ts';
import { json, mailsByGuest } from '../jobs.ts';
import { API_AUDIENCE, azureOf, jobsBy, sendTo } from './azure.ts';

const FILE = readWorkflow(readFileSync('samples/logic-apps/reset-guest.json', 'utf8'));
const LOGIC_APP = {
  objectId: '70000000-0000-4000-8000-000000000001',
  clientId: '70000000-0000-4000-8000-000000000002',
  roles: ['Submit'],
};
const MANAGER = '70000000-0000-4000-8000-000000000003';

interface User {
  readonly id: string;
  readonly mail: string | null;
  readonly userPrincipalName: string;
  readonly externalUserState: string | null;
  readonly userType: string;
  readonly account: 'here' | 'elsewhere';
  readonly roles: readonly string[];
}

let cloud: TestCloud;
let users: readonly User[] = [];
let runs = 0;
/** One for each test. */
const plain: User[] = [];
const nextGuest = (): User => plain.shift() as User;

beforeAll(async () => {
  cloud = await startCloud({ auth: true, guests: 200 });
  users = (await json<User[]>(`${cloud.graph}/_sim/users`)).body;
  const mails = users.map(({ mail }) => mail);
  plain.push(
    ...users.filter(
      ({ account, externalUserState, roles, mail }) =>
        account === 'elsewhere' &&
        externalUserState === 'Accepted' &&
        roles.length === 0 &&
        mails.filter((other) => other === mail).length === 1,
    ),
  );
}, 60_000);
afterAll(async () => {
  await cloud?.stop();
});

const nextRunName = (): string => `0858${String(++runs).padStart(16, '0')}CU01`;

async function run(
  guest: string,
  changes: Partial<Platform> & { readonly runName?: string; readonly roles?: readonly string[] } = {},
): Promise<Run> {
  const { runName = nextRunName(), roles = LOGIC_APP.roles, ...platform } = changes;
  const started = {
    body: { guest, sendInvitationMessage: true },
    parameters: { apiUrl: cloud.api, apiAudience: API_AUDIENCE },
    workflowName: 'reset-guest',
    runName,
  };
  const result = await startRun(FILE, started, azureOf(cloud, { ...LOGIC_APP, roles }, platform));
  if (result === 400) throw new Error('The trigger refused the body.');
  return result;
}

/** Asks the API as somebody who may see and stop everything. */
async function manage(method: string, path: string): Promise<void> {
  const body = JSON.stringify({ oid: MANAGER, roles: ['Read', 'Manage'] });
  const { access_token } = (await json<{ access_token: string }>(`${cloud.graph}/_sim/token`, { method: 'POST', body }))
    .body;
  const headers = { authorization: `Bearer ${access_token}` };
  expect((await json(`${cloud.api}${path}`, { method, headers })).status).toBe(200);
}
/** How many jobs this has submitted. */
async function jobsMade(what: () => Promise<void>): Promise<number> {
  const before = await jobsBy(cloud, LOGIC_APP);
  await what();
  return (await jobsBy(cloud, LOGIC_APP)) - before;
}
const mailsTo = async ({ id }: User): Promise<number> => (await mailsByGuest(cloud.graph)).get(id) ?? 0;
const isPoll = ({ url }: Sent): boolean => url.includes('/completion');

describe('a guest who is named in the trigger', () => {
  test.each(['id', 'mail', 'userPrincipalName'] as const)('by %s is reset and mailed once', async (by) => {
    const guest = nextGuest();
    let polls = 0;
    const { status, actions } = await run(guest[by] ?? '', {
      send: (request) => {
        if (isPoll(request)) polls++;
        return sendTo(cloud.graph, request);
      },
    });
    expect([status, polls > 0]).toEqual(['Succeeded', true]);
    expect(actions.get('Guest_was_reset')?.outputs).toMatchObject({ guestId: guest.id, mail: 'microsoft' });
    expect(await mailsTo(guest)).toBe(1);
  });

  test('is found by a name of any characters; one too long for a key is refused with the cause, and nothing is queued', async () => {
    expect((await run("o'brien+a/b?c&d=é%2F#e@fabrikam.example")).error?.code).toBe('guestNotFound');
    const made = await jobsMade(async () => {
      const { error } = await run(`${'o%brien'.repeat(30)}@fabrikam.example`);
      expect(error?.code).toBe('invalidIdempotencyKey');
    });
    expect(made).toBe(0);
  });

  test('may not be left out: the trigger refuses it, and nothing runs', async () => {
    const started = {
      parameters: { apiUrl: cloud.api, apiAudience: API_AUDIENCE },
      workflowName: 'reset-guest',
      runName: nextRunName(),
    };
    for (const body of [{}, { guest: 'a@fabrikam.example' }, { guest: '', sendInvitationMessage: true }, null])
      expect(await startRun(FILE, { ...started, body }, azureOf(cloud, LOGIC_APP))).toBe(400);
  });

  test('who is no external user, or is nobody, is refused with the cause, and nobody is converted', async () => {
    const internal = users.find(({ account, mail }) => account === 'here' && mail !== null)?.id ?? '';
    expect(await run(internal)).toMatchObject({
      status: 'Failed',
      error: { code: 'notExternal', message: expect.stringMatching(/^Job \w+: failed\. \S/) },
    });
    expect((await run('nobody@fabrikam.example')).error?.code).toBe('guestNotFound');
    const stats = (await json<{ internalConversions: number }>(`${cloud.graph}/_sim/stats`)).body;
    expect(stats.internalConversions).toBe(0);
  });

  test('whose reset may or may not have happened ends the run as failed, and says to ask first', async () => {
    const { status, error } = await run(nextGuest().id, {
      // Until the service has given up on an answer minutes pass: the end that it then tells is told at once.
      send: async (request) => {
        const response = await sendTo(cloud.graph, request);
        if (!isPoll(request) || response.status !== 200) return response;
        const job = (await response.json()) as { readonly resets: readonly object[] };
        const unknown = { status: 'unknown', code: 'outcomeUnknown', message: 'Lost.', nextStep: 'Ask the guest.' };
        return Response.json({ ...job, resets: [{ ...job.resets[0], ...unknown }] });
      },
    });
    expect([status, error?.code, error?.message]).toEqual([
      'Failed',
      'outcomeUnknown',
      expect.stringMatching(/^Job \w+: unknown\. Lost\. Ask the guest\.$/),
    ]);
  });
});

describe('the same request again', () => {
  test('after an answer that got lost is the same job, and one mail', async () => {
    const guest = nextGuest();
    let lost = 0;
    const made = await jobsMade(async () => {
      const { status } = await run(guest.id, {
        send: async (request) => {
          const response = await sendTo(cloud.graph, request);
          if (request.method === 'GET' || ++lost > 1) return response;
          await response.arrayBuffer();
          return undefined;
        },
      });
      expect(status).toBe('Succeeded');
    });
    expect([lost, made, await mailsTo(guest)]).toEqual([2, 1, 1]);
  });

  test('of one run is the same job; of another run it is skipped, which is as good', async () => {
    const guest = nextGuest();
    const runName = nextRunName();
    const [first, again, other] = [
      await run(guest.id, { runName }),
      await run(guest.id, { runName }),
      await run(guest.id),
    ];
    expect([first.status, again.status, other.status]).toEqual(['Succeeded', 'Succeeded', 'Succeeded']);
    expect(again.actions.get('Guest_was_reset')?.outputs).toEqual(first.actions.get('Guest_was_reset')?.outputs);
    expect(other.actions.get('Guest_was_reset_before')?.outputs).toMatchObject({
      guestId: guest.id,
      message: expect.stringMatching(/\S/),
    });
    expect(await mailsTo(guest)).toBe(1);
  });

  test('is made by the platform after 429 and 503, as long as they ask', async () => {
    const guest = nextGuest();
    const before = [429, 503];
    const waited: number[] = [];
    const azure = azureOf(cloud, LOGIC_APP);
    const { status } = await run(guest.id, {
      send: async (request) => {
        const refusal = isPoll(request) ? undefined : before.shift();
        return refusal === undefined
          ? sendTo(cloud.graph, request)
          : new Response(null, { status: refusal, headers: { 'retry-after': '17' } });
      },
      wait: (seconds) => {
        waited.push(seconds);
        return azure.wait(seconds);
      },
    });
    expect([status, waited.slice(0, 2), await mailsTo(guest)]).toEqual(['Succeeded', [17, 17], 1]);
  });

  test('is not made by the platform when it polls: the run fails, the job goes on, and the same run finds it', async () => {
    const guest = nextGuest();
    const runName = nextRunName();
    const failed = await run(guest.id, {
      runName,
      send: async (request) => (isPoll(request) ? new Response(null, { status: 503 }) : sendTo(cloud.graph, request)),
    });
    expect(failed).toMatchObject({ status: 'Failed', error: { code: 'HTTP503' } });
    expect((await run(guest.id, { runName })).status).toBe('Succeeded');
    expect(await mailsTo(guest)).toBe(1);
  });
});

describe('a refusal is read, in whichever form the platform keeps its body', () => {
  describe.each([true, false])('wrapped: %s', (wrapsOtherJson) => {
    test('of whoever has no role, with the command that grants it, and nothing is queued', async () => {
      const guest = nextGuest();
      let error: Run['error'];
      const made = await jobsMade(async () => void ({ error } = await run(guest.id, { roles: [], wrapsOtherJson })));
      expect(error).toMatchObject({
        code: 'missingRole',
        message: expect.stringContaining(`npm run -s guest-reset -- setup grant ${LOGIC_APP.objectId} Submit`),
      });
      expect(made).toBe(0);
    });
    test('of what names nobody', async () => {
      const { error } = await run('nobody at all', { wrapsOtherJson });
      expect(error?.code).toBe('invalidSubmission');
      expect(error?.message).toContain('"code":"invalidUser"');
      expect(error?.message).toMatch(/ \S+\/api\/problems\/invalidSubmission$/);
    });
    test('of a token that does not hold, which the API never sees', async () => {
      const { error } = await run(nextGuest().id, {
        wrapsOtherJson,
        tokenFor: async () => 'x',
        // Under another name: this answer is none of the API's, and not compared with what the API promises.
        send: ({ url, ...sent }) => sendTo(cloud.graph, { url: url.replace('//localhost', '//127.0.0.1'), ...sent }),
      });
      expect(error?.code).toBe('HTTP401');
    });
    test('and one that begins as JSON does, and is none', async () => {
      const { error } = await run(nextGuest().id, {
        wrapsOtherJson,
        send: async () => new Response('{"id":', { status: 400, headers: { 'content-type': 'text/html' } }),
      });
      expect(error?.code).toBe('HTTP400');
    });
    test('and none at all', async () => {
      const { error } = await run(nextGuest().id, { wrapsOtherJson, send: async () => undefined });
      expect(error?.code).toBe('HTTPNone');
    });
  });
});

test('while the tenant is paused the run ends at once and says so; a resume sends what it has submitted', async () => {
  const guest = nextGuest();
  const runName = nextRunName();
  const made = await jobsMade(async () => {
    await manage('POST', '/pause?reason=audit');
    try {
      const { status, error } = await run(guest.id, { runName });
      expect([status, error?.code]).toEqual(['Failed', 'jobPaused']);
      expect(error?.message).toContain('audit');
      expect(await mailsTo(guest)).toBe(0);
    } finally {
      await manage('POST', '/resume');
    }
    expect((await run(guest.id, { runName })).status).toBe('Succeeded');
  });
  expect([made, await mailsTo(guest)]).toEqual([1, 1]);
});

test('a job that outlasts the waiting goes on, and the message says where to look', async () => {
  const guest = nextGuest();
  const runName = nextRunName();
  await json(`${cloud.graph}/_sim/faults`, {
    method: 'POST',
    body: JSON.stringify({ kind: 'invite', status: 429, retryAfter: '7200' }),
  });
  const made = await jobsMade(async () => {
    try {
      const { status, error } = await run(guest.id, { runName });
      expect([status, error?.code]).toEqual(['Failed', 'stillRunning']);
      expect(error?.message).toContain(`${cloud.api}/guests/${guest.id}/resets`);
      expect(await mailsTo(guest)).toBe(0);
    } finally {
      await manage('POST', '/resume');
    }
    expect((await run(guest.id, { runName })).status).toBe('Succeeded');
  });
  expect([made, await mailsTo(guest)]).toEqual([1, 1]);
});
