import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A way to a server of this machine that can be cut. */
export interface Gate {
  readonly port: number;
  /** Cuts every connection, or one of them, at random. @returns how many */
  cut(which?: 'all' | 'one'): number;
  close(): void;
}

export async function openGate(target: number): Promise<Gate> {
  const clients = new Set<Socket>();
  const server = createServer((client) => {
    const behind = connect(target, '127.0.0.1');
    clients.add(client);
    for (const socket of [client, behind])
      socket
        .on('error', () => {})
        .on('close', () => {
          client.destroy();
          behind.destroy();
          clients.delete(client);
        });
    client.pipe(behind).pipe(client);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cut = (which = 'all') => {
    const open = [...clients];
    const chosen = which === 'all' ? open : open.slice(Math.floor(Math.random() * open.length)).slice(0, 1);
    for (const socket of chosen) socket.resetAndDestroy();
    return chosen.length;
  };
  return {
    port: (server.address() as AddressInfo).port,
    cut,
    close() {
      server.close();
      cut();
    },
  };
}

/** The URL of a database through a gate. */
export function throughGate(databaseUrl: string, gate: Gate): string {
  const url = new URL(databaseUrl);
  url.searchParams.delete('host');
  url.hostname = '127.0.0.1';
  url.port = String(gate.port);
  return url.href;
}

/** The port of a database's server. */
export const portOf = (databaseUrl: string): number => Number(new URL(databaseUrl).port || 5432);
