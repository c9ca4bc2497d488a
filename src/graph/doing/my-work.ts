import { type SQL, sql } from 'drizzle-orm';
import { GraphQLError } from 'graphql';
import type { AccessPlan } from '../../contract/compile/access-plan.ts';
import type { DoingPlan, DoneRecord } from '../../contract/doing/doing-plan.ts';
import { calledBy } from '../../contract/doing/mutations.ts';
import type { Transition } from '../../contract/doing/transition.ts';
import { awaitedOf, workFunction } from '../../database/doing/standing.ts';
import { ruleKey } from '../../database/doing/territory-sql.ts';
import type { ViewerName } from '../../identity/viewers.ts';
import type { Context } from '../context.ts';
import { encodeNodeId } from '../node-id.ts';
import { maxPageSize } from '../reads/page.ts';
import { compile, type Statement } from '../reads/statement.ts';
import { seesState } from './seen-state.ts';

/** Something that awaits the viewer. */
export interface WorkItem {
  readonly recordType: string;
  readonly id: string;
  readonly event: string;
  readonly mutation: string;
  readonly inputEvent: string | null;
  readonly title: string;
  readonly clause: string;
  readonly state: string | null;
  readonly since: string;
  readonly dueAt: string | null;
  readonly isOverdue: boolean;
}

/** How much of a kind is due on a day; null: without a deadline. */
export interface WorkCount {
  readonly kind: string;
  readonly event: string;
  readonly day: string | null;
  readonly count: number;
}

export interface WorkArguments {
  readonly kinds?: readonly string[] | null;
  readonly dueWithin?: number | null;
  readonly first?: number | null;
}

interface Found {
  readonly items: readonly {
    readonly id: string;
    readonly event: string;
    readonly state: string | null;
    readonly since: string;
    readonly due: string | null;
    readonly overdue: boolean;
  }[];
  readonly counts: readonly { readonly event: string; readonly day: string | null; readonly count: number }[];
}

const text = (value: string): SQL => sql.raw(`'${value.replaceAll("'", "''")}'`);
const list = (values: readonly string[]): SQL => sql`array[${sql.join(values.map(text), sql`, `)}]::text[]`;

/**
 * What awaits the viewer by the do-matrix: records in a state in which a row marked `awaited` is open to it, whose guards
 * hold. Oldest first, with counts of all of it by kind and by the day on which it is due.
 * @throws BAD_VALUE for a kind that awaits nobody, PAGE_TOO_LARGE
 */
export async function myWork(plan: DoingPlan, accessPlan: AccessPlan, args: WorkArguments, context: Context) {
  const { department, posts } = context.viewer;
  const duties = [...plan.records.values()].flatMap((done) => {
    const rows = awaitedOf(done, department).filter(
      (row) => row.posts.length === 0 || row.posts.some((post) => posts.includes(post)),
    );
    return rows.length > 0 && (args.kinds ?? [done.record.name]).includes(done.record.name)
      ? [{ done, rows }]
      : [];
  });
  const unknown = (args.kinds ?? []).filter((kind) => !plan.records.has(kind));
  if (unknown.length > 0) throw badKind();
  const most = args.first ?? maxPageSize;
  if (most < 0 || most > maxPageSize) throw pageTooLarge();
  const { session } = context.reads;
  const found = await Promise.all(
    duties.map(async ({ done, rows }) => {
      const key = `work|${done.record.name}|${rows.map(({ where }) => where).join()}`;
      const statement = session.statement(key, () => workStatement(done, rows, department));
      const [row] = await session.run<Found>(statement, { most, within: args.dueWithin ?? null });
      return { done, rows, ...(row ?? { items: [], counts: [] }) };
    }),
  );
  const items = found.flatMap(({ done, rows, items: own }) =>
    own.map((item): WorkItem & { readonly key: string } => {
      const row = rows.find(({ event }) => event === item.event)!;
      context.reads.sink?.asked(done.record, item.id);
      return {
        recordType: done.record.name,
        id: encodeNodeId(done.record.name, item.id),
        key: item.id,
        event: item.event,
        ...calledBy(plan.mutations, row),
        title: row.title,
        clause: row.clause,
        state: seesState(done, accessPlan, department) ? item.state : null,
        since: item.since,
        dueAt: item.due,
        isOverdue: item.overdue,
      };
    }),
  );
  const counts = found.flatMap(({ done, counts: own }) =>
    own.map((count): WorkCount => ({ kind: done.record.name, ...count })),
  );
  return {
    items: items.sort((a, b) => compare(a.since, b.since) || compare(a.key, b.key)).slice(0, most),
    counts,
    total: counts.reduce((sum, { count }) => sum + count, 0),
  };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function workStatement(done: DoneRecord, rows: readonly Transition[], viewer: ViewerName): Statement {
  const duties = rows.flatMap((row) =>
    (row.from === 'ANY' ? ['*'] : row.from === 'NEW' ? [] : row.from).map((was) => {
      const guards = row.guards.filter((name) => !done.guards[name]!.after);
      return sql`(${text(was)}, ${text(row.event)}, ${list(row.territory.map(ruleKey))}, ${list(guards)}, ${text(row.deadline ?? '')})`;
    }),
  );
  const today = sql`${sql.placeholder('today')}::date`;
  return compile(
    done.record.store,
    sql`with "work" as (
    select distinct on (w."id", m."event") w."id", w."since", w."state", m."event", (w."due" ->> m."deadline")::timestamptz as "due"
    from ${sql.raw(workFunction(done.record.name, viewer))}() w
    join (values ${sql.join(duties, sql`, `)}) m("was", "event", "rules", "guards", "deadline") on m."was" in ('*', w."state")
    where w."yours" && m."rules" and not w."missing" && m."guards"
  ), "wanted" as (
    select *, (("due" - interval '1 microsecond') at time zone 'Asia/Shanghai')::date as "day" from "work"
  ), "due" as (
    select * from "wanted" where ${sql.placeholder('within')}::int is null or "day" <= ${today} + ${sql.placeholder('within')}::int
  )
  select coalesce((select json_agg(r) from (select "id", "event", "state", to_char("since" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "since", to_char("due" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "due", coalesce("day" < ${today}, false) as "overdue" from "due" order by "due"."since", "id" limit ${sql.placeholder('most')}::int) r), '[]'::json) as "items",
    coalesce((select json_agg(r) from (select "event", "day", count(*)::int as "count" from "due" group by "event", "day" order by "day", "event") r), '[]'::json) as "counts"`,
  );
}

const badKind = () =>
  new GraphQLError('One of the kinds is no record type to which something can happen.', {
    extensions: { code: 'BAD_VALUE', http: { status: 400 } },
  });

const pageTooLarge = () =>
  new GraphQLError(`first is 0 to ${maxPageSize}.`, {
    extensions: { code: 'PAGE_TOO_LARGE', limit: maxPageSize },
  });
