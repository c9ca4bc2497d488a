import { type AddressInfo, Server, Socket } from 'node:net';

/**
 * Loaded before each unit test: it may talk to servers of its own process and to nobody else, so that it needs no
 * database, whatever it reaches through the sources.
 */
const own = new Set<number>();
const listening = Server.prototype.listen;
Server.prototype.listen = function listen(this: Server, ...options: unknown[]) {
  this.once('listening', () => own.add((this.address() as AddressInfo).port));
  return listening.apply(this, options as never);
} as typeof listening;

const connecting = Socket.prototype.connect;
Socket.prototype.connect = function connect(this: Socket, ...given: unknown[]) {
  // net.connect() hands over one array of what it was given.
  const [to] = given.flat() as [unknown];
  const { port, path } =
    typeof to === 'object' && to !== null ? (to as Record<string, unknown>) : { port: to, path: undefined };
  if (!own.has(Number(port)))
    throw new Error(
      `A unit test connects to ${path ?? port}: let it import tests/support/database.ts, or leave the network.`,
    );
  return connecting.apply(this, given as never);
} as typeof connecting;
