import { sql } from 'drizzle-orm';
import type { RecordModel, Row } from '../../contract/model/record.ts';
import { grantedFunction, grantedValues } from '../../database/wall/granted.ts';
import type { Selection } from '../reads/selection.ts';
import type { ReadSession } from '../reads/session.ts';
import { compile, keysSql, type Statement } from '../reads/statement.ts';
import { type Opening, openingKey, type RequestGrants } from './request-grants.ts';

/** What the database shows of a granted record: values by property, and the groups that they are of. */
export interface OpenedValues {
  readonly values: Readonly<Record<string, unknown>>;
  readonly groups: ReadonlySet<string>;
}

/**
 * Reads the granted groups of a record by the function of the second wall, which looks at the grants itself.
 * Only fields that the document asks for are read.
 * @returns null where the database knows of no such grant
 */
export async function readOpened(
  session: ReadSession,
  record: RecordModel,
  id: string,
  selection: Selection,
  grants: RequestGrants,
): Promise<OpenedValues | null> {
  const asked = grants.groupsOf(record.name, id);
  if (asked.length === 0) return null;
  const statement = session.statement(`granted|${record.name}|${selection.key}`, () =>
    openedStatement(record, selection),
  );
  const rows = await session.run<Row & { readonly $group: string }>(statement, {
    purpose: grants.purpose,
    keys: [id],
    groups: asked,
  });
  if (rows.length === 0) return null;
  const groups = new Set(rows.map(({ $group }) => $group));
  const values: Record<string, unknown> = {};
  for (const { property, field } of grantedValues(record)) {
    const row = rows.find(({ $group }) => $group === field.rule.group.name);
    if (row && property in row) values[property] = row[property];
  }
  grants.used(record.name, id, groups);
  return { values, groups };
}

function openedStatement(record: RecordModel, selection: Selection): Statement {
  const wanted = new Set(selection.fields.map(({ name }) => name));
  const names = ['id', '$group'];
  for (const { property, field } of grantedValues(record)) if (wanted.has(field.name)) names.push(property);
  const list = sql.raw(names.map((name) => `"${name}"`).join(', '));
  const from = sql`${sql.raw(grantedFunction(record))}(${sql.placeholder('purpose')}::text, ${keysSql(record.keyType)})`;
  return compile(
    record.store,
    sql`select ${list} from ${from} where "$group" = any(${sql.placeholder('groups')}::text[])`,
  );
}

/** The row as its viewer sees it without the grant, or null, with what the grant has opened. */
export function withOpened(row: Row | null, id: string, { values, groups }: OpenedValues): Row {
  const opening: Opening = { groups, isSeen: row !== null };
  return { ...(row ?? {}), id, ...values, [openingKey]: opening };
}
