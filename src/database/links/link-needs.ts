import type { SQL } from 'drizzle-orm';
import { PgDialect } from 'drizzle-orm/pg-core';
import type { Model } from '../../contract/model/record.ts';
import { type ViewerCode, viewers } from '../../identity/viewers.ts';
import { classesOf } from '../rows/viewer-class.ts';
import { ownRows, visibleRows } from '../rows/visible-rows.ts';

// Who knows whom is a secret of its own: the links of the women's federation are a list of its clients.

const dialect = new PgDialect();
const looksAtLinks = (query: SQL): boolean => dialect.sqlToQuery(query).sql.includes('"access"."links"');

/**
 * The viewers whose links decide about rows of some stores: by a cell `o` of a group that is kept there, or by a row scope
 * that knows persons for them by their links alone.
 */
export function linkReaders(model: Model, stores: ReadonlySet<string>): ReadonlySet<ViewerCode> {
  const records = [...model.values()].filter(({ store }) => stores.has(store));
  const needs = ({ name }: (typeof viewers)[number]): boolean =>
    records.some((record) => {
      if (record.access[name].rows === 'NONE') return false;
      const hasOwn = [...record.fields.values()].some((f) => f.rule.group.cells.get(name)?.own);
      return classesOf(name).some(
        (c) =>
          looksAtLinks(visibleRows(record, 't', c, model)) ||
          (hasOwn && looksAtLinks(ownRows(record, 't', c, model))),
      );
    });
  return new Set(viewers.filter(needs).map(({ code }) => code));
}
