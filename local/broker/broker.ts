import { listen } from './amqp-server.ts';
import { Faults } from './faults.ts';
import { Namespace } from './namespace.ts';
import type { Queue, QueueCounts, QueueOperations, QueueOptions } from './queue.ts';

export const defaultQueueNames: readonly string[] = ['resets-priority', 'resets-bulk', 'dispatch'];

export interface BrokerOptions {
  /** 0, the default, takes any free port. */
  readonly port?: number;
  /** Queues by name, each with what differs from `defaultQueueOptions`. Without it: the three queues of the app. */
  readonly queues?: Readonly<Record<string, Partial<QueueOptions>>>;
}

export interface Broker {
  readonly port: number;
  readonly connectionString: string;
  readonly faults: Faults;
  /** Throws for a queue that is not there. */
  queue(name: string): QueueCounts;
  counts(): Record<string, QueueCounts>;
  operations(): Record<string, QueueOperations>;
  /** See `Queue.copyWaiting`. Throws for a queue that is not there. */
  copyWaiting(name: string, count: number): number;
  /** Cuts every connection, as a network does, and returns how many. */
  dropConnections(): number;
  close(): Promise<void>;
}

/**
 * Starts a Service Bus stand-in on loopback that keeps everything in memory.
 * Rejects with `EADDRINUSE` when the port is taken.
 */
export async function startBroker({ port = 0, queues }: BrokerOptions = {}): Promise<Broker> {
  const namespace = new Namespace(queues ?? Object.fromEntries(defaultQueueNames.map((name) => [name, {}])));
  const faults = new Faults();
  const server = await listen(port, namespace, faults);
  const find = (name: string): Queue => {
    const queue = namespace.source(name);
    if (!queue)
      throw new Error(`The broker has no queue '${name}'. It has: ${Object.keys(namespace.counts()).join(', ')}.`);
    return queue;
  };
  return {
    port: server.port,
    connectionString: connectionString(server.port),
    faults,
    queue: (name) => find(name).counts(),
    copyWaiting: (name, count) => find(name).copyWaiting(count),
    counts: () => namespace.counts(),
    operations: () => namespace.operations(),
    dropConnections: () => server.dropConnections(),
    async close() {
      await server.close();
      namespace.close();
    },
  };
}

/** What `@azure/service-bus` needs to reach the broker: no TLS, and any key. */
export function connectionString(port: number): string {
  return [
    `Endpoint=sb://localhost:${port}`,
    'SharedAccessKeyName=RootManageSharedAccessKey',
    'SharedAccessKey=SAS_KEY_VALUE',
    'UseDevelopmentEmulator=true;',
  ].join(';');
}
