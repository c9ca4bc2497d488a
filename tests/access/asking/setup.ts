import type { Viewer } from '../../../src/identity/viewer.ts';
import type { ViewerCode } from '../../../src/identity/viewers.ts';
import { createTestGraph, type TestGraph, viewerOf } from '../../support/graph.ts';
import { Oracle } from '../oracle.ts';
import { type District, readDistrict, type RawRow } from '../reading/district.ts';
import { Expectation } from './expectation.ts';

/** The graph over the synthetic district, beside what it is compared with. */
export interface Setting {
  readonly graph: TestGraph;
  readonly oracle: Oracle;
  readonly district: District;
  viewer(code: ViewerCode): Viewer;
  expectation(viewer: ViewerCode | Viewer): Expectation;
  /** A few rows of a type in a viewer's scope that differ in what is recorded in them. */
  samples(expectation: Expectation, type: string, most?: number): readonly RawRow[];
}

export async function openSetting(graph: TestGraph = createTestGraph()): Promise<Setting> {
  const oracle = new Oracle();
  const district = await readDistrict(graph.pools);
  const expectations = new Map<string, Expectation['scope']>();
  return {
    graph,
    oracle,
    district,
    viewer: (code) => viewerOf(code),
    expectation(viewer) {
      const asking = typeof viewer === 'string' ? viewerOf(viewer) : viewer;
      const made = new Expectation(oracle, district, asking, expectations.get(asking.unit + asking.viewer));
      expectations.set(asking.unit + asking.viewer, made.scope);
      return made;
    },
    samples: (expectation, type, most = 12) => pickSamples(oracle, district, expectation, type, most),
  };
}

/** Takes rows that show something no row taken before shows: a recorded value, seen or unseen relation, own or not. */
function pickSamples(
  oracle: Oracle,
  district: District,
  expectation: Expectation,
  type: string,
  most: number,
): readonly RawRow[] {
  const { scope } = expectation;
  const fields = [...oracle.type(type).fields.values()];
  const covered = new Set<string>();
  const taken: RawRow[] = [];
  for (const row of district.rows(type)) {
    if (taken.length >= most) break;
    if (!scope.sees(type, row.id)) continue;
    const own = scope.isOwn(type, row) ? 'own' : '';
    const before = covered.size;
    for (const field of fields) {
      const { name, kind, target, by, parts } = field;
      if (kind === 'many') {
        const related = district.by(target, by).get(row.id) ?? [];
        if (related.length > 0)
          covered.add(`${own}${name}${related.some((r) => scope.sees(target, r.id))}`);
      } else if (kind === 'link') {
        if (row[by] != null) covered.add(`${own}${name}${scope.sees(target, row[by])}`);
      } else if (kind === 'embed') {
        if (parts.some((p) => row[by === '' ? p.name : `${by}${p.name[0]?.toUpperCase()}${p.name.slice(1)}`]))
          covered.add(`${own}${name}`);
      } else if (row[kind === 'computed' ? `${name}()` : name] != null) covered.add(`${own}${name}`);
    }
    if (covered.size > before) taken.push(row);
  }
  return taken;
}
