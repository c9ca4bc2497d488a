import { enumValues } from '../../src/contract/sdl/directives.ts';
import type { Viewer } from '../../src/identity/viewer.ts';
import { productContract } from '../../src/schema.ts';
import type { TestGraph } from '../support/graph.ts';

/** A cell as an answer has it. */
export interface Cell {
  readonly month: string;
  readonly value: string | null;
  readonly suppressed: boolean;
  readonly upperBound: number | null;
  readonly [key: string]: unknown;
}

export interface Statistics {
  readonly measure: string;
  readonly minimumCell: number | null;
  readonly snapshots: readonly { month: string; asOf: string; takenOn: string; store: string }[];
  readonly cells: readonly Cell[];
}

const sdl = productContract().sdl;
export const measures = sdl.flatMap((document) => enumValues(document, 'StatisticMeasure'));
/** MONTH apart, which tells snapshots apart and is never summed over. */
export const keys = sdl
  .flatMap((document) => enumValues(document, 'StatisticKey'))
  .filter((key) => key !== 'MONTH');

/** The fields of a cell that its keys are in. */
export const fields: Readonly<Record<string, string>> = {
  SUBDISTRICT: 'subdistrictCode',
  AGE_BAND: 'ageBand',
  SEX: 'sex',
  ORIGIN_PROVINCE: 'originProvince',
  PERMIT_TYPE: 'permitType',
  INDUSTRY: 'industry',
  CATEGORY: 'category',
};

export const asked = `measure minimumCell snapshots { month asOf takenOn store }
  cells { month ${Object.values(fields).join(' ')} value suppressed upperBound }`;

/** Every set of at most three keys, the total first. */
export const keySets: readonly (readonly string[])[] = Array.from({ length: 1 << keys.length }, (_, n) =>
  keys.filter((_, i) => n & (1 << i)),
)
  .filter((set) => set.length <= 3)
  .sort((a, b) => a.length - b.length);

/** All that a viewer gets of a measure for a month, by every set of keys that it is answered for. */
export async function everything(
  graph: TestGraph,
  viewer: Viewer,
  measure: string,
  month: string,
): Promise<readonly (readonly [keySet: readonly string[], cells: readonly Cell[]])[]> {
  const parts = keySets.map(
    (set, i) => `k${i}: statistics(measure: ${measure}, by: [${set.join()}], month: "${month}") { ${asked} }`,
  );
  const { data, errors } = await graph.ask(viewer, `{ ${parts.join('\n')} }`);
  const codes = new Set(errors.map(({ extensions }) => extensions.code));
  codes.delete('KEYS_NOT_OFFERED');
  if (codes.size > 0) throw new Error(`${viewer.department} asks for ${measure}: ${[...codes].join()}`);
  return keySets.flatMap((set, i) => (data[`k${i}`] ? [[set, data[`k${i}`].cells] as const] : []));
}
