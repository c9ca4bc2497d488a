import { mapColumnsInSQLToAlias } from 'drizzle-orm';
import { parseDeadline } from '../../contract/deadlines/expression.ts';
import { type DoingPlan, type DoneRecord, transitionsFor } from '../../contract/doing/doing-plan.ts';
import type { Transition } from '../../contract/doing/transition.ts';
import type { Model } from '../../contract/model/record.ts';
import type { ViewerName } from '../../identity/viewers.ts';
import { quotedTableOf } from '../../store/table-name.ts';
import { snake } from '../columns/planned-column.ts';
import { deadlineSql } from '../deadlines/deadline-sql.ts';
import { aliased } from '../rows/scope-sql.ts';
import { visibleRows } from '../rows/visible-rows.ts';
import { definer, forEachClass } from '../wall/policy-sql.ts';
import { boundToSession } from '../wall/settings.ts';
import { actorsOf } from './doing-functions.ts';
import { ruleKey, territorySql } from './territory-sql.ts';

/** `sealed.standing_permit_application__reception_centre`: how a record stands for a viewer who may act. */
export const standingFunction = (record: string, viewer: ViewerName): string =>
  `sealed.${`standing_${snake(record)}__${viewer.toLowerCase()}`.slice(0, 63)}`;

/**
 * For each viewer who may act on a record: its state and version, which territory rules hold for the viewer, and which
 * guards do not hold. Guards look at rows that the viewer may not see, so the function runs as the owner; it answers of
 * rows that the viewer sees.
 */
export function standingFunctions(plan: DoingPlan, model: Model, stores: ReadonlySet<string>): string[] {
  return [...plan.records.values()]
    .filter(({ record }) => stores.has(record.store))
    .flatMap((done) =>
      actorsOf(done).flatMap(({ name }) => {
        const { record } = done;
        const body = forEachClass(name, (c) => boundToSession(visibleRows(record, 't', c, model)));
        return definer(
          `${standingFunction(record.name, name)}(row_id ${record.keyType})`,
          'returns table ("state" text, "version" integer, "yours" text[], "missing" text[], "due" jsonb) stable',
          `${standingSelect(done, name, model)} where "t"."id" = row_id and ${body}`,
          [name],
        );
      }),
    );
}

/** `sealed.work_permit_application__reception_centre`: the records that may await a viewer. */
export const workFunction = (record: string, viewer: ViewerName): string =>
  `sealed.${`work_${snake(record)}__${viewer.toLowerCase()}`.slice(0, 63)}`;

/** The rows of a viewer that are duties in some state (column `awaited`). */
export const awaitedOf = (done: DoneRecord, viewer: ViewerName): readonly Transition[] =>
  transitionsFor(done, viewer).filter(({ awaited, from }) => awaited && from !== 'NEW');

/**
 * For each viewer with duties on a record type: the records in a state in which one of them may be due, each as it stands
 * for the viewer. Whether it is one is said by the territory rules and guards, as for one record.
 */
export function workFunctions(plan: DoingPlan, model: Model, stores: ReadonlySet<string>): string[] {
  return [...plan.records.values()]
    .filter(({ record }) => stores.has(record.store))
    .flatMap((done) =>
      actorsOf(done).flatMap(({ name }) => {
        const awaited = awaitedOf(done, name);
        if (awaited.length === 0) return [];
        const { record, state } = done;
        const held = state && record.columns[state]?.name;
        const anywhere = awaited.some(({ from }) => from === 'ANY') || !held;
        const states = [...new Set(awaited.flatMap(({ from }) => (Array.isArray(from) ? from : [])))];
        const inState = anywhere
          ? 'true'
          : `"t"."${held}" in (${states.map((each) => `'${each}'`).join(', ')})`;
        const rows = forEachClass(name, (c) => boundToSession(visibleRows(record, 't', c, model)));
        const select = standingSelect(done, name, model).replace(
          /^select /,
          'select "t"."id"::text, "t"."as_of", ',
        );
        return definer(
          `${workFunction(record.name, name)}()`,
          'returns table ("id" text, "since" timestamptz, "state" text, "version" integer, "yours" text[], "missing" text[], "due" jsonb) stable',
          `${select} where ${inState} and ${rows}`,
          [name],
        );
      }),
    );
}

function standingSelect(done: DoneRecord, viewer: ViewerName, model: Model): string {
  const { record, state } = done;
  const open = transitionsFor(done, viewer);
  const rules = new Map(
    open.flatMap(({ territory }) => territory.map((rule) => [ruleKey(rule), rule] as const)),
  );
  const yours = [...rules].map(([key, rule]) => {
    const holds = forEachClass(viewer, (c) => boundToSession(territorySql(rule, record, 't', c, model)));
    return `case when ${holds} then '${key}' end`;
  });
  const before = open.filter(({ from }) => from !== 'NEW').flatMap((transition) => transition.guards);
  const guards = [...new Set(before)]
    .filter((name) => !done.guards[name]!.after)
    .map(
      (name) =>
        `case when not coalesce((${boundToSession(done.guards[name]!.holds((column) => aliased('t', column)))}), false) then '${name}' end`,
    );
  const held = state && record.columns[state]?.name;
  return `select ${held ? `"t"."${held}"` : 'null::text'}, "t"."record_version", ${namesOf(yours)}, ${namesOf(guards)}, ${dueOf(done, open)} from ${quotedTableOf(record.source.table)} "t"`;
}

/** When what the viewer may do is due, by the deadline as the table writes it; of a day, its end in Shanghai. */
function dueOf({ record }: DoneRecord, open: readonly Transition[]): string {
  const texts = [...new Set(open.flatMap(({ deadline }) => deadline ?? []))];
  const parts = texts.map((text) => {
    const { due, type } = deadlineSql(parseDeadline(text), record.source.table, record.source.clocks);
    const held = boundToSession(mapColumnsInSQLToAlias(due, 't'));
    return `'${text}', ${type === 'day' ? `(((${held}) + 1)::timestamp at time zone 'Asia/Shanghai')` : held}`;
  });
  return parts.length === 0 ? `'{}'::jsonb` : `jsonb_build_object(${parts.join(', ')})`;
}

const namesOf = (cases: readonly string[]): string =>
  cases.length === 0 ? `'{}'::text[]` : `array_remove(array[${cases.join(', ')}]::text[], null)`;
