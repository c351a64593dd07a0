/** App settings: which must be there with which value, which may be, and which must not. */
import type { World } from './world.ts';

export interface WantedSetting {
  /** Undefined where the facts for it are not known: then any value will do. */
  readonly value: (world: World) => string | undefined;
  readonly why: string;
}

const identity = ({ identity: own }: World): string | undefined => own?.clientId;
const MANAGED = (): string => 'managedidentity';

export const WANTED_SETTINGS: Readonly<Record<string, WantedSetting>> = {
  API_CLIENT_ID: {
    value: ({ apiClientId }) => apiClientId,
    why: 'the app believes no caller of another app registration',
  },
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: {
    value: ({ identity: own }) => own && `ClientId=${own.clientId};Authorization=AAD`,
    why: 'telemetry is taken with the identity only',
  },
  APPLICATIONINSIGHTS_CONNECTION_STRING: {
    value: ({ insights }) => insights?.connectionString,
    why: 'logs and alerts come from there',
  },
  AZURE_CLIENT_ID: { value: identity, why: 'it says which identity reads tables and calls Graph' },
  AZURE_TENANT_ID: { value: ({ tenantId }) => tenantId, why: 'tokens of another tenant are refused' },
  AzureWebJobsStorage__accountName: {
    value: ({ storage }) => storage?.name,
    why: 'the host keeps its keys and locks there, and does not start without',
  },
  AzureWebJobsStorage__clientId: { value: identity, why: 'the host does not start without' },
  AzureWebJobsStorage__credential: { value: MANAGED, why: 'the host does not start without' },
  BULK_QUEUE: { value: () => 'resets-bulk', why: 'a trigger and the scaler look it up' },
  DISPATCH_QUEUE: { value: () => 'dispatch', why: 'a trigger and the scaler look it up' },
  GRAPH_CLOUD: { value: () => undefined, why: 'it decides which Graph is called' },
  OTEL_TRACES_SAMPLER: { value: () => 'microsoft.fixed_percentage', why: 'alerts miss lines that the host leaves out' },
  OTEL_TRACES_SAMPLER_ARG: { value: () => '1', why: 'alerts miss lines that the host leaves out' },
  PRIORITY_QUEUE: { value: () => 'resets-priority', why: 'a trigger and the scaler look it up' },
  ServiceBusConnection__clientId: { value: identity, why: 'without it no message wakes the app' },
  ServiceBusConnection__credential: { value: MANAGED, why: 'without it no message wakes the app' },
  ServiceBusConnection__fullyQualifiedNamespace: {
    value: ({ serviceBus }) => serviceBus?.host,
    why: 'the queues are there',
  },
  TableStorage__tableServiceUri: { value: ({ storage }) => storage?.tables, why: 'the tables are there' },
  WEBSITE_AUTH_AAD_ALLOWED_TENANTS: {
    value: ({ tenantId }) => tenantId,
    why: 'the platform lets tokens of other tenants through otherwise',
  },
};

/** They have a default in the code. Those that are numbers or lists are read by the app's own rules. */
export const OPTIONAL_SETTINGS: readonly string[] = [
  'ALLOWED_EMAIL_DOMAINS',
  'ATTEMPT_QUIET_SECONDS',
  'ATTEMPT_SEND_WINDOW_SECONDS',
  'AUDIT_RETENTION_DAYS',
  'DEFAULT_REDIRECT_URL',
  'DEFAULT_SEND_INVITATION_MESSAGE',
  'GRAPH_TIMEOUT_SECONDS',
  'GRAPH_VERSION',
  'HOLD_JOBS_ABOVE',
  'LOOK_INTERVAL_SECONDS',
  'MAX_INVITATIONS_PER_DAY',
  'MAX_OPEN_JOBS_PER_CALLER',
  'MAX_RESETS_PER_JOB',
  'OTEL_EXPORTER_OTLP_ENDPOINT',
  'PUBLIC_URL',
  'READS_PER_SECOND',
  'REDEEM_URL_DAYS',
  'RESETS_PER_SECOND',
  'RETENTION_DAYS',
  'SUBMIT_MAX_SECONDS',
  'VERIFY_AFTER_SECONDS',
  'languageWorkers__node__arguments',
];

const KEY = 'it holds a key, and the keys are switched off';
const IGNORED = 'this plan does not know it, and some deployments fail with it';
const OPENS = 'whoever sets it decides whom the app believes';

/** What opens or breaks the app, by name. Source for the last group: Flex Consumption documentation, "deprecations". */
export const FORBIDDEN_SETTINGS: Readonly<Record<string, string>> = {
  WEBSITE_AUTH_ENABLED: OPENS,
  WEBSITE_AUTH_CLIENT_ID: OPENS,
  WEBSITE_AUTH_OPENID_ISSUER: OPENS,
  WEBSITE_WARMUP_PATH: 'it is said to let everybody through to that path',
  AZURE_FUNCTIONS_ENVIRONMENT: "it switches to the mode of a developer's machine, where nobody signs in",
  GRAPH_ENDPOINT: 'it is for a simulator: tokens for Graph would go there',
  LOGIN_ENDPOINT: 'it is for a simulator: the console would send people there to sign in',
  AzureWebJobsStorage: 'it wins over the identity, even empty, and then the host does not start',
  AzureWebJobsDashboard: KEY,
  TableStorage: KEY,
  ServiceBusConnection: KEY,
  AZURE_CLIENT_SECRET: 'it is a secret, and the app has an identity',
  APPINSIGHTS_INSTRUMENTATIONKEY: 'telemetry is taken with the identity only',
  ...Object.fromEntries(
    [
      'FUNCTIONS_WORKER_RUNTIME',
      'FUNCTIONS_WORKER_RUNTIME_VERSION',
      'FUNCTIONS_EXTENSION_VERSION',
      'FUNCTIONS_MAX_HTTP_CONCURRENCY',
      'WEBSITE_RUN_FROM_PACKAGE',
      'WEBSITE_NODE_DEFAULT_VERSION',
      'SCM_DO_BUILD_DURING_DEPLOYMENT',
      'ENABLE_ORYX_BUILD',
      'WEBSITE_CONTENTAZUREFILECONNECTIONSTRING',
      'WEBSITE_CONTENTSHARE',
      'WEBSITE_CONTENTOVERVNET',
      'WEBSITE_MAX_DYNAMIC_APPLICATION_SCALE_OUT',
      'WEBSITE_MOUNT_ENABLED',
      'WEBSITES_CONTAINER_START_TIME_LIMIT',
      'WEBSITE_TIME_ZONE',
      'WEBSITE_VNET_ROUTE_ALL',
      'TZ',
    ].map((name) => [name, IGNORED]),
  ),
};

/** Names that are built from others, in any case. Source: Functions documentation, app settings reference. */
const FORBIDDEN_PATTERNS: readonly (readonly [RegExp, string])[] = [
  [/^WEBSITE_AUTH_/i, OPENS],
  [/^AzureWebJobs[._].+[._]Disabled$/i, 'it switches a function off, and jobs wait for it'],
  [/^AzureFunctionsJobHost__/i, 'it overrides host.json, of which the alerts need the levels of logging'],
];

/** Why a setting must not be there. The host reads names in any case. */
export function whyForbidden(name: string): string | undefined {
  const known = Object.keys(FORBIDDEN_SETTINGS).find((each) => each.toLowerCase() === name.toLowerCase());
  return known === undefined
    ? FORBIDDEN_PATTERNS.find(([pattern]) => pattern.test(name))?.[1]
    : FORBIDDEN_SETTINGS[known];
}
