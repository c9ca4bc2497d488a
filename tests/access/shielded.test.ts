import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Viewer } from '../../src/identity/viewer.ts';
import { type ViewerCode, viewers } from '../../src/identity/viewers.ts';
import { createTestDatabase } from '../support/database.ts';
import { createTestGraph, viewerOf } from '../support/graph.ts';
import { leaks } from './asking/access-report.ts';
import { globalId } from './asking/expectation.ts';
import { expectNoProblems } from './asking/no-problems.ts';
import { openSetting, recordTypes, type Setting, sharedDistrict } from './asking/setup.ts';
import type { District, RawRow } from './reading/district.ts';
import { shield } from './rows/unusual.ts';

// A person of whom many departments keep rows asks for the shield (dossier §6.3): from then on the registrar alone
// sees where the person is, and no row about the person is there for anybody else, but for the file that the
// department which serves the person alone reads, and the women's federation's sight of its own client.
const ownFiles: Partial<Record<ViewerCode, readonly string[]>> = {
  FPC: ['FamilyPlanningService', 'PregnancyNotice'],
  HLT: ['MaternalRecord', 'ChildHealthRecord', 'InfectiousReport'],
  EDU: ['ChildEnrolment'],
  CIV: ['AidCase', 'MarriageRegistration', 'AdoptionRegistration'],
  WOF: ['WomenRightsCase'],
  JUS: ['LegalAidCase'],
};
const registers = ['Migrant', 'ResidenceRegistration', 'ResidencePermit', 'Lease', 'Employment'];
const keepsSight = (code: ViewerCode, type: string) => ownFiles[code]?.includes(type) ?? false;

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let setting: Setting;
let person: RawRow;
/** Rows about the person, by type; rows that are part of such rows with them. */
let about: ReadonlyMap<string, readonly RawRow[]>;

beforeAll(async () => {
  database = await createTestDatabase('district');
  const graph = createTestGraph(database.url);
  const before = await sharedDistrict();
  const kinds = (row: RawRow) => rowsAbout(before.district, row.id).size;
  // Who stands in most registers; the first thousand are enough to find somebody in nearly all.
  const people = before.district.rows('Migrant').filter((row) => row.citizenIdNumber && row.subdistrictCode);
  const [widest] = people
    .slice(0, 1000)
    .filter((row) => registers.every((type) => rowsAbout(before.district, row.id).has(type)))
    .toSorted((a, b) => kinds(b) - kinds(a));
  await shield(graph.pools, [String(widest?.id)]);
  setting = await openSetting(graph);
  person = setting.district.row('Migrant', widest?.id)!;
  about = rowsAbout(setting.district, person.id);
});
afterAll(async () => {
  await setting.graph.close();
  await database.drop();
});

function rowsAbout(district: District, id: string): Map<string, RawRow[]> {
  const found = new Map<string, RawRow[]>();
  const subjectsOf = (type: string) => [...district.scope(type).about, ...district.scope(type).serves];
  const add = (type: string, row: RawRow) => {
    found.set(type, [...(found.get(type) ?? []), row]);
    for (const part of recordTypes) {
      const { parent } = district.scope(part);
      if (parent?.type !== type) continue;
      for (const below of district.by(part, parent.by).get(row.id) ?? []) add(part, below);
    }
  };
  for (const type of recordTypes)
    for (const subject of subjectsOf(type))
      for (const row of district.by(type, subject).get(id) ?? []) add(type, row);
  return found;
}

/** Viewers of a kind that act where a row is. */
function actingNear(code: ViewerCode, row: RawRow): Viewer[] {
  const suffix = typeof row.subdistrictCode === 'string' ? row.subdistrictCode.slice(6) : '015';
  if (code === 'SUB' || code === 'CAC') return [viewerOf(code, `PT-${code}-${suffix}`)];
  if (code === 'STN') return typeof row.stationCode === 'string' ? [viewerOf(code, row.stationCode)] : [];
  return [viewerOf(code)];
}

const fetch = (viewer: Viewer, type: string, rows: readonly RawRow[]) =>
  setting.graph.ask(viewer, 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', {
    ids: rows.slice(0, 50).map((row) => globalId(type, row.id)),
  });

describe('a shielded person', () => {
  test('has rows in the registers of police, permits, housing and labour', () => {
    expect([...about.keys()]).toEqual(expect.arrayContaining([...registers]));
    expect(about.size).toBeGreaterThan(registers.length + 5);
  });

  test.each(viewers.map((v) => v.code))('for %s no row about the person is there by id', async (code) => {
    const found: string[] = [];
    for (const [type, rows] of about) {
      if (setting.oracle.isSecret(type) || keepsSight(code, type)) continue;
      for (const viewer of actingNear(code, rows[0]!)) {
        const { data } = await fetch(viewer, type, rows);
        if (data.nodes.some((node: unknown) => node !== null)) found.push(type);
      }
    }
    if (code === 'PSB') expect(found).toContain('Migrant');
    else expect(found).toEqual([]);
  });

  test.each(viewers.map((v) => v.code))('for %s no list names, counts or links the person', async (code) => {
    if (code === 'PSB') return;
    const [viewer = viewerOf(code)] = actingNear(code, person);
    const expected = setting.expect(viewer);
    for (const text of [person.id, person.citizenIdNumber, globalId('Migrant', person.id)])
      expected.withheld.set(String(text), 'a shielded person');
    const problems: string[] = [];
    for (const [type] of about) {
      const { many, fields } = setting.oracle.type(type);
      if (!many || setting.oracle.presence(code, type) === 'NONE' || keepsSight(code, type)) continue;
      const links = [...fields.values()].filter((f) => f.kind === 'link' && f.target === 'Migrant');
      const answer = await setting.graph.ask(
        viewer,
        `{ ${many}(first: 100) { totalCount nodes { id ${links.map((f) => `${f.name} { id }`).join(' ')} } } }`,
      );
      const inScope = setting.district.rows(type).filter((row) => expected.scope.sees(type, row.id));
      const hidden = new Set(about.get(type)?.map((row) => row.id));
      const visible = inScope.filter((row) => !hidden.has(row.id));
      if (answer.data[many].totalCount !== visible.length)
        problems.push(`${many}: counts ${answer.data[many].totalCount}, expected ${visible.length}`);
      problems.push(...leaks(answer, expected));
    }
    expectNoProblems(problems);
  });

  test('is not told by the number: ask the registrar', async () => {
    const document =
      'query ($number: CitizenId!) { migrantByCitizenId(citizenIdNumber: $number) { id name } }';
    const ask = (viewer: Viewer) => setting.graph.ask(viewer, document, { number: person.citizenIdNumber });
    for (const code of ['CAC', 'SUB', 'STN', 'HLR', 'LSS'] as const) {
      const asked = await ask(viewerOf(code));
      expect(asked.data.migrantByCitizenId).toBeNull();
      if (code === 'CAC') expect(asked.errors.map((e) => e.extensions.code)).toEqual(['ASK_REGISTRAR']);
      expectNoProblems(
        leaks(
          asked,
          Object.assign(setting.expect(code), { withheld: new Map([[String(person.name), 'name']]) }),
        ),
      );
    }
    expect((await ask(viewerOf('PSB'))).data.migrantByCitizenId.name).toBe(person.name);
  });
});
