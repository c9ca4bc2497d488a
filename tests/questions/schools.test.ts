import { describe, expect, test } from 'vitest';
import { openAsking, valuesOf } from './asking.ts';

const { ask, askAs, sql } = openAsking();

describe('14. a child applies for grade 1', () => {
  test('the guardian is answered for in yes and no', async () => {
    const { data, errors } = await ask('question-14');
    expect(errors).toEqual([]);
    const kept = await sql`
      select g.name, (select array_agg(p.valid_from <= '2007-03-01' and p.valid_to >= '2007-03-01'
          and (p.ended_on is null or p.ended_on > '2007-03-01')) from permits.residence_permits p
          where p.holder_id = g.id and not p.shielded) as permits,
        (select array_agg(l.filing_status = 'FILED' and '2007-03-01' between l.starts_on and l.ends_on)
          from housing.leases l where l.tenant_migrant_id = g.id and not l.shielded) as leases
      from education.child_enrolments e join public_security.migrants g on g.id = e.guardian_id
      where e.grade = 1 and e.status in ('APPLIED', 'WAITING', 'PLACED') and not g.shielded`;
    const line = (name: string, permits: boolean[], leases: boolean[]) =>
      `${name} ${[...permits].sort()} ${[...leases].sort()}`;
    const shown = data.childEnrolments.nodes
      .filter(({ guardian }: { guardian: object | null }) => guardian)
      .map(({ guardian }: { guardian: Record<string, never> }) =>
        line(
          guardian.name as unknown as string,
          valuesOf(guardian, 'isValidOn') as boolean[],
          valuesOf(guardian, 'isFiledOn') as boolean[],
        ),
      );
    expect(shown.sort()).toEqual(
      kept.map(({ name, permits, leases }) => line(name, permits ?? [], leases ?? [])).sort(),
    );
    expect(new Set(valuesOf(data, 'isValidOn'))).toEqual(new Set([true, false]));
  });

  test('and in nothing else: type, term and filing stay withheld', async () => {
    const { data } = await ask('question-14');
    for (const field of ['type', 'validTo', 'filingStatus']) {
      const values = valuesOf(data, field);
      expect(values.length, field).toBeGreaterThan(0);
      expect(
        values.filter((value) => value !== null),
        field,
      ).toEqual([]);
    }
  });

  test('places in licensed schools are told', async () => {
    const { data } = await ask('question-14');
    const kept = await sql`
      select name, capacity, enrolled from education.migrant_schools where licence_status = 'LICENSED'`;
    expect(data.migrantSchools.nodes).toHaveLength(kept.length);
    expect(data.migrantSchools.nodes).toEqual(
      expect.arrayContaining(kept.map((row) => expect.objectContaining({ ...row }))),
    );
  });

  test('a proof that is missing keeps nobody out: there are children in school whose guardian has no valid permit', async () => {
    const { data } = await askAs(
      'EDU',
      `{ childEnrolments(first: 100, filter: { status: { eq: ENROLLED } }) { nodes {
           guardian { permits(first: 5) { nodes { isValidOn(date: "2007-03-01") } } } } } }`,
    );
    const without = data.childEnrolments.nodes.filter(
      ({ guardian }: { guardian: object | null }) =>
        guardian && !valuesOf(guardian, 'isValidOn').includes(true),
    );
    expect(without.length).toBeGreaterThan(0);
  });
});

describe('15. migrant schools by sub-district', () => {
  test('show licence, places, teachers, inspection, trained principals and hygiene', async () => {
    const { data, errors } = await ask('question-15');
    expect(errors).toEqual([]);
    const kept = await sql`
      select s.name, s.subdistrict_code as "subdistrictCode", s.licence_status as "licenceStatus", s.capacity, s.enrolled,
        round(s.qualified_teachers::numeric / s.teachers, 2)::text as "qualifiedTeacherRatio",
        (select count(*)::int from education.principal_trainings p where p.school_id = s.id and p.passed) as trained,
        (select i.score from education.school_inspections i where i.school_id = s.id order by i.occurred_on desc limit 1) as score,
        (select v.findings from health.epidemic_site_visits v where v.school_id = s.id order by v.visited_on desc limit 1) as findings
      from education.migrant_schools s order by s.name`;
    expect(
      data.migrantSchools.nodes
        .map(({ principalTrainings, inspections, epidemicSiteVisits, ...school }: Record<string, never>) => ({
          ...(school as object),
          trained: (principalTrainings as unknown as { totalCount: number }).totalCount,
          score: valuesOf(inspections, 'score')[0] ?? null,
          findings: valuesOf(epidemicSiteVisits, 'findings')[0] ?? null,
        }))
        .sort((a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1)),
    ).toEqual(
      kept
        .map((row) => ({ ...row }))
        .sort((a, b) =>
          (a as never as { name: string }).name < (b as never as { name: string }).name ? -1 : 1,
        ),
    );
    const order = data.migrantSchools.nodes.map((s: { subdistrictCode: string }) => s.subdistrictCode);
    expect(order).toEqual([...order].sort());
    expect(kept.some(({ findings }) => findings !== null)).toBe(true);
  });

  test("health's outbreaks at a school are not among it", async () => {
    const [{ n } = { n: 0 }] = await sql`
      select count(*)::int as n from health.outbreak_responses where school_id is not null`;
    expect(n).toBeGreaterThan(0);
    const { data, errors } = await askAs(
      'EDU',
      '{ outbreakResponses(first: 50) { nodes { disease place { name } school { name } } } infectiousReports(first: 5) { totalCount nodes { disease } } }',
    );
    expect(errors).toEqual([]);
    for (const field of ['disease', 'place', 'school'])
      expect(
        valuesOf(data, field).filter((value) => value !== null),
        field,
      ).toEqual([]);
    expect(data.infectiousReports).toEqual({ totalCount: 0, nodes: [] });
  });
});
