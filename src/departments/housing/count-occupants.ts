import { sql } from 'drizzle-orm';
import type { EffectFunction } from '../../contract/doing/department-doing.ts';

/** Keeps the number of occupants of a dwelling where a visit found somebody moved in or out. */
export const countOccupants: EffectFunction = async ({ id }, system) => {
  const visit = await system.row('Visit', id);
  if (!visit || (!visit.dwellingId && visit.arrivals === null && visit.departureIds === null)) return;
  const { dwellingId = null } = visit;
  // Asked first: while the register is away, this waits for it.
  const [count] = await system.rows<{ count: number }>(
    'public_security',
    sql`select count(distinct person_id)::int as count from public_security.residence_registrations where dwelling_id = ${dwellingId}::uuid and status <> 'CLOSED'`,
  );
  if (visit.arrivals !== null || visit.departureIds !== null)
    throw new Error('The register has not entered them yet.');
  const dwelling = await system.row('Dwelling', String(dwellingId));
  if (!dwelling || dwelling.occupancyCount === count?.count) return;
  await system.change('Dwelling', String(dwellingId), 'countOccupants', { occupancyCount: count?.count });
};
