import { describe, expect, test } from 'vitest';
import type { Cell } from '../statistics/asking.ts';
import { openAsking, typesReadBy } from './asking.ts';

const { ask, askAs, graph, sql } = openAsking();

/** Persons with an open stay at the end of a day, by what is asked. */
const residents = (day: string) => sql`
  select r.subdistrict_code as subdistrict, left(m.hukou_division, 2) || '0000' as province, count(*)::int as n
  from (select distinct on (person_id) * from public_security.residence_registrations
    where arrived_here_on <= ${day} and (departed_on is null or departed_on > ${day})
    order by person_id, arrived_here_on desc, id) r
  join public_security.migrants m on m.id = r.person_id where m.sex in ('MALE', 'FEMALE') group by 1, 2`;

const withheld = (cells: readonly Cell[]) => cells.filter(({ suppressed }) => suppressed);
const shown = (cells: readonly Cell[]) => cells.filter(({ suppressed }) => !suppressed);

/** Holds for each cell: shown and at least k (or nothing at all), or withheld without a value. */
function expectProtected(cells: readonly Cell[], k: number) {
  expect(cells.length).toBeGreaterThan(0);
  for (const { value, suppressed } of cells)
    if (suppressed) expect(value).toBeNull();
    else expect(Number(value) === 0 || Number(value) >= k, String(value)).toBe(true);
}

describe('20. residents by home province', () => {
  test('cells of fewer than five persons are withheld, the others right', async () => {
    const { data, errors } = await ask('question-20');
    expect(errors).toEqual([]);
    const { minimumCell, cells } = data.residents;
    expect(minimumCell).toBe(5);
    expectProtected(cells, 5);
    const kept = new Map((await residents('2007-02-28')).map((r) => [`${r.subdistrict} ${r.province}`, r.n]));
    const n = (cell: Cell) => kept.get(`${cell.subdistrictCode} ${cell.originProvince}`) ?? 0;
    for (const cell of shown(cells)) expect(Number(cell.value)).toBe(n(cell));
    expect(shown(cells).filter((cell) => n(cell) >= 5).length).toBeGreaterThan(50);
    const few = (cells as Cell[]).filter((cell) => n(cell) < 5);
    expect(few.length).toBeGreaterThan(0);
    for (const cell of few) expect(cell).toMatchObject({ value: null, suppressed: true });
  });

  test('aid and site wages: below ten and five there is no figure, and no total betrays one', async () => {
    const { data } = await ask('question-20');
    expect(data.aid.minimumCell).toBe(10);
    expectProtected(data.aid.cells, 10);
    expect(data.wages.minimumCell).toBe(5);
    expectProtected(data.wages.cells, 5);
    const [{ n } = { n: 0 }] =
      await sql`select count(*)::int as n from construction.site_wage_disputes where status <> 'CLOSED'`;
    expect(n).toBeGreaterThan(0);
    expect(withheld(data.wages.cells).length).not.toBe(1);
  });

  test('the contact there stands in full', async () => {
    const { data, extensions } = await ask('question-20');
    const kept = await sql`
      select c.name, c.duty, c.phone from cooperation.liaison_contacts c
      join cooperation.liaison_offices o on o.id = c.office_id where o.province = '340000' order by c.name`;
    expect(kept.length).toBeGreaterThan(0);
    expect(kept.every(({ phone }) => phone)).toBe(true);
    const contacts = data.liaisonOffices.nodes.flatMap(
      (o: { contacts: { nodes: { name: string }[] } }) => o.contacts.nodes,
    );
    expect(contacts).toHaveLength(kept.length);
    expect(contacts).toEqual(expect.arrayContaining(kept.map((row) => ({ ...row }))));
    expect(extensions?.access).toBeUndefined();
  });

  test('no row of a person, a case or a dispute is to be had beside the figures', async () => {
    const { data, denied } = await askAs(
      'COP',
      '{ migrants(first: 5) { totalCount } aidCases(first: 5) { totalCount } siteWageDisputes(first: 5) { totalCount } }',
    );
    expect(data).toEqual({ migrants: null, aidCases: { totalCount: 0 }, siteWageDisputes: null });
    expect(denied.map((d) => d.reason)).toEqual(['AGGREGATES_ONLY', 'AGGREGATES_ONLY']);
  });
});

describe('22. how the register stands', () => {
  test('rates come from monthly snapshots that say their day', async () => {
    const { data, errors } = await ask('question-22');
    expect(errors).toEqual([]);
    const stored = await sql`select month, store, taken_on as taken from statistics.snapshots`;
    for (const rate of ['accuracy', 'timeliness', 'filing', 'permits', 'insurance', 'schooling']) {
      const { snapshots, cells } = data[rate];
      expect(new Set(snapshots.map((s: { month: string }) => s.month)), rate).toEqual(
        new Set(['2006-12', '2007-01', '2007-02']),
      );
      for (const { month, asOf, store } of snapshots) {
        expect(asOf.slice(0, 7)).toBe(month);
        expect(new Date(Date.parse(asOf) + 86_400_000).getUTCDate()).toBe(1);
        expect(
          stored.some((s) => s.month === month && s.store === store),
          `${month} ${store}`,
        ).toBe(true);
      }
      for (const { value, suppressed } of cells)
        if (!suppressed) expect(Number(value)).toBeGreaterThanOrEqual(0);
      expect(shown(cells).length, rate).toBeGreaterThan(0);
    }
  });

  test('the filing rate of a month is that of the leases', async () => {
    const { data } = await ask('question-22');
    const kept = await sql`
      select subdistrict_code as code, count(*)::int as n, count(*) filter (where filing_status = 'FILED')::int as filed
      from housing.leases where status = 'IN_FORCE' group by 1`;
    const latest = data.filing.cells.filter((cell: Cell) => cell.month === '2007-02' && !cell.suppressed);
    expect(latest.length).toBeGreaterThan(5);
    for (const cell of latest) {
      const row = kept.find(({ code }) => code === cell.subdistrictCode);
      expect(Math.abs(Number(cell.value) - row?.filed / row?.n), cell.subdistrictCode).toBeLessThan(0.1);
    }
  });

  test('the ranking is the published one', async () => {
    const { data } = await ask('question-22');
    const kept = await sql`
      select total::text from population_office.assessments where period = '2006H2' and status = 'PUBLISHED'
      order by total desc`;
    expect(data.publishedAssessments.nodes.map((a: { total: string }) => Number(a.total))).toEqual(
      kept.map(({ total }) => Number(total)),
    );
    expect(kept.length).toBeGreaterThan(0);
  });
});

test('23. the cost of coordinators: need is what city, district and sub-district bear, and heads are those of the roster', async () => {
  const { data, errors } = await ask('question-23');
  expect(errors).toEqual([]);
  const fen = (money: string) => BigInt(money.replace('.', ''));
  const kept =
    await sql`select unit_id as unit, total_need::text as need from finance.coordinator_budgets where year = 2007`;
  expect(data.coordinatorBudgets.nodes).toHaveLength(kept.length);
  expect(kept.length).toBeGreaterThan(0);
  for (const budget of data.coordinatorBudgets.nodes) {
    const need = fen(budget.totalNeed);
    expect(String(need)).toBe(kept.find(({ unit }) => unit === budget.unit.code)?.need);
    const given = fen(budget.municipalFixedSubsidy) + fen(budget.districtSpecialBudget);
    if (budget.isOverFunded) expect(fen(budget.subdistrictRemainder)).toBe(0n);
    else expect(given + fen(budget.subdistrictRemainder)).toBe(need);
    for (const { spent } of budget.expenditureReviews) expect(fen(spent)).toBeGreaterThan(0n);
  }
  const roster = await sql`
    select subdistrict_code as code, count(*)::int as n from coordinators.coordinators
    where status in ('ACTIVE', 'SECONDED') group by 1`;
  const persons = new Map(
    (data.registered.cells as Cell[]).map((cell) => [cell.subdistrictCode, Number(cell.value)]),
  );
  expect(data.coordinatorAllocations.nodes).toHaveLength(9);
  for (const a of data.coordinatorAllocations.nodes) {
    expect(a.standardHeadcount).toBe(Math.ceil(a.migrantCount / 500));
    expect(a.actualHeadcount).toBe(roster.find(({ code }) => code === a.subdistrictCode)?.n);
    expect(a.gap).toBe(a.approvedHeadcount - a.actualHeadcount);
    expect(persons.get(a.subdistrictCode)).toBeGreaterThan(0);
  }
});

describe('24. the trend of the population', () => {
  test('five years, 2003 to 2007, by age, sex and province, none below five', async () => {
    const { data, errors } = await ask('question-24');
    expect(errors).toEqual([]);
    const months = new Set(data.byAge.cells.map((cell: Cell) => cell.month));
    for (const month of ['2003-12', '2004-12', '2005-12', '2006-12', '2007-02'])
      expect(months).toContain(month);
    expectProtected(data.byAge.cells, 5);
    expectProtected(data.byProvince.cells, 5);
    const kept = new Map<string, number>();
    for (const { province, n } of await residents('2006-12-31'))
      kept.set(province, (kept.get(province) ?? 0) + n);
    const last = shown(data.byProvince.cells).filter((cell) => cell.month === '2006-12');
    expect(last.length).toBeGreaterThan(3);
    for (const cell of last) expect(Number(cell.value)).toBe(kept.get(cell.originProvince as string) ?? 0);
  });

  test('schooling and maternal care are counted with ten as the least', async () => {
    const { data } = await ask('question-24');
    for (const part of [data.enrolled, data.bookings]) {
      expect(part.minimumCell).toBe(10);
      expectProtected(part.cells, 10);
    }
    const kept = await sql`
      select subdistrict_code as code, sum(capacity)::int as n from education.migrant_schools
      where licence_status <> 'CLOSED' group by 1`;
    for (const cell of shown(data.places.cells))
      expect(Number(cell.value)).toBe(kept.find(({ code }) => code === cell.subdistrictCode)?.n ?? 0);
    expect(kept.length).toBeGreaterThan(5);
    expect(withheld(data.places.cells)).toEqual([]);
  });

  test('nothing of an individual, and no forecast: the document reads cells and snapshots only', () => {
    expect([...typesReadBy('question-24', graph.graph.bare)].sort()).toEqual([
      'Query',
      'StatisticCell',
      'Statistics',
    ]);
    const measures = graph.graph.bare.getType('StatisticMeasure');
    expect(
      String(measures && 'getValues' in measures && measures.getValues().map(({ name }) => name)),
    ).not.toMatch(/FORECAST|EXPECTED|PROJECT|LIKELY|PREDICT/);
  });
});
