import { createHash } from 'node:crypto';
import { type SQL, sql } from 'drizzle-orm';
import type { WorkingDays } from '../../contract/deadlines/working-days.ts';
import type { DoingPlan, DoneRecord } from '../../contract/doing/doing-plan.ts';
import type { TerritoryRule, Transition } from '../../contract/doing/transition.ts';
import type { Model } from '../../contract/model/record.ts';
import { territorySql } from '../../database/doing/territory-sql.ts';
import type { ViewerClass } from '../../database/rows/viewer-class.ts';
import { createUuidV7 } from '../../identifiers/uuid-v7.ts';
import { Misread } from '../misread.ts';
import type { Statement } from '../reads/statement.ts';
import { type Actor, setValues } from './set-values.ts';
import { newRowAlias, writeStatement } from './write-statement.ts';

/** What all writes of the process share. */
export interface WriteParts {
  readonly plan: DoingPlan;
  readonly model: Model;
  readonly calendar: WorkingDays;
}

/** A row that is written, along one transition. */
export interface WrittenRow {
  readonly done: DoneRecord;
  readonly transition: Transition;
  readonly target: { readonly id: string; readonly version: number; readonly state: string | null } | null;
  /** The id of a new row. */
  readonly newId: string;
  /** By property. */
  readonly values: ReadonlyMap<string, unknown>;
  /** Fields that are given, by their names in the SDL. */
  readonly fields: ReadonlySet<string>;
}

/** One write: the row that it makes or changes, and new rows that belong to it. */
export interface Write {
  readonly rows: readonly WrittenRow[];
  readonly actor: Actor & { readonly viewer: string };
  /** Null for the system, which acts everywhere. */
  readonly viewerClass: ViewerClass | null;
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

/** Ids of new rows. */
export const newId = createUuidV7();
const onPlace = new Set<TerritoryRule['kind']>([
  'everywhere',
  'subdistrict',
  'station',
  'neighbourhood',
  'own',
]);

/** The SHA-256 of a call: equal for equal mutations with equal inputs, whatever the order of their fields. */
export function bodyHash(mutation: string, input: unknown): string {
  return createHash('sha256')
    .update(`${mutation} ${canonical(input)}`)
    .digest('hex');
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object' || value instanceof Misread)
    return JSON.stringify(value) ?? 'null';
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
  const { actor, key, viewerClass, rows } = write;
  const made = rows.map((row) => {
    const values = rowValues(row, write, calendar);
    return {
      row,
      values,
      properties: [...values.keys()].filter((name) => row.done.record.columns[name]).sort(),
    };
  });
  const shape = made.map(
    ({ row, properties }) =>
      `${row.done.record.name} ${row.target === null} ${row.transition.where} ${properties.join()}`,
  );
  const statement = cache(`write|${key !== null}|${viewerClass?.key ?? 'system'}|${shape.join('|')}`, () =>
    writeStatement(
      made.map(({ row, properties }) => ({
        done: row.done,
        isNew: row.target === null,
        properties,
        within: row.target === null ? territoryOfNew(row, viewerClass, model) : null,
      })),
      key !== null,
    ),
  );
  const [first] = rows;
  if (!first) throw new Error('A write without a row.');
  const shared = {
    event: first.transition.event,
    viewer: actor.viewer,
    actingUnit: actor.unit,
    person: actor.person,
    at: actor.now,
    why: write.reason,
    key: key?.key ?? null,
    body: key?.body ?? null,
  };
  return {
    statement,
    id: first.target?.id ?? first.newId,
    version: first.target === null ? 1 : first.target.version + 1,
    values: Object.assign(shared, ...made.map(({ row, values }, n) => parametersOf(row, values, n))),
  };
}

/** What a row is written with, by property: what is given, what the transition sets, its state. */
export function rowValues(
  row: WrittenRow,
  write: Pick<Write, 'actor' | 'place'>,
  calendar: WorkingDays,
): Map<string, unknown> {
  const { done, transition, target } = row;
  const values = new Map<string, unknown>(target === null ? newRow(row, write) : []);
  for (const [property, value] of row.values) values.set(property, value);
  const set = setValues(transition, write.actor, (day, count) => calendar.add(day, count));
  for (const [property, value] of set) values.set(property, value);
  if (done.state && transition.to !== null) values.set(done.state, transition.to);
  return values.set('asOf', write.actor.now);
}

function parametersOf(
  { done, transition, target, newId, fields }: WrittenRow,
  values: ReadonlyMap<string, unknown>,
  n: number,
): Readonly<Record<string, unknown>> {
  const id = target?.id ?? newId;
  const own = {
    id,
    version: target?.version ?? 0,
    recordType: done.record.name,
    recordId: id,
    was: target?.state ?? null,
    becomes: transition.to ?? target?.state ?? null,
    fields: [...fields],
    ...Object.fromEntries(
      [...values].map(([property, value]) => {
        const isDocument = done.record.columns[property]?.getSQLType() === 'jsonb';
        return [`v.${property}`, isDocument ? documentText(value) : value];
      }),
    ),
  };
  return Object.fromEntries(Object.entries(own).map(([name, value]) => [`${n}.${name}`, value]));
}

/** A document as text; effects give it as a value. */
const documentText = (value: unknown): unknown =>
  value == null || typeof value === 'string' ? value : JSON.stringify(value);

/** What every new row has besides what is given. */
function newRow(
  { done, transition, newId }: WrittenRow,
  { actor, place = {} }: Pick<Write, 'actor' | 'place'>,
): [string, unknown][] {
  const { columns } = done.record;
  const bound = transition.territory.flatMap((rule): [string, unknown][] =>
    'property' in rule && !columns[rule.property]?.getSQLType().endsWith('[]')
      ? [[rule.property, rule.kind === 'unit' ? actor.unit : actor.person]]
      : [],
  );
  const placed = Object.entries(place).filter(([property, value]) => columns[property] && value !== null);
  return [['id', newId], ['createdBy', actor.person], ['sourceSystem', 'laihu'], ...placed, ...bound];
}

/** Whether a new row lies in the actor's territory, where its place decides; bound units are set by the program itself. */
function territoryOfNew(
  { transition, done }: WrittenRow,
  viewerClass: ViewerClass | null,
  model: Model,
): SQL | null {
  const { territory } = transition;
  if (!viewerClass || !territory.every(({ kind }) => onPlace.has(kind))) return null;
  const parts = territory.map((rule) => territorySql(rule, done.record, newRowAlias, viewerClass, model));
  return parts.length === 0 ? null : sql`coalesce(${sql.join(parts, sql` or `)}, false)`;
}
