/** The operations of a queue's `$management` node, as the SDK asks for them. */
import { z } from 'zod';
import { lockLost, notSupported, scheduledMessageNotFound, undecodable, type BrokerError } from './amqp-errors.ts';
import { readContents } from './inbound-link.ts';
import { fromUuidBytes } from './lock-token.ts';
import { encode } from './message-bytes.ts';
import type { Outcome } from './message.ts';
import type { Queue } from './queue.ts';
import { types } from './rhea-hooks.ts';

/** Status codes follow HTTP. */
export type Reply =
  | { readonly status: number; readonly body?: unknown }
  | { readonly status: number; readonly error: BrokerError };

const typeCode = { long: 0x81, timestamp: 0x83 };
const lockTokens = z.array(z.instanceof(Buffer).transform(fromUuidBytes));
const nothingFound: Reply = { status: 204 };

const schemas = {
  schedule: z.object({ messages: z.array(z.object({ message: z.instanceof(Buffer) })) }),
  cancel: z.object({ 'sequence-numbers': z.array(z.number()) }),
  peek: z.object({ 'from-sequence-number': z.number(), 'message-count': z.int() }),
  renew: z.object({ 'lock-tokens': lockTokens }),
  settle: z.object({
    'lock-tokens': lockTokens,
    'disposition-status': z.string(),
    'deadletter-reason': z.string().nullish(),
    'deadletter-description': z.string().nullish(),
    'properties-to-modify': z.record(z.string(), z.unknown()).nullish(),
  }),
};

/** Does one operation. What it cannot read is the client's mistake: 400. */
export function manage(queue: Queue, operation: string, body: unknown): Reply {
  try {
    switch (operation) {
      case 'com.microsoft:schedule-message':
        return schedule(queue, body);
      case 'com.microsoft:cancel-scheduled-message':
        return cancel(queue, body);
      case 'com.microsoft:peek-message':
        return peek(queue, body);
      case 'com.microsoft:renew-lock':
        return renew(queue, body);
      case 'com.microsoft:update-disposition':
        return settle(queue, body);
      default:
        return { status: 501, error: notSupported(`operation ${operation}`) };
    }
  } catch (error) {
    return { status: 400, error: undecodable(error) };
  }
}

function schedule(queue: Queue, body: unknown): Reply {
  const contents = readContents(schemas.schedule.parse(body).messages.map(({ message }) => message));
  if ('condition' in contents) return { status: 400, error: contents };
  const sequenceNumbers = contents.map((content) => queue.enqueue(content) ?? 0); // 0: a duplicate, which is dropped
  return { status: 200, body: { 'sequence-numbers': types.wrap_array(sequenceNumbers, typeCode.long) } };
}

function cancel(queue: Queue, body: unknown): Reply {
  const canceled = schemas.cancel.parse(body)['sequence-numbers'].map((number) => queue.cancelScheduled(number));
  return canceled.every(Boolean) ? { status: 200 } : { status: 404, error: scheduledMessageNotFound };
}

function peek(queue: Queue, body: unknown): Reply {
  const { 'from-sequence-number': from, 'message-count': count } = schemas.peek.parse(body);
  const messages = queue.peek(from, count);
  if (messages.length === 0) return nothingFound;
  return { status: 200, body: { messages: messages.map((message) => ({ message: encode(message) })) } };
}

function renew(queue: Queue, body: unknown): Reply {
  const expirations = schemas.renew.parse(body)['lock-tokens'].map((token) => queue.renew(token));
  if (expirations.includes(undefined)) return { status: 410, error: lockLost };
  return { status: 200, body: { expirations: types.wrap_array(expirations, typeCode.timestamp) } };
}

/** How the SDK settles a message whose link is gone. */
function settle(queue: Queue, body: unknown): Reply {
  const request = schemas.settle.parse(body);
  const outcome = outcomeOf(request);
  if (!outcome) return { status: 501, error: notSupported(`disposition ${request['disposition-status']}`) };
  const settled = request['lock-tokens'].map((token) => queue.settle(token, outcome));
  return settled.every(Boolean) ? { status: 200 } : { status: 410, error: lockLost };
}

function outcomeOf(request: z.infer<typeof schemas.settle>): Outcome | undefined {
  const properties = request['properties-to-modify'] ?? {};
  const reason = request['deadletter-reason'];
  const description = request['deadletter-description'];
  switch (request['disposition-status']) {
    case 'completed':
      return { kind: 'complete' };
    case 'abandoned':
      return { kind: 'abandon', properties };
    case 'suspended':
      return {
        kind: 'deadLetter',
        properties,
        ...(reason != null && { reason }),
        ...(description != null && { description }),
      };
    default:
      return undefined;
  }
}
