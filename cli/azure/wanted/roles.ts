/** Roles that the app's identity needs, each at the narrowest scope, and nobody else's. Ids: Azure built-in roles. */
import { QUEUES } from './resources.ts';
import type { World } from './world.ts';

export interface Role {
  readonly id: string;
  readonly name: string;
}

const BLOB_OWNER: Role = { id: 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b', name: 'Storage Blob Data Owner' };
const TABLES: Role = { id: '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3', name: 'Storage Table Data Contributor' };
const SENDER: Role = { id: '69a216fc-b8fb-44d8-bc22-1f3c2cd27a39', name: 'Azure Service Bus Data Sender' };
const RECEIVER: Role = { id: '4f6d3b9b-027b-4f4c-9142-0e5a2a2247e0', name: 'Azure Service Bus Data Receiver' };
const PUBLISHER: Role = { id: '3913510d-42f4-4e42-8a64-420c390055eb', name: 'Monitoring Metrics Publisher' };
/** Sends and receives, too. The template gives it in place of both with `scaleByQueueLength`. */
export const QUEUE_OWNER: Role = { id: '090c5cfd-751d-490a-894a-3ce6f1109419', name: 'Azure Service Bus Data Owner' };

export interface WantedRole {
  readonly role: Role;
  /** Resource id. */
  readonly scope: string;
  /** How people call that. */
  readonly on: string;
  readonly why: string;
  /** Does as well. */
  readonly or?: Role;
}

export function wantedRoles({ storage, serviceBus, insights }: World): WantedRole[] {
  const roles: WantedRole[] = [];
  if (storage !== undefined) {
    const at = { scope: storage.id, on: `storage account ${storage.name}` };
    roles.push({ role: BLOB_OWNER, ...at, why: 'the host starts the code from there and keeps its locks' });
    roles.push({ role: TABLES, ...at, why: 'jobs and results are there' });
  }
  for (const queue of serviceBus === undefined ? [] : QUEUES) {
    const at = { scope: `${serviceBus?.id}/queues/${queue}`, on: `queue ${queue}`, or: QUEUE_OWNER };
    roles.push({ role: SENDER, ...at, why: 'the app wakes itself by messages' });
    roles.push({ role: RECEIVER, ...at, why: 'the app is woken by messages' });
  }
  if (insights !== undefined)
    roles.push({
      role: PUBLISHER,
      scope: insights.id,
      on: `Application Insights component ${insights.name}`,
      why: 'logs arrive, and alerts can ask them',
    });
  return roles;
}
