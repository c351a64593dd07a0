/**
 * What a parent process asks of a broker over the IPC channel. Each request has an id that comes back in the answer.
 */
import { z } from 'zod';
import type { Broker } from './broker.ts';
import { faultSchema } from './faults.ts';

const id = z.int();
export const requestSchema = z.discriminatedUnion('kind', [
  z.strictObject({ id, kind: z.literal('counts') }),
  z.strictObject({ id, kind: z.literal('operations') }), // since the start; see QueueOperations
  z.strictObject({ id, kind: z.literal('plan'), fault: faultSchema }), // plans a fault
  z.strictObject({ id, kind: z.literal('clearFaults') }),
  z.strictObject({ id, kind: z.literal('dropConnections') }),
  // see Queue.copyWaiting
  z.strictObject({ id, kind: z.literal('copyWaiting'), queue: z.string(), count: z.int().positive() }),
]);
export type ControlRequest = z.infer<typeof requestSchema>;

const counts = z.object({ active: z.number(), locked: z.number(), scheduled: z.number(), deadLettered: z.number() });
const operations = z.object({
  sent: z.number(),
  delivered: z.number(),
  settled: z.number(),
  renewed: z.number(),
  peeked: z.number(),
});
/** Sent once, when the broker listens. */
const ready = z.object({ kind: z.literal('ready'), port: z.int() });
export const answerSchema = z.discriminatedUnion('kind', [
  ready,
  z.object({ id, kind: z.literal('counts'), queues: z.record(z.string(), counts) }),
  z.object({ id, kind: z.literal('operations'), queues: z.record(z.string(), operations) }),
  z.object({ id, kind: z.literal('done') }),
  z.object({ id, kind: z.literal('dropped'), connections: z.int() }),
  z.object({ id, kind: z.literal('copied'), messages: z.int() }),
  z.object({ id: id.nullable(), kind: z.literal('refused'), message: z.string() }),
]);
export type ControlAnswer = z.infer<typeof answerSchema>;

/** Does what the parent asks. What cannot be read is refused, with the reason. */
export function control(broker: Broker, message: unknown): ControlAnswer {
  const parsed = requestSchema.safeParse(message);
  if (!parsed.success) {
    const given = z.object({ id }).safeParse(message);
    return { kind: 'refused', id: given.data?.id ?? null, message: z.prettifyError(parsed.error) };
  }
  const request = parsed.data;
  switch (request.kind) {
    case 'counts':
      return { kind: 'counts', id: request.id, queues: broker.counts() };
    case 'operations':
      return { kind: 'operations', id: request.id, queues: broker.operations() };
    case 'plan':
      broker.faults.plan(request.fault);
      return { kind: 'done', id: request.id };
    case 'clearFaults':
      broker.faults.clear();
      return { kind: 'done', id: request.id };
    case 'dropConnections':
      return { kind: 'dropped', id: request.id, connections: broker.dropConnections() };
    case 'copyWaiting':
      return { kind: 'copied', id: request.id, messages: broker.copyWaiting(request.queue, request.count) };
  }
}
