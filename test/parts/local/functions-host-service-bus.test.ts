import { ServiceBusClient } from '@azure/service-bus';
import { beforeAll, describe, expect, test } from 'vitest';
import { startBroker } from '../../../local/broker/broker.ts';
import type { Broker } from '../../../local/broker/broker.ts';
import { atEndOfTest, startHost } from './functions-host-fixture.ts';
import type { AtEnd, End, RunningHost } from './functions-host-fixture.ts';

const EMPTY = { active: 0, locked: 0, scheduled: 0, deadLettered: 0 };

const QUEUE = 'work-items';
const POLL = { timeout: 10_000, interval: 20 };

interface Bus {
  readonly broker: Broker;
  readonly host: RunningHost;
  /** Sends messages to the function, each named by its id. */
  readonly send: (messages: Record<string, object>) => Promise<void>;
  /** The function's runs for one message: its delivery count and how many ran at that moment. */
  readonly runs: (messageId: string) => Promise<Run[]>;
}

interface Run {
  readonly messageId: string;
  readonly deliveryCount: number;
  readonly runningMessages: number;
}

/** A broker with one queue, and the sample app that works on it. */
async function startBus(serviceBus: object, atEnd: AtEnd = atEndOfTest): Promise<Bus> {
  const broker = await startBroker({ queues: { [QUEUE]: { maxDeliveryCount: 3, lockMs: 2_000 } } });
  atEnd(() => broker.close());
  const settings = { WORK_QUEUE: QUEUE, ServiceBusConnection: broker.connectionString };
  const host = await startHost({ hostJson: { extensions: { serviceBus } }, settings }, atEnd);
  return {
    broker,
    host,
    // A client of its own each time: one that lost its connection would need a while to see it.
    send: async (messages) => {
      const client = new ServiceBusClient(broker.connectionString);
      await client
        .createSender(QUEUE)
        .sendMessages(Object.entries(messages).map(([messageId, body]) => ({ messageId, body })));
      await client.close();
    },
    runs: async (messageId) => ((await host.seen()) as Run[]).filter((entry) => entry.messageId === messageId),
  };
}

describe('a Service Bus function', () => {
  let bus: Bus;
  beforeAll(async () => {
    const ends: End[] = [];
    bus = await startBus({ maxConcurrentCalls: 3 }, (end) => ends.unshift(end));
    return async () => {
      for (const end of ends) await end();
    };
  });
  const untilSeen = async (entry: unknown) => {
    await expect.poll(() => bus.host.seen(), POLL).toContainEqual(entry);
  };
  const untilEmpty = async () => {
    await expect.poll(() => ({ ...bus.broker.queue(QUEUE), deadLettered: 0 }), POLL).toEqual(EMPTY);
  };

  test('gets the message and its metadata in the shapes of the cloud, and the message is completed', async () => {
    const client = new ServiceBusClient(bus.broker.connectionString);
    await client
      .createSender(QUEUE)
      .sendMessages({ body: { id: 'a' }, messageId: '12345', applicationProperties: { JobId: 'j1' } });
    await client.close();
    // The library reads texts as JSON: a numeric message id becomes a number, keys get a lower-case first letter.
    const run = {
      message: { id: 'a' },
      messageId: 12345,
      deliveryCount: 1,
      applicationProperties: { jobId: 'j1' },
      runningMessages: 1,
    };
    await untilSeen('done 12345');
    await untilEmpty();
    expect(await bus.host.seen()).toContainEqual(run);
  });

  test('gets its message again, with a higher delivery count, after it threw', async () => {
    await bus.send({ again: { act: 'failOnce' } });
    await untilSeen('done again');
    expect(await bus.runs('again')).toMatchObject([{ deliveryCount: 1 }, { deliveryCount: 2 }]);
    expect(bus.host.output()).toMatch(/^\[.+\] error worker: Error: the message failed \| .+$/m);
  });

  test('loses a message that always fails to the dead letters, and not its good neighbour', async () => {
    await bus.send({ bad: { act: 'fail' }, good: {} });
    await untilSeen('done good');
    await expect.poll(() => bus.broker.queue(QUEUE), POLL).toEqual({ ...EMPTY, deadLettered: 1 });
    expect(await bus.runs('bad')).toMatchObject([{ deliveryCount: 1 }, { deliveryCount: 2 }, { deliveryCount: 3 }]);
  });

  test('runs as often at a time as maxConcurrentCalls allows, and once for each message', async () => {
    const ids = Array.from({ length: 30 }, (_, index) => `many-${index}`);
    await bus.send(Object.fromEntries(ids.map((id) => [id, { ms: 10 }])));
    await untilEmpty();
    const runs = await Promise.all(ids.map((id) => bus.runs(id)));
    expect(runs.map(({ length }) => length)).toEqual(ids.map(() => 1));
    expect(Math.max(...runs.flat().map(({ runningMessages }) => runningMessages))).toBe(3);
  });

  test('keeps the lock of its message for longer than one lock lasts', async () => {
    await bus.send({ long: { ms: 2_500 } });
    await untilSeen('done long');
    await untilEmpty();
    expect(await bus.runs('long')).toHaveLength(1);
  });

  test('gets messages again after the connection was lost', async () => {
    await bus.send({ before: {} });
    await untilSeen('done before');
    expect(bus.broker.dropConnections()).toBeGreaterThan(0);
    await bus.send({ after: {} });
    await untilSeen('done after');
  });
});

test('with autoCompleteMessages off a message stays locked after its function succeeded', async () => {
  const { broker, host, send } = await startBus({ maxConcurrentCalls: 1, autoCompleteMessages: false });
  await send({ kept: {} });
  await expect.poll(() => host.seen(), POLL).toContain('done kept');
  expect(broker.queue(QUEUE)).toEqual({ ...EMPTY, locked: 1 });
});

test('after SIGTERM the running messages finish and are settled, and no other one is taken', async () => {
  const { broker, host, send } = await startBus({ maxConcurrentCalls: 2 });
  await send({ a: { ms: 300 }, b: { ms: 700 }, c: {}, d: {}, e: {} });
  await expect.poll(() => broker.queue(QUEUE).locked, POLL).toBe(2);
  host.child.kill('SIGTERM');
  expect(await host.ended).toEqual([0, null]);
  await expect.poll(() => broker.queue(QUEUE), POLL).toEqual({ ...EMPTY, active: 3 });
});
