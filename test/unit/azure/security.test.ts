/**
 * The security checklists line by line: PSRule for Azure, Checkov (`CKV_AZURE_…`) and the Microsoft cloud security
 * benchmark. What is not done stands in infra/README.md with its reason.
 */
import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { SETS, at, evaluated, ofType, one, textOf, type SetName } from '../../azure/evaluated.ts';

const SITE = 'Microsoft.Web/sites';
const STORAGE = 'Microsoft.Storage/storageAccounts';
const BUS = 'Microsoft.ServiceBus/namespaces';
const WORKSPACE = 'Microsoft.OperationalInsights/workspaces';
const INSIGHTS = 'Microsoft.Insights/components';
const BLOBS = `${STORAGE}/blobServices`;

/** What is asked, of which type, where it stands, and what must be there. */
const ASKED: readonly (readonly [line: string, type: string, path: string, value: unknown])[] = [
  ['a managed identity (CKV_AZURE_71)', SITE, 'identity.type', 'UserAssigned'],
  ['HTTPS only (CKV_AZURE_70)', SITE, 'httpsOnly', true],
  ['TLS 1.2 at least (CKV_AZURE_145)', SITE, 'siteConfig.minTlsVersion', '1.2'],
  ['no FTP (CKV_AZURE_78)', SITE, 'siteConfig.ftpsState', 'Disabled'],
  ['HTTP/2 (CKV_AZURE_67)', SITE, 'siteConfig.http20Enabled', true],
  ['no other origin by CORS (CKV_AZURE_62)', SITE, 'siteConfig.cors', undefined],
  ['no remote debugging (CKV_AZURE_221)', SITE, 'siteConfig.remoteDebuggingEnabled', undefined],
  ['rolling updates, which end nothing half-way', SITE, 'functionAppConfig.siteUpdateStrategy.type', 'RollingUpdate'],
  ['no shared key (Azure.Storage.LocalAuth)', STORAGE, 'allowSharedKeyAccess', false],
  ['Entra by default', STORAGE, 'defaultToOAuthAuthentication', true],
  ['TLS 1.2 (CKV_AZURE_44)', STORAGE, 'minimumTlsVersion', 'TLS1_2'],
  ['HTTPS only (CKV_AZURE_3)', STORAGE, 'supportsHttpsTrafficOnly', true],
  ['no public blobs (CKV_AZURE_190)', STORAGE, 'allowBlobPublicAccess', false],
  ['no copies into other tenants', STORAGE, 'allowCrossTenantReplication', false],
  ['soft delete of blobs (CKV2_AZURE_38)', BLOBS, 'deleteRetentionPolicy.enabled', true],
  ['soft delete of containers', BLOBS, 'containerDeleteRetentionPolicy.enabled', true],
  ['a private container (CKV_AZURE_34)', `${BLOBS}/containers`, 'publicAccess', 'None'],
  ['no keys (CKV_AZURE_203)', BUS, 'disableLocalAuth', true],
  ['TLS 1.2 (CKV_AZURE_205)', BUS, 'minimumTlsVersion', '1.2'],
  ['no keys (Azure.AppInsights.LocalAuth)', INSIGHTS, 'DisableLocalAuth', true],
  ['in a workspace', INSIGHTS, 'IngestionMode', 'LogAnalytics'],
];

describe.each(SETS)('%s', (set) => {
  test.each(ASKED)('has %s: %s %s', (_line, type, path, value) => {
    const found = ofType(set, type);
    expect(found).toHaveLength(1);
    for (const resource of found) expect(at(resource, path)).toEqual(value);
  });

  test('lets nobody in without a token of this tenant for this app (CKV_AZURE_56)', () => {
    const authentication = one(set, `${SITE}/config`, '/authsettingsV2');
    expect(authentication.properties).toMatchObject({
      platform: { enabled: true },
      globalValidation: { requireAuthentication: true, unauthenticatedClientAction: 'Return401' },
      httpSettings: { requireHttps: true },
      login: { tokenStore: { enabled: false } },
      identityProviders: {
        azureActiveDirectory: {
          registration: { openIdIssuer: expect.stringContaining("'22222222-2222-4222-8222-222222222222')]") },
          validation: {
            allowedAudiences: ['33333333-3333-4333-8333-333333333333', 'api://33333333-3333-4333-8333-333333333333'],
          },
        },
      },
    });
    expect(at(authentication, 'globalValidation.redirectToProvider')).toBeUndefined();
    expect(Object.keys(at(authentication, 'identityProviders') as object)).toEqual(['azureActiveDirectory']);
  });

  test.each(['scm', 'ftp'])('has no user name and password for %s', (door) => {
    expect(at(one(set, `${SITE}/basicPublishingCredentialsPolicies`, `/${door}`), 'allow')).toBe(false);
  });

  test('writes what the host and what changes in Service Bus into the workspace', () => {
    const categories = ofType(set, 'Microsoft.Insights/diagnosticSettings').map((each) => at(each, 'logs'));
    expect(categories).toEqual([
      [{ category: 'OperationalLogs', enabled: true }],
      [{ category: 'FunctionAppLogs', enabled: true }],
    ]);
  });

  test('has no key and no secret', () => {
    expect(textOf(set)).not.toMatch(
      /list(?:Account)?(?:Keys|Secrets|Sas)|AccountKey|SharedAccessKey|password|"secret/i,
    );
    expect(textOf(set)).not.toMatch(/clientSecret|primaryKey|AuthorizationRules/i);
    expect(JSON.stringify(evaluated(set).outputs)).not.toMatch(/ConnectionString|key/i);
  });

  test('opens no door that nobody has asked for', () => {
    // Types of resources, so that a new one is looked at.
    const types = new Set(evaluated(set).predictedResources.map(({ type }) => type));
    expect([...types].filter((type) => !KNOWN_TYPES.includes(type))).toEqual([]);
  });

  test('carries the tags, and azd finds the app by one', () => {
    const tagged = evaluated(set).predictedResources.filter(({ type }) => TAGGED_TYPES.has(type));
    for (const { type, tags } of tagged) expect(tags, type).toMatchObject({ 'azd-env-name': 'test' });
    expect(one(set, SITE)['tags']).toMatchObject({ 'azd-service-name': 'api' });
  });
});

const TAGGED_TYPES = new Set([
  'Microsoft.Insights/actionGroups',
  'Microsoft.Insights/activityLogAlerts',
  INSIGHTS,
  'Microsoft.Insights/metricAlerts',
  'Microsoft.Insights/scheduledQueryRules',
  'Microsoft.Insights/workbooks',
  'Microsoft.ManagedIdentity/userAssignedIdentities',
  WORKSPACE,
  BUS,
  STORAGE,
  'Microsoft.Web/serverfarms',
  SITE,
]);
const KNOWN_TYPES = [
  ...TAGGED_TYPES,
  'Microsoft.Authorization/locks',
  'Microsoft.Authorization/roleAssignments',
  'Microsoft.Insights/diagnosticSettings',
  `${BUS}/queues`,
  BLOBS,
  `${BLOBS}/containers`,
  `${STORAGE}/tableServices`,
  `${STORAGE}/tableServices/tables`,
  `${SITE}/basicPublishingCredentialsPolicies`,
  `${SITE}/config`,
];

test('our own workspace has a cap and an end, and no keys', () => {
  const workspace = one('plain', WORKSPACE);
  expect(at(workspace, 'features.disableLocalAuth')).toBe(true);
  expect(at(workspace, 'workspaceCapping.dailyQuotaGb')).toBe(1);
  expect(at(workspace, 'retentionInDays')).toBe(30);
});

test('a workspace that is there already is left as it is, and gets the logs', () => {
  expect(ofType('existing-workspace', WORKSPACE)).toEqual([]);
  expect(at(one('existing-workspace', INSIGHTS), 'WorkspaceResourceId')).toMatch(/\/rg-logs\/.*\/logs$/);
});

test('the storage account is locked against deletion only where that is wanted', () => {
  const locks = (set: SetName): unknown[] =>
    ofType(set, 'Microsoft.Authorization/locks').map((lock) => [lock.id.split('/').slice(-6, -5), at(lock, 'level')]);
  expect(locks('plain')).toEqual([]);
  expect(locks('all-options')).toEqual([[['storageAccounts'], 'CanNotDelete']]);
});

test('no template asks for a key, takes a secret, or is fetched from elsewhere', () => {
  for (const file of globSync('infra/**/*.{bicep,bicepparam}')) {
    const text = readFileSync(file, 'utf8');
    expect(text, file).not.toMatch(/\blist\w+\(|@secure|getSecret|Microsoft\.KeyVault/);
    expect(text, file).not.toMatch(/'(?:br|ts)[:/]|^\s*(?:extension|provider)\b/m);
  }
});

/** Lines of the checklists that are not met. */
const EXCEPTIONS = [
  'publicNetworkAccess',
  'client certificates',
  'scmMinTlsVersion',
  'CKV_AZURE_35',
  'CKV_AZURE_206',
  'CKV_AZURE_33',
  'CKV_AZURE_199',
  'CKV_AZURE_201',
  'CKV_AZURE_204',
  'audit log of Service Bus',
  'zone redundancy',
  'budget',
];

test.each(EXCEPTIONS)('what is not done, %s, has its reason in the page', (line) => {
  expect(readFileSync('infra/README.md', 'utf8')).toContain(line);
});
