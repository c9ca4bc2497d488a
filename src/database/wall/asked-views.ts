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

/**
 * A view of the records about which a viewer is asked: few columns, of rows that are not the viewer's own.
 */
export interface AskedView {
  readonly name: string;
  readonly viewer: ViewerName;
  readonly query: string;
}

/**
 * The views of a server. @param stores the stores of the server; what other stores ask is in `access.asked`
 */
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

/** The views read as the owner, so the tables themselves stay closed to the viewer. */
export const askedStatements = (views: readonly AskedView[]): string[] =>
  views.flatMap(({ name, viewer, query }) => [
    `create view ${name} with (security_barrier = true) as ${query}`,
    `grant select on ${name} to "${roleOf(viewer)}"`,
  ]);

const unit = sql.placeholder('unit');

/** A row of a store on the same server asks the viewer, and its file is open now. */
function askedHere({ asking, by }: AskedWay): SQL {
  const { table, scope } = asking.source;
  if (!scope.asked) throw new Error(`${asking.name} asks nobody.`);
  return sql`exists (select 1 from ${fromTable(table, 'a')} where ${aliased('a', by)} = "t"."id" and ${aliased('a', scope.asked.unit)} = ${unit} and ${isOpen('a', scope.asked.closedOn)})`;
}

/** What was carried into `access.asked` from the asking server. */
const askedElsewhere = sql`exists (select 1 from ${fromTable(askedAbout, 'a')} where ${aliased('a', askedAbout.subjectId)} = "t"."id" and ${aliased('a', askedAbout.holder)} = ${unit} and ${isOpen('a', askedAbout.closedOn)})`;

/** The view leaves out the viewer's own rows, which it sees anyway, and the rows of shielded persons. */
function seen(record: RecordModel, viewer: ViewerName, model: Model): SQL {
  const { shielded } = record.source.scope;
  const own = classesOf(viewer).map((c) => sql` and (${ownRows(record, 't', c, model)}) is not true`);
  const open = shielded ? sql` and not ${aliased('t', shielded)}` : sql``;
  return sql`${open}${sql.join(own, sql``)}`;
}
