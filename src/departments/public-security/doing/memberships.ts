import { sql } from 'drizzle-orm';
import type { System } from '../../../contract/doing/department-doing.ts';
import { guardianships, households, householdMembers as members } from '../tables.ts';

const store = 'public_security';

/** Ends what memberships of households a person has, on a day. @param butAt the dwelling at which the person goes on living */
export async function endMemberships(
  personId: string,
  { on, butAt }: { readonly on: string; readonly butAt?: unknown },
  system: System,
): Promise<void> {
  const open = await system.rows<{ id: string; starts: string; dwelling: string }>(
    store,
    sql`select ${members.id} as id, ${members.startsOn}::text as starts, ${households.dwellingId} as dwelling from ${members} join ${households} on ${households.id} = ${members.householdId} where ${members.personId} = ${personId} and ${members.endsOn} is null`,
  );
  for (const { id, starts, dwelling } of open)
    if (dwelling !== butAt)
      await system.change('HouseholdMember', id, 'endByRegister', { endsOn: starts > on ? starts : on });
}

/** Keeps the number of members of a household what its open memberships say; a household counts one at least. */
export async function countMembers(householdId: string, system: System): Promise<void> {
  const [counted] = await system.rows<{ count: number }>(
    store,
    sql`select greatest(1, count(*))::int as count from ${members} where ${members.householdId} = ${householdId} and ${members.endsOn} is null`,
  );
  const household = await system.row('Household', householdId);
  if (!household || household.memberCount === counted?.count) return;
  await system.change('Household', householdId, 'countMembers', { memberCount: counted?.count });
}

/** Guardianships that hang on a membership end with it. */
export async function endGuardianships(memberId: string, on: string, system: System): Promise<void> {
  const open = await system.rows<{ id: string; starts: string }>(
    store,
    sql`select ${guardianships.id} as id, ${guardianships.startsOn}::text as starts from ${guardianships} where ${guardianships.guardianMemberId} = ${memberId} and ${guardianships.endsOn} is null`,
  );
  for (const { id, starts } of open)
    await system.change('Guardianship', id, 'endByRegister', { endsOn: starts > on ? starts : on });
}
