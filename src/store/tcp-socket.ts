import { connect, type Socket } from 'node:net';

/** Where postgres.js is to connect to; a URL names one host. */
export interface Address {
  readonly host: readonly string[];
  readonly port: readonly number[];
}

/**
 * A socket that sends each write at once. Held back for the server's delayed acknowledgement, as postgres.js has its
 * own sockets do, a COPY takes 88 ms longer. It is given over while it connects: what is written meanwhile
 * waits, and postgres.js hears of a failure, and tries again, as with a socket of its own.
 */
export function tcpSocket({ host: [host = 'localhost'], port: [port = 5432] }: Address): Socket {
  // The name is looked up in the certificate, where there is one.
  return Object.assign(connect({ host, port, noDelay: true }), { host });
}
