import { describe, expect, test } from 'vitest';
import { openAsking, personTypes, typesReadBy, valuesOf } from './asking.ts';

const { ask, askAs, graph, sql } = openAsking();

describe('21. adverse decisions reviewed', () => {
  test('by unit, how many and how many with a fault', async () => {
    const { data, errors } = await ask('question-21');
    expect(errors).toEqual([]);
    const kept = await sql`
      select unit_id as code, count(*)::int as reviewed,
        count(*) filter (where exists (select from jsonb_array_elements(checks) c where not (c->>'isPassed')::boolean))::int as faulty
      from legal_affairs.administrative_act_reviews
      where decision_decided_on between '2007-01-01' and '2007-01-31' group by 1 order by 1`;
    expect(
      data.orgUnits.nodes.map((u: Record<string, Record<string, number>>) => ({
        code: u.code,
        reviewed: u.reviewed?.totalCount,
        faulty: u.faulty?.totalCount,
      })),
    ).toEqual(kept.map((row) => ({ ...row })));
    expect(kept.some(({ faulty }) => faulty > 0)).toBe(true);
  });

  test('ten with legal basis, reasons and remedy, and whether each stood the review', async () => {
    const { data } = await ask('question-21');
    expect(data.legalReviews.nodes).toHaveLength(10);
    for (const { actRef, decision, checks } of data.legalReviews.nodes) {
      const [kept] = await sql`
        select decision_legal_basis as "legalBasis", decision_reasons as reasons, decision_remedy_notice as "remedyNotice",
          decision_decided_on as "decidedOn" from legal_affairs.administrative_act_reviews where act_ref = ${actRef}`;
      expect(decision).toEqual({ ...kept });
      expect(checks.map((c: { subject: string }) => c.subject)).toEqual(
        expect.arrayContaining(['BASIS', 'REMEDY_NOTICE']),
      );
    }
  });

  test('persons are hidden: the document has none, the act behind a review gives none, nor is one written into grounds', async () => {
    for (const type of personTypes) expect(typesReadBy('question-21', graph.graph.bare)).not.toContain(type);
    const { data, denied } = await askAs(
      'LAO',
      '{ permitApplications(first: 20) { nodes { applicant { name citizenIdNumber } } } migrants(first: 5) { nodes { name } } policeCases(first: 20) { nodes { caseNo parties { person { name } } victims { person { name } } } } }',
    );
    for (const field of ['name', 'citizenIdNumber', 'caseNo', 'person'])
      expect(
        valuesOf(data, field).filter((value) => value !== null),
        field,
      ).toEqual([]);
    expect(denied.map((d) => d.coordinate)).toContain('PermitApplication.applicant');
    const { data: reviews } = await askAs(
      'LAO',
      '{ legalReviews(first: 100) { nodes { actRef opinion decision { reasons legalBasis } } } }',
    );
    const people = await sql`select citizen_id_number as number from public_security.migrants`;
    const text = JSON.stringify(reviews);
    expect(text.length).toBeGreaterThan(1000);
    expect(people.filter(({ number }) => number && text.includes(number))).toEqual([]);
  });

  test('the log tells who read how much, of whom only tokens, and to an auditor only', async () => {
    const { data } = await ask('question-21');
    const kept = await sql`select count(*)::int as n from audit.entries where row_count >= 1`;
    expect(data.auditTrail.totalCount).toBe(kept[0]?.n);
    for (const { rowCount, person, actingUnit } of data.auditTrail.nodes) {
      expect(rowCount).toBeGreaterThanOrEqual(1);
      expect(person && actingUnit.code).toBeTruthy();
    }
    const none = await ask('question-21', { variables: { rows: 100_000 } });
    expect(none.data.auditTrail).toEqual({ totalCount: 0, nodes: [] });
    const { data: other } = await askAs(
      'LSS',
      '{ auditTrail(first: 100) { nodes { actingUnit { code } } } }',
    );
    expect(new Set(valuesOf(other, 'code'))).toEqual(new Set(['PT-LSS']));
  });
});
