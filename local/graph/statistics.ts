/** What the service has seen and done, as the other side counts it. */
import type { OperationKind } from './request.ts';

export class Statistics {
  /** HTTP calls on the wire; a batch is one. Calls of the control plane and of the token endpoint are none. */
  roundTrips = 0;
  /** Requests refused with 429. */
  throttled = 0;
  /** Internal users turned into guests. Anything but zero is a catastrophe in a real tenant. */
  internalConversions = 0;
  readonly #requests: Record<OperationKind, number> = {
    getUser: 0,
    findUsers: 0,
    patchUser: 0,
    invite: 0,
    listRoles: 0,
    readApps: 0,
    writeApps: 0,
    resumeTask: 0,
    batch: 0,
  };
  readonly #writes = { patchUser: 0, invite: 0, writeApps: 0 };

  /** Something arrived; whatever becomes of it. */
  arrived(kind: OperationKind): void {
    this.#requests[kind]++;
  }

  /** A write took effect, even if its answer was lost. */
  written(kind: 'patchUser' | 'invite' | 'writeApps'): void {
    this.#writes[kind]++;
  }

  /**
   * `requests.total` counts what a budget counts: inner requests each, the batch around them not. `registrations` are
   * the requests of administrators, which are in no other count; those of a logic app that resumes a task are in none.
   */
  snapshot(): object {
    const { batch, readApps, writeApps, resumeTask: _, ...single } = this.#requests;
    const { writeApps: applied, ...writes } = this.#writes;
    const total = Object.values(single).reduce((sum, count) => sum + count, 0);
    return {
      roundTrips: this.roundTrips,
      requests: { ...single, batch, total },
      writes: { ...writes, total: writes.patchUser + writes.invite },
      registrations: { reads: readApps, writes: writeApps, applied },
      throttled: this.throttled,
      internalConversions: this.internalConversions,
    };
  }
}
