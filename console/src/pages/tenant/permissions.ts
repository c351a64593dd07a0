/** What somebody may do here. The service is the judge: this only hides what it refuses. */
import type { Me, Tenant } from '../../../../client/types.ts';
import { hasAny, seesAll } from '../../parts/roles.ts';

export interface TenantPermissions {
  readonly pause: boolean;
  readonly resume: boolean;
  readonly endWait: boolean;
  readonly seeAudit: boolean;
  /** Else only the jobs that one has submitted are told. */
  readonly seeAllJobs: boolean;
}

/** @param me undefined while the service has not told: then nothing is hidden */
export function permissionsOf({ status, code, pace }: Tenant, me: Me | undefined): TenantPermissions {
  const manages = hasAny(me, 'Manage');
  return {
    // In front of a stop of Graph's nothing is sent either; a trial is ended by it.
    pause: manages && status !== 'paused',
    resume: manages && status === 'paused' && code !== undefined,
    endWait: manages && status === 'running' && pace.askedToWaitUntil !== undefined,
    seeAudit: seesAll(me),
    seeAllJobs: seesAll(me),
  };
}
