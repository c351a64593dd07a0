/** What is told about dead letters: how many, since when and why; never what is in them. */

/** The dead letters of one queue, as far as they were looked at. */
export interface DeadLetters {
  readonly queue: string;
  readonly count: number;
  /** Not all were looked at. */
  readonly mayBeMore: boolean;
  /** When the oldest was put into its queue. */
  readonly oldestAt?: number;
  /** The broker's reasons, each once. */
  readonly reasons: readonly string[];
}

const WHAT_TO_DO =
  'No reset ends by that: what was not done is woken again within 20 minutes. The log lines "deliveryFailed" ' +
  'tell the cause. Dead letters can be deleted at any time.';

/** @returns undefined when there are none */
export function describeDeadLetters(queues: readonly DeadLetters[], now: number): string | undefined {
  const filled = queues.filter(({ count }) => count > 0);
  return filled.length === 0 ? undefined : `${filled.map((each) => describeQueue(each, now)).join(' ')} ${WHAT_TO_DO}`;
}

function describeQueue({ queue, count, mayBeMore, oldestAt, reasons }: DeadLetters, now: number): string {
  const letters = mayBeMore ? `${count} or more dead letters` : count === 1 ? '1 dead letter' : `${count} dead letters`;
  const oldest = oldestAt === undefined ? '' : `, the oldest sent ${age(now - oldestAt)} ago`;
  return `${queue} has ${letters}${oldest}${reasons.length === 0 ? '' : ` (${reasons.join(', ')})`}.`;
}

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** In the largest unit that fits. */
function age(milliseconds: number): string {
  const [name, length] = UNITS.find(([, unit]) => milliseconds >= unit) ?? ['second', 1_000];
  const units = Math.max(0, Math.floor(milliseconds / length));
  return `${units} ${name}${units === 1 ? '' : 's'}`;
}
