import type { Sql } from 'postgres';
import { getOrMake } from '../../../src/common/get-or-make.ts';
import { openLike } from '../../../src/store/client.ts';
import { settingNames, settingValues } from '../../../src/store/identity-settings.ts';
import type { Pools } from '../../../src/store/pools.ts';
import { type Runner, StatementFailed } from '../../../src/store/statements.ts';

/**
 * Runs each statement of the program over one connection a viewer in a transaction of its own, which is taken back: whatever a
 * mutation does has happened, and then it has not, so thousands can be tried on one row.
 * @param pools whose connections it is like; as whom they log in decides which wall is asked
 */
export function takenBack(pools: Pools): Runner & { close(): Promise<void> } {
  const lines = new Map<string, Promise<Sql>>();
  let last: Promise<unknown> = Promise.resolve();
  const open = async (store: string, identity: Parameters<Runner['run']>[1]) => {
    const pool = await pools.acquire(store, identity);
    pools.release(pool);
    // A pool connects when it is asked something: of this one only the options are used.
    return openLike(pool.sql);
  };
  return {
    isRefusing: () => false,
    tryAgain() {},
    run(store, identity, text, params, { trace }) {
      const answer = last.then(async () => {
        trace?.push({ store, text, params });
        const sql = await getOrMake(lines, identity.viewer, () => open(store, identity));
        await sql`begin`;
        try {
          const values = settingValues(identity);
          await sql.unsafe(
            `select ${settingNames.map((name, i) => `set_config('${name}', $${i + 1}, true)`).join(', ')}`,
            values as string[],
            { prepare: true },
          );
          const rows = await sql.unsafe(text, params as never[], { prepare: true });
          return rows as unknown as Record<string, unknown>[];
        } catch (error) {
          const { code = '', message, constraint_name, column_name } = error as Record<string, string>;
          throw new StatementFailed(store, code, message, {
            constraint: constraint_name,
            column: column_name,
          });
        } finally {
          await sql`rollback`;
        }
      });
      last = answer.catch(() => {});
      return answer;
    },
    async close() {
      await Promise.all([...lines.values()].map(async (line) => (await line).end()));
    },
  };
}
