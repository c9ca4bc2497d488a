import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readMeasures } from '../../src/contract/policy/measures.ts';
import { type ViewerCode, viewers } from '../../src/identity/viewers.ts';
import { productContract } from '../../src/schema.ts';
import { createTestGraph, type TestGraph, viewerOf } from '../support/graph.ts';
import { type Cell, everything, measures } from './asking.ts';
import { determined, nameOf, type Publication, pinned, remainders, systemOf } from './linear-system.ts';

const months = ['2007-02', '2006-12'];
const { sdl, matrix } = productContract();
const rules = readMeasures(sdl, matrix);
const mayAsk = (code: ViewerCode) => {
  const viewer = viewers.find((v) => v.code === code)!;
  return measures.filter((measure) =>
    rules.get(measure)!.groups.every((group) => {
      const cell = group.cells.get(viewer.name);
      return cell && !cell.own;
    }),
  );
};
// A station, a window and an area are smaller than what statistics are of.
const askers = viewers.filter(
  ({ code, kind }) =>
    mayAsk(code).length > 0 && !['POLICE_STATION', 'RECEPTION_CENTRE', 'COORDINATOR'].includes(kind),
);

let graph: TestGraph;
beforeAll(() => {
  graph = createTestGraph();
});
afterAll(() => graph.close());

async function publicationFor(code: ViewerCode, month: string): Promise<Publication> {
  const found = new Map<string, Awaited<ReturnType<typeof everything>>>();
  for (const measure of mayAsk(code))
    if (!rules.get(measure)!.of) found.set(measure, await everything(graph, viewerOf(code), measure, month));
  return found;
}

/** Counts of persons and matters of them, which have a k. */
const counted = (publication: Publication): Publication =>
  new Map(
    [...publication].filter(
      ([measure]) =>
        rules.get(measure)!.groups.some((group) => group.k !== null) && measure !== 'ARREARS_CLAIMED',
    ),
  );

const smallestOf = (measure: string) => Math.min(...rules.get(measure)!.groups.flatMap((g) => g.k ?? []));

describe.each(askers.map(({ code }) => code))('of all that %s can ask', (code) => {
  test.each(months)('no withheld cell of %s follows', async (month) => {
    const publication = await publicationFor(code, month);
    const system = systemOf(publication);
    expect(system.values.size).toBeGreaterThan(0);
    expect(determined(system)).toEqual([]);
    const counts = systemOf(counted(publication));
    // Every k is five or ten; a withheld cell that is not small has at least five.
    expect(pinned(counts, 5)).toEqual([]);
  });

  test('no count is under the k of its group, and what is left of a whole is not either', async () => {
    const publication = await publicationFor(code, months[0]!);
    for (const [measure, answers] of counted(publication)) {
      const k = smallestOf(measure);
      for (const [, cells] of answers)
        for (const { value, suppressed, upperBound } of cells) {
          if (suppressed) expect([null, k - 1]).toContain(upperBound);
          else expect(Number(value)).toBeGreaterThanOrEqual(k);
        }
    }
    for (const [part, whole] of remainders) {
      const wholes = new Map(
        (publication.get(whole) ?? []).flatMap(([keySet, cells]) =>
          cells.map((cell) => [nameOf('', cell, keySet), cell.value] as const),
        ),
      );
      for (const [keySet, cells] of publication.get(part) ?? [])
        for (const cell of cells) {
          const of = wholes.get(nameOf('', cell, keySet));
          if (cell.value !== null && of != null)
            expect(Number(of) - Number(cell.value)).toBeGreaterThanOrEqual(smallestOf(part));
        }
    }
  });
});

describe('the measure of these tests', () => {
  /** As if only small cells were withheld: every other one has the value that its raw rows give. */
  async function withoutComplements(publication: Publication): Promise<Publication> {
    const owner = graph.pools.ownerOf('public_security');
    const rows = await owner<{ place: string; province: string; count: number }[]>`
      select place, province, count(*)::int as count from (
        select distinct on (r.migrant_id) r.subdistrict_code as place, left(m.hukou_division, 2) || '0000' as province
        from public_security.residence_registrations r join public_security.migrants m on m.id = r.migrant_id
        where r.arrived_here_on <= '2007-02-28' and (r.departed_on is null or r.departed_on > '2007-02-28')
          and m.sex in ('MALE', 'FEMALE')
        order by r.migrant_id, r.arrived_here_on desc, r.id) t group by place, province`;
    const count = (cell: Cell) =>
      rows
        .filter(({ place }) => cell.subdistrictCode == null || place === cell.subdistrictCode)
        .filter(({ province }) => cell.originProvince == null || province === cell.originProvince)
        .reduce((sum, row) => sum + row.count, 0);
    return new Map(
      [...publication].map(([measure, answers]) => [
        measure,
        answers.map(
          ([keySet, cells]) =>
            [
              keySet,
              cells.map((cell) =>
                cell.suppressed && cell.upperBound === null
                  ? { ...cell, value: String(count(cell)), suppressed: false }
                  : cell,
              ),
            ] as const,
        ),
      ]),
    );
  }

  test('finds cells where only the small ones are withheld', async () => {
    const all = await everything(graph, viewerOf('POP'), 'REGISTERED_MIGRANTS', '2007-02');
    const byPlaceAndOrigin = all.filter(([set]) =>
      set.every((key) => key === 'SUBDISTRICT' || key === 'ORIGIN_PROVINCE'),
    );
    // The provinces that nobody comes from are taken for known, so that one of them is not the other's cover.
    const publication = new Map([['REGISTERED_MIGRANTS', byPlaceAndOrigin]]);
    expect(determined(systemOf(publication))).toEqual([]);
    const broken = systemOf(await withoutComplements(publication));
    expect([...determined(broken), ...pinned(broken, 5)].length).toBeGreaterThan(0);
  });

  test('finds a cell that is left of a total, and one that bounds pin', () => {
    const cell = (
      subdistrictCode: string | null,
      value: string | null,
      upperBound: number | null = null,
    ) => ({
      month: '2007-02',
      subdistrictCode,
      value,
      suppressed: value === null,
      upperBound,
    });
    const one = (cells: readonly Cell[], total: string): Publication =>
      new Map([['X', [[[], [cell(null, total)]] as const, [['SUBDISTRICT'], cells] as const]]]);
    const left = one([cell('a', '20'), cell('b', null, 4)], '23');
    expect(determined(systemOf(left))).toEqual(['X subdistrictCode=b']);
    const noughts = one([cell('a', '20'), cell('b', null, 4), cell('c', null, 4)], '20');
    expect(determined(systemOf(noughts))).toEqual([]);
    expect(pinned(systemOf(noughts), 5)).toEqual(['X subdistrictCode=b', 'X subdistrictCode=c']);
  });
});
