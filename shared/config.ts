/** The environment as configuration: every problem at once, at first use and never at import. */
import { authenticationOf, isOnAzure, type Authentication } from './authentication.ts';
import { CLOUDS, cloudNamed, type Cloud } from './clouds.ts';
import { DEFAULT_POLICY, policyProblems, type Policy } from './domain/policy.ts';
import { isDomain } from './domain/guest/email-domain.ts';
import { isGuid } from './domain/ids.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** A service by connection string (local), or by address with the app's identity (Azure). */
export type Address = { readonly connectionString: string } | { readonly address: string };

export interface Config {
  readonly tenantId: string;
  readonly graph: { readonly endpoint: string; readonly version: 'v1.0' | 'beta' };
  /** Where tokens come from. */
  readonly loginUrl: string;
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
  /** Where links lead: `publicUrl`, without `/api`, else where the functions host was asked. */
  readonly links: { readonly publicUrl?: string; readonly isOnAzure: boolean };
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
  const problems: string[] = [];
  const text = (name: string, fallback?: string): string => {
    const value = env[name]?.trim() ?? '';
    if (value !== '') return value;
    if (fallback === undefined) problems.push(`Set ${name}.`);
    return fallback ?? '';
  };
  const number = (name: string, fallback: number, min: number, max: number): number => {
    const raw = env[name]?.trim() ?? '';
    const value = raw === '' ? fallback : Number(raw);
    if (Number.isFinite(value) && value >= min && value <= max) return value;
    problems.push(`${name} is "${raw}"; it must be a number from ${min} to ${max}.`);
    return fallback;
  };
  /** Absent for no cap. */
  const cap = (name: string): Pick<Policy, 'maxInvitationsPerDay'> => {
    if ((env[name]?.trim() ?? '') === '') return {};
    return { maxInvitationsPerDay: Math.floor(number(name, 1, 1, 10_000_000)) };
  };
  const address = (name: string, addressSuffix: string): Address => {
    const connectionString = env[name]?.trim() ?? '';
    if (connectionString !== '') return { connectionString };
    const value = env[`${name}__${addressSuffix}`]?.trim() ?? '';
    if (value === '')
      problems.push(
        `Set ${name}__${addressSuffix} (with the app's identity), or ${name} (a connection string, for local use).`,
      );
    return { address: value };
  };

  const tenantId = text('AZURE_TENANT_ID');
  if (tenantId !== '' && !isGuid(tenantId)) problems.push("AZURE_TENANT_ID must be the tenant's id, a GUID.");
  const cloudName = cloudNamed(text('GRAPH_CLOUD', 'Global'));
  if (cloudName === undefined)
    problems.push(`GRAPH_CLOUD is "${env['GRAPH_CLOUD'] ?? ''}"; it must be one of ${Object.keys(CLOUDS).join(', ')}.`);
  const cloud: Cloud = CLOUDS[cloudName ?? 'Global'];
  const defaultRedirectUrl = text(
    'DEFAULT_REDIRECT_URL',
    cloud.myApps === undefined ? undefined : `${cloud.myApps}?tenantId=${tenantId}`,
  );
  if (defaultRedirectUrl !== '' && !defaultRedirectUrl.startsWith('https://'))
    problems.push(`DEFAULT_REDIRECT_URL is "${defaultRedirectUrl}"; it must be an https URL.`);
  const domains = (env['ALLOWED_EMAIL_DOMAINS'] ?? '').split(/[,;\s]+/).filter(Boolean);
  const badDomain = domains.find((domain) => !isDomain(domain.replace(/^\*\./, '')));
  if (badDomain !== undefined)
    problems.push(
      `ALLOWED_EMAIL_DOMAINS has "${badDomain}"; write domains such as partner.example or *.partner.example, ` +
        'with commas between.',
    );
  const endpoint = text('GRAPH_ENDPOINT', cloud.graph).replace(/\/+$/, '');
  if (!isServiceUrl(endpoint)) problems.push(`GRAPH_ENDPOINT is "${endpoint}"; it must be an https URL.`);
  const version = text('GRAPH_VERSION', 'v1.0');
  if (version !== 'v1.0' && version !== 'beta')
    problems.push(`GRAPH_VERSION is "${version}"; it must be v1.0 or beta.`);
  const policy: Policy = {
    ...DEFAULT_POLICY,
    // Reconcile deletes tries that have not committed after 15 minutes.
    submitMaxSeconds: number('SUBMIT_MAX_SECONDS', DEFAULT_POLICY.submitMaxSeconds, 1, 600),
    resetsPerSecond: number('RESETS_PER_SECOND', DEFAULT_POLICY.resetsPerSecond, 0.1, 10_000),
    quietSeconds: number('ATTEMPT_QUIET_SECONDS', DEFAULT_POLICY.quietSeconds, 1, 3_600),
    sendWindowSeconds: number('ATTEMPT_SEND_WINDOW_SECONDS', DEFAULT_POLICY.sendWindowSeconds, 0.5, 60),
    graphTimeoutSeconds: number('GRAPH_TIMEOUT_SECONDS', DEFAULT_POLICY.graphTimeoutSeconds, 0.5, 300),
    verifyAfterSeconds: number('VERIFY_AFTER_SECONDS', DEFAULT_POLICY.verifyAfterSeconds, 0, 3_600),
    ...cap('MAX_INVITATIONS_PER_DAY'),
    readsPerSecond: number('READS_PER_SECOND', DEFAULT_POLICY.readsPerSecond, 0.1, 10_000),
    retentionDays: number('RETENTION_DAYS', DEFAULT_POLICY.retentionDays, 1, 3_650),
    lookIntervalSeconds: number('LOOK_INTERVAL_SECONDS', DEFAULT_POLICY.lookIntervalSeconds, 0.5, 3_600),
  };
  problems.push(...policyProblems(policy));
  const mail = mailDefault(env['DEFAULT_SEND_INVITATION_MESSAGE'], problems);
  const clientId = env['AZURE_CLIENT_ID']?.trim() ?? '';
  const apiClientId = env['API_CLIENT_ID']?.trim() ?? '';
  if (apiClientId !== '' && !isGuid(apiClientId))
    problems.push('API_CLIENT_ID must be the client id of the app registration that callers sign in to, a GUID.');
  const publicUrl = text('PUBLIC_URL', '').replace(/\/+$/, '');
  if (publicUrl !== '' && !isPublicUrl(publicUrl))
    problems.push(
      `PUBLIC_URL is "${publicUrl}"; it must be an https URL without query, such as https://resets.example.`,
    );
  const config: Config = {
    tenantId,
    graph: { endpoint, version: version === 'beta' ? 'beta' : 'v1.0' },
    loginUrl: cloud.login,
    defaultRedirectUrl,
    ...(domains.length > 0 && { allowedEmailDomains: domains }),
    tables: address('TableStorage', 'tableServiceUri'),
    serviceBus: address('ServiceBusConnection', 'fullyQualifiedNamespace'),
    queues: {
      priority: text('PRIORITY_QUEUE', 'resets-priority'),
      bulk: text('BULK_QUEUE', 'resets-bulk'),
      dispatch: text('DISPATCH_QUEUE', 'dispatch'),
    },
    policy,
    maxResetsPerJob: number('MAX_RESETS_PER_JOB', 200_000, 1, 500_000),
    redeemUrlDays: number('REDEEM_URL_DAYS', 7, 0, 90),
    authentication: authenticationOf(env),
    links: { isOnAzure: isOnAzure(env), ...(publicUrl !== '' && { publicUrl }) },
    ...(clientId !== '' && { clientId }),
    ...(apiClientId !== '' && { apiClientId }),
    ...(mail !== undefined && { defaultSendInvitationMessage: mail }),
  };
  if (problems.length > 0) throw new ConfigError(problems);
  return config;
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

function mailDefault(raw: string | undefined, problems: string[]): boolean | undefined {
  const value = raw?.trim().toLowerCase() ?? '';
  if (value === 'true') return true;
  if (value === 'false') return false;
  if (value !== '') problems.push(`DEFAULT_SEND_INVITATION_MESSAGE is "${value}"; it must be true, false or absent.`);
  return undefined;
}
