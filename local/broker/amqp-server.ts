/** The AMQP side: connections and links on rhea, each link bound to a queue. */
import type { AddressInfo, Server, Socket } from 'node:net';
import { once } from 'node:events';
import rhea, { type Container, type EventContext, type Receiver, type Sender } from 'rhea';
import { entityNotFound, sessionNotAllowed } from './amqp-errors.ts';
import type { Faults } from './faults.ts';
import { acceptSends, maxMessageBytes } from './inbound-link.ts';
import type { Namespace } from './namespace.ts';
import { deliver } from './outbound-link.ts';
import { answerManagementRequests, answerTokenRequests } from './request-node.ts';
import {
  acknowledgeReads,
  answerAttaches,
  cut,
  cutConnection,
  keepRawBytes,
  mirrorSettleModes,
  refuse,
} from './rhea-hooks.ts';

const managementSuffix = '/$management';
const sessionFilter = 'com.microsoft:session-filter';

/** Listens on loopback. Port 0 takes any free port. Rejects when the port is taken. */
export async function listen(port: number, namespace: Namespace, faults: Faults) {
  const container = createContainer(namespace, faults);
  const sockets = new Set<Socket>();
  const server: Server = container.listen({
    port,
    host: '127.0.0.1',
    max_frame_size: 65_536,
    channel_max: 8_191,
    idle_time_out: 120_000,
    // rhea keeps sent deliveries in order, so one slow handler holds up this many further ones
    session_buffer_size: { incoming: 2_048, outgoing: 100_000 },
  });
  server.on('connection', (socket: Socket) => {
    socket.setNoDelay(true);
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port, // a TCP server's address, never a pipe's name

    /** Cuts every connection, as a network does, and returns how many. */
    dropConnections(): number {
      const count = sockets.size;
      for (const socket of sockets) cut(socket);
      return count;
    },

    async close(): Promise<void> {
      const closed = new Promise<void>((resolve) => {
        server.close(() => resolve()); // called with an error when it is closed already, which is as good
      });
      for (const socket of sockets) cut(socket);
      await closed;
    },
  };
}

function createContainer(namespace: Namespace, faults: Faults): Container {
  const container = rhea.create_container({
    id: 'local-broker',
    receiver_options: { autoaccept: false, credit_window: 500, max_message_size: maxMessageBytes },
    sender_options: { autosettle: false, treat_modified_as_released: false },
  });
  acceptAnybody(container);
  const detachers = new Map<Sender, () => void>();
  const detachWhere = (isGone: (sender: Sender) => boolean) => {
    for (const [sender, detach] of detachers) {
      if (!isGone(sender)) continue;
      detachers.delete(sender);
      detach();
    }
  };
  const on = (event: string, handle: (context: EventContext) => void) => container.on(event, handle);

  on('connection_open', ({ connection }) => acknowledgeReads(connection));
  on('session_open', ({ session }) => {
    if (!session) return;
    answerAttaches(session);
    keepRawBytes(session);
  });
  on('receiver_open', ({ receiver }) => receiver && openInbound(receiver, namespace, faults));
  on('sender_open', ({ sender }) => {
    const detach = sender && openOutbound(sender, namespace, faults);
    if (detach) detachers.set(sender, detach);
  });
  on('sender_close', ({ sender }) => detachWhere((other) => other === sender));
  on('session_close', ({ session }) => detachWhere((other) => other.session === session));
  on('connection_close', ({ connection }) => detachWhere((other) => other.connection === connection));
  on('disconnected', ({ connection }) => detachWhere((other) => other.connection === connection));
  // a client that says goodbye with an error: the close events above follow and do the work
  for (const event of ['sender_error', 'receiver_error', 'session_error', 'connection_error'])
    on(event, () => undefined);
  for (const event of ['protocol_error', 'error']) {
    container.on(event, (error: unknown) => console.error('broker: a connection was closed after an error:', error));
  }
  return container;
}

/** Lets clients in without a password; tokens follow on `$cbs`. .NET clients ask for a mechanism of their own name. */
function acceptAnybody(container: Container): void {
  const mechanisms: Record<string, unknown> & { enable_anonymous(): void } = container.sasl_server_mechanisms;
  mechanisms.enable_anonymous();
  mechanisms['MSSBCBS'] = mechanisms['ANONYMOUS'];
}

/** A link the client sends on. */
function openInbound(receiver: Receiver, namespace: Namespace, faults: Faults): void {
  const address = receiver.target?.address ?? '';
  mirrorSettleModes(receiver);
  receiver.set_target({ address });
  receiver.set_source({ address: receiver.source?.address });
  if (address === '$cbs') {
    answerTokenRequests(receiver);
    return;
  }
  const managed = managedAddress(address);
  const queue = managed === undefined ? namespace.target(address) : namespace.source(managed);
  if (!queue) refuse(receiver, entityNotFound(managed ?? address));
  else if (managed !== undefined) answerManagementRequests(receiver, queue, faults);
  else if (!attachFails(receiver, queue.name, faults)) acceptSends(receiver, queue, faults);
}

/** A link the client receives on. Returns what to do when it is gone. */
function openOutbound(sender: Sender, namespace: Namespace, faults: Faults): (() => void) | undefined {
  const address = sender.source?.address ?? '';
  mirrorSettleModes(sender);
  sender.set_source({ address, filter: sender.source?.filter ?? {} });
  sender.set_target({ address: sender.target?.address });
  if (address === '$cbs' || managedAddress(address) !== undefined) return undefined; // replies, see request-node.ts
  const queue = namespace.source(address);
  if (!queue) {
    refuse(sender, entityNotFound(address));
    return undefined;
  }
  if (sessionFilter in (sender.source?.filter ?? {})) {
    refuse(sender, sessionNotAllowed);
    return undefined;
  }
  if (attachFails(sender, queue.name, faults)) return undefined;
  const consumer = deliver(sender, queue, faults);
  return () => queue.detach(consumer);
}

function attachFails(link: Sender | Receiver, queueName: string, faults: Faults): boolean {
  const fault = faults.take('attach', queueName);
  if (fault?.effect.kind === 'drop') cutConnection(link.connection);
  else if (fault?.effect.kind === 'error') refuse(link, fault.effect);
  return fault !== undefined;
}

/** The queue whose management node this is the address of. */
function managedAddress(address: string): string | undefined {
  return address.toLowerCase().endsWith(managementSuffix) ? address.slice(0, -managementSuffix.length) : undefined;
}
