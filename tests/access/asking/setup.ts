import { departments } from '../../../src/departments/index.ts';
import type { Viewer } from '../../../src/identity/viewer.ts';
import type { ViewerCode } from '../../../src/identity/viewers.ts';
import type { Pools } from '../../../src/store/pools.ts';
import { createTestGraph, type TestGraph, viewerOf } from '../../support/graph.ts';
import { Oracle } from '../oracle.ts';
import { type District, type RawRow, readDistrict } from '../reading/district.ts';
import { Scope } from '../reading/scope.ts';
import { Expectation } from './expectation.ts';
import { pickSamples } from './samples.ts';

/** The record types of all departments in the registry. */
export const recordTypes: readonly string[] = departments.flatMap((d) => Object.keys(d.records));

/** The graph over the synthetic district, beside what it is compared with. */
export interface Setting {
  readonly graph: TestGraph;
  readonly oracle: Oracle;
  readonly district: District;
  /** What a viewer is to see, with nothing compared yet. */
  expect(viewer: ViewerCode | Viewer): Expectation;
  /** The same of the tables alone, without the rows that a department is only asked about. */
  expectOfTables(viewer: ViewerCode | Viewer): Expectation;
  /** Some rows of a type in a viewer's scope that differ in what is recorded in them. */
  samples(viewer: Expectation, type: string): readonly RawRow[];
}

const mostSamples = 12;

/** What answers are compared with. */
type Compared = Omit<Setting, 'graph'>;
let shared: Promise<Compared> | undefined;

/** The district that tests do not change, which their own copies are at first; read once a process. */
export function sharedDistrict(): Promise<Compared> {
  shared ??= readShared();
  return shared;
}

async function readShared(): Promise<Compared> {
  const graph = createTestGraph();
  try {
    return await compareWith(graph.pools);
  } finally {
    await graph.close();
  }
}

/** @param own the graph over a district of the test's own, which is read as it is now; the shared one without it */
export async function openSetting(own?: TestGraph): Promise<Setting> {
  const compared = await (own ? compareWith(own.pools) : sharedDistrict());
  return { graph: own ?? createTestGraph(), ...compared };
}

async function compareWith(pools: Pools): Promise<Compared> {
  const oracle = new Oracle();
  const district = await readDistrict(pools);
  const scopes = new Map<string, Expectation['scope']>();
  const samples = new Map<string, readonly RawRow[]>();
  const expectationOf = (viewer: ViewerCode | Viewer, withAsked: boolean): Expectation => {
    const asking = typeof viewer === 'string' ? viewerOf(viewer) : viewer;
    const key = `${asking.department} ${asking.unit} ${asking.person} ${withAsked}`;
    const scope = scopes.get(key) ?? new Scope(oracle, district, asking, withAsked);
    scopes.set(key, scope);
    return new Expectation(oracle, district, asking, scope);
  };
  return {
    oracle,
    district,
    expect: (viewer) => expectationOf(viewer, true),
    expectOfTables: (viewer) => expectationOf(viewer, false),
    samples({ scope, asking }, type) {
      const key = `${asking.department} ${asking.unit} ${asking.person} ${type}`;
      const made = samples.get(key) ?? pickSamples(oracle, district, scope, type, mostSamples);
      samples.set(key, made);
      return made;
    },
  };
}
