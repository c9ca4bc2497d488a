import { describe, expect, test } from 'vitest';
import { openAsking, valuesOf } from './asking.ts';

const { ask, askAs, sql } = openAsking();

describe('10. the file of an employer', () => {
  test('holds contracts, wages, insurance, months unpaid, inspection, arrears and licence', async () => {
    const [busy] = await sql`
      select e.org_code as code, e.id from labour.employers e join labour.wage_arrears_cases c on c.employer_id = e.id
      join commerce.business_licences l on l.employer_id = e.id where c.closed_on is null order by e.org_code limit 1`;
    const { data, errors, extensions } = await ask('question-10', { variables: { orgCode: busy?.code } });
    expect(errors).toEqual([]);
    expect(extensions?.access).toBeUndefined();
    const [employer] = data.employers.nodes;
    const rows = await sql`
      select e.monthly_wage::text as fen from labour.employments e where e.employer_id = ${busy?.id}
      and e.status = 'ACTIVE' and not e.shielded order by e.monthly_wage`;
    const fen = employer.employments.nodes.map((e: { monthlyWage: string }) =>
      e.monthlyWage.replace('.', ''),
    );
    expect(employer.employments.totalCount).toBe(rows.length);
    expect(fen.sort((a: string, b: string) => Number(a) - Number(b))).toEqual(rows.map((row) => row.fen));
    expect(rows.length).toBeGreaterThan(0);
    const insured = await sql`
      select count(*)::int as n from labour.insurance_enrolments i where i.payer_id = ${busy?.id} and not i.shielded
      and i.status <> 'SUSPENDED' and i.starts_on <= '2007-03-01' and coalesce(i.ends_on >= '2007-03-01', true)`;
    const answers = employer.insuranceEnrolments.nodes.map((i: { isInsuredOn: boolean }) => i.isInsuredOn);
    expect(answers.filter(Boolean)).toHaveLength(insured[0]?.n);
    const cases = await sql`
      select case_no as no from labour.wage_arrears_cases where employer_id = ${busy?.id} and closed_on is null`;
    expect(employer.arrearsCases.nodes.map((c: { caseNo: string }) => c.caseNo)).toEqual(
      cases.map(({ no }) => no),
    );
    const licences = await sql`
      select registration_no as no from commerce.business_licences where employer_id = ${busy?.id}`;
    expect(employer.businessLicences.map((l: { registrationNo: string }) => l.registrationNo)).toEqual(
      licences.map(({ no }) => no),
    );
  });

  test('names the months that are due or late', async () => {
    const [late] = await sql`
      select e.org_code as code, array_agg(c.month || ' ' || c.state order by c.month, c.id) as months
      from labour.insurance_contributions c join labour.insurance_enrolments i on i.id = c.enrolment_id
      join labour.employers e on e.id = i.payer_id
      where c.state in ('DUE', 'LATE') and not i.shielded group by 1 order by 1 limit 1`;
    expect(late).toBeDefined();
    const { data } = await ask('question-10', { variables: { orgCode: late?.code } });
    const shown = valuesOf(data, 'contributions').flatMap((page) =>
      (page as { nodes: { month: string; state: string }[] }).nodes.map(
        ({ month, state }) => `${month} ${state}`,
      ),
    );
    expect(shown.sort()).toEqual(late?.months);
  });

  test.each(['CON', 'PER', 'JUS', 'SUB', 'CAC', 'HLR', 'AIC'] as const)('tells no wage to %s', async (as) => {
    const { data } = await askAs(
      as,
      '{ employers(first: 50) { nodes { employments(first: 20) { nodes { monthlyWage } } } } employments(first: 100) { nodes { monthlyWage } } }',
    );
    expect(valuesOf(data, 'monthlyWage').filter((wage) => wage !== null)).toEqual([]);
  });
});

describe('12. the file of a site', () => {
  const site = 'SITE-41';

  test('holds contractor, hazards, training, hygiene and disputes', async () => {
    const { data, errors } = await ask('question-12', { variables: { siteNo: site } });
    expect(errors).toEqual([]);
    const [kept] = await sql`
      select s.migrant_workers as workers, e.qualification_grade as grade, p.name as contractor,
        (select count(*)::int from construction.safety_inspections i where i.site_id = s.id and i.rectified_on is null) as hazards,
        (select sum(t.attendee_count)::int from construction.site_trainings t where t.site_id = s.id) as trained,
        (select count(*)::int from health.epidemic_site_visits v where v.site_id = s.id) as visits
      from construction.construction_sites s join construction.construction_enterprises e on e.id = s.general_contractor_id
      join labour.employers p on p.id = e.employer_id where s.site_no = ${site}`;
    const [file] = data.constructionSites.nodes;
    expect({
      workers: file.migrantWorkers,
      grade: file.generalContractor.qualificationGrade,
      contractor: file.generalContractor.employer.name,
      hazards: file.safetyInspections.totalCount,
      trained: file.trainings.nodes.reduce(
        (sum: number, t: { attendeeCount: number }) => sum + t.attendeeCount,
        0,
      ),
      visits: file.epidemicSiteVisits.nodes.length,
    }).toEqual({ ...kept });
    expect(kept?.visits).toBeGreaterThan(0);
  });

  test("masks labour's case, and has no name of a worker from labour", async () => {
    const { data, extensions } = await ask('question-12', { variables: { siteNo: site } });
    const [dispute] = data.constructionSites.nodes[0].wageDisputes.nodes;
    const [kept] = await sql`
      select c.status, to_char(c.accepted_on, 'YYYY-MM') as month, c.worker_count as workers, c.amount_claimed::text as fen
      from construction.site_wage_disputes d join construction.construction_sites s on s.id = d.site_id
      join labour.wage_arrears_cases c on c.id = d.transferred_to_id where s.site_no = ${site}`;
    expect(dispute.transferredTo).toEqual({
      status: kept?.status,
      acceptedMonth: kept?.month,
      claimBand: 'FROM_10000',
      workerCountBand: 'FROM_10',
      amountClaimed: null,
      complainants: null,
    });
    expect(Number(kept?.fen)).toBeGreaterThanOrEqual(1_000_000);
    expect(kept?.workers).toBeGreaterThanOrEqual(10);
    // Its own dispute is construction's in full.
    expect(dispute.amountClaimed).toMatch(/^\d+\.\d\d$/);
    expect(extensions.access.masked.map((m: { coordinate: string }) => m.coordinate)).toEqual(
      expect.arrayContaining(['WageArrearsCase.amountClaimed', 'WageArrearsCase.complainants']),
    );
  });

  test("is silent about labour's other cases", async () => {
    const { data } = await askAs('CON', '{ wageArrearsCases(first: 50) { totalCount } }');
    const [{ n } = { n: 0 }] = await sql`
      select count(distinct transferred_to_id)::int as n from construction.site_wage_disputes where transferred_to_id is not null`;
    const [{ all } = { all: 0 }] = await sql`select count(*)::int as all from labour.wage_arrears_cases`;
    expect(data.wageArrearsCases.totalCount).toBe(n);
    expect(all).toBeGreaterThan(n);
  });
});

test('13. wages of a client: legal aid in full, of labour and site the band and the state', async () => {
  const { data, errors, extensions } = await ask('question-13');
  expect(errors).toEqual([]);
  const aid = await sql`select case_no as no, status from justice.legal_aid_cases where matter = 'WAGES'`;
  expect(data.legalAidCases.totalCount).toBe(aid.length);
  const stateOf = new Map(aid.map(({ no, status }) => [no, status]));
  for (const { caseNo, status } of data.legalAidCases.nodes) expect(status).toBe(stateOf.get(caseNo));
  expect(new Set(stateOf.values()).size).toBeGreaterThan(1);
  const [labour] = await sql`
    select count(*)::int as n, array_agg(distinct status) as states from labour.wage_arrears_cases
    where referred_to_unit = 'PT-JUS'`;
  expect(data.wageArrearsCases.nodes).toHaveLength(labour?.n);
  const [disputes] = await sql`
    select count(*)::int as n from construction.site_wage_disputes where 'PT-JUS' = any(referred_to_units)`;
  expect(data.siteWageDisputes.nodes).toHaveLength(disputes?.n);
  for (const one of [...data.wageArrearsCases.nodes, ...data.siteWageDisputes.nodes]) {
    expect(one).toMatchObject({ amountClaimed: null, status: expect.any(String) });
    expect(one.claimBand).toMatch(/^(UNDER|FROM)_\d+$/);
  }
  expect(labour?.n * disputes?.n).toBeGreaterThan(0);
  expect(extensions.access.masked).toHaveLength(2);
});
