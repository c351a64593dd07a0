/** Looks whether somebody would be told when something needs a person. */
import type { Arm } from '../../azure/arm.ts';
import { memberOf, type Inventory, type Place } from '../../azure/deployment.ts';
import {
  WANTED_ALERTS,
  WANTED_LOGS,
  WANTED_OF_ALERT,
  WANTED_WORKSPACE,
  WORKSPACE,
} from '../../azure/wanted/watching.ts';
import { findingsOf, type Finding } from '../finding.ts';
import { compareAnswer } from './parts.ts';
import { unseen } from './unseen.ts';

const { right } = findingsOf('azure');

/** Names of our resources end in what the app's name ends in. */
const PREFIX = 'guest-reset-';

export async function checkWatching(arm: Arm, { found }: Inventory, place: Place): Promise<Finding[]> {
  const group = `/subscriptions/${place.subscriptionId}/resourceGroups/${place.resourceGroup}`;
  const workspaceId = String(memberOf(found.insights?.value, 'properties.WorkspaceResourceId'));
  const isOwn = workspaceId.toLowerCase().startsWith(`${group.toLowerCase()}/`);
  const token = found.app?.name.startsWith(PREFIX) === true ? found.app.name.slice(PREFIX.length) : undefined;
  const alerts = WANTED_ALERTS.filter(({ onOwnWorkspaceOnly }) => isOwn || onOwnWorkspaceOnly !== true);
  const looks = [
    ...(token === undefined ? [] : alerts).map(async ({ name, type, version, tells }) => {
      const about = `alert ${name}`;
      const answer = await arm.get(`${group}/providers/${type}/${PREFIX}${name}-${token}`, version);
      return answer.kind === 'missing'
        ? [{ ...unseen(answer, about, place), says: `It is not there: nobody is told ${tells}.` }]
        : compareAnswer(answer, about, WANTED_OF_ALERT, place);
    }),
    ...(['app', 'serviceBus'] as const).map(async (kind) => checkLog(arm, found[kind]?.id, WANTED_LOGS[kind], place)),
  ];
  // One of somebody else's is theirs to look at.
  if (isOwn)
    looks.push(
      arm
        .get(workspaceId, WORKSPACE.version)
        .then((answer) => compareAnswer(answer, WORKSPACE.called, WANTED_WORKSPACE, place)),
    );
  return (await Promise.all(looks)).flat();
}

async function checkLog(
  arm: Arm,
  id: string | undefined,
  { name, called, version }: (typeof WANTED_LOGS)[keyof typeof WANTED_LOGS],
  place: Place,
): Promise<Finding[]> {
  if (id === undefined) return [];
  const answer = await arm.get(`${id}/providers/Microsoft.Insights/diagnosticSettings/${name}`, version);
  return [answer.kind === 'found' ? right('logKept', called, 'It is kept.') : unseen(answer, called, place)];
}
