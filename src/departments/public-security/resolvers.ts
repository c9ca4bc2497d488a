import { createHash } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { GraphQLError } from 'graphql';
import { getRecord } from '../../contract/model/record.ts';
import type { QueryResolvers } from '../../generated/resolvers.ts';
import type { Context } from '../../graph/context.ts';
import { encodeNodeId, parseNodeId } from '../../graph/node-id.ts';
import { badId } from '../../graph/read-errors.ts';
import { visibleIds } from '../../graph/reads/named-ids.ts';
import { personColumns } from './doing/merge/person-columns.ts';
import { rowsNaming } from './doing/merge/repoint.ts';
import { duplicatesOf } from './duplicates.ts';
import { merges, repointings } from './tables.ts';

const store = 'public_security';

/** What the register answers that cannot be derived from its tables. */
const Query: Pick<QueryResolvers, 'migrantByCitizenId' | 'findDuplicates' | 'mergeJournal'> = {
  migrantByCitizenId: (_root, { citizenIdNumber }, { reads }, info) =>
    reads.exactLookup('Migrant', 'citizenIdNumber', citizenIdNumber, info),

  async findDuplicates(_root, { of }, context) {
    const { person, system } = await forRegistrar('findDuplicates', of, context);
    const found = await duplicatesOf(person, system);
    const seen = await visibleIds(context.reads, getRecord(system.model, 'Migrant'), [...found.keys()]);
    return [...found].map(([id, matchedBy]) => ({
      token: createHash('sha256').update(`duplicate ${id}`).digest('hex').slice(0, 16),
      matchedBy,
      isSealed: !seen.has(id),
      side: { migrant: seen.has(id) ? id : null },
    })) as never;
  },

  async mergeJournal(_root, { of }, context) {
    const { person, system } = await forRegistrar('mergeJournal', of, context);
    const [merge] = await system.rows<{ id: string; to: string; at: string; undone: string | null }>(
      store,
      sql`select ${merges.id} as id, ${merges.survivorId} as "to", to_json(${merges.mergedAt}) #>> '{}' as at, to_json(${merges.undoneAt}) #>> '{}' as undone from ${merges} where ${merges.mergedId} = ${String(person.id)}::uuid order by ${merges.mergedAt} desc limit 1`,
    );
    if (!merge) return null;
    const noted = await system.rows<{ record: string; table: string; column: string; ids: string[] }>(
      store,
      sql`select ${repointings.record} as record, ${repointings.table} as "table", ${repointings.column} as "column", array_agg(${repointings.rowId}) as ids from ${repointings} where ${repointings.mergeId} = ${merge.id} group by 1, 2, 3`,
    );
    const records = new Map<string, { repointed: Set<string>; madeLater: Set<string> }>();
    for (const place of personColumns(system.model)) {
      const record = getRecord(system.model, place.record);
      if (record.access[context.viewer.department].rows === 'NONE') continue;
      const moved = noted.find(({ table, column }) => table === place.table && column === place.column);
      const later = await rowsNaming(
        place,
        merge.to,
        system,
        sql` and created_at > ${merge.at}::timestamptz`,
      );
      const seen = await visibleIds(context.reads, record, later);
      const entry = records.get(place.record) ?? { repointed: new Set(), madeLater: new Set() };
      for (const id of moved?.ids ?? []) entry.repointed.add(id);
      for (const id of later) if (seen.has(id)) entry.madeLater.add(encodeNodeId(place.record, id));
      records.set(place.record, entry);
    }
    return {
      survivor: encodeNodeId('Migrant', merge.to),
      mergedAt: merge.at,
      undoneAt: merge.undone,
      records: [...records]
        .filter(([, { repointed, madeLater }]) => repointed.size + madeLater.size > 0)
        .map(([record, { repointed, madeLater }]) => ({
          record,
          repointed: repointed.size,
          madeLater: [...madeLater],
        })),
    } as never;
  },
};

/** Merging is the registrar's: nobody else learns who resembles whom. @throws NOT_YOURS */
async function forRegistrar(field: string, of: string, { viewer, reads, performer }: Context) {
  const coordinate = `Query.${field}`;
  const refused = () =>
    new GraphQLError(`${coordinate}: this is for the registrar of the register.`, {
      extensions: { code: 'NOT_YOURS', coordinate },
    });
  if (!performer) throw refused();
  const { system } = performer;
  const keeper = getRecord(system.model, 'Migrant').rules.group?.owner;
  if (viewer.department !== keeper || !viewer.posts.includes('REGISTRAR')) throw refused();
  const { type, key } = parseNodeId(of);
  if (type !== 'Migrant') throw badId();
  const seen = await visibleIds(reads, getRecord(system.model, 'Migrant'), [key]);
  const person = seen.has(key) ? await system.row('Migrant', key) : null;
  if (!person) throw refused();
  return { person, system };
}

export const resolvers = { Query };
