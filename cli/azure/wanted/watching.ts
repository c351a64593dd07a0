/** What tells people when something needs them: alerts, and the logs that these ask. */
import type { Wanted } from './resources.ts';

export interface WantedAlert {
  /** Part of its name: `guest-reset-NAME-TOKEN`. */
  readonly name: string;
  readonly type: string;
  readonly version: string;
  /** What nobody would be told of. */
  readonly tells: string;
  /** In a workspace that others use, too, it would tell of theirs. */
  readonly onOwnWorkspaceOnly?: true;
}

const QUERY = { type: 'Microsoft.Insights/scheduledQueryRules', version: '2023-12-01' } as const;

export const WANTED_ALERTS: readonly WantedAlert[] = [
  { ...QUERY, name: 'stopped', tells: 'that Graph has stopped the tenant or a job' },
  { ...QUERY, name: 'failures', tells: 'that many resets fail' },
  { ...QUERY, name: 'heartbeat', tells: 'that the service does not run any more' },
  { ...QUERY, name: 'repair', tells: 'that a crash left something that cannot be repaired' },
  { ...QUERY, name: 'throttled', tells: 'that Graph asks to wait' },
  { ...QUERY, name: 'host-start', tells: 'that the host does not start' },
  { ...QUERY, name: 'log-cap', tells: 'that logs are lost, and other alerts are blind', onOwnWorkspaceOnly: true },
  { name: 'dead-letters', type: 'Microsoft.Insights/metricAlerts', version: '2018-03-01', tells: 'of dead letters' },
  {
    name: 'role-changes',
    type: 'Microsoft.Insights/activityLogAlerts',
    version: '2020-10-01',
    tells: 'that somebody got a role who may then deploy code here',
  },
];

export const WANTED_OF_ALERT: readonly Wanted[] = [
  { path: 'properties.enabled', is: [true], why: 'nobody is told otherwise' },
];

/** Of a workspace that is for this app alone. */
export const WANTED_WORKSPACE: readonly Wanted[] = [
  { path: 'properties.features.disableLocalAuth', is: [true], why: 'with keys anybody writes who has seen one' },
  { path: 'properties.workspaceCapping.dailyQuotaGb', is: undefined, why: 'it bounds the cost' },
];

/** Diagnostic settings, by the resource that they are on. */
export const WANTED_LOGS = {
  app: { name: 'host', called: 'log of the host', version: '2021-05-01-preview' },
  serviceBus: { name: 'changes', called: 'log of changes to queues', version: '2021-05-01-preview' },
} as const;

export const WORKSPACE = { version: '2025-02-01', called: 'Log Analytics workspace' } as const;
