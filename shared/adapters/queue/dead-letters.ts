/** A look at the dead letters of a queue, which stay where they are. */
import Long from 'long';
import type { ServiceBusClient } from '@azure/service-bus';
import type { DeadLetters } from '../../domain/api/dead-letters.ts';

/**
 * A peek that does not say where to begin goes on where the last one of the same client ended, on whatever receiver.
 */
export const OLDEST = Long.ONE;

const PEEKED_MESSAGES = 32;
/** The broker's own reasons are one word; others may have written more. */
const REASON_MAX_CHARS = 60;

export async function peekDeadLetters(client: ServiceBusClient, queue: string): Promise<DeadLetters> {
  const receiver = client.createReceiver(queue, { subQueueType: 'deadLetter', skipParsingBodyAsJson: true });
  try {
    const messages = await receiver.peekMessages(PEEKED_MESSAGES, { fromSequenceNumber: OLDEST });
    const times = messages.flatMap(({ enqueuedTimeUtc }) => enqueuedTimeUtc?.getTime() ?? []);
    const reasons = new Set(
      messages.flatMap(({ deadLetterReason }) => deadLetterReason?.slice(0, REASON_MAX_CHARS) ?? []),
    );
    return {
      queue,
      count: messages.length,
      mayBeMore: messages.length === PEEKED_MESSAGES,
      ...(times.length > 0 && { oldestAt: Math.min(...times) }),
      reasons: [...reasons],
    };
  } finally {
    await receiver.close();
  }
}
