/** `$cbs` and `$management`: requests come on one link, the replies go out on another one of the same connection. */
import rhea, { type Receiver, type Sender } from 'rhea';
import { z } from 'zod';
import { doOrFail, type Faults } from './faults.ts';
import { manage, type Reply } from './management.ts';
import type { Queue } from './queue.ts';
import { accepted, answer, cutConnection, onTransfer, types } from './rhea-hooks.ts';

const requestSchema = z.object({
  message_id: z.union([z.string(), z.number(), z.instanceof(Buffer)]),
  reply_to: z.string(),
  body: z.unknown(),
  application_properties: z.looseObject({ operation: z.string() }),
});
type Request = z.infer<typeof requestSchema>;

/** Answers the token requests of a connection. Any token is good here. */
export function answerTokenRequests(receiver: Receiver): void {
  onRequest(receiver, (request) => {
    reply(receiver, request, null, { 'status-code': types.wrap_int(202), 'status-description': 'Accepted' });
  });
}

/** Answers the management requests for a queue. */
export function answerManagementRequests(receiver: Receiver, queue: Queue, faults: Faults): void {
  onRequest(receiver, (request) => {
    const send = (result: Reply) => replyManaged(receiver, request, result);
    doOrFail(faults.take('manage', queue.name), {
      work() {
        const result = manage(queue, request.application_properties.operation, request.body ?? {});
        return () => send(result);
      },
      drop: () => cutConnection(receiver.connection),
      reject: ({ condition, description }) => send({ status: 500, error: { condition, description } }),
    });
  });
}

function onRequest(receiver: Receiver, handle: (request: Request) => void): void {
  onTransfer(receiver, ({ delivery, bytes }) => {
    answer(delivery, accepted);
    handle(requestSchema.parse(rhea.message.decode(bytes)));
  });
}

function replyManaged(receiver: Receiver, request: Request, result: Reply): void {
  const statusCode = types.wrap_int(result.status); // .NET insists on an int
  if ('error' in result) {
    const { condition, description } = result.error;
    reply(receiver, request, null, {
      statusCode,
      statusDescription: description,
      errorCondition: types.wrap_symbol(condition), // and on a symbol
    });
  } else {
    reply(receiver, request, result.body ?? null, { statusCode, statusDescription: 'OK' });
  }
}

/** Sends a reply on the link that the request names: by its target, or by the link's own name. */
function reply(receiver: Receiver, request: Request, body: unknown, properties: Record<string, unknown>): void {
  const link = receiver.connection.find_sender(
    (candidate: Sender) =>
      candidate.is_open() && (candidate.target?.address === request.reply_to || candidate.name === request.reply_to),
  );
  link?.send({ correlation_id: request.message_id, body, application_properties: properties });
}
