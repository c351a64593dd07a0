import { Queue, type QueueCounts, type QueueOperations, type QueueOptions } from './queue.ts';

const DAY_MS = 86_400_000;

/** The queues of `infra/modules/service-bus.bicep`. */
export const defaultQueueOptions: QueueOptions = {
  lockMs: 60_000,
  maxDeliveryCount: 10,
  duplicateWindowMs: 10 * 60_000,
  timeToLiveMs: 14 * DAY_MS,
  deadLetterExpired: true,
};

const deadLetterSuffix = '/$deadletterqueue';

/** The queues by address. Addresses match without regard to case, as in the service. */
export class Namespace {
  readonly #queues = new Map<string, Queue>();

  constructor(queues: Readonly<Record<string, Partial<QueueOptions>>>) {
    for (const [name, given] of Object.entries(queues)) {
      const options = { ...defaultQueueOptions, ...given };
      const deadLetters = new Queue(`${name}/$DeadLetterQueue`, { ...options, duplicateWindowMs: 0 });
      this.#queues.set(plain(name), new Queue(name, options, deadLetters));
    }
  }

  /** What can be received from: a queue, or with `/$DeadLetterQueue` behind its name the dead letters of one. */
  source(address: string): Queue | undefined {
    const name = plain(address);
    if (!name.endsWith(deadLetterSuffix)) return this.#queues.get(name);
    return this.#queues.get(name.slice(0, -deadLetterSuffix.length))?.deadLetters;
  }

  /** What can be sent to: a queue. */
  target(address: string): Queue | undefined {
    return this.#queues.get(plain(address));
  }

  counts(): Record<string, QueueCounts> {
    return Object.fromEntries([...this.#queues.values()].map((queue) => [queue.name, queue.counts()]));
  }

  operations(): Record<string, QueueOperations> {
    return Object.fromEntries([...this.#queues.values()].map((queue) => [queue.name, queue.operations()]));
  }

  close(): void {
    for (const queue of this.#queues.values()) queue.close();
  }
}

/** Some clients write an address as a URL, or with slashes around it. */
function plain(address: string): string {
  return address
    .replace(/^(sb|amqps?):\/\/[^/]*\//i, '')
    .replace(/^\/+|\/+$/g, '')
    .toLowerCase();
}
