import type { Sql } from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeNodeId } from '../../src/graph/node-id.ts';
import { connectTo } from '../../src/store/connect.ts';
import { createTestDatabase } from '../support/database.ts';
import { createTestGraph, type TestGraph, viewerOf } from '../support/graph.ts';

const races = 1000;
const window = viewerOf('CAC');
let database: Awaited<ReturnType<typeof createTestDatabase>>;
let owner: Sql;
let graph: TestGraph;
let ids: string[];

beforeAll(async () => {
  database = await createTestDatabase('district');
  owner = connectTo(database.url, { max: 1 });
  graph = createTestGraph(database.url);
  // So many submitted applications at one window, copies of one that the district has.
  const rows = await owner<{ id: string }[]>`
    insert into permits.permit_applications (id, application_no, applicant_id, permit_type, action, accepted_at_unit, status, submitted_on, subdistrict_code, station_code, neighbourhood_code)
    select gen_random_uuid(), '31010701520070228' || lpad(n::text, 4, '0'), a.applicant_id, a.permit_type, 'NEW', ${window.unit}, 'SUBMITTED', '2007-02-28', a.subdistrict_code, a.station_code, a.neighbourhood_code
    from (select * from permits.permit_applications where accepted_at_unit = ${window.unit} and not shielded and permit_type = 'EMPLOYMENT' limit 1) a, generate_series(1, ${races}) n
    returning id`;
  ids = rows.map(({ id }) => encodeNodeId('PermitApplication', id));
});
afterAll(async () => {
  await graph.close();
  await owner.end();
  await database.drop();
});

const decision = {
  legalBasis: '《上海市居住证暂行规定》第七条',
  reasons: '不属于本窗口受理范围',
  decidedBy: '社区事务受理中心',
  remedyNotice: '可在六十日内申请行政复议',
};
const answer = 'committed userErrors { path code } permitApplication { id status recordVersion }';
const accept = `mutation($input: AcceptPermitApplicationInput!) { done: acceptPermitApplication(input: $input) { ${answer} } }`;
const decline = `mutation($input: DeclinePermitApplicationInput!) { done: declinePermitApplication(input: $input) { ${answer} } }`;

describe('two who write at once', () => {
  it(`about ${races} records: one wins each time, the other learns of it, nothing is lost`, async () => {
    expect(ids).toHaveLength(races);
    let [accepted, declined] = [0, 0];
    for (const id of ids) {
      const [yes, no] = await Promise.all([
        graph.ask(window, accept, { input: { id, expectedVersion: 1 } }),
        graph.ask(window, decline, { input: { id, expectedVersion: 1, decision } }),
      ]);
      const [won, lost] = yes.errors.length === 0 ? [yes, no] : [no, yes];
      expect(won.errors).toEqual([]);
      expect(won.data.done.committed).toBe(true);
      expect(lost.errors.map(({ extensions }) => extensions.code)).toEqual(['CONFLICT']);
      if (won === yes) accepted += 1;
      else declined += 1;
    }
    const [rows] = await owner`
      select count(*) filter (where p.status = 'NOT_ACCEPTED')::int as declined, count(*) filter (where p.status not in ('NOT_ACCEPTED', 'SUBMITTED'))::int as accepted
      from permits.permit_applications p where application_no like '31010701520070228%'`;
    expect(rows).toEqual({ accepted, declined });
    const [events] = await owner`
      select count(*)::int as events, count(distinct record_id)::int as records from access.record_events
      where version = 2 and event in ('accept', 'decline')`;
    expect(events).toEqual({ events: races, records: races });
    const [other] = await owner`
      select count(*)::int as n from permits.permit_applications p
      where application_no like '31010701520070228%' and record_version <> (select max(version) from access.record_events e where e.record_id = p.id::text)`;
    expect(other?.n).toBe(0);
  }, 300_000);
});

describe('a call that is repeated', () => {
  const make = `mutation($input: CreatePermitApplicationInput!) { done: createPermitApplication(input: $input) { clientMutationId ${answer} } }`;
  const input = async (key: string) => {
    const [row] =
      await owner`select applicant_id as id from permits.permit_applications where accepted_at_unit = ${window.unit} and not shielded limit 1`;
    return {
      applicant: encodeNodeId('Migrant', String(row?.id)),
      permitType: 'EMPLOYMENT',
      action: 'NEW',
      clientMutationId: key,
    };
  };

  it('ten times at once has one effect, and every answer is the same', async () => {
    const given = await input('at once');
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => graph.ask(window, make, { input: given })),
    );
    for (const { errors, data } of answers) {
      expect(errors).toEqual([]);
      expect(data).toEqual(answers[0]?.data);
      expect(data.done.committed).toBe(true);
    }
    const [made] = await owner`select count(*)::int as n from access.done_requests where key = 'at once'`;
    expect(made?.n).toBe(1);
  });

  it('with another body is refused, and has no effect', async () => {
    const given = await input('one body');
    const first = await graph.ask(window, make, { input: given });
    expect(first.data.done.committed).toBe(true);
    const [before] = await owner`select count(*)::int as n from permits.permit_applications`;
    const other = await graph.ask(window, make, { input: { ...given, permitType: 'STUDY' } });
    expect(other.errors.map(({ extensions }) => extensions.code)).toEqual(['KEY_REUSED']);
    const [after] = await owner`select count(*)::int as n from permits.permit_applications`;
    expect(after?.n).toBe(before?.n);
  });

  it('by another person or unit with the same key is another call', async () => {
    const given = await input('shared key');
    const first = await graph.ask(window, make, { input: given });
    const colleague = { ...window, person: 'a colleague' };
    const second = await graph.ask(colleague, make, { input: given });
    expect(second.data.done.permitApplication.id).not.toBe(first.data.done.permitApplication.id);
  });
});
