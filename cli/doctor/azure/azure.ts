/** The third layer: what Azure Resource Manager shows of the deployment, compared with what it must be. */
import type { Arm } from '../../azure/arm.ts';
import {
  findDeployment,
  memberOf,
  KINDS,
  KIND_NAMES,
  type Inventory,
  type Kind,
  type Place,
} from '../../azure/deployment.ts';
import { WANTED_INSIGHTS } from '../../azure/wanted/resources.ts';
import { findingsOf, type Finding } from '../finding.ts';
import { checkApp, checkServiceBus, checkStorage, clientIdOf, compareFound, type ToldSettings } from './parts.ts';
import { checkRoles } from './roles.ts';
import { unseen } from './unseen.ts';
import { checkWatching } from './watching.ts';
import { worldOf, type Known } from './world-of.ts';

const { wrong } = findingsOf('azure');

/** What Azure tells about the deployment, for the other layers: an administrator's own sign-in has asked it. */
export interface Learned extends ToldSettings {
  readonly url?: string;
  /** Name of the function app. */
  readonly app?: string;
  readonly apiClientId?: string;
  /** Object id of the app's identity. */
  readonly principalId?: string;
}

export async function checkAzure(
  arm: Arm,
  known: Known,
): Promise<{ readonly findings: Finding[]; readonly learned: Learned }> {
  const { place } = known;
  const inventory = await findDeployment(arm, place, known.names);
  if ('kind' in inventory) {
    const findings = [
      unseen(inventory, `resource group ${place.resourceGroup}`, place, {
        toDo: 'Name the right one: --resource-group RG --subscription ID (see "azd env get-values"); or: azd provision',
      }),
    ];
    return { findings, learned: {} };
  }
  const world = worldOf(inventory, known);
  const lacking = KIND_NAMES.flatMap((kind) => ofLack(inventory, kind, place));
  const [ofApp, ...parts] = await Promise.all([
    checkApp(arm, inventory, world),
    checkStorage(arm, inventory, world),
    checkServiceBus(arm, inventory, world),
    checkWatching(arm, inventory, place),
  ]);
  const findings = [
    ...lacking,
    ...ofApp.findings,
    ...parts.flat(),
    ...compareFound('insights', inventory, WANTED_INSIGHTS),
  ];
  // Whoever makes them anew makes their roles, too.
  const gone = new Set(findings.filter(({ code }) => code === 'missing').map(({ about }) => about));
  return {
    findings: [...findings, ...(await checkRoles(arm, world, gone))],
    learned: { ...(await learn(arm, inventory)), ...ofApp.told },
  };
}

async function learn(arm: Arm, { found: { app, identity } }: Inventory): Promise<Learned> {
  const text = (value: unknown, path: string): string | undefined => {
    const member = memberOf(value, `properties.${path}`);
    return typeof member === 'string' && member !== '' ? member : undefined;
  };
  const host = text(app?.value, 'defaultHostName');
  const principalId = text(identity?.value, 'principalId');
  const apiClientId = app && (await clientIdOf(arm, app));
  return {
    ...(app !== undefined && { app: app.name }),
    ...(host !== undefined && { url: `https://${host}/api` }),
    ...(principalId !== undefined && { principalId }),
    ...(apiClientId !== undefined && { apiClientId }),
  };
}

/** Variables of the environment that name a resource. Of the other kinds the tag of the environment tells which. */
const NAMING: Readonly<Partial<Record<Kind, string>>> = {
  app: 'FUNCTION_APP_NAME',
  storage: 'STORAGE_ACCOUNT_NAME',
  serviceBus: 'SERVICE_BUS_NAMESPACE',
};

function ofLack({ lacking }: Inventory, kind: Kind, place: Place): Finding[] {
  const lack = lacking[kind];
  const about = KINDS[kind].called;
  if (lack === undefined || lack.kind === 'found') return [];
  return lack.kind === 'several'
    ? [
        wrong(
          'several',
          about,
          `There are several: ${lack.names.join(', ')}.`,
          NAMING[kind] === undefined
            ? 'Give ours its tag azd-env-name back: azd provision'
            : `Say which: ${NAMING[kind]}=NAME before the command, as "azd env get-value ${NAMING[kind]}" tells.`,
        ),
      ]
    : [unseen(lack, about, place)];
}
