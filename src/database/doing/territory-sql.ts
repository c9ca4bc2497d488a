import { type SQL, sql } from 'drizzle-orm';
import type { TerritoryRule } from '../../contract/doing/transition.ts';
import { getRecord, type Model, type RecordModel } from '../../contract/model/record.ts';
import { today } from '../../store/today.ts';
import { areas } from '../links/tables.ts';
import { aliased, ownSql } from '../rows/scope-sql.ts';
import type { ViewerClass } from '../rows/viewer-class.ts';

/** How a territory rule is named where a row says which of them hold: `unit acceptedAtUnit`. */
export const ruleKey = (rule: TerritoryRule): string =>
  'property' in rule ? `${rule.kind} ${rule.property}` : rule.kind;

/**
 * Whether an actor may act on a row, by one territory rule, over an alias. Parameters as those of the row scope.
 * @throws Error where the record does not carry what the rule compares
 */
export function territorySql(
  rule: TerritoryRule,
  record: RecordModel,
  alias: string,
  viewer: ViewerClass,
  model: Model,
): SQL {
  const { territory } = record.source.scope;
  const place = (name: 'subdistrict' | 'station') => {
    const column = territory?.[name];
    if (!column) throw missing(record, `carries no ${name}`);
    return holds(alias, column, name);
  };
  switch (rule.kind) {
    case 'everywhere':
      // A branch of the society is not the society.
      return viewer.kind === 'DISTRICT' || viewer.wholeSociety ? sql`true` : sql`false`;
    case 'subdistrict':
    case 'station':
      return place(rule.kind);
    case 'neighbourhood': {
      const column = territory?.neighbourhood;
      if (!column) throw missing(record, 'carries no neighbourhood');
      return sql`${aliased(alias, column)} in (select ${areas.neighbourhoodCode} from ${areas} where ${areas.holder} = ${sql.placeholder('holder')} and (${areas.until} is null or ${areas.until} >= ${today}))`;
    }
    case 'unit':
    case 'person': {
      const column = record.columns[rule.property];
      if (!column) throw missing(record, `has no property ${rule.property}`);
      return holds(alias, column, rule.kind);
    }
    case 'own':
      return ownSql(record.source, alias, viewer, (name) => getRecord(model, name).source);
  }
}

function holds(
  alias: string,
  column: RecordModel['columns'][string],
  name: 'unit' | 'person' | 'subdistrict' | 'station',
): SQL {
  const held = aliased(alias, column);
  if (column.getSQLType().endsWith('[]')) return sql`${sql.placeholder(name)} = any(${held})`;
  return column.getSQLType() === 'uuid'
    ? sql`${held}::text = ${sql.placeholder(name)}`
    : sql`${held} = ${sql.placeholder(name)}`;
}

const missing = ({ name }: RecordModel, what: string) =>
  new Error(`schema/machines/: a territory rule of ${name} does not fit: it ${what}.`);
