import { getTableName } from 'drizzle-orm';
import { getTableConfig } from 'drizzle-orm/pg-core';
import { parse, validate } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkCost, predictCost } from '../../src/graph/limits/cost.ts';
import { staticLimits } from '../../src/graph/limits/shape.ts';
import { type ViewerCode, viewers } from '../../src/identity/viewers.ts';
import { type Answer, createTestGraph, type TestGraph, viewerOf } from '../support/graph.ts';
import { Seeded } from '../support/seeded.ts';
import { globalId } from './asking/expectation.ts';
import { DocumentGenerator, type Generated, type Place } from './explaining/generate-document.ts';

let graph: TestGraph;
const ids = new Map<string, string[]>();

beforeAll(async () => {
  graph = createTestGraph();
  for (const { name, store, source } of graph.graph.model.values()) {
    const table = `"${getTableConfig(source.table).schema}"."${getTableName(source.table)}"`;
    const rows = await graph.pools.ownerOf(store).unsafe(`select id from ${table} order by id limit 4`);
    if (rows.length > 0)
      ids.set(
        name,
        rows.map((row) => globalId(name, row.id)),
      );
  }
});
afterAll(() => graph?.close());

interface Access {
  readonly coordinate: string;
  readonly within: string | null;
  readonly surface: string;
  readonly verdict: string;
  readonly ownRowsOnly: boolean;
  readonly silent: boolean;
  readonly group: string;
  readonly owner: string;
  readonly clauses: readonly string[];
  readonly mask: string | null;
  readonly reason: string | null;
  readonly because: string | null;
  readonly needed: string | null;
}

interface Explanation {
  readonly viewer: string;
  readonly allowed: boolean;
  readonly purpose: { verdict: string; clause: string | null; open: string[] };
  readonly coordinates: readonly Access[];
}

const explaining = `query ($document: String!, $variables: JSON, $as: Viewer, $purpose: Purpose) {
  explainAccess(document: $document, variables: $variables, as: $as, purpose: $purpose) {
    viewer allowed purpose { verdict clause open }
    coordinates { coordinate within surface verdict ownRowsOnly silent group owner clauses mask reason because needed }
  }
}`;

async function explain(
  code: ViewerCode,
  document: string,
  more: { variables?: unknown; as?: string; purpose?: string } = {},
): Promise<{ explanation: Explanation; answer: Answer }> {
  const answer = await graph.ask(viewerOf(code), explaining, { document, ...more }, null);
  return { explanation: answer.data?.explainAccess, answer };
}

const sorted = (items: Iterable<string>): string[] => [...new Set(items)].sort();

/** Differences between what was foretold and what was answered. */
function differences({ places }: Generated, { coordinates }: Explanation, answer: Answer): string[] {
  const own = coordinates.filter((c) => c.within === null);
  const isSecret = (c: Access) => secretGroups.has(c.group);
  const refused = own.filter((c) => c.verdict === 'DENIED' && !c.silent);
  const found: string[] = [];
  const compare = (what: string, got: Iterable<string>, foretold: Iterable<string>) => {
    const [a, b] = [sorted(got).join(' '), sorted(foretold).join(' ')];
    if (a !== b) found.push(`${what}: got ${a}; foretold ${b}`);
  };
  const line = (e: Record<string, unknown>) => `${e.coordinate}/${e.group}/${e.owner}/${e.reason}`;
  compare(
    'denied',
    answer.denied.map((d) => line({ ...d })),
    refused.map((c) => line({ ...c })),
  );
  // Places of the answer that are refused are of these coordinates; a place below another refused one is not there.
  const refusedPlaces = answer.errors.filter(({ extensions }) => extensions.code === 'FORBIDDEN');
  const foretold = new Set(refused.map((c) => c.coordinate));
  for (const { extensions } of refusedPlaces)
    if (!foretold.has(String(extensions.coordinate))) found.push(`not foretold: ${extensions.coordinate}`);
  const access = answer.extensions?.access ?? { masked: [], ownRowsOnly: [] };
  const masked = own.filter((c) => c.surface === 'OUTPUT' && c.mask && !isSecret(c));
  compare(
    'masked',
    access.masked.map((m: Access) => `${m.coordinate}/${m.mask}`),
    masked.map((c) => `${c.coordinate}/${c.mask}`),
  );
  const ownRows = own.filter((c) => c.ownRowsOnly && !isSecret(c) && /^(?!Query)\w+\./.test(c.coordinate));
  compare(
    'own rows',
    access.ownRowsOnly.map((o: Access) => o.coordinate),
    ownRows.map((c) => c.coordinate),
  );
  const verdicts = new Map(own.map((c) => [c.coordinate, c]));
  checkNulls(answer.data, places, verdicts, found);
  return found;
}

const secretGroups = new Set([
  'REPRODUCTIVE_RECORD',
  'MATERNAL_CHILD_HEALTH',
  'INFECTIOUS_DISEASE',
  'AID_CASE',
  'ADOPTION_REGISTRATION',
  'POLICE_CASE',
  'YOUTH_HELP_PLAN',
  'WOMENS_RIGHTS_CASE',
]);

const seen = { FULL: 0, MASKED: 0, OWN_ROWS_ONLY: 0, DENIED: 0 };
const isNothing = (value: unknown): boolean =>
  value == null ||
  (Array.isArray(value) && value.length === 0) ||
  (value as { totalCount?: number }).totalCount === 0;

/** What was foretold as refused or as masked to nothing must be null, and a refused argument makes its list null. */
function checkNulls(
  data: unknown,
  places: readonly Place[],
  verdicts: ReadonlyMap<string, Access>,
  found: string[],
): void {
  if (Array.isArray(data)) {
    for (const item of data) checkNulls(item, places, verdicts, found);
    return;
  }
  if (typeof data !== 'object' || data === null) return;
  for (const { key, type, field, uses, below } of places) {
    const value = (data as Record<string, unknown>)[key];
    const access = verdicts.get(`${type}.${field}`);
    const argument = uses.map((use) => verdicts.get(use)).find((a) => a?.verdict === 'DENIED');
    // A value object's filter can be open by one part and refused by another.
    if (access?.verdict === 'DENIED' && (access.silent ? !isNothing(value) : value != null))
      found.push(`${type}.${field} was foretold as refused and is there`);
    else if (access?.mask === 'NULL' && value != null)
      found.push(`${type}.${field} was foretold as masked to nothing`);
    else if (argument && (argument.silent ? !isNothing(value) : value != null))
      found.push(`${type}.${field} is there although ${argument.coordinate} was foretold as refused`);
    else if (access && !isNothing(value)) seen[access.verdict as keyof typeof seen] += 1;
    else if (access && (access.verdict === 'DENIED' || access.mask === 'NULL'))
      seen[access.verdict as keyof typeof seen] += 1;
    checkNulls(value, below, verdicts, found);
  }
}

describe('explainAccess foretells what an execution does', () => {
  const documents = 1200;

  it(`on ${documents} generated documents, for viewers at random`, { timeout: 240_000 }, async () => {
    const random = new Seeded(20070301);
    const generator = new DocumentGenerator(graph.graph.bare, random, ids);
    const problems: string[] = [];
    for (let i = 0; i < documents; i++) {
      const generated = generator.generate();
      const { document, variables } = generated;
      const parsed = parse(document);
      const faults = [
        ...validate(graph.graph.bare, parsed),
        ...validate(graph.graph.bare, parsed, [staticLimits]),
      ];
      expect(faults.map((fault) => `${fault.message} ${document}`)).toEqual([]);
      const reading = graph.graph.executor.read({ document: parsed, variables });
      checkCost(predictCost(graph.graph.bare, reading, graph.graph.listSizes));
      const { code } = random.pick(viewers);
      const { explanation, answer } = await explain(code, document, { variables });
      expect(answer.errors, document).toEqual([]);
      expect(answer.statements).toEqual([]);
      const executed = await graph.ask(viewerOf(code), document, variables);
      const wrong = differences(generated, explanation, executed);
      problems.push(...wrong.map((text) => `${code} ${text}\n    ${document} ${JSON.stringify(variables)}`));
    }
    expect(problems.slice(0, 10).join('\n')).toBe('');
    // Otherwise the comparison says nothing.
    for (const [verdict, count] of Object.entries(seen)) expect(count, verdict).toBeGreaterThan(50);
  });
});

describe('explainAccess says', () => {
  const rent = '{ leases(first: 1) { nodes { monthlyRent } } }';
  const at = (explanation: Explanation, coordinate: string) =>
    explanation.coordinates.filter((c) => c.coordinate === coordinate);

  it('group, owner, clause and verdict of a coordinate', async () => {
    const { explanation } = await explain('HLR', rent);
    expect(explanation).toMatchObject({ viewer: 'HOUSING', allowed: true });
    expect(at(explanation, 'Lease.monthlyRent')).toEqual([
      expect.objectContaining({
        surface: 'OUTPUT',
        verdict: 'FULL',
        group: 'LEASE_TERMS',
        owner: 'HOUSING',
        clauses: ['HLR-b'],
        needed: null,
      }),
    ]);
  });

  it('why something is refused and what would be needed', async () => {
    const { explanation } = await explain('PER', rent);
    const [access] = at(explanation, 'Lease.monthlyRent');
    expect(access).toMatchObject({ verdict: 'DENIED', reason: 'NOT_GRANTED', clauses: [], silent: false });
    expect(access?.needed).toMatch(/case-bound grant/);
    expect(explanation.allowed).toBe(false);
  });

  it('the mask of a masked value, and of each part of a value object under its holder', async () => {
    const { explanation } = await explain(
      'STN',
      '{ leases { nodes { monthlyRent landlord { name phone kind } } } }',
    );
    expect(at(explanation, 'Lease.monthlyRent')[0]).toMatchObject({ verdict: 'MASKED', mask: 'NULL' });
    const within = (coordinate: string) => at(explanation, coordinate)[0];
    expect(within('Party.name')).toMatchObject({ within: 'Lease.landlord', verdict: 'MASKED', mask: 'NAME' });
    expect(within('Party.kind')).toMatchObject({ within: 'Lease.landlord', verdict: 'FULL' });
  });

  it('that a value is shown in own rows only', async () => {
    const document = '{ leases { nodes { startsOn } } }';
    const { explanation } = await explain('CAC', document);
    expect(at(explanation, 'Lease.startsOn')[0]).toMatchObject({
      verdict: 'OWN_ROWS_ONLY',
      ownRowsOnly: true,
    });
  });

  it('the same of filters and orders, from variables too, given as an object or as text', async () => {
    const document = `query ($f: LeaseFilter) {
      leases(filter: $f, orderBy: { field: ENDS_ON }) { totalCount } }`;
    const variables = { f: { not: { or: [{ monthlyRent: { from: '100' } }] } } };
    for (const given of [variables, JSON.stringify(variables)]) {
      const { explanation } = await explain('STN', document, { variables: given });
      expect(at(explanation, 'LeaseFilter.monthlyRent')[0]).toMatchObject({
        surface: 'FILTER',
        verdict: 'DENIED',
        reason: 'NOT_IN_CLEAR',
      });
      expect(at(explanation, 'LeaseOrderField.ENDS_ON')[0]).toMatchObject({
        surface: 'ORDER',
        verdict: 'DENIED',
      });
    }
  });

  it('why a derived field may be seen more widely than its inputs', async () => {
    const { explanation } = await explain('SUB', '{ migrants { nodes { ageBand } } }');
    expect(at(explanation, 'Migrant.ageBand')[0]?.because).toMatch(/identifies nobody/);
  });

  it('of a secret group, to whom has no right, what the matrix says and nothing of rows', async () => {
    const document = '{ policeCases(first: 2) { totalCount nodes { caseNo } } }';
    const { explanation, answer } = await explain('HLR', document);
    expect(answer.statements).toEqual([]);
    expect(at(explanation, 'Query.policeCases')[0]).toMatchObject({
      verdict: 'DENIED',
      silent: true,
      group: 'POLICE_CASE',
      reason: 'NOT_GRANTED',
    });
    const { explanation: again } = await explain('HLR', document);
    expect(again).toEqual(explanation);
  });

  it('whether the purpose is open, missing or denied, and which are open', async () => {
    const verdict = async (purpose?: string, document = rent) =>
      (await explain('HLR', document, purpose ? { purpose } : {})).explanation.purpose;
    expect(await verdict('LEASE')).toMatchObject({ verdict: 'OPEN', clause: 'HLR-b' });
    expect(await verdict()).toMatchObject({ verdict: 'REQUIRED', clause: null });
    expect(await verdict('AID')).toMatchObject({ verdict: 'DENIED' });
    expect((await verdict()).open).toEqual(['PERMIT', 'LEASE', 'COORDINATOR_MANAGEMENT']);
    expect(await verdict(undefined, '{ orgUnits { totalCount } }')).toMatchObject({ verdict: 'NOT_NEEDED' });
  });

  it('for others only to legal affairs, informatisation and the population office', async () => {
    const allowed: string[] = [];
    for (const { code } of viewers) {
      const { explanation, answer } = await explain(code, rent, { as: 'HOUSING' });
      if (explanation) {
        allowed.push(code);
        expect(explanation.viewer).toBe('HOUSING');
      } else expect(answer.errors[0]?.extensions.code).toBe('AS_OTHERS_DENIED');
    }
    expect(allowed.sort()).toEqual(['HLR', 'ITC', 'LAO', 'POP']);
  });

  it('one document a request, so that a request costs no more than another', async () => {
    const { data, errors } = await graph.ask(
      viewerOf('HLR'),
      '{ a: explainAccess(document: "{ __typename }") { allowed } b: explainAccess(document: "{ __typename }") { allowed } }',
    );
    expect(data).toEqual({ a: { allowed: true }, b: null });
    expect(errors.map((e) => e.extensions.code)).toEqual(['TOO_MANY_EXPLANATIONS']);
  });

  it.each([
    ['a document that does not parse', '{', {}],
    ['a field that does not exist', '{ nonsense }', {}],
    ['a document beyond the limits', `{ ${'a: __typename '.repeat(40)} }`, {}],
    ['variables that are no JSON', rent, { variables: '{' }],
    [
      'variables that do not fit',
      'query ($n: Int) { leases(first: $n) { totalCount } }',
      { variables: { n: 'x' } },
    ],
  ])('that %s cannot be explained', async (_what, document, more) => {
    const { answer } = await explain('HLR', document, more);
    expect(answer.errors.map((e) => e.extensions.code)).toEqual(['DOCUMENT_INVALID']);
  });
});

describe('accessMatrix', () => {
  it('gives everybody the matrix as the table has it, and reads no store', async () => {
    const document = `{ accessMatrix {
      groups { group code owner isSecret cells { viewer value own clause } }
      purposes { purpose openTo { viewer clause } } } }`;
    const answers = [];
    for (const { code } of viewers) answers.push(await graph.ask(viewerOf(code), document, {}, null));
    expect(new Set(answers.map(({ data }) => JSON.stringify(data))).size).toBe(1);
    for (const { statements, errors } of answers) expect([statements, errors]).toEqual([[], []]);
    const { groups, purposes } = answers[0]?.data.accessMatrix ?? {};
    expect(groups).toHaveLength(59);
    expect(purposes).toHaveLength(20);
    const rent = groups.find((g: { group: string }) => g.group === 'LEASE_TERMS');
    const cell = (viewer: string) => rent.cells.find((c: { viewer: string }) => c.viewer === viewer);
    expect(cell('RECEPTION_CENTRE')).toEqual({
      viewer: 'RECEPTION_CENTRE',
      value: 'FULL',
      own: true,
      clause: 'IV-3a',
    });
    expect(cell('LABOUR')).toEqual({ viewer: 'LABOUR', value: 'NONE', own: false, clause: null });
  });
});
