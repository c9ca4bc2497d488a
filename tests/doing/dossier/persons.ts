import type { Sql } from 'postgres';
import { encodeNodeId } from '../../../src/graph/node-id.ts';
import { parseCitizenId } from '../../../src/identifiers/citizen-id.ts';
import { testDay } from '../../support/graph.ts';

/** Somebody of the register, and what stands on the card. */
export interface Registered {
  readonly id: string;
  readonly node: string;
  readonly number: string;
}

/** Persons whom the register knows by a right number of their own, each but once. @param where of `m`, the person */
export async function registered(owner: Sql, where: string): Promise<() => Registered> {
  const rows = await owner.unsafe(`
    select m.id, m.citizen_id_number as number from public_security.migrants m
    where m.citizen_id_number is not null and m.status = 'ACTIVE' and not m.shielded and (${where})
      and (select count(*) from public_security.migrants n where n.citizen_id_number = m.citizen_id_number) = 1
    order by m.id limit 60`);
  const left = rows.filter(({ number }) => parseCitizenId(String(number), { asOf: testDay }).ok);
  return () => {
    const found = left.shift();
    if (!found) throw new Error(`The district has too few persons: ${where}`);
    return {
      id: String(found.id),
      node: encodeNodeId('Migrant', String(found.id)),
      number: String(found.number),
    };
  };
}
