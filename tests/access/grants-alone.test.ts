import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Grant } from '../../src/contract/policy/grants.ts';
import { grantStatements } from '../../src/database/wall/granted.ts';
import { lintCatalogue } from '../../src/database/wall/lint-catalogue.ts';
import { roleOf } from '../../src/database/wall/roles.ts';
import { findViewer } from '../../src/identity/viewers.ts';
import { connectTo } from '../../src/store/connect.ts';
import { roleUrl } from '../../src/store/roles.ts';
import { createTestDatabase } from '../support/database.ts';
import { type Answer, createTestGraph, type TestGraph, testDay, viewerOf } from '../support/graph.ts';
import { type GrantCase, type PreparedCase, prepareCases, refOf } from './granting/cases.ts';
import { dayAfter, type GivenGrant, giveGrant, takeGrants } from './granting/give-grant.ts';
import { serverOf } from './wall/server.ts';

// Each wall keeps to case-bound grants by itself: the database where the program takes everything for granted,
// and the program where the database shows it every group of every record.

let database: Awaited<ReturnType<typeof createTestDatabase>>;
/** Its program believes in grants that nobody has given. */
let credulous: TestGraph;
let believed: readonly Grant[] = [];
let honest: TestGraph;
let today = testDay;
let all: readonly PreparedCase[];

beforeAll(async () => {
  database = await createTestDatabase('district');
  const day = () => today;
  honest = createTestGraph(database.url, undefined, undefined, undefined, day);
  const lies = async () => believed;
  credulous = createTestGraph(database.url, undefined, undefined, undefined, day, undefined, lies);
  all = await prepareCases(honest.pools);
});
afterEach(async () => {
  today = testDay;
  await takeGrants(honest.pools);
});
afterAll(async () => {
  await honest.close();
  await credulous.close();
  await database.drop();
});

const named = ['ADDRESS_HISTORY', 'LEASE_TERMS', 'IDENTITY_NUMBER', 'WOMENS_RIGHTS_CASE'];
const caseOf = (group: string): PreparedCase => all.find(({ grant }) => grant.group === group)!;
const viewerIn = ({ viewer, grant }: GrantCase) => viewerOf(viewer, grant.grantee);
const viewerNamed = (code: string) => findViewer(code)!.name;

const give = (of: PreparedCase, changed: Partial<GivenGrant> = {}) =>
  giveGrant(honest.pools, { ...of.grant, ref: refOf(of, of.ids[0]), ...changed });

const ask = (graph: TestGraph, of: PreparedCase): Promise<Answer> =>
  graph.ask(
    viewerIn(of),
    `query ($id: ID!) { node(id: $id) { id ... on ${of.type} { ${of.fields} } } }`,
    { id: refOf(of, of.ids[0]) },
    of.grant.purpose,
  );

/** The grant of a case as a program might believe in it. */
const beliefIn = (of: PreparedCase): Grant => ({
  record: of.type,
  id: of.ids[0],
  group: of.grant.group,
  viewer: viewerNamed(of.viewer),
  unit: of.grant.grantee,
  purpose: of.grant.purpose,
  until: '2099-12-31',
});

/** One thing about a grant that makes it another one. */
const changes: readonly (readonly [string, (of: PreparedCase) => Partial<GivenGrant> | null])[] = [
  ['there is none', () => null],
  ['it is for another record', (of) => ({ ref: refOf(of, of.ids[1]) })],
  ['it is for another unit', (of) => ({ grantee: of.stranger[1] })],
  ['it is for another purpose', () => ({ purpose: 'SYSTEM_SUPPORT' })],
  ['it has had its last day', () => ({ until: '2007-02-28' })],
  ['it is only asked for', () => ({ status: 'REQUESTED' })],
  ['it was revoked', () => ({ status: 'REVOKED' })],
];

describe.each(named)('a grant of %s, where the program takes it for given,', (group) => {
  test('is seen when it is given, so the comparison is worth something', async () => {
    const of = caseOf(group);
    believed = [beliefIn(of)];
    await give(of);
    expect(JSON.stringify((await ask(credulous, of)).data)).toContain(of.canary);
  });

  test.each(changes)('opens nothing when %s', async (_, change) => {
    const of = caseOf(group);
    believed = [];
    const before = await ask(credulous, of);
    believed = [beliefIn(of)];
    const changed = change(of);
    if (changed) await give(of, changed);
    const after = await ask(credulous, of);
    expect(after.statements.some(({ text }) => text.includes('sealed.granted_'))).toBe(true);
    expect(JSON.stringify(after)).not.toContain(of.canary);
    expect(after.data).toEqual(before.data);
  });

  test('opens nothing after its last day', async () => {
    const of = caseOf(group);
    believed = [beliefIn(of)];
    await give(of);
    today = dayAfter;
    expect(JSON.stringify(await ask(credulous, of))).not.toContain(of.canary);
  });

  test('opens no other group that the program believes in', async () => {
    const of = caseOf(group);
    if (!of.otherGroup) return;
    believed = [beliefIn(of), { ...beliefIn(of), group: of.otherGroup }];
    await give(of, { group: of.otherGroup });
    expect(JSON.stringify(await ask(credulous, of))).not.toContain(of.canary);
  });
});

describe('a role with SQL of its own', () => {
  /** All that the granted function shows a role, which may say of itself what it likes. */
  const read = async (of: PreparedCase, code: string, unit: string) => {
    const sql = connectTo(roleUrl(database.url, roleOf(viewerNamed(code))), { max: 1, onnotice: () => {} });
    const name = `sealed.granted_${of.type.replace(/\B[A-Z]/g, (letter) => `_${letter}`).toLowerCase()}`;
    try {
      await sql`select set_config('laihu.unit', ${unit}, false), set_config('laihu.today', ${testDay}, false)`;
      return await sql.unsafe(`select * from ${name}($1, $2::uuid[])`, [
        of.grant.purpose,
        `{${of.ids.join(',')}}`,
      ]);
    } finally {
      await sql.end();
    }
  };

  test.each(named)('reads by a grant of %s that record and that group alone', async (group) => {
    const of = caseOf(group);
    await give(of);
    const rows = await read(of, of.viewer, of.grant.grantee);
    expect(rows.map(({ id, $group }) => [id, $group])).toEqual([[of.ids[0], group]]);
    expect(JSON.stringify(rows)).toContain(of.canary);
  });

  test('reads nothing by the grant of another viewer, though it names that unit as its own', async () => {
    const of = caseOf('LEASE_TERMS');
    await give(of);
    expect(await read(of, 'PER', of.grant.grantee)).toEqual([]);
  });

  test('cannot write itself a grant', async () => {
    const sql = connectTo(roleUrl(database.url, roleOf('EDUCATION')), { max: 1, onnotice: () => {} });
    try {
      for (const table of ['access.grants', 'organisation.access_grants'])
        for (const statement of [`insert into ${table} default values`, `delete from ${table}`])
          await expect(sql.unsafe(statement)).rejects.toThrow(/No row of the machine|permission denied/);
      await expect(sql.unsafe('select * from access.grants')).rejects.toThrow(/permission denied/);
    } finally {
      await sql.end();
    }
  });
});

describe('where the database shows every group of every record to everybody', () => {
  /** The functions of the wall, without a look at grants. */
  const careless = () => {
    const { model, grantLimits } = honest.graph.wall;
    return grantStatements(model, new Set([...model.values()].map(({ store }) => store)), grantLimits)
      .filter((statement) => statement.startsWith('create function sealed.granted_'))
      .map((statement) => {
        const groups = [
          ...new Set([...statement.matchAll(/case "g"\."field_group" when '(\w+)'/g)].map(([, g]) => g)),
        ];
        return statement
          .replace('create function', 'create or replace function')
          .replace(
            /from access\.grants "g" join (\S+ "t")[\s\S]*; end$/,
            `from $1, unnest(array['${groups.join("', '")}']) "g" ("field_group") where "t"."id" = any(ids); end`,
          );
      });
  };
  let careful: string[] = [];
  beforeAll(async () => {
    const { model, grantLimits } = honest.graph.wall;
    const stores = new Set([...model.values()].map(({ store }) => store));
    careful = grantStatements(model, stores, grantLimits)
      .filter((statement) => statement.startsWith('create function sealed.granted_'))
      .map((statement) => statement.replace('create function', 'create or replace function'));
    await honest.pools.ownerOf('organisation').unsafe(careless().join(';\n'));
  });
  afterAll(async () => {
    await honest.pools.ownerOf('organisation').unsafe(careful.join(';\n'));
  });

  describe.each(named)('the program, for a grant of %s,', (group) => {
    test('shows the record that is granted, as one that looks at nothing would show it without', async () => {
      const of = caseOf(group);
      believed = [beliefIn(of)];
      expect(JSON.stringify((await ask(credulous, of)).data)).toContain(of.canary);
      await give(of);
      expect(JSON.stringify((await ask(honest, of)).data)).toContain(of.canary);
    });

    test.each(changes)('shows nothing when %s', async (_, change) => {
      const of = caseOf(group);
      const before = await ask(honest, of);
      const changed = change(of);
      if (changed) await give(of, changed);
      const after = await ask(honest, of);
      expect(JSON.stringify(after)).not.toContain(of.canary);
      expect(after).toEqual(before);
    });

    test('shows nothing of the record beside it in the document', async () => {
      const of = caseOf(group);
      await give(of);
      const { data } = await honest.ask(
        viewerIn(of),
        `query ($id: ID!, $beside: ID!) { one: node(id: $id) { ...Fields } two: node(id: $beside) { ...Fields } }
          fragment Fields on ${of.type} { ${of.fields} }`,
        { id: refOf(of, of.ids[0]), beside: refOf(of, of.ids[1]) },
        of.grant.purpose,
      );
      expect(JSON.stringify(data.one)).toContain(of.canary);
      expect(JSON.stringify(data.two)).not.toMatch(of.besides);
    });

    test('shows nothing of another group, and nothing after the last day', async () => {
      const of = caseOf(group);
      if (of.otherGroup) {
        await give(of, { group: of.otherGroup });
        expect(JSON.stringify(await ask(honest, of))).not.toContain(of.canary);
        await takeGrants(honest.pools);
      }
      await give(of);
      today = dayAfter;
      expect(JSON.stringify(await ask(honest, of))).not.toContain(of.canary);
    });
  });
});

/** A working group of a sub-district has members, and nobody with a token of it. */
async function unitOfNobody(): Promise<string> {
  const [unit] = await honest.pools.ownerOf('organisation')`
    select id from organisation.org_units where kind = 'WORKING_GROUP' limit 1`;
  return String(unit?.id);
}

describe('what is never granted (dossier §6.5)', () => {
  const units: readonly (readonly [string, string])[] = [
    ['HLT', 'PT-HLT'],
    ['FPC', 'PT-FPC'],
    ['PSB', 'PT-PSB'],
    ['STN', 'PT-STN-015-1'],
    ['SUB', 'PT-SUB-015'],
  ];
  /** Group, a type that has it, and to whom it is refused. */
  const never: readonly (readonly [string, string, readonly string[]])[] = [
    ['REPRODUCTIVE_RECORD', 'PregnancyNotice', units.map(([code]) => code)],
    ['ETHNICITY', 'Migrant', units.map(([code]) => code)],
    ['ADOPTION_REGISTRATION', 'AdoptionRegistration', units.map(([code]) => code)],
    ['MATERNAL_CHILD_HEALTH', 'MaternalRecord', ['FPC', 'PSB', 'STN']],
  ];
  const somebody = '00000000-0000-7000-8000-000000000000';
  const recorded = (group: string, type: string, grantee: string, status: string) =>
    giveGrant(honest.pools, { grantee, group, ref: refOf({ type }, somebody), purpose: 'AID', status }).then(
      () => 'recorded',
      (error: { constraint_name?: string }) => error.constraint_name,
    );

  test.each(never)('%s is refused even as a request, whoever records it', async (group, type, to) => {
    for (const [code, unit] of units)
      for (const status of ['REQUESTED', 'ACTIVE'])
        expect([code, status, await recorded(group, type, unit, status)]).toEqual([
          code,
          status,
          to.includes(code) ? 'access_grants_never' : 'recorded',
        ]);
  });

  test('a grant that the owner wrote by hand opens nothing, and the server does not start', async () => {
    const owner = honest.pools.ownerOf('organisation');
    const [person] =
      await owner`select id from public_security.migrants where ethnicity is not null and not shielded limit 1`;
    const ref = refOf({ type: 'Migrant' }, String(person?.id));
    await owner`insert into access.grants values (gen_random_uuid(), 'HEALTH', 'PT-HLT', 'Migrant', ${String(person?.id)},
      'ETHNICITY', 'DISEASE_CONTROL', '2007-03-15')`;
    const { data } = await honest.ask(
      viewerOf('HLT'),
      'query ($id: ID!) { node(id: $id) { ... on Migrant { ethnicity } } }',
      { id: ref },
      'DISEASE_CONTROL',
    );
    expect(data?.node?.ethnicity ?? null).toBeNull();
    const faults = await lintCatalogue(honest.graph.wall, serverOf(honest.pools, database.url));
    expect(faults).toEqual([
      expect.stringMatching(/grants ETHNICITY to HEALTH, which schema\/grants\.tsv forbids/),
    ]);
    await owner`delete from access.grants`;
    // The same for one to whom alone the group is never granted; the owner may call every function.
    const child = await owner`select id from health.maternal_records limit 1`;
    const seen = (viewer: string, unit: string) =>
      owner.begin(async (tx) => {
        await tx`insert into access.grants values (gen_random_uuid(), ${viewer}, ${unit}, 'MaternalRecord', ${String(child[0]?.id)},
          'MATERNAL_CHILD_HEALTH', 'AID', '2007-03-15')`;
        await tx`select set_config('laihu.unit', ${unit}, true), set_config('laihu.today', ${testDay}, true)`;
        const rows =
          await tx`select id from sealed.granted_maternal_record('AID', ${[String(child[0]?.id)]}::uuid[])`;
        await tx`delete from access.grants`;
        return rows.length;
      });
    expect([await seen('PUBLIC_SECURITY', 'PT-PSB'), await seen('CIVIL_AFFAIRS', 'PT-CIV')]).toEqual([0, 1]);
    expect(await lintCatalogue(honest.graph.wall, serverOf(honest.pools, database.url))).toEqual([]);
  });

  test.each([
    ['WOMENS_RIGHTS_CASE', 'WomenRightsCase'],
    ['YOUTH_HELP_PLAN', 'YouthHelpPlan'],
    ['LEGAL_AID', 'LegalAidCase'],
    ['AID_CASE', 'AidCase'],
  ])('%s is not in force without the consent of the client', async (group, type) => {
    expect(await recorded(group, type, 'PT-EDU', 'REQUESTED')).toBe('recorded');
    expect(await recorded(group, type, 'PT-EDU', 'ACTIVE')).toBe('access_grants_consent');
  });

  test.each([
    ['a unit for which nobody acts', null, 'LEASE_TERMS', refOf({ type: 'Lease' }, somebody), 'holder'],
    ['a text that is no id', 'PT-EDU', 'LEASE_TERMS', 'Lease:1', 'record'],
    ['a record without the group', 'PT-EDU', 'LEASE_TERMS', refOf({ type: 'Migrant' }, somebody), 'record'],
    [
      'another group of a secret record',
      'PT-EDU',
      'CONTACT',
      refOf({ type: 'WomenRightsCase' }, somebody),
      'record',
    ],
  ])('%s is refused', async (_, grantee, group, ref, constraint) => {
    const given = { grantee: grantee ?? (await unitOfNobody()), group, ref, purpose: 'AID' };
    await expect(giveGrant(honest.pools, given)).rejects.toMatchObject({
      constraint_name: `access_grants_${constraint}`,
    });
  });
});
