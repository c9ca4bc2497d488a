import { join } from 'node:path';
import { parse, validate } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { departments } from '../../src/departments/index.ts';
import { checkCost, predictCost } from '../../src/graph/limits/cost.ts';
import { staticLimits } from '../../src/graph/limits/shape.ts';
import { readConsoleExamples } from '../../src/http/console-examples.ts';
import { findViewer, getViewer } from '../../src/identity/viewers.ts';
import { createTestGraph, type TestGraph, viewerOf } from '../support/graph.ts';

// Those that write are asked in a district of their own (writes.test.ts).
const examples = (await readConsoleExamples(join(import.meta.dirname, '../../examples'))).filter(
  ({ name }) => !name.startsWith('doing-'),
);
/** Whom an example without a persona of its own is for: anybody, such as the population office. */
const anybody = 'POP';

/** Examples that are of no one department, by what they show. */
const acrossDepartments = ['question', 'refusal', 'dashboard'];

/** What an example says that it shows. */
interface Showings {
  readonly denied: string[];
  readonly masked: string[];
  readonly 'own rows only': string[];
  /** Faults of the document: fields and arguments that do not exist. */
  readonly invalid: string[];
  /** The code of the one error that stands for a record. */
  readonly refused: string[];
  /** Whether the answer is as where there are no records. */
  nothing: boolean;
}

/**
 * Reads `# shows: denied <coordinate>`, or masked, or own rows only; `# shows: invalid <message>`;
 * `# shows: refused <code>`; `# shows: nothing`.
 */
function showings(document: string): Showings {
  const found: Showings = {
    denied: [],
    masked: [],
    'own rows only': [],
    invalid: [],
    refused: [],
    nothing: false,
  };
  for (const line of document.split('\n').filter((text) => text.startsWith('# shows:'))) {
    const [, what, value] =
      /^# shows: (denied|masked|own rows only|invalid|refused|nothing)(?: (.+))?$/.exec(line) ?? [];
    if (what === 'nothing') found.nothing = true;
    else if (what && value) found[what as Exclude<keyof Showings, 'nothing'>].push(value);
    else throw new Error(`"${line}" says neither what is denied, masked, invalid, refused nor nothing.`);
  }
  return found;
}

/** What stands for the records of a root field: rows of a connection, cells of statistics, or the record itself. */
// biome-ignore lint/suspicious/noExplicitAny: answers are looked into by path.
const recordsOf = (value: any): readonly unknown[] => value?.nodes ?? value?.cells ?? (value ? [value] : []);

/** Files and the menu of the console name a department's examples by its domain. */
const domainOf = (store: string) => (store === 'public_security' ? 'population' : store.replaceAll('_', '-'));

describe('every example', () => {
  let graph: TestGraph;
  beforeAll(() => {
    graph = createTestGraph();
  });
  afterAll(() => graph?.close());

  it('is for a persona that exists, for a purpose open to it, and of a domain that a department keeps', () => {
    const domains = [...departments.map(({ store }) => domainOf(store)), ...acrossDepartments];
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

  it.each(examples)('$name is valid but for what it shows, and within the limits', (example) => {
    const { document, variables } = example;
    const parsed = parse(document);
    const faults = validate(graph.graph.bare, parsed).map(({ message }) => message.split(' Did you mean')[0]);
    expect(faults).toEqual(showings(document).invalid);
    expect(validate(graph.graph.bare, parsed, [staticLimits])).toEqual([]);
    if (faults.length > 0) return;
    const reading = graph.graph.executor.read({ document: parsed, variables: variables ?? {} });
    expect(() => checkCost(predictCost(graph.graph.bare, reading, graph.graph.listSizes))).not.toThrow();
  });

  it.each(examples.filter(({ document }) => showings(document).invalid.length === 0))(
    '$name gives its persona rows, and shows the denials it says and no other',
    async (example) => {
      const code = findViewer(example.as ?? anybody)?.code ?? anybody;
      const { data, errors, extensions, denied } = await graph.ask(
        viewerOf(code, example.unit ?? undefined),
        example.document,
        example.variables ?? {},
        example.purpose ?? undefined,
      );
      const shown = showings(example.document);
      const others = errors.map((e) => String(e.extensions.code)).filter((code) => code !== 'FORBIDDEN');
      expect([...denied.map((d) => d.coordinate), ...others].sort()).toEqual(
        [...shown.denied, ...shown.refused].sort(),
      );
      const coordinates = (list: { coordinate: string }[] = []) => list.map((entry) => entry.coordinate);
      expect(coordinates(extensions?.access?.masked)).toEqual(expect.arrayContaining(shown.masked));
      expect(coordinates(extensions?.access?.ownRowsOnly)).toEqual(
        expect.arrayContaining(shown['own rows only']),
      );
      const isEmptied = shown.nothing || shown.refused.length > 0;
      for (const [field, value] of Object.entries(data as Record<string, unknown>))
        if (isEmptied || shown.denied.includes(`Query.${field}`)) expect(recordsOf(value), field).toEqual([]);
        else expect(recordsOf(value).length, field).toBeGreaterThan(0);
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
