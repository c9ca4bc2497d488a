import { describe, expect, test } from 'vitest';
import { demoCoordinatorId } from '../../src/identity/personas.ts';
import { startTestServer } from '../http/test-server.ts';
import { exampleOf, openAsking, valuesOf } from './asking.ts';

const { ask, sql } = openAsking();

describe('3. my open tasks by dwelling', () => {
  test("are all of mine, in my neighbourhoods, and nobody else's", async () => {
    const { data, errors } = await ask('question-03');
    expect(errors).toEqual([]);
    const mine = await sql`
      select kind, due_on as due, neighbourhood_code as neighbourhood from coordinators.coordinator_tasks
      where assignee_id = ${demoCoordinatorId} and status in ('ASSIGNED', 'IN_PROGRESS') and not shielded`;
    const line = (parts: unknown[]) => parts.join(' ');
    expect(
      data.coordinatorTasks.nodes
        .map((t: Record<string, string>) => line([t.kind, t.dueOn, t.neighbourhoodCode]))
        .sort(),
    ).toEqual(mine.map((t) => line([t.kind, t.due, t.neighbourhood])).sort());
    expect(mine.length).toBeGreaterThan(0);
    const order = data.coordinatorTasks.nodes.map((t: { neighbourhoodCode: string }) => t.neighbourhoodCode);
    expect(order).toEqual([...order].sort());
    const [assigned] = await sql`
      select neighbourhood_codes as codes from coordinators.coordinator_assignments
      where coordinator_id = ${demoCoordinatorId} and ends_on is null`;
    for (const code of order) expect(assigned?.codes).toContain(code);
  });

  test('come with the filing of the dwelling and everybody who is registered there, numbers masked', async () => {
    const { data, extensions } = await ask('question-03');
    const visits = data.coordinatorTasks.nodes.filter(
      (t: { targetMigrant: object | null }) => t.targetMigrant,
    );
    expect(visits.length).toBeGreaterThan(0);
    for (const { targetMigrant } of visits) {
      const { dwelling } = targetMigrant.currentRegistration;
      const { lane, building, room } = dwelling.address;
      const here = await sql`
        select m.name from housing.dwellings d join public_security.residence_registrations r on r.dwelling_id = d.id
        join public_security.migrants m on m.current_registration_id = r.id
        where (d.lane, d.building, d.room) = (${lane}, ${building}, ${room}) and d.subdistrict_code = '310107015'
          and not r.shielded and r.status <> 'CLOSED'`;
      expect(
        dwelling.registrations.nodes.map((r: { person: { name: string } }) => r.person.name).sort(),
      ).toEqual(here.map(({ name }) => name).sort());
      const leases = await sql`
        select l.filing_status as status from housing.dwellings d join housing.leases l on l.dwelling_id = d.id
        where (d.lane, d.building, d.room) = (${lane}, ${building}, ${room}) and d.subdistrict_code = '310107015'
          and l.status = 'IN_FORCE'`;
      expect(dwelling.leases.nodes.map((l: { filingStatus: string }) => l.filingStatus)).toEqual(
        leases.map(({ status }) => status),
      );
    }
    const numbers = valuesOf(data, 'citizenIdNumber');
    expect(numbers.some((number) => number !== null)).toBe(true);
    for (const number of numbers) if (number !== null) expect(number).toMatch(/^\*{14}\d{3}[\dX]$/);
    expect(extensions.access.masked).toContainEqual(
      expect.objectContaining({ coordinate: 'Migrant.citizenIdNumber', mask: 'LAST_FOUR' }),
    );
  });
});

describe('4. before a visit is recorded', () => {
  test('task, household and lease come from three stores', async () => {
    const { data, errors, statements } = await ask('question-04');
    expect(errors).toEqual([]);
    expect(new Set(statements.map(({ store }) => store))).toEqual(
      new Set(['coordinators', 'public_security', 'housing']),
    );
    const open = await sql`
      select m.name, h.member_count as members from coordinators.coordinator_tasks t
      join public_security.migrants m on m.id = t.target_migrant_id
      left join public_security.households h on h.id = m.household_id
      where t.assignee_id = ${demoCoordinatorId} and t.kind = 'REGISTRATION_VISIT' and not t.shielded
        and t.status in ('ASSIGNED', 'IN_PROGRESS') order by t.due_on, t.id limit 5`;
    expect(
      data.coordinatorTasks.nodes.map(
        (t: { targetMigrant: { name: string; household: { memberCount: number } | null } }) => ({
          name: t.targetMigrant.name,
          members: t.targetMigrant.household?.memberCount ?? null,
        }),
      ),
    ).toEqual(open.map((row) => ({ ...row })));
    expect(open.some(({ members }) => members > 1)).toBe(true);
  });

  test.each([
    ['housing', true],
    ['public_security', false],
  ])('with %s down the part that failed is named, the rest stands', async (down, hasPeople) => {
    const server = await startTestServer({ down });
    try {
      const { status, json } = await server.ask('COR', exampleOf('question-04').document);
      expect(status).toBe(200);
      expect(json.data.coordinatorTasks.nodes.length).toBeGreaterThan(0);
      expect(valuesOf(json.data, 'outcome').length).toBeGreaterThan(0);
      expect(json.errors.length).toBeGreaterThan(0);
      for (const { extensions } of json.errors)
        expect(extensions).toMatchObject({ code: 'STORE_UNAVAILABLE', store: down });
      expect(valuesOf(json.data, 'targetMigrant').some(Boolean)).toBe(hasPeople);
    } finally {
      await server.close();
    }
  });
});
