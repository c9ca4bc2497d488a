import type postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestGraph, type TestGraph, viewerOf } from '../support/graph.ts';
import { refusedBy } from '../support/refusal.ts';

let graph: TestGraph;
let owner: postgres.Sql;
beforeAll(() => {
  graph = createTestGraph();
  owner = graph.pools.ownerOf('legal_affairs');
});
afterAll(() => graph.close());

const reviews = `{ legalReviews(first: 100) { totalCount nodes
  { unit { code } actRef hasFault opinion checks { subject isPassed } decision { legalBasis remedyNotice } } } }`;

describe('a review', () => {
  test.each(['FPC', 'PSB', 'LSS', 'HLR', 'PER', 'EDU', 'HLT', 'CIV', 'CON', 'AIC', 'SUB'] as const)(
    'is seen by %s when its own act is reviewed',
    async (code) => {
      const { unit } = viewerOf(code);
      const [stored] =
        await owner`select count(*)::int n from legal_affairs.administrative_act_reviews where unit_id = ${unit}`;
      const { data, errors } = await graph.ask(viewerOf(code), reviews);
      expect(errors).toEqual([]);
      expect(data.legalReviews.totalCount).toBe(stored?.n);
      expect(stored?.n).toBeGreaterThan(0);
      for (const node of data.legalReviews.nodes) {
        expect(node.unit.code).toBe(unit);
        expect(node.decision.remedyNotice).toContain('行政复议');
      }
    },
  );

  test('shows the supervisor how it came out, neither grounds nor opinion', async () => {
    const { data } = await graph.ask(viewerOf('POP'), reviews);
    const { nodes } = data.legalReviews;
    expect(nodes.some((n: { hasFault: boolean }) => n.hasFault)).toBe(true);
    for (const node of nodes) {
      expect(node).toMatchObject({ decision: null, opinion: null });
      expect(node.checks).toHaveLength(5);
      expect(node.hasFault).toBe(node.checks.some((c: { isPassed: boolean }) => !c.isPassed));
    }
  });

  test('says of no record which act it is of', async () => {
    const [review] = await owner`select act_id from legal_affairs.administrative_act_reviews limit 1`;
    const fields = [...(graph.graph.model.get('AdministrativeActReview')?.fields.keys() ?? [])];
    expect(fields).not.toContain('actId');
    const { data } = await graph.ask(viewerOf('LAO'), reviews);
    expect(JSON.stringify(data)).not.toContain(review?.act_id);
  });
});

test('the office reaches the acts it reviews, masked, and no others of their kind', async () => {
  const reviewed = async (sql: string) => (await owner.unsafe(sql))[0]?.n as number;
  const { data } = await graph.ask(
    viewerOf('LAO'),
    `{ permitApplications { totalCount nodes { status applicationNo applicant { id } } }
       labourInspections { totalCount } wageArrearsCases { totalCount } policeCases { totalCount } }`,
  );
  const acts = 'where id in (select act_id from legal_affairs.administrative_act_reviews)';
  const counted = {
    permitApplications: await reviewed(
      `select count(*)::int n from permits.permit_applications ${acts} and not shielded`,
    ),
    labourInspections: await reviewed(`select count(*)::int n from labour.labour_inspections ${acts}`),
    wageArrearsCases: await reviewed(`select count(*)::int n from labour.wage_arrears_cases ${acts}`),
  };
  for (const [list, n] of Object.entries(counted)) {
    expect(data[list].totalCount, list).toBe(n);
    expect(n, list).toBeGreaterThan(0);
  }
  expect(data.permitApplications.totalCount).toBeLessThan(
    await reviewed('select count(*)::int n from permits.permit_applications'),
  );
  for (const node of data.permitApplications.nodes) expect(node.applicant).toBeNull();
  // A police decision is read in the review alone.
  expect(data.policeCases.totalCount).toBe(0);
});

test('documents are published', async () => {
  const { data, errors } = await graph.ask(
    viewerOf('COR'),
    '{ normativeDocuments(filter: { docNo: { eq: "普府办〔2007〕16号" } }) { nodes { title status } } }',
  );
  expect(errors).toEqual([]);
  expect(data.normativeDocuments.nodes).toHaveLength(1);
});

test.each([
  [
    'grounds without a remedy',
    'administrative_act_reviews_decision_complete',
    'decision_remedy_notice = null',
  ],
  [
    'reasons that name a person',
    'administrative_act_reviews_reasons_impersonal',
    "decision_reasons = '当事人349999198506120039'",
  ],
  [
    'a reference that says what the act is',
    'administrative_act_reviews_ref_form',
    "act_ref = 'PoliceCase-1'",
  ],
  [
    'an examination of something else',
    'administrative_act_reviews_checks_codes',
    `checks = '[{"subject":"PERSON","isPassed":true}]'`,
  ],
])('the store refuses %s', async (_, constraint, change) => {
  const sql = `update legal_affairs.administrative_act_reviews set ${change}`;
  expect(await refusedBy(owner, sql)).toBe(constraint);
});
