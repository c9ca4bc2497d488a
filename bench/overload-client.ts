import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** What the client is told, as JSON in its only argument. */
export interface ClientOrder {
  readonly port: number;
  readonly body: string;
  /** Each connection asks as one of them. */
  readonly tokens: readonly string[];
  readonly connections: number;
  readonly seconds: number;
  /** What a refused one does: waits as long as Retry-After says, or asks again at once. */
  readonly refused: 'wait' | 'again';
  /** Whether a connection is kept for the next request. */
  readonly keeps: boolean;
  /** All ask once, together, and again when all are answered and half a second has gone by. */
  readonly together: boolean;
}

/** What the client saw, as JSON on its only line. */
export interface ClientReport {
  /** Milliseconds from the request to the whole answer. */
  readonly answered: readonly number[];
  readonly refused: readonly number[];
  /** Answers of other states than 200 and 503, or with errors. */
  readonly wrong: number;
  /** Connections that were opened after the first ones. */
  readonly reopened: number;
  /** Times that a connection ended without an answer. */
  readonly cut: number;
}

interface Answer {
  readonly status: number;
  readonly retryAfterMs: number;
  readonly hasErrors: boolean;
}

const order = JSON.parse(process.argv[2] ?? '') as ClientOrder;
const answered: number[] = [];
const refused: number[] = [];
let [wrong, opened, cut] = [0, 0, 0];

/** One kept connection, opened again when the server has closed it. */
class Connection {
  readonly #request: Buffer;
  #socket: ReturnType<typeof connect> | undefined;

  constructor(token: string) {
    const { port, body, keeps } = order;
    this.#request = Buffer.from(
      `POST /graphql HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\nauthorization: Bearer ${token}\r\nlaihu-purpose: REGISTRATION\r\n` +
        `connection: ${keeps ? 'keep-alive' : 'close'}\r\n` +
        `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
  }

  /** @returns undefined when the connection ends before the answer is whole */
  ask(): Promise<Answer | undefined> {
    const socket = this.#open();
    return new Promise((resolve) => {
      let [got, end, length] = ['', -1, 0];
      const done = (answer: Answer | undefined) => {
        socket.removeAllListeners('data').removeAllListeners('close');
        if (!answer || /\r\nconnection: close/i.test(got.slice(0, end))) {
          socket.destroy();
          this.#socket = undefined;
        }
        resolve(answer);
      };
      socket.on('close', () => done(undefined));
      socket.on('data', (text: string) => {
        got += text;
        if (end < 0) {
          end = got.indexOf('\r\n\r\n');
          if (end < 0) return;
          length = Number(/\r\ncontent-length: (\d+)/i.exec(got)?.[1]);
        }
        if (got.length < end + 4 + length) return;
        done({
          status: Number(got.slice(9, 12)),
          retryAfterMs: 1000 * Number(/\r\nretry-after: (\d+)/i.exec(got.slice(0, end))?.[1] ?? 0),
          hasErrors: got.startsWith('{"errors"', end + 4),
        });
      });
      socket.write(this.#request);
    });
  }

  #open() {
    if (this.#socket) return this.#socket;
    opened += 1;
    // One character a byte, so that lengths compare.
    this.#socket = connect(order.port, '127.0.0.1').setEncoding('latin1').setNoDelay(true);
    this.#socket.on('error', () => {});
    return this.#socket;
  }

  end(): void {
    this.#socket?.destroy();
  }
}

/** Asks once and writes down how long it took. @returns how long to wait before the next time, milliseconds */
async function askOnce(connection: Connection): Promise<number> {
  const began = performance.now();
  const answer = await connection.ask();
  const took = performance.now() - began;
  if (!answer) {
    cut += 1;
    return 0;
  }
  if (answer.status === 503) {
    refused.push(took);
    return order.refused === 'wait' ? answer.retryAfterMs : 0;
  }
  if (answer.status === 200 && !answer.hasErrors) answered.push(took);
  else wrong += 1;
  return 0;
}

const { tokens, seconds } = order;
const connections = Array.from(
  { length: order.connections },
  (_, i) => new Connection(tokens[i % tokens.length] ?? ''),
);
const until = performance.now() + seconds * 1000;
if (order.together)
  while (performance.now() < until) {
    await Promise.all(connections.map(askOnce));
    await sleep(500);
  }
else
  await Promise.all(
    connections.map(async (connection) => {
      while (performance.now() < until) {
        const waitMs = await askOnce(connection);
        if (waitMs > 0) await sleep(Math.min(waitMs, Math.max(0, until - performance.now())));
      }
    }),
  );
for (const connection of connections) connection.end();
const report: ClientReport = {
  answered,
  refused,
  wrong,
  cut,
  reopened: Math.max(0, opened - connections.length),
};
console.log(JSON.stringify(report));
