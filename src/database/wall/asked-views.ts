import { type SQL, sql } from 'drizzle-orm';
import type { Model, RecordModel } from '../../contract/model/record.ts';
import { type ViewerName, viewers } from '../../identity/viewers.ts';
import { quotedTableOf } from '../../store/table-name.ts';
import type { ColumnPlan } from '../columns/column-plan.ts';
import { askedAbout } from '../links/tables.ts';
import { type AskedWay, askedColumns, askedView, askedWays } from '../rows/asked.ts';
import { aliased, fromTable, isOpen, namedColumn } from '../rows/scope-sql.ts';
import { classesOf } from '../rows/viewer-class.ts';
import { ownRows } from '../rows/visible-rows.ts';
import { roleOf } from './roles.ts';
import { boundToSession } from './settings.ts';

/** A view that shows a viewer what it is asked about: few columns, of rows that are none of its own. */
export interface AskedView {
  readonly name: string;
  readonly viewer: ViewerName;
  readonly query: string;
}

/** The views of a server. @param stores that it holds: what is asked in others is known from `access.asked` */
export function askedViews(plan: ColumnPlan, stores: ReadonlySet<string>, model: Model): AskedView[] {
  return [...model.values()].flatMap((record) => {
    const ways = stores.has(record.store) ? askedWays(record, model) : [];
    if (ways.length === 0) return [];
    return viewers
      .filter(({ name }) => record.access[name].isAsked)
      .map(({ name: viewer }) => {
        const columns = [...askedColumns(record, viewer, { plan, model })].map(
          ([name, column]) => sql`${aliased('t', column)} as ${sql.raw(`"${name}"`)}`,
        );
        const about = ways.map((way) => (stores.has(way.asking.store) ? askedHere(way) : askedElsewhere));
        const rows = sql`(${sql.join(about, sql` or `)})${seen(record, viewer, model)}`;
        const list = sql.join([namedColumn('t', 'id'), ...columns], sql`, `);
        const query = sql`select ${list} from ${sql.raw(quotedTableOf(record.source.table))} "t" where ${rows}`;
        return { name: askedView(record, viewer), viewer, query: boundToSession(query) };
      });
  });
}

/** They ask as the owner, so that the tables themselves stay closed to the viewer. */
export const askedStatements = (views: readonly AskedView[]): string[] =>
  views.flatMap(({ name, viewer, query }) => [
    `create view ${name} with (security_barrier = true) as ${query}`,
    `grant select on ${name} to "${roleOf(viewer)}"`,
  ]);

const unit = sql.placeholder('unit');

/** The viewer is asked by a row of a store on the same server, and the file is open now. */
function askedHere({ asking, by }: AskedWay): SQL {
  const { table, scope } = asking.source;
  if (!scope.asked) throw new Error(`${asking.name} asks nobody.`);
  return sql`exists (select 1 from ${fromTable(table, 'a')} where ${aliased('a', by)} = "t"."id" and ${aliased('a', scope.asked.unit)} = ${unit} and ${isOpen('a', scope.asked.closedOn)})`;
}

/** As the last refresh of links found it. */
const askedElsewhere = sql`exists (select 1 from ${fromTable(askedAbout, 'a')} where ${aliased('a', askedAbout.subjectId)} = "t"."id" and ${aliased('a', askedAbout.holder)} = ${unit} and ${isOpen('a', askedAbout.closedOn)})`;

/** What is the viewer's own it sees as its own; of a shielded person it is not told that there is one. */
function seen(record: RecordModel, viewer: ViewerName, model: Model): SQL {
  const { shielded } = record.source.scope;
  const own = classesOf(viewer).map((c) => sql` and (${ownRows(record, 't', c, model)}) is not true`);
  const open = shielded ? sql` and not ${aliased('t', shielded)}` : sql``;
  return sql`${open}${sql.join(own, sql``)}`;
}
