/** Who is signed in on this machine, and where Graph is. */
import type { ChainedTokenCredential } from '@azure/identity';
import { UsageError } from '../command.ts';
import { CLOUDS, cloudNamed, type Cloud } from '../../shared/clouds.ts';
import { isGuid } from '../../shared/domain/ids.ts';
import { readSettings, type Environment } from '../../shared/settings.ts';

export interface SignIn {
  /** Of Graph, without a version. */
  readonly endpoint: string;
  /** The tenant that was asked for; undefined for the one that somebody is signed in to. */
  readonly tenantId: string | undefined;
  /** @throws Error that names the commands to sign in with */
  readonly token: () => Promise<string>;
}

/** PowerShell takes long to load its modules; a tool that hangs shall not hang us. */
const TOOL_TIMEOUT_MS = 60_000;
/** A token is asked for anew so long before it expires. */
const EARLY_MS = 5 * 60_000;

/**
 * @param tenant id, wins over `AZURE_TENANT_ID`
 */
export function signIn(env: Environment, tenant: string | undefined): SignIn {
  const { optional } = readSettings(env);
  const tenantId = tenant ?? optional('AZURE_TENANT_ID');
  if (tenantId !== undefined && !isGuid(tenantId))
    throw new UsageError(`The tenant "${tenantId}" must be named by its id, a GUID.`);
  const cloud = cloudOf(optional('GRAPH_CLOUD'));
  let kept: { readonly token: string; readonly expiresOnTimestamp: number } | undefined;
  const token = async (): Promise<string> => {
    if (kept === undefined || kept.expiresOnTimestamp - EARLY_MS < Date.now())
      kept = await (await toolsOf(tenantId)).getToken(`${cloud.graph}/.default`).catch((error: unknown) => {
        throw new Error(notSignedIn(error, tenantId), { cause: error });
      });
    return kept.token;
  };
  return { endpoint: endpointOf(optional('GRAPH_ENDPOINT'), cloud), tenantId, token };
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

function cloudOf(name: string | undefined): Cloud {
  const cloud = cloudNamed(name ?? 'Global');
  if (cloud === undefined)
    throw new UsageError(`GRAPH_CLOUD is "${name}"; it must be one of ${Object.keys(CLOUDS).join(', ')}.`);
  return CLOUDS[cloud];
}

/** An administrator's token goes to Microsoft, or to a simulator on this machine. */
function endpointOf(text: string | undefined, cloud: Cloud): string {
  const endpoint = (text ?? cloud.graph).replace(/\/+$/, '');
  const isKnown = Object.values(CLOUDS).some(({ graph }) => graph === endpoint);
  if (isKnown || /^http:\/\/(localhost|127\.0\.0\.1)(:\d+)?$/.test(endpoint)) return endpoint;
  throw new UsageError(`GRAPH_ENDPOINT is "${endpoint}"; it must be one of Microsoft's, or on this machine.`);
}

/** What the tools say for themselves where none is there, or nobody is signed in: nothing that helps. */
const USUAL = /could not be found|couldn't be found|Please run|Unable to execute PowerShell|is not installed/;

function notSignedIn(error: unknown, tenantId: string | undefined): string {
  const tried = (error as { errors?: readonly unknown[] }).errors ?? [error];
  const words = tried.map((each) => (each instanceof Error ? each.message.trim() : String(each)));
  const unusual = words.find((each) => !USUAL.test(each));
  const into = (option: string): string => (tenantId === undefined ? '' : ` ${option} ${tenantId}`);
  return [
    tenantId === undefined
      ? 'Nobody is signed in on this machine.'
      : `Nobody is signed in to the tenant ${tenantId} on this machine.`,
    'Sign in as an administrator of the tenant with one of these, then try again:',
    `  az login --allow-no-subscriptions${into('--tenant')}`,
    `  Connect-AzAccount${into('-Tenant')}      (in PowerShell)`,
    `  azd auth login${into('--tenant-id')}`,
    ...(unusual === undefined ? [] : [`One of the tools said: ${unusual.split('\n')[0]?.slice(0, 400)}`]),
  ].join('\n');
}
