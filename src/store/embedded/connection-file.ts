import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { socketIn } from '../connect.ts';

/** Port and password of the embedded server of a data folder, for commands that join a running program. */
export interface Connection {
  readonly port: number;
  readonly password: string;
}

/** The database role that owns everything in an embedded server. */
export const ownerRole = 'laihu';

/** Bytes of `sockaddr_un.sun_path` on the system with the fewest (macOS), without the last zero. */
const longestSocketName = 103;
const fileOf = (dataDir: string) => join(dataDir, 'embedded.json');

export const urlOf = ({ port, password }: Connection) =>
  `postgres://${ownerRole}:${password}@127.0.0.1:${port}/postgres`;

/** The same server through its socket, where it opened one. */
export function localUrlOf(dataDir: string, connection: Connection): string {
  const folder = socketFolder(dataDir);
  const isThere = folder && existsSync(socketIn(folder, connection.port));
  return isThere ? `${urlOf(connection)}?host=${encodeURIComponent(folder)}` : urlOf(connection);
}

/** Where the cluster is in a data folder. */
export const clusterFolder = (dataDir: string) => join(dataDir, 'postgres');

/**
 * The cluster's own folder. Only the server's user may enter it; undefined where its name is too long for a
 * socket.
 */
export function socketFolder(dataDir: string): string | undefined {
  const folder = clusterFolder(dataDir);
  const isShort = Buffer.byteLength(socketIn(folder, 65535)) <= longestSocketName;
  return process.platform !== 'win32' && isShort ? folder : undefined;
}

export function readConnection(dataDir: string): Connection | undefined {
  try {
    return JSON.parse(readFileSync(fileOf(dataDir), 'utf8')) as Connection;
  } catch {
    return undefined;
  }
}

/** In one step, readable by its owner only. A program that is killed meanwhile does not lose the password. */
export function writeConnection(dataDir: string, connection: Connection): void {
  const made = `${fileOf(dataDir)}.new`;
  writeFileSync(made, JSON.stringify(connection), { mode: 0o600, flush: true });
  renameSync(made, fileOf(dataDir));
}
