import { encodeNodeId, parseNodeId } from '../../../src/graph/node-id.ts';
import { quotedTableOf } from '../../../src/store/table-name.ts';
import type { DistrictWork } from '../../support/district-work.ts';
import type { RightCall } from './break-rules.ts';

/** Of each link of the input: an id that leads nowhere, and one of a record that the viewer does not see. */
export async function badLinks(
  { graph, owner }: DistrictWork,
  { viewer, record, input }: RightCall,
): Promise<[field: string, missing: string, unseen: string | undefined][]> {
  const found: [string, string, string | undefined][] = [];
  for (const [field, value] of Object.entries(input)) {
    const link = graph.graph.model.get(record)!.fields.get(field);
    if (link?.kind !== 'link' || typeof value !== 'string') continue;
    const target = graph.graph.model.get(link.type)!;
    const nowhere = target.keyType === 'uuid' ? '00000000-0000-4000-8000-000000000000' : 'PT-NOBODY';
    const rows = await owner.unsafe(
      `select id from ${quotedTableOf(target.source.table)} order by md5(id::text) limit 40`,
    );
    const ids = rows.map(({ id }) => encodeNodeId(link.type, String(id)));
    const { data } = await graph.ask(viewer, 'query($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids });
    const unseen = ids.find((id, n) => data?.nodes?.[n] === null && parseNodeId(id).type === link.type);
    found.push([field, encodeNodeId(link.type, nowhere), unseen]);
  }
  return found;
}
