import { StoreUnavailable } from '../../store/statements.ts';

/** The server is going down, coming up, full, or has another database than was looked for; or it was too slow. */
const awayCodes = /^(08|53|57P|55000$|57014$|3D000$)/;

/**
 * What a look-up of the system gives. @throws StoreUnavailable where the store does not answer, as for a statement of a
 * viewer: what waits for the store is then done when it is back.
 */
export async function lookedUp<T>(store: string, asked: PromiseLike<T>): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    const { name, code = '' } = error as { name?: string; code?: string };
    // The driver's own errors have codes that are no SQLSTATE: CONNECTION_CLOSED, ECONNREFUSED.
    const isAway = name === 'PostgresError' ? awayCodes.test(code) : /^(E[A-Z]+|CONNECT\w*)$/.test(code);
    throw isAway ? new StoreUnavailable(store, code === '57014' ? 'deadline' : 'connection') : error;
  }
}
