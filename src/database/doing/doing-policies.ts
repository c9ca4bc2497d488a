import { type DoingPlan, type DoneRecord, transitionsFor } from '../../contract/doing/doing-plan.ts';
import type { Transition } from '../../contract/doing/transition.ts';
import type { Model } from '../../contract/model/record.ts';
import { type ViewerName, viewers } from '../../identity/viewers.ts';
import { quotedTableOf, tableNameOf } from '../../store/table-name.ts';
import { forEachClass } from '../wall/policy-sql.ts';
import { roleOf } from '../wall/roles.ts';
import { boundToSession } from '../wall/settings.ts';
import { territorySql } from './territory-sql.ts';
import { leavesTerritory } from './write-rights.ts';

/** A policy of row-level security by which roles make or change rows. */
export interface WritePolicy {
  /** `schema.table`. */
  readonly table: string;
  readonly name: string;
  readonly command: 'SELECT' | 'INSERT' | 'UPDATE';
  readonly roles: readonly string[];
  /** Rows that may be changed; null for new ones. */
  readonly using: string | null;
  /** What the row must be afterwards; null for reading. */
  readonly check: string | null;
}

/** The policies of the records of some stores: viewers with the same rows share one. */
export function writePolicies(plan: DoingPlan, model: Model, stores: ReadonlySet<string>): WritePolicy[] {
  return [...plan.records.values()]
    .filter(({ record }) => stores.has(record.store))
    .flatMap((done) => [
      ...policiesOf(done, model, 'INSERT'),
      ...policiesOf(done, model, 'UPDATE'),
      ...justWritten(done),
    ]);
}

/**
 * PostgreSQL refuses a write of a row that the role does not see. Who closes a stay does not see it afterwards, and a
 * window sees no person before one has presented a number: a role sees what it writes until the transaction ends.
 */
function justWritten({ record, transitions }: DoneRecord): WritePolicy[] {
  const roles = viewers.filter(({ name }) => transitions.some((row) => row.viewers.has(name)));
  if (!record.columns.updatedAt || roles.length === 0) return [];
  return [
    {
      table: tableNameOf(record.source.table),
      name: `just written ${record.name}`,
      command: 'SELECT',
      roles: roles.map(({ name }) => roleOf(name)),
      using: `updated_at = now() and coalesce(current_setting('laihu.event', true), '') <> ''`,
      check: null,
    },
  ];
}

function policiesOf(done: DoneRecord, model: Model, command: 'INSERT' | 'UPDATE'): WritePolicy[] {
  const { record } = done;
  const isNew = command === 'INSERT';
  const rowsOf = (viewer: ViewerName) =>
    transitionsFor(done, viewer).filter(({ from }) => (from === 'NEW') === isNew);
  const actors = viewers.filter(({ name }) => rowsOf(name).length > 0);
  const conditions = Map.groupBy(actors, ({ name }) => {
    const rows = rowsOf(name);
    const territory = territoryOf(done, rows, name, model);
    const stays = isNew || !rows.some((row) => leavesTerritory(done, row));
    return JSON.stringify([isNew ? null : territory, stays ? territory : 'true']);
  });
  return [...conditions].map(([key, actorsAlike], i) => {
    const [using, check] = JSON.parse(key) as [string | null, string];
    return {
      table: tableNameOf(record.source.table),
      name: `${isNew ? 'makes' : 'changes'} ${record.name} ${i + 1}`,
      command,
      roles: actorsAlike.map(({ name }) => roleOf(name)),
      using,
      check,
    };
  });
}

/** The rows on which a viewer may act, by any of its transitions. */
function territoryOf(
  { record }: DoneRecord,
  transitions: readonly Transition[],
  viewer: ViewerName,
  model: Model,
): string {
  const quoted = quotedTableOf(record.source.table);
  return forEachClass(viewer, (viewerClass) => {
    const parts = new Set(
      transitions.flatMap(({ territory }) =>
        territory.map((rule) => boundToSession(territorySql(rule, record, 't', viewerClass, model))),
      ),
    );
    // A policy names the columns of its table by the table.
    const all = [...parts].map((part) => part.replaceAll('"t".', `${quoted}.`));
    return all.includes('true') ? 'true' : all.length === 1 ? all[0]! : `(${all.join(' or ')})`;
  });
}
