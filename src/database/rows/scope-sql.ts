import { type SQL, sql } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { RowScope } from '../../contract/model/row-scope.ts';
import type { RowAccess } from '../../contract/policy/row-access.ts';
import type { ViewerName } from '../../identity/viewers.ts';
import { quotedTableOf } from '../../store/table-name.ts';
import { today } from '../../store/today.ts';
import { areas, links } from '../links/tables.ts';
import type { ViewerClass } from './viewer-class.ts';

/** A table with its row scope. */
export interface Scoped {
  readonly table: PgTable;
  readonly scope: RowScope;
}

/** Finds the parent record of a scope. */
export type FindScoped = (record: string) => Scoped;

/** `"alias"."column"`. */
export const aliased = (alias: string, column: PgColumn): SQL => namedColumn(alias, column.name);

/** The same for a column that the second wall adds, which Drizzle does not know. */
export const namedColumn = (alias: string, name: string): SQL => sql.raw(`"${alias}"."${name}"`);

/** `"schema"."table" "alias"`. */
export function fromTable(table: PgTable, alias: string): SQL {
  return sql.raw(`${quotedTableOf(table)} "${alias}"`);
}

const binding = (name: 'holder' | 'unit' | 'subdistrict' | 'station' | 'person') => sql.placeholder(name);
/** The column holds the viewer's unit or place; a list column holds it among others. */
const holds = (alias: string, column: PgColumn, name: Parameters<typeof binding>[0]): SQL =>
  column.getSQLType().endsWith('[]')
    ? sql`${binding(name)} = any(${aliased(alias, column)})`
    : sql`${aliased(alias, column)} = ${binding(name)}`;
const none = sql`false`;
const all = sql`true`;

/**
 * The rows of a table that a class of viewers may see (dossier §6.3), as a predicate that is part of every
 * read of the table. Parameters: holder, unit, subdistrict, station, person of the viewer.
 */
export function scopeSql(
  record: Scoped,
  alias: string,
  viewer: ViewerClass,
  those: RowAccess['rows'],
  find: FindScoped,
): SQL {
  if (those === 'NONE') return none;
  if (those === 'PUBLISHED') return publishedSql(record, alias);
  const seen = those === 'OWN' ? ownSql(record, alias, viewer, find) : placeSql(record, alias, viewer, find);
  const rows = those === 'OWN' ? seen : orFormer(record, alias, viewer, seen);
  const { shielded, shieldOpenTo } = record.scope;
  // A viewer who shields its own clients goes on seeing them (clause WOF-a).
  if (shielded && shieldOpenTo?.get(viewer.department) === 'OWN')
    return sql`(${withPost(record, viewer, rows)} and (not ${aliased(alias, shielded)} or ${ownSql(record, alias, viewer, find)}))`;
  return unshielded(record, alias, viewer, withPost(record, viewer, rows));
}

/** Some rows are for a function, not for everybody who acts for the unit. */
function withPost({ scope: { post } }: Scoped, viewer: ViewerClass, rows: SQL): SQL {
  if (post?.viewer !== viewer.department) return rows;
  return sql`(${rows} and ${sql.raw(`'${post.function}'`)} = any(${sql.placeholder('posts')}::text[]))`;
}

/** All rows of the district or society, except parts of records that are hidden with a shielded person. */
function districtSql(record: Scoped, alias: string, viewer: ViewerClass, find: FindScoped): SQL {
  if (!record.scope.parent || !hidesAbove(record, viewer, find)) return all;
  return insideParent(record, alias, find, (parent, name) =>
    unshielded(parent, name, viewer, districtSql(parent, name, viewer, find)),
  );
}

/** A record above this one carries a shield that hides rows from the viewer. */
function hidesAbove({ scope }: Scoped, viewer: ViewerClass, find: FindScoped): boolean {
  const above = scope.parent && find(scope.parent.record);
  if (!above) return false;
  return (
    (above.scope.shielded && !seesShielded(above.scope, viewer.department)) || hidesAbove(above, viewer, find)
  );
}

/** Whether the viewer sees all rows of shielded persons: the registrar does (dossier §6.3). */
export const seesShielded = ({ shieldOpenTo }: RowScope, viewer: ViewerName): boolean =>
  shieldOpenTo?.get(viewer) === 'ALL';

/** Takes out the rows of shielded persons, unless the viewer sees all of them (dossier §6.3). */
function unshielded(record: Scoped, alias: string, viewer: ViewerClass, rows: SQL): SQL {
  const { shielded } = record.scope;
  if (!shielded || seesShielded(record.scope, viewer.department)) return rows;
  return sql`(${rows} and not ${aliased(alias, shielded)})`;
}

/** Rows by the viewer's place: all for the district, own territory, station, window or area for the others. */
function placeSql(record: Scoped, alias: string, viewer: ViewerClass, find: FindScoped): SQL {
  const { scope } = record;
  if (scope.everywhere) return publishedSql(record, alias);
  if (viewer.kind === 'DISTRICT') return districtSql(record, alias, viewer, find);
  const own = () => ownSql(record, alias, viewer, find);
  const inSubdistrict = () =>
    scope.territory ? holds(alias, scope.territory.subdistrict, 'subdistrict') : undefined;
  const byParent = () =>
    scope.parent &&
    insideParent(record, alias, find, (parent, name) => scopeSql(parent, name, viewer, 'ALL', find));

  switch (viewer.kind) {
    case 'SUBDISTRICT':
      return inSubdistrict() ?? byParent() ?? own();
    case 'POLICE_STATION':
      return scope.territory?.station
        ? holds(alias, scope.territory.station, 'station')
        : (inSubdistrict() ?? byParent() ?? own());
    case 'RECEPTION_CENTRE':
      if (scope.subjects || scope.window) return own();
      return byParent() ?? inSubdistrict() ?? own();
    case 'SOCIETY':
      if (scope.subjects && !scope.units && !scope.persons) return own();
      return viewer.wholeSociety
        ? districtSql(record, alias, viewer, find)
        : (inSubdistrict() ?? byParent() ?? own());
    case 'COORDINATOR':
      if (scope.territory?.neighbourhood)
        return sql`${aliased(alias, scope.territory.neighbourhood)} in (select ${areas.neighbourhoodCode} from ${areas} where ${areas.holder} = ${binding('holder')} and (${areas.until} is null or ${areas.until} >= ${today}))`;
      return byParent() ?? inSubdistrict() ?? own();
  }
}

/** What the sub-district made itself stays readable for a time after the person has moved out (dossier §6.3). */
function orFormer({ scope: { former } }: Scoped, alias: string, viewer: ViewerClass, rows: SQL): SQL {
  if (!former || viewer.kind !== 'SUBDISTRICT') return rows;
  const stays = sql`${aliased(alias, former.leftOn)} >= ${today} - ${sql.raw(String(former.days))}`;
  return sql`(${rows} or (${holds(alias, former.unit, 'unit')} and ${holds(alias, former.subdistrict, 'subdistrict')} and ${stays}))`;
}

/** Rows linked to the viewer by its own work (suffix `o` of a cell). */
export function ownSql(record: Scoped, alias: string, viewer: ViewerClass, find: FindScoped): SQL {
  const { scope } = record;
  const ways: SQL[] = [];
  // Serving a person does not show a department the files of other departments (dossier §6.2, R2).
  const { onRequest } = scope;
  const isStranger = onRequest && viewer.kind === 'DISTRICT' && viewer.department !== onRequest.keeper;
  const served = isStranger ? [] : (scope.subjects ?? []);
  for (const subject of [...served, ...(scope.concerned ?? [])])
    ways.push(
      sql`exists (select 1 from ${links} where ${links.holder} = ${binding('holder')} and ${links.subjectId} = ${aliased(alias, subject)} and (${links.until} is null or ${links.until} >= ${today}))`,
    );
  // A person who presents a number at the window counts as the window's own for that request.
  if (viewer.kind === 'RECEPTION_CENTRE')
    for (const subject of scope.subjects ?? [])
      ways.push(sql`${aliased(alias, subject)} = any(${sql.placeholder('presented')}::uuid[])`);
  for (const unit of scope.units ?? []) ways.push(holds(alias, unit, 'unit'));
  for (const person of scope.persons ?? [])
    ways.push(sql`${aliased(alias, person)}::text = ${binding('person')}`);
  if (scope.window) {
    // The days after closing count for windows only. What a department itself took in stays its own work
    // (dossier §6.3).
    const within =
      viewer.kind === 'DISTRICT' ? sql`` : since(alias, scope.window.closedOn, scope.window.days);
    ways.push(sql`(${aliased(alias, scope.window.unit)} = ${binding('unit')}${within})`);
  }
  if (scope.asked)
    ways.push(
      sql`(${aliased(alias, scope.asked.unit)} = ${binding('unit')} and ${isOpen(alias, scope.asked.closedOn)})`,
    );
  if (scope.task)
    ways.push(
      sql`(${aliased(alias, scope.task.assignee)}::text = ${binding('person')}${since(alias, scope.task.closedOn, scope.task.days)})`,
    );
  if (scope.parent)
    ways.push(
      insideParent(record, alias, find, (parent, name) =>
        unshielded(parent, name, viewer, ownSql(parent, name, viewer, find)),
      ),
    );
  // Rows that are bound to nobody, such as a published standard, count as everybody's own.
  if (ways.length === 0 && scope.everywhere) return publishedSql(record, alias);
  return ways.length === 0 ? none : sql`(${sql.join(ways, sql` or `)})`;
}

/** Before its day of publication a row is visible only to viewers who see it for another reason. */
function publishedSql({ scope: { published } }: Scoped, alias: string): SQL {
  return typeof published === 'object' ? sql`${aliased(alias, published.on)} <= ${today}` : all;
}

/** A file is open until the day on which it is closed. */
export const isOpen = (alias: string, closedOn: PgColumn): SQL =>
  sql`(${aliased(alias, closedOn)} is null or ${aliased(alias, closedOn)} > ${today})`;

/** Closed files stay visible for some days (dossier §6.3). */
function since(alias: string, closedOn: PgColumn | undefined, days: number): SQL {
  if (!closedOn) return sql``;
  const column = aliased(alias, closedOn);
  return sql` and (${column} is null or ${column} >= ${today} - ${sql.raw(String(days))})`;
}

function insideParent(
  record: Scoped,
  alias: string,
  find: FindScoped,
  predicate: (parent: Scoped, alias: string) => SQL,
): SQL {
  const { parent } = record.scope;
  if (!parent) return none;
  const found = find(parent.record);
  const name = `${alias}p`;
  return sql`exists (select 1 from ${fromTable(found.table, name)} where "${sql.raw(name)}"."id" = ${aliased(alias, parent.by)} and ${predicate(found, name)})`;
}
