import DataLoader from 'dataloader';
import { sql } from 'drizzle-orm';
import { getOrMake } from '../../common/get-or-make.ts';
import type { AccessPlan } from '../../contract/compile/access-plan.ts';
import type { DoneRecord } from '../../contract/doing/doing-plan.ts';
import { recordEvents } from '../../database/doing/tables.ts';
import { fromTable, seesShielded } from '../../database/rows/scope-sql.ts';
import { ownRows, visibleRows } from '../../database/rows/visible-rows.ts';
import type { Context } from '../context.ts';
import { compile } from '../reads/statement.ts';

/** Something that happened to a record, as a viewer may see it. */
export interface RecordEvent {
  readonly event: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly at: string;
  readonly actingUnit: string;
  readonly by: string | null;
  readonly reason: string | null;
  readonly recordVersion: number;
}

interface EventRow {
  readonly id: string;
  readonly event: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly at: string;
  readonly unit: string;
  readonly person: string;
  readonly reason: string | null;
  readonly version: number;
  readonly own: boolean;
}

/** Events that one record shows at the most. */
const most = 200;

const loaders = new WeakMap<Context, Map<string, DataLoader<string, readonly RecordEvent[] | null>>>();

/**
 * The events of records that the viewer sees. States follow the rule of the state's own field; who did it is shown to the
 * unit that did; a reason is free text, which can carry hidden facts, and is null where the group is not seen in full.
 */
export function eventsLoader(done: DoneRecord, plan: AccessPlan, context: Context) {
  const own = getOrMake(
    loaders,
    context,
    () => new Map<string, DataLoader<string, readonly RecordEvent[] | null>>(),
  );
  return getOrMake(own, done.record.name, () => {
    const { record, state } = done;
    const { department, unit } = context.viewer;
    const group = record.rules.group;
    const cell = group?.cells.get(department);
    const field = record.fields.has('recordEvents') ? 'recordEvents' : 'events';
    const here = plan.decision(record.name, field, department);
    const states = state ? plan.decision(record.name, state, department) : null;
    const hidden = shieldEvents(done, department);
    const { session } = context.reads;
    // Only where it decides: a role may not even name the columns by which rows are its own where none of its cells says so.
    const asksOwn = here.own !== null || (states?.own ?? null) !== null || cell?.own === true;
    const statement = session.statement(`events|${record.name}|${asksOwn}`, ({ model, viewer }) =>
      compile(
        record.store,
        sql`select "e"."record_id" as "id", "e"."event", "e"."from_state" as "from", "e"."to_state" as "to", "e"."at", "e"."acting_unit" as "unit", "e"."person", "e"."reason", "e"."version", ${asksOwn ? ownRows(record, 't', viewer, model) : sql`true`} as "own"
        from unnest(${sql.placeholder('keys')}::text[]) "k"("id") join ${fromTable(record.source.table, 't')} on "t"."id" = "k"."id"::${sql.raw(record.keyType)}
        cross join lateral (select * from ${recordEvents} where "record_type" = ${sql.placeholder('recordType')} and "record_id" = "k"."id" order by "version" limit ${sql.raw(String(most))}) "e"
        where ${visibleRows(record, 't', viewer, model)} order by "e"."record_id", "e"."version"`,
      ),
    );
    return new DataLoader<string, readonly RecordEvent[] | null>(async (keys) => {
      if (here.denial || here.masked) return keys.map(() => null);
      const rows = await session.run<EventRow>(statement, { keys, recordType: record.name });
      const byId = Map.groupBy(rows, ({ id }) => id);
      return keys.map((key) =>
        (byId.get(key) ?? [])
          .filter((row) => (!here.own || row.own) && !hidden.has(row.event))
          .map((row) => {
            const seesState = states !== null && !states.denial && !states.masked && (!states.own || row.own);
            return {
              event: row.event,
              from: seesState ? row.from : null,
              to: seesState ? row.to : null,
              at: row.at,
              actingUnit: row.unit,
              by: row.unit === unit ? row.person : null,
              reason: cell?.value === 'F' && (!cell.own || row.own) ? row.reason : null,
              recordVersion: row.version,
            };
          }),
      );
    });
  });
}

/** Events that set or lift the shield: only who sees shielded persons learns that there was one (dossier §6.3). */
function shieldEvents(
  { record, transitions }: DoneRecord,
  viewer: Context['viewer']['department'],
): ReadonlySet<string> {
  const { scope } = record.source;
  if (!scope.shielded || seesShielded(scope, viewer)) return new Set();
  const property = Object.entries(record.columns).find(([, column]) => column === scope.shielded)?.[0];
  const sets = ({ effects, input }: DoneRecord['transitions'][number]) =>
    effects.some((effect) => effect.kind === 'set' && effect.property === property) ||
    input.some(({ field }) => field === property);
  return new Set(transitions.filter(sets).map(({ event }) => event));
}
