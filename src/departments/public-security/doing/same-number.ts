import { sql } from 'drizzle-orm';
import type { System } from '../../../contract/doing/department-doing.ts';
import { migrants } from '../tables.ts';

/** Ids of other rows, none of them merged, with the number or the document of a person. */
export async function sameNumber(
  of: Readonly<Record<string, unknown>>,
  ownId: string | null,
  system: Pick<System, 'rows'>,
): Promise<readonly string[]> {
  const { citizenIdNumber = null, documentNumber = null, documentKind = null } = of;
  if (citizenIdNumber === null && documentNumber === null) return [];
  const rows = await system.rows<{ id: string }>(
    'public_security',
    sql`select ${migrants.id} as id from ${migrants} where (${migrants.citizenIdNumber} = ${citizenIdNumber}::text or (${migrants.documentNumber} = ${documentNumber}::text and ${migrants.documentKind} = ${documentKind}::text)) and ${migrants.status} <> 'MERGED' and ${migrants.id} is distinct from ${ownId}::uuid limit 100`,
  );
  return rows.map(({ id }) => id);
}
