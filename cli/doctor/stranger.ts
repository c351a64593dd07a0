/**
 * What a stranger gets: nothing without a token, and no more for a principal that they wrote themselves. The platform
 * is documented to take that header away; whether it does is seen here, and only after each deployment.
 */
import { OPEN_PATHS } from '../azure/wanted/resources.ts';
import { jsonObject, type Answer, type Ask, type Silence } from './ask.ts';
import { findingsOf, type Finding } from './finding.ts';
import type { AppNames } from './reach.ts';

const { right, wrong, notYet } = findingsOf('outside');

/** What is open to everybody, and what lies below it: how the platform compares paths is documented nowhere. */
const OPEN = [...OPEN_PATHS, '/api/health/details', '/api/health/x'] as const;
const CLOSED_PATHS = ['/api/jobs', '/api/diagnostics'] as const;

/** Whom the forged principal is said to be from. */
export interface Tenant {
  readonly tenantId: string;
  readonly issuer: string;
}

export async function askAsStranger(ask: Ask, origin: string, tenant: Tenant, names: AppNames): Promise<Finding[]> {
  const forged = forgedHeaders(tenant);
  return Promise.all([
    encrypted(ask, origin, names),
    ...CLOSED_PATHS.map(async (path) => closed(path, await ask(`${origin}${path}`), names)),
    ...CLOSED_PATHS.map(async (path) =>
      closedToForgery(path, await ask(`${origin}${path}`, { headers: forged }), names),
    ),
    ...OPEN.map(async (path) => {
      const [plain, withHeader] = [await ask(`${origin}${path}`), await ask(`${origin}${path}`, { headers: forged })];
      return sameForForgery(path, plain, withHeader);
    }),
  ]);
}

/** Every role, in the form in which the platform itself tells the app who calls. */
function forgedHeaders({ tenantId, issuer }: Tenant): Record<string, string> {
  const oid = '00000000-0000-4000-8000-000000000001';
  const claims = { tid: tenantId, iss: issuer, oid, name: 'Nobody', azp: oid };
  const principal = {
    auth_typ: 'aad',
    name_typ: 'name',
    role_typ: 'roles',
    claims: [
      ...Object.entries(claims).map(([typ, val]) => ({ typ, val })),
      ...['Submit', 'Read', 'Manage'].map((val) => ({ typ: 'roles', val })),
    ],
  };
  return {
    'x-ms-client-principal': Buffer.from(JSON.stringify(principal)).toString('base64'),
    'x-ms-client-principal-id': oid,
    'x-ms-client-principal-name': 'Nobody',
    'x-ms-client-principal-idp': 'aad',
  };
}

const AUTH_ON = 'azd provision (its authentication settings: enabled, requireAuthentication, Return401)';

function closed(path: string, answer: Answer | Silence, names: AppNames): Finding {
  const about = `${path} without a token`;
  if (answer.kind === 'silent') return noAnswer(about, answer);
  const { status, text } = answer;
  if (status < 300)
    return wrong(
      'openToEverybody',
      about,
      `It answers everybody: ${status}.`,
      `${stopCommand(names)}; then ${AUTH_ON}`,
    );
  if (status === 401 && jsonObject(text)?.['code'] !== undefined)
    return wrong(
      'platformLetsThrough',
      about,
      'App Service authentication let the request through, and the app refused it: only one of two doors is shut.',
      AUTH_ON,
    );
  if (status === 401) return right('closed', about, 'The platform refuses it: 401.');
  return otherThan401(about, status);
}

function closedToForgery(path: string, answer: Answer | Silence, names: AppNames): Finding {
  const about = `${path} with a forged x-ms-client-principal`;
  if (answer.kind === 'silent') return noAnswer(about, answer);
  if (answer.status < 300 || answer.status === 403)
    return wrong(
      'forgeryBelieved',
      about,
      `Who writes this header into a request is believed (${answer.status}): anybody can reset guests.`,
      `${stopCommand(names)}; then remove every setting WEBSITE_AUTH_… and: ${AUTH_ON}`,
    );
  return answer.status === 401
    ? right('forgeryRefused', about, 'It is refused: 401.')
    : otherThan401(about, answer.status);
}

const stopCommand = ({ app, resourceGroup }: AppNames): string =>
  `at once: az functionapp stop --resource-group ${resourceGroup} --name ${app}`;

function otherThan401(about: string, status: number): Finding {
  if (status >= 500)
    return notYet('notStarted', about, `It is answered ${status}, not 401.`, 'Ask again in a minute (--wait).');
  return wrong('not401', about, `It is answered ${status}, not 401.`, AUTH_ON);
}

function sameForForgery(path: string, plain: Answer | Silence, forged: Answer | Silence): Finding {
  const about = `${path} with a forged x-ms-client-principal`;
  if (plain.kind === 'silent') return noAnswer(about, plain);
  if (forged.kind === 'silent') return noAnswer(about, forged);
  if (plain.status !== forged.status || shapeOf(plain) !== shapeOf(forged))
    return wrong(
      'headerRead',
      about,
      `The header changes the answer (${plain.status} without, ${forged.status} with it), so the app reads it where ` +
        'the platform may leave it alone.',
      'Deploy the code of this clone: azd deploy',
    );
  return right('headerIgnored', about, `It changes nothing: ${forged.status}.`);
}

/** What stays the same from one answer to the next: of JSON its members, not what they say. */
function shapeOf({ text }: Answer): string {
  const members = jsonObject(text);
  return members === undefined ? text : Object.keys(members).toSorted().join();
}

function noAnswer(about: string, { detail }: Silence): Finding {
  return notYet('noAnswer', about, `Nobody answered (${detail}).`, 'Ask again in a minute (--wait).');
}

/** Whether the app talks without encryption. The address itself is https, or of this machine. */
async function encrypted(ask: Ask, origin: string, { app, resourceGroup }: AppNames): Promise<Finding> {
  const about = 'http without encryption';
  const url = new URL('/api/health', origin);
  if (url.protocol === 'http:') return right('thisMachine', about, 'The address is of this machine.');
  url.protocol = 'http:';
  const answer = await ask(url.href);
  if (answer.kind === 'silent') return right('httpsOnly', about, 'Nobody answers there.');
  const { status, headers } = answer;
  return status >= 300 && status < 400 && headers.get('location')?.startsWith('https://') === true
    ? right('httpsOnly', about, `It is sent on to https: ${status}.`)
    : wrong(
        'notEncrypted',
        about,
        `It is answered ${status}: tokens could travel where others read along.`,
        `az functionapp update --resource-group ${resourceGroup} --name ${app} --set httpsOnly=true`,
      );
}
