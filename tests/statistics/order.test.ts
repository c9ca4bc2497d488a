import { isEnumType } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestGraph, productGraph, type TestGraph, viewerOf } from '../support/graph.ts';
import { asked, type Cell, fields, keySets, measures } from './asking.ts';

let graph: TestGraph;
beforeAll(() => {
  graph = createTestGraph();
});
afterAll(() => graph?.close());

/** The place of a value among those of its field: that of its enum, or of its code; what has none comes last. */
function rankOf(field: string, value: unknown): number | string {
  const cell = productGraph().bare.getType('StatisticCell') as unknown as {
    getFields(): Record<string, { type: unknown }>;
  };
  const type = cell.getFields()[field]?.type;
  if (value === null) return '\u{10ffff}';
  return isEnumType(type)
    ? String(type.getValues().findIndex(({ name }) => name === value)).padStart(4, '0')
    : String(value);
}

describe('cells', () => {
  test.each(measures)(
    'of %s come by month, then by their keys, an enum in its own order',
    async (measure) => {
      let several = 0;
      for (const set of keySets) {
        // A category of words has the order of the measure's own description, which no enum says.
        if (set.includes('CATEGORY')) continue;
        const { data } = await graph.ask(
          viewerOf('POP'),
          `{ statistics(measure: ${measure}, by: [${['MONTH', ...set].slice(0, 3).join()}], since: "2006-12") { ${asked} } }`,
          {},
          null,
        );
        const cells: readonly Cell[] = data?.statistics?.cells ?? [];
        if (cells.length > 1) several++;
        const keys = set.slice(0, 2).map((key) => fields[key]!);
        const places = cells.map((cell) => [cell.month, ...keys.map((key) => rankOf(key, cell[key]))].join());
        expect(places, `by ${set.join()}`).toEqual([...places].sort());
      }
      if (measure === 'REGISTERED_MIGRANTS') expect(several).toBeGreaterThan(5);
    },
  );
});
