import { mapColumnsInSQLToAlias, type SQL, sql } from 'drizzle-orm';
import { parseDeadline } from '../../contract/deadlines/expression.ts';
import type { DoingPlan, DoneRecord } from '../../contract/doing/doing-plan.ts';
import type { Transition } from '../../contract/doing/transition.ts';
import { deadlineSql } from '../../database/deadlines/deadline-sql.ts';
import { aliased, fromTable } from '../../database/rows/scope-sql.ts';
import { boundToSession } from '../../database/wall/settings.ts';
import { StoreUnavailable } from '../../store/statements.ts';
import { instantOn } from './instant.ts';
import type { SystemDoer } from './system-doer.ts';

/** Records that one round changes along one row of the do-matrix; the next round goes on. */
const atOnce = 500;

/**
 * Lets happen what the do-matrix says happens by itself: rows of the system with a deadline that has passed, or with
 * guards that hold now. Rows with neither happen as effects of others.
 */
export class ByItself {
  readonly #plan: DoingPlan;
  readonly #system: SystemDoer;
  readonly #today: () => string;
  readonly #onFailure: (what: string, code: string) => void;
  /** What was told already: the rounds come every minute. */
  readonly #told = new Set<string>();

  constructor(
    plan: DoingPlan,
    system: SystemDoer,
    today: () => string,
    onFailure: (what: string, code: string) => void,
  ) {
    this.#plan = plan;
    this.#system = system;
    this.#today = today;
    this.#onFailure = onFailure;
  }

  /** Tells of a failure once; a store that is down is told of by its pools. */
  #failed(what: string, error: unknown): void {
    const { code, name } = error as { code?: unknown; name: string };
    if (error instanceof StoreUnavailable || this.#told.has(what)) return;
    this.#told.add(what);
    this.#onFailure(what, String(code ?? name));
  }

  /**
   * One round. A store that is down is left to the next.
   * @param only records of these types; of all where it is left out
   * @returns how many records changed
   */
  async sweep(only?: ReadonlySet<string>): Promise<number> {
    let count = 0;
    for (const done of this.#plan.records.values())
      for (const transition of only && !only.has(done.record.name) ? [] : done.transitions)
        if (happensByItself(transition)) count += await this.#along(done, transition);
    return count;
  }

  async #along(done: DoneRecord, transition: Transition): Promise<number> {
    const { record } = done;
    let rows: readonly { readonly id: string }[];
    try {
      rows = await this.#system.rows<{ id: string }>(record.store, this.#due(done, transition));
    } catch (error) {
      this.#failed(`${record.name}.${transition.event}`, error);
      return 0;
    }
    let count = 0;
    for (const { id } of rows)
      try {
        if (await this.#system.change(record.name, id, transition.event)) count += 1;
      } catch (error) {
        this.#failed(`${record.name}.${transition.event}`, error);
      }
    return count;
  }

  #due({ record, state, guards }: DoneRecord, { from, deadline, guards: names }: Transition): SQL {
    const conditions: SQL[] = [];
    const held = state && record.columns[state];
    if (Array.isArray(from) && held)
      conditions.push(
        sql`${aliased('t', held)} in (${sql.join(
          from.map((each) => sql`${each}`),
          sql`, `,
        )})`,
      );
    if (deadline) {
      const { due, type } = deadlineSql(parseDeadline(deadline), record.source.table, record.source.clocks);
      const at = mapColumnsInSQLToAlias(due, 't');
      conditions.push(
        type === 'day'
          ? sql`${at} < ${this.#today()}::date`
          : sql`${at} < ${instantOn(this.#today())}::timestamptz`,
      );
    }
    const others = { today: `'${this.#today()}'::date` };
    for (const name of names) {
      const guard = guards[name]!;
      if (!guard.after)
        conditions.push(
          sql`coalesce((${sql.raw(
            boundToSession(
              guard.holds((column) => aliased('t', column)),
              others,
            ),
          )}), false)`,
        );
    }
    return sql`select "t"."id"::text as "id" from ${fromTable(record.source.table, 't')} where ${sql.join(conditions, sql` and `)} order by "t"."id" limit ${atOnce}`;
  }
}

const happensByItself = ({ bySystem, from, deadline, guards }: Transition): boolean =>
  bySystem && from !== 'NEW' && (deadline !== null || guards.length > 0);
