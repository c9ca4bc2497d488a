import { describe, expect, test } from 'vitest';
import { askedNames, openAsking, personTypes, typesReadBy, valuesOf } from './asking.ts';

const { ask, askAs, graph, sql } = openAsking();
const schema = graph.graph.bare;

describe('16. an outbreak at a place', () => {
  test('the count of residents, who runs the site and whom to ring', async () => {
    const { data, errors } = await ask('question-16');
    expect(errors).toEqual([]);
    const kept = await sql`
      select o.disease, d.occupancy_count as residents, s.site_no as site, s.migrant_workers as workers,
        e.name as employer, e.contact_phone as phone
      from health.outbreak_responses o left join housing.dwellings d on d.id = o.dwelling_id
      left join construction.construction_sites s on s.id = o.site_id
      left join construction.construction_enterprises c on c.id = s.general_contractor_id
      left join labour.employers e on e.id = c.employer_id where o.closed_on is null`;
    const key = (row: Record<string, unknown>) => Object.values(row).join(' ');
    expect(
      data.outbreakResponses.nodes
        .map((o: Record<string, never>) => {
          const { disease, dwelling, site } = o as unknown as Record<string, Record<string, never> | null>;
          const employer = (
            site?.generalContractor as unknown as { employer: Record<string, string> } | undefined
          )?.employer;
          return key({
            disease,
            residents: dwelling?.occupancyCount ?? null,
            site: site?.siteNo ?? null,
            workers: site?.migrantWorkers ?? null,
            employer: employer?.name ?? null,
            phone: employer?.contactPhone ?? null,
          });
        })
        .sort(),
    ).toEqual(kept.map((row) => key(row)).sort());
    expect(kept.some(({ residents }) => residents !== null)).toBe(true);
    expect(kept.some(({ phone }) => phone !== null)).toBe(true);
  });

  test('no name of a resident: the document has none, and a list of the dwelling gives none', async () => {
    for (const type of personTypes) expect(typesReadBy('question-16', schema)).not.toContain(type);
    const { data, errors } = await askAs(
      'HLT',
      `{ outbreakResponses(first: 20) { nodes { dwelling { registrations(first: 20) { nodes { person { name } } }
           leases(first: 5) { nodes { tenantMigrant { name } } } } } } }`,
    );
    expect(valuesOf(data, 'name')).toEqual([]);
    expect(errors.map((e) => e.extensions.code)).toContain('FORBIDDEN');
  });

  test('the grants that stand are told to who handles the outbreak', async () => {
    const { data } = await askAs(
      'HLT',
      '{ outbreakResponses(first: 50) { nodes { grants { grant { status fieldGroup } } } } }',
    );
    const [{ n } = { n: 0 }] = await sql`select count(*)::int as n from health.outbreak_grants`;
    expect(valuesOf(data, 'grants').flat()).toHaveLength(n);
  });
});

describe('17 and 18. places with a fault, and the joint matters about them', () => {
  test('grave findings not put right after thirty days, with lease and matter', async () => {
    const { data, errors } = await ask('question-17');
    expect(errors).toEqual([]);
    const kept = await sql`
      select i.inspected_on as on, d.lane, d.building,
        (select count(*)::int from housing.leases l where l.dwelling_id = d.id and l.status = 'IN_FORCE' and not l.shielded) as leases,
        (select count(*)::int from comprehensive_management.governance_matters m where m.dwelling_id = d.id
          and 'PT-HLR' = any(m.participant_codes)) as matters
      from housing.property_inspections i join housing.dwellings d on d.id = i.dwelling_id
      where i.severity = 'HIGH' and i.rectified_on is null and i.inspected_on <= date '2007-03-01' - 30
      order by i.inspected_on, i.id`;
    expect(kept.some(({ matters }) => matters > 0)).toBe(true);
    expect(kept.some(({ leases }) => leases > 0)).toBe(true);
    expect(
      data.propertyInspections.nodes.map(
        ({ inspectedOn, dwelling }: { inspectedOn: string; dwelling: Record<string, never> }) => ({
          on: inspectedOn,
          lane: valuesOf(dwelling, 'lane')[0],
          building: valuesOf(dwelling, 'building')[0],
          leases: valuesOf(dwelling, 'contractNo').length,
          matters: valuesOf(dwelling, 'title').length,
        }),
      ),
    ).toEqual(kept.map((row) => ({ ...row })));
  });

  test('premises without a licence in residential units', async () => {
    const { data, errors } = await ask('question-18');
    expect(errors).toEqual([]);
    const kept = await sql`
      select p.lane, p.kind, (select count(*)::int from comprehensive_management.governance_matters m
        where m.premises_id = p.id and 'PT-AIC' = any(m.participant_codes)) as matters
      from commerce.small_premises p join housing.dwellings d on d.id = p.dwelling_id
      where p.licence_id is null and d.usage in ('RESIDENTIAL', 'VILLAGE_HOUSE') order by p.lane, p.kind`;
    expect(data.smallPremises.totalCount).toBe(kept.length);
    expect(
      data.smallPremises.nodes
        .map(
          (p: Record<string, never>) => `${valuesOf(p, 'lane')[0]} ${p.kind} ${valuesOf(p, 'title').length}`,
        )
        .sort(),
    ).toEqual(kept.map(({ lane, kind, matters }) => `${lane} ${kind} ${matters}`).sort());
    expect(kept.some(({ matters }) => matters > 0)).toBe(true);
  });

  test.each(['question-17', 'question-18'])('%s reads places, nobody who lives there', (question) => {
    expect(typesReadBy(question, schema)).toContain('Dwelling');
    for (const type of personTypes) expect(typesReadBy(question, schema)).not.toContain(type);
    expect(askedNames(question)).not.toContain('occupancyCount');
  });
});

describe("19. the quarter's talents", () => {
  test('stage, days in it, the licence of the sponsor and the lease, of own applicants', async () => {
    const { data, errors } = await ask('question-19');
    expect(errors).toEqual([]);
    const kept = await sql`
      select a.application_no as no, a.status, e.name as sponsor,
        case when a.closed_on is null then date '2007-03-01' - greatest(a.submitted_on, a.accepted_on, a.decided_on) end as days,
        (select array_agg(l.status) from commerce.business_licences l where l.employer_id = t.sponsor_id) as licences,
        (select count(*)::int from housing.leases l where l.tenant_migrant_id = t.applicant_id and not l.shielded) as leases
      from personnel.talent_applications t join permits.permit_applications a on a.id = t.application_id
      left join labour.employers e on e.id = t.sponsor_id
      where a.submitted_on >= '2007-01-01' and not t.shielded and not a.shielded order by a.application_no`;
    expect(kept.length).toBeGreaterThan(0);
    expect(kept.some(({ licences }) => licences !== null)).toBe(true);
    expect(
      data.talentApplications.nodes
        .map((t: Record<string, Record<string, never>>) => ({
          no: t.application?.applicationNo,
          status: t.application?.status,
          sponsor: t.sponsor?.name ?? null,
          days: t.application?.daysInStage ?? null,
          licences: valuesOf(t.sponsor, 'status').length > 0 ? valuesOf(t.sponsor, 'status') : null,
          leases: valuesOf(t.applicant, 'isFiledOn').length,
        }))
        .sort((a: { no: string }, b: { no: string }) => (a.no < b.no ? -1 : 1)),
    ).toEqual(kept.map((row) => ({ ...row })));
  });

  test('another applicant is not shown', async () => {
    const { data } = await askAs('PER', '{ permitApplications(first: 100) { nodes { applicationNo } } }');
    const strangers = await sql`
      select a.application_no as no from permits.permit_applications a where not exists
        (select from access.links l where l.holder = 'PT-PER' and l.subject_id = a.applicant_id)`;
    expect(strangers.length).toBeGreaterThan(0);
    const shown = new Set(valuesOf(data, 'applicationNo'));
    expect(shown.size).toBeGreaterThan(0);
    expect(strangers.filter(({ no }) => shown.has(no))).toEqual([]);
  });
});
