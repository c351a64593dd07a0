/** Tokens of whoever is signed in on this machine, for whatever is asked. */
import type { ChainedTokenCredential } from '@azure/identity';

/** `reason`: what a tool said that helps; undefined where none is there, or nobody is signed in. */
export type Token = { readonly token: string } | { readonly reason: string | undefined; readonly cause: unknown };

/** PowerShell takes long to load its modules; a tool that hangs shall not hang us. */
const TOOL_TIMEOUT_MS = 60_000;
/** A token is asked for anew so long before it expires. */
const EARLY_MS = 5 * 60_000;

/**
 * Each token is kept as long as it holds.
 * @param tenantId undefined for the one that somebody is signed in to
 * @returns by scope
 */
export function tokensOfTools(tenantId: string | undefined): (scope: string) => Promise<Token> {
  let tools: Promise<ChainedTokenCredential> | undefined;
  const kept = new Map<string, { readonly token: string; readonly expiresOnTimestamp: number }>();
  return async (scope) => {
    const known = kept.get(scope);
    if (known !== undefined && known.expiresOnTimestamp - EARLY_MS > Date.now()) return known;
    try {
      const fresh = await (await (tools ??= toolsOf(tenantId))).getToken(scope);
      kept.set(scope, fresh);
      return fresh;
    } catch (error) {
      return { reason: unusualWords(error), cause: error };
    }
  };
}

/**
 * Azure CLI first: its token is known to hold every scope that setup needs. Then PowerShell, which many administrators
 * of tenants have instead. Last azd, whose account is often another: whoever deploys, not whoever administers.
 */
async function toolsOf(tenantId: string | undefined): Promise<ChainedTokenCredential> {
  // Half a second to load, which no help text shall wait for.
  const identity = await import('@azure/identity');
  const options = { processTimeoutInMs: TOOL_TIMEOUT_MS, ...(tenantId !== undefined && { tenantId }) };
  return new identity.ChainedTokenCredential(
    new identity.AzureCliCredential(options),
    new identity.AzurePowerShellCredential(options),
    new identity.AzureDeveloperCliCredential(options),
  );
}

/** What the tools say for themselves where none is there, or nobody is signed in: nothing that helps. */
const USUAL = /could not be found|couldn't be found|Please run|Unable to execute PowerShell|is not installed/;

function unusualWords(error: unknown): string | undefined {
  const tried = (error as { errors?: readonly unknown[] }).errors ?? [error];
  const words = tried.map((each) => (each instanceof Error ? each.message.trim() : String(each)));
  return words
    .find((each) => !USUAL.test(each))
    ?.split('\n')[0]
    ?.slice(0, 400);
}
