/** The environment as configuration: every problem at once, at first use and never at import. */
import { authenticationOf, isOnAzure, type Authentication } from './authentication.ts';
import { CLOUDS, cloudNamed, type Cloud } from './clouds.ts';
import { DEFAULT_POLICY, policyProblems, type Policy } from './domain/policy.ts';
import { isDomain } from './domain/guest/email-domain.ts';
import { isGuid } from './domain/ids.ts';
import { readSettings, type Environment, type Settings } from './settings.ts';

/** A service by connection string (local), or by address with the app's identity (Azure). */
export type Address = { readonly connectionString: string } | { readonly address: string };

export interface Config {
  readonly tenantId: string;
  readonly graph: { readonly endpoint: string; readonly version: 'v1.0' | 'beta' };
  /** Where people sign in. */
  readonly loginUrl: string;
  /** Where the app's own tokens come from: Azure's own, always. */
  readonly authorityHost: string;
  /** Where guests land whose reset says nothing else. */
  readonly defaultRedirectUrl: string;
  /** Domains that may be invited; absent for all. */
  readonly allowedEmailDomains?: readonly string[];
  readonly tables: Address;
  readonly serviceBus: Address;
  readonly queues: { readonly priority: string; readonly bulk: string; readonly dispatch: string };
  /** Client id of a user-assigned identity. */
  readonly clientId?: string;
  /** Client id of the app registration that callers sign in to. */
  readonly apiClientId?: string;
  readonly policy: Policy;
  readonly maxResetsPerJob: number;
  /** How long redeem URLs are given out after a reset. */
  readonly redeemUrlDays: number;
  /** What to do where neither a reset nor its job says whether to send mail. */
  readonly defaultSendInvitationMessage?: boolean;
  /** Who is believed to say who calls. */
  readonly authentication: Authentication;
  readonly links: Links;
}

/** Where links lead: `publicUrl`, without `/api`, else where the functions host was asked. */
export interface Links {
  readonly publicUrl?: string;
  readonly isOnAzure: boolean;
}

export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(`The configuration has ${problems.length} problem${problems.length === 1 ? '' : 's'}: ${problems.join(' ')}`);
    this.problems = problems;
  }
}

/**
 * Reads the configuration.
 * @throws ConfigError with every problem
 */
export function readConfig(env: Environment): Config {
  const settings = readSettings(env);
  const callers = readCallers(settings, env);
  const holdJobsAbove = readHold(settings, callers.authentication);
  const config: Config = {
    ...readTenant(settings),
    ...readServices(settings),
    ...readDefaults(settings),
    ...callers,
    policy: { ...readPolicy(settings), ...(holdJobsAbove !== undefined && { holdJobsAbove }) },
    maxResetsPerJob: settings.number('MAX_RESETS_PER_JOB', 200_000, 1, 500_000),
    redeemUrlDays: settings.number('REDEEM_URL_DAYS', 7, 0, 90),
  };
  if (settings.problems.length > 0) throw new ConfigError(settings.problems);
  return config;
}

/** The tenant, and the cloud that it is in. */
function readTenant(
  settings: Settings,
): Pick<Config, 'tenantId' | 'graph' | 'loginUrl' | 'authorityHost' | 'defaultRedirectUrl'> {
  const tenantId = settings.text('AZURE_TENANT_ID');
  settings.check(tenantId === '' || isGuid(tenantId), "AZURE_TENANT_ID must be the tenant's id, a GUID.");
  const wanted = settings.text('GRAPH_CLOUD', 'Global');
  const cloudName = cloudNamed(wanted);
  settings.check(
    cloudName !== undefined,
    `GRAPH_CLOUD is "${wanted}"; it must be one of ${Object.keys(CLOUDS).join(', ')}.`,
  );
  const cloud: Cloud = CLOUDS[cloudName ?? 'Global'];
  const redirect = settings.text('DEFAULT_REDIRECT_URL', cloud.myApps && `${cloud.myApps}?tenantId=${tenantId}`);
  settings.check(
    redirect === '' || redirect.startsWith('https://'),
    `DEFAULT_REDIRECT_URL is "${redirect}"; it must be an https URL.`,
  );
  const endpoint = settings.text('GRAPH_ENDPOINT', cloud.graph).replace(/\/+$/, '');
  settings.check(isServiceUrl(endpoint), `GRAPH_ENDPOINT is "${endpoint}"; it must be an https URL.`);
  const loginUrl = settings.text('LOGIN_ENDPOINT', cloud.login).replace(/\/+$/, '');
  settings.check(isServiceUrl(loginUrl), `LOGIN_ENDPOINT is "${loginUrl}"; it must be an https URL.`);
  const version = settings.text('GRAPH_VERSION', 'v1.0');
  settings.check(version === 'v1.0' || version === 'beta', `GRAPH_VERSION is "${version}"; it must be v1.0 or beta.`);
  return {
    tenantId,
    graph: { endpoint, version: version === 'beta' ? 'beta' : 'v1.0' },
    loginUrl,
    authorityHost: cloud.login,
    defaultRedirectUrl: redirect,
  };
}

/** What the app stores and queues with, and as whom. */
function readServices(settings: Settings): Pick<Config, 'tables' | 'serviceBus' | 'queues' | 'clientId'> {
  const clientId = settings.optional('AZURE_CLIENT_ID');
  return {
    tables: readAddress(settings, 'TableStorage', 'tableServiceUri'),
    serviceBus: readAddress(settings, 'ServiceBusConnection', 'fullyQualifiedNamespace'),
    queues: {
      priority: settings.text('PRIORITY_QUEUE', 'resets-priority'),
      bulk: settings.text('BULK_QUEUE', 'resets-bulk'),
      dispatch: settings.text('DISPATCH_QUEUE', 'dispatch'),
    },
    ...(clientId !== undefined && { clientId }),
  };
}

/** @param suffix names the setting that has an address instead of a connection string, as the bindings name it */
function readAddress(settings: Settings, name: string, suffix: string): Address {
  const connectionString = settings.optional(name);
  if (connectionString !== undefined) return { connectionString };
  const address = settings.optional(`${name}__${suffix}`);
  settings.check(
    address !== undefined,
    `Set ${name}__${suffix} (with the app's identity), or ${name} (a connection string, for local use).`,
  );
  return { address: address ?? '' };
}

/** What holds for a submission that says nothing of it, and which domains it may invite. */
function readDefaults(settings: Settings): Pick<Config, 'allowedEmailDomains' | 'defaultSendInvitationMessage'> {
  const domains = (settings.optional('ALLOWED_EMAIL_DOMAINS') ?? '').split(/[,;\s]+/).filter(Boolean);
  const badDomain = domains.find((domain) => !isDomain(domain.replace(/^\*\./, '')));
  settings.check(
    badDomain === undefined,
    `ALLOWED_EMAIL_DOMAINS has "${badDomain}"; write domains such as partner.example or *.partner.example, ` +
      'with commas between.',
  );
  const mail = settings.optional('DEFAULT_SEND_INVITATION_MESSAGE')?.toLowerCase();
  settings.check(
    mail === undefined || mail === 'true' || mail === 'false',
    `DEFAULT_SEND_INVITATION_MESSAGE is "${mail}"; it must be true, false or absent.`,
  );
  return {
    ...(domains.length > 0 && { allowedEmailDomains: domains }),
    ...(mail !== undefined && { defaultSendInvitationMessage: mail === 'true' }),
  };
}

/** Who may call, and where the links lead that callers get. */
function readCallers(settings: Settings, env: Environment): Pick<Config, 'authentication' | 'apiClientId' | 'links'> {
  const apiClientId = settings.optional('API_CLIENT_ID');
  settings.check(
    apiClientId === undefined || isGuid(apiClientId),
    'API_CLIENT_ID must be the client id of the app registration that callers sign in to, a GUID.',
  );
  const links = linksOf(env);
  settings.check(
    links !== undefined,
    `PUBLIC_URL is "${settings.optional('PUBLIC_URL')}"; it must be an https URL without query, such as ` +
      'https://resets.example.',
  );
  return {
    authentication: authenticationOf(env),
    links: links ?? { isOnAzure: isOnAzure(env) },
    ...(apiClientId !== undefined && { apiClientId }),
  };
}

/** By itself, for what is said where the rest may be wrong; undefined where `PUBLIC_URL` is none. */
export function linksOf(env: Environment): Links | undefined {
  const publicUrl = (readSettings(env).optional('PUBLIC_URL') ?? '').replace(/\/+$/, '');
  if (publicUrl === '') return { isOnAzure: isOnAzure(env) };
  return isPublicUrl(publicUrl) ? { isOnAzure: isOnAzure(env), publicUrl } : undefined;
}

/** As many resets as `MAX_RESETS_PER_JOB` can ever allow: above that nothing would be held. */
const HOLD_AT_MOST = 500_000;

/** From how many resets on somebody else must approve a job. A number that is misread would let jobs through. */
function readHold({ optional, check }: Settings, { by }: Authentication): number | undefined {
  const raw = optional('HOLD_JOBS_ABOVE');
  if (raw === undefined) return undefined;
  check(
    /^\d{1,6}$/.test(raw) && Number(raw) <= HOLD_AT_MOST,
    `HOLD_JOBS_ABOVE is "${raw}"; it must be a whole number from 0 to ${HOLD_AT_MOST}, or absent.`,
  );
  check(
    by !== 'nobody',
    'HOLD_JOBS_ABOVE is set, but App Service authentication is not proven to be on: without it nobody can tell ' +
      'whether somebody else approves a job than who submitted it. Switch it on, or remove the setting.',
  );
  return Number(raw);
}

function readPolicy({ number, optional, check }: Settings): Policy {
  const retentionDays = number('RETENTION_DAYS', DEFAULT_POLICY.retentionDays, 1, 3_650);
  const policy: Policy = {
    ...DEFAULT_POLICY,
    // Reconcile deletes tries that have not committed after 15 minutes.
    submitMaxSeconds: number('SUBMIT_MAX_SECONDS', DEFAULT_POLICY.submitMaxSeconds, 1, 600),
    resetsPerSecond: number('RESETS_PER_SECOND', DEFAULT_POLICY.resetsPerSecond, 0.1, 10_000),
    quietSeconds: number('ATTEMPT_QUIET_SECONDS', DEFAULT_POLICY.quietSeconds, 1, 3_600),
    sendWindowSeconds: number('ATTEMPT_SEND_WINDOW_SECONDS', DEFAULT_POLICY.sendWindowSeconds, 0.5, 60),
    graphTimeoutSeconds: number('GRAPH_TIMEOUT_SECONDS', DEFAULT_POLICY.graphTimeoutSeconds, 0.5, 300),
    verifyAfterSeconds: number('VERIFY_AFTER_SECONDS', DEFAULT_POLICY.verifyAfterSeconds, 0, 3_600),
    readsPerSecond: number('READS_PER_SECOND', DEFAULT_POLICY.readsPerSecond, 0.1, 10_000),
    retentionDays,
    auditRetentionDays: number(
      'AUDIT_RETENTION_DAYS',
      Math.max(DEFAULT_POLICY.auditRetentionDays, retentionDays),
      1,
      3_650,
    ),
    maxOpenJobsPerCaller: Math.floor(
      number('MAX_OPEN_JOBS_PER_CALLER', DEFAULT_POLICY.maxOpenJobsPerCaller, 1, 100_000),
    ),
    lookIntervalSeconds: number('LOOK_INTERVAL_SECONDS', DEFAULT_POLICY.lookIntervalSeconds, 0.5, 3_600),
    ...(optional('MAX_INVITATIONS_PER_DAY') !== undefined && {
      maxInvitationsPerDay: Math.floor(number('MAX_INVITATIONS_PER_DAY', 1, 1, 10_000_000)),
    }),
  };
  for (const problem of policyProblems(policy)) check(false, problem);
  return policy;
}

/** Plain http is for a simulator on this machine only. */
const isServiceUrl = (text: string): boolean =>
  /^https:\/\/[^/\s]+$|^http:\/\/(localhost|127\.0\.0\.1)(:\d+)?$/.test(text);

/** Https, unless it is this machine. A path may be there; links add `/api`. */
function isPublicUrl(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || /[?#\s]/.test(text) || url.username !== '' || url.password !== '') return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && ['localhost', '127.0.0.1'].includes(url.hostname));
}
