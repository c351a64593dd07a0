import { expect, test } from 'vitest';
import { bodies, completeAll, empty, eventually, openQueue, receive, receiveOne } from './broker-fixture.ts';

test('a message that is sent, received and completed is gone', async ({ onTestFinished }) => {
  const { broker, sender, receiver } = await openQueue(onTestFinished);
  await sender.sendMessages({ body: { hello: 'world' } });
  expect(broker.queue('q')).toEqual({ ...empty, active: 1 });
  const message = await receiveOne(receiver);
  expect(message.body).toEqual({ hello: 'world' });
  expect(message.deliveryCount).toBe(0);
  expect(message.messageId).toMatch(/^[0-9a-f]{32}$/); // given by the broker
  expect(broker.queue('q')).toEqual({ ...empty, locked: 1 });
  await receiver.completeMessage(message);
  expect(broker.queue('q')).toEqual(empty);
});

test('messages sent alone, in an array and in a batch arrive in order', async ({ onTestFinished }) => {
  const { sender, receiver } = await openQueue(onTestFinished);
  await sender.sendMessages({ body: 0 });
  await sender.sendMessages([{ body: 1 }, { body: 2 }]);
  const batch = await sender.createMessageBatch();
  expect(batch.maxSizeInBytes).toBe(262_144);
  for (let body = 3; body < 100; body++) expect(batch.tryAddMessage({ body })).toBe(true);
  await sender.sendMessages(batch);
  const messages = await receive(receiver, 100);
  expect(bodies(messages)).toEqual(Array.from({ length: 100 }, (_, i) => i));
  expect(messages.map((message) => message.sequenceNumber?.toNumber())).toEqual(
    Array.from({ length: 100 }, (_, i) => i + 1),
  );
});

test('everything a sender writes comes out as it went in', async ({ onTestFinished }) => {
  const { sender, receiver } = await openQueue(onTestFinished, { duplicateWindowMs: 0 });
  const sent = {
    body: { deep: [1, { text: 'ü' }] },
    messageId: 'id',
    correlationId: 'c',
    subject: 's',
    contentType: 'application/json',
    replyTo: 'r',
    to: 't',
    partitionKey: 'p',
    timeToLive: 60_000,
    applicationProperties: { text: 'x', whole: 3, negative: -3, fraction: 1.5, yes: true, large: 4_294_967_297 },
  };
  await sender.sendMessages(sent);
  await sender.sendMessages([sent]);
  for (const message of await receive(receiver, 2)) expect(message).toMatchObject(sent);
});

test('bodies of bytes, values and sequences keep their kind', async ({ onTestFinished }) => {
  const { sender, receiver } = await openQueue(onTestFinished);
  await sender.sendMessages({ body: Buffer.from([1, 2, 3]) });
  await sender.sendMessages({ body: 'text', bodyType: 'value' });
  await sender.sendMessages({ body: [[1], [2]], bodyType: 'sequence' });
  expect(bodies(await receive(receiver, 3))).toEqual([Buffer.from([1, 2, 3]), 'text', [[1], [2]]]);
});

test('a message of 200,000 bytes goes through, one above the limit is refused', async ({ onTestFinished }) => {
  const { broker, sender, receiver } = await openQueue(onTestFinished);
  await sender.sendMessages({ body: 'x'.repeat(200_000) });
  expect((await receiveOne(receiver)).body).toHaveLength(200_000);
  await expect(sender.sendMessages({ body: 'x'.repeat(300_000) })).rejects.toMatchObject({
    code: 'MessageSizeExceeded',
  });
  await expect(
    sender.scheduleMessages({ body: 'x'.repeat(300_000) }, new Date(Date.now() + 60_000)),
  ).rejects.toMatchObject({ code: 'MessageSizeExceeded' });
  expect(broker.queue('q')).toEqual({ ...empty, locked: 1 });
});

test('an abandoned message comes back at its place, with a raised delivery count and the new properties', async ({
  onTestFinished,
}) => {
  const { sender, receiver } = await openQueue(onTestFinished);
  await sender.sendMessages([{ body: 1, applicationProperties: { kept: 'a', changed: 1 } }, { body: 2 }]);
  await receiver.abandonMessage(await receiveOne(receiver), { changed: 2, added: true });
  const again = await receiveOne(receiver);
  expect(again).toMatchObject({
    body: 1,
    deliveryCount: 1,
    applicationProperties: { kept: 'a', changed: 2, added: true },
  });
});

test('a message abandoned too often is a dead letter, with its body and properties whole', async ({
  onTestFinished,
}) => {
  const { broker, sender, receiver, deadLetters } = await openQueue(onTestFinished, { maxDeliveryCount: 3 });
  const sent = { body: { a: 1 }, messageId: 'id', correlationId: 'c', applicationProperties: { k: 'v' } };
  await sender.sendMessages(sent);
  for (const deliveryCount of [0, 1, 2]) {
    const message = await receiveOne(receiver);
    expect(message.deliveryCount).toBe(deliveryCount);
    await receiver.abandonMessage(message);
  }
  expect(broker.queue('q')).toEqual({ ...empty, deadLettered: 1 });
  const dead = await receiveOne(deadLetters);
  expect(dead).toMatchObject({ ...sent, deadLetterReason: 'MaxDeliveryCountExceeded', deliveryCount: 3 });
  await deadLetters.completeMessage(dead);
  expect(broker.queue('q')).toEqual(empty);
});

test('a message dead-lettered by its receiver carries the reason, and can be peeked at, read and sent again', async ({
  onTestFinished,
}) => {
  const { broker, sender, receiver, deadLetters } = await openQueue(onTestFinished);
  await sender.sendMessages({ body: 'x', messageId: 'id', applicationProperties: { k: 'v' } });
  await receiver.deadLetterMessage(await receiveOne(receiver), {
    deadLetterReason: 'bad',
    deadLetterErrorDescription: 'very bad',
    extra: 7,
  });
  const expected = {
    body: 'x',
    messageId: 'id',
    deadLetterReason: 'bad',
    deadLetterErrorDescription: 'very bad',
    deliveryCount: 0,
  };
  expect(await deadLetters.peekMessages(10)).toMatchObject([expected]);
  const dead = await receiveOne(deadLetters);
  expect(dead).toMatchObject({ ...expected, applicationProperties: { k: 'v', extra: 7 } });
  await sender.sendMessages({ body: dead.body, messageId: 'another' });
  await deadLetters.completeMessage(dead);
  expect(broker.queue('q')).toEqual({ ...empty, active: 1 });
});

test('dead letters that are abandoned or dead-lettered stay dead letters', async ({ onTestFinished }) => {
  const { broker, sender, receiver, deadLetters } = await openQueue(onTestFinished, { maxDeliveryCount: 1 });
  await sender.sendMessages({ body: 'x' });
  await receiver.abandonMessage(await receiveOne(receiver));
  for (let i = 0; i < 3; i++) await deadLetters.abandonMessage(await receiveOne(deadLetters));
  await deadLetters.deadLetterMessage(await receiveOne(deadLetters));
  expect(broker.queue('q')).toEqual({ ...empty, deadLettered: 1 });
});

test('deferring, which the broker does not have, is refused and leaves the message locked', async ({
  onTestFinished,
}) => {
  const { broker, sender, receiver } = await openQueue(onTestFinished);
  await sender.sendMessages({ body: 1 });
  await expect(receiver.deferMessage(await receiveOne(receiver))).rejects.toThrow('The local broker has no deferral');
  expect(broker.queue('q')).toEqual({ ...empty, locked: 1 });
});

test('a receiver that deletes on receipt leaves nothing to settle', async ({ onTestFinished }) => {
  const { broker, client, sender } = await openQueue(onTestFinished);
  await sender.sendMessages(Array.from({ length: 20 }, (_, body) => ({ body })));
  const deleting = client.createReceiver('q', { receiveMode: 'receiveAndDelete' });
  expect(await receive(deleting, 10)).toHaveLength(10);
  expect(broker.queue('q')).toEqual({ ...empty, active: 10 });
});

test('peeking pages through everything, locks nothing and shows locked messages too', async ({ onTestFinished }) => {
  const { broker, sender, receiver } = await openQueue(onTestFinished);
  await sender.sendMessages(Array.from({ length: 250 }, (_, body) => ({ body })));
  await receive(receiver, 1);
  const seen: unknown[] = [];
  for (const pageSize of [100, 100, 50]) {
    const page = await receiver.peekMessages(100);
    expect(page).toHaveLength(pageSize);
    seen.push(...bodies(page));
  }
  expect(await receiver.peekMessages(100)).toEqual([]);
  expect(seen).toEqual(Array.from({ length: 250 }, (_, i) => i));
  expect(broker.queue('q')).toEqual({ ...empty, active: 249, locked: 1 });
});

test('a receive from an empty queue comes back on time, again and again', async ({ onTestFinished }) => {
  const { sender, receiver } = await openQueue(onTestFinished);
  for (let body = 0; body < 3; body++) {
    const startedMs = Date.now();
    expect(await receiver.receiveMessages(10, { maxWaitTimeInMs: 100 })).toEqual([]);
    expect(Date.now() - startedMs).toBeLessThan(2000);
    await sender.sendMessages({ body });
    await completeAll(receiver, await receive(receiver, 1));
  }
});

test('a receiver keeps its link after a receive that found nothing', async ({ onTestFinished }) => {
  const { broker, sender, receiver } = await openQueue(onTestFinished);
  await sender.sendMessages({ body: 1 });
  await completeAll(receiver, await receiver.receiveMessages(10, { maxWaitTimeInMs: 50 }));
  await receiver.receiveMessages(10, { maxWaitTimeInMs: 50 });
  // a client whose drain is not answered gives its link up, and would meet this with the next one
  broker.faults.plan({
    at: 'attach',
    effect: { kind: 'error', condition: 'amqp:not-allowed', description: 'attached again' },
  });
  await sender.sendMessages({ body: 2 });
  expect(bodies(await receive(receiver, 1))).toEqual([2]);
});

test('a small request is not held up by the kernel', async ({ onTestFinished }) => {
  const { sender, receiver } = await openQueue(onTestFinished);
  await sender.sendMessages({ body: 1 });
  const message = await receiveOne(receiver);
  await receiver.renewMessageLock(message); // opens the link
  const timesMs: number[] = [];
  for (let i = 0; i < 20; i++) {
    const startedMs = performance.now();
    await receiver.renewMessageLock(message);
    timesMs.push(performance.now() - startedMs);
  }
  // a delayed acknowledgement costs every request 40 ms; a busy machine does not slow down every one
  expect(timesMs.filter((timeMs) => timeMs < 30).length).toBeGreaterThan(5);
});

test('a subscription with concurrency 4 handles 500 messages once each, never more than 4 at a time', async ({
  onTestFinished,
}) => {
  const { broker, sender, receiver } = await openQueue(onTestFinished);
  await sender.sendMessages(Array.from({ length: 500 }, (_, body) => ({ body })));
  const handled: unknown[] = [];
  let running = 0;
  let most = 0;
  const subscription = receiver.subscribe(
    {
      async processMessage(message) {
        most = Math.max(most, ++running);
        await new Promise(setImmediate);
        running--;
        handled.push(message.body);
      },
      async processError({ error }) {
        throw error;
      },
    },
    { maxConcurrentCalls: 4 },
  );
  await eventually(() => broker.queue('q').active + broker.queue('q').locked === 0);
  await subscription.close();
  expect(handled).toHaveLength(500);
  expect(new Set(handled).size).toBe(500);
  expect(most).toBe(4);
});

test('two idle receivers take turns', async ({ onTestFinished }) => {
  const { broker, client, sender } = await openQueue(onTestFinished);
  const shares = [0, 0];
  for (const i of shares.keys()) {
    client.createReceiver('q').subscribe(
      {
        async processMessage() {
          shares[i] = (shares[i] ?? 0) + 1;
        },
        async processError({ error }) {
          throw error;
        },
      },
      { maxConcurrentCalls: 4 },
    );
  }
  await eventually(async () => {
    await sender.sendMessages({ body: 1 });
    await eventually(() => broker.queue('q').active + broker.queue('q').locked === 0);
    return shares.every((share) => share > 0); // both are there
  });
  const [before = 0, beforeToo = 0] = shares;
  for (let i = 0; i < 10; i++) {
    await sender.sendMessages({ body: i });
    await eventually(() => broker.queue('q').active + broker.queue('q').locked === 0);
  }
  expect(shares).toEqual([before + 5, beforeToo + 5]);
});

test('a message whose handler throws is tried again and dead-lettered at the maximum', async ({ onTestFinished }) => {
  const { broker, sender, receiver } = await openQueue(onTestFinished, { maxDeliveryCount: 2 });
  await sender.sendMessages([{ body: 'good' }, { body: 'bad' }]);
  const errors: string[] = [];
  receiver.subscribe({
    async processMessage(message) {
      if (message.body === 'bad') throw new Error('cannot handle this');
    },
    async processError({ error }) {
      errors.push(error.message);
    },
  });
  await eventually(() => broker.queue('q').deadLettered === 1);
  expect(errors).toEqual(['cannot handle this', 'cannot handle this']);
  expect(broker.queue('q')).toEqual({ ...empty, deadLettered: 1 });
});

test('an unknown queue is refused by name to senders, receivers, peeks and schedulers', async ({ onTestFinished }) => {
  const { client } = await openQueue(onTestFinished);
  const notFound = { code: 'MessagingEntityNotFound' };
  await expect(client.createSender('nope').sendMessages({ body: 1 })).rejects.toMatchObject(notFound);
  await expect(client.createReceiver('nope').receiveMessages(1)).rejects.toMatchObject(notFound);
  await expect(client.createReceiver('nope').peekMessages(1)).rejects.toMatchObject(notFound);
  await expect(client.createSender('nope').scheduleMessages({ body: 1 }, new Date())).rejects.toMatchObject(notFound);
});

test('sessions are refused, as by a queue that requires none', async ({ onTestFinished }) => {
  const { client } = await openQueue(onTestFinished);
  await expect(client.acceptSession('q', 'a')).rejects.toThrow(
    "Failed to create a receiver for the requested session 'a'",
  );
  await expect(client.acceptNextSession('q')).rejects.toThrow('does not require sessions');
});

test('queue names match without regard to case', async ({ onTestFinished }) => {
  const { broker, client } = await openQueue(onTestFinished);
  await client.createSender('Q').sendMessages({ body: 1 });
  expect(broker.queue('q').active).toBe(1);
});
