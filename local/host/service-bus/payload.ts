import type { ServiceBusReceivedMessage } from '@azure/service-bus';
import { toRpc } from '../app/rpc.ts';
import type { TypedData } from '../app/rpc.ts';

/** The message's body as the text a function gets. The library then reads it as JSON where it can. */
export function bodyText(message: ServiceBusReceivedMessage): string {
  const body: unknown = message.body;
  if (typeof body === 'string') return body;
  return body instanceof Uint8Array ? Buffer.from(body).toString('utf8') : JSON.stringify(body);
}

/**
 * What the Service Bus extension tells a function about one message (extension 5.x, cardinality one).
 * Its delivery count starts at 1; the JavaScript SDK counts earlier deliveries and starts at 0.
 */
export function triggerMetadata(message: ServiceBusReceivedMessage): Record<string, TypedData> {
  const { enqueuedTimeUtc, expiresAtUtc, applicationProperties = {} } = message;
  const metadata: Record<string, TypedData> = {
    DeliveryCount: toRpc.json((message.deliveryCount ?? 0) + 1),
    LockToken: toRpc.string(message.lockToken),
    MessageId: toRpc.string(message.messageId === undefined ? undefined : String(message.messageId)),
    CorrelationId: toRpc.string(message.correlationId === undefined ? undefined : String(message.correlationId)),
    Subject: toRpc.string(message.subject),
    Label: toRpc.string(message.subject),
    SessionId: toRpc.string(message.sessionId),
    ContentType: toRpc.string(message.contentType),
    To: toRpc.string(message.to),
    ReplyTo: toRpc.string(message.replyTo),
    PartitionKey: toRpc.string(message.partitionKey),
    DeadLetterSource: toRpc.string(message.deadLetterSource),
    EnqueuedTimeUtc: toRpc.json(enqueuedTimeUtc?.toISOString()),
    EnqueuedTime: toRpc.json(enqueuedTimeUtc?.toISOString()),
    ExpiresAtUtc: toRpc.json(expiresAtUtc?.toISOString()),
    SequenceNumber: toRpc.json(message.sequenceNumber?.toNumber()),
    ApplicationProperties: toRpc.json(applicationProperties),
    UserProperties: toRpc.json(applicationProperties),
  };
  return Object.fromEntries(
    Object.entries(metadata).filter(([, value]) => value.string !== undefined || value.json !== undefined),
  );
}
