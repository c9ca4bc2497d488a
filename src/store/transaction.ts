import postgres, { type Sql } from 'postgres';

/** A statement was sent on a transaction that had failed or ended: a fault of this program. */
export class TransactionOver extends Error {
  override readonly name = 'TransactionOver';

  constructor() {
    super('A statement was sent on a transaction that has failed or ended.');
  }
}

/** What is used of a query of postgres.js: how its connection reports an error to it. */
interface Watched {
  reject?: (error: unknown) => void;
}

/** The server has ended the backend, or the way to it is gone. */
const lostCodes = /^(57P|CONNECTION_|E[A-Z])/;

/**
 * Runs work in a transaction on a connection of its own, whose handle takes nothing more after its first error and
 * nothing after its end.
 *
 * postgres.js 3.4.9 sends what comes on a handle, its own `rollback` too, to the handle's connection, even when the
 * backend was ended and the pool has given the connection to somebody else: it then runs inside another's
 * transaction (porsager/postgres #1216). So nobody else ever gets this connection, and the handle itself refuses,
 * whatever the work does with an error.
 * @param owner a pool on the same database; nothing of it is used but how it connects
 * @throws what the work throws; TransactionOver, to whoever goes on
 */
export async function inTransaction<T>(owner: Sql, work: (tx: Sql) => Promise<T>): Promise<T> {
  // `shared` is what the driver keeps between the connections of one pool.
  const options = { ...owner.options, max: 1, idle_timeout: undefined, shared: undefined };
  const own = postgres(options as unknown as postgres.Options<Record<string, postgres.PostgresType>>);
  const { promise: lost, reject: lose } = Promise.withResolvers<never>();
  lost.catch(() => {});
  let [over, gone] = [false, false];
  const onError = (error: unknown) => {
    over = true;
    gone ||= lostCodes.test(String((error as { code?: unknown }).code ?? ''));
  };
  try {
    const begun = own.begin(async (transaction) => {
      try {
        return await work(guard(transaction as unknown as Handle, { isOver: () => over, onError }));
      } catch (error) {
        if (!gone) throw error;
        // Not to the driver: it would write its `rollback` to a socket that is none any more, and throw from a timer.
        lose(error);
        return await new Promise<never>(() => {});
      } finally {
        over = true;
      }
    });
    begun.catch(() => {});
    return (await Promise.race([begun, lost])) as T;
  } finally {
    await own.end({ timeout: 5 });
  }
}

type Handle = ((...args: unknown[]) => unknown) & Record<PropertyKey, unknown>;

/** The handle of a transaction that asks before each statement and is told of each error. */
function guard(
  handle: Handle,
  { isOver, onError }: { readonly isOver: () => boolean; readonly onError: (error: unknown) => void },
): Sql {
  const call = (run: (...args: unknown[]) => unknown, args: unknown[]) => {
    if (isOver()) throw new TransactionOver();
    const made = run(...args) as Watched | undefined;
    const reject = made?.reject;
    // Lists and names for a statement are made by the handle too, and cannot fail.
    if (made && typeof reject === 'function')
      made.reject = (error) => {
        onError(error);
        reject(error);
      };
    return made;
  };
  return new Proxy(handle, {
    apply: (target, _self, args) => call(target, args),
    get: (target, name) => {
      const value = target[name];
      return typeof value === 'function' ? (...args: unknown[]) => call(value.bind(target), args) : value;
    },
  }) as unknown as Sql;
}
