import postgres, { type Sql } from 'postgres';
import { tcpSocket } from './tcp-socket.ts';

/**
 * Opens connections to a URL as libpq reads it: with `?host=/folder` through the server's Unix socket in that folder,
 * which costs a tenth of a request less than the loopback address (bench/RESULTS.md). postgres.js alone would send
 * `host` to the server as a setting.
 */
export function connectTo(
  url: string,
  options: postgres.Options<Record<string, postgres.PostgresType>>,
): Sql {
  const place = new URL(url);
  const folder = place.searchParams.get('host');
  if (!folder?.startsWith('/'))
    return postgres(url, { ...options, socket: tcpSocket } as unknown as typeof options) as unknown as Sql;
  place.searchParams.delete('host');
  return postgres(place.href, { ...options, path: socketIn(folder, place.port) }) as unknown as Sql;
}

/** The socket of a server in a folder. */
export const socketIn = (folder: string, port: number | string) => `${folder}/.s.PGSQL.${port || 5432}`;
