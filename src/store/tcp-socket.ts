import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** Where a server may be: postgres.js takes several hosts and tries one after the other. */
export interface Place {
  readonly host: readonly string[];
  readonly port: readonly number[];
  readonly connect_timeout: number;
}

/**
 * A connected socket that sends at once. postgres.js leaves Nagle's algorithm on: a write that follows an unanswered
 * one then waits up to 40 ms for the peer's delayed acknowledgement, twice in each COPY.
 * @throws the last host's error, or AbortError when none answers within `connect_timeout` seconds each
 */
export async function tcpSocket({ host, port, connect_timeout }: Place): Promise<Socket> {
  for (let i = 0; ; i++) {
    const socket = connect({ host: host[i]!, port: port[i]!, noDelay: true });
    try {
      await once(socket, 'connect', { signal: AbortSignal.timeout(connect_timeout * 1000) });
      // Read by postgres.js where the certificate is checked for the host's name.
      return Object.assign(socket, { host: host[i] });
    } catch (error) {
      socket.destroy();
      if (i + 1 >= host.length) throw error;
    }
  }
}
