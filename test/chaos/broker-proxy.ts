/** Stands between one functions host and the broker. A "call" is one piece of bytes from the host. */
import { connect, createServer, type Socket } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Proxy } from './http-proxy.ts';
import type { Strike } from './strikes.ts';

export interface BrokerProxyOptions {
  readonly brokerPort: number;
  readonly take: () => Strike | undefined;
  readonly kill: () => void;
  /** See `WorldClock.moved`. */
  readonly moved: () => void;
}

export interface BrokerProxy extends Proxy {
  /** Cuts every connection of this host. */
  drop(): void;
}

export async function startBrokerProxy({ brokerPort, take, kill, moved }: BrokerProxyOptions): Promise<BrokerProxy> {
  const sockets = new Set<Socket>();
  const drop = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  const server = createServer({ noDelay: true }, (socket) => {
    const upstream = connect({ host: '127.0.0.1', port: brokerPort, noDelay: true });
    for (const end of [socket, upstream]) {
      sockets.add(end);
      end.on('error', () => end.destroy());
      end.on('close', () => {
        sockets.delete(end);
        socket.destroy();
        upstream.destroy();
      });
    }
    upstream.on('data', (bytes) => {
      moved();
      socket.write(bytes);
    });
    socket.on('data', (bytes) => {
      moved();
      const strike = take();
      if (strike === undefined || strike.when === 'after')
        upstream.write(bytes, () => {
          if (strike !== undefined) happen(strike);
        });
      else happen(strike);
    });
    const happen = ({ what }: Strike): void => {
      if (what === 'kill') kill();
      socket.destroy();
    };
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // A TCP server that listens has one.
  return {
    port,
    drop,
    close: async () => {
      drop();
      server.close();
      await once(server, 'close');
    },
  };
}
