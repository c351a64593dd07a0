/** `doctor` */
import { setTimeout as sleep } from 'node:timers/promises';
import { addressOf } from '../api-address.ts';
import { connectArm } from '../azure/arm.ts';
import { ARM_ENDPOINTS } from '../azure/clouds.ts';
import { command } from '../command.ts';
import { UsageError } from '../errors.ts';
import type { Terminal } from '../terminal.ts';
import { PROGRAM } from '../program.ts';
import { setupCheck } from '../setup/commands/check.ts';
import { tokensOfTools } from '../sign-in.ts';
import { CLOUDS, cloudNamed, type CloudName } from '../../shared/clouds.ts';
import { readSettings } from '../../shared/settings.ts';
import { ask } from './ask.ts';
import { checkEntra } from './entra.ts';
import { examine, type Instruments, type Patient } from './doctor.ts';
import { waitUntilRight } from './patience.ts';
import { describeFindings, findingsAsJson, isWell } from './report.ts';

export const doctor = command({
  name: 'doctor',
  summary: 'names each thing of a deployment that is missing or wrong; changes nothing',
  usage: `Looks at a deployment from outside, at Microsoft Entra and at Azure. Names each single thing that is
missing or wrong, and what to do. Changes nothing.

  npm run -s doctor -- --url https://NAME.azurewebsites.net/api
  ${PROGRAM} doctor --url URL --resource-group RG --subscription ID

  --url URL            of the API (default: API_URL)
  --resource-group RG  where it is deployed (default: AZURE_RESOURCE_GROUP)
  --subscription ID    in which subscription (default: AZURE_SUBSCRIPTION_ID)
  --wait               right after a deployment: looks again, for up to ten minutes, while something
                       is wrong that may become right by itself
  --json               tell what was found as JSON
  --help               this text

A layer whose address is missing is skipped, with a line that says so; Azure that is named and
cannot be asked is no proof, and wrong. Who runs it has signed in with Azure CLI, Azure PowerShell
or azd ("azd env get-values" tells the variables above, and API_CLIENT_ID: the app registration,
for calls with a token).
All of it is seen with the roles Reader and Website Contributor on the resource group, or as
Contributor. GRAPH_CLOUD=USGov stands for another cloud.

Exit code 1 where something is wrong, or nothing could be looked at.`,
  options: {
    url: { type: 'string' },
    'resource-group': { type: 'string' },
    subscription: { type: 'string' },
    wait: { type: 'boolean' },
    json: { type: 'boolean' },
  },
  run: async (values, _words, terminal) => {
    const { patient, cloud } = readPatient(values, terminal);
    const instruments = prepare(patient, cloud, terminal);
    const look = (): ReturnType<typeof examine> => examine(patient, instruments);
    const findings =
      values.wait === true
        ? await waitUntilRight(look, { now: () => performance.now(), sleep: (ms) => sleep(ms), say: terminal.err })
        : await look();
    if (values.json === true) terminal.out(findingsAsJson(findings));
    else for (const line of describeFindings(findings)) terminal.out(line);
    return isWell(findings) ? 0 : 1;
  },
});

interface Values {
  readonly url?: string | undefined;
  readonly 'resource-group'?: string | undefined;
  readonly subscription?: string | undefined;
}

/** @throws UsageError */
function readPatient(values: Values, { env }: Terminal): { patient: Patient; cloud: CloudName } {
  const { optional } = readSettings(env);
  const cloud = cloudNamed(optional('GRAPH_CLOUD') ?? 'Global');
  if (cloud === undefined) throw new UsageError(`GRAPH_CLOUD must be one of ${Object.keys(CLOUDS).join(', ')}.`);
  const known = <K extends string>(name: K, value: string | undefined): { [N in K]?: string } =>
    (value === undefined ? {} : { [name]: value }) as { [N in K]?: string };
  const subscriptionId = values.subscription ?? optional('AZURE_SUBSCRIPTION_ID');
  const resourceGroup = values['resource-group'] ?? optional('AZURE_RESOURCE_GROUP');
  if ((values.subscription ?? values['resource-group']) !== undefined && !(subscriptionId && resourceGroup))
    throw new UsageError('Name both: --resource-group RG --subscription ID.');
  const url = addressOf(values.url ?? optional('API_URL'));
  if (url === undefined && subscriptionId === undefined)
    throw new UsageError(
      'Say what to look at: --url https://NAME.azurewebsites.net/api, as "azd env get-values" tells.',
    );
  const patient: Patient = {
    cloud: CLOUDS[cloud],
    names: {
      ...known('app', optional('FUNCTION_APP_NAME')),
      ...known('storage', optional('STORAGE_ACCOUNT_NAME')),
      ...known('serviceBus', optional('SERVICE_BUS_NAMESPACE')),
    },
    ...known('url', url),
    ...known('tenantId', optional('AZURE_TENANT_ID')),
    ...known('apiClientId', optional('API_CLIENT_ID')),
    ...(subscriptionId !== undefined && resourceGroup !== undefined && { place: { subscriptionId, resourceGroup } }),
  };
  return { patient, cloud };
}

function prepare(patient: Patient, cloud: CloudName, terminal: Terminal): Instruments {
  const tokens = tokensOfTools(patient.tenantId);
  const tokenFor: Instruments['tokenFor'] = async (scope) => {
    const got = await tokens(scope);
    return 'token' in got ? got : { reason: got.reason ?? 'nobody is signed in with az, PowerShell or azd.' };
  };
  const endpoint = armEndpoint(readSettings(terminal.env).optional('ARM_ENDPOINT'), cloud);
  const scope = `${ARM_ENDPOINTS[cloud]}/.default`;
  const arm: Instruments['arm'] = async () => {
    const first = await tokenFor(scope);
    if ('reason' in first) return first;
    const getToken = async (): Promise<string> => {
      const got = await tokenFor(scope);
      if ('reason' in got) throw new Error(got.reason);
      return got.token;
    };
    return connectArm({ endpoint, getToken, sleep: (ms) => sleep(ms) });
  };
  return { ask, tokenFor, arm, checkEntra: (learned) => checkEntra(setupCheck, terminal, learned) };
}

/** Another than the cloud's only on this machine: a simulator. */
function armEndpoint(text: string | undefined, cloud: CloudName): string {
  if (text === undefined) return ARM_ENDPOINTS[cloud];
  if (/^http:\/\/(localhost|127\.0\.0\.1)(:\d+)?$/.test(text)) return text;
  throw new UsageError(`ARM_ENDPOINT is "${text}"; it is for a simulator on this machine.`);
}
