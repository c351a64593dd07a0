/** Who is signed in on this machine, and where Graph is. */
import { UsageError } from '../errors.ts';
import { tokensOfTools } from '../sign-in.ts';
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

/**
 * @param tenant id, wins over `AZURE_TENANT_ID`
 */
export function signIn(env: Environment, tenant: string | undefined): SignIn {
  const { optional } = readSettings(env);
  const tenantId = tenant ?? optional('AZURE_TENANT_ID');
  if (tenantId !== undefined && !isGuid(tenantId))
    throw new UsageError(`The tenant "${tenantId}" must be named by its id, a GUID.`);
  const cloud = cloudOf(optional('GRAPH_CLOUD'));
  const tokenFor = tokensOfTools(tenantId);
  const token = async (): Promise<string> => {
    const got = await tokenFor(`${cloud.graph}/.default`);
    if ('reason' in got) throw new Error(notSignedIn(got.reason, tenantId), { cause: got.cause });
    return got.token;
  };
  return { endpoint: endpointOf(optional('GRAPH_ENDPOINT'), cloud), tenantId, token };
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

function notSignedIn(said: string | undefined, tenantId: string | undefined): string {
  const into = (option: string): string => (tenantId === undefined ? '' : ` ${option} ${tenantId}`);
  return [
    tenantId === undefined
      ? 'Nobody is signed in on this machine.'
      : `Nobody is signed in to the tenant ${tenantId} on this machine.`,
    'Sign in as an administrator of the tenant with one of these, then try again:',
    `  az login --allow-no-subscriptions${into('--tenant')}`,
    `  Connect-AzAccount${into('-Tenant')}      (in PowerShell)`,
    `  azd auth login${into('--tenant-id')}`,
    ...(said === undefined ? [] : [`One of the tools said: ${said}`]),
  ].join('\n');
}
