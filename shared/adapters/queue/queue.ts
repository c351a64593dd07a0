/** Wakes on Service Bus: one queue for each lane, one for dispatch. */
import {
  ServiceBusClient,
  type ServiceBusMessage,
  type ServiceBusReceivedMessage,
  type ServiceBusSender,
} from '@azure/service-bus';
import type { TokenCredential } from '@azure/identity';
import { OLDEST, peekDeadLetters } from './dead-letters.ts';
import { taskBody, type Task } from '../../domain/job/task.ts';
import { storedDate } from '../../domain/instant.ts';
import type { Lane } from '../../domain/job/lane.ts';
import { EARLY_MS } from '../../domain/chunk/wake.ts';
import type { Clock, Queue, ScheduledWake, Trace } from '../../usecases/ports.ts';

export type ServiceBusConnection =
  | { readonly connectionString: string }
  | { readonly fullyQualifiedNamespace: string; readonly credential: TokenCredential };

export type QueueNames = Readonly<Record<Lane | 'dispatch', string>>;

export interface SendLimits {
  /** One try of one operation. */
  readonly tryMs: number;
  /** All that is sent in one call, repeats included. */
  readonly wholeMs: number;
}

/** The SDK's own default lets a send hang for 90 s behind a dropped connection; a wake sent twice does no harm. */
export const SEND_LIMITS: SendLimits = { tryMs: 10_000, wholeMs: 45_000 };
const RETRY = { maxRetries: 2, retryDelayInMs: 300, maxRetryDelayInMs: 2_000 } as const;

/**
 * Repeats of "run dispatch" within one of these are one message, at its end: so none is dropped for one that has run.
 * Nor is one for a moment that the broker's clock may have passed already: the broker knows an id for ten minutes,
 * whether its message is gone or not.
 */
const DISPATCH_SLOT_MS = 5_000;
const dispatchSlot = (at: number, now: number): number =>
  Math.floor(Math.max(at, now + EARLY_MS) / DISPATCH_SLOT_MS) + 1;
const inSlot = (slot: number, now: number): Partial<ServiceBusMessage> => ({
  messageId: `dispatch-${slot}`,
  ...scheduled(slot * DISPATCH_SLOT_MS, now),
});

/**
 * A queue whose oldest messages are ready and this old has a backlog. Reading its length would need a stronger role.
 */
const BACKLOG_AGE_MS = 60_000;
/** More than dispatch schedules ahead: messages for later may stand before those that wait. */
const PEEKED_MESSAGES = 250;

export interface QueueConnection extends Queue {
  close(): Promise<void>;
}

/**
 * @param clock the corrected one: by a wrong local clock, a message for later would come at once, again and again
 * @param traceparentNow of whoever sends a task; a wake says itself where it belongs
 * @param limits other than the usual ones, for tests of time-outs
 */
export function connectQueue(
  connection: ServiceBusConnection,
  names: QueueNames,
  { now }: Pick<Clock, 'now'>,
  traceparentNow: Trace['traceparent'] = () => undefined,
  { tryMs, wholeMs } = SEND_LIMITS,
): QueueConnection {
  const options = { retryOptions: { ...RETRY, timeoutInMs: tryMs } };
  const client =
    'connectionString' in connection
      ? new ServiceBusClient(connection.connectionString, options)
      : new ServiceBusClient(connection.fullyQualifiedNamespace, connection.credential, options);
  const senders = new Map<string, ServiceBusSender>();
  const senderOf = (queue: string): ServiceBusSender => {
    const sender = senders.get(queue) ?? client.createSender(queue);
    senders.set(queue, sender);
    return sender;
  };
  return {
    sendWakes: (lane, wakes) =>
      sendAll(
        senderOf(names[lane]),
        wakes.map((wake) => toMessage(wake, now())),
        AbortSignal.timeout(wholeMs),
      ),
    sendTask: (task, at) =>
      senderOf(names.dispatch).sendMessages(taskMessage(task, at, now(), traceparentNow()), {
        abortSignal: AbortSignal.timeout(wholeMs),
      }),
    async hasBacklog(lane) {
      const receiver = client.createReceiver(names[lane]);
      try {
        const messages = await receiver.peekMessages(PEEKED_MESSAGES, { fromSequenceNumber: OLDEST });
        const isWaiting = (message: ServiceBusReceivedMessage): boolean =>
          message.state === 'active' && now() - (message.enqueuedTimeUtc?.getTime() ?? 0) > BACKLOG_AGE_MS;
        return messages.some(isWaiting);
      } finally {
        await receiver.close();
      }
    },
    async check() {
      const receiver = client.createReceiver(names.dispatch);
      try {
        await receiver.peekMessages(1);
      } finally {
        await receiver.close();
      }
    },
    deadLetters: () => Promise.all(Object.values(names).map((name) => peekDeadLetters(client, name))),
    close: () => client.close(),
  };
}

function toMessage({ wake, at, messageId }: ScheduledWake, now: number): ServiceBusMessage {
  return {
    body: { ...wake, at },
    contentType: 'application/json',
    ...traced(wake.traceparent),
    ...scheduled(at, now),
    messageId: messageId ?? `${wake.jobId}.${wake.chunk}.${wake.wake}`,
  };
}

function taskMessage(task: Task, at: number, now: number, traceparent: string | undefined): ServiceBusMessage {
  const json = { contentType: 'application/json' };
  // A run of dispatch is everybody's, and asks for the next one: nobody would see an end of that trace.
  if (task.kind === 'dispatch') return { body: taskBody(task), ...json, ...inSlot(dispatchSlot(at, now), now) };
  const body = { ...taskBody(task), ...(traceparent !== undefined && { traceparent }) };
  return { body, ...json, ...traced(traceparent), ...scheduled(at, now) };
}

/** The host's trigger continues the trace that it finds in this property. Source: Azure SDK, "Distributed tracing". */
const traced = (traceparent: string | undefined): Partial<ServiceBusMessage> =>
  traceparent === undefined ? {} : { applicationProperties: { 'Diagnostic-Id': traceparent } };

/** A time that has come needs no schedule: the message is active at once. */
const scheduled = (at: number, now: number): { scheduledEnqueueTimeUtc?: Date } =>
  at > now ? { scheduledEnqueueTimeUtc: storedDate(at) } : {};

/** Fills batches as large as the service takes them. */
async function sendAll(
  sender: ServiceBusSender,
  messages: readonly ServiceBusMessage[],
  abortSignal: AbortSignal,
): Promise<void> {
  if (messages.length === 1 && messages[0] !== undefined) return sender.sendMessages(messages[0], { abortSignal });
  let batch = await sender.createMessageBatch({ abortSignal });
  for (const message of messages) {
    if (batch.tryAddMessage(message)) continue;
    await sender.sendMessages(batch, { abortSignal });
    batch = await sender.createMessageBatch({ abortSignal });
    if (!batch.tryAddMessage(message))
      throw new Error(`message ${String(message.messageId)} does not fit into an empty batch`);
  }
  if (batch.count > 0) await sender.sendMessages(batch, { abortSignal });
}
