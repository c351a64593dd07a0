/**
 * Everything this broker needs of rhea 3.0.5 that rhea keeps to itself. rhea is made for clients and gives a server
 * little say, so each function here reaches inside, and says why. rhea's version is pinned for this file's sake.
 */
import { createRequire } from 'node:module';
import type { Socket } from 'node:net';
import type { AmqpError, Connection, Delivery, EventContext, Receiver, Sender, Session } from 'rhea';

/** An AMQP value that keeps its exact wire type, so that writing it again gives the same bytes. */
export interface Typed {
  readonly value: unknown;
  readonly descriptor?: Typed;
}

interface AmqpTypes {
  readonly Reader: new (bytes: Buffer) => { position: number; read(): Typed; remaining(): number };
  readonly Writer: new () => { write(value: Typed): void; toBuffer(): Buffer };
  wrap(value: unknown): Typed;
  wrap_array(values: readonly unknown[], typeCode: number): Typed;
  wrap_boolean(value: boolean): Typed;
  wrap_int(value: number): Typed;
  wrap_string(value: string): Typed;
  wrap_symbol(value: string): Typed;
  wrap_uint(value: number): Typed;
  wrap_ulong(value: number): Typed;
  Long(value: number): Typed;
  Timestamp(milliseconds: number): Typed;
  List32(items: readonly (Typed | null)[]): Typed;
  Map32(keysAndValues: readonly Typed[]): Typed;
  described(descriptor: Typed, value: Typed): Typed;
}

interface Outcomes {
  accepted(): { described(): Typed };
  rejected(fields: { error?: AmqpError }): { described(): Typed };
  modified(fields: object): { described(): Typed };
}

interface Frames {
  disposition(fields: { role: boolean; first: number; last: number; settled: boolean; state: Typed }): object;
}

interface SessionInside {
  readonly outgoing: { available(): number };
  on_attach(frame: object): void;
  on_transfer(frame: { performative: { message_format?: number } }): void;
  output(frame: object): void;
}
interface LinkInside {
  readonly local: {
    attach: { source?: unknown; target?: unknown; snd_settle_mode?: number; rcv_settle_mode?: number };
  };
}
interface SenderInside {
  readonly _draining: boolean;
  credit: number;
  delivery_count: number;
  issue_flow: boolean;
  _get_drain(): boolean;
}
interface DeliveryInside {
  settled: boolean;
  state: Typed;
  remote_settled: boolean;
}

/** Says that an object of rhea has these private members, after a look whether it still does. */
function assertInside<Inside extends object>(
  object: object,
  ...members: (keyof Inside & string)[]
): asserts object is Inside {
  const missing = members.find((member) => !(member in object));
  if (missing !== undefined) throw new Error(`rhea has no '${missing}' any more. This broker is made for rhea 3.0.5.`);
}

const require = createRequire(import.meta.url);

/** rhea's typings leave the readers and the writers out. */
export const types: AmqpTypes = require('rhea/lib/types.js');
const outcomes: Outcomes = require('rhea/lib/message.js');
const frames: Frames = require('rhea/lib/frames.js');

export const accepted: Typed = outcomes.accepted().described();
export const modified: Typed = outcomes.modified({}).described();
export function rejected(error?: AmqpError): Typed {
  return outcomes.rejected(error ? { error } : {}).described();
}

/**
 * Settles a delivery, in either direction, with a frame of its own. rhea's own writer gives two neighbouring deliveries
 * the outcome of the first, and keeps for ever a sent delivery that the client leaves for the broker to settle.
 */
export function answer(delivery: Delivery, outcome: Typed): void {
  assertInside<DeliveryInside>(delivery, 'settled', 'state', 'remote_settled');
  const { link } = delivery;
  const { session } = link;
  const isSettledBySender = link.is_receiver() && delivery.remote_settled; // which waits for no answer
  delivery.settled = true;
  delivery.state = outcome;
  if (link.is_sender()) delivery.remote_settled = true;
  if (isSettledBySender || !session.is_open()) return;
  assertInside<SessionInside>(session, 'output');
  session.output(
    frames.disposition({
      role: link.is_receiver(),
      first: delivery.id,
      last: delivery.id,
      settled: true,
      state: outcome,
    }),
  );
  link.connection['_register'](); // rhea forgets settled deliveries in its next turn
}

/**
 * Has rhea answer an attach at once. It takes all the frames of one read before it writes, and writes messages first:
 * for a client that sends its credit right behind its attach they would come on a link that it does not know yet.
 */
export function answerAttaches(session: Session): void {
  assertInside<SessionInside>(session, 'on_attach');
  const handle = session.on_attach.bind(session);
  session.on_attach = (frame) => {
    handle(frame);
    session.connection['_process'](); // writes what is to be opened, in its order
  };
}

const plainFormat = 0;
const batchFormat = 0x8001_3700; // Service Bus: one message whose data sections are messages
const rawFormat = 0x7fff_0001; // any number that is neither of the two

/** Has rhea hand over the bytes of a message: decoding would forget which kind of number a number was. */
export function keepRawBytes(session: Session): void {
  assertInside<SessionInside>(session, 'on_transfer');
  const handle = session.on_transfer.bind(session);
  session.on_transfer = (frame) => {
    if ((frame.performative.message_format ?? plainFormat) === plainFormat)
      frame.performative.message_format = rawFormat;
    handle(frame);
  };
}

export interface Transfer {
  readonly delivery: Delivery;
  readonly bytes: Buffer;
  readonly isBatch: boolean;
}

/** Calls back for each message the client sends on a link of a session that keeps raw bytes. */
export function onTransfer(receiver: Receiver, received: (transfer: Transfer) => void): void {
  receiver.on('message', (context: EventContext & { format?: number }) => {
    const bytes: unknown = context.message; // typed as a decoded message, which it is not any more
    if (!context.delivery || !Buffer.isBuffer(bytes)) throw new Error('A transfer came without its bytes.');
    received({ delivery: context.delivery, bytes, isBatch: context.format === batchFormat });
  });
}

/** Sends encoded bytes: settled at once on a receive-and-delete link. */
export function sendBytes(sender: Sender, bytes: Buffer, tag?: Buffer): void {
  sender.send(bytes, tag, plainFormat);
}

/**
 * Answers an attach with the settle modes that the client asked for. rhea would answer with its own; a client that has
 * asked to send settled would then keep what it has sent until it is answered, and .NET gives all its requests the same
 * tag, so that two at a time fail.
 */
export function mirrorSettleModes(link: Sender | Receiver): void {
  assertInside<LinkInside>(link, 'local');
  const { attach } = link.local;
  attach.rcv_settle_mode = link.rcv_settle_mode;
  if (settlesOnDelivery(link)) attach.snd_settle_mode = link.snd_settle_mode;
}

export function settlesOnDelivery(link: Sender | Receiver): boolean {
  return link.snd_settle_mode === 1;
}

/** Refuses a link the way AMQP wants it: an attach without a terminus, then a detach with the reason. */
export function refuse(link: Sender | Receiver, error: AmqpError): void {
  assertInside<LinkInside>(link, 'local');
  link.local.attach[link.is_sender() ? 'source' : 'target'] = undefined;
  link.close(error);
}

export interface Credit {
  /** How many more messages the client takes now. */
  room(): number;
  /** Counts one message handed to rhea. */
  spend(): void;
}

/**
 * Counts a link's credit and answers its drains. rhea lowers the credit only when it writes a transfer, so what waits
 * to be written is counted here; and rhea leaves a drain at zero credit unanswered, which the SDK then waits for.
 */
export function meterCredit(sender: Sender, onMoreCredit: () => void): Credit {
  const { session } = sender;
  assertInside<SenderInside>(sender, '_draining', 'credit', 'delivery_count', 'issue_flow', '_get_drain');
  assertInside<SessionInside>(session, 'outgoing');
  let used = 0; // messages handed to rhea, and credit given back by drains
  sender._get_drain = () => {
    if (!sender._draining) return false;
    used += sender.credit;
    sender.delivery_count += sender.credit;
    sender.credit = 0;
    return true;
  };
  sender.on('sender_flow', () => {
    onMoreCredit();
    if (sender._draining) sender.issue_flow = true;
  });
  return {
    room() {
      if (!sender.is_open()) return 0;
      const unwritten = used - sender.delivery_count;
      return Math.min(sender.credit - unwritten, session.outgoing.available());
    },
    spend() {
      used++;
    },
  };
}

/**
 * Answers each read from the socket with something, if only an empty frame. The SDK leaves Nagle's algorithm on: a
 * frame that nothing answers (a flow) would hold up its next one for 40 ms, until the kernel acknowledges.
 */
export function acknowledgeReads(connection: Connection): void {
  const socket: Socket = connection['socket'];
  let planned = false;
  socket.on('data', () => {
    if (planned) return;
    planned = true;
    const written = socket.bytesWritten;
    setImmediate(() => {
      planned = false;
      if (socket.bytesWritten === written && socket.writable && connection.is_open()) connection['_write_frame']();
    });
  });
}

/** Cuts a socket that rhea reads. The error is for rhea, which does not notice a socket that is destroyed silently. */
export function cut(socket: Socket): void {
  socket.destroy(new Error('The broker cut the connection.'));
}

export function cutConnection(connection: Connection): void {
  cut(connection['socket']);
}
