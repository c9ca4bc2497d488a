import { connect, type Socket } from 'node:net';
import type postgres from 'postgres';
import type { Sql } from 'postgres';
import { connectTo } from '../store/connect.ts';
import { wireTypes } from '../store/wire-types.ts';

const connectWithinMs = 2000;

/** Connects in the name of the log's role. @param deadlineMs after so long the server gives a statement up */
export function connectAudit(url: string, deadlineMs: number, max: number): Sql {
  return connectTo(url, {
    max,
    backoff: () => 0.1,
    connect_timeout: connectWithinMs / 1000,
    fetch_types: false,
    onnotice: () => {},
    types: wireTypes,
    socket: connectAtOnce,
    connection: {
      application_name: 'laihu audit',
      TimeZone: 'UTC',
      // Committed means on disk, whatever the server's own setting.
      synchronous_commit: 'on',
      statement_timeout: deadlineMs,
    },
  } as unknown as postgres.Options<Record<string, postgres.PostgresType>>);
}

interface Address {
  readonly host: readonly string[];
  readonly port: readonly number[];
  readonly path?: string | undefined;
}

/**
 * A socket that sends each write at once. A COPY is several small ones; held back for the server's delayed
 * acknowledgement, as postgres.js has its own sockets do, each group of entries took 90 ms instead of 4.
 */
function connectAtOnce({ host, port, path }: Address): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const to = { host: host[0], port: port[0] ?? 5432 };
    const socket = path ? connect(path) : connect({ ...to, noDelay: true });
    const timer = setTimeout(
      () => socket.destroy(Object.assign(new Error('No connection in time.'), { code: 'CONNECT_TIMEOUT' })),
      connectWithinMs,
    );
    socket.once('error', reject);
    socket.once('connect', () => {
      clearTimeout(timer);
      socket.off('error', reject);
      resolve(Object.assign(socket, to));
    });
    socket.once('close', () => clearTimeout(timer));
  });
}
