import type { ServiceBusReceivedMessage } from '@azure/service-bus';
import { describe, expect, test } from 'vitest';
import { startBroker } from '../../../local/broker/broker.ts';
import { bodies, empty, eventually, openQueue, receive, receiveOne } from './broker-fixture.ts';

const busy = { kind: 'error', condition: 'com.microsoft:server-busy', description: 'busy' } as const;

// Together, because most of what these tests do is wait.
describe.concurrent('the broker and failures', () => {
  test('a subscription survives a dropped connection: it goes on by itself and nothing is lost', async ({
    onTestFinished,
  }) => {
    const { broker, sender, receiver } = await openQueue(onTestFinished, { lockMs: 1000 });
    const handled: unknown[] = [];
    receiver.subscribe(
      {
        async processMessage(message) {
          await new Promise(setImmediate);
          handled.push(message.body);
        },
        async processError() {
          // the drop is told here; what counts is what is handled in the end
        },
      },
      { maxConcurrentCalls: 4 },
    );
    await sender.sendMessages(Array.from({ length: 200 }, (_, body) => ({ body })));
    await eventually(() => handled.length > 20);
    expect(broker.dropConnections()).toBe(1);
    expect(broker.queue('q').active).toBeGreaterThan(0);
    await eventually(() => broker.queue('q').active + broker.queue('q').locked === 0);
    expect(new Set(handled).size).toBe(200);
    expect(handled.length - 200).toBeLessThanOrEqual(8); // only what was at work when the connection was lost
    await sender.sendMessages({ body: 'after' });
    await eventually(() => handled.includes('after'));
  });

  test('after a dropped connection no message is handed to the receiver that is gone', async ({ onTestFinished }) => {
    const { broker, sender, receiver } = await openQueue(onTestFinished);
    receiver.subscribe(
      {
        processMessage: () => Promise.resolve(),
        processError: () => Promise.resolve(),
      },
      { maxConcurrentCalls: 4 },
    ); // so that the link has credit left when it is lost
    await sender.sendMessages({ body: 1 });
    await eventually(() => broker.queue('q').active + broker.queue('q').locked === 0);
    broker.dropConnections();
    await sender.sendMessages(Array.from({ length: 10 }, (_, body) => ({ body })));
    await eventually(() => broker.queue('q').active + broker.queue('q').locked === 0);
    expect(broker.queue('q')).toEqual(empty); // long before a lock of 60 s ends
  });

  test('a broker started again on its port is found again by its clients', async ({ onTestFinished }) => {
    const { broker, client, sender } = await openQueue(onTestFinished);
    await sender.sendMessages({ body: 1 });
    await broker.close();
    const next = await startBroker({ port: broker.port, queues: { q: {} } });
    onTestFinished(async () => {
      await client.close(); // first: a client that loses its connection while it closes waits for a minute
      await next.close();
    });
    await sender.sendMessages({ body: 2 });
    expect(next.queue('q')).toEqual({ ...empty, active: 1 });
  });

  test('a message received over a lost connection can still be settled, over the management link', async ({
    onTestFinished,
  }) => {
    const { broker, sender, receiver, deadLetters } = await openQueue(onTestFinished);
    await sender.sendMessages([1, 2, 3].map((body) => ({ body })));
    const [first, second, third] = await receive(receiver, 3);
    if (!first || !second || !third) throw new Error('Three messages were expected.');
    broker.dropConnections();
    await settleOnceItWorks(() => receiver.completeMessage(first));
    await receiver.abandonMessage(second, { note: 'tried' });
    await receiver.deadLetterMessage(third, { deadLetterReason: 'bad', deadLetterErrorDescription: 'very bad' });
    expect(broker.queue('q')).toEqual({ ...empty, active: 1, deadLettered: 1 });
    expect(await receiveOne(receiver)).toMatchObject({
      body: 2,
      deliveryCount: 1,
      applicationProperties: { note: 'tried' },
    });
    expect(await receiveOne(deadLetters)).toMatchObject({ body: 3, deadLetterReason: 'bad' });
  });

  test('outcomes that differ stay right when each is settled in its turn', async ({ onTestFinished }) => {
    const { broker, sender, receiver, deadLetters } = await openQueue(onTestFinished);
    await sender.sendMessages([1, 2, 3, 4, 5, 6].map((body) => ({ body })));
    const settle = [
      (message: ServiceBusReceivedMessage) => receiver.completeMessage(message),
      (message: ServiceBusReceivedMessage) => receiver.abandonMessage(message),
      (message: ServiceBusReceivedMessage) => receiver.deadLetterMessage(message),
    ];
    for (const [i, message] of (await receive(receiver, 6)).entries()) await settle[i % 3]?.(message);
    expect(broker.queue('q')).toEqual({ ...empty, active: 2, deadLettered: 2 });
    expect(bodies(await receiver.peekMessages(10))).toEqual([2, 5]);
    expect(bodies(await deadLetters.peekMessages(10))).toEqual([3, 6]);
  });

  test('settlements answered in one tick are answered each for itself', async ({ onTestFinished }) => {
    const { broker, sender, receiver } = await openQueue(onTestFinished, {}, { maxRetries: 0, timeoutInMs: 5000 });
    await sender.sendMessages([1, 2, 3, 4].map((body) => ({ body })));
    const messages = await receive(receiver, 4);
    broker.faults.plan({ at: 'settle', effect: { ...busy, condition: 'com.microsoft:message-lock-lost' } });
    broker.faults.plan({ at: 'settle', effect: busy });
    const results = await Promise.allSettled(messages.map((message) => receiver.completeMessage(message)));
    expect(results).toMatchObject([
      { status: 'rejected', reason: { code: 'MessageLockLost' } },
      { status: 'rejected', reason: { code: 'ServiceBusy' } },
      { status: 'fulfilled' },
      { status: 'fulfilled' },
    ]);
    expect(broker.queue('q')).toEqual({ ...empty, locked: 2 });
  });

  test('the SDK sends again when the broker is busy, and gives up after its retries', async ({ onTestFinished }) => {
    const { broker, sender } = await openQueue(onTestFinished);
    broker.faults.plan({ at: 'send', effect: busy, times: 2 });
    await sender.sendMessages({ body: 1 });
    expect(broker.queue('q').active).toBe(1);
    broker.faults.plan({ at: 'send', effect: busy, times: 100 });
    await expect(sender.sendMessages({ body: 2 })).rejects.toBeInstanceOf(AggregateError); // one error for each try
    broker.faults.clear();
    await sender.sendMessages({ body: 3 });
    expect(broker.queue('q').active).toBe(2);
  });

  for (const kind of ['drop', 'silent'] as const) {
    test(`a message stored before its send failed (${kind}) is stored once with duplicate detection`, async ({
      onTestFinished,
    }) => {
      const { broker, sender } = await openQueue(onTestFinished);
      broker.faults.plan({ at: 'send', late: true, effect: { kind } });
      await sender.sendMessages([{ body: 1, messageId: 'a' }]);
      expect(broker.queue('q').active).toBe(1);
    });

    test(`a message stored before its send failed (${kind}) is stored twice without duplicate detection`, async ({
      onTestFinished,
    }) => {
      const { broker, sender } = await openQueue(onTestFinished, { duplicateWindowMs: 0 });
      broker.faults.plan({ at: 'send', late: true, effect: { kind } });
      await sender.sendMessages([{ body: 1, messageId: 'a' }]);
      expect(broker.queue('q').active).toBe(2);
    });
  }

  test('a settlement that nobody answers times out and the message stays locked', async ({ onTestFinished }) => {
    const { broker, sender, receiver } = await openQueue(onTestFinished, {}, { maxRetries: 0, timeoutInMs: 1000 });
    await sender.sendMessages({ body: 1 });
    broker.faults.plan({ at: 'settle', effect: { kind: 'silent' } });
    await expect(receiver.completeMessage(await receiveOne(receiver))).rejects.toMatchObject({
      code: 'ServiceTimeout',
    });
    expect(broker.queue('q')).toEqual({ ...empty, locked: 1 });
  });

  test('a settlement done before its answer was lost is done', async ({ onTestFinished }) => {
    const { broker, sender, receiver } = await openQueue(onTestFinished, {}, { maxRetries: 0, timeoutInMs: 1000 });
    await sender.sendMessages({ body: 1 });
    broker.faults.plan({ at: 'settle', late: true, effect: { kind: 'silent' } });
    await expect(receiver.completeMessage(await receiveOne(receiver))).rejects.toMatchObject({
      code: 'ServiceTimeout',
    });
    expect(broker.queue('q')).toEqual(empty);
  });

  test('the SDK attaches again after an attach that was refused', async ({ onTestFinished }) => {
    const { broker, sender } = await openQueue(onTestFinished);
    broker.faults.plan({ at: 'attach', queue: 'another', effect: busy });
    broker.faults.plan({ at: 'attach', queue: 'Q', effect: busy });
    await sender.sendMessages({ body: 1 });
    expect(broker.queue('q').active).toBe(1);
  });

  test('an attach that was cut fails one send, and the next one works', async ({ onTestFinished }) => {
    const { broker, sender } = await openQueue(onTestFinished);
    broker.faults.plan({ at: 'attach', effect: { kind: 'drop' } });
    await expect(sender.sendMessages({ body: 1 })).rejects.toThrow('Unknown error encountered');
    await sender.sendMessages({ body: 2 });
    expect(broker.queue('q').active).toBe(1);
  });

  test('the SDK schedules again after a management request that was refused or cut', async ({ onTestFinished }) => {
    const { broker, sender } = await openQueue(onTestFinished);
    broker.faults.plan({ at: 'manage', effect: busy });
    broker.faults.plan({ at: 'manage', effect: { kind: 'drop' } });
    await sender.scheduleMessages({ body: 1 }, new Date(Date.now() + 60_000));
    expect(broker.queue('q').scheduled).toBe(1);
  });
});

/** The first settlement after a drop may fail: the SDK notices the lost link with it. */
async function settleOnceItWorks(settle: () => Promise<void>): Promise<void> {
  await eventually(() =>
    settle().then(
      () => true,
      () => false,
    ),
  );
}
