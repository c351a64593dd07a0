import type { Receiver } from 'rhea';
import { messageTooLarge, undecodable } from './amqp-errors.ts';
import { doOrFail, type Faults } from './faults.ts';
import { decode, unbatch } from './message-bytes.ts';
import type { Content } from './message.ts';
import type { Queue } from './queue.ts';
import { accepted, answer, cutConnection, onTransfer, rejected, type Transfer } from './rhea-hooks.ts';

/** 256 KB: the limit of a message on the Standard tier. The SDK sizes its batches after it. */
export const maxMessageBytes = 262_144;

/** Puts what the client sends on a link into a queue. A batch is stored whole or not at all. */
export function acceptSends(receiver: Receiver, queue: Queue, faults: Faults): void {
  onTransfer(receiver, (transfer) => {
    const { delivery } = transfer;
    doOrFail(faults.take('send', queue.name), {
      work() {
        const outcome = store(transfer, queue);
        return () => answer(delivery, outcome);
      },
      drop: () => cutConnection(receiver.connection),
      reject: (error) => answer(delivery, rejected(error)),
    });
  });
}

function store({ bytes, isBatch }: Transfer, queue: Queue) {
  if (bytes.length > maxMessageBytes) return rejected(messageTooLarge(bytes.length, maxMessageBytes));
  let contents: Content[];
  try {
    contents = (isBatch ? unbatch(bytes) : [bytes]).map(decode);
  } catch (error) {
    return rejected(undecodable(error));
  }
  for (const content of contents) queue.enqueue(content);
  return accepted;
}
