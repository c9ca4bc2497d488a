import { sql } from 'drizzle-orm';
import type { EffectFunction, System } from '../../../../contract/doing/department-doing.ts';
import { householdMembers as members, merges, repointings } from '../../tables.ts';
import { changeFlags } from '../flags.ts';
import { sameNumber } from '../same-number.ts';
import { settle } from '../stays.ts';
import { type PersonColumn, personColumns } from './person-columns.ts';
import { pointRows, rowsNaming } from './repoint.ts';

const store = 'public_security';

/**
 * Points every row about a merged person to the one that stays, store by store. Each row is written down before it is
 * changed, so what was cut off is taken up again, and an undoing knows every row.
 */
const repointRows: EffectFunction = async ({ id, outboxId }, system) => {
  const merged = await system.row('Migrant', id);
  if (merged?.status !== 'MERGED') return;
  const [from, to] = [id, String(merged.mergedIntoId)];
  await system.rows(
    store,
    sql`insert into ${merges} ("id", "merged_id", "survivor_id") values (${outboxId}, ${from}::uuid, ${to}::uuid) on conflict do nothing`,
  );
  for (const place of personColumns(system.model)) {
    const ids = await rowsNaming(place, from, system);
    if (ids.length === 0) continue;
    await noteDown(outboxId, place, ids, { from, to }, system);
    const changed = new Set(await pointRows(place, ids, { from, to }, system));
    const left = ids.filter((row) => !changed.has(row));
    if (left.length > 0)
      await system.rows(
        store,
        sql`delete from ${repointings} where ${repointings.mergeId} = ${outboxId} and ${repointings.table} = ${place.table} and ${repointings.column} = ${place.column} and ${repointings.rowId} = any(string_to_array(${left.join(',')}, ','))`,
      );
  }
  await afterwards([from, to], system);
  const doubles = await sameNumber((await system.row('Migrant', to)) ?? {}, to, system);
  if (doubles.length === 0) await changeFlags(to, { remove: ['DUP_SUSPECT'] }, system);
};

const noteDown = (
  mergeId: string,
  { store: where, record, table, column }: PersonColumn,
  ids: readonly string[],
  { from, to }: { readonly from: string; readonly to: string },
  system: System,
) =>
  system.rows(
    store,
    sql`insert into ${repointings} ("merge_id", "store", "record", "table", "column", "row_id", "from", "to") select ${mergeId}, ${where}, ${record}, ${table}, ${column}, r, ${from}::uuid, ${to}::uuid from unnest(string_to_array(${ids.join(',')}, ',')) r on conflict do nothing`,
  );

interface Noted {
  readonly merge: string;
  readonly store: string;
  readonly table: string;
  readonly column: string;
  readonly from: string;
  readonly to: string;
  readonly ids: readonly string[];
}

/** Plays the journal backwards. What was made later stays with the person that stayed (`mergeJournal` lists it). */
const restoreRows: EffectFunction = async ({ id }, system) => {
  const groups = await system.rows<Noted & Record<string, unknown>>(
    store,
    sql`select ${merges.id} as merge, r.store, r."table", r."column", r."from", r."to", array_agg(r.row_id) as ids from ${merges} left join ${repointings} r on r.merge_id = ${merges.id} and r.undone_at is null where ${merges.mergedId} = ${id}::uuid and ${merges.undoneAt} is null group by ${merges.id}, r.store, r."table", r."column", r."from", r."to" order by max(r.id) desc`,
  );
  const columns = personColumns(system.model);
  for (const { merge, table, column, from, to, ids, store: where } of groups) {
    if (table === null) continue;
    const known = columns.find((place) => place.table === table && place.column === column);
    const place = { store: where, table, column, isList: known?.isList ?? false };
    await pointRows(place, ids, { from: to, to: from }, system);
    await system.rows(
      store,
      sql`update ${repointings} set "undone_at" = now() where ${repointings.mergeId} = ${merge} and ${repointings.table} = ${table} and ${repointings.column} = ${column} and ${repointings.undoneAt} is null`,
    );
  }
  await system.rows(
    store,
    sql`update ${merges} set "undone_at" = now() where ${merges.mergedId} = ${id}::uuid and ${merges.undoneAt} is null`,
  );
  const survivors = new Set(groups.flatMap(({ to }) => to ?? []));
  await afterwards([id, ...survivors], system);
  await system.change('Migrant', id, 'depart');
  const person = await system.row('Migrant', id);
  const doubles = person ? await sameNumber(person, id, system) : [];
  for (const double of doubles.length > 0 ? [id, ...doubles] : [])
    await changeFlags(double, { add: ['DUP_SUSPECT'] }, system);
};

/** Where the persons live, and with whom, follows from the rows that are theirs now. */
async function afterwards(persons: readonly string[], system: System): Promise<void> {
  for (const person of persons) {
    await settle(person, system);
    const row = await system.row('Migrant', person);
    const [open] = await system.rows<{ household: string }>(
      store,
      sql`select ${members.householdId} as household from ${members} where ${members.personId} = ${person}::uuid and ${members.endsOn} is null limit 1`,
    );
    const householdId = open?.household ?? null;
    if (row && row.householdId !== householdId)
      await system.change('Migrant', person, 'changeHousehold', { householdId });
  }
}

export const mergeEffects: Readonly<Record<string, EffectFunction>> = { repointRows, restoreRows };
