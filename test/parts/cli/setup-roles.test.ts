import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { TENANT_ID } from '../../../local/graph/tenant.ts';
import { API_URL, newIdentity, startAdministration, type Administration } from './setup-fixture.ts';

let admin: Administration;
beforeEach(async () => {
  admin = await startAdministration();
});
afterEach(() => admin.end());

const PERMISSIONS = ['RoleManagement.Read.Directory', 'User.Invite.All', 'User.ReadWrite.All'];

/** Which permissions and roles somebody has, by name. */
async function rolesOf(principalId: string): Promise<string[]> {
  const { applications, assignments } = await admin.tenant().catch(() => ({ applications: [], assignments: [] }));
  const { body } = await admin.graph.sim('GET', '/applications');
  const { servicePrincipals, assignments: all } = body as {
    servicePrincipals: { ownRoles?: { id: string; value: string }[] }[];
    assignments: typeof assignments;
  };
  const roles = [
    ...servicePrincipals.flatMap(({ ownRoles = [] }) => ownRoles),
    ...applications.flatMap((app) => app.appRoles),
  ];
  return all
    .filter((each) => each.principalId === principalId)
    .map(({ appRoleId }) => roles.find(({ id }) => id === appRoleId)?.value ?? appRoleId)
    .toSorted();
}

/** Somebody else gives the identity a permission of Graph. */
async function giveGraphRole(principalId: string, appRoleId: string): Promise<string> {
  const { body } = await admin.graph.sim('POST', '/administrators', { name: 'eve', roles: ['Global Administrator'] });
  const authorization = `Bearer ${(body as { access_token: string }).access_token}`;
  const graph = await admin.graph.call(
    'GET',
    "/v1.0/servicePrincipals(appId='00000003-0000-0000-c000-000000000000')",
    undefined,
    { authorization },
  );
  const resourceId = (graph.body as { id: string }).id;
  const path = `/v1.0/servicePrincipals/${resourceId}/appRoleAssignedTo`;
  const given = await admin.graph.call('POST', path, { principalId, resourceId, appRoleId }, { authorization });
  return (given.body as { id: string }).id;
}
const DIRECTORY_READ = '7ab1d382-f21e-4acd-a863-ba3e13f7da61';

describe('setup identity', () => {
  test('gives the three permissions with their reasons, and the second time finds nothing to do', async () => {
    const identity = await newIdentity(admin);
    const first = await admin.run(`setup identity --identity ${identity}`);
    expect(first).toMatchObject({ code: 0, err: '' });
    expect(await rolesOf(identity)).toEqual(PERMISSIONS);
    expect(first.out).toMatch(/made +User\.Invite\.All: sends the invitations/);
    expect(first.out).toContain('before the app first starts');
    const before = await admin.writes();
    const second = await admin.run('setup identity', { IDENTITY_PRINCIPAL_ID: identity });
    expect(second.out).toContain('there was nothing to do');
    expect([second.code, await admin.writes()]).toEqual([0, before]);
  });

  test('names each one that is missing in the check, and what is more than needed', async () => {
    const identity = await newIdentity(admin);
    await admin.run(`setup --identity ${identity} --url ${API_URL}`);
    await giveGraphRole(identity, DIRECTORY_READ);
    const check = `setup check --identity ${identity}`;
    const whole = await admin.run(check);
    expect(whole.code).toBe(0);
    expect(whole.out).toMatch(/not needed +Directory\.Read\.All of Graph: take it away/);
    expect(whole.out).toContain('nobody has the role Submit yet');
    const bare = await newIdentity(admin, 'bare');
    const lacking = await admin.run(`setup check --identity ${bare}`);
    expect(lacking.code).toBe(1);
    for (const permission of PERMISSIONS) expect(lacking.out).toMatch(new RegExp(`is missing +${permission}: `));
  });

  test('waits for an identity that was made a moment ago, and takes a client id for it, too', async () => {
    await admin.graph.sim('POST', '/lag', { minMs: 2_500, maxMs: 2_500 });
    const { body } = await admin.graph.sim('POST', '/identities', { displayName: 'late' });
    const { id, appId } = body as { id: string; appId: string };
    expect((await admin.run(`setup identity --identity ${appId}`)).code).toBe(0);
    expect(await rolesOf(id)).toEqual(PERMISSIONS);
  });

  test('gives nothing to what is no managed identity', async () => {
    const made = await admin.graph.sim('POST', '/identities', { displayName: 'Other app', managed: false });
    const { id } = made.body as { id: string };
    const { code, out } = await admin.run(`setup identity --identity ${id}`);
    expect(code).toBe(1);
    expect(out).toMatch(/is wrong +Other app .*: it is no managed identity/);
    expect(await rolesOf(id)).toEqual([]);
  });
});

describe('setup grant and revoke', () => {
  let identity: string;
  beforeEach(async () => {
    identity = await newIdentity(admin);
    await admin.run('setup app');
  });

  test('give a role once, and take it away', async () => {
    const first = await admin.run(`setup grant ${identity} submit`);
    expect(first).toMatchObject({ code: 0, err: '' });
    expect(first.out).toMatch(/made +Submit for managed identity resetter/);
    expect(first.out).toContain('up to a day');
    const before = await admin.writes();
    expect((await admin.run(`setup grant ${identity} Submit`)).out).toContain('there was nothing to do');
    expect([await admin.writes(), await rolesOf(identity)]).toEqual([before, ['Submit']]);
    expect((await admin.run('setup check')).out).toMatch(/note +Submit: resetter \(ServicePrincipal /);
    expect((await admin.run(`setup revoke ${identity} Submit`)).out).toMatch(/removed +Submit for/);
    expect(await rolesOf(identity)).toEqual([]);
    expect((await admin.run(`setup revoke ${identity} Submit`)).out).toContain('there is no such grant');
  });

  test('find people, groups, applications and identities by id, client id, user principal name and name', async () => {
    const { id: userId, userPrincipalName } = admin.graph.guest();
    const group = (await admin.graph.sim('POST', '/groups', { displayName: "Ada's group" })).body as { id: string };
    const { body } = await admin.graph.sim('POST', '/identities', { displayName: 'other' });
    const other = body as { id: string; appId: string };
    for (const [text, id] of [
      [userPrincipalName, userId],
      ["Ada's group", group.id],
      [other.appId, other.id],
      ['resetter', identity],
    ] as const) {
      expect(await admin.run(['setup', 'grant', text, 'Read'])).toMatchObject({ code: 0, err: '' });
      expect(await rolesOf(id)).toEqual(['Read']);
    }
  });

  test('refuse a name that two have, with the list, and one that nobody has', async () => {
    await newIdentity(admin);
    const { code, err } = await admin.run('setup grant resetter Read');
    expect(code).toBe(2);
    expect(err).toContain('"resetter" is the name of 2. Give the id of the one you mean:');
    expect(err).toContain(`${identity}  managed identity resetter`);
    expect((await admin.run('setup grant nobody Read')).err).toContain('There is no user, group or application called');
    expect((await admin.run('setup grant nobody@tenant.example Read')).err).toContain('There is no user nobody@');
    expect((await admin.run(`setup grant ${identity} Submitt`)).err).toContain('Did you mean Submit?');
    expect(await rolesOf(identity)).toEqual([]);
  });
});

describe('whoever may not', () => {
  test('is told which role each step needs and what to run, and the other steps are done', async () => {
    const identity = await newIdentity(admin);
    await admin.signIn('ben', 'Cloud Application Administrator');
    const { code, out } = await admin.run(`setup --identity ${identity}`);
    expect(code).toBe(1);
    expect(out).toMatch(/made +role Submit/);
    for (const permission of PERMISSIONS)
      expect(out).toMatch(new RegExp(`not allowed +${permission}: it needs the role Privileged Role Administrator`));
    expect(out).toContain(`npm run -s guest-reset -- setup identity --identity ${identity}`);
    await admin.signIn('cleo', 'Privileged Role Administrator');
    expect((await admin.run(`setup identity --identity ${identity}`)).code).toBe(0);
    expect(await rolesOf(identity)).toEqual(PERMISSIONS);
  });

  test('register applications is told the role for that', async () => {
    await admin.graph.sim('POST', '/policy', { usersMayRegister: false });
    const identity = await newIdentity(admin);
    await admin.signIn('dan', 'Privileged Role Administrator');
    const { code, out } = await admin.run(`setup --identity ${identity}`);
    expect(code).toBe(1);
    expect(out).toMatch(/not allowed +app registration guest-reset-dev: it needs the role Application Developer/);
    expect(out).toContain(`  npm run -s guest-reset -- setup app --environment dev --tenant ${TENANT_ID}\n`);
    expect(await rolesOf(identity)).toEqual(PERMISSIONS);
  });

  test('change an app registration, or give its roles, is told the role for that', async () => {
    const identity = await newIdentity(admin);
    await admin.run('setup app');
    await admin.graph.sim('POST', `/applications/${(await admin.tenant()).application.id}`, { identifierUris: [] });
    await admin.signIn('eli');
    const mend = await admin.run('setup app');
    expect(mend.code).toBe(1);
    expect(mend.out).toMatch(/not allowed +identifier URI .*: it needs the role Cloud Application Administrator/);
    const grant = await admin.run(`setup grant ${identity} Read`);
    expect(grant.code).toBe(1);
    expect(grant.out).toContain(`npm run -s guest-reset -- setup grant ${identity} Read --environment dev`);
    expect((await admin.run('setup remove --yes')).out).toMatch(/not allowed +app registration guest-reset-dev/);
    expect((await admin.tenant()).applications).toHaveLength(1);
  });
});

describe('setup remove', () => {
  test('tells what it will remove, removes nothing that nobody agreed to, and then what setup has made', async () => {
    const identity = await newIdentity(admin);
    await admin.run(`setup --identity ${identity}`);
    const extra = await giveGraphRole(identity, DIRECTORY_READ);
    const line = `setup remove --identity ${identity}`;
    const before = await admin.writes();
    const asked = await admin.run(line);
    expect(asked.code).toBe(1);
    expect(asked.out).toMatch(/would remove +app registration guest-reset-dev \(client id /);
    expect([(await admin.run(`${line} --what-if`)).code, await admin.writes()]).toEqual([0, before]);
    expect(await admin.run(`${line} --yes`)).toMatchObject({ code: 0, err: '' });
    expect(await rolesOf(identity)).toEqual(['Directory.Read.All']);
    const { body } = await admin.graph.sim('GET', '/applications');
    expect(body).toMatchObject({ applications: [], assignments: [{ id: extra }] });
    expect((await admin.run(`${line} --yes`)).out).toContain('there is nothing to remove');
  });

  test('is undone by setup, which restores the app registration with its client id', async () => {
    await admin.run('setup app');
    const { appId } = (await admin.tenant()).application;
    await admin.run('setup remove --yes');
    expect((await admin.run('setup app --what-if')).out).toMatch(/would make +app registration .*: restored/);
    const again = await admin.run('setup app');
    expect(again).toMatchObject({ code: 0, err: '' });
    expect(again.out).toMatch(/made +app registration guest-reset-dev: restored/);
    expect((await admin.tenant()).application.appId).toBe(appId);
    expect((await admin.run('setup check')).code).toBe(0);
  });

  test('keeps an app registration that was made by hand', async () => {
    const { body } = await admin.graph.sim('POST', '/applications', { displayName: 'By hand' });
    const { appId } = body as { appId: string };
    await admin.run(['setup', 'app', '--client-id', appId]);
    const { out } = await admin.run(['setup', 'remove', '--client-id', appId, '--yes']);
    expect(out).toMatch(/kept +app registration By hand: it was made by hand/);
    expect((await admin.tenant()).applications).toHaveLength(1);
  });
});

describe('what azd knows of one environment', () => {
  test('is not taken for another that the command names', async () => {
    const identity = await newIdentity(admin);
    const env = { IDENTITY_PRINCIPAL_ID: identity, API_URL };
    await admin.run('setup', env);
    expect(await rolesOf(identity)).toEqual(PERMISSIONS);
    const prod = await admin.run('setup --environment prod', env);
    expect([prod.code, prod.out]).toEqual([0, expect.stringContaining("The app's identity was not looked at.")]);
    const redirects = (await admin.tenant()).applications.map(({ spa }) => spa.redirectUris);
    expect(redirects).toEqual([[`${API_URL}/console/`], []]);
    await admin.run('setup remove --environment prod --yes', env);
    expect((await admin.tenant()).applications.map(({ uniqueName }) => uniqueName)).toEqual(['guest-reset-dev']);
    expect(await rolesOf(identity)).toEqual(PERMISSIONS);
  });

  test('may be the app registration of another one: that stays, and others are told its client id', async () => {
    await admin.run('setup app --environment prod');
    const { appId } = (await admin.tenant()).application;
    const env = { API_CLIENT_ID: appId };
    const { code, out } = await admin.run('setup remove --yes', env);
    expect([code, out]).toEqual([
      0,
      expect.stringMatching(/kept +app registration guest-reset-prod: it is of another/),
    ]);
    expect((await admin.tenant()).applications).toHaveLength(1);
    await admin.signIn('eli');
    const identity = await newIdentity(admin);
    expect((await admin.run(`setup grant ${identity} Read`, env)).out).toContain(`Read --client-id ${appId}`);
    await admin.graph.sim('POST', `/applications/${appId}`, { identifierUris: [] });
    expect((await admin.run('setup app', env)).out).toContain(`setup app --client-id ${appId}`);
    expect((await admin.run('setup check', env)).out).toContain(`setup --client-id ${appId}`);
  });
});

describe('the sign-in', () => {
  test('of nobody is answered with the commands to sign in with', async () => {
    await admin.signIn();
    const { code, err } = await admin.runAlone('setup check', { AZURE_TENANT_ID: TENANT_ID });
    expect(code).toBe(1);
    for (const line of [
      'az login --allow-no-subscriptions --tenant',
      'Connect-AzAccount -Tenant',
      'azd auth login --tenant-id',
    ])
      expect(err).toContain(`${line} ${TENANT_ID}`);
  });

  test('to another tenant than was asked for is refused before anything is read or written there', async () => {
    const other = '99999999-9999-4999-8999-999999999999';
    const { code, err } = await admin.run(`setup app --tenant ${other}`);
    expect(code).toBe(2);
    expect(err).toContain(`not to ${other}`);
    expect(await admin.writes()).toBe(0);
  });

  test('that Graph does not take, or that may not read, is answered with what to do', async () => {
    await admin.graph.sim('POST', '/faults', { kind: 'readApps', status: 401 });
    const expired = await admin.run('setup check');
    expect([expired.code, expired.err]).toEqual([1, expect.stringContaining('Sign in again: az login')]);
    await admin.graph.sim('POST', '/faults', { kind: 'readApps', status: 403, code: 'Authorization_RequestDenied' });
    const blind = await admin.run('setup check');
    expect([blind.code, blind.err]).toEqual([1, expect.stringContaining('the role Directory Readers')]);
  });

  /** Stand-ins that print the token as the tools do. PowerShell is asked first whether it is there (`/?`). */
  const TOOLS = {
    azd: (token: string) => `#!/bin/sh
[ "$1 $2" = "auth token" ] || exit 2
echo '{"token":"${token}","expiresOn":"2100-01-01T00:00:00Z"}'
`,
    pwsh: (token: string) => `#!/bin/sh
[ "$1" = "/?" ] || echo '{"Token":"${token}","ExpiresOn":"2100-01-01T00:00:00+00:00"}'
`,
  } as const;
  test.for(['azd', 'pwsh'] as const)('by %s is taken where nobody is signed in with Azure CLI', async (tool) => {
    const { body } = await admin.graph.sim('POST', '/administrators', { name: `user of ${tool}`, roles: [] });
    admin.install(tool, () => TOOLS[tool]((body as { access_token: string }).access_token));
    await admin.signIn();
    // A process of its own: the library remembers for the life of one that PowerShell is not there.
    const { out } = await admin.runAlone('setup check');
    expect(out).toContain(`Signed in as user of ${tool}`);
  });

  test('never sends its token to an address that is neither Microsoft nor this machine', async () => {
    const { code, err } = await admin.run('setup check', { GRAPH_ENDPOINT: 'https://graph.example' });
    expect(code).toBe(2);
    expect(err).toContain('GRAPH_ENDPOINT is "https://graph.example"');
  });
});
