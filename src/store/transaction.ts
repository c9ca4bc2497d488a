import type { Sql } from 'postgres';
import { checkedHandle, openLike } from './client.ts';

/** A statement was sent on a transaction that had failed or ended: a fault of this program. */
export class TransactionOver extends Error {
  override readonly name = 'TransactionOver';

  constructor() {
    super('A statement was sent on a transaction that has failed or ended.');
  }
}

/** The server has ended the backend, or the connection to it is lost. */
const lostCodes = /^(57P|CONNECTION_|E[A-Z])/;

/**
 * Runs work in a transaction on a connection of its own. The handle refuses every statement after its first
 * error and after its end.
 *
 * postgres.js 3.4.9 sends each statement of a handle, its own `rollback` too, to the handle's connection,
 * even when the backend was ended and the pool has given the connection to another caller. The statement then
 * runs inside another transaction (porsager/postgres #1216). So nobody else ever gets this connection, and
 * the handle itself refuses, whatever the work does with an error.
 * @param owner a pool on the same database; only its way to connect is used
 * @throws what the work throws; TransactionOver, to work that goes on
 */
export async function inTransaction<T>(owner: Sql, work: (tx: Sql) => Promise<T>): Promise<T> {
  const own = openLike(owner);
  const { promise: lost, reject: lose } = Promise.withResolvers<never>();
  lost.catch(() => {});
  let [over, gone] = [false, false];
  const onError = (error: unknown) => {
    over = true;
    gone ||= lostCodes.test(String((error as { code?: unknown }).code ?? ''));
    return error;
  };
  try {
    const begun = own.begin(async (transaction) => {
      try {
        const handle = checkedHandle(transaction as unknown as Sql, { onError, refusal: () => undefined });
        return await work(guard(handle, () => over));
      } catch (error) {
        if (!gone) throw error;
        // The driver must not see this error: it would write its `rollback` to a dead socket, and throw from
        // a timer.
        lose(error);
        return await new Promise<never>(() => {});
      } finally {
        over = true;
      }
    });
    begun.catch(() => {});
    return (await Promise.race([begun, lost])) as T;
  } finally {
    // Where the connection is lost, there is nothing to wait for.
    await own.end({ timeout: gone ? 0 : 5 });
  }
}

/** The handle of a transaction that checks before each statement whether the transaction is over. */
function guard(handle: Sql, isOver: () => boolean): Sql {
  type Call = (...args: unknown[]) => unknown;
  const call = (run: Call, args: unknown[]) => {
    if (isOver()) throw new TransactionOver();
    return run(...args);
  };
  return new Proxy(handle, {
    apply: (target, _self, args) => call(target as unknown as Call, args),
    get: (target, name) => {
      const value: unknown = target[name as keyof Sql];
      return typeof value === 'function' ? (...args: unknown[]) => call(value as Call, args) : value;
    },
  });
}
