import { sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { ObjectTypeDefinitionNode } from 'graphql';
import type { Model, RecordModel } from '../../contract/model/record.ts';
import { directive } from '../../contract/sdl/directives.ts';
import { columnsIn } from './map-columns.ts';

/**
 * A derived field has the rules of what `@computed(from: […])` names, so that must be all that its expression reads:
 * a column left out would be told by the value without a rule of its own.
 * @returns sentences that name the coordinate and the columns
 */
export function lintDerivedColumns(
  types: ReadonlyMap<string, ObjectTypeDefinitionNode>,
  model: Model,
): string[] {
  const faults: string[] = [];
  for (const record of model.values())
    for (const field of record.fields.values()) {
      if (field.kind !== 'computed') continue;
      const named = columnsOf(record, field.name, types.get(record.name), new Set());
      const args = new Proxy({}, { get: () => sql`null` });
      const read = columnsIn(field.sql(args)).filter((column) => !named.has(column));
      if (read.length > 0)
        faults.push(
          `${field.rule.coordinate}: reads ${[...new Set(read.map((c) => c.name))].join(', ')}, which @computed does not name`,
        );
    }
  return faults;
}

/** The columns behind what a derived field is computed from. */
function columnsOf(
  record: RecordModel,
  field: string,
  type: ObjectTypeDefinitionNode | undefined,
  way: Set<string>,
): ReadonlySet<PgColumn> {
  const found = new Set<PgColumn>();
  if (way.has(field)) return found;
  way.add(field);
  const node = type?.fields?.find((f) => f.name.value === field);
  const from = (node && directive(node, 'computed')?.from) ?? [];
  for (const path of from) {
    const [name = '', part] = path.split('.');
    const input = record.fields.get(name);
    if (input?.kind === 'id' && record.columns.id) found.add(record.columns.id);
    if (input?.kind === 'column' || input?.kind === 'link') found.add(input.column);
    if (input?.kind === 'embed')
      for (const p of input.parts) if (part === undefined || p.name === part) found.add(p.column);
    if (input?.kind === 'computed') for (const c of columnsOf(record, name, type, way)) found.add(c);
  }
  return found;
}
