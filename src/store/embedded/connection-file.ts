import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Port and password of the embedded server of a data folder, for commands that join a running program. */
export interface Connection {
  readonly port: number;
  readonly password: string;
}

/** The database role that owns everything in an embedded server. */
export const ownerRole = 'laihu';
const fileOf = (dataDir: string) => join(dataDir, 'embedded.json');

export const urlOf = ({ port, password }: Connection) =>
  `postgres://${ownerRole}:${password}@127.0.0.1:${port}/postgres`;

export function readConnection(dataDir: string): Connection | undefined {
  try {
    return JSON.parse(readFileSync(fileOf(dataDir), 'utf8')) as Connection;
  } catch {
    return undefined;
  }
}

/** In one step, readable by its owner only: a program killed meanwhile does not lose the password. */
export function writeConnection(dataDir: string, connection: Connection): void {
  const made = `${fileOf(dataDir)}.new`;
  writeFileSync(made, JSON.stringify(connection), { mode: 0o600, flush: true });
  renameSync(made, fileOf(dataDir));
}
