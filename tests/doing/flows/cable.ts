import { connect, createServer, type NetConnectOpts, type Server, type Socket } from 'node:net';
import { socketIn } from '../../../src/store/connect.ts';

/** The cable to a database server, which can be pulled out and put back. */
export class Cable {
  readonly #to: NetConnectOpts;
  readonly #sockets = new Set<Socket>();
  #server: Server | undefined;
  #port = 0;

  private constructor(url: string) {
    const { hostname, port, searchParams } = new URL(url);
    // The socket of the server in a folder, as the program itself reads `host`.
    const folder = searchParams.get('host');
    this.#to = folder ? { path: socketIn(folder, port) } : { host: hostname, port: Number(port || 5432) };
  }

  /** @param url of a database on the server at the other end */
  static async to(url: string): Promise<Cable> {
    const cable = new Cable(url);
    await cable.plugIn();
    return cable;
  }

  /** The same database at this end. */
  url(url: string): string {
    const here = new URL(url);
    here.hostname = '127.0.0.1';
    here.port = String(this.#port);
    here.searchParams.delete('host');
    return here.href;
  }

  async plugIn(): Promise<void> {
    const server = createServer((near) => {
      const far = connect(this.#to);
      for (const [one, other] of [
        [near, far],
        [far, near],
      ] as const) {
        this.#sockets.add(one);
        one.on('error', () => other.destroy());
        one.on('close', () => {
          this.#sockets.delete(one);
          other.destroy();
        });
        one.pipe(other);
      }
    });
    await new Promise<void>((resolve) => server.listen(this.#port, '127.0.0.1', resolve));
    this.#port = (server.address() as { port: number }).port;
    this.#server = server;
  }

  /** Nobody is connected any more, and nobody can connect. */
  async pullOut(): Promise<void> {
    const closed = new Promise((resolve) => this.#server?.close(resolve));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }
}
