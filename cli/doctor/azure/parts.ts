/** The app, its tables and its queues, each thing that the template makes for them. */
import type { Arm, ArmAnswer } from '../../azure/arm.ts';
import { KINDS, memberOf, type Inventory, type Kind, type Place, type Resource } from '../../azure/deployment.ts';
import {
  PACKAGE_CONTAINER,
  QUEUES,
  TABLES,
  WANTED_CONTAINER,
  WANTED_CREDENTIALS,
  WANTED_NAMESPACE,
  WANTED_STORAGE,
  WANTED_WEB,
  wantedApp,
  wantedAuthentication,
  wantedQueue,
  type Wanted,
} from '../../azure/wanted/resources.ts';
import type { World } from '../../azure/wanted/world.ts';
import { findingsOf, type Finding } from '../finding.ts';
import { compareMembers, isSame } from './members.ts';
import { compareSettings, settingsList } from './settings.ts';
import { unseen } from './unseen.ts';

const { wrong, right, note } = findingsOf('azure');

export function compareFound(kind: Kind, { found }: Inventory, wanted: readonly Wanted[]): Finding[] {
  const resource = found[kind];
  return resource === undefined ? [] : compareMembers(KINDS[kind].called, resource.value, wanted);
}

/** What ARM answered for one resource, compared; or why it did not show it. */
export function compareAnswer(answer: ArmAnswer, about: string, wanted: readonly Wanted[], place: Place): Finding[] {
  return answer.kind === 'found' ? compareMembers(about, answer.value, wanted) : [unseen(answer, about, place)];
}

const readAuthentication = (arm: Arm, app: Resource): Promise<ArmAnswer> =>
  arm.get(`${app.id}/config/authsettingsV2`, KINDS.app.version);

function clientIdIn(authentication: ArmAnswer): string | undefined {
  const path = 'properties.identityProviders.azureActiveDirectory.registration.clientId';
  const clientId = authentication.kind === 'found' ? memberOf(authentication.value, path) : undefined;
  return typeof clientId === 'string' ? clientId : undefined;
}

/** Client id of the app registration whose tokens the platform accepts. */
export const clientIdOf = async (arm: Arm, app: Resource): Promise<string | undefined> =>
  clientIdIn(await readAuthentication(arm, app));

/** Settings that other layers ask for: they are looked at once, as some of them could be secrets. */
export interface ToldSettings {
  /** `HOLD_JOBS_ABOVE`; absent where it is not set, or nobody may see it. */
  readonly holdJobsAbove?: string;
}

export async function checkApp(
  arm: Arm,
  inventory: Inventory,
  known: World,
): Promise<{ readonly findings: Finding[]; readonly told: ToldSettings }> {
  const { app } = inventory.found;
  if (app === undefined) return { findings: [], told: {} };
  const { version } = KINDS.app;
  const authentication = await readAuthentication(arm, app);
  // Where nobody says for which app registration, what the platform and what the app take it for must be the same.
  const believed = clientIdIn(authentication);
  const world: World = {
    ...known,
    ...(known.apiClientId === undefined && believed !== undefined && { apiClientId: believed }),
  };
  const part = async (path: string, about: string, wanted: readonly Wanted[]): Promise<Finding[]> =>
    compareAnswer(await arm.get(`${app.id}/${path}`, version), about, wanted, world.place);
  let told: ToldSettings = {};
  const settings = async (): Promise<Finding[]> => {
    const answer = await arm.reveal(`${app.id}/config/appsettings/list`, version);
    if (answer.kind !== 'found') return [unseen(answer, 'app settings', world.place, { needs: 'Website Contributor' })];
    const { properties } = settingsList.parse(answer.value);
    const holdJobsAbove = properties['HOLD_JOBS_ABOVE']?.trim() ?? '';
    if (holdJobsAbove !== '') told = { holdJobsAbove };
    return compareSettings(properties, world);
  };
  const parts = await Promise.all([
    part('config/web', 'function app', WANTED_WEB),
    part('basicPublishingCredentialsPolicies/scm', 'name and password for deployments', WANTED_CREDENTIALS),
    part('basicPublishingCredentialsPolicies/ftp', 'name and password for FTP', WANTED_CREDENTIALS),
    settings(),
  ]);
  const findings = [
    ...identityOf(app.value, world),
    ...compareFound('app', inventory, wantedApp(world)),
    ...compareAnswer(authentication, 'authentication', wantedAuthentication(world), world.place),
    ...parts.flat(),
  ];
  return { findings, told };
}

/** The app runs as the identity that has the roles, and as no other. */
function identityOf(app: unknown, { identity }: World): Finding[] {
  const assigned = Object.keys((memberOf(app, 'identity.userAssignedIdentities') as object | null) ?? {});
  if (identity === undefined) return [];
  const about = 'function app: identity';
  const others = assigned.filter((id) => !isSame(id, identity.id));
  const hasOwn = memberOf(app, 'identity.principalId') !== undefined;
  return [
    assigned.length > others.length
      ? right('identityAssigned', about, 'It runs as its identity.')
      : wrong('identityMissing', about, `It does not run as ${identity.id}.`, 'azd provision'),
    ...[...others, ...(hasOwn ? ['the one of the app itself'] : [])].map((other) =>
      note('identityNotNeeded', about, `It may also act as ${other}.`, 'azd provision'),
    ),
  ];
}

export async function checkStorage(arm: Arm, inventory: Inventory, world: World): Promise<Finding[]> {
  const { storage } = inventory.found;
  if (storage === undefined) return [];
  const { version } = KINDS.storage;
  const about = `container ${PACKAGE_CONTAINER}`;
  const container = await arm.get(`${storage.id}/blobServices/default/containers/${PACKAGE_CONTAINER}`, version);
  const tables = TABLES.map(async (name): Promise<Finding> => {
    const answer = await arm.get(`${storage.id}/tableServices/default/tables/${name}`, version);
    return answer.kind === 'found'
      ? right('tableThere', `table ${name}`, 'It is there.')
      : unseen(answer, `table ${name}`, world.place);
  });
  return [
    ...compareFound('storage', inventory, WANTED_STORAGE),
    ...compareAnswer(container, about, WANTED_CONTAINER, world.place),
    ...(await Promise.all(tables)),
  ];
}

export async function checkServiceBus(arm: Arm, inventory: Inventory, world: World): Promise<Finding[]> {
  const { serviceBus } = inventory.found;
  if (serviceBus === undefined) return [];
  const queues = QUEUES.map(async (name): Promise<Finding[]> => {
    const answer = await arm.get(`${serviceBus.id}/queues/${name}`, KINDS.serviceBus.version);
    return compareAnswer(answer, `queue ${name}`, wantedQueue(world, name), world.place);
  });
  return [...compareFound('serviceBus', inventory, WANTED_NAMESPACE), ...(await Promise.all(queues)).flat()];
}
