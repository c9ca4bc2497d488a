import type postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestGraph, type TestGraph, viewerOf } from '../support/graph.ts';
import { refusedBy } from '../support/refusal.ts';

let graph: TestGraph;
let owner: postgres.Sql;
beforeAll(() => {
  graph = createTestGraph();
  owner = graph.pools.ownerOf('education');
});
afterAll(() => graph.close());

test.each(['PSB', 'STN', 'CAC', 'COR', 'LSS', 'SUB'] as const)(
  'enrolment is no lever on parents: %s is refused it',
  async (code) => {
    const { data, denied } = await graph.ask(viewerOf(code), '{ childEnrolments { nodes { id } } }');
    expect(data.childEnrolments).toBeNull();
    expect(denied.map((d) => d.group)).toEqual(['CHILD_ENROLMENT']);
  },
);

test('joint enforcement sees facts of the school, a masked founder and no pupil', async () => {
  const { data, denied } = await graph.ask(
    viewerOf('CON'),
    `{ migrantSchools(first: 100) { nodes { name capacity isOverCapacity address { road lane }
         founder { name phone identityNumber } enrolments { nodes { id } }
         principalTrainings(first: 3) { nodes { principalName passed } } } } }`,
  );
  expect(denied.map((d) => d.coordinate)).toEqual(['MigrantSchool.enrolments']);
  for (const school of data.migrantSchools.nodes) {
    expect(school.address.lane).toMatch(/^\d+$/);
    expect(school.founder.phone).toMatch(/^138\*{4}\d{4}$/);
    expect(school.enrolments).toBeNull();
    for (const { principalName, passed } of school.principalTrainings.nodes) {
      expect(principalName).toMatch(/^.\*+$|^..\*+$/);
      expect(passed).toBeNull();
    }
  }
});

test('everybody sees name, address, grades and licence of a school', async () => {
  const { data, errors } = await graph.ask(
    viewerOf('WOF'),
    '{ migrantSchools(first: 100) { totalCount nodes { name address { road neighbourhoodCode } grades { from to } licenceStatus } } }',
  );
  expect(errors).toEqual([]);
  expect(data.migrantSchools.totalCount).toBe(18);
  for (const { name, address, grades } of data.migrantSchools.nodes)
    expect([name, address.road, address.neighbourhoodCode, grades.from].every(Boolean)).toBe(true);
});

test('a missing proof delays nothing: children are at school without any', async () => {
  const { data } = await graph.ask(
    viewerOf('EDU'),
    '{ childEnrolments(first: 100, filter: { status: { eq: ENROLLED }, not: { proofsSeen: { has: PERMIT_VALID } } }) { totalCount } }',
  );
  expect(data.childEnrolments.totalCount).toBeGreaterThan(0);
});

test.each([
  [
    'a closing school without a place for each pupil',
    'school_licences_placement',
    "school_licences set placement_plan = ' ' where kind = 'CLOSE'",
  ],
  [
    'a refusal without saying how to seek review',
    'school_licences_decision_complete',
    "school_licences set decision_remedy_notice = null where status = 'REFUSED'",
  ],
  [
    'more qualified teachers than teachers',
    'migrant_schools_teachers',
    'migrant_schools set qualified_teachers = teachers + 1',
  ],
  ['a tenth grade', 'child_enrolments_grade', 'child_enrolments set grade = 10'],
  [
    'a school year of two years',
    'child_enrolments_school_year',
    "child_enrolments set school_year = '2006-2008'",
  ],
  [
    'two schools for a child',
    'child_enrolments_one_school',
    "child_enrolments set public_school = '示例' where school_id is not null",
  ],
])('the store refuses %s', async (_, constraint, change) => {
  expect(await refusedBy(owner, `update education.${change}`)).toBe(constraint);
});

test('more pupils than places are flagged, not refused', async () => {
  const { data } = await graph.ask(
    viewerOf('EDU'),
    '{ migrantSchools(filter: { isOverCapacity: { eq: true } }) { nodes { capacity enrolled } } }',
  );
  expect(data.migrantSchools.nodes.length).toBeGreaterThan(0);
  for (const { capacity, enrolled } of data.migrantSchools.nodes) expect(enrolled).toBeGreaterThan(capacity);
});
