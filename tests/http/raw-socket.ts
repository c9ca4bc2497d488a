import { connect } from 'node:net';
import { until } from '../support/until.ts';

/** What came back over a socket: status 0 when the connection was closed without an answer. */
export interface RawAnswer {
  readonly status: number;
  readonly head: string;
  readonly body: string;
}

/** A request as bytes. @param body sent as it is; `content-length` is added unless a header says how long it is. */
export function rawRequest(
  lines: readonly string[],
  body: Buffer | string = '',
  { length = true }: { readonly length?: boolean } = {},
): Buffer {
  const bytes = Buffer.from(body);
  const all = length ? [...lines, `content-length: ${bytes.length}`] : lines;
  return Buffer.concat([Buffer.from(`${all.join('\r\n')}\r\n\r\n`, 'latin1'), bytes]);
}

/**
 * Writes bytes to a server and reads until the first answer is whole or the connection ends.
 * @param chunks written one after the other
 * @param givenUp ends it from this side
 * @param again is written behind them for as long as the server neither answers nor closes
 */
export function exchange(
  url: string,
  chunks: Buffer | readonly Buffer[],
  { again, givenUp }: { readonly again?: Buffer; readonly givenUp?: AbortSignal } = {},
): Promise<RawAnswer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port) });
    let received = Buffer.alloc(0);
    const finish = () => {
      socket.destroy();
      resolve(read(received));
    };
    socket.on('data', (bytes: Buffer) => {
      received = Buffer.concat([received, bytes]);
      if (isWhole(received)) finish();
    });
    socket.on('close', finish);
    givenUp?.addEventListener('abort', finish);
    // Whoever refuses may close while we still write.
    socket.on('error', () => {});
    void (async () => {
      for (const chunk of Array.isArray(chunks) ? (chunks as Buffer[]) : [chunks as Buffer]) {
        if (socket.destroyed) return;
        socket.write(chunk);
      }
      if (again)
        await until(() => {
          socket.write(again);
          return socket.destroyed;
        });
    })();
  });
}

function isWhole(bytes: Buffer): boolean {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return false;
  const length = /\r\ncontent-length: (\d+)/i.exec(bytes.subarray(0, end).toString('latin1'))?.[1];
  return length !== undefined && bytes.length >= end + 4 + Number(length);
}

function read(bytes: Buffer): RawAnswer {
  const text = bytes.toString('utf8');
  const end = text.indexOf('\r\n\r\n');
  return {
    status: Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0),
    head: text.slice(0, Math.max(0, end)).toLowerCase(),
    body: end < 0 ? '' : text.slice(end + 4),
  };
}
