import { type SQL, sql } from 'drizzle-orm';
import { compile, type Statement } from '../reads/statement.ts';
import { type Fact, mergedFaults, named, ref } from './facts.ts';
import { type FilteredPage, Ledger, type ReadPlace } from './ledger.ts';
import { RowTexts } from './row-text.ts';
import type { LinkPlace, PagePlace, RootShape } from './shape.ts';
import { type FusedParts, idOfRoot, objectsOfPage, type Source, type Sources } from './sources.ts';

/** One statement that makes the answer to root fields. */
export interface FusedStatement extends Statement {
  /** The column of each root field. */
  readonly roots: readonly { readonly name: string; readonly column: string }[];
  readonly places: readonly ReadPlace[];
  readonly filtered: readonly FilteredPage[];
  /** Columns that count objects of the answer, and how many there are in any case. */
  readonly counted: readonly string[];
  readonly objects: number;
  /** Pages in the order of their numbers in cursors. */
  readonly pages: readonly PagePlace[];
}

/** Builds the statement of root fields. The parameters of a page have its prefix, those of a record of `Query` its name. */
export function fusedStatement(
  store: string,
  roots: readonly RootShape[],
  parts: FusedParts,
): FusedStatement {
  const ledger = new Ledger();
  const { sources } = new RowTexts(parts, ledger);
  let objects = 0;
  const columns: { name: string; column: string }[] = [];
  const joins: SQL[] = [];
  const facts: Fact[] = [];
  const list: SQL[] = [];
  for (const root of roots) {
    const column = `root${columns.length}`;
    objects += root.kind === 'page' ? objectsOfPage(root.place) : 1;
    const found =
      root.kind === 'page' ? sources.page(root.place, null, []) : rootRecord(sources, root.name, root.place);
    joins.push(found.source);
    facts.push(...found.facts);
    list.push(named(found.text, column));
    columns.push({ name: root.name, column });
  }
  for (const { column, value } of mergedFaults(facts)) list.push(named(value, column));
  const query = sql`select ${sql.join(list, sql`, `)} from (select) "z" ${sql.join(joins, sql` `)}`;
  const { text, parameters } = compile(store, query);
  return {
    store,
    text,
    parameters,
    roots: columns,
    places: ledger.places,
    filtered: ledger.filtered,
    counted: ledger.counted,
    objects,
    pages: ledger.pages,
  };
}

/** A record by a root field's id: no text where there is none, which the other road answers. */
function rootRecord(sources: Sources, name: string, place: LinkPlace): Source {
  const { alias, source, facts } = sources.record(place, sql`${sql.placeholder(idOfRoot(name))}`);
  return { text: ref(alias, 'j'), source, facts };
}
