import { type SQL, sql } from 'drizzle-orm';
import { PgDialect, type PgTable } from 'drizzle-orm/pg-core';
import type { Sql } from 'postgres';
import { inTransaction } from '../../store/transaction.ts';
import { columnOf, conditionSql, referencesOf } from './conditions.ts';
import { endOf, type PlacedRetention } from './place-retention.ts';

/** What became, or would become, of the records of a table. Numbers and days only. */
export interface RetentionCount {
  readonly term: PlacedRetention;
  /** Deleted or anonymised; in a dry run what would be. */
  readonly ended: number;
  /** Their term is over, but they, or what they belong to, are under a legal hold. */
  readonly held: number;
  /** Their term is over, but records that stay name them. */
  readonly named: number;
  /** The next day on which the term of some is over. */
  readonly next: string | null;
}

const dialect = new PgDialect();
/** Rows of a transaction. */
const batch = 1000;

/**
 * Counts the records whose term is over, and ends them unless it is a dry run: a transaction for each batch, with
 * their reminders.
 * @param terms in their order: rows that name others go first
 * @param ownerOf the owner's connections to the database of a store
 * @param today the district's day
 */
export async function applyRetention(
  terms: readonly PlacedRetention[],
  ownerOf: (store: string) => Sql,
  { today, isDry }: { readonly today: string; readonly isDry: boolean },
): Promise<readonly RetentionCount[]> {
  const counts: RetentionCount[] = [];
  for (const term of terms) {
    if (term.rule.action === 'KEEP') continue;
    const owner = ownerOf(term.store);
    const sure = new Conditions(terms, today);
    const would = isDry ? await count(owner, term, sure.ending(term)) : 0;
    const ended = isDry ? would : await end(owner, term, sure);
    counts.push({
      term,
      ended,
      held: await count(owner, term, sql`${sure.over(term)} and ${sure.held(term)}`),
      named: await count(
        owner,
        term,
        sql`${sure.over(term)} and not ${sure.held(term)} and not ${sure.ending(term)}`,
      ),
      next: await next(owner, term, today),
    });
  }
  return counts;
}

/** When a record's term is over, whether it is held, and whether it can go. */
class Conditions {
  readonly #terms: readonly PlacedRetention[];
  readonly #today: string;

  constructor(terms: readonly PlacedRetention[], today: string) {
    this.#terms = terms;
    this.#today = today;
  }

  over(term: PlacedRetention): SQL {
    const { rule, table } = term;
    if (rule.action === 'KEEP') return sql`false`;
    const conditions = rule.while.map((condition) => conditionSql(condition, table));
    // What has been cleared is over.
    if (rule.action === 'ANONYMISE') conditions.push(sql`(${sql.join(this.#different(term), sql` or `)})`);
    return sql.join([sql`${endOf(rule, table)} <= ${this.#today}::date`, ...conditions], sql` and `);
  }

  #different({ rule, table }: PlacedRetention): SQL[] {
    return rule.clears.map(({ property, value }) => {
      const column = columnOf(table, property);
      return value === null ? sql`${column} is not null` : sql`${column} is distinct from ${value}`;
    });
  }

  /** Held itself, or by what it belongs to. */
  held({ records, table }: PlacedRetention): SQL {
    // A unit, whose id is a text, is kept for ever.
    const parents = referencesOf(table)
      .filter(({ column }) => column.getSQLType() === 'uuid')
      .map(({ column, to }) => ({
        records: this.#terms.find((term) => term.table === to)?.records ?? [],
        id: sql`${column}`,
      }));
    const places = [{ records, id: sql`${columnOf(table, 'id')}` }, ...parents].filter(
      (place) => place.records.length > 0,
    );
    const holds = places.map(
      (place) => sql`exists (select from access.legal_holds h where h.record_id = ${place.id}
        and h.record in (${listOf(place.records)}) and (h.until is null or h.until >= ${this.#today}::date))`,
    );
    return sql`(${sql.join(holds, sql` or `)})`;
  }

  /** Over, not held, and named by no row that stays. */
  ending(term: PlacedRetention): SQL {
    const ready = sql`${this.over(term)} and not ${this.held(term)}`;
    return term.rule.action === 'DELETE' ? sql`(${ready} and not ${this.#named(term)})` : sql`(${ready})`;
  }

  #named({ table, namedBy }: PlacedRetention): SQL {
    const id = columnOf(table, 'id');
    const stays = namedBy.map(({ from, column }) => {
      // Of rows of the same table the last one goes first; then the others have their turn.
      if (from === table)
        return sql`exists (select from ${table} other where other.${sql.identifier(column.name)} = ${id})`;
      const namer = this.#terms.find((term) => term.table === from);
      const goes = namer?.rule.action === 'DELETE' ? this.ending(namer) : sql`false`;
      return sql`exists (select from ${from} where ${column} = ${id} and (${goes}) is not true)`;
    });
    return stays.length > 0 ? sql`(${sql.join(stays, sql` or `)})` : sql`false`;
  }
}

async function run(owner: Sql, statement: SQL) {
  const { sql: text, params } = dialect.sqlToQuery(statement);
  return await owner.unsafe(text, params as never[]);
}

async function count(owner: Sql, { table }: PlacedRetention, condition: SQL): Promise<number> {
  const [row] = await run(owner, sql`select count(*)::int as n from ${table} where ${condition}`);
  return Number(row?.n);
}

async function next(owner: Sql, { rule, table }: PlacedRetention, today: string): Promise<string | null> {
  const conditions = [sql`true`, ...rule.while.map((condition) => conditionSql(condition, table))];
  const end = endOf(rule, table);
  const [row] = await run(
    owner,
    sql`select min(${end})::text as day from ${table} where ${end} > ${today}::date and ${sql.join(conditions, sql` and `)}`,
  );
  return (row?.day as string | null | undefined) ?? null;
}

/** Batch after batch, until none is left that can go. */
async function end(owner: Sql, term: PlacedRetention, sure: Conditions): Promise<number> {
  const { table } = term;
  const id = columnOf(table, 'id');
  let ended = 0;
  for (;;) {
    const gone = await inTransaction(owner, async (tx) => {
      const rows = await run(
        tx,
        sql`select ${id} as id from ${table} where ${sure.ending(term)} order by ${id} limit ${sql.raw(String(batch))} for update`,
      );
      if (rows.length === 0) return 0;
      const these = sql`= any(${`{${rows.map((row) => row.id).join(',')}}`}::uuid[])`;
      await run(
        tx,
        term.rule.action === 'DELETE' ? sql`delete from ${table} where ${id} ${these}` : cleared(term, these),
      );
      await run(tx, sql`delete from access.reminders where record_id ${these}`);
      if (term.rule.action === 'DELETE')
        await run(tx, sql`delete from access.legal_holds where record_id ${these}`);
      return rows.length;
    });
    ended += gone;
    if (gone === 0) return ended;
  }
}

/** Says nothing of when: the day of the last change stays that of the record. */
function cleared({ rule, table }: PlacedRetention, these: SQL): SQL {
  const changes = rule.clears.map(
    ({ property, value }) => sql`${sql.identifier(columnOf(table, property).name)} = ${value}`,
  );
  changes.push(sql`record_version = record_version + 1`);
  return sql`update ${table} set ${sql.join(changes, sql`, `)} where ${columnOf(table as PgTable, 'id')} ${these}`;
}

const listOf = (names: readonly string[]): SQL =>
  sql.join(
    names.map((name) => sql`${name}`),
    sql`, `,
  );
