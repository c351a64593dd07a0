import { ServiceBusClient } from '@azure/service-bus';
import type { ServiceBusMessage } from '@azure/service-bus';
import { expect, onTestFinished, test } from 'vitest';
import { startBroker } from '../../local/broker/broker.ts';
import type { Broker } from '../../local/broker/broker.ts';
import type { QueueOptions } from '../../local/broker/queue.ts';
import { startHost } from './functions-host-fixture.ts';
import type { RunningHost } from './functions-host-fixture.ts';

const EMPTY = { active: 0, locked: 0, scheduled: 0, deadLettered: 0 };

interface Bus {
  readonly broker: Broker;
  readonly host: RunningHost;
  readonly send: (messages: readonly ServiceBusMessage[]) => Promise<void>;
}

/** A broker with one queue, and the sample app that works on it. */
async function startBus({ queue = {}, serviceBus = {} }: { queue?: Partial<QueueOptions>; serviceBus?: object } = {}): Promise<Bus> {
  const broker = await startBroker({ queues: { 'work-items': queue } });
  onTestFinished(() => broker.close());
  const host = await startHost({
    hostJson: { extensions: { serviceBus: { maxConcurrentCalls: 4, ...serviceBus } } },
    settings: { WORK_QUEUE: 'work-items', ServiceBusConnection: broker.connectionString },
  });
  return {
    broker,
    host,
    // A client of its own each time: one that lost its connection would need a while to see it.
    send: async (messages) => {
      const client = new ServiceBusClient(broker.connectionString);
      await client.createSender('work-items').sendMessages([...messages]);
      await client.close();
    },
  };
}

const POLL = { timeout: 10_000, interval: 20 };

test('a function gets the message and its metadata in the shapes of the cloud, and the message is completed', async () => {
  const { broker, host, send } = await startBus();
  await send([{ body: { id: 'a' }, messageId: '12345', applicationProperties: { JobId: 'j1' } }]);
  await expect.poll(() => broker.queue('work-items'), POLL).toEqual(EMPTY);
  expect(await host.seen()).toEqual([
    // The library reads texts as JSON: a numeric message id becomes a number, keys get a lower-case first letter.
    { message: { id: 'a' }, messageId: 12345, deliveryCount: 1, applicationProperties: { jobId: 'j1' }, runningMessages: 1 },
    'done 12345',
  ]);
});

test('a function that throws gets its message again, with a higher delivery count', async () => {
  const { broker, host, send } = await startBus();
  await send([{ body: { act: 'failOnce' }, messageId: 'm' }]);
  await expect.poll(() => broker.queue('work-items'), POLL).toEqual(EMPTY);
  const counts = (await host.seen()).map((entry) => (entry as { deliveryCount?: number }).deliveryCount);
  expect(counts).toEqual([1, 2, undefined]);
  expect(host.output()).toMatch(/^\[.+\] error worker: Error: the message failed \| .+\n$/);
});

test('a message that always fails is dead-lettered', async () => {
  const { broker, send } = await startBus({ queue: { maxDeliveryCount: 3 } });
  await send([{ body: { act: 'fail' }, messageId: 'm' }, { body: {}, messageId: 'good' }]);
  await expect.poll(() => broker.queue('work-items'), POLL).toEqual({ ...EMPTY, deadLettered: 1 });
});

test('no more messages run at a time than maxConcurrentCalls, and each runs once', async () => {
  const { broker, host, send } = await startBus({ serviceBus: { maxConcurrentCalls: 3 } });
  await send(Array.from({ length: 30 }, (_, index) => ({ body: { ms: 10 }, messageId: `m${index}` })));
  await expect.poll(() => broker.queue('work-items'), POLL).toEqual(EMPTY);
  const seen = await host.seen();
  const running = seen.map((entry) => (entry as { runningMessages?: number }).runningMessages ?? 0);
  expect(Math.max(...running)).toBe(3);
  expect(new Set(seen.filter((entry) => typeof entry === 'string')).size).toBe(30);
  expect(seen).toHaveLength(60);
});

test('the lock of a message is renewed while its function runs', async () => {
  const { broker, host, send } = await startBus({ queue: { lockMs: 2_000 } });
  await send([{ body: { ms: 3_000 }, messageId: 'long' }]);
  await expect.poll(() => host.seen(), POLL).toContain('done long');
  await expect.poll(() => broker.queue('work-items'), POLL).toEqual(EMPTY);
  expect(await host.seen()).toHaveLength(2);
});

test('with autoCompleteMessages off a message stays locked after its function succeeded', async () => {
  const { broker, host, send } = await startBus({ serviceBus: { autoCompleteMessages: false, maxAutoLockRenewalDuration: '00:00:00' } });
  await send([{ body: {}, messageId: 'm' }]);
  await expect.poll(() => host.seen(), POLL).toContain('done m');
  expect(broker.queue('work-items')).toEqual({ ...EMPTY, locked: 1 });
});

test('after SIGTERM the running messages finish and are settled, and no other one is taken', async () => {
  const { broker, host, send } = await startBus({ serviceBus: { maxConcurrentCalls: 2 } });
  await send(Array.from({ length: 5 }, (_, index) => ({ body: { ms: 700 }, messageId: `m${index}` })));
  await expect.poll(() => broker.queue('work-items').locked, POLL).toBe(2);
  host.child.kill('SIGTERM');
  expect(await host.ended).toEqual([0, null]);
  await expect.poll(() => broker.queue('work-items'), POLL).toEqual({ ...EMPTY, active: 3 });
});

test('after a lost connection the host takes messages again', async () => {
  const { broker, host, send } = await startBus();
  await send([{ body: {}, messageId: 'before' }]);
  await expect.poll(() => host.seen(), POLL).toContain('done before');
  expect(broker.dropConnections()).toBeGreaterThan(0);
  await send([{ body: {}, messageId: 'after' }]);
  await expect.poll(() => host.seen(), POLL).toContain('done after');
});
