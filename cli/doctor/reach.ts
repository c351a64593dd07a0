/** Whether anybody answers at the address at all, by the one path that is open to everybody. */
import type { Answer, Ask, Silence } from './ask.ts';
import { jsonObject } from './ask.ts';
import { findingsOf, type Finding } from './finding.ts';

const { right, wrong, notYet } = findingsOf('outside');
const ABOUT = 'address';
const HEALTH = '/api/health';
const LOG = 'in the portal, at the app, under Logs, the query FunctionAppLogs | where Level != "Information"';

/** What to say of the app in commands, as far as it is known. */
export interface AppNames {
  readonly app: string;
  readonly resourceGroup: string;
}

/** Where nobody of ours answers, one finding that says why, and nothing else is worth asking. */
export async function reach(
  ask: Ask,
  origin: string,
  names: AppNames,
): Promise<{ ours: boolean; findings: Finding[] }> {
  const health = await ask(`${origin}${HEALTH}`);
  if (health.kind === 'silent') return { ours: false, findings: [ofSilence(health, new URL(origin).host)] };
  const stranger = notOurs(health, origin, names);
  return stranger === undefined ? { ours: true, findings: [ofHealth(health)] } : { ours: false, findings: [stranger] };
}

function ofSilence({ why, detail }: Silence, host: string): Finding {
  switch (why) {
    case 'noSuchHost':
      return notYet(
        'noSuchHost',
        ABOUT,
        `There is no host ${host} (${detail}).`,
        'Compare the address with "azd env get-value API_URL"; a new name may take some minutes to be known.',
      );
    case 'certificate':
      return wrong(
        'certificateWrong',
        ABOUT,
        `${host} shows a certificate that does not prove that it is ${host} (${detail}). Nothing was sent to it.`,
        'Use the address that ends in azurewebsites.net; with a domain of your own, bind a valid certificate to it. ' +
          'Where a proxy reads along, give Node its certificate: NODE_EXTRA_CA_CERTS=FILE.',
      );
    case 'refused':
    case 'timeout':
    case 'other':
      return notYet(
        why === 'timeout' ? 'noAnswer' : 'noConnection',
        ABOUT,
        `${host} does not answer (${detail}).`,
        'Look whether a proxy or a firewall stands between, and ask again in a minute.',
      );
  }
}

/** Answers that do not come from this app: from the platform in its place, or from somebody else. */
function notOurs({ status, headers, text }: Answer, origin: string, names: AppNames): Finding | undefined {
  if (typeof jsonObject(text)?.['status'] === 'string') return undefined;
  const host = new URL(origin).host;
  if (status === 403 && /stopped|disabled/i.test(text))
    return wrong(
      'appStopped',
      'function app',
      `The function app behind ${host} is stopped.`,
      `az functionapp start --resource-group ${names.resourceGroup} --name ${names.app}`,
    );
  if (status === 401)
    return wrong(
      'healthNotOpen',
      HEALTH,
      'It asks for a token, so nobody who watches the service can see how it is.',
      'azd provision (its path belongs to excludedPaths of the authentication settings)',
    );
  if (status === 403)
    return wrong(
      'accessRestricted',
      ABOUT,
      `${host} refuses everybody from here with 403.`,
      `az functionapp config access-restriction show --resource-group ${names.resourceGroup} --name ${names.app}`,
    );
  if (status === 404)
    return notYet(
      'notDeployed',
      HEALTH,
      `${host} answers, and knows no ${HEALTH}: another app, or the code is not deployed.`,
      'Compare the address with "azd env get-value API_URL"; if it is right: azd deploy',
    );
  if (status >= 500)
    return notYet(
      'notStarted',
      'function app',
      `The app does not run yet: the platform answers ${status} in its place.`,
      `Wait some minutes (--wait). If it stays so, its log tells why the host does not start: ${LOG}`,
    );
  if (status >= 300 && status < 400)
    return wrong(
      'redirects',
      ABOUT,
      `${host} sends its callers on to ${headers.get('location') ?? 'elsewhere'}.`,
      'Name the address that answers by itself: azd env get-value API_URL',
    );
  return wrong(
    'someoneElse',
    ABOUT,
    `${host} answers ${status}, but not as guest-reset does.`,
    'Compare the address with "azd env get-value API_URL".',
  );
}

function ofHealth({ status, text }: Answer): Finding {
  const said = jsonObject(text) ?? {};
  const state = String(said['status']);
  const more = Object.keys(said).filter((name) => name !== 'status');
  if (more.length > 0)
    return wrong(
      'healthTellsMore',
      HEALTH,
      `It tells strangers more than how the service is: ${more.join(', ')}.`,
      'Deploy the code of this clone: azd deploy',
    );
  if (status === 200 && (state === 'healthy' || state === 'paused'))
    return right(
      'health',
      HEALTH,
      state === 'paused' ? 'The service is paused by somebody.' : 'The service is healthy.',
    );
  return notYet(
    'unhealthy',
    HEALTH,
    `The service is "${state}".`,
    'Role assignments may take ten minutes to hold (--wait). Then see what is wrong: the lines below, or ' +
      `GET /api/diagnostics with a token, or its log: ${LOG}`,
  );
}
