/** The doctor looks from outside: as a stranger, and with a token. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ArmAnswer } from '../../../cli/azure/arm.ts';
import { ask, type Ask } from '../../../cli/doctor/ask.ts';
import { examine, type Patient } from '../../../cli/doctor/doctor.ts';
import type { Finding } from '../../../cli/doctor/finding.ts';
import type { TokenForApp } from '../../../cli/doctor/signed-in.ts';
import { listen, stop } from '../../../local/graph/http.ts';
import { CLOUDS } from '../../../shared/clouds.ts';
import { CLIENT_ID, DESCRIPTION, startDeployedApp, TENANT_ID, TOKEN, type DeployedApp } from './deployed-app.ts';

const HAS_OPENSSL = spawnSync('openssl', ['version']).status === 0;
const NO_ENTRA = { checkEntra: async () => [] };
const PATIENT: Patient = {
  names: { app: 'guest-reset-1' },
  place: { subscriptionId: 'SUB', resourceGroup: 'rg-1' },
  cloud: CLOUDS.Global,
  tenantId: TENANT_ID,
  apiClientId: CLIENT_ID,
};

let app: DeployedApp;
beforeEach(async () => {
  app = await startDeployedApp();
});
afterEach(() => app.stop());

async function look(
  patient: Partial<Patient> = {},
  token: TokenForApp = { token: TOKEN },
  asking: Ask = ask,
): Promise<Finding[]> {
  const findings = await examine(
    { ...PATIENT, url: `${app.url}/api`, ...patient },
    { ask: asking, tokenFor: async () => token, arm: async () => ({ reason: 'not here' }), checkEntra: async () => [] },
  );
  return findings.filter(({ layer }) => layer !== 'azure');
}
const amiss = async (...args: Parameters<typeof look>): Promise<Finding[]> =>
  (await look(...args)).filter(({ state }) => state !== 'right');

test('where all is as it must be nothing is wrong, and nothing was written', async () => {
  const findings = await look();
  expect(findings.filter(({ state }) => state !== 'right')).toEqual([]);
  expect(findings.map(({ code }) => code)).toEqual(
    expect.arrayContaining([
      'health',
      'described',
      'closed',
      'forgeryRefused',
      'headerIgnored',
      'checkPassed',
      'rehearsed',
    ]),
  );
  expect(app.asked.filter((line) => !line.startsWith('GET '))).toEqual(['POST /api/jobs?dryRun=true']);
});

test('a service that somebody has paused is right', async () => {
  app.says('GET /api/health', { status: 200, body: { status: 'paused' } });
  expect(await amiss()).toEqual([]);
});

describe('who is at the address:', () => {
  test.for([
    [
      'appStopped',
      403,
      '<h1>Error 403 - This web app is stopped.</h1>',
      /^az functionapp start .*rg-1 .*guest-reset-1$/,
      false,
    ],
    ['accessRestricted', 403, 'Ip Forbidden', /access-restriction show/, false],
    ['notStarted', 503, 'Service Unavailable', /--wait.*FunctionAppLogs/s, true],
    ['notStarted', 502, '', /--wait/, true],
    ['notDeployed', 404, '', /azd deploy/, true],
    ['healthNotOpen', 401, '', /excludedPaths/, false],
    ['redirects', 302, '', /API_URL/, false],
    ['someoneElse', 200, '<html>Welcome</html>', /API_URL/, false],
    ['unhealthy', 503, '{"status":"unhealthy"}', /--wait.*diagnostics/s, true],
    ['healthTellsMore', 200, '{"status":"healthy","checks":[]}', /azd deploy/, false],
  ] as const)('%s where health is answered %i', async ([code, status, body, toDo, mayPass]) => {
    app.says('GET /api/health', { status, body });
    const [found, ...others] = await amiss();
    expect(others).toEqual([]);
    expect(found).toMatchObject({ state: 'wrong', code, toDo: expect.stringMatching(toDo) });
    expect(found?.mayPass === true).toBe(mayPass);
  });

  test('nobody: there is no such host', async () => {
    const [found, ...others] = await amiss({ url: 'https://no-such-name.invalid/api' });
    expect(others).toEqual([]);
    expect(found).toMatchObject({ state: 'wrong', code: 'noSuchHost', mayPass: true });
    expect(found?.says).toContain('no-such-name.invalid');
  });

  test('nobody: the connection is refused', async () => {
    await app.stop();
    expect(await amiss()).toMatchObject([{ state: 'wrong', code: 'noConnection', mayPass: true }]);
    app = await startDeployedApp();
  });

  test.skipIf(!HAS_OPENSSL)('somebody whose certificate proves nothing, who then gets nothing from us', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'certificate-'));
    const file = (name: string): string => join(directory, name);
    execFileSync(
      'openssl',
      [
        'req',
        '-x509',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:P-256',
        '-nodes',
        '-days',
        '2',
        '-subj',
        '/CN=elsewhere.example',
        '-keyout',
        file('key'),
        '-out',
        file('certificate'),
      ],
      { stdio: 'ignore' },
    );
    const asked: string[] = [];
    const server = createServer(
      { key: readFileSync(file('key')), cert: readFileSync(file('certificate')) },
      (request, response) => {
        asked.push(request.url ?? '');
        response.end('{"status":"healthy"}');
      },
    );
    const port = await listen(server, 0);
    const found = await amiss({ url: `https://localhost:${port}/api` });
    await stop(server);
    rmSync(directory, { recursive: true });
    expect(found).toMatchObject([{ state: 'wrong', code: 'certificateWrong' }]);
    expect(asked).toEqual([]);
  });
});

describe('the doors:', () => {
  const FORGED_RESULT = { status: 200, body: { jobs: [] } };
  test.for([
    ['GET /api/jobs', { status: 200, body: [] }, ['openToEverybody', 'forgeryBelieved']],
    ['GET /api/jobs', { status: 401, body: { code: 'notSignedIn' } }, ['platformLetsThrough']],
    ['GET /api/diagnostics', { status: 302 }, ['not401', 'not401']],
    ['GET /api/jobs forged', FORGED_RESULT, ['forgeryBelieved']],
    ['GET /api/jobs forged', { status: 403, body: { code: 'forbidden' } }, ['forgeryBelieved']],
    ['GET /api/diagnostics forged', FORGED_RESULT, ['forgeryBelieved']],
    ['GET /api/health forged', { status: 200, body: { status: 'healthy', checks: [] } }, ['headerRead']],
    ['GET /api/health/x forged', { status: 200, body: {} }, ['headerRead']],
    ['GET /api/health/details forged', { status: 200, body: { checks: [] } }, ['headerRead']],
    ['GET /api/openapi.json forged', { status: 200, body: { more: true } }, ['headerRead']],
  ] as const)('%s is answered %o', async ([request, said, codes]) => {
    app.says(request, said);
    // Who has a token is another matter.
    for (const name of ['GET /api/jobs', 'GET /api/diagnostics'])
      app.says(`${name} signed`, { status: 200, body: { status: 'healthy', checks: [] } });
    const found = await amiss();
    expect(found.map(({ code }) => code)).toEqual(codes);
    for (const { state, toDo } of found) expect([state, toDo]).toEqual(['wrong', expect.stringMatching(/az/)]);
  });

  test('below an open path may be closed or unknown: either is the same for everybody', async () => {
    app.says('GET /api/health/x', { status: 401 });
    expect(await amiss()).toEqual([]);
  });

  test.for([
    [301, 'https://app.example/api/health', 'httpsOnly'],
    [307, 'https://app.example/api/health', 'httpsOnly'],
    [200, '', 'notEncrypted'],
    [302, 'http://elsewhere.example/', 'notEncrypted'],
  ] as const)('without encryption, where http is answered %i %s: %s', async ([status, location, code]) => {
    const asking: Ask = async (url, question) =>
      url.startsWith('http:')
        ? { kind: 'answered', status, headers: new Headers({ location }), text: '' }
        : ask(url.replace('https://app.example', app.url), question);
    const found = await look({ url: 'https://app.example/api' }, { token: TOKEN }, asking);
    expect(found.find(({ about }) => about === 'http without encryption')).toMatchObject({ code });
  });
});

describe('the console', () => {
  test.for([
    ['consoleNotOpen', 'GET /api/console', { status: 401 }, /excludedPaths/, false],
    ['consoleNotOpen', 'GET /api/console/jobs', { status: 401 }, /excludedPaths/, false],
    ['consoleNotOpen', 'GET /api/console/config.json', { status: 401 }, /excludedPaths/, false],
    ['noConsole', 'GET /api/console', { status: 404 }, /azd deploy/, false],
    ['notStarted', 'GET /api/console', { status: 503 }, /--wait/, true],
    ['consolePolicy', 'GET /api/console', { status: 200, body: '<!doctype html>' }, /gateway/, false],
    ['consoleSignIn', 'GET /api/console/config.json', { status: 200, body: { signIn: 'none' } }, /provision/, false],
  ] as const)('%s where %s is answered otherwise', async ([code, request, said, toDo, mayPass]) => {
    app.says(request, said);
    const [found, ...others] = await amiss();
    expect(others).toEqual([]);
    expect(found).toMatchObject({ state: 'wrong', code, toDo: expect.stringMatching(toDo) });
    expect(found?.mayPass === true).toBe(mayPass);
  });
});

describe('the sign-in that is described', () => {
  test.for([
    ['otherTenant', { tenantId: '44444444-4444-4444-8444-444444444444' }],
    ['otherClient', { apiClientId: '44444444-4444-4444-8444-444444444444' }],
  ] as const)('is another: %s', async ([code, patient]) => {
    expect(await amiss(patient)).toMatchObject([{ state: 'wrong', code }]);
  });
  test('is nobody, where the setting is missing', async () => {
    app.says('GET /api/openapi.json', {
      status: 200,
      body: JSON.stringify(DESCRIPTION).replaceAll(CLIENT_ID, '00000000-0000-0000-0000-000000000000'),
    });
    expect(await amiss()).toMatchObject([{ state: 'wrong', code: 'clientIdMissing' }]);
  });
  test('is not there', async () => {
    app.says('GET /api/openapi.json', { status: 503, body: { code: 'notConfigured' } });
    expect(await amiss()).toMatchObject([{ state: 'wrong', code: 'notDescribed', mayPass: true }]);
  });
});

describe('with a token', () => {
  test('each check is told by itself', async () => {
    const checks = [
      { name: 'tables', ok: false, problem: 'RestError: 403 AuthorizationPermissionMismatch' },
      { name: 'deadLetters', ok: true, note: 'dispatch has 2.' },
      { name: 'graph', ok: true },
    ];
    app.says('GET /api/diagnostics signed', { status: 200, body: { status: 'unhealthy', checks } });
    expect((await look()).filter(({ about }) => about.startsWith('check '))).toMatchObject([
      { state: 'wrong', about: 'check tables', says: checks[0]?.problem, toDo: expect.stringContaining('--wait') },
      { state: 'note', about: 'check deadLetters', says: 'dispatch has 2.' },
      { state: 'right', about: 'check graph' },
    ]);
  });
  test.for([
    ['GET /api/diagnostics signed', { status: 401 }, 'tokenRefused', 'wrong'],
    ['GET /api/diagnostics signed', { status: 403, body: 'You do not have permission' }, 'clientNotAllowed', 'wrong'],
    ['GET /api/diagnostics signed', { status: 403, body: { code: 'forbidden' } }, 'noRole', 'unchecked'],
    ['POST /api/jobs signed', { status: 403, body: { code: 'forbidden' } }, 'noRole', 'unchecked'],
    ['POST /api/jobs signed', { status: 202, body: {} }, 'notRehearsed', 'wrong'],
    ['POST /api/jobs signed', { status: 500, body: {} }, 'failed', 'wrong'],
  ] as const)('%s is answered %o', async ([request, said, code, state]) => {
    app.says(request, said);
    expect(await amiss()).toMatchObject([{ code, state, toDo: expect.stringMatching(/./) }]);
  });
  test('that nobody gives, the reason and the way to one are told', async () => {
    expect(await amiss({}, { reason: 'AADSTS50105: not assigned to a role' })).toMatchObject([
      { state: 'unchecked', code: 'noToken', toDo: expect.stringContaining('setup grant') },
    ]);
  });
  test('none is asked for the app registration that only the address itself names', async () => {
    const { apiClientId: _, ...nobodySaid } = PATIENT;
    const scopes: string[] = [];
    const findings = await examine(
      { ...nobodySaid, url: app.url },
      {
        ask,
        tokenFor: async (scope) => {
          scopes.push(scope);
          return { token: TOKEN };
        },
        arm: async () => ({ reason: 'not here' }),
        checkEntra: async () => [],
      },
    );
    expect(scopes).toEqual([]);
    expect(findings).toContainEqual(expect.objectContaining({ code: 'clientUnknown', state: 'unchecked' }));
  });
});

test('what Azure answers in a form that nobody expects spoils no other layer', async () => {
  const odd = async (): Promise<ArmAnswer<readonly unknown[]>> => ({ kind: 'found', value: [{ odd: true }] });
  const findings = await examine(
    { ...PATIENT, url: app.url },
    {
      ask,
      tokenFor: async () => ({ token: TOKEN }),
      arm: async () => ({ get: odd, reveal: odd, list: odd }),
      ...NO_ENTRA,
    },
  );
  expect(findings.filter(({ state }) => state !== 'right')).toMatchObject([{ layer: 'azure', code: 'notUnderstood' }]);
});

test('what nobody has said is skipped with a line that says why, and what nobody has signed in for is wrong', async () => {
  const { place: _, ...nowhere } = PATIENT;
  const instruments = {
    ask,
    tokenFor: async () => ({ reason: 'no' }),
    arm: async () => ({ reason: 'not here' }),
    checkEntra: async () => [],
  };
  expect(await examine(nowhere, instruments)).toMatchObject([
    { state: 'unchecked', layer: 'outside', toDo: expect.stringContaining('--url') },
    { state: 'unchecked', layer: 'azure', toDo: expect.stringContaining('--resource-group') },
  ]);
  expect(await examine(PATIENT, instruments)).toMatchObject([
    { state: 'unchecked', layer: 'outside' },
    { state: 'wrong', layer: 'azure', toDo: 'az login', says: expect.stringContaining('not here') },
  ]);
});
