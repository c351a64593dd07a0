import { randomUUID } from 'node:crypto';
import { RetryMode, ServiceBusClient } from '@azure/service-bus';
import type { ServiceBusReceivedMessage, ServiceBusReceiver } from '@azure/service-bus';
import { z } from 'zod';
import type { RegisteredFunction } from '../app/core-api.ts';
import type { Invocations } from '../app/invocations.ts';
import { toRpc } from '../app/rpc.ts';
import { traceContextFrom } from '../app/trace-context.ts';
import type { HostJson } from '../host-json.ts';
import { describeError } from '../log.ts';
import type { Log } from '../log.ts';
import { bodyText, triggerMetadata } from './payload.ts';

const serviceBusTrigger = z.object({
  queueName: z.string({ error: 'the local host knows Service Bus queues only: give queueName' }),
  connection: z.string(),
  cardinality: z.enum(['one'], { error: 'the local host knows cardinality "one" only' }).default('one'),
  autoCompleteMessages: z.boolean().optional(),
  isSessionsEnabled: z.literal(false, { error: 'the local host knows no sessions' }).optional(),
});

/** The broker is a process on this machine: it is back within seconds or not at all. */
const RETRY = { mode: RetryMode.Fixed, maxRetries: 3, retryDelayInMs: 500, timeoutInMs: 5_000 };

const REPEAT_WARNING_MS = 10_000;

export interface ServiceBusListener {
  /** Takes no new message; messages being handled can still be settled. */
  stop(): Promise<void>;
  /** Ends the connection. */
  close(): Promise<void>;
}

/** Listens on the queue of a Service Bus function. Throws when its binding or its connection setting cannot work. */
export function startServiceBusTrigger(
  registered: RegisteredFunction,
  settings: HostJson['serviceBus'],
  invocations: Invocations,
  log: Log,
): ServiceBusListener {
  const { name } = registered.metadata;
  const trigger = serviceBusTrigger.parse(registered.trigger);
  const connectionString = process.env[trigger.connection];
  if (connectionString === undefined) {
    throw new Error(`the setting ${trigger.connection} is missing. It must hold a Service Bus connection string.`);
  }
  const autoComplete = trigger.autoCompleteMessages ?? settings.autoCompleteMessages;
  const client = new ServiceBusClient(connectionString, { retryOptions: RETRY });
  const stopping = new AbortController();
  const warn = withoutRepeats((message) => log('warning', name, message));

  // One receiver for each concurrent call, and not one receiver with many calls: the SDK loses messages when it settles
  // neighbours differently in one tick, stalls a whole receiver behind a slow handler, and mixes up the lock renewal of
  // two messages with the same id. With one message at a time none of this can happen.
  const subscriptions = Array.from({ length: settings.maxConcurrentCalls }, () => {
    const receiver = client.createReceiver(trigger.queueName, {
      receiveMode: 'peekLock',
      maxAutoLockRenewalDurationInMs: settings.maxAutoLockRenewalMs,
      skipParsingBodyAsJson: true, // The library does the parsing, with its own rules.
    });
    return receiver.subscribe(
      {
        processMessage: async (message) => {
          const succeeded = await invoke(registered, message, invocations, log);
          await settle(receiver, message, succeeded ? (autoComplete ? 'complete' : 'leave') : 'abandon', name, log);
        },
        processError: async ({ error, errorSource }) => {
          if (!stopping.signal.aborted)
            warn(`Service Bus (${errorSource}, queue ${trigger.queueName}): ${error.message}`);
        },
      },
      { autoCompleteMessages: false, maxConcurrentCalls: 1, abortSignal: stopping.signal },
    );
  });

  return {
    async stop() {
      stopping.abort();
      await Promise.all(subscriptions.map((subscription) => subscription.close()));
    },
    close: () => client.close(),
  };
}

/** All receivers report the same outage, again and again: once in a while is enough. */
function withoutRepeats(write: (message: string) => void): (message: string) => void {
  let last = { message: '', at: 0 };
  return (message) => {
    const now = Date.now();
    if (message === last.message && now - last.at < REPEAT_WARNING_MS) return;
    last = { message, at: now };
    write(message);
  };
}

async function invoke(
  registered: RegisteredFunction,
  message: ServiceBusReceivedMessage,
  invocations: Invocations,
  log: Log,
): Promise<boolean> {
  try {
    await invocations.invoke(registered, {
      invocationId: randomUUID(),
      traceContext: traceContextFrom(continuedTrace(message), undefined),
      inputData: [{ name: registered.triggerName, data: toRpc.string(bodyText(message)) }],
      triggerMetadata: triggerMetadata(message),
    });
    return true;
  } catch (error) {
    log('error', registered.metadata.name, describeError(error));
    return false;
  }
}

/**
 * The real host continues the trace in this property; for Node it has been seen to begin another one instead. Source:
 * issues 11734 of azure-functions-host and 632 of azure-functions-nodejs-worker.
 */
const continuedTrace = ({ applicationProperties }: ServiceBusReceivedMessage): unknown =>
  process.env['LOCAL_HOST_TRACES'] === 'new' ? undefined : applicationProperties?.['Diagnostic-Id'];

async function settle(
  receiver: ServiceBusReceiver,
  message: ServiceBusReceivedMessage,
  outcome: 'complete' | 'abandon' | 'leave',
  name: string,
  log: Log,
): Promise<void> {
  try {
    if (outcome === 'complete') await receiver.completeMessage(message);
    if (outcome === 'abandon') await receiver.abandonMessage(message);
  } catch (error) {
    // The lock ends by itself and the message comes again, as it does in the cloud.
    log(
      'warning',
      name,
      `Could not ${outcome} message ${String(message.messageId)}; it will be delivered again. ` +
        (error instanceof Error ? error.message : String(error)),
    );
  }
}
