import { describe, expect, test } from 'vitest';
import { globalId, openAsking, valuesOf } from './asking.ts';

const { ask, askAs, sql } = openAsking();

describe('2. the opinions of applications', () => {
  const states = ['ACCEPTED', 'UNDER_REVIEW', 'OPINIONS_COMPLETE'];
  const opinions = (unit: string) => sql`
    select a.application_no as no, o.kind, o.result, o.due_on as due, o.author_unit as author
    from permits.permit_applications a join permits.department_opinions o on o.application_id = a.id
    where a.accepted_at_unit = ${unit} and a.permit_type = 'EMPLOYMENT' and a.status in ${sql(states)}
      and not a.shielded order by no, o.kind`;

  test('stand at the window with state and day', async () => {
    const { data, errors } = await ask('question-02');
    expect(errors).toEqual([]);
    const shown = data.permitApplications.nodes.flatMap(
      (file: { applicationNo: string; opinions: { kind: string; result: string; dueOn: string }[] }) =>
        file.opinions.map(({ kind, result, dueOn }) => [file.applicationNo, kind, result, dueOn].join(' ')),
    );
    const kept = await opinions('PT-CAC-015');
    expect(shown.sort()).toEqual(kept.map(({ no, kind, result, due }) => `${no} ${kind} ${result} ${due}`));
    expect(new Set(kept.map(({ author }) => author)).size).toBeGreaterThan(3);
  });

  test.each([
    ['LSS', 'PT-LSS', 'EMPLOYMENT'],
    ['HLR', 'PT-HLR', 'RESIDENCE'],
    ['SUB', 'PT-SUB-015', 'CERTIFICATE'],
    ['STN', 'PT-STN-015-1', 'ONSITE'],
  ] as const)('are hidden from %s but for its own, reasons and all', async (as, unit, kind) => {
    const { data, errors } = await askAs(
      as,
      `{ departmentOpinions(first: 100) { totalCount nodes { kind result reason authorUnit { code }
           application { opinions { kind authorUnit { code } reason } } } } }`,
    );
    expect(errors).toEqual([]);
    const [{ n } = { n: 0 }] = await sql`
      select count(*)::int as n from permits.department_opinions where author_unit = ${unit}`;
    expect(data.departmentOpinions.totalCount).toBe(n);
    expect(n).toBeGreaterThan(0);
    for (const node of data.departmentOpinions.nodes) {
      expect(node).toMatchObject({ kind, authorUnit: { code: unit } });
      for (const one of node.application?.opinions ?? []) expect(one.authorUnit.code).toBe(unit);
    }
  });
});

test('11. an opinion on employment: contract and insurance, and of the file its own item only', async () => {
  const { data, errors } = await ask('question-11');
  expect(errors).toEqual([]);
  const kept = await sql`
    select m.name, (select count(*)::int from labour.employments e where e.employee_id = m.id and e.status = 'ACTIVE') as work,
      exists (select from labour.insurance_enrolments i where i.insured_id = m.id and i.status <> 'SUSPENDED'
        and i.starts_on <= '2007-03-01' and coalesce(i.ends_on >= '2007-03-01', true)) as insured
    from permits.department_opinions o join permits.permit_applications a on a.id = o.application_id
    join public_security.migrants m on m.id = a.applicant_id
    where o.author_unit = 'PT-LSS' and o.result = 'PENDING' and not a.shielded`;
  expect(kept.length).toBeGreaterThan(0);
  const files = data.departmentOpinions.nodes.flatMap(
    ({ application }: { application: object | null }) => application ?? [],
  );
  const line = (name: string, work: number, insured: boolean) => `${name} ${Math.min(work, 3)} ${insured}`;
  expect(
    files
      .map(({ applicant }: { applicant: Record<string, never> }) => {
        const { employments, insuranceEnrolments, name } = applicant as unknown as {
          name: string;
          employments: { nodes: object[] };
          insuranceEnrolments: { nodes: { isInsuredOn: boolean }[] };
        };
        return line(
          name,
          employments.nodes.length,
          insuranceEnrolments.nodes.some((i) => i.isInsuredOn),
        );
      })
      .sort(),
  ).toEqual(kept.map(({ name, work, insured }) => line(name, work, insured)).sort());
  for (const { opinions } of files) expect(opinions).toEqual([{ kind: 'EMPLOYMENT', result: 'PENDING' }]);
  const others = await askAs(
    'LSS',
    '{ permitApplications(first: 20) { nodes { materials { kind fileRef note } decision { reasons } } } }',
  );
  expect(others.data.permitApplications.nodes.length).toBeGreaterThan(0);
  for (const field of ['fileRef', 'note', 'reasons', 'kind'])
    expect(
      valuesOf(others.data, field).filter((value) => value !== null),
      field,
    ).toEqual([]);
});

test('11. once the file is closed, a person whom the bureau has no record of is a stranger again', async () => {
  const closed = await sql`
    select o.id from permits.department_opinions o
    where o.author_unit = 'PT-LSS' and o.window_closed_on < '2007-03-01'
      and not exists (select from labour.employments e where e.employee_id = o.applicant_id)
      and not exists (select from permits.department_opinions p where p.applicant_id = o.applicant_id
        and p.author_unit = 'PT-LSS' and coalesce(p.window_closed_on >= '2007-03-01', true))`;
  expect(closed.length).toBeGreaterThan(0);
  for (const { id } of closed) {
    const { data } = await askAs(
      'LSS',
      'query ($id: ID!) { departmentOpinion(id: $id) { kind application { status } } }',
      { id: globalId('DepartmentOpinion', id) },
    );
    expect(data.departmentOpinion).toEqual({ kind: 'EMPLOYMENT', application: null });
  }
});
