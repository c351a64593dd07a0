/** `npm run doctor` as people start it: a process, and an Azure CLI that gives tokens to who has signed in. */
import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Snapshot } from '../../../local/arm/resources.ts';
import { startArm, type ArmSimulator } from '../../../local/arm/simulator.ts';
import { CLIENT_ID, startDeployedApp, TENANT_ID, TOKEN, type DeployedApp } from './deployed-app.ts';
import { newIdentity, startAdministration, type Administration, type Ran } from './setup-fixture.ts';

/** The template, as it is evaluated for the simulated tenant. */
const snapshot = JSON.parse(
  readFileSync('infra/test/plain.snapshot.json', 'utf8').replaceAll('22222222-2222-4222-8222-222222222222', TENANT_ID),
) as Snapshot;
const PLACE = ['--resource-group', 'rg-guest-reset', '--subscription', '11111111-1111-4111-8111-111111111111'];

let administration: Administration;
let identity: string;
beforeAll(async () => {
  administration = await startAdministration();
  administration.install(
    'az',
    (folder) => `#!/bin/sh
[ -f ${folder}/token.json ] || { echo "ERROR: Please run 'az login' to setup account." >&2; exit 1; }
case "$*" in
  *api://${CLIENT_ID}*) echo '{"accessToken":"${TOKEN}","expires_on":4070908800}';;
  *) exec /bin/cat ${folder}/token.json;;
esac
`,
  );
  identity = await newIdentity(administration);
  const { code, out } = await administration.run(`setup --identity ${identity}`);
  if (code !== 0) throw new Error(out);
  // The app registration is the one that the template is evaluated for.
  const { appId } = (await administration.tenant()).application;
  const names = { appId: CLIENT_ID, identifierUris: [`api://${CLIENT_ID}`] };
  await administration.graph.sim('POST', `/applications/${appId}`, names);
  await administration.graph.sim('POST', `/servicePrincipals/${appId}`, { appId: CLIENT_ID });
});
afterAll(() => administration.end());

let app: DeployedApp;
let arm: ArmSimulator;
beforeEach(async () => {
  [app, arm] = await Promise.all([startDeployedApp(), startArm(snapshot)]);
  await administration.signIn('ada', 'Global Administrator');
});
afterEach(() => Promise.all([app.stop(), arm.stop()]));

const KNOWN = (): NodeJS.ProcessEnv => ({ API_CLIENT_ID: CLIENT_ID, IDENTITY_PRINCIPAL_ID: identity });
const run = (args: readonly string[], env: NodeJS.ProcessEnv = KNOWN()): Promise<Ran> =>
  administration.run(['doctor', ...args], { AZURE_TENANT_ID: TENANT_ID, ARM_ENDPOINT: arm.url, ...env });

interface Told {
  readonly ok: boolean;
  readonly findings: readonly {
    readonly layer: string;
    readonly state: string;
    readonly code: string;
    about: string;
  }[];
}
/** All that is not right, as programs get it. */
async function amiss(args: readonly string[], env?: NodeJS.ProcessEnv): Promise<Told['findings']> {
  const { code, out } = await run([...args, '--json'], env);
  const told = JSON.parse(out) as Told;
  expect(told.ok).toBe(code === 0);
  return told.findings.filter(({ state }) => state !== 'right');
}

test('a whole deployment is found right, with a line for each thing outside and a count of all others', async () => {
  const { code, out, err } = await administration.runAlone(['doctor', '--url', `${app.url}/api`, ...PLACE], {
    ...KNOWN(),
    AZURE_TENANT_ID: TENANT_ID,
    ARM_ENDPOINT: arm.url,
  });
  expect(out).toMatch(/^From outside, as a stranger\n {2}ok {5}/);
  expect(out).toMatch(/a dry run of nobody: .+\n/);
  expect(out).toMatch(/\nMicrosoft Entra\n {2}ok {5}\d+ things are as they must be\.\n/);
  expect(out).toMatch(/\nAzure\n {2}ok {5}\d\d+ things are as they must be\.\n/);
  expect(out).toMatch(/\nNothing is wrong\.\n$/);
  expect({ code, err }).toEqual({ code: 0, err: '' });
});

test('what is wrong is named, with what to do, and the exit code says so; as JSON, too', async () => {
  app.says('GET /api/jobs forged', { status: 200, body: [] });
  for (const id of arm.resources.keys()) if (id.endsWith('/queues/dispatch')) arm.take(id);
  const { code, out } = await run(['--url', app.url, ...PLACE]);
  expect(code).toBe(1);
  expect(out).toContain('  WRONG  /api/jobs with a forged x-ms-client-principal: ');
  expect(out).toContain('  WRONG  queue dispatch: It is not there.\n         azd provision\n');
  expect(out).toMatch(/\n2 things are wrong\.\n$/);
  expect(out).toContain('az functionapp stop --resource-group rg-guest-reset --name guest-reset-');
  const found = await amiss(['--url', app.url, ...PLACE]);
  expect(found.filter(({ state }) => state === 'wrong').map((finding) => finding.code)).toEqual([
    'forgeryBelieved',
    'missing',
  ]);
});

describe('of Entra', () => {
  test('a permission that the identity has not got is named, and the command that gives it', async () => {
    const bare = await newIdentity(administration, 'bare');
    const { code, out } = await run(['--url', app.url], { ...KNOWN(), IDENTITY_PRINCIPAL_ID: bare });
    expect(code).toBe(1);
    for (const permission of ['User.Invite.All', 'User.ReadWrite.All', 'RoleManagement.Read.Directory'])
      expect(out).toMatch(new RegExp(`  WRONG  ${permission}: .+\\n.+setup .*--identity ${bare}`));
    expect(out).toMatch(/\n3 things are wrong\./);
  });
  test('which app registration and which identity it is, is learned from Azure where nobody says it', async () => {
    const found = await amiss(['--url', app.url, ...PLACE], { AZURE_ENV_NAME: '' });
    // The simulated tenant has this app registration, and not the identity that the template makes.
    const ofEntra = found.filter(({ layer, state }) => layer === 'entra' && state !== 'note');
    expect(ofEntra).toMatchObject([{ about: expect.stringContaining('managed identity'), code: 'isMissing' }]);
    expect(found.filter(({ layer }) => layer !== 'entra')).toEqual([]);
  });
  test('an app registration that is gone is named, also where the environment has another', async () => {
    const gone = '99999999-9999-4999-8999-999999999999';
    const found = await amiss(['--url', app.url], { ...KNOWN(), API_CLIENT_ID: gone });
    expect(found).toContainEqual(
      expect.objectContaining({ layer: 'entra', state: 'wrong', about: expect.stringContaining(gone) }),
    );
  });
  test('what others have added, or the identity does not need, is noted, and is no reason to fail', async () => {
    const more = await newIdentity(administration, 'more');
    await administration.run(`setup identity --identity ${more}`);
    await administration.run(`setup grant ${more} Read`, { API_CLIENT_ID: CLIENT_ID });
    const { application } = await administration.tenant();
    const secret = { displayName: 'old', endDateTime: '2030-01-01T00:00:00Z' };
    await administration.graph.sim('POST', `/applications/${CLIENT_ID}`, { passwordCredentials: [secret] });
    const found = await amiss(['--url', app.url], { ...KNOWN(), IDENTITY_PRINCIPAL_ID: more });
    await administration.graph.sim('POST', `/applications/${CLIENT_ID}`, application);
    expect(found.filter(({ layer }) => layer === 'entra')).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ state: 'note', about: expect.stringMatching(/ of guest-reset-dev$/) }),
        expect.objectContaining({ state: 'note', about: expect.stringContaining('secrets or certificates') }),
      ]),
    );
    expect(found.filter(({ layer, state }) => layer === 'entra' && state === 'wrong')).toEqual([]);
  });
  test('that large jobs wait for approval is shown, and whether anybody could give it', async () => {
    const settings = [...arm.resources.values()].find(({ id }) => id.toLowerCase().endsWith('/config/appsettings'));
    if (settings === undefined) throw new Error('The template has no settings.');
    const ofApproval = async () =>
      (await amiss(['--url', app.url, ...PLACE])).filter(({ about }) => about === 'approval of large jobs');
    expect(await ofApproval()).toEqual([]);
    arm.add({ ...settings, properties: { ...settings.properties, HOLD_JOBS_ABOVE: '100' } });
    expect(await ofApproval()).toMatchObject([
      {
        state: 'wrong',
        code: 'nobodyApproves',
        says: expect.stringContaining('more than 100 resets'),
        toDo: `npm run -s guest-reset -- setup grant SIGN_IN_NAME Manage --client-id ${CLIENT_ID}`,
      },
    ]);
    const holders = [await newIdentity(administration, 'first'), await newIdentity(administration, 'second')];
    const grant = (deed: 'grant' | 'revoke', id: string) =>
      administration.run(`setup ${deed} ${id} Manage`, { API_CLIENT_ID: CLIENT_ID });
    await grant('grant', holders[0] ?? '');
    expect(await ofApproval()).toMatchObject([{ state: 'note', code: 'oneApproves' }]);
    await grant('grant', holders[1] ?? '');
    expect(await ofApproval()).toMatchObject([{ state: 'note', code: 'jobsHeld' }]);
    for (const id of holders) await grant('revoke', id);
    const groupOf = async (members: readonly string[]): Promise<string> => {
      const body = { displayName: `${members.length} managers`, members };
      return ((await administration.graph.sim('POST', '/groups', body)).body as { id: string }).id;
    };
    // Of a group in a group nobody has the role.
    const lone = await groupOf(holders.slice(0, 1));
    for (const [members, code] of [
      [[], 'nobodyApproves'],
      [holders.slice(0, 1), 'oneApproves'],
      [[holders[0] ?? '', lone], 'oneApproves'],
      [holders, 'jobsHeld'],
    ] as const) {
      const group = await groupOf(members);
      await grant('grant', group);
      expect(await ofApproval()).toMatchObject([{ code }]);
      await grant('revoke', group);
    }
  });
  test('nothing is looked at in another tenant', async () => {
    const found = await amiss(['--url', app.url], {
      ...KNOWN(),
      AZURE_TENANT_ID: '22222222-2222-4222-8222-222222222222',
    });
    expect(found).toContainEqual(expect.objectContaining({ layer: 'entra', state: 'unchecked', code: 'notLookedAt' }));
  });
});

test('what it is told by variables needs no option', async () => {
  const { code, out } = await run([], {
    ...KNOWN(),
    API_URL: `${app.url}/api`,
    AZURE_RESOURCE_GROUP: PLACE[1],
    AZURE_SUBSCRIPTION_ID: PLACE[3],
  });
  expect(out).toContain('as they must be');
  expect(code).toBe(0);
});

test('it waits where it is told to, says what for, and ends when that is there', async () => {
  app.says('GET /api/health', { status: 503, body: 'Starting' });
  const running = run(['--url', app.url, '--wait']);
  await expect.poll(() => app.asked, { timeout: 20_000 }).toContain('GET /api/health');
  app.says('GET /api/health', { status: 200, body: { status: 'healthy' } });
  const { code, err } = await running;
  expect(err).toMatch(/^Waiting 5 s for function app: The app does not run yet/);
  expect(code).toBe(0);
});

test('where nobody is signed in the rest is looked at, and Azure that was named and not seen is no proof', async () => {
  await administration.signIn();
  const found = await amiss(['--url', app.url, ...PLACE]);
  expect(found.map(({ layer, state, code }) => [layer, state, code])).toEqual([
    ['signedIn', 'unchecked', 'noToken'],
    ['entra', 'unchecked', 'notSignedIn'],
    ['azure', 'wrong', 'notSignedIn'],
  ]);
  expect((await run(['--url', app.url, ...PLACE])).code).toBe(1);
});

test.for([
  [['--url', 'http://resets.example/api'], 'http://resets.example/api'],
  [['--url', 'resets.example'], 'must look like https://'],
  [['--url', 'https://resets.example/api/jobs'], 'must look like https://'],
  [['--resource-group', 'rg'], '--subscription ID'],
  [[], 'Say what to look at: --url'],
] as const)('%o is refused, and nothing is looked at', async ([args, says]) => {
  const { code, err } = await run(args);
  expect(code).toBe(2);
  expect(err).toContain(says);
});
