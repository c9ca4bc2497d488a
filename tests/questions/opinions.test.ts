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
    // Of closed files nobody who gave an opinion sees his item any more (dossier §6.2, R2).
    const [{ n } = { n: 0 }] = await sql`
      select count(*)::int as n from permits.department_opinions where author_unit = ${unit}
        and coalesce(window_closed_on > '2007-03-01', true)`;
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

describe('11. what a department sees for being asked', () => {
  const file = `id applicationNo permitType dueOn status submittedOn acceptedOn closedOn action daysInStage
    acceptedAtUnit { code } principal { id } materials { kind } decision { reasons } opinions { kind }
    applicant { id name sex ageBand originProvince citizenIdNumber birthDate mobilePhone maritalStatus
      currentRegistration { id } documents { number } }`;
  const everything = `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on DepartmentOpinion { kind result application { ${file} } } } }`;
  const asked = (unit: string, isOpen: boolean) => sql`
    select o.id, o.kind, o.result, a.application_no as no, a.permit_type as type, a.due_on as due, m.id as person,
      m.name, m.sex, exists (select from access.links l where l.holder = ${unit} and l.subject_id = m.id
        and coalesce(l.until >= '2007-03-01', true)) as known
    from permits.department_opinions o join permits.permit_applications a on a.id = o.application_id
    join public_security.migrants m on m.id = a.applicant_id
    where o.author_unit = ${unit} and not a.shielded and not m.shielded
      and coalesce(o.window_closed_on > '2007-03-01', true) = ${isOpen} order by o.id limit 100`;

  test.each([
    ['LSS', 'PT-LSS'],
    ['HLR', 'PT-HLR'],
  ] as const)('%s: number, kind and due day, name and sex, and no more', async (as, unit) => {
    const strangers = (await asked(unit, true)).filter(({ known }) => !known);
    expect(strangers.length).toBeGreaterThan(5);
    const { data, errors } = await askAs(as, everything, {
      ids: strangers.map(({ id }) => globalId('DepartmentOpinion', id)),
    });
    expect(errors.filter((e) => e.extensions.code !== 'FORBIDDEN')).toEqual([]);
    const nothing = {
      ...{
        status: null,
        submittedOn: null,
        acceptedOn: null,
        closedOn: null,
        action: null,
        daysInStage: null,
      },
      ...{ acceptedAtUnit: null, principal: null, materials: null, decision: null },
    };
    for (const [i, node] of data.nodes.entries()) {
      const one = strangers[i]!;
      expect(node).toEqual({
        kind: one.kind,
        result: one.result,
        application: {
          ...nothing,
          id: node.application.id,
          ...{ applicationNo: one.no, permitType: one.type, dueOn: one.due },
          opinions: [{ kind: one.kind }],
          applicant: {
            ...{ id: globalId('Migrant', one.person), name: one.name, sex: one.sex },
            ...{
              ageBand: null,
              originProvince: null,
              citizenIdNumber: null,
              birthDate: null,
              mobilePhone: null,
            },
            ...{ maritalStatus: null, currentRegistration: null, documents: null },
          },
        },
      });
    }
  });

  test.each([
    ['LSS', 'PT-LSS'],
    ['HLR', 'PT-HLR'],
  ] as const)(
    '%s: nothing once the file is closed, but for a person of its own records',
    async (as, unit) => {
      const closed = await asked(unit, false);
      const open = await sql`select applicant_id as person from permits.department_opinions
      where author_unit = ${unit} and coalesce(window_closed_on > '2007-03-01', true)`;
      const still = new Set(open.map(({ person }) => person));
      const before = closed.filter(({ person }) => !still.has(person));
      expect(before.filter(({ known }) => !known).length).toBeGreaterThan(2);
      const { data } = await askAs(
        as,
        `query ($ids: [ID!]!, $persons: [ID!]!) { items: nodes(ids: $ids) { id } persons: nodes(ids: $persons) { id } }`,
        {
          ids: before.map(({ id }) => globalId('DepartmentOpinion', id)),
          persons: before.map(({ person }) => globalId('Migrant', person)),
        },
      );
      expect(data.items).toEqual(before.map(() => null));
      expect(data.persons.map((person: unknown) => person !== null)).toEqual(
        before.map(({ known }) => known),
      );
    },
  );

  test.each([
    ['LSS', 'PT-LSS'],
    ['HLR', 'PT-HLR'],
    ['FPC', 'PT-FPC'],
  ] as const)('%s sees of all applications those in which it is asked', async (as, unit) => {
    const { data, errors } = await askAs(
      as,
      '{ permitApplications(first: 100) { totalCount nodes { applicationNo } } }',
    );
    expect(errors).toEqual([]);
    const kept = await sql`
      select a.application_no as no from permits.permit_applications a where not a.shielded and exists (
        select from permits.department_opinions o where o.application_id = a.id and o.author_unit = ${unit}
          and coalesce(o.window_closed_on > '2007-03-01', true)) order by 1`;
    expect(data.permitApplications.totalCount).toBe(kept.length);
    expect(
      data.permitApplications.nodes
        .map(({ applicationNo }: { applicationNo: string }) => applicationNo)
        .sort(),
    ).toEqual(kept.map(({ no }) => no));
  });
});
