/** Who may do what: the app's identity and nobody else, with data roles, each for a reason. */
import { expect, test } from 'vitest';
import { SETS, at, ofType, type Resource, type SetName } from '../../azure/evaluated.ts';

interface Grant {
  /** The end of the scope's resource id, without what is made up for its name. */
  readonly scope: string;
  readonly role: string;
}

const ROLES: Readonly<Record<string, string>> = {
  'b7e6dc6d-f1e8-4753-8033-0f276bb0955b': 'Storage Blob Data Owner',
  '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3': 'Storage Table Data Contributor',
  '69a216fc-b8fb-44d8-bc22-1f3c2cd27a39': 'Azure Service Bus Data Sender',
  '4f6d3b9b-027b-4f4c-9142-0e5a2a2247e0': 'Azure Service Bus Data Receiver',
  '090c5cfd-751d-490a-894a-3ce6f1109419': 'Azure Service Bus Data Owner',
  '3913510d-42f4-4e42-8a64-420c390055eb': 'Monitoring Metrics Publisher',
};

const onQueues = (role: string): Grant[] =>
  ['bulk', 'dispatch', 'priority'].map((name) => ({
    scope: `queues/${name === 'dispatch' ? name : `resets-${name}`}`,
    role,
  }));

const ALWAYS: readonly Grant[] = [
  // The host's keys and locks, and the package, in containers that it makes itself.
  { scope: 'storageAccounts', role: 'Storage Blob Data Owner' },
  // Our tables, and those that the host makes for its own events.
  { scope: 'storageAccounts', role: 'Storage Table Data Contributor' },
  // Telemetry without a key.
  { scope: 'components', role: 'Monitoring Metrics Publisher' },
];
/** The triggers receive, the code sends and peeks. */
const QUEUES = [...onQueues('Azure Service Bus Data Sender'), ...onQueues('Azure Service Bus Data Receiver')];
/** The scaler reads the length of queues, which no smaller role can. */
const MEASURED_QUEUES = onQueues('Azure Service Bus Data Owner');

const EXPECTED: Readonly<Record<SetName, readonly Grant[]>> = {
  plain: [...ALWAYS, ...QUEUES],
  'existing-workspace': [...ALWAYS, ...QUEUES],
  government: [...ALWAYS, ...QUEUES],
  'all-options': [...ALWAYS, ...MEASURED_QUEUES],
};

function grantOf(assignment: Resource): Grant {
  const [, scope = ''] = /^\[extensionResourceId\('([^']+)'/.exec(assignment.id) ?? [];
  const parts = scope.split('/');
  const role = String(at(assignment, 'roleDefinitionId')).split('/').at(-1) ?? '';
  const isQueue = parts.at(-2) === 'queues';
  return { scope: isQueue ? parts.slice(-2).join('/') : (parts.at(-2) ?? ''), role: ROLES[role] ?? role };
}

const lines = (grants: readonly Grant[]): string[] => grants.map(({ scope, role }) => `${role} on ${scope}`).toSorted();

test.each(SETS)('%s gives the roles that are needed, where they are needed, and no other', (set) => {
  const given = ofType(set, 'Microsoft.Authorization/roleAssignments').map(grantOf);
  expect(lines(given)).toEqual(lines(EXPECTED[set]));
});

test.each(SETS)("%s gives roles to the app's identity alone, and not to who deploys", (set) => {
  for (const assignment of ofType(set, 'Microsoft.Authorization/roleAssignments')) {
    expect(at(assignment, 'principalType')).toBe('ServicePrincipal');
    expect(at(assignment, 'principalId')).toMatch(
      /^\[reference\('[^']+\/userAssignedIdentities\/id-guest-reset-\w+', '[\d-]+'\)\.principalId\]$/,
    );
    // By its own parts, so that an identity that is made anew gets an assignment of its own.
    expect(assignment.name).toMatch(/^\[guid\(/);
  }
});
