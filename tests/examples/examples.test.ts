import { join } from 'node:path';
import { parse, validate } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { departments } from '../../src/departments/index.ts';
import { checkCost } from '../../src/graph/limits/cost.ts';
import { staticLimits } from '../../src/graph/limits/shape.ts';
import { readConsoleExamples } from '../../src/http/console-examples.ts';
import { findViewer, getViewer } from '../../src/identity/viewers.ts';
import { createTestGraph, type TestGraph, viewerOf } from '../support/graph.ts';

const examples = await readConsoleExamples(join(import.meta.dirname, '../../examples'));
/** Whom an example without a persona of its own is for: anybody, such as the population office. */
const anybody = 'POP';

/** What an example says that it shows: `# shows: denied <coordinate>`, or masked, or own rows only. */
function showings(document: string): Record<'denied' | 'masked' | 'own rows only', string[]> {
  const found = { denied: [] as string[], masked: [] as string[], 'own rows only': [] as string[] };
  for (const line of document.split('\n').filter((text) => text.startsWith('# shows:'))) {
    const [, what, coordinate] = /^# shows: (denied|masked|own rows only) (\w+\.\w+)$/.exec(line) ?? [];
    if (!what || !coordinate)
      throw new Error(`"${line}" is not "# shows: denied|masked|own rows only Type.field".`);
    found[what as keyof typeof found].push(coordinate);
  }
  return found;
}

/** Files and the menu of the console name a department's examples by its domain. */
const domainOf = (store: string) => (store === 'public_security' ? 'population' : store.replaceAll('_', '-'));

describe('every example', () => {
  let graph: TestGraph;
  beforeAll(() => {
    graph = createTestGraph();
  });
  afterAll(() => graph?.close());

  it('is for a persona that exists, for a purpose open to it, and of a domain that a department keeps', () => {
    const domains = departments.map(({ store }) => domainOf(store));
    for (const { name, as, purpose, domain } of examples) {
      expect(as === null || findViewer(as), name).toBeTruthy();
      expect(domains, name).toContain(domain);
      expect(name.startsWith(`${domain}-`), name).toBe(true);
      if (as)
        expect(
          purpose && graph.graph.purposes.clause(purpose, getViewer(as as 'HLR').name),
          name,
        ).toBeTruthy();
    }
  });

  it('stands beside at least one more of its domain, and every department has some', () => {
    for (const { store } of departments)
      expect(examples.filter((e) => e.domain === domainOf(store)).length, store).toBeGreaterThanOrEqual(2);
  });

  it.each(examples)('$name is valid and within the limits', ({ document, variables }) => {
    const parsed = parse(document);
    expect(validate(graph.graph.bare, parsed)).toEqual([]);
    expect(validate(graph.graph.bare, parsed, [staticLimits])).toEqual([]);
    expect(() => checkCost(parsed, null, variables ?? {})).not.toThrow();
  });

  it.each(examples)(
    '$name gives its persona rows, and shows the denials it says and no other',
    async (example) => {
      const code = findViewer(example.as ?? anybody)?.code ?? anybody;
      const { data, errors, extensions } = await graph.ask(
        viewerOf(code),
        example.document,
        example.variables ?? {},
        example.purpose ?? undefined,
      );
      const shown = showings(example.document);
      expect(errors.map((e) => e.extensions.coordinate ?? e.message).sort()).toEqual(shown.denied.sort());
      const coordinates = (list: { coordinate: string }[] = []) => list.map((entry) => entry.coordinate);
      expect(coordinates(extensions?.access?.masked)).toEqual(expect.arrayContaining(shown.masked));
      expect(coordinates(extensions?.access?.ownRowsOnly)).toEqual(
        expect.arrayContaining(shown['own rows only']),
      );
      for (const [field, page] of Object.entries(
        data as Record<string, { nodes?: object[]; cells?: object[] } | null>,
      ))
        expect((page?.nodes ?? page?.cells)?.length, field).toBeGreaterThan(0);
    },
  );

  it('that shows a rent withheld to a station is about leases whose rent housing sees', async () => {
    const document = examples.find((e) => e.name === 'housing-leases-as-police-station')?.document ?? '';
    const rents = async (code: 'STN' | 'HLR') => {
      const { data } = await graph.ask(viewerOf(code), document, { first: 10 });
      return data.leases.nodes.map((node: { monthlyRent: string | null }) => node.monthlyRent);
    };
    expect(new Set(await rents('STN'))).toEqual(new Set([null]));
    expect((await rents('HLR')).every((rent: string) => /^\d+\.\d\d$/.test(rent))).toBe(true);
  });
});
