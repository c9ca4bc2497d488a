import { isEnumType, isInputObjectType, parse, validate } from 'graphql';
import { describe, expect, test } from 'vitest';
import { AuthenticationError } from '../../src/identity/authentication-error.ts';
import { createViewer } from '../../src/identity/viewer.ts';
import { viewers } from '../../src/identity/viewers.ts';
import { exampleOf, globalId, openAsking, valuesOf } from './asking.ts';

const { ask, askAs, graph, sql } = openAsking();

/** How many rows there are that are not shown. */
const countOf = async (table: string): Promise<number> => {
  const [row] = await sql.unsafe(`select count(*)::int as n from ${table}`);
  return row?.n;
};

describe('secret records: as where there are none, without a hint', () => {
  test.each([
    ['refusal-01', ['family_planning.pregnancy_notices', 'family_planning.family_planning_records']],
    ['refusal-02', ['health.maternal_records']],
    ['refusal-10', ['public_security.police_cases']],
    ['refusal-11', ['health.infectious_reports']],
  ])('%s', async (refusal, tables) => {
    for (const table of tables) expect(await countOf(table), table).toBeGreaterThan(0);
    const { data, errors, extensions } = await ask(refusal);
    expect(errors).toEqual([]);
    expect(extensions).toBeUndefined();
    for (const page of Object.values(data)) expect(page).toEqual({ totalCount: 0, nodes: [] });
  });

  test('1. the same for a woman who has a notice and one who has none, by her id', async () => {
    const [has] =
      await sql`select person_id as id from family_planning.pregnancy_notices order by id limit 1`;
    const [none] = await sql`
      select id from public_security.migrants m where sex = 'FEMALE' and not exists
        (select from family_planning.pregnancy_notices n where n.person_id = m.id) order by id limit 1`;
    const asked = (id: string) =>
      askAs(
        'STN',
        'query ($id: ID!) { pregnancyNotices(first: 5, filter: { person: { id: { eq: $id } } }) { totalCount nodes { status } } }',
        {
          id: globalId('Migrant', id),
        },
      );
    const [one, other] = [await asked(has?.id), await asked(none?.id)];
    expect({ ...one, statements: one.statements.length }).toEqual({
      ...other,
      statements: other.statements.length,
    });
    expect(JSON.stringify(one.data)).not.toMatch(/[1-9]/);
  });

  test('10. nor does the post at home help: the token acts for a unit of its department only', () => {
    expect(() =>
      createViewer({
        department: 'PSB',
        unit: 'PT-POP',
        sub: 'deputy',
        name: '示例',
        posts: ['CASE_OFFICER'],
      }),
    ).toThrow(AuthenticationError);
    const deputy = createViewer({
      department: 'POP',
      unit: 'PT-POP',
      sub: 'deputy',
      name: '示例',
      posts: ['CASE_OFFICER'],
    });
    expect(deputy.department).toBe('POPULATION_OFFICE');
  });
});

test('3. the school of a child is not told to the police', async () => {
  expect(await countOf('education.child_enrolments')).toBeGreaterThan(0);
  const { data, errors, denied } = await ask('refusal-03');
  expect(data).toEqual({ childEnrolments: null });
  expect(errors[0]?.extensions.code).toBe('FORBIDDEN');
  expect(denied[0]).toMatchObject({
    group: 'CHILD_ENROLMENT',
    reason: 'NOT_GRANTED',
  });
  const { data: schools } = await askAs(
    'PSB',
    '{ migrantSchools(first: 50) { nodes { name enrolments(first: 5) { nodes { child { name } } } } } }',
  );
  expect(schools.migrantSchools.nodes.length).toBeGreaterThan(0);
  expect(valuesOf(schools, 'enrolments').filter(Boolean)).toEqual([]);
});

describe('4 and 5. beyond the territory', () => {
  test('a coordinator lists nobody of another neighbourhood, and opens nobody of it', async () => {
    const [person] = await sql`
      select id from public_security.migrants where neighbourhood_code = '310107015009' and not shielded limit 1`;
    expect(person).toBeDefined();
    const { data, errors } = await ask('refusal-04');
    expect(data).toEqual({ migrants: null });
    expect(errors.map((e) => [e.path, e.extensions.code])).toEqual([[['migrants'], 'OUT_OF_SCOPE']]);
    const own = await ask('refusal-04', { variables: { neighbourhood: '310107015001' } });
    expect(own.data.migrants.totalCount).toBeGreaterThan(0);
    const opened = await askAs('COR', 'query ($id: ID!) { migrant(id: $id) { name } }', {
      id: globalId('Migrant', person?.id),
    });
    expect(opened.data.migrant).toBeNull();
    expect(opened.errors[0]?.extensions.code).toBe('OUT_OF_SCOPE');
  });

  test('a sub-district opens no dwelling of another; its own sub-district does', async () => {
    const id = String(exampleOf('refusal-05').variables?.id);
    const local = Buffer.from(id, 'base64url').toString().replace('Dwelling:', '');
    const [kept] =
      await sql`select subdistrict_code as code, lane from housing.dwellings where id = ${local}`;
    expect(kept?.code).toBe('310107020');
    const { data, errors } = await ask('refusal-05');
    expect(data).toEqual({ dwelling: null });
    expect(errors[0]?.extensions).toEqual({ code: 'OUT_OF_SCOPE', type: 'Dwelling' });
    const own = await ask('refusal-05', { as: 'SUB', unit: 'PT-SUB-020' });
    expect(own.data.dwelling.address.lane).toBe(kept?.lane);
  });
});

describe('6, 7 and 12. what does not exist', () => {
  test.each(['refusal-06', 'refusal-07', 'refusal-12'])("%s: in no viewer's contract", (refusal) => {
    const document = parse(exampleOf(refusal).document);
    const names = ['policeCases', 'ethnicity', 'ETHNICITY', 'keyPersons', 'riskScore', 'suspicion'];
    const asked = names.filter((name) => exampleOf(refusal).document.includes(name));
    const faults = validate(graph.graph.bare, document).map(({ message }) => message);
    for (const name of asked)
      expect(
        faults.some((fault) => fault.includes(`"${name}"`)),
        name,
      ).toBe(true);
    for (const { name } of viewers)
      expect(validate(graph.graph.viewerSchemas.of(name), document), name).not.toEqual([]);
  });

  test.each(viewers)(
    "7. ethnicity, household registration and origin are no argument of $code's",
    ({ name: viewer }) => {
      const words = Object.entries(graph.graph.viewerSchemas.of(viewer).getTypeMap()).flatMap(
        ([name, type]) => {
          // What a form gives is written, not searched by.
          if (isInputObjectType(type) && /Input$/.test(name)) return [];
          if (isInputObjectType(type))
            return Object.keys(type.getFields()).map((field) => `${name}.${field}`);
          return isEnumType(type) && /OrderField$/.test(name)
            ? type.getValues().map((value) => `${name}.${value.name}`)
            : [];
        },
      );
      expect(words.length).toBeGreaterThan(50);
      expect(words.filter((word) => /\.(ethnicity|hukou|origin_?province)/i.test(word))).toEqual([]);
    },
  );

  test('7. counts are taken by home province for the liaison there (question 20), never by the other two', () => {
    const keys = graph.graph.bare.getType('StatisticKey');
    const names = isEnumType(keys) ? keys.getValues().map((value) => value.name) : [];
    expect(names).toContain('ORIGIN_PROVINCE');
    expect(names.filter((name) => /ETHNIC|HUKOU/.test(name))).toEqual([]);
  });
});

test("8. a tenant's wage is withheld from housing with the reason, the lease stays", async () => {
  const { data, denied } = await ask('refusal-08');
  expect(data.leases.nodes).toHaveLength(5);
  expect(
    data.leases.nodes.every(
      (l: { contractNo: string; tenantMigrant: object }) => l.contractNo && l.tenantMigrant,
    ),
  ).toBe(true);
  expect(valuesOf(data, 'employments').every((value) => value === null)).toBe(true);
  expect(denied.map((d) => [d.coordinate, d.reason])).toEqual(
    expect.arrayContaining([['Employment.monthlyWage', 'NOT_GRANTED']]),
  );
});

test.each(['AIC', 'CON', 'JUS', 'SUB', 'PSB', 'STN', 'COR'] as const)(
  '9. who complained of arrears is not told to %s',
  async (as) => {
    expect(await countOf('labour.arrears_complainants')).toBeGreaterThan(0);
    const { data } = await ask('refusal-09', { as });
    expect(data.employers?.nodes.length ?? 0, as).toBeGreaterThan(as === 'COR' ? -1 : 0);
    expect(valuesOf(data, 'complainants').filter((value) => value !== null)).toEqual([]);
    const direct = await askAs(
      as,
      '{ wageArrearsCases(first: 20) { nodes { complainants(first: 5) { nodes { person { name } } } } } }',
    );
    expect(valuesOf(direct.data, 'complainants').filter((value) => value !== null)).toEqual([]);
  },
);
