import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { refreshLinks } from '../../src/database/links/refresh.ts';
import { applyPolicy } from '../../src/database/wall/apply.ts';
import { departments } from '../../src/departments/index.ts';
import { productDepartments, productLinkReaders } from '../../src/schema.ts';
import { createTestDatabase } from '../support/database.ts';
import { createTestGraph, productGraph, testDay, viewerOf } from '../support/graph.ts';
import { globalId } from './asking/expectation.ts';
import { openSetting, type Setting } from './asking/setup.ts';
import type { RawRow } from './reading/district.ts';
import { shield } from './rows/unusual.ts';

// The files of permits on a server of their own: the register's server knows from a list alone of whom departments are
// asked, and shows there what it would show beside the files (dossier §6.2, R2), no longer than the file is open.

type Database = Awaited<ReturnType<typeof createTestDatabase>>;
const later = '2007-03-04';
let databases: readonly Database[];
let setting: Setting;
let onLaterDay: Setting['graph'];
/** Persons of whom labour is asked and has no record, by what was made of their files. */
let persons: Readonly<
  Record<'open' | 'endsSoon' | 'endsLast' | 'endsFirst' | 'endsNever' | 'shielded', RawRow>
>;

const open = (day: unknown, on = testDay): boolean => day === null || String(day) > on;
const opinions = () => setting.district.rows('DepartmentOpinion');
const refresh = () => refreshLinks(setting.graph.pools, productDepartments(), testDay, productLinkReaders());

beforeAll(async () => {
  const [here, there] = [await createTestDatabase('district'), await createTestDatabase('district')];
  databases = [here, there];
  const urlOf = (store: string) => (store === 'permits' ? there.url : here.url);
  const graph = createTestGraph(here.url, urlOf);
  onLaterDay = createTestGraph(here.url, urlOf, productGraph(), undefined, () => later);
  for (const { store } of departments) {
    const wrong = store === 'permits' ? 'public_security' : 'permits';
    await graph.pools.ownerOf(wrong).unsafe(`drop schema if exists "${store}" cascade`);
  }
  const stores = departments.map(({ store }) => store);
  for (const { url } of databases) {
    const held = stores.filter((store) => urlOf(store) === url);
    await applyPolicy(graph.graph.wall, {
      owner: graph.pools.ownerOf(held[0]!),
      ownerUrl: url,
      stores: held,
    });
  }
  const before = await openSetting(graph);
  const scope = before.expectOfTables('LSS').scope;
  const own = before.district.rows('DepartmentOpinion').filter((row) => row.authorUnit === 'PT-LSS');
  const strangers = own.filter(
    (row) =>
      open(row.windowClosedOn) &&
      own.filter(({ applicantId }) => applicantId === row.applicantId).length === 1 &&
      !scope.sees('Migrant', row.applicantId),
  );
  const item = (n: number) => String(strangers[n]?.id);
  const owner = graph.pools.ownerOf('permits');
  const closes = (n: number, on: string | null) =>
    owner`update permits.department_opinions set window_closed_on = ${on} where id = ${item(n)}`;
  /** Two items about one person, of which the list keeps the longer: in whichever order they come. */
  const joins = (n: number, to: number) =>
    owner`update permits.department_opinions set applicant_id = ${String(strangers[to]?.applicantId)} where id = ${item(n)}`;
  await closes(0, null);
  await closes(1, '2007-03-03');
  for (const [n, with_, on] of [
    [2, 3, '2007-03-09'],
    [5, 4, '2007-03-09'],
    [6, 7, null],
  ] as const) {
    await joins(n, with_);
    await closes(n, on);
    await closes(with_, '2007-03-03');
  }
  await closes(8, null);
  // Closed on the day itself: no longer open.
  await closes(9, testDay);
  await shield(graph.pools, [String(strangers[8]?.applicantId)]);
  setting = await openSetting(graph);
  const person = (n: number) => setting.district.row('Migrant', strangers[n]?.applicantId)!;
  persons = {
    ...{ open: person(0), endsSoon: person(1), endsLast: person(3), endsFirst: person(4) },
    ...{ endsNever: person(7), shielded: person(8) },
  };
  await refresh();
});
afterAll(async () => {
  await onLaterDay?.close();
  await setting?.graph.close();
  await Promise.all(databases.map((database) => database.drop()));
});

const listed = async (store: string) => {
  const rows = await setting.graph.pools.ownerOf(store)`
    select holder || ' ' || subject_id || ' ' || coalesce(closed_on::text, 'open') as line from access.asked`;
  return rows.map(({ line }) => String(line)).sort();
};

describe('the list of whom departments are asked', () => {
  test('names on the register’s server the applicants of open files, each until the last of them is closed', async () => {
    const ends = new Map<string, string>();
    for (const { authorUnit, applicantId, windowClosedOn } of opinions()) {
      // A unit with a territory or a window knows by it of whom it is asked.
      if (/\d/.test(String(authorUnit)) || !open(windowClosedOn)) continue;
      const key = `${authorUnit} ${applicantId}`;
      const end = windowClosedOn === null ? 'open' : String(windowClosedOn);
      const known = ends.get(key);
      if (!known || (known !== 'open' && (end === 'open' || end > known))) ends.set(key, end);
    }
    const expected = [...ends].map(([key, end]) => `${key} ${end}`).sort();
    expect(expected.some((line) => line.endsWith('2007-03-09'))).toBe(true);
    expect(new Set(expected.map((line) => line.split(' ')[0])).size).toBeGreaterThan(1);
    expect(await listed('public_security')).toEqual(expected);
  });

  test('names nothing where the files themselves are', async () => {
    expect(await listed('permits')).toEqual([]);
  });
});

async function seen(graph: Setting['graph'], code: 'LSS' | 'HLR' | 'FPC', rows: readonly unknown[]) {
  const { data } = await graph.ask(
    viewerOf(code),
    'query ($ids: [ID!]!) { nodes(ids: $ids) { id } migrants(first: 1) { totalCount } }',
    { ids: rows.map((id) => globalId('Migrant', id)) },
  );
  return {
    ids: data.nodes.flatMap((node: { id: string } | null) => node?.id ?? []) as string[],
    count: data.migrants.totalCount as number,
  };
}

test.each(['LSS', 'HLR', 'FPC'] as const)(
  '%s sees of the register whom it would see beside the files',
  async (code) => {
    const { scope } = setting.expect(code);
    const applicants = [...new Set(opinions().map((row) => row.applicantId))];
    const some = [...Object.values(persons).map(({ id }) => id), ...applicants].slice(0, 100);
    const { ids, count } = await seen(setting.graph, code, some);
    expect(ids).toEqual(
      [...some].filter((id) => scope.sees('Migrant', id)).map((id) => globalId('Migrant', id)),
    );
    expect(count).toBe(scope.visible('Migrant').size);
  },
);

test('labour sees each of the persons made for this until the last file is closed, and a shielded one never', async () => {
  const { open: stays, endsSoon, endsLast, endsFirst, endsNever, shielded } = persons;
  const all = [stays, endsSoon, endsLast, endsFirst, endsNever, shielded].map(({ id }) => id);
  const idsOf = (rows: readonly RawRow[]) => rows.map(({ id }) => globalId('Migrant', id));
  const today = await seen(setting.graph, 'LSS', all);
  expect(today.ids).toEqual(idsOf([stays, endsSoon, endsLast, endsFirst, endsNever]));
  const afterwards = await seen(onLaterDay, 'LSS', all);
  expect(afterwards.ids).toEqual(idsOf([stays, endsLast, endsFirst, endsNever]));
});

test('a refresh takes out whom nobody is asked about any more', async () => {
  await setting.graph.pools.ownerOf('permits')`
    update permits.department_opinions set window_closed_on = ${testDay} where author_unit = 'PT-LSS'`;
  await refresh();
  const lines = await listed('public_security');
  expect(lines.filter((line) => line.startsWith('PT-LSS '))).toEqual([]);
  expect(lines.length).toBeGreaterThan(0);
});
