import { describe, expect, test } from 'vitest';
import type { ViewerCode } from '../../src/identity/viewers.ts';
import { startTestServer } from '../http/test-server.ts';
import { exampleOf, openAsking } from './asking.ts';

const { ask, sql } = openAsking();

/** Root fields of a dashboard under their names in the answer, with what they are when nothing is down. */
type Parts = Readonly<Record<string, unknown>>;

/** The stores that each part reads, by asking for the whole and looking at its statements. */
async function readStores(dashboard: string): Promise<{ stores: string[]; whole: Parts }> {
  const { data, errors, statements } = await ask(dashboard);
  expect(errors).toEqual([]);
  return { stores: [...new Set(statements.map(({ store }) => store))].sort(), whole: data };
}

/** Whether a part is answered without anything missing that the whole answer has. */
const isWhole = (part: unknown, whole: unknown) => JSON.stringify(part) === JSON.stringify(whole);

describe.each([
  ['dashboard-leading-group', 5],
  ['dashboard-sub-district', 12],
  ['question-25', 3],
] as const)('%s', (dashboard, atLeast) => {
  test('is one document over several stores, every part answered', async () => {
    const { stores, whole } = await readStores(dashboard);
    expect(stores.length).toBeGreaterThanOrEqual(atLeast);
    for (const [name, part] of Object.entries(whole)) expect(part, name).not.toBeNull();
  });

  test('with any one of its stores down says so of that one, and answers the rest', async () => {
    const { stores, whole } = await readStores(dashboard);
    const { as, document, variables } = exampleOf(dashboard);
    for (const down of stores) {
      const server = await startTestServer({ down });
      try {
        const { status, json } = await server.ask(as as ViewerCode, document, variables ?? {});
        expect(status, down).toBe(200);
        expect(json.errors.length, down).toBeGreaterThan(0);
        for (const error of json.errors)
          expect(error.extensions, down).toMatchObject({ code: 'STORE_UNAVAILABLE', store: down });
        const failed = new Set(json.errors.map(({ path }: { path: string[] }) => path[0]));
        expect(failed.size, down).toBeLessThan(Object.keys(whole).length);
        for (const [name, part] of Object.entries(whole))
          expect(isWhole(json.data[name], part), `${name} with ${down} down`).toBe(!failed.has(name));
      } finally {
        await server.close();
      }
    }
  }, 120_000);
});

describe('25. the dashboard of the leading group', () => {
  test('holds aggregates, published assessments and measures: no record of a person or a case', async () => {
    const { data } = await ask('question-25');
    expect(Object.keys(data).sort()).toEqual(
      'approved assessments atWork cases coverage filings permits policyMeasures population'
        .split(' ')
        .sort(),
    );
    for (const part of ['population', 'permits', 'filings', 'coverage', 'cases', 'approved', 'atWork'])
      expect(Object.keys(data[part]).sort(), part).toEqual(['cells', 'minimumCell', 'snapshots']);
    expect(data.cases.minimumCell).toBe(10);
    for (const { value, suppressed } of data.cases.cells)
      if (!suppressed) expect(Number(value) === 0 || Number(value) >= 10).toBe(true);
  });

  test("the coordinators' gap and the measures overdue are those of the stores", async () => {
    const { data } = await ask('question-25');
    const sum = (cells: { value: string }[]) => cells.reduce((n, { value }) => n + Number(value), 0);
    const [heads] = await sql`
      select sum(approved_headcount)::int as approved, sum(actual_headcount)::int as actual
      from coordinators.coordinator_allocations where year = 2007`;
    expect(sum(data.approved.cells)).toBe(heads?.approved);
    expect(sum(data.atWork.cells)).toBe(heads?.actual);
    const overdue = await sql`
      select title from population_office.policy_measures where due_on <= '2007-03-01' and progress < 100`;
    expect(data.policyMeasures.nodes.map((m: { title: string }) => m.title)).toEqual(
      overdue.map(({ title }) => title),
    );
    expect(overdue.length).toBeGreaterThan(0);
  });
});

describe('the dashboard of a sub-district', () => {
  test('counts what is in its territory', async () => {
    const { data } = await ask('dashboard-sub-district');
    const here = '310107015';
    const [kept] = await sql`
      select (select count(*)::int from housing.leases where subdistrict_code = ${here} and status = 'IN_FORCE'
          and filing_status = 'NOT_FILED' and not shielded) as leases,
        (select count(*)::int from labour.employers where subdistrict_code = ${here}) as employers,
        (select count(*)::int from family_planning.certificate_checks where subdistrict_code = ${here} and not shielded) as checks,
        (select count(*)::int from commerce.small_premises where subdistrict_code = ${here} and licence_id is null) as premises,
        (select count(*)::int from coordinators.coordinator_tasks where subdistrict_code = ${here} and not shielded
          and due_on < '2007-03-01' and status in ('CREATED', 'ASSIGNED', 'IN_PROGRESS')) as tasks`;
    expect({
      leases: data.leases.totalCount,
      employers: data.employers.totalCount,
      checks: data.certificateChecks.totalCount,
      premises: data.smallPremises.totalCount,
      tasks: data.coordinatorTasks.totalCount,
    }).toEqual({ ...kept });
    for (const [name, n] of Object.entries(kept ?? {})) expect(n, name).toBeGreaterThan(0);
  });

  test("is another's in another territory", async () => {
    const { data: here } = await ask('dashboard-sub-district');
    const { data: there } = await ask('dashboard-sub-district', { as: 'SUB', unit: 'PT-SUB-103' });
    expect(there.leases.nodes.length).toBeGreaterThan(0);
    const numbers = (data: { leases: { nodes: { contractNo: string }[] } }) =>
      data.leases.nodes.map((l) => l.contractNo);
    expect(numbers(there).filter((no) => numbers(here).includes(no))).toEqual([]);
  });
});
