import { createHash } from 'node:crypto';
import { type SQL, sql } from 'drizzle-orm';
import type { WorkingDays } from '../../contract/deadlines/working-days.ts';
import type { DoingPlan, DoneRecord } from '../../contract/doing/doing-plan.ts';
import type { TerritoryRule, Transition } from '../../contract/doing/transition.ts';
import type { Model } from '../../contract/model/record.ts';
import { territorySql } from '../../database/doing/territory-sql.ts';
import type { ViewerClass } from '../../database/rows/viewer-class.ts';
import { createUuidV7 } from '../../identifiers/uuid-v7.ts';
import { tableNameOf } from '../../store/table-name.ts';
import type { Statement } from '../reads/statement.ts';
import { type Actor, setValues } from './set-values.ts';
import { writeStatement } from './write-statement.ts';

/** What all writes of the process share. */
export interface WriteParts {
  readonly plan: DoingPlan;
  readonly model: Model;
  readonly calendar: WorkingDays;
}

/** One write: the row that it makes or changes, along one transition. */
export interface Write {
  readonly done: DoneRecord;
  readonly transition: Transition;
  readonly actor: Actor & { readonly viewer: string };
  /** Null for the class of the system, which acts everywhere. */
  readonly viewerClass: ViewerClass | null;
  readonly target:
    | { readonly id: string; readonly version: number; readonly state: string | null }
    /** A new row. */
    | null;
  /** By property. */
  readonly values: ReadonlyMap<string, unknown>;
  /** Fields that are given, by their names in the SDL. */
  readonly fields: ReadonlySet<string>;
  readonly reason: string | null;
  readonly key: { readonly key: string; readonly body: string } | null;
  /** Where a new row belongs, for columns that nothing else fills. */
  readonly place?: Readonly<Record<string, string | null>>;
}

/** A statement with the values of its parameters, and what it makes. */
export interface PreparedWrite {
  readonly statement: Statement;
  readonly values: Readonly<Record<string, unknown>>;
  readonly id: string;
  readonly version: number;
}

const newId = createUuidV7();
const onPlace = new Set<TerritoryRule['kind']>(['subdistrict', 'station', 'neighbourhood', 'own']);

/** The SHA-256 of a call: equal for equal mutations with equal inputs, whatever the order of their fields. */
export function bodyHash(mutation: string, input: unknown): string {
  return createHash('sha256')
    .update(`${mutation} ${canonical(input)}`)
    .digest('hex');
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).filter(([, v]) => v !== undefined);
  return `{${entries
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([k, v]) => `${JSON.stringify(k)}:${canonical(v)}`)
    .join(',')}}`;
}

/** Makes the statement of a write. @param cache keeps statements of the same shape */
export function prepareWrite(
  { model, calendar }: WriteParts,
  write: Write,
  cache: (key: string, make: () => Statement) => Statement,
): PreparedWrite {
  const { done, transition, actor, target, key } = write;
  const { record, state } = done;
  const isNew = target === null;
  const values = new Map<string, unknown>(isNew ? newRow(write) : []);
  for (const [property, value] of write.values) values.set(property, value);
  const set = setValues(transition, actor, (day, count) => calendar.add(day, count));
  for (const [property, value] of set) values.set(property, value);
  if (state && transition.to !== null) values.set(state, transition.to);
  values.set('asOf', actor.now);
  const properties = [...values.keys()].filter((property) => record.columns[property]).sort();
  const id = target?.id ?? newId();
  if (isNew) values.set('id', id);
  const within = isNew ? territoryOfNew(write, model) : null;
  const shape = `write|${record.name}|${isNew}|${key !== null}|${transition.where}|${properties.join()}|${write.viewerClass?.key ?? 'system'}`;
  const statement = cache(shape, () =>
    writeStatement({ done, isNew, properties, hasKey: key !== null, within }),
  );
  return {
    statement,
    id,
    version: isNew ? 1 : target.version + 1,
    values: {
      id,
      version: target?.version ?? 0,
      recordType: record.name,
      recordId: id,
      event: transition.event,
      was: target?.state ?? null,
      becomes: transition.to ?? target?.state ?? null,
      viewer: actor.viewer,
      actingUnit: actor.unit,
      person: actor.person,
      at: actor.now,
      why: write.reason,
      fields: [...write.fields],
      key: key?.key ?? null,
      body: key?.body ?? null,
      ...Object.fromEntries(properties.map((property) => [`v.${property}`, values.get(property)])),
    },
  };
}

/** What every new row has besides what is given. */
function newRow({ done, transition, actor, place = {} }: Write): [string, unknown][] {
  const { columns } = done.record;
  const bound = transition.territory.flatMap((rule): [string, unknown][] =>
    'property' in rule && !columns[rule.property]?.getSQLType().endsWith('[]')
      ? [[rule.property, rule.kind === 'unit' ? actor.unit : actor.person]]
      : [],
  );
  const placed = Object.entries(place).filter(([property, value]) => columns[property] && value !== null);
  return [['id', ''], ['createdBy', actor.person], ['sourceSystem', 'laihu'], ...placed, ...bound];
}

/** Whether a new row lies in the actor's territory, where its place decides; bound units are set by the program itself. */
function territoryOfNew({ transition, done, viewerClass }: Write, model: Model): SQL | null {
  const { territory } = transition;
  if (!viewerClass || !territory.every(({ kind }) => onPlace.has(kind))) return null;
  const alias = tableNameOf(done.record.source.table).split('.').at(-1)!;
  const parts = territory.map((rule) => territorySql(rule, done.record, alias, viewerClass, model));
  return parts.length === 0 ? null : sql`coalesce(${sql.join(parts, sql` or `)}, false)`;
}
