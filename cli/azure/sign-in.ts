/** Tokens of whoever is signed in on this machine, for whatever is asked. */
import {
  AzureCliCredential,
  AzureDeveloperCliCredential,
  AzurePowerShellCredential,
  ChainedTokenCredential,
} from '@azure/identity';

export type Token = { readonly token: string } | { readonly reason: string };

/** PowerShell takes long to load its modules; a tool that hangs shall not hang us. */
const TOOL_TIMEOUT_MS = 60_000;
/** A token is asked for anew so long before it expires. */
const EARLY_MS = 5 * 60_000;

/**
 * Azure CLI, PowerShell or azd, whichever has one.
 * @param tenantId undefined for the one that somebody is signed in to
 * @returns by scope; the reason is in the words of the tool that said more than that it is not there
 */
export function signedInTokens(tenantId: string | undefined): (scope: string) => Promise<Token> {
  const options = { processTimeoutInMs: TOOL_TIMEOUT_MS, ...(tenantId !== undefined && { tenantId }) };
  const tools = new ChainedTokenCredential(
    new AzureCliCredential(options),
    new AzurePowerShellCredential(options),
    new AzureDeveloperCliCredential(options),
  );
  const kept = new Map<string, { readonly token: string; readonly expiresOnTimestamp: number }>();
  return async (scope) => {
    const known = kept.get(scope);
    if (known !== undefined && known.expiresOnTimestamp - EARLY_MS > Date.now()) return known;
    try {
      const fresh = await tools.getToken(scope);
      kept.set(scope, fresh);
      return fresh;
    } catch (error) {
      return { reason: reasonOf(error) };
    }
  };
}

/** What the tools say for themselves where none is there, or nobody is signed in: nothing that helps. */
const USUAL = /could not be found|couldn't be found|Please run|Unable to execute PowerShell|is not installed/;

function reasonOf(error: unknown): string {
  const tried = (error as { errors?: readonly unknown[] }).errors ?? [error];
  const words = tried.map((each) => (each instanceof Error ? each.message.trim() : String(each)));
  const unusual = words.find((each) => !USUAL.test(each));
  return unusual?.split('\n')[0]?.slice(0, 400) ?? 'nobody is signed in with az, PowerShell or azd.';
}
