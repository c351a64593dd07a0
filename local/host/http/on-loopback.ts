import { Server } from 'node:net';

/**
 * Runs `start` while every server that is told no address listens on the loopback one. The library's streaming server
 * is told none, and so would be open to the network. In Azure it listens on every address of its own sandbox.
 */
export async function onLoopback<T>(start: () => Promise<T>): Promise<T> {
  const listen: unknown = Reflect.get(Server.prototype, 'listen');
  if (typeof listen !== 'function') throw new Error('This version of Node has no net.Server.listen to confine.');
  Server.prototype.listen = function listenOnLoopback(this: Server, ...args: unknown[]): Server {
    const port = typeof args[0] === 'number' ? args[0] : 0;
    const isWithoutAddress = args.every((each, index) => typeof each === 'function' || (index === 0 && each === port));
    const rest = args.filter((each) => typeof each === 'function');
    Reflect.apply(listen, this, isWithoutAddress ? [{ port, host: 'localhost' }, ...rest] : args);
    return this;
  };
  try {
    return await start();
  } finally {
    Reflect.set(Server.prototype, 'listen', listen);
  }
}
