/**
 * The doctor looks at Azure, which shows what the template makes (`infra/test/plain.snapshot.json`, written by the
 * Bicep compiler). Whatever is taken away of that is named, and nothing else.
 */
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { connectArm } from '../../../cli/azure/arm.ts';
import { OPEN_PATHS, TABLES } from '../../../cli/azure/wanted/resources.ts';
import { FORBIDDEN_SETTINGS, OPTIONAL_SETTINGS } from '../../../cli/azure/wanted/settings.ts';
import { checkAzure } from '../../../cli/doctor/azure/azure.ts';
import type { Known } from '../../../cli/doctor/azure/world-of.ts';
import type { Finding } from '../../../cli/doctor/finding.ts';
import { deploy, type ArmResource, type Snapshot } from '../../../local/arm/resources.ts';
import { startArm, type ArmSimulator } from '../../../local/arm/simulator.ts';
import { CLOUDS } from '../../../shared/clouds.ts';
import { EXCLUDED_PATHS } from '../../../shared/entry/http/excluded-paths.ts';

const snapshotOf = (name: string): Snapshot =>
  JSON.parse(readFileSync(`infra/test/${name}.snapshot.json`, 'utf8')) as Snapshot;
const snapshot = snapshotOf('plain');
const DEPLOYED = [...deploy(snapshot).values()];
const GROUP = '/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-guest-reset';
const KNOWN: Known = {
  place: { subscriptionId: GROUP.split('/')[2] ?? '', resourceGroup: GROUP.split('/')[4] ?? '' },
  names: {},
  login: 'https://login.microsoftonline.com',
  apiClientId: '33333333-3333-4333-8333-333333333333',
};
const APP = 'Microsoft.Web/sites';
const QUEUE = 'Microsoft.ServiceBus/namespaces/queues';
const TABLE = 'Microsoft.Storage/storageAccounts/tableServices/tables';
const ROLE = 'Microsoft.Authorization/roleAssignments';
const ALERT = /^Microsoft\.Insights\/\w*(?:Rules|Alerts)$/;

const ofType = (type: string): ArmResource[] => DEPLOYED.filter((resource) => resource.type === type);
/** The one whose id ends so. */
function deployed(end: string): ArmResource {
  const [found, ...others] = DEPLOYED.filter(({ id, type }) => id.endsWith(end) || type === end);
  if (found === undefined || others.length > 0) throw new Error(`The template has not one ${end}.`);
  return found;
}
const SETTINGS = deployed('/config/appsettings');
const IDENTITY = deployed('Microsoft.ManagedIdentity/userAssignedIdentities');

let arm: ArmSimulator;
beforeEach(async () => {
  arm = await startArm(snapshot);
});
afterEach(() => arm.stop());

async function look(known: Partial<Known> = {}): Promise<Finding[]> {
  const client = connectArm({ endpoint: arm.url, getToken: async () => 'token', sleep: async () => {} });
  return (await checkAzure(client, { ...KNOWN, ...known })).findings;
}
/** All that is not as it must be. */
const amiss = async (known: Partial<Known> = {}): Promise<Finding[]> =>
  (await look(known)).filter(({ state }) => state !== 'right');

/** Sets a member, or takes it away with undefined. */
function change({ id }: ArmResource, path: readonly string[], value: unknown): void {
  let object = arm.resources.get(id.toLowerCase()) as Record<string, unknown>;
  for (const name of path.slice(0, -1)) object = object[name] as Record<string, unknown>;
  const last = path.at(-1) ?? '';
  if (value === undefined) delete object[last];
  else object[last] = value;
}
const setting = (name: string, value: string | undefined): void => change(SETTINGS, ['properties', name], value);

test('where all is there nothing is wrong, and reading is all that was done', async () => {
  const findings = await look();
  expect(findings.filter(({ state }) => state !== 'right')).toEqual([]);
  expect(findings.length).toBeGreaterThan(80);
  expect(arm.asked.filter((line) => !line.startsWith('GET '))).toEqual([`POST ${SETTINGS.id}/list`]);
});

test.for([
  ['all-options', 'AzureCloud', CLOUDS.Global.login],
  ['existing-workspace', 'AzureCloud', CLOUDS.Global.login],
  ['government', 'AzureUSGovernment', CLOUDS.USGov.login],
] as const)('nor is anything wrong with other parameters: %s', async ([name, cloud, login]) => {
  await arm.stop();
  arm = await startArm(snapshotOf(name), cloud);
  expect(await amiss({ login })).toEqual([]);
});

test('what is open to everybody, and what may be set, is what the code and the template say', () => {
  expect(OPEN_PATHS).toEqual(EXCLUDED_PATHS);
  const template = readFileSync('infra/optional-settings.bicep', 'utf8');
  expect([...template.matchAll(/^  (\w+): /gm)].map(([, name]) => name)).toEqual(OPTIONAL_SETTINGS);
});

describe('what is taken away is named, with what to do, and nothing else is:', () => {
  test('the template makes what is taken away here', () => {
    expect(Object.keys(SETTINGS.properties ?? {}).length).toBeGreaterThan(15);
    expect([QUEUE, TABLE, ROLE].map((type) => ofType(type).length)).toEqual([3, TABLES.length, 9]);
    expect(DEPLOYED.filter(({ type }) => ALERT.test(type))).toHaveLength(9);
  });

  test.for(Object.entries(SETTINGS.properties ?? {}))('setting %s', async ([name, value]) => {
    setting(name, undefined);
    const [found, ...others] = await amiss();
    expect(others).toEqual([]);
    expect(found).toMatchObject({ state: 'wrong', code: 'settingMissing', about: `setting ${name}` });
    expect(found?.toDo).toContain(name === 'GRAPH_CLOUD' ? 'azd provision' : `--settings "${name}=${String(value)}"`);
  });

  test.for(Object.entries(SETTINGS.properties ?? {}))('the value of setting %s', async ([name, value]) => {
    setting(name, 'another');
    const [found, ...others] = await amiss();
    expect(others).toEqual([]);
    expect(found).toMatchObject({ state: 'wrong', about: `setting ${name}` });
    expect(found?.toDo).toContain(name === 'GRAPH_CLOUD' ? 'azd provision' : `--settings "${name}=${String(value)}"`);
  });

  test.for([...ofType(QUEUE), ...ofType(TABLE)])('$type $name', async ({ id, name, type }) => {
    arm.take(id);
    expect(await amiss()).toMatchObject([
      {
        state: 'wrong',
        code: 'missing',
        about: `${type === QUEUE ? 'queue' : 'table'} ${name}`,
        toDo: 'azd provision',
      },
    ]);
  });

  test.for(ofType(ROLE))('role $properties.roleDefinitionId, $id', async ({ id, properties }) => {
    const role = String(properties?.['roleDefinitionId']).split('/').at(-1);
    const scope = id.replace(/\/providers\/Microsoft.Authorization.*$/, '');
    arm.take(id);
    const [found, ...others] = await amiss();
    expect(others).toEqual([]);
    expect(found).toMatchObject({ state: 'wrong', code: 'roleMissing', mayPass: true });
    expect(found?.about).toContain(scope.split('/').at(-1));
    expect(found?.toDo).toContain(`--assignee-object-id ${String(IDENTITY.properties?.['principalId'])}`);
    expect(found?.toDo).toContain(`--role ${role} --scope ${scope} `);
  });

  test.for([
    [APP, 'function app'],
    ['Microsoft.ManagedIdentity/userAssignedIdentities', 'user-assigned identity'],
    ['Microsoft.Storage/storageAccounts', 'storage account'],
    ['Microsoft.ServiceBus/namespaces', 'Service Bus namespace'],
    ['Microsoft.Insights/components', 'Application Insights component'],
    ['/containers/app-package', 'container app-package'],
    ['/config/authsettingsV2', 'authentication'],
    ['/basicPublishingCredentialsPolicies/scm', 'name and password for deployments'],
    ['/basicPublishingCredentialsPolicies/ftp', 'name and password for FTP'],
  ] as const)('%s', async ([end, about]) => {
    arm.take(deployed(end).id);
    expect(await amiss()).toMatchObject([{ state: 'wrong', code: 'missing', about, toDo: 'azd provision' }]);
  });

  test.for(DEPLOYED.filter(({ type }) => ALERT.test(type)))('alert $name', async ({ id, name }) => {
    arm.take(id);
    const about = `alert ${/^guest-reset-(.*)-[^-]+$/.exec(name)?.[1]}`;
    expect(await amiss()).toMatchObject([{ state: 'wrong', code: 'missing', about, toDo: 'azd provision' }]);
  });

  test.for([
    ['/diagnosticSettings/host', 'log of the host'],
    ['/diagnosticSettings/changes', 'log of changes to queues'],
    ['Microsoft.OperationalInsights/workspaces', 'Log Analytics workspace'],
  ])('%s', async ([end = '', about]) => {
    arm.take(deployed(end).id);
    expect(await amiss()).toMatchObject([{ state: 'wrong', code: 'missing', about, toDo: 'azd provision' }]);
  });

  test('the identity of the app, and another in its place is noted', async () => {
    const another = IDENTITY.id.replace(/[^/]+$/, 'another');
    change(deployed(APP), ['identity', 'userAssignedIdentities'], { [another]: {} });
    expect(await amiss()).toMatchObject([
      { state: 'wrong', code: 'identityMissing' },
      { state: 'note', code: 'identityNotNeeded', says: expect.stringContaining('another') },
    ]);
    change(deployed(APP), ['identity', 'userAssignedIdentities'], { [IDENTITY.id.toUpperCase()]: {} });
    expect(await amiss()).toEqual([]);
    change(deployed(APP), ['identity', 'principalId'], '55555555-5555-4555-8555-555555555555');
    expect(await amiss()).toMatchObject([{ state: 'note', code: 'identityNotNeeded' }]);
  });
});

describe('each member of what the template makes is compared:', () => {
  /** A parameter of the template may say otherwise, or the app does not need it. */
  const FREE = new RegExp(
    '^properties (?:accessTier|serverFarmId|Application_Type|IngestionMode|WorkspaceResourceId|maxSizeInMegabytes|' +
      'networkAcls bypass|platform runtimeVersion|sku name|retentionInDays|workspaceCapping dailyQuotaGb|' +
      'functionAppConfig scaleAndConcurrency .*)$',
  );
  /** Who and where it is. */
  const NAMES = /^(?:id|name|type|apiVersion|kind|identity|tags|location|sku) ?/;
  const TYPES = [APP, `${APP}/basicPublishingCredentialsPolicies`, QUEUE, 'Microsoft.ServiceBus/namespaces'].concat(
    ['Microsoft.Storage/storageAccounts', 'Microsoft.Storage/storageAccounts/blobServices/containers'],
    ['Microsoft.Insights/components', 'Microsoft.OperationalInsights/workspaces'],
  );
  const templates = (snapshot.predictedResources as ArmResource[])
    .filter(({ type, id }) => TYPES.includes(type) || id.endsWith('/config/authsettingsV2'))
    .flatMap((resource) => leaves(resource).map((path) => ({ resource, member: path.join(' ') })))
    .filter(({ member }) => !NAMES.test(member) && !FREE.test(member));

  test('the template says what is changed here', () => expect(templates.length).toBeGreaterThan(50));

  test.for(templates)('$resource.name $member', async ({ resource, member }) => {
    const path = member.split(' ');
    change(resource, path, otherThan(valueAt(arm.resources.get(resource.id.toLowerCase()), path)));
    const [found, ...others] = await amiss();
    expect(others).toEqual([]);
    expect(found).toMatchObject({ state: 'wrong', code: 'otherValue', toDo: expect.stringMatching(/az/) });
    expect(found?.about).toMatch(
      new RegExp(`: ${path.filter((name) => !/^properties|siteConfig$/.test(name)).join('.')}$`),
    );
  });

  /** Every member that has a value of its own: of `{a: {b: 1}}` the path `a b`. A list is one value. */
  function leaves(value: unknown, path: readonly string[] = []): (readonly string[])[] {
    const isOne =
      typeof value !== 'object' || value === null || Array.isArray(value) || Object.keys(value).length === 0;
    return isOne ? [path] : Object.entries(value).flatMap(([name, inner]) => leaves(inner, [...path, name]));
  }
  const valueAt = (value: unknown, path: readonly string[]): unknown =>
    path.reduce((object, name) => (object as Record<string, unknown>)[name], value);
  /** Another value of the same kind. */
  function otherThan(value: unknown): unknown {
    if (typeof value === 'boolean') return !value;
    if (typeof value === 'number') return value + 1;
    if (Array.isArray(value)) return [...value, 'another'];
    return typeof value === 'string' ? `other-${value}` : { other: true };
  }
});

describe('settings', () => {
  test.for([
    ...Object.keys(FORBIDDEN_SETTINGS),
    'WEBSITE_AUTH_ANYTHING',
    'AZUREWEBJOBSSTORAGE',
    'AzureWebJobs.reconcile.Disabled',
    'AzureWebJobs_reconcile_Disabled',
    'AzureFunctionsJobHost__logging__logLevel__default',
  ])('must not have %s', async (name) => {
    setting(name, '');
    expect(await amiss()).toMatchObject([
      { state: 'wrong', code: 'settingForbidden', toDo: expect.stringContaining(`--setting-names ${name}`) },
    ]);
  });
  test('may have those with a default', async () => {
    const right: Readonly<Record<string, string>> = {
      ALLOWED_EMAIL_DOMAINS: 'partner.example',
      DEFAULT_REDIRECT_URL: 'https://apps.example',
      DEFAULT_SEND_INVITATION_MESSAGE: 'true',
      GRAPH_VERSION: 'beta',
      PUBLIC_URL: 'https://resets.example',
      ATTEMPT_QUIET_SECONDS: '300',
      RESETS_PER_SECOND: '10',
    };
    for (const name of OPTIONAL_SETTINGS) setting(name, right[name] ?? '30');
    setting('RETENTION_DAYS', '90');
    setting('AUDIT_RETENTION_DAYS', '365');
    expect(await amiss()).toEqual([]);
  });
  test('that nobody reads are noted', async () => {
    setting('RESET_PER_SECOND', '5');
    expect(await amiss()).toMatchObject([{ state: 'note', code: 'settingUnknown', about: 'setting RESET_PER_SECOND' }]);
  });
  test.for([
    ['RESETS_PER_SECOND', 'fast'],
    ['GRAPH_CLOUD', 'Mars'],
    ['PUBLIC_URL', 'http://resets.example'],
    ['ATTEMPT_QUIET_SECONDS', '10'],
  ])('that the app would refuse are told in its words: %s is %s', async ([name = '', value]) => {
    setting(name, value);
    expect(await amiss()).toMatchObject([{ state: 'wrong', code: 'settingContradicts', about: `setting ${name}` }]);
  });
  test('that only differ in case, and a slash at the end, are right', async () => {
    setting('API_CLIENT_ID', '33333333-3333-4333-8333-333333333333'.toUpperCase());
    setting('TableStorage__tableServiceUri', `${String(SETTINGS.properties?.['TableStorage__tableServiceUri'])}/`);
    expect(await amiss()).toEqual([]);
  });
  test('and the platform must mean the same app registration, where nobody says which', async () => {
    setting('API_CLIENT_ID', '44444444-4444-4444-8444-444444444444');
    const { apiClientId: _, ...known } = KNOWN;
    const client = connectArm({ endpoint: arm.url, getToken: async () => 'token', sleep: async () => {} });
    expect((await checkAzure(client, known)).findings.filter(({ state }) => state !== 'right')).toMatchObject([
      { code: 'settingWrong', about: 'setting API_CLIENT_ID' },
    ]);
  });
  test('that hold a connection string are not repeated', async () => {
    setting('APPLICATIONINSIGHTS_CONNECTION_STRING', 'InstrumentationKey=of-somebody-else');
    expect(JSON.stringify(await amiss())).not.toContain('of-somebody-else');
  });
});

describe('roles', () => {
  const grant = (role: string, scope: string): void =>
    arm.add({
      id: `${scope}/providers/${ROLE}/99999999-9999-4999-8999-999999999999`,
      name: '99999999-9999-4999-8999-999999999999',
      type: ROLE,
      properties: { principalId: IDENTITY.properties?.['principalId'], roleDefinitionId: `/x/${role}` },
    });
  test('that are more than needed are noted, on the group and on what it is in as well', async () => {
    const contributor = 'b24988ac-6180-42a0-ab88-20f7382dd24c';
    for (const scope of [GROUP, GROUP.split('/resourceGroups')[0] ?? '', deployed(APP).id]) {
      grant(contributor, scope);
      const found = await amiss();
      expect(found).toMatchObject([{ state: 'note', code: 'roleNotNeeded', about: `role ${contributor} on ${scope}` }]);
      arm.take(`${scope}/providers/${ROLE}/99999999-9999-4999-8999-999999999999`);
    }
  });
  test('to send and to receive may be one that does both', async () => {
    const queue = deployed('/queues/dispatch').id;
    for (const { id } of ofType(ROLE)) if (id.startsWith(`${queue}/`)) arm.take(id);
    grant('090c5cfd-751d-490a-894a-3ce6f1109419', queue);
    expect(await amiss()).toEqual([]);
  });
});

test('an alert that is switched off is told', async () => {
  change(
    deployed(`guest-reset-heartbeat-${String(deployed(APP).name.split('-').at(-1))}`),
    ['properties', 'enabled'],
    false,
  );
  expect(await amiss()).toMatchObject([{ state: 'wrong', code: 'otherValue', about: 'alert heartbeat: enabled' }]);
});

describe('who may not look', () => {
  test.for([
    [/config\/list\/action/, 'app settings', 'Website Contributor', 'Microsoft.Web/sites/config/list/action'],
    [/roleAssignments\/read/, "roles of the app's identity", 'Reader', 'Microsoft.Authorization/roleAssignments/read'],
    [/resourceGroups\/read/, 'resource group rg-guest-reset', 'Reader', 'Microsoft.Resources'],
    [/storageAccounts\/read/, 'storage account', 'Reader', 'Microsoft.Storage/storageAccounts/read'],
  ] as const)('is told by which role: %s', async ([action, about, role, needed]) => {
    arm.refuse(action);
    const [found, ...others] = await amiss();
    expect(others).toEqual([]);
    expect(found).toMatchObject({ state: 'unchecked', code: 'notAllowed', about });
    expect(found?.says).toContain(needed);
    expect(found?.toDo).toContain(`--role "${role}" --scope ${GROUP}`);
  });
});

describe('the group', () => {
  test('that is another is told', async () => {
    expect(await amiss({ place: { ...KNOWN.place, resourceGroup: 'elsewhere' } })).toMatchObject([
      { state: 'wrong', code: 'missing', about: 'resource group elsewhere' },
    ]);
  });
  test('may hold resources of others: ours have the tag, or a name that is known', async () => {
    const account = deployed('Microsoft.Storage/storageAccounts');
    const theirs = { ...account, id: account.id.replace(/[^/]+$/, 'theirs'), name: 'theirs', tags: { owner: 'them' } };
    arm.add(theirs);
    expect(await amiss()).toEqual([]);
    arm.add({ ...theirs, tags: { 'azd-env-name': 'test' } });
    const [found] = await amiss();
    expect(found).toMatchObject({ state: 'wrong', code: 'several', about: 'storage account' });
    expect(found?.toDo).toContain('STORAGE_ACCOUNT_NAME');
    expect(await amiss({ names: { storage: account.name } })).toEqual([]);
  });
});

describe('Azure that is slow or broken', () => {
  test('is asked again', async () => {
    arm.failNext(2, 503);
    expect(await amiss()).toEqual([]);
    arm.failNext(3, 429);
    expect(await amiss()).toEqual([]);
  });
  test('is told where nobody answers', async () => {
    await arm.stop();
    expect(await amiss()).toMatchObject([{ state: 'wrong', code: 'notAnswered', mayPass: true }]);
    arm = await startArm(snapshot);
  });
  test('in the end is told, as something that may pass', async () => {
    arm.failNext(1_000, 500);
    expect(await amiss()).toMatchObject([{ state: 'wrong', code: 'notAnswered', mayPass: true }]);
  });
});
