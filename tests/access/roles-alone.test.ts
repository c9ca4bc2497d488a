import { getTableColumns } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { standingFunction, workFunction } from '../../src/database/doing/standing.ts';
import { takeInFunction } from '../../src/database/doing/taking-in.ts';
import { grantedFunction } from '../../src/database/wall/granted.ts';
import { personViewers } from '../../src/database/wall/person-viewers.ts';
import { type ViewerCode, viewers } from '../../src/identity/viewers.ts';
import { createTestDatabase } from '../support/database.ts';
import { createTestGraph, testDay } from '../support/graph.ts';
import { Readable, storedTables } from './alone/readable.ts';
import type { Expectation } from './asking/expectation.ts';
import { expectNoProblems } from './asking/no-problems.ts';
import { openSetting, recordTypes, type Setting } from './asking/setup.ts';
import { isShownWhenAsked, mayBeAsked } from './reading/asked.ts';
import { readMeasures } from './reading/measures.ts';
import { shield } from './rows/unusual.ts';

// Whoever has a viewer's login asks PostgreSQL without the program: everything that the role may name, of every row.

/**
 * What a role can read beyond its policy, all of it: the bare key in related rows by which a relation is followed that
 * the program shows in own rows only (docs/access.md).
 */
const keysOfOwnRelations: ReadonlySet<string> = new Set([
  'PER housing.leases: dwelling_id',
  'EDU housing.leases: dwelling_id',
  'LAO permits.permit_applications: principal_id',
]);
const keysRead = new Set<string>();

const nobody = '00000000-0000-7000-8000-000000000000';
/** Its own: other tests present numbers at windows, which opens rows there for a minute. */
let database: Awaited<ReturnType<typeof createTestDatabase>>;
let setting: Setting;
/** Viewers and tables of which something was read. */
let read = 0;

beforeAll(async () => {
  database = await createTestDatabase('district');
  const graph = createTestGraph(database.url);
  // Of these departments are asked, and know them by no record of their own; then they ask for the shield.
  const asked = await graph.pools.ownerOf('permits')`
    select distinct on (author_unit, n) applicant_id as id from (
      select *, row_number() over (partition by author_unit order by id) % 2 as n from permits.department_opinions o
      where author_unit in ('PT-LSS', 'PT-HLR') and window_closed_on is null and not exists (
        select from access.links l where l.holder = o.author_unit and l.subject_id = o.applicant_id)) o`;
  expect(asked.length).toBe(4);
  await shield(
    graph.pools,
    asked.map(({ id }) => String(id)),
  );
  setting = await openSetting(graph);
  // Two windows at which somebody, who is nobody of the district, has presented a number.
  await setting.graph.pools.ownerOf('organisation')`
    insert into access.presented (unit, subject_id, until)
    select unit, ${nobody}, now() + interval '1 hour' from unnest(array['PT-CAC-015', 'PT-CAC-103']) unit on conflict do nothing`;
});
afterAll(async () => {
  await setting.graph.close();
  await database.drop();
});

/** Asks as the role of a viewer, with what its connections say of it. */
async function askAs<T>({ asking }: Expectation, store: string, text: string): Promise<T[]> {
  const { pools } = setting.graph;
  const { department: viewer, unit, subdistrict, station, person, posts } = asking;
  const pool = await pools.acquire(store, {
    viewer,
    unit,
    subdistrict: subdistrict ?? '',
    station: station ?? '',
    holder: viewer === 'COORDINATOR' ? person : unit,
    person: personViewers(setting.graph.graph.model).has(viewer) ? person : '',
    posts: [...posts].sort().join(','),
    today: testDay,
  });
  try {
    return (await pool.sql.unsafe(text)) as unknown as T[];
  } finally {
    pools.release(pool);
  }
}

const quoted = (name: string) =>
  name
    .split('.')
    .map((part) => `"${part}"`)
    .join('.');

describe.each(viewers.map((v) => v.code))('%s, by SQL,', (code) => {
  test.each(storedTables)('reads of $name what it is to see', async ({ store, name, types }) => {
    const { oracle, district } = setting;
    const viewer = setting.expectOfTables(code);
    const columns = await askAs<{ column: string }>(
      viewer,
      store,
      `select attname as "column" from pg_attribute where attrelid = '${quoted(name)}'::regclass and attnum > 0
        and not attisdropped and has_column_privilege(attrelid, attnum, 'select')`,
    );
    const names = columns.map(({ column }) => column);
    expect(names).toContain('id');
    const rows = await askAs<Record<string, unknown>>(
      viewer,
      store,
      `select ${names.map(quoted).join(', ')} from ${quoted(name)}`,
    );
    const readable = new Readable(oracle, district, viewer);
    const { table } = district.source(types[0]!);
    const properties = new Map(
      Object.entries(getTableColumns(table) as Record<string, PgColumn>).map(([property, column]) => [
        column.name,
        property,
      ]),
    );
    const problems = new Map<string, number>();
    const problem = (text: string) => problems.set(text, (problems.get(text) ?? 0) + 1);
    for (const row of rows) {
      if (!types.some((type) => viewer.scope.sees(type, row.id))) problem('a row that is not its own to see');
      const { stored, made } = readable.of(types, String(row.id));
      for (const column of names) {
        const value = row[column];
        if (value === null) continue;
        // `name`, `name__lease_terms`, `name__masked`, `birth_year__derived`.
        const [base = '', use] = column.split('__');
        const property = properties.get(base);
        const isStored = use !== 'masked' && use !== 'derived' && property !== undefined;
        if (isStored ? !stored.has(property) : !made.has(value)) problem(column);
      }
    }
    if (rows.length > 0) read += 1;
    const found = [...problems].map(([what, n]) => ({ place: `${code} ${name}: ${what}`, n }));
    for (const { place } of found) if (keysOfOwnRelations.has(place)) keysRead.add(place);
    expectNoProblems(
      found
        .filter(({ place }) => !keysOfOwnRelations.has(place))
        .map(({ place, n }) => `${place} (${n} rows of ${rows.length})`),
    );
  });
});

// A function that runs as the owner shows of each row what a column cannot: only to the viewer whose it is, and only of
// rows in its scope.
test.each(viewers.map((v) => v.code))(
  '%s calls its own functions, and none shows a foreign row',
  async (code) => {
    const { district, graph } = setting;
    const viewer = setting.expectOfTables(code);
    const mine = [...graph.graph.wall.plan.sealed.values()].filter(
      (v) => v.viewer === viewer.asking.department,
    );
    const callable = await askAs<{ name: string }>(
      viewer,
      'organisation',
      `select format('%s.%s', nspname, proname) as name from pg_proc p join pg_namespace n on n.oid = pronamespace
      where nspname = 'sealed' and proname !~ '^(present|granted)_' and has_function_privilege(p.oid, 'execute')`,
    );
    const acting = [...(graph.graph.doing?.records.values() ?? [])].filter(({ transitions }) =>
      transitions.some(({ viewers: actors }) => actors.has(viewer.asking.department)),
    );
    const standing = acting.map(({ record }) => ({
      record,
      of: standingFunction(record.name, viewer.asking.department),
      work: workFunction(record.name, viewer.asking.department),
    }));
    // A department that sees its own clients only, and makes records about whoever presents a number.
    const { department } = viewer.asking;
    const { rows } = graph.graph.model.get('Migrant')!.access[department];
    const aboutPersons = acting.some(({ record, transitions }) =>
      transitions.some(
        ({ viewers: actors, input }) =>
          actors.has(department) &&
          input.some(({ field }) => {
            const link = record.fields.get(field);
            return link?.kind === 'link' && link.type === 'Migrant';
          }),
      ),
    );
    const takesIn = aboutPersons && (rows === 'OWN' || rows === 'NONE');
    const working = callable.flatMap(({ name }) => standing.find(({ work }) => work === name) ?? []);
    expect(callable.map(({ name }) => name).sort()).toEqual(
      [
        ...mine.map((v) => v.functionName),
        ...standing.map(({ of }) => of),
        ...working.map(({ work }) => work),
        ...(takesIn ? [takeInFunction(department)] : []),
        // Whether the role itself sees a record, and how it ends a statement of its own.
        'sealed.refuse',
        'sealed.sees_record',
      ].sort(),
    );
    const problems: string[] = [];
    // How a record stands is said of rows that the viewer sees.
    for (const { record, of } of standing) {
      const foreign = district.rows(record.name).filter((row) => !viewer.scope.sees(record.name, row.id));
      const [shown] = await askAs<{ n: number }>(
        viewer,
        record.store,
        `select count(*)::int as n from unnest('{${foreign.map((row) => row.id).join(',')}}'::text[]) id, lateral ${of}(id::${record.keyType})`,
      );
      if (shown?.n) problems.push(`${of}: ${shown.n} of ${foreign.length} foreign rows`);
    }
    for (const { record, work } of working) {
      const shown = await askAs<{ id: string }>(viewer, record.store, `select id from ${work}()`);
      for (const { id } of shown)
        if (!viewer.scope.sees(record.name, id)) problems.push(`${work}: the foreign row ${id}`);
    }
    for (const { record, functionName, parameters } of mine) {
      const foreign = district.rows(record.name).filter((row) => !viewer.scope.sees(record.name, row.id));
      const given = parameters.map(({ type }) => `'${testDay}'::${type}`);
      const [shown] = await askAs<{ n: number }>(
        viewer,
        record.store,
        `select count(${functionName}(${[`id::${record.keyType}`, ...given].join(', ')}))::int as n
        from unnest('{${foreign.map((row) => row.id).join(',')}}'::text[]) id`,
      );
      if (shown?.n) problems.push(`${functionName}: ${shown.n} of ${foreign.length} foreign rows`);
    }
    expectNoProblems(problems);
  },
);

// Functions of case-bound grants are for everybody who can have a grant, and show nothing without one.
test.each(viewers.map((v) => v.code))(
  '%s gets no row by a function of grants without a grant',
  async (code) => {
    const { district, graph } = setting;
    const viewer = setting.expectOfTables(code);
    const problems: string[] = [];
    let called = 0;
    for (const record of graph.graph.model.values()) {
      const name = grantedFunction(record);
      const [may] = await askAs<{ may: boolean }>(
        viewer,
        record.store,
        `select has_function_privilege(to_regprocedure('${name}(text, ${record.keyType}[])'), 'execute') as may`,
      );
      if (!may?.may) continue;
      called++;
      const ids = district.rows(record.name).map((row) => row.id);
      const [shown] = await askAs<{ n: number }>(
        viewer,
        record.store,
        `select count(*)::int as n from unnest(array['AID', 'SUPERVISION', 'REGISTRATION']) purpose,
        ${name}(purpose, '{${ids.join(',')}}'::${record.keyType}[])`,
      );
      if (shown?.n) problems.push(`${name}: ${shown.n} rows`);
    }
    expectNoProblems(problems);
    // A coordinator has no grants.
    expect(called > 0).toBe(code !== 'COR');
  },
);

// What a department is asked about it reads by a view, and by nothing else: these rows, these values, no other column.
test.each(viewers.map((v) => v.code))(
  '%s reads of what it is asked about what the dossier says',
  async (code) => {
    const { district, oracle } = setting;
    const viewer = setting.expect(code);
    const views = await askAs<{ name: string }>(
      viewer,
      'permits',
      `select relname as name from pg_class c join pg_namespace n on n.oid = relnamespace
      where nspname = 'sealed' and relkind in ('v', 'm', 'r') and has_any_column_privilege(c.oid, 'select')`,
    );
    const types = recordTypes.filter((type) => mayBeAsked(code, type));
    expect(views.map(({ name }) => name).sort()).toEqual(
      types
        .map(
          (type) =>
            `asked_${type.replace(/(?<=[a-z])[A-Z]/g, '_$&').toLowerCase()}__${viewer.asking.department.toLowerCase()}`,
        )
        .sort(),
    );
    for (const [i, type] of types.toSorted().entries()) {
      const view = views.map(({ name }) => name).toSorted()[i];
      const asked = district
        .rows(type)
        .filter((row) => viewer.scope.sees(type, row.id) && viewer.scope.isAskedOnly(type, row));
      const rows = await askAs<Record<string, unknown>>(viewer, 'permits', `select * from sealed.${view}`);
      expect(rows.map(({ id }) => id).sort()).toEqual(asked.map(({ id }) => id).sort());
      const properties = [...oracle.type(type).fields.values()]
        .filter((field) => isShownWhenAsked(field) && field.kind !== 'many')
        .map((field) => (field.kind === 'link' ? field.by : field.name));
      for (const row of rows) {
        const stored = district.row(type, row.id)!;
        const may = new Set(['id', ...properties].map((property) => stored[property]));
        for (const value of Object.values(row)) expect(may).toContain(value);
      }
      if (code !== 'FPC') expect(rows.length).toBeGreaterThan(0);
    }
  },
);

// Who knows whom is itself a secret: the links of the women's federation are a list of its clients.
test.each(viewers.map((v) => v.code))('%s reads its own links and areas, and nobody else’s', async (code) => {
  const { district } = setting;
  const viewer = setting.expectOfTables(code);
  const { asking } = viewer;
  const holder = code === 'COR' ? asking.person : asking.unit;
  const read = (text: string) => askAs<{ id: string }>(viewer, 'organisation', text);
  const links = await read('select subject_id::text as id from access.links order by 1');
  const own = district.links.filter((link) => link.holder === holder).map(({ subject }) => subject);
  expect(links.map(({ id }) => id)).toEqual(own.toSorted());
  const areas = await read('select neighbourhood_code as id from access.areas order by 1');
  const held = district.areas.filter((area) => area.holder === holder).map((area) => area.neighbourhood);
  expect(areas.map(({ id }) => id)).toEqual(held.toSorted());
  const [presented] = await read(
    `select count(*)::text as id from access.presented where unit <> '${asking.unit}'`,
  );
  expect(presented?.id).toBe('0');
});

test('somebody holds links and areas, and somebody a presented number', async () => {
  const { district, graph } = setting;
  const holds = (code: ViewerCode, list: readonly { holder: string }[]) => {
    const { asking } = setting.expectOfTables(code);
    return list.some(({ holder }) => holder === (code === 'COR' ? asking.person : asking.unit));
  };
  const codes = viewers.map((v) => v.code);
  expect(codes.filter((code) => holds(code, district.links)).length).toBeGreaterThan(8);
  expect(codes.filter((code) => holds(code, district.areas))).toEqual(['COR']);
  const own = await askAs<{ unit: string }>(
    setting.expectOfTables('CAC'),
    'organisation',
    'select unit from access.presented',
  );
  const all = await graph.pools.ownerOf('organisation')`select unit from access.presented`;
  expect(own.map(({ unit }) => unit)).toContain('PT-CAC-015');
  expect(all.map(({ unit }) => unit)).toContain('PT-CAC-103');
});

test('most viewers read something of most tables, or nothing is shown here', () => {
  expect(read).toBeGreaterThan((viewers.length * storedTables.length) / 4);
  expect(keysRead).toEqual(keysOfOwnRelations);
});

test.each(viewers)(
  '$code, by SQL, reads cells of the measures that it may ask for, and of no other',
  async ({ code }) => {
    const { oracle, graph, expectOfTables: expectationOf } = setting;
    const distinct = 'select distinct measure from statistics.cells order by measure';
    const stored = await graph.pools.ownerOf('statistics').unsafe<{ measure: string }[]>(distinct);
    const groupsOf = readMeasures();
    const may = ({ measure }: { measure: string }) =>
      !['STN', 'CAC', 'COR'].includes(code) &&
      groupsOf.get(measure)!.every((group) => oracle.row(group).cells.get(code)?.own === false);
    const allowed = stored.filter(may);
    const seen = askAs<{ measure: string }>(expectationOf(code), 'statistics', distinct);
    if (allowed.length === 0) await expect(seen).rejects.toMatchObject({ code: '42501' });
    else expect((await seen).map(({ measure }) => measure)).toEqual(allowed.map(({ measure }) => measure));
  },
);
