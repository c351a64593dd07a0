import type { EventContext, Sender } from 'rhea';
import { z } from 'zod';
import { lockLost, notSupported, type BrokerError } from './amqp-errors.ts';
import { doOrFail, type Faults } from './faults.ts';
import { fromDeliveryTag, toDeliveryTag } from './lock-token.ts';
import { encode } from './message-bytes.ts';
import type { Message, Outcome } from './message.ts';
import type { Consumer, Queue } from './queue.ts';
import {
  accepted,
  answer,
  cutConnection,
  meterCredit,
  modified,
  rejected,
  sendBytes,
  settlesOnDelivery,
} from './rhea-hooks.ts';

/** Hands the messages of a queue to the client at the other end of a link, and takes its answers. */
export function deliver(sender: Sender, queue: Queue, faults: Faults): Consumer {
  const credit = meterCredit(sender, () => queue.pump());
  takeOutcomes(sender, queue, faults);
  const consumer: Consumer = {
    settlesOnDelivery: settlesOnDelivery(sender),
    room: () => credit.room(),
    take(message: Message) {
      credit.spend();
      const tag = message.state.kind === 'locked' ? toDeliveryTag(message.state.lock.token) : undefined;
      sendBytes(sender, encode(message), tag);
    },
  };
  queue.attach(consumer);
  return consumer;
}

const modifiedState = z.object({
  undeliverable_here: z.boolean().nullish(),
  message_annotations: z.record(z.string(), z.unknown()).nullish(),
});
const rejectedState = z.object({
  error: z
    .object({
      info: z
        .looseObject({ DeadLetterReason: z.string().nullish(), DeadLetterErrorDescription: z.string().nullish() })
        .nullish(),
    })
    .nullish(),
});

function takeOutcomes(sender: Sender, queue: Queue, faults: Faults): void {
  const settle = (context: EventContext, outcome: Outcome) => {
    const { delivery } = context;
    if (!delivery) throw new Error('An outcome came without its delivery.');
    const reject = (error: BrokerError) => answer(delivery, rejected(error));
    doOrFail(faults.take('settle', queue.name), {
      work() {
        const isDone = queue.settle(fromDeliveryTag(Buffer.from(delivery.tag)), outcome);
        return () => (isDone ? answer(delivery, echo[outcome.kind]) : reject(lockLost));
      },
      drop: () => cutConnection(sender.connection),
      reject,
    });
  };
  sender.on('accepted', (context: EventContext) => settle(context, { kind: 'complete' }));
  sender.on('released', (context: EventContext) => settle(context, { kind: 'release' }));
  sender.on('modified', (context: EventContext) => {
    const state = modifiedState.parse(context.delivery?.remote_state);
    if (state.undeliverable_here === true && context.delivery)
      answer(context.delivery, rejected(notSupported('deferral')));
    else settle(context, { kind: 'abandon', properties: state.message_annotations ?? {} });
  });
  sender.on('rejected', (context: EventContext) => {
    const info = rejectedState.parse(context.delivery?.remote_state).error?.info ?? {};
    const { DeadLetterReason: reason, DeadLetterErrorDescription: description, ...properties } = info;
    settle(context, {
      kind: 'deadLetter',
      properties,
      ...(typeof reason === 'string' && { reason }),
      ...(typeof description === 'string' && { description }),
    });
  });
}

/**
 * The client gets its own outcome back, but never an error: the SDK would take a dead letter's reason for a failure.
 */
const echo = { complete: accepted, release: accepted, abandon: modified, deadLetter: rejected() };
