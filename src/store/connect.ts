import type { Sql } from 'postgres';
import { type Client, type ClientOptions, openClient } from './client.ts';

/**
 * A connection for as long as it is used. After an error the client is thrown away (`client.ts`), and the
 * next statement goes to a new one.
 */
export function connectTo(url: string, options: ClientOptions): Sql {
  let current: Sql | undefined;
  let ended = false;
  const client = (): Sql => {
    if (current) return current;
    const opened: Sql = openOnce(url, options, () => {
      if (current === opened && !ended) current = undefined;
    });
    current = opened;
    return opened;
  };
  client();
  // The driver's handles are functions with properties. Each use asks for the present client.
  return new Proxy((() => {}) as unknown as Sql, {
    apply: (_target, _self, args) => (client() as unknown as (...args: unknown[]) => unknown)(...args),
    get(_target, name) {
      if (name !== 'end') return client()[name as keyof Sql];
      return async (ending?: { timeout?: number }) => {
        ended = true;
        await client().end(ending);
      };
    },
  });
}

/**
 * Opens a client to a URL as libpq reads it. `?host=/folder` means the server's Unix socket in that folder,
 * which costs a tenth of a request less than the loopback address (bench/RESULTS.md). postgres.js alone would
 * send `host` to the server as a setting.
 * @param onBroken called at the first error, after which the client answers nothing more
 */
export function openOnce(url: string, options: ClientOptions, onBroken: (isLost: boolean) => void): Client {
  const place = new URL(url);
  const folder = place.searchParams.get('host');
  if (!folder?.startsWith('/')) return openClient(url, options, onBroken);
  place.searchParams.delete('host');
  return openClient(place.href, { ...options, path: socketIn(folder, place.port) }, onBroken);
}

/** The socket of a server in a folder. */
export const socketIn = (folder: string, port: number | string) => `${folder}/.s.PGSQL.${port || 5432}`;
