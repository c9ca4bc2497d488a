import type { Sql } from 'postgres';
import { getOrMake } from '../../../src/common/get-or-make.ts';
import { checkedHandle, openLike } from '../../../src/store/client.ts';
import type { ConnectionIdentity, Pools } from '../../../src/store/pools.ts';
import { type Runner, StatementFailed } from '../../../src/store/statements.ts';

/** What PostgreSQL says when a role may not read a column, a table or a function. */
export const insufficientPrivilege = '42501';

/** One connection of an identity; its statements run one after the other. */
interface Line {
  readonly sql: Sql;
  last: Promise<unknown>;
}

/**
 * Runs statements in the name of identities, each over one connection that outlives a refusal. The program's own client
 * is thrown away after each error, and tens of thousands of refusals would each cost a log-in. As there, every result is
 * checked to be whole.
 * @param pools whose connections they are like: the same role, settings and types
 */
export function keptConnections(pools: Pools): Runner & { close(): Promise<void> } {
  const lines = new Map<string, Promise<Line>>();
  const open = async (store: string, identity: ConnectionIdentity): Promise<Line> => {
    // A pool connects when it is asked something: of this one only the options are used.
    const pool = await pools.acquire(store, identity);
    pools.release(pool);
    const checks = { onError: (error: unknown) => error, refusal: () => undefined };
    const own = openLike(pool.sql);
    const sql = checkedHandle(own, checks, { end: () => own.end() });
    return { sql, last: Promise.resolve() };
  };
  return {
    isRefusing: () => false,
    tryAgain() {},
    async run(store, identity, text, params, { trace }) {
      trace?.push({ store, text, params });
      const key = `${pools.serverOf(store)} ${JSON.stringify(identity)}`;
      const line = await getOrMake(lines, key, () => open(store, identity));
      const answer = line.last.then(() => line.sql.unsafe(text, params as never[]));
      line.last = answer.catch(() => {});
      try {
        return (await answer) as unknown as Record<string, unknown>[];
      } catch (error) {
        const { code, message } = error as { code?: unknown; message: string };
        throw code === insufficientPrivilege ? new StatementFailed(store, code, message) : error;
      }
    },
    async close() {
      await Promise.all([...lines.values()].map(async (line) => (await line).sql.end()));
    },
  };
}
