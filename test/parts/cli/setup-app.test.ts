import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Application, ServicePrincipal } from '../../../local/graph/entra/entra.ts';
import { API_URL, startAdministration, type Administration, type Tenant } from './setup-fixture.ts';

let admin: Administration;
beforeEach(async () => {
  admin = await startAdministration();
});
afterEach(() => admin.end());

/** Processes take their time where others run beside them. */
const SLOW = { timeout: 90_000 };
const CONSOLE = 'https://resets.example/api/console/';
const SETUP = `setup app --url ${API_URL}`;

/** Somebody else changes the app registration, or its service principal. */
async function change(
  what: 'applications' | 'servicePrincipals',
  changes: (tenant: Tenant) => Partial<Application & ServicePrincipal> & { readonly deleted?: true },
): Promise<void> {
  const tenant = await admin.tenant();
  await admin.graph.sim('POST', `/${what}/${tenant.application.appId}`, changes(tenant));
}

describe('setup app', () => {
  test(
    'makes the whole app registration, and the second time finds nothing to do and writes nothing',
    SLOW,
    async () => {
      const first = await admin.runAlone(SETUP);
      expect(first).toMatchObject({ code: 0, err: '' });
      expect(first.out).toMatch(/^ {2}made +app registration guest-reset-dev$/m);
      const { application, servicePrincipals } = await admin.tenant();
      expect(application).toMatchObject({
        uniqueName: 'guest-reset-dev',
        displayName: 'guest-reset-dev',
        signInAudience: 'AzureADMyOrg',
        identifierUris: [`api://${application.appId}`],
        spa: { redirectUris: [CONSOLE] },
        api: { requestedAccessTokenVersion: 2, oauth2PermissionScopes: [{ value: 'access_as_user', isEnabled: true }] },
        optionalClaims: { accessToken: [{ name: 'idtyp', additionalProperties: ['include_user_token'] }] },
      });
      expect(application.appRoles.map(({ value, allowedMemberTypes }) => [value, ...allowedMemberTypes])).toEqual(
        ['Submit', 'Read', 'Manage'].map((value) => [value, 'User', 'Application']),
      );
      const scopeId = application.api.oauth2PermissionScopes[0]?.id;
      expect(application.api.preAuthorizedApplications).toEqual(
        ['04b07795-8ddb-461a-bbee-02f9e1bf7b46', '1950a258-227b-4e31-a9cf-717495945fc2'].map((appId) => ({
          appId,
          delegatedPermissionIds: [scopeId],
        })),
      );
      expect(servicePrincipals.find(({ appId }) => appId === application.appId)).toMatchObject({
        appRoleAssignmentRequired: true,
      });
      expect(first.out).toContain(`client id: ${application.appId}`);

      const before = await admin.writes();
      const second = await admin.runAlone(SETUP);
      expect(second).toMatchObject({ code: 0, err: '' });
      expect(second.out).toContain('All is right: there was nothing to do.');
      expect(second.out).not.toMatch(/made|changed/);
      expect(await admin.writes()).toBe(before);
    },
  );

  const LOSSES: readonly (readonly [string, RegExp, () => Promise<void>])[] = [
    ...['Submit', 'Read', 'Manage'].map(
      (role) =>
        [
          `the role ${role}`,
          new RegExp(`is missing +role ${role}$`, 'm'),
          () =>
            change('applications', ({ application: { appRoles } }) => ({
              appRoles: appRoles.filter(({ value }) => value !== role),
            })),
        ] as const,
    ),
    [
      'a role that was disabled',
      /is wrong +role Read: it was disabled/,
      () =>
        change('applications', ({ application: { appRoles } }) => ({
          appRoles: appRoles.map((role) => (role.value === 'Read' ? { ...role, isEnabled: false } : role)),
        })),
    ],
    [
      'a role that applications cannot have any more',
      /is wrong +role Manage: it was not for Application/,
      () =>
        change('applications', ({ application: { appRoles } }) => ({
          appRoles: appRoles.map((role) =>
            role.value === 'Manage' ? { ...role, allowedMemberTypes: ['User'] } : role,
          ),
        })),
    ],
    [
      'the scope, and with it the clients',
      /is missing +scope access_as_user$/m,
      () =>
        change('applications', ({ application: { api } }) => ({
          api: { ...api, oauth2PermissionScopes: [], preAuthorizedApplications: [] },
        })),
    ],
    [
      'Azure PowerShell as a client',
      /is missing +Azure PowerShell as a preauthorized client/,
      () =>
        change('applications', ({ application: { api } }) => ({
          api: { ...api, preAuthorizedApplications: api.preAuthorizedApplications.slice(0, 1) },
        })),
    ],
    [
      'the version of the tokens',
      /is wrong +tokens of version 2: it was 1/,
      () =>
        change('applications', ({ application: { api } }) => ({ api: { ...api, requestedAccessTokenVersion: null } })),
    ],
    [
      'the identifier URI',
      /is missing +identifier URI api:\/\//,
      () => change('applications', () => ({ identifierUris: [] })),
    ],
    [
      "the console's redirect",
      /is missing +console's redirect URI https:\/\/resets\.example\/api\/console\/$/m,
      () => change('applications', () => ({ spa: { redirectUris: [CONSOLE.slice(0, -1)] } })),
    ],
    [
      'the claim that tells people and applications apart',
      /is missing +claim idtyp/,
      () => change('applications', () => ({ optionalClaims: null })),
    ],
    [
      'the bound to this tenant',
      /is wrong +sign-in for this tenant only: it was AzureADMultipleOrgs/,
      () => change('applications', () => ({ signInAudience: 'AzureADMultipleOrgs' })),
    ],
    [
      'the rule that a token needs a role',
      /is wrong +tokens only for who has a role/,
      () => change('servicePrincipals', () => ({ appRoleAssignmentRequired: false })),
    ],
    [
      'the service principal',
      /is missing +service principal$/m,
      () => change('servicePrincipals', () => ({ deleted: true })),
    ],
    [
      'the app registration',
      /is missing +app registration guest-reset-dev$/m,
      async () => {
        await change('servicePrincipals', () => ({ deleted: true }));
        await change('applications', () => ({ deleted: true }));
      },
    ],
  ];
  test('each thing taken away is named by the check, and made again', async () => {
    await admin.run(SETUP);
    expect((await admin.run(`setup check --url ${API_URL}`)).code).toBe(0);
    for (const [name, named, takeAway] of LOSSES) {
      await takeAway();
      const before = await admin.writes();
      const check = await admin.run(`setup check --url ${API_URL}`);
      expect({ name, code: check.code, written: (await admin.writes()) - before }).toEqual({
        name,
        code: 1,
        written: 0,
      });
      expect(check.out, name).toMatch(named);
      expect(check.out, name).toContain('To mend it: npm run -s guest-reset -- setup --environment dev');
      const mended = await admin.run(SETUP);
      expect({ name, code: mended.code, err: mended.err }).toEqual({ name, code: 0, err: '' });
      expect((await admin.run(`setup check --url ${API_URL}`)).code, name).toBe(0);
    }
  });

  test('keeps what others have added, and mentions it', async () => {
    await admin.run(SETUP);
    await change('applications', ({ application: { appRoles, api, spa } }) => ({
      appRoles: [
        ...appRoles.filter(({ value }) => value !== 'Read'),
        ...appRoles.slice(0, 1).map((role) => ({ ...role, id: crypto.randomUUID(), value: 'Audit' })),
      ],
      api: { ...api, requestedAccessTokenVersion: null, knownClientApplications: [crypto.randomUUID()] },
      spa: { redirectUris: ['https://other.example/', ...spa.redirectUris] },
      web: { redirectUris: ['https://web.example/'] },
      passwordCredentials: [{ displayName: 'old', endDateTime: '2027-01-01T00:00:00Z' }],
    }));
    const before = (await admin.tenant()).application;
    const { code, out } = await admin.run(SETUP);
    expect(code).toBe(0);
    for (const kept of ['role Audit', 'redirect URI https://other.example/', 'redirect URI https://web.example/'])
      expect(out).toMatch(new RegExp(`kept +${kept}: not of setup`));
    expect(out).toMatch(/kept +1 secrets or certificates/);
    const after = (await admin.tenant()).application;
    expect(after.appRoles.map(({ value }) => `${value}`).toSorted()).toEqual(['Audit', 'Manage', 'Read', 'Submit']);
    expect(after.spa).toEqual(before.spa);
    expect(after.web).toEqual(before.web);
    expect(after.api.knownClientApplications).toEqual(before.api.knownClientApplications);
  });

  test('tells with --what-if what it would do, and writes nothing', async () => {
    const { code, out } = await admin.run(`${SETUP} --what-if`);
    expect(code).toBe(0);
    for (const thing of [
      'app registration guest-reset-dev',
      'role Submit',
      'scope access_as_user',
      'service principal',
    ])
      expect(out).toMatch(new RegExp(`would make +${thing}$`, 'm'));
    expect(await admin.writes()).toBe(0);
  });

  test('adopts one that was made by hand, with the ids that its roles have', async () => {
    const made = await admin.graph.sim('POST', '/applications', { displayName: 'By hand' });
    const { appId } = made.body as Application;
    const role = { id: crypto.randomUUID(), value: 'Submit', displayName: 'S', description: 'S', isEnabled: true };
    await change('applications', () => ({ appRoles: [{ ...role, allowedMemberTypes: ['User'] }] }));
    const line = ['setup', 'app', '--client-id', appId];
    expect(await admin.run(line)).toMatchObject({ code: 0, err: '' });
    const { application, applications } = await admin.tenant();
    expect(applications).toHaveLength(1);
    expect(application).toMatchObject({ displayName: 'By hand', uniqueName: null });
    expect(application.appRoles.find(({ value }) => value === 'Submit')).toEqual({
      ...role,
      allowedMemberTypes: ['User', 'Application'],
    });
    // As a hook of azd later on, where the environment names it.
    const again = await admin.run('setup app', { API_CLIENT_ID: appId });
    expect(again.out).toContain('there was nothing to do');
    const unknown = await admin.run(['setup', 'app', '--client-id', crypto.randomUUID()]);
    expect(unknown).toMatchObject({ code: 1 });
    expect((await admin.tenant()).applications).toHaveLength(1);
  });

  test('tells who owns a registration that is there already, somebody who was first with its name too', async () => {
    await admin.signIn('mallory');
    expect(await admin.run('setup app')).toMatchObject({ code: 0 });
    await admin.signIn('ada', 'Cloud Application Administrator');
    for (const line of [SETUP, `${SETUP} --what-if`, `setup check --url ${API_URL}`])
      expect((await admin.run(line)).out).toMatch(
        /note +owner mallory \(mallory@tenant\.example\): may change it, and give its roles to anybody$/m,
      );
  });

  test('waits until what it has made is known everywhere', async () => {
    await admin.graph.sim('POST', '/lag', { minMs: 700, maxMs: 700 });
    expect(await admin.run(SETUP)).toMatchObject({ code: 0, err: '' });
    await admin.graph.sim('POST', '/lag', { minMs: 0, maxMs: 0 });
    await expect.poll(async () => (await admin.run(`setup check --url ${API_URL}`)).code, { timeout: 20_000 }).toBe(0);
  });

  test.for([1, 2, 3, 4])('killed after write %i of 4, it makes the rest when it is run again', SLOW, async (writes) => {
    const check = `setup check --url ${API_URL}`;
    await admin.killAfter(writes, SETUP);
    expect((await admin.run(check)).code).toBe(writes < 4 ? 1 : 0);
    expect(await admin.run(SETUP)).toMatchObject({ code: 0, err: '' });
    expect((await admin.run(check)).code).toBe(0);
    expect((await admin.tenant()).applications).toHaveLength(1);
  });

  test('is patient with a busy Graph, and gives up where it asks for longer than two minutes', async () => {
    await admin.graph.sim('POST', '/faults', [
      { kind: 'readApps', status: 429, retryAfter: 1, times: 1 },
      { kind: 'writeApps', status: 503, times: 2 },
      { kind: 'writeApps', act: 'drop', effect: 'done', times: 1 },
    ]);
    expect(await admin.run(SETUP)).toMatchObject({ code: 0 });
    expect((await admin.tenant()).applications).toHaveLength(1);
    await admin.graph.sim('POST', '/faults', { kind: 'readApps', status: 429, retryAfter: 3600 });
    expect(await admin.run(SETUP)).toMatchObject({ code: 1 });
  });

  test('keeps the client id in the environment of azd where azd runs it, and says so where it cannot', async () => {
    admin.install('azd', (folder) => `#!/bin/sh\necho "$@" >> ${folder}/azd.log\n`);
    expect((await admin.run(SETUP)).out).toMatch(/made +API_CLIENT_ID in the azd environment dev/);
    const { appId } = (await admin.tenant()).application;
    expect(admin.left('azd.log')).toBe(`env set API_CLIENT_ID ${appId} --environment dev`);
    await admin.run(SETUP, { API_CLIENT_ID: appId });
    await admin.run(`${SETUP} --environment other`);
    expect(admin.left('azd.log').split('\n')).toHaveLength(1);
    admin.install('azd', () => '#!/bin/sh\necho "ERROR: no project exists" >&2\nexit 1\n');
    const failed = await admin.run(SETUP);
    expect(failed.code).toBe(1);
    expect(failed.out).toMatch(/failed +API_CLIENT_ID .*no project exists/);
  });

  test('tells what it found as JSON where that is asked for, and nothing else', async () => {
    const { out } = await admin.run(`${SETUP} --json`);
    const told = JSON.parse(out) as { isWhole: boolean; clientId: string; things: { mark: string; thing: string }[] };
    expect(told).toMatchObject({ isWhole: true, clientId: (await admin.tenant()).application.appId });
    expect(told.things).toContainEqual({ mark: 'made', thing: 'role Submit' });
  });
});
