import { describe, expect, test } from 'vitest';
import { bodies, completeAll, empty, eventually, openQueue, receive, receiveOne } from './broker-fixture.ts';

// Together, because most of what these tests do is wait.
describe.concurrent('the broker and time', () => {
  test('a lock that ran out: the message comes again, and nothing late is accepted', async ({ onTestFinished }) => {
    const { broker, sender, receiver } = await openQueue(onTestFinished, { lockMs: 1000 });
    await sender.sendMessages([{ body: 1 }, { body: 2 }]);
    const [late, later] = await receive(receiver, 2);
    if (!late || !later) throw new Error('Two messages were expected.');
    await eventually(() => broker.queue('q').locked === 0);
    const lost = { code: 'MessageLockLost' };
    await expect(receiver.renewMessageLock(late)).rejects.toMatchObject(lost);
    await expect(receiver.completeMessage(late)).rejects.toMatchObject(lost);
    const again = await receiveOne(receiver);
    expect(again).toMatchObject({ body: 1, deliveryCount: 1 });
    expect(again.lockToken).not.toBe(late.lockToken);
    await expect(receiver.abandonMessage(later)).rejects.toMatchObject(lost); // would else count as a second failure
    await receiver.completeMessage(again);
    expect(await receiveOne(receiver)).toMatchObject({ body: 2, deliveryCount: 1 });
  });

  test('locks that run out again and again end in a dead letter', async ({ onTestFinished }) => {
    const { broker, sender, receiver } = await openQueue(onTestFinished, { lockMs: 100, maxDeliveryCount: 2 });
    await sender.sendMessages({ body: 1 });
    await receiveOne(receiver);
    await receiveOne(receiver);
    await eventually(() => broker.queue('q').deadLettered === 1);
    expect(broker.queue('q')).toEqual({ ...empty, deadLettered: 1 });
  });

  test('renewing keeps a lock beyond its first end, and no other lock', async ({ onTestFinished }) => {
    const { broker, sender, receiver } = await openQueue(onTestFinished, { lockMs: 1000 });
    await sender.sendMessages([{ body: 'renewed' }, { body: 'not renewed' }]);
    const [renewed, other] = await receive(receiver, 2);
    if (!renewed || !other) throw new Error('Two messages were expected.');
    const firstEndMs = Number(other.lockedUntilUtc);
    for (let untilMs = firstEndMs; untilMs < firstEndMs + 700;)
      untilMs = Number(await receiver.renewMessageLock(renewed));
    await eventually(() => broker.queue('q').active === 1 && broker.queue('q').locked === 1);
    await expect(receiver.completeMessage(other)).rejects.toMatchObject({ code: 'MessageLockLost' });
    await receiver.completeMessage(renewed);
    expect(bodies(await receiver.peekMessages(10))).toEqual(['not renewed']);
  });

  test('the SDK renews the lock of a message by itself while its handler runs', async ({ onTestFinished }) => {
    const { broker, client, sender } = await openQueue(onTestFinished, { lockMs: 2000 });
    await sender.sendMessages({ body: 1 });
    let calls = 0;
    const startedMs = Date.now();
    client.createReceiver('q').subscribe({
      async processMessage() {
        calls++;
        await eventually(() => Date.now() > startedMs + 2500);
      },
      async processError({ error }) {
        throw error;
      },
    });
    await eventually(() => broker.queue('q').active + broker.queue('q').locked === 0);
    expect(calls).toBe(1);
    expect(Date.now()).toBeGreaterThan(startedMs + 2500);
  });

  test('messages scheduled in either way are hidden until their time and then arrive', async ({ onTestFinished }) => {
    const { broker, sender, receiver } = await openQueue(onTestFinished);
    const at = new Date(Date.now() + 1500);
    await sender.sendMessages({ body: 'sent', scheduledEnqueueTimeUtc: at });
    await sender.sendMessages([{ body: 'sent in a batch', scheduledEnqueueTimeUtc: at }]);
    await sender.scheduleMessages({ body: 'scheduled' }, at);
    expect(broker.queue('q')).toEqual({ ...empty, scheduled: 3 });
    const peeked = await receiver.peekMessages(10);
    expect(peeked).toMatchObject([{}, {}, {}].map(() => ({ state: 'scheduled', scheduledEnqueueTimeUtc: at })));
    const messages = await receive(receiver, 3);
    expect(Date.now()).toBeGreaterThanOrEqual(at.getTime());
    expect(bodies(messages)).toEqual(['sent', 'sent in a batch', 'scheduled']);
    for (const message of messages) expect(Number(message.enqueuedTimeUtc)).toBeGreaterThanOrEqual(at.getTime());
  });

  test('scheduled messages come each at its time, also when a later one was scheduled first', async ({
    onTestFinished,
  }) => {
    const { sender, receiver } = await openQueue(onTestFinished);
    const nowMs = Date.now();
    for (const delayMs of [1040, 1000, 1020])
      await sender.scheduleMessages({ body: delayMs }, new Date(nowMs + delayMs));
    const messages = await receive(receiver, 3);
    expect(bodies(messages)).toEqual([1000, 1020, 1040]);
    for (const message of messages) {
      expect(Number(message.enqueuedTimeUtc)).toBeGreaterThanOrEqual(Number(message.scheduledEnqueueTimeUtc));
    }
  });

  test('a message scheduled for the past arrives at once', async ({ onTestFinished }) => {
    const { broker, sender } = await openQueue(onTestFinished);
    await sender.scheduleMessages({ body: 1 }, new Date(Date.now() - 1000));
    expect(broker.queue('q')).toEqual({ ...empty, active: 1 });
  });

  test('a scheduled message can be canceled once, before its time, and does not come then', async ({
    onTestFinished,
  }) => {
    const { broker, sender, receiver } = await openQueue(onTestFinished);
    const numbers = await sender.scheduleMessages([{ body: 1 }, { body: 2 }], new Date(Date.now() + 1500));
    const [first] = numbers;
    if (!first) throw new Error('No sequence number came.');
    await sender.cancelScheduledMessages(first);
    expect(broker.queue('q')).toEqual({ ...empty, scheduled: 1 });
    await expect(sender.cancelScheduledMessages(first)).rejects.toMatchObject({ code: 'MessageNotFound' });
    await eventually(() => broker.queue('q').scheduled === 0);
    expect(bodies(await receiver.peekMessages(10))).toEqual([2]);
  });

  test('an id seen within the window is dropped, however it comes, and others are not', async ({ onTestFinished }) => {
    const { sender, receiver } = await openQueue(onTestFinished);
    await sender.sendMessages([
      { body: 1, messageId: 'a' },
      { body: 2, messageId: 'a' },
      { body: 3, messageId: 'b' },
    ]);
    await sender.sendMessages({ body: 4, messageId: 'b' });
    await sender.sendMessages({ body: 5, messageId: 'a', scheduledEnqueueTimeUtc: new Date(Date.now() + 60_000) });
    await sender.scheduleMessages({ body: 6, messageId: 'a' }, new Date(Date.now() + 60_000));
    await sender.sendMessages([{ body: 7 }, { body: 7 }]); // no id: never a duplicate
    expect(bodies(await receiver.peekMessages(10))).toEqual([1, 3, 7, 7]);
  });

  test('an id is remembered after its message was completed, and forgotten after the window', async ({
    onTestFinished,
  }) => {
    const { broker, sender, receiver } = await openQueue(onTestFinished, { duplicateWindowMs: 1000 });
    await sender.sendMessages({ body: 1, messageId: 'a' });
    const seenMs = Date.now(); // or a little before
    await completeAll(receiver, await receive(receiver, 1));
    await sender.sendMessages({ body: 2, messageId: 'a' });
    expect(broker.queue('q').active).toBe(0);
    await eventually(() => Date.now() > seenMs + 1000);
    await sender.sendMessages({ body: 3, messageId: 'a' });
    expect(bodies(await receiver.peekMessages(10))).toEqual([3]);
  });

  test('a message that waits longer than its time to live is a dead letter, and says so', async ({
    onTestFinished,
  }) => {
    const { broker, sender, deadLetters } = await openQueue(onTestFinished);
    await sender.sendMessages([{ body: 'short', timeToLive: 1000 }, { body: 'long' }]);
    await eventually(() => broker.queue('q').deadLettered === 1);
    expect(broker.queue('q')).toEqual({ ...empty, active: 1, deadLettered: 1 });
    expect(await receiveOne(deadLetters)).toMatchObject({ body: 'short', deadLetterReason: 'TTLExpiredException' });
  });

  test('a queue limits the time to live, counts it from when a message is active, and may drop what expires', async ({
    onTestFinished,
  }) => {
    const { broker, sender, receiver } = await openQueue(onTestFinished, {
      timeToLiveMs: 1000,
      deadLetterExpired: false,
    });
    await sender.sendMessages({ body: 'sent', timeToLive: 60_000 });
    await sender.scheduleMessages({ body: 'scheduled' }, new Date(Date.now() + 1500));
    expect(await receiver.peekMessages(1)).toMatchObject([{ body: 'sent', timeToLive: 60_000 }]);
    await eventually(() => broker.queue('q').active === 0);
    expect(bodies(await receive(receiver, 1))).toEqual(['scheduled']);
    expect(broker.queue('q')).toEqual({ ...empty, locked: 1 });
  });

  test('a message that expires under its lock may be completed, and does not come again', async ({
    onTestFinished,
  }) => {
    const { broker, sender, receiver } = await openQueue(onTestFinished, { timeToLiveMs: 1000 });
    await sender.sendMessages([{ body: 1 }, { body: 2 }]);
    const [first, second] = await receive(receiver, 2);
    if (!first || !second) throw new Error('Two messages were expected.');
    const endMs = Number(second.enqueuedTimeUtc) + 1000;
    await eventually(() => Date.now() > endMs);
    await receiver.completeMessage(first);
    expect(broker.queue('q')).toEqual({ ...empty, locked: 1 });
    await receiver.abandonMessage(second);
    expect(broker.queue('q')).toEqual({ ...empty, deadLettered: 1 });
  });
});
