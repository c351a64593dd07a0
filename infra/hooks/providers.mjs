/**
 * Before resources are made: are their kinds registered in the subscription? Azure registers what a template names, but
 * Flex Consumption also needs Microsoft.App, which no template names; without it an app deploys and never runs.
 * Plain JavaScript without packages: it runs on whatever Node the machine has.
 */
import { spawnSync } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';

const PROVIDERS = [
  'Microsoft.App',
  'Microsoft.Insights',
  'Microsoft.ManagedIdentity',
  'Microsoft.OperationalInsights',
  'Microsoft.ServiceBus',
  'Microsoft.Storage',
  'Microsoft.Web',
];
const UNREADABLE = 'unreadable';
const WAIT_SECONDS = 300;
const PAUSE_SECONDS = Number(process.env.PROVIDERS_PAUSE_SECONDS ?? 5);
const ARM = process.env.AZURE_RESOURCE_MANAGER_URL ?? 'https://management.azure.com';
/** The token of whoever deploys goes there: to Microsoft's clouds, or to a simulator on this machine. */
const KNOWN =
  /^(https:\/\/management\.(azure\.com|usgovcloudapi\.net|chinacloudapi\.cn)|http:\/\/(localhost|127\.0\.0\.1):\d+)$/;

try {
  await registerAll(process.env.AZURE_SUBSCRIPTION_ID ?? '');
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

async function registerAll(subscription) {
  if (subscription === '')
    throw new Error('AZURE_SUBSCRIPTION_ID is not set. Run "azd env set AZURE_SUBSCRIPTION_ID <id>", or "azd up".');
  if (!KNOWN.test(ARM)) throw new Error(`AZURE_RESOURCE_MANAGER_URL is "${ARM}", which is no address of Azure's.`);
  const token = readToken();
  const ask = (method, path) => askArm(method, `/subscriptions/${subscription}/providers/${path}`, token);
  const states = await Promise.all(PROVIDERS.map(async (name) => [name, await stateOf(ask, name)]));
  const missing = states.filter(([, state]) => state !== 'Registered' && state !== UNREADABLE).map(([name]) => name);
  const hidden = states.filter(([, state]) => state === UNREADABLE).map(([name]) => name);
  for (const name of missing) await register(ask, name, subscription);
  for (const name of missing) await untilRegistered(ask, name);
  const told = PROVIDERS.length - hidden.length;
  console.log(`Resource providers: ${told} registered, ${missing.length} of them just now.`);
  if (hidden.length > 0)
    console.log(
      `You may not see whether these are: ${hidden.join(', ')}. If the app does not start, look at them first.`,
    );
}

function readToken() {
  const { status, stdout, stderr } = spawnSync('azd', ['auth', 'token', '--output', 'json'], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`"azd auth token" failed. Run "azd auth login". ${stderr ?? ''}`.trim());
  return JSON.parse(stdout).token;
}

async function askArm(method, path, token) {
  const response = await fetch(`${ARM}${path}?api-version=2021-04-01`, {
    method,
    headers: { authorization: `Bearer ${token}` },
    redirect: 'error',
    signal: AbortSignal.timeout(30_000),
  });
  return { status: response.status, body: await response.json().catch(() => ({})) };
}

async function stateOf(ask, name) {
  const { status, body } = await ask('GET', name);
  // Whoever has one resource group only may still deploy into it.
  if (status === 403) return UNREADABLE;
  if (status !== 200) throw new Error(`Whether ${name} is registered could not be read: ${status} ${codeOf(body)}.`);
  return body.registrationState;
}

async function register(ask, name, subscription) {
  const { status, body } = await ask('POST', `${name}/register`);
  if (status === 200) return;
  const command = `az provider register --namespace ${name} --subscription ${subscription}`;
  throw new Error(
    status === 403
      ? `${name} is not registered, and you may not do it. A Contributor of the subscription can: ${command}`
      : `${name} could not be registered: ${status} ${codeOf(body)}. By hand: ${command}`,
  );
}

async function untilRegistered(ask, name) {
  const end = Date.now() + WAIT_SECONDS * 1000;
  while ((await stateOf(ask, name)) !== 'Registered') {
    if (Date.now() > end) throw new Error(`${name} is still being registered. Try again in some minutes.`);
    await wait(PAUSE_SECONDS * 1000);
  }
}

function codeOf(body) {
  return body?.error?.code ?? '';
}
