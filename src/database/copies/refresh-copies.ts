import type { Sql } from 'postgres';
import { copyStream } from '../../store/copy.ts';
import { copyText } from '../../store/copy-text.ts';
import { inTransaction } from '../../store/transaction.ts';
import type { LinkServers } from '../links/refresh.ts';
import {
  type CarriedTable,
  type CopyingStore,
  carriedTables,
  partTables,
  placeColumns,
  type Register,
  registerOf,
  shieldColumn,
} from './carried.ts';
import { carryStatement, isAbout, partStatement, personsOfRow, settleStatement } from './carry-sql.ts';

const chunkRows = 5000;
/** Where the register is on another server. */
const lookedUp = 'carried_persons';

/**
 * Makes the rows of all stores carry what the register says of their persons, and persons what their stays say.
 * Between stores of one database triggers have done it already; after a load (`bulk.ts`), and for stores of other
 * servers, this does. Each server has one transaction; one that does not answer keeps no shield from the others.
 * @param persons ids of those whose rows are looked at; everybody without it
 * @param only the stores whose rows are looked at; all without it
 * @throws the first server's error, after all have been tried
 */
export async function refreshCopies(
  servers: LinkServers,
  stores: readonly CopyingStore[],
  persons?: readonly string[],
  only: readonly CopyingStore[] = stores,
): Promise<void> {
  if (persons?.length === 0) return;
  const register = registerOf(stores);
  const groups = [...Map.groupBy(only, ({ store }) => servers.serverOf(store))];
  const home = servers.serverOf(register.store);
  // The register first: the others ask it.
  groups.sort(([a], [b]) => Number(b === home) - Number(a === home));
  const copy = (server: string, held: readonly CopyingStore[]) =>
    inTransaction(servers.ownerOf(held[0]?.store ?? ''), async (tx) => {
      const tables = carriedTables(held);
      const params = persons ? [persons as never] : [];
      const ids = persons && '$1::uuid[]';
      if (server === home) await tx.unsafe(settleStatement(register, ids), params);
      else await lookUp(tx, servers.ownerOf(register.store), register, tables, persons);
      const source = server === home ? register.name : lookedUp;
      for (const table of tables)
        await tx.unsafe(carryStatement(table, source, ids ? { ids } : 'ALL'), params);
      for (const part of partTables(held)) {
        const whole = tables.find(({ name }) => name === part.whole);
        const wholes = ids && whole && `array(select t.id from ${whole.name} t where ${isAbout(whole, ids)})`;
        await tx.unsafe(partStatement(part, wholes), wholes ? params : []);
      }
    });
  const failed: unknown[] = [];
  for (const [server, held] of groups) await copy(server, held).catch((error: unknown) => failed.push(error));
  if (failed.length > 0) throw failed[0];
}

/** Brings what the register says of persons into a transaction on another server. */
async function lookUp(
  tx: Sql,
  owner: Sql,
  register: Register,
  tables: readonly CarriedTable[],
  persons: readonly string[] | undefined,
): Promise<void> {
  await tx.unsafe(`create temp table ${lookedUp} (id uuid primary key, subdistrict_code text, station_code text,
    neighbourhood_code text, shielded boolean) on commit drop`);
  const columns = ['id', ...placeColumns, shieldColumn].join(', ');
  const query = `select ${columns} from ${register.name}`;
  async function* lines() {
    if (!persons) {
      for await (const rows of owner.unsafe(query).cursor(chunkRows))
        for (const row of rows) yield `${Object.values(row).map(copyText).join('\t')}\n`;
      return;
    }
    const needed = [...(await withOthers(tx, tables, persons))];
    for (let n = 0; n < needed.length; n += chunkRows) {
      const chunk = needed.slice(n, n + chunkRows);
      const rows = await owner.unsafe(`${query} where id = any($1::uuid[])`, [chunk as never]).values();
      for (const row of rows) yield `${row.map(copyText).join('\t')}\n`;
    }
  }
  const found: string[] = [];
  for await (const line of lines()) found.push(line);
  await copyStream(tx, `copy ${lookedUp} (${columns}) from stdin`, found);
  await tx.unsafe(`analyze ${lookedUp}`);
}

/** Some persons, and those who stand with them in rows about several: the shield of each counts. */
async function withOthers(
  tx: Sql,
  tables: readonly CarriedTable[],
  persons: readonly string[],
): Promise<ReadonlySet<string>> {
  const all = new Set(persons);
  for (const table of tables) {
    if (table.persons.length === 1 && !table.others) continue;
    const rows = await tx.unsafe<{ id: string }[]>(
      `select distinct p.id::text as id from ${table.name} t cross join lateral (${personsOfRow(table, 't')}) p
        where ${isAbout(table, '$1::uuid[]')} and p.id is not null`,
      [persons as never],
    );
    for (const { id } of rows) all.add(id);
  }
  return all;
}
