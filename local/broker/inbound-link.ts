import type { Receiver } from 'rhea';
import { idTooLong, messageTooLarge, undecodable, type BrokerError } from './amqp-errors.ts';
import { doOrFail, type Faults } from './faults.ts';
import { decode, unbatch } from './message-bytes.ts';
import type { Content } from './message.ts';
import type { Queue } from './queue.ts';
import { accepted, answer, cutConnection, onTransfer, rejected, type Transfer } from './rhea-hooks.ts';

/** 256 KB: the limit of a message on the Standard tier. The SDK sizes its batches after it. */
export const maxMessageBytes = 262_144;
const maxIdLength = 128; // characters: "Message identifier size" of the quotas of Service Bus

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
  try {
    const contents = readContents(isBatch ? unbatch(bytes) : [bytes]);
    if ('condition' in contents) return rejected(contents);
    for (const content of contents) queue.enqueue(content);
    return accepted;
  } catch (error) {
    return rejected(undecodable(error));
  }
}

/** The messages that a client sends or schedules, or why they are refused. Throws where they cannot be read. */
export function readContents(messages: readonly Buffer[]): Content[] | BrokerError {
  const tooLarge = messages.find(({ length }) => length > maxMessageBytes);
  if (tooLarge) return messageTooLarge(tooLarge.length, maxMessageBytes);
  const contents = messages.map(decode);
  return contents.some(({ messageId }) => messageId.length > maxIdLength) ? idTooLong(maxIdLength) : contents;
}
