/** Looks at a deployment from every side, and changes nothing. */
import type { Arm } from '../azure/arm.ts';
import type { Kind, Place } from '../azure/deployment.ts';
import type { Cloud } from '../../shared/clouds.ts';
import type { Ask } from './ask.ts';
import { checkAzure, type Learned } from './azure/azure.ts';
import { findingsOf, type Finding, type Layer } from './finding.ts';
import { reach, type AppNames } from './reach.ts';
import { readSignIn } from './sign-in-described.ts';
import { askSignedIn, type TokenForApp } from './signed-in.ts';
import { askAsStranger } from './stranger.ts';
import { lookAtConsole } from './web-page.ts';

/** What to look at. Whatever is absent makes its layer unchecked, with a line that says so. */
export interface Patient {
  /** `https://NAME.azurewebsites.net`; what follows, such as `/api`, is of no meaning. */
  readonly url?: string;
  readonly place?: Place;
  readonly names: Readonly<Partial<Record<Kind, string>>>;
  readonly cloud: Cloud;
  readonly tenantId?: string;
  /** Client id of the app registration. Only what an administrator says: never what the address itself claims. */
  readonly apiClientId?: string;
}

export interface Instruments {
  readonly ask: Ask;
  /** A token for an app, by its scope. */
  readonly tokenFor: (scope: string) => Promise<TokenForApp>;
  /** Azure, or why there is no token for it. */
  readonly arm: () => Promise<Arm | { readonly reason: string }>;
  /**
   * The app registration, its roles and the permissions of the app's identity.
   * @param learned what Azure tells of them, for whom nobody has named them
   */
  readonly checkEntra: (learned: Learned) => Promise<readonly Finding[]>;
}

export async function examine(patient: Patient, instruments: Instruments): Promise<Finding[]> {
  // First, for it knows what nobody may have said.
  const azure = await examineAzure(patient, instruments);
  const { app, holdJobsAbove: _forEntra, ...learned } = azure.learned;
  const names = { ...(app !== undefined && { app }), ...patient.names };
  const [fromOutside, entra] = await Promise.all([
    examineAddress({ ...learned, ...patient, names }, instruments),
    instruments.checkEntra(azure.learned),
  ]);
  return [...fromOutside, ...entra, ...azure.findings];
}

const skipped = (layer: Layer, code: string, about: string, says: string, toDo: string): Finding =>
  findingsOf(layer).unchecked(code, about, says, toDo);

async function examineAddress(patient: Patient, { ask, tokenFor }: Instruments): Promise<Finding[]> {
  const { url, cloud, apiClientId, tenantId } = patient;
  if (url === undefined)
    return [
      skipped(
        'outside',
        'noAddress',
        'address',
        'Nobody has said where the service is.',
        '--url https://…/api, as "azd env get-value API_URL" tells',
      ),
    ];
  const { origin } = new URL(url);
  const names = appNames(patient);
  const { ours, findings } = await reach(ask, origin, names);
  if (!ours) return findings;
  const { described, findings: ofSignIn } = await readSignIn(ask, origin, {
    ...(tenantId !== undefined && { tenantId }),
    ...(apiClientId !== undefined && { clientId: apiClientId }),
  });
  const tenant = described?.tenantId ?? tenantId ?? 'common';
  const stranger = await askAsStranger(
    ask,
    origin,
    { tenantId: tenant, issuer: `${cloud.issuers.v2}/${tenant}/v2.0` },
    names,
  );
  const page = await lookAtConsole(ask, origin);
  const signedIn =
    apiClientId === undefined
      ? [
          skipped(
            'signedIn',
            'clientUnknown',
            'calls with a token',
            'Nobody has said for which app registration a token shall be.',
            'API_CLIENT_ID=ID before the command, as "azd env get-value API_CLIENT_ID" tells',
          ),
        ]
      : await askSignedIn(ask, origin, await tokenFor(`api://${apiClientId}/.default`));
  return [...findings, ...ofSignIn, ...stranger, ...page, ...signedIn];
}

function appNames({ names, place, url }: Patient): AppNames {
  const host = url === undefined ? '' : new URL(url).hostname;
  const guessed = /^([^.]+)\.(?:[^.]+\.)*azurewebsites\.(?:net|us)$|^([^.]+)\.chinacloudsites\.cn$/.exec(host);
  return {
    app: names.app ?? guessed?.[1] ?? guessed?.[2] ?? 'APP',
    resourceGroup: place?.resourceGroup ?? 'RESOURCE_GROUP',
  };
}

async function examineAzure(patient: Patient, { arm }: Instruments): ReturnType<typeof checkAzure> {
  const { place, names, tenantId, apiClientId, cloud } = patient;
  const without = (finding: Finding): Awaited<ReturnType<typeof checkAzure>> => ({ findings: [finding], learned: {} });
  if (place === undefined)
    return without(
      skipped(
        'azure',
        'noPlace',
        'resource group',
        'Nobody has said in which resource group of which subscription it is.',
        '--resource-group RG --subscription ID, as "azd env get-values" tells',
      ),
    );
  const connected = await arm();
  if ('reason' in connected)
    // Somebody has named the place, so a look that does not happen is no proof.
    return without(
      findingsOf('azure').wrong(
        'notSignedIn',
        'Azure',
        `It was not looked at, for there is no token: ${connected.reason}`,
        'az login',
      ),
    );
  const known = {
    place,
    names,
    login: cloud.login,
    ...(tenantId !== undefined && { tenantId }),
    ...(apiClientId !== undefined && { apiClientId }),
  };
  // A sign-in that ended meanwhile, or an answer in a form that nobody expects, spoils no other layer.
  return checkAzure(connected, known).catch((error: unknown) =>
    without(skipped('azure', 'notUnderstood', 'Azure', String(error).slice(0, 300), 'az login, then once more')),
  );
}
