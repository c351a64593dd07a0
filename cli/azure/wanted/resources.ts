/** What must be true of each resource, member by member. */
import type { World } from './world.ts';

export const QUEUES = ['resets-priority', 'resets-bulk', 'dispatch'] as const;
export const TABLES = ['jobs', 'chunks', 'guests', 'control', 'idempotency', 'audit'] as const;
/** Paths that App Service authentication lets everybody through to. */
export const OPEN_PATHS = [
  '/api/health',
  '/api/openapi.json',
  '/api/openapi-v2.json',
  '/api/problems',
  '/api/problems/*',
  '/api/console',
  '/api/console/*',
] as const;
export const PACKAGE_CONTAINER = 'app-package';

/** One member: what it must be, why, and what to do alone where `azd provision` is not the answer. */
export interface Wanted {
  /** Of what ARM shows: `properties.httpsOnly`. */
  readonly path: string;
  /** One of these; of a list the members, in any order. Undefined where it is not known: then it must only be there. */
  readonly is: readonly unknown[] | undefined;
  readonly why: string;
  readonly toDo?: string;
}

const LOCAL_AUTH = 'with keys anybody gets in who has seen one';

export function wantedApp({ place, app = 'APP', identity, storage }: World): Wanted[] {
  const at = `--resource-group ${place.resourceGroup} --name ${app}`;
  const config = 'properties.functionAppConfig';
  return [
    { path: 'kind', is: ['functionapp,linux'], why: 'it is a function app on Linux' },
    {
      path: 'properties.state',
      is: ['Running', undefined],
      why: 'a stopped app does nothing',
      toDo: `az functionapp start ${at}`,
    },
    {
      path: 'properties.httpsOnly',
      is: [true],
      why: 'tokens would travel where others read along',
      toDo: `az functionapp update ${at} --set httpsOnly=true`,
    },
    { path: 'properties.publicNetworkAccess', is: ['Enabled', undefined], why: 'callers come from outside' },
    { path: `${config}.runtime.name`, is: ['node'], why: 'the code is for Node' },
    { path: `${config}.runtime.version`, is: ['22', '24'], why: 'the code is for Node 22 and newer' },
    {
      path: `${config}.scaleAndConcurrency.instanceMemoryMB`,
      is: [512, 2048, 4096],
      why: 'the plan knows these sizes',
    },
    { path: `${config}.scaleAndConcurrency.maximumInstanceCount`, is: undefined, why: 'it bounds the cost' },
    {
      path: `${config}.siteUpdateStrategy.type`,
      is: ['RollingUpdate'],
      why: 'any other kills what runs at each deployment, and leaves its batches in doubt',
    },
    { path: `${config}.deployment.storage.type`, is: ['blobContainer'], why: 'the code is started from a container' },
    {
      path: `${config}.deployment.storage.value`,
      is: storage && [`${storage.blobs}${PACKAGE_CONTAINER}`],
      why: 'the code is started from there',
    },
    {
      path: `${config}.deployment.storage.authentication.type`,
      is: ['UserAssignedIdentity'],
      why: 'the account takes no keys',
    },
    {
      path: `${config}.deployment.storage.authentication.userAssignedIdentityResourceId`,
      is: identity && [identity.id],
      why: 'it is the identity that may read there',
    },
  ];
}

/** What ARM shows of a site's `siteConfig` stands in `config/web`. */
export const WANTED_WEB: readonly Wanted[] = [
  { path: 'properties.minTlsVersion', is: ['1.2', '1.3'], why: 'older TLS is broken' },
  { path: 'properties.ftpsState', is: ['Disabled'], why: 'nobody changes code by FTP' },
  { path: 'properties.http20Enabled', is: [true], why: 'callers may use HTTP/2' },
];

export const WANTED_CREDENTIALS: readonly Wanted[] = [
  { path: 'properties.allow', is: [false], why: 'a name and a password would be enough to change the code' },
];

export function wantedAuthentication({ tenantId, apiClientId, login }: World): Wanted[] {
  const entra = 'properties.identityProviders.azureActiveDirectory';
  return [
    { path: 'properties.platform.enabled', is: [true], why: 'without it nobody asks for tokens' },
    { path: 'properties.globalValidation.requireAuthentication', is: [true], why: 'strangers stay outside' },
    {
      path: 'properties.globalValidation.unauthenticatedClientAction',
      is: ['Return401'],
      why: 'nothing without a token reaches the code',
    },
    {
      path: 'properties.globalValidation.excludedPaths',
      is: [OPEN_PATHS],
      why: 'these are open to everybody, and no other',
    },
    { path: 'properties.httpSettings.requireHttps', is: [true], why: 'tokens would travel where others read along' },
    { path: 'properties.login.tokenStore.enabled', is: [false, undefined], why: 'no token is kept anywhere' },
    { path: `${entra}.enabled`, is: [true], why: 'callers sign in with Microsoft Entra ID' },
    {
      path: `${entra}.registration.clientId`,
      is: apiClientId === undefined ? undefined : [apiClientId],
      why: 'tokens are for this app registration, and the app compares it with API_CLIENT_ID',
    },
    {
      path: `${entra}.registration.openIdIssuer`,
      is: tenantId === undefined ? undefined : [`${login}/${tenantId}/v2.0`],
      why: 'tokens come from this tenant',
    },
    {
      path: `${entra}.validation.allowedAudiences`,
      is: apiClientId === undefined ? undefined : [[apiClientId, `api://${apiClientId}`]],
      why: 'tokens of both versions are accepted, and for nobody else',
    },
    {
      path: `${entra}.validation.defaultAuthorizationPolicy.allowedApplications`,
      is: [[], undefined],
      why: 'who may do what is decided by roles, which say what is missing',
    },
    {
      path: `${entra}.validation.defaultAuthorizationPolicy.allowedPrincipals`,
      is: [{}, undefined],
      why: 'who may do what is decided by roles, which say what is missing',
    },
  ];
}

export const WANTED_STORAGE: readonly Wanted[] = [
  { path: 'properties.allowSharedKeyAccess', is: [false], why: LOCAL_AUTH },
  { path: 'properties.allowBlobPublicAccess', is: [false], why: 'the code of the app lies there' },
  { path: 'properties.allowCrossTenantReplication', is: [false], why: 'no other tenant gets a copy' },
  { path: 'properties.defaultToOAuthAuthentication', is: [true], why: 'the portal asks with tokens, too' },
  { path: 'properties.minimumTlsVersion', is: ['TLS1_2', 'TLS1_3'], why: 'older TLS is broken' },
  { path: 'properties.supportsHttpsTrafficOnly', is: [true], why: 'rows name guests' },
  {
    path: 'properties.publicNetworkAccess',
    is: ['Enabled', undefined],
    why: 'the app comes from no fixed address, and there is no virtual network',
  },
  {
    path: 'properties.networkAcls.defaultAction',
    is: ['Allow', undefined],
    why: 'the app comes from no fixed address, and there is no virtual network',
  },
];

export const WANTED_CONTAINER: readonly Wanted[] = [
  { path: 'properties.publicAccess', is: ['None', undefined], why: 'the code of the app lies there' },
];

export const WANTED_NAMESPACE: readonly Wanted[] = [
  { path: 'sku.name', is: ['Standard', 'Premium'], why: 'Basic drops no duplicates and schedules nothing' },
  { path: 'properties.disableLocalAuth', is: [true], why: LOCAL_AUTH },
  { path: 'properties.minimumTlsVersion', is: ['1.2', '1.3'], why: 'older TLS is broken' },
  { path: 'properties.publicNetworkAccess', is: ['Enabled', undefined], why: 'the app comes from no fixed address' },
];

/** A queue has to be made anew for what cannot be changed. */
export function wantedQueue({ place, serviceBus }: World, queue: string): Wanted[] {
  const toDo =
    'It cannot be changed. When no job runs: az servicebus queue delete ' +
    `--resource-group ${place.resourceGroup} --namespace-name ${serviceBus?.name ?? 'NAMESPACE'} --name ${queue}; ` +
    'then: azd provision (lost messages are found again by reconcile)';
  return [
    {
      path: 'properties.requiresDuplicateDetection',
      is: [true],
      why: 'sends are repeated, and the second one must be dropped',
      toDo,
    },
    { path: 'properties.duplicateDetectionHistoryTimeWindow', is: ['PT10M'], why: 'repeats come within ten minutes' },
    { path: 'properties.lockDuration', is: ['PT1M'], why: 'the host renews the lock of a message within a minute' },
    { path: 'properties.maxDeliveryCount', is: [10], why: 'a crash or two must not end in a dead letter' },
    { path: 'properties.defaultMessageTimeToLive', is: ['P14D'], why: 'a message may wait long for a paused job' },
    { path: 'properties.deadLetteringOnMessageExpiration', is: [true], why: 'what gets too old is to be seen' },
    { path: 'properties.maxSizeInMegabytes', is: undefined, why: 'it bounds the queue' },
    { path: 'properties.requiresSession', is: [false, undefined], why: 'the code knows no sessions', toDo },
    {
      path: 'properties.enablePartitioning',
      is: [false, undefined],
      why: 'duplicates are found in one part only',
      toDo,
    },
    { path: 'properties.status', is: ['Active', undefined], why: 'a disabled queue takes and gives nothing' },
  ];
}

export const WANTED_INSIGHTS: readonly Wanted[] = [
  { path: 'properties.DisableLocalAuth', is: [true], why: LOCAL_AUTH },
  { path: 'properties.WorkspaceResourceId', is: undefined, why: 'the alerts ask the workspace' },
];
