import { describe, expect, test } from 'vitest';
import { refreshLinks } from '../../src/database/links/refresh.ts';
import { departments } from '../../src/departments/index.ts';
import { type ViewerCode, viewers } from '../../src/identity/viewers.ts';
import { productDepartments, productLinkReaders } from '../../src/schema.ts';
import { createTestDatabase } from '../support/database.ts';
import { createTestGraph, testDay } from '../support/graph.ts';
import { Oracle } from './oracle.ts';

// Each store on a server of its own: who holds links there is told by the matrix, read anew.

const oracle = new Oracle();
const readersOf = productLinkReaders();

/** Viewers with a cell `o` on some group that is kept in a store. */
function withOwnCells(records: readonly string[]): Set<ViewerCode> {
  const groups = new Set(
    records.flatMap((type) => [
      oracle.type(type).group,
      ...[...oracle.type(type).fields.values()].map(({ group }) => group),
    ]),
  );
  return new Set(
    viewers
      .map(({ code }) => code)
      .filter((code) => [...groups].some((g) => oracle.row(g).cells.get(code)?.own)),
  );
}

/**
 * Viewers whose rows are found by links also without `o` (dossier §6.3): own window, task, assigned area; a sub-district's,
 * which holds none, where a type has no place.
 */
const byLinkAlone: ReadonlySet<string> = new Set(['CAC', 'SVC', 'COR', 'SUB']);

describe.each(departments.map(({ store, records }) => [store, Object.keys(records)] as const))(
  'a server with %s alone',
  (store, records) => {
    test('holds links of those only who have a cell of own rows there', () => {
      const own = withOwnCells(records);
      const readers = [...readersOf(new Set([store]))] as ViewerCode[];
      expect(readers.filter((code) => !own.has(code) && !byLinkAlone.has(code))).toEqual([]);
    });
  },
);

test("the clients of the women's federation are known where persons and wage disputes are kept, and nowhere else", () => {
  const stores = departments.map(({ store }) => store);
  expect(stores.filter((store) => readersOf(new Set([store])).has('WOF')).sort()).toEqual([
    'labour',
    'public_security',
  ]);
});

test("a refresh leaves no clients of the women's federation on housing's own server", async () => {
  const [here, there] = [await createTestDatabase('district'), await createTestDatabase('district')];
  const graph = createTestGraph(here.url, (store) => (store === 'housing' ? there.url : here.url));
  try {
    const holders = async (store: string) => {
      const rows = await graph.pools.ownerOf(store)`select distinct holder from access.links`;
      return rows.map(({ holder }) => String(holder));
    };
    expect(await holders('housing')).toContain('PT-WOF');
    await refreshLinks(graph.pools, productDepartments(), testDay, readersOf);
    expect(await holders('housing')).not.toContain('PT-WOF');
    expect(await holders('housing')).toContain('PT-HLR');
    expect(await holders('public_security')).toContain('PT-WOF');
    const asked = await graph.pools.ownerOf('public_security')`select count(*)::int as n from access.asked`;
    // Housing holds nothing that departments are asked about; permits stand beside the register.
    expect(asked[0]?.n).toBe(0);
  } finally {
    await graph.close();
    await Promise.all([here.drop(), there.drop()]);
  }
});

test("the women's federation's own store keeps its links on no server where they decide about nothing", async () => {
  const [here, there] = [await createTestDatabase('district'), await createTestDatabase('district')];
  const away = new Set(['housing', 'womens_federation']);
  const graph = createTestGraph(here.url, (store) => (away.has(store) ? there.url : here.url));
  try {
    const holders = async (store: string) => {
      const rows = await graph.pools.ownerOf(store)`select distinct holder from access.links order by 1`;
      return rows.map(({ holder }) => String(holder));
    };
    const before = await holders('public_security');
    expect(await holders('housing')).toContain('PT-WOF');
    await refreshLinks(graph.pools, productDepartments(), testDay, readersOf);
    expect(await holders('housing')).not.toContain('PT-WOF');
    expect(await holders('housing')).toContain('PT-HLR');
    expect(await holders('public_security')).toContain('PT-WOF');
    // Coordinators hold by their own ids and branches by their units; both know persons by their tasks alone.
    const byTask = (holder: string) => !holder.startsWith('PT-') || holder.startsWith('PT-SV');
    expect(before.filter(byTask).length).toBeGreaterThan(3);
    expect((await holders('public_security')).filter(byTask)).toEqual(before.filter(byTask));
  } finally {
    await graph.close();
    await Promise.all([here.drop(), there.drop()]);
  }
});
