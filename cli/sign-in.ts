/** Tokens of whoever is signed in on this machine, for whatever is asked. */
import type { TokenCredential } from '@azure/identity';
import type { Environment } from '../shared/settings.ts';

/** `reason`: what a tool said that helps; undefined where none is there, or nobody is signed in. */
export type Token = { readonly token: string } | { readonly reason: string | undefined; readonly cause: unknown };

/** PowerShell takes long to load its modules; a tool that hangs shall not hang us. */
const TOOL_TIMEOUT_MS = 60_000;
/** A token is asked for anew so long before it expires. */
const EARLY_MS = 5 * 60_000;

/**
 * Each token is kept as long as it holds.
 * @param tenantId undefined for the one that somebody is signed in to
 * @param env given where programs sign in too, with what the environment holds for them
 * @returns by scope
 */
export function tokensOfTools(tenantId: string | undefined, env?: Environment): (scope: string) => Promise<Token> {
  let tools: Promise<TokenCredential> | undefined;
  const kept = new Map<string, { readonly token: string; readonly expiresOnTimestamp: number }>();
  return async (scope) => {
    const known = kept.get(scope);
    if (known !== undefined && known.expiresOnTimestamp - EARLY_MS > Date.now()) return known;
    try {
      const fresh = await (await (tools ??= toolsOf(tenantId, env))).getToken(scope);
      if (fresh === null) return { reason: undefined, cause: undefined };
      kept.set(scope, fresh);
      return fresh;
    } catch (error) {
      return { reason: unusualWords(error), cause: error };
    }
  };
}

/** Where one of these is set, the environment says who it is: a pipeline, a container, an app. */
const OF_PROGRAMS = [
  'AZURE_TOKEN_CREDENTIALS',
  'AZURE_CLIENT_SECRET',
  'AZURE_CLIENT_CERTIFICATE_PATH',
  'AZURE_FEDERATED_TOKEN_FILE',
  'IDENTITY_ENDPOINT',
];

/**
 * Azure CLI first: its token is known to hold every scope that setup needs. Then PowerShell, which many administrators
 * of tenants have instead. Then azd, whose account is often another: whoever deploys, not whoever administers. For
 * programs at last, or first where the environment says so, what they all use: workload and managed identity, secrets.
 */
async function toolsOf(tenantId: string | undefined, env: Environment | undefined): Promise<TokenCredential> {
  // Half a second to load, which no help text shall wait for.
  const identity = await import('@azure/identity');
  const options = { processTimeoutInMs: TOOL_TIMEOUT_MS, ...(tenantId !== undefined && { tenantId }) };
  const ofPrograms = env && new identity.DefaultAzureCredential(options);
  if (ofPrograms !== undefined && OF_PROGRAMS.some((name) => env?.[name] !== undefined)) return ofPrograms;
  return new identity.ChainedTokenCredential(
    new identity.AzureCliCredential(options),
    new identity.AzurePowerShellCredential(options),
    new identity.AzureDeveloperCliCredential(options),
    ...(ofPrograms === undefined ? [] : [ofPrograms]),
  );
}

/** What the tools say for themselves where none is there, or nobody is signed in: nothing that helps. */
const USUAL = new RegExp(
  "could not be found|couldn't be found|Please run|Unable to execute PowerShell|is not installed|unavailable|" +
    'not available|DefaultAzureCredential|ManagedIdentityCredential',
);

function unusualWords(error: unknown): string | undefined {
  const tried = (error as { errors?: readonly unknown[] }).errors ?? [error];
  const words = tried.map((each) => (each instanceof Error ? each.message.trim() : String(each)));
  return words
    .find((each) => !USUAL.test(each))
    ?.split('\n')[0]
    ?.slice(0, 400);
}
