/** Everything the use cases are given. Each takes the part it names. */
import type { Policy } from '../domain/policy.ts';
import type { PreflightSettings } from '../domain/reset/preflight.ts';
import type { OwnSends } from '../domain/pace/own-sends.ts';
import type {
  AuditStore,
  ErasureStore,
  ChunkStore,
  Clock,
  ControlStore,
  Directory,
  GuestStore,
  IdempotencyStore,
  Invitations,
  JobStore,
  Log,
  Measure,
  Queue,
  Random,
  Trace,
} from './ports.ts';

/** What whoever runs the service has decided about invitations. */
export type Deployment = Pick<PreflightSettings, 'defaultRedirectUrl' | 'allowedEmailDomains'>;

export interface Deps {
  readonly jobs: JobStore;
  readonly chunks: ChunkStore;
  readonly guests: GuestStore;
  readonly control: ControlStore;
  readonly idempotency: IdempotencyStore;
  readonly audit: AuditStore;
  readonly erasures: ErasureStore;
  readonly queue: Queue;
  readonly directory: Directory;
  readonly invitations: Invitations;
  readonly ownSends: OwnSends;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly measure: Measure;
  readonly trace: Trace;
  readonly policy: Policy;
  readonly deployment: Deployment;
}
