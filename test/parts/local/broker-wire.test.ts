/** What the SDK for JavaScript never does, and other clients do: shown with a bare AMQP client. */
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import rhea, { type Connection, type EventContext, type Receiver, type Sender } from 'rhea';
import { expect, test, type TestContext } from 'vitest';
import { empty, eventually, openQueue } from './broker-fixture.ts';

/** A connection of a bare client. An error that ends it fails the test. */
async function connect(port: number, onTestFinished: TestContext['onTestFinished']): Promise<Connection> {
  const container = rhea.create_container();
  const connection = container.connect({ host: '127.0.0.1', port, reconnect: false });
  onTestFinished(() => connection.close());
  await once(container, 'connection_open');
  return connection;
}

/** Lets all that the client writes meanwhile arrive together. */
async function inOneWrite(connection: Connection, act: () => void): Promise<void> {
  const { socket }: { socket: Socket } = connection as unknown as { socket: Socket }; // rhea's typings hide it
  socket.cork();
  act();
  await setImmediate(); // rhea writes in its next turn
  socket.uncork();
}

test('a client that gives credit together with its attach gets its messages, after the attach', async ({
  onTestFinished,
}) => {
  const { broker, sender } = await openQueue(onTestFinished);
  await sender.sendMessages([{ body: 1 }, { body: 2 }]);
  const connection = await connect(broker.port, onTestFinished);
  const order: string[] = [];
  connection.on('protocol_error', (error: Error) => order.push(error.message));
  await inOneWrite(connection, () => {
    const receiver = connection.open_receiver({ source: 'q', credit_window: 0, autoaccept: false });
    receiver.on('receiver_open', () => order.push('attached'));
    receiver.on('message', () => order.push('message'));
    receiver.add_credit(2);
  });
  await eventually(() => order.length === 3);
  expect(order).toEqual(['attached', 'message', 'message']);
});

test('messages released in the same breath as their link is closed come back at once, whatever its credit', async ({
  onTestFinished,
}) => {
  const { broker, sender } = await openQueue(onTestFinished);
  await sender.sendMessages([{ body: 1 }, { body: 2 }]);
  const connection = await connect(broker.port, onTestFinished);
  const receiver = connection.open_receiver({ source: 'q', credit_window: 2, autoaccept: false, autosettle: false });
  const received: EventContext[] = [];
  receiver.on('message', (context: EventContext) => received.push(context));
  await eventually(() => received.length === 2);
  await inOneWrite(connection, () => {
    for (const { delivery } of received) delivery?.release();
    receiver.close();
    receiver.session.close();
  });
  await eventually(() => broker.queue('q').locked === 0);
  expect(broker.queue('q')).toEqual({ ...empty, active: 2 });
});

test('a link is attached with the settle modes that the client asks for', async ({ onTestFinished }) => {
  const { broker } = await openQueue(onTestFinished);
  const connection = await connect(broker.port, onTestFinished);
  for (const address of ['q', 'q/$management', '$cbs']) {
    const links: (Sender | Receiver)[] = [
      connection.open_sender({ target: address, snd_settle_mode: 1 }),
      connection.open_receiver({ source: address, snd_settle_mode: 1, rcv_settle_mode: 0 }),
    ];
    await Promise.all(links.map((link) => once(link, link.is_sender() ? 'sender_open' : 'receiver_open')));
    expect(
      links.map((link) => link.snd_settle_mode),
      address,
    ).toEqual([1, 1]);
  }
});

test('a message with an id of more than 128 characters is refused', async ({ onTestFinished }) => {
  const { broker } = await openQueue(onTestFinished);
  const connection = await connect(broker.port, onTestFinished);
  const link = connection.open_sender('q');
  await once(link, 'sendable');
  link.send({ message_id: 'x'.repeat(128), body: 1 });
  await once(link, 'accepted');
  link.send({ message_id: 'x'.repeat(129), body: 1 });
  const [refused]: EventContext[] = await once(link, 'rejected');
  expect(refused?.delivery?.remote_state).toMatchObject({ error: { condition: 'com.microsoft:argument-error' } });
  expect(broker.queue('q')).toEqual({ ...empty, active: 1 });
});
