/** Everything the use cases are given. Each takes the part it names. */
import type { Policy } from '../domain/policy.ts';
import type { ChunkStore, Clock, ControlStore, Graph, GuestStore, IdempotencyStore, JobStore, Log, Queue, Random } from './ports.ts';

export interface Deps {
  readonly jobs: JobStore;
  readonly chunks: ChunkStore;
  readonly guests: GuestStore;
  readonly control: ControlStore;
  readonly idempotency: IdempotencyStore;
  readonly queue: Queue;
  readonly graph: Graph;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly policy: Policy;
  readonly tenantId: string;
}
