/** Everything the simulator remembers, and the two things it takes from outside: the time and chance. */
import type { Directory } from './directory.ts';
import type { Entra } from './entra/entra.ts';
import type { LifecycleWorkflows } from './lifecycle/lifecycle-workflows.ts';
import type { FaultList } from './faults.ts';
import type { Random } from './random.ts';
import type { Statistics } from './statistics.ts';
import type { Latency } from './latency.ts';
import type { Policies } from './policies.ts';
import type { Replication } from './replication.ts';
import type { SignIns } from './sign-in/sign-ins.ts';
import type { SimClock } from './sim-clock.ts';
import type { Throttle } from './throttle.ts';

/** A mail that Microsoft would have sent. */
export interface Mail {
  readonly userId: string;
  readonly to: string;
  /** ISO 8601. */
  readonly at: string;
  readonly messageLanguage: string;
  /** Always null: the service drops the custom message when an app, not a person, sends the invitation. */
  readonly customMessage: null;
  readonly ccRecipient: string | null;
}

export interface SimulatorState {
  /** Where it is reached; links lead there. */
  origin: string;
  readonly directory: Directory;
  readonly entra: Entra;
  readonly lifecycle: LifecycleWorkflows;
  /** Of people, in a browser. */
  readonly signIns: SignIns;
  readonly outbox: Mail[];
  readonly faults: FaultList;
  readonly statistics: Statistics;
  readonly throttle: Throttle;
  readonly random: Random;
  readonly clock: SimClock;
  readonly now: () => Date;
  readonly policies: Policies;
  /** What readers see of the directory. */
  readonly replication: Replication;
  /** Time that every call takes. */
  latency: Latency;
  /** Chance of its own, so that a latency changes no order. */
  readonly latencyRandom: Random;
  /**
   * `documented`: a batch is fully sequential or fully parallel, else 400. `any`: every order that can be run is run.
   */
  readonly batchDependencies: 'documented' | 'any';
}
