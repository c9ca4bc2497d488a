import { Placeholder, type SQL } from 'drizzle-orm';
import { PgDialect } from 'drizzle-orm/pg-core';
import type { Model, RecordModel } from '../../contract/model/record.ts';
import { getViewer, viewers } from '../../identity/viewers.ts';
import { classesOf, type ViewerClass } from '../rows/viewer-class.ts';
import { ownRows, visibleRows } from '../rows/visible-rows.ts';

const dialect = new PgDialect();

/**
 * The rows of each record type, a line for each predicate and the viewers who have it: `rows` those that they see, `own`
 * those of them in which cells with `o` count. The predicates are those that are enforced, shortened.
 */
export function rowLines(model: Model): string[] {
  return [...model.values()].flatMap((record) => {
    const classes = viewers
      .filter(({ name }) => record.access[name].rows !== 'NONE')
      .flatMap(({ name }) => classesOf(name));
    const owners = classes.filter(({ department }) =>
      [...record.fields.values()].some(({ rule }) => rule.group.cells.get(department)?.own),
    );
    const { published } = record.source.scope;
    const opened = typeof published === 'object' ? `from ${published.on.name}` : published && 'all rows';
    return [
      ...linesOf('rows', record, classes, (c) => visibleRows(record, 't', c, model)),
      ...linesOf('own', record, owners, (c) => ownRows(record, 't', c, model)),
      ...(opened ? [`published ${record.name} ${opened}`] : []),
    ];
  });
}

function linesOf(
  word: string,
  record: RecordModel,
  classes: readonly ViewerClass[],
  rowsOf: (viewer: ViewerClass) => SQL,
): string[] {
  const groups = Map.groupBy(classes, (c) => readable(rowsOf(c)));
  return [...groups].map(
    ([rows, those]) => `${word} ${record.name} ${rows} | ${those.map(labelOf).join(' ')}`,
  );
}

const labelOf = ({ department, wholeSociety }: ViewerClass): string =>
  `${getViewer(department).code}${wholeSociety ? '-whole' : ''}`;

/** SQL of a row scope without quotes and aliases; a link, an area and a day that has not passed have one word each. */
function readable(rows: SQL): string {
  const { sql: text, params } = dialect.sqlToQuery(rows);
  const named = text.replace(/\$(\d+)/g, (_, n: string) => {
    const parameter = params[Number(n) - 1];
    return `:${parameter instanceof Placeholder ? String(parameter.name) : JSON.stringify(parameter)}`;
  });
  return named
    .replaceAll('"', '')
    .replace(/\bt\./g, '')
    .replace(
      /exists \(select 1 from access\.links where access\.links\.holder = :holder and access\.links\.subject_id = ([\w.]+) and \(access\.links\.until is null or access\.links\.until >= :today(?:::date)?\)\)/g,
      'linked($1)',
    )
    .replace(
      /([\w.]+) in \(select access\.areas\.neighbourhood_code from access\.areas where access\.areas\.holder = :holder and \(access\.areas\.until is null or access\.areas\.until >= :today(?:::date)?\)\)/g,
      'in_area($1)',
    )
    .replace(/\s+/g, ' ');
}
