import { connect, type Socket } from 'node:net';
import postgres, { type Sql } from 'postgres';
import { BrokenResult, checkQuery, type QueryChecks } from './checked-query.ts';

export type ClientOptions = postgres.Options<Record<string, postgres.PostgresType>>;

/** A client of this program: a handle of postgres.js with checked results. */
export type Client = Sql & {
  /** Throws its connections away, with all that they still answer. */
  abandon(): void;
};

/**
 * The error of a statement whose connection was thrown away for another statement's error. It may be sent
 * again.
 */
export class ConnectionThrownAway extends Error {
  override readonly name = 'ConnectionThrownAway';
  readonly code = 'CONNECTION_THROWN_AWAY';

  constructor() {
    super('The connection was thrown away after an error of another statement.');
  }
}

/** The server that answers is no PostgreSQL, or has no room for anybody. */
class ClosedAtOnce extends Error {
  readonly code = 'ECONNRESET';

  constructor() {
    super('The server closes connections before it has said anything.');
  }
}

const lostConnection = /^(CONNECTION_|ECONN|EPIPE)/;

/**
 * Opens the only kind of client in this program. Every result is checked. After the first error of any
 * statement no further result is used, and the client's connections are closed. Whoever opened the client
 * opens another.
 * @param onBroken called once, at the first error, with whether it was the loss of a connection
 */
export function openClient(url: string, options: ClientOptions, onBroken: (isLost: boolean) => void): Client {
  const sockets = new Set<Socket>();
  const unanswered = new Set<(error: unknown) => void>();
  let broken = false;
  const raw = postgres(
    url,
    withSockets(options, sockets, () => broken),
  );
  const breakOff = (isLost = false) => {
    if (broken) return;
    broken = true;
    onBroken(isLost);
    void raw.end({ timeout: 0 }).finally(() => {
      // The driver leaves alone connections that are being opened, and statements that wait for one.
      for (const socket of sockets) if (socket.connecting) socket.destroy();
      for (const refuse of unanswered) refuse(new ConnectionThrownAway());
      unanswered.clear();
    });
  };
  const checks: QueryChecks = {
    onError(error) {
      const isLost = lostConnection.test(String((error as { code?: unknown })?.code ?? ''));
      const isVictim = broken && isLost;
      breakOff(isLost);
      return isVictim ? new ConnectionThrownAway() : error;
    },
    refusal: () => (broken ? new ConnectionThrownAway() : undefined),
    unanswered,
  };
  return checkedHandle(raw as unknown as Sql, checks, {
    async begin(...args: unknown[]) {
      const work = args.pop() as (tx: Sql) => unknown;
      const begin = raw.begin as unknown as (...args: unknown[]) => Promise<unknown>;
      try {
        return await begin(...args, (tx: Sql) => work(checkedHandle(tx, inTransactionChecks)));
      } catch (error) {
        breakOff();
        throw error;
      }
    },
    end: (ending) => raw.end(ending as { timeout?: number }),
    abandon: () => breakOff(),
  }) as Client;
}

/** The driver first rolls back on the same connection; then its client is given up. */
const inTransactionChecks: QueryChecks = { onError: (error) => error, refusal: () => undefined };

/**
 * A client of one connection, like those of another client, for one transaction.
 * @param owner only its way to connect is used
 */
export function openLike(owner: Sql): Sql {
  // `shared` is what the driver keeps between the connections of one pool.
  const options = { ...owner.options, max: 1, idle_timeout: undefined, shared: undefined };
  return postgres(withSockets(options as unknown as ClientOptions, new Set(), () => false)) as unknown as Sql;
}

type Call = (...args: unknown[]) => unknown;

/** The used methods of the driver's handles. `reserve`, `savepoint` and the like would bypass the check. */
const offered = ['options', 'parameters', 'types', 'typed', 'array', 'json'] as const;

/** A handle of postgres.js (a client, or a transaction) whose queries are checked. */
export function checkedHandle(handle: Sql, checks: QueryChecks, more: Record<string, Call> = {}): Sql {
  const raw = handle as unknown as Call & Record<string, unknown>;
  const unsafe = raw.unsafe as Call;
  const checked = (...args: unknown[]) => checkQuery(raw(...args), checks);
  const kept = Object.fromEntries(offered.filter((name) => name in raw).map((name) => [name, raw[name]]));
  return Object.assign(checked, kept, more, {
    unsafe: (...args: unknown[]) => checkQuery(unsafe(...args), checks),
  }) as unknown as Sql;
}

/** Where postgres.js connects to. A URL names one host. */
interface Address {
  readonly host: readonly string[];
  readonly port: readonly number[];
  readonly path?: string | false;
}

/**
 * Makes the driver use sockets of ours, which send each write at once. The driver's own sockets hold a write
 * back for the server's delayed acknowledgement, and a COPY takes 88 ms longer. A socket is handed over while
 * it connects: writes wait meanwhile, and postgres.js hears of a failure and tries again, as with its own
 * sockets.
 * @param sockets the open sockets
 */
function withSockets(options: ClientOptions, sockets: Set<Socket>, isOver: () => boolean): ClientOptions {
  const socket = ({ host: [host = 'localhost'], port: [port = 5432], path }: Address): Socket => {
    // The client was given up while this retry waited.
    if (isOver()) throw new ConnectionThrownAway();
    const made = path ? connect({ path }) : connect({ host, port, noDelay: true });
    sockets.add(made);
    made.once('close', () => sockets.delete(made));
    // A server that closes without a word does so again: postgres.js would try for ever, hundreds of times a
    // second.
    made.once('end', () => {
      if (made.bytesRead === 0) made.destroy(new ClosedAtOnce());
    });
    // The certificate, where there is one, is compared with this name.
    return Object.assign(made, { host });
  };
  return { ...options, socket } as unknown as ClientOptions;
}

export const isVictim = (error: unknown): boolean =>
  error instanceof ConnectionThrownAway || error instanceof BrokenResult;
