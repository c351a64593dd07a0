/** Tests with a broker in this process and a client of the real SDK. Both are closed when the test ends. */
import { setTimeout as delay } from 'node:timers/promises';
import {
  ServiceBusClient,
  type ServiceBusClientOptions,
  type ServiceBusReceivedMessage,
  type ServiceBusReceiver,
} from '@azure/service-bus';
import type { TestContext } from 'vitest';
import { startBroker } from '../../../local/broker/broker.ts';
import type { QueueCounts, QueueOptions } from '../../../local/broker/queue.ts';

export const empty: QueueCounts = { active: 0, locked: 0, scheduled: 0, deadLettered: 0 };

/** Short, so that a test of a failure does not wait for the SDK's own 60 s. */
export const quickRetries = { maxRetries: 3, retryDelayInMs: 50, timeoutInMs: 1000 };

/**
 * A broker with one queue `q`, and everything a client needs to use it. The first argument is the test's own
 * `onTestFinished`, as tests that run at the same time need it.
 */
export async function openQueue(
  onTestFinished: TestContext['onTestFinished'],
  options: Partial<QueueOptions> = {},
  retryOptions: ServiceBusClientOptions['retryOptions'] = quickRetries,
) {
  const broker = await startBroker({ queues: { q: options } });
  const client = new ServiceBusClient(broker.connectionString, { retryOptions });
  onTestFinished(async () => {
    await client.close();
    await broker.close();
  });
  return {
    broker,
    client,
    sender: client.createSender('q'),
    receiver: client.createReceiver('q', { maxAutoLockRenewalDurationInMs: 0 }),
    deadLetters: client.createReceiver('q', { subQueueType: 'deadLetter' }),
  };
}

/** Receives exactly `count` messages, in however many portions they come. */
export async function receive(receiver: ServiceBusReceiver, count: number): Promise<ServiceBusReceivedMessage[]> {
  const messages: ServiceBusReceivedMessage[] = [];
  while (messages.length < count) {
    const more = await receiver.receiveMessages(count - messages.length, { maxWaitTimeInMs: 5000 });
    if (more.length === 0) throw new Error(`Only ${messages.length} of ${count} messages came.`);
    messages.push(...more);
  }
  return messages;
}

export async function receiveOne(receiver: ServiceBusReceiver): Promise<ServiceBusReceivedMessage> {
  const [message] = await receive(receiver, 1);
  if (!message) throw new Error('No message came.');
  return message;
}

/** Completes one after the other: see the test of settlements in one tick. */
export async function completeAll(
  receiver: ServiceBusReceiver,
  messages: readonly ServiceBusReceivedMessage[],
): Promise<void> {
  for (const message of messages) await receiver.completeMessage(message);
}

export function bodies(messages: readonly ServiceBusReceivedMessage[]): unknown[] {
  return messages.map((message): unknown => message.body);
}

/** Waits until the condition holds. Fails after a deadline, with the condition's text. */
export async function eventually(condition: () => boolean | Promise<boolean>, deadlineMs = 10_000): Promise<void> {
  const endMs = Date.now() + deadlineMs;
  while (!(await condition())) {
    if (Date.now() > endMs) throw new Error(`Not so after ${deadlineMs} ms: ${condition.toString()}`);
    await delay(10);
  }
}
