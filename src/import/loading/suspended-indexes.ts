import type { Sql } from 'postgres';

/** Fewer rows are inserted faster than the indexes are built anew. */
const worthIt = 100_000;

export interface SuspendOptions {
  readonly schema: string;
  /** The tables that grow. */
  readonly tables: readonly string[];
  /** Rows that are about to come, at a guess. */
  readonly rows: number;
}

/** Puts indexes back. @param only these; without it all that are missing, and the foreign keys */
export type Restore = (only?: readonly string[]) => Promise<void>;

/**
 * When twice as many rows come as are there, takes the indexes and foreign keys of the tables away until the load is
 * done: built at once they cost a fifth of what they cost row by row. Unique indexes stay, they hold promises. So do
 * other triggers than those of the copies, which the refresh after the load makes good.
 * All of it is part of the transaction, so a load that is cut off leaves them as they were; but others can read
 * the tables only when it has ended, which is why a monthly change of a register does not do so.
 * @returns puts back the indexes that are named, and without names everything; foreign keys are checked for all
 *   rows then. Undefined when nothing was taken away.
 */
export async function suspendIndexes(tx: Sql, options: SuspendOptions): Promise<Restore | undefined> {
  const { schema, rows } = options;
  const [size] = await tx`
    select coalesce(max(reltuples), 0) as there from pg_class
    where relnamespace = to_regnamespace(${schema}) and relname::text = any(${options.tables as string[]}::text[])`;
  if (rows < worthIt || rows < 2 * Number(size?.there)) return undefined;
  const keys = await tx<{ name: string; owner: string; definition: string }[]>`
    select format('%I', conname) as name, conrelid::regclass::text as owner, pg_get_constraintdef(oid) as definition
    from pg_constraint
    where contype = 'f' and connamespace = to_regnamespace(${schema})
      and conrelid in (select oid from pg_class where relname::text = any(${options.tables as string[]}::text[]))`;
  const indexes = await tx<{ name: string; relname: string; definition: string }[]>`
    select indexrelid::regclass::text as name, i.relname, pg_get_indexdef(indexrelid) as definition
    from pg_index join pg_class t on t.oid = indrelid join pg_class i on i.oid = indexrelid
    where t.relnamespace = to_regnamespace(${schema}) and t.relname::text = any(${options.tables as string[]}::text[]) and not indisunique`;
  // They do nothing while a loader is at work; asked for each row, they cost a tenth of the load.
  const triggers = await tx<{ owner: string; name: string }[]>`
    select tgrelid::regclass::text as owner, format('%I', tgname) as name from pg_trigger join pg_class t on t.oid = tgrelid
    where t.relnamespace = to_regnamespace(${schema}) and t.relname::text = any(${options.tables as string[]}::text[])
      and tgname like 'copies\\_%' and tgenabled = 'O'`;
  for (const { owner, name } of triggers) await tx.unsafe(`alter table ${owner} disable trigger ${name}`);
  for (const { owner, name } of keys) await tx.unsafe(`alter table ${owner} drop constraint ${name}`);
  for (const { name } of indexes) await tx.unsafe(`drop index ${name}`);
  let missing = [...indexes];
  await tx`select set_config('maintenance_work_mem', '256MB', true)`;
  return async (only) => {
    const built = missing.filter(({ relname }) => !only || only.includes(relname));
    missing = missing.filter((index) => !built.includes(index));
    for (const { definition } of built) await tx.unsafe(definition);
    if (only) return;
    for (const { owner, name, definition } of keys)
      await tx.unsafe(`alter table ${owner} add constraint ${name} ${definition}`);
    for (const { owner, name } of triggers) await tx.unsafe(`alter table ${owner} enable trigger ${name}`);
  };
}

/** How many rows stand in `import_rows`. */
export async function rowsToLoad(tx: Sql): Promise<number> {
  const [found] = await tx`select count(*)::int as rows from import_rows`;
  return found?.rows ?? 0;
}
