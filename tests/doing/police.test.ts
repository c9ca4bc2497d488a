import type { Sql } from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeNodeId } from '../../src/graph/node-id.ts';
import type { Viewer } from '../../src/identity/viewer.ts';
import { connectTo } from '../../src/store/connect.ts';
import { act, actor, readFor } from '../support/acting.ts';
import { createTestDatabase } from '../support/database.ts';
import { createTestGraph, type TestGraph } from '../support/graph.ts';

const station = 'PT-STN-015-1';
const officer = actor('STN', station, 'CASE_OFFICER');
const elsewhere = actor('STN', 'PT-STN-014-1', 'CASE_OFFICER');
const bureau = actor('PSB', 'PT-PSB', 'CASE_OFFICER');
const youth = actor('PSB', 'PT-PSB', 'YOUTH_OFFICER');
let database: Awaited<ReturnType<typeof createTestDatabase>>;
let owner: Sql;
let graph: TestGraph;
const persons = { adult: '', minor: '' };

beforeAll(async () => {
  database = await createTestDatabase('district');
  owner = connectTo(database.url, { max: 1 });
  graph = createTestGraph(database.url);
  for (const [name, born] of [
    ['adult', `birth_date < '1980-01-01'`],
    ['minor', `birth_date > '1995-01-01'`],
  ] as const) {
    const [row] = await owner.unsafe(
      `select id from public_security.migrants where station_code = '${station}' and status = 'ACTIVE' and not shielded and ${born} limit 1`,
    );
    persons[name] = encodeNodeId('Migrant', String(row?.id));
  }
});
afterAll(async () => {
  await graph.close();
  await owner.end();
  await database.drop();
});

let n = 90000;
const record = (viewer: Viewer, more: Record<string, unknown> = {}) => {
  n += 1;
  return act(
    graph,
    viewer,
    'recordPoliceCase',
    {
      caseNo: `${station}-2007-${n}`,
      kind: 'ADMINISTRATIVE',
      category: 'PSAPL-49',
      legalBasis: '治安管理处罚法第四十九条',
      acceptedOn: '2007-02-20',
      occurredSubdistrict: '310107015',
      ...more,
    },
    'policeCase { id status station { id } }',
  );
};
const step = async (
  viewer: Viewer,
  id: string,
  event: string,
  more: Record<string, unknown> = {},
  mutation = 'advanceCase',
) =>
  act(
    graph,
    viewer,
    mutation,
    {
      ...(await readFor(graph, bureau, 'PoliceCase', id)),
      ...(mutation === 'advanceCase' ? { event } : {}),
      ...more,
    },
    'policeCase { status closedOn }',
  );
const decision = {
  legalBasis: '治安管理处罚法第四十九条',
  reasons: '示例:事实清楚,证据充分',
  decidedBy: 'PT-PSB',
  decidedOn: '2007-03-01',
  remedyNotice: '可在六十日内申请行政复议',
};

describe('a recorded case', () => {
  it('goes its road at the station that handles it', async () => {
    const opened = await record(officer);
    expect(opened).toMatchObject({
      committed: true,
      code: null,
      record: { status: 'ACCEPTED', station: { id: encodeNodeId('OrgUnit', station) } },
    });
    const { id } = opened.record;
    expect((await step(elsewhere, id, 'INVESTIGATE')).code).toBe('NOT_YOURS');
    expect((await step(actor('STN', station), id, 'INVESTIGATE')).code).toBe('NOT_YOURS');
    const early = await step(officer, id, 'CLOSE');
    expect(early).toMatchObject({
      code: 'BAD_TRANSITION',
      extensions: { state: 'ACCEPTED', legal: ['investigate', 'transfer'] },
    });
    for (const [event, status] of [
      ['INVESTIGATE', 'INVESTIGATING'],
      ['SUSPEND', 'SUSPENDED'],
      ['RESUME', 'INVESTIGATING'],
    ] as const)
      expect((await step(officer, id, event)).record).toMatchObject({ status });
    expect((await step(officer, id, 'DECIDE')).faults).toEqual(['decision REQUIRED']);
    const { remedyNotice: _, ...without } = decision;
    expect((await step(officer, id, 'DECIDE', { decision: without })).faults).toEqual([
      'decision.remedyNotice REQUIRED',
    ]);
    const decided = await step(officer, id, 'DECIDE', { decision });
    expect(decided).toMatchObject({
      record: { status: 'DECIDED' },
      effects: [{ effect: 'reportAct', store: 'legal_affairs', state: 'DONE' }],
    });
    const reviews =
      await owner`select r.unit_id, r.decision_reasons from legal_affairs.administrative_act_reviews r join public_security.police_cases c on c.id = r.act_id where c.case_no = ${`${station}-2007-${n}`}`;
    expect(reviews.map((row) => ({ ...row }))).toEqual([
      { unit_id: station, decision_reasons: decision.reasons },
    ]);
    for (const [event, status] of [
      ['SEEK_REMEDY', 'UNDER_REMEDY'],
      ['UPHOLD', 'DECIDED'],
      ['EXECUTE', 'EXECUTING'],
      ['CLOSE', 'CLOSED'],
    ] as const)
      expect((await step(officer, id, event)).record).toMatchObject({
        status,
        closedOn: status === 'CLOSED' ? '2007-03-01' : null,
      });
    expect((await step(officer, id, '', {}, 'reopenCase')).code).toBe('NOT_YOURS');
    expect((await step(bureau, id, '', {}, 'reopenCase')).record).toEqual({
      status: 'REOPENED',
      closedOn: null,
    });
  });

  it('once annulled is seen by nobody', async () => {
    const { record: opened } = await record(officer);
    const annul = () => step(bureau, opened.id, '', {}, 'annulPoliceCase');
    await step(officer, opened.id, 'INVESTIGATE');
    expect((await annul()).code).toBe('BAD_TRANSITION');
    await step(officer, opened.id, 'DECIDE', { decision });
    await step(officer, opened.id, 'SEEK_REMEDY');
    expect((await step(officer, opened.id, '', {}, 'annulPoliceCase')).code).toBe('NOT_YOURS');
    expect(await annul()).toMatchObject({ committed: true, record: null });
    for (const viewer of [officer, bureau])
      expect(
        (await graph.ask(viewer, 'query($id: ID!) { node(id: $id) { id } }', { id: opened.id })).data.node,
      ).toBeNull();
  });

  it('is handed over while nothing is decided', async () => {
    const { record: opened } = await record(bureau, { station: encodeNodeId('OrgUnit', station) });
    expect((await step(officer, opened.id, '', {}, 'transferCase')).record).toMatchObject({
      status: 'TRANSFERRED',
    });
  });

  it('is recorded once accepted, in the right form', async () => {
    expect((await record(officer, { acceptedOn: '2007-03-02' })).faults).toEqual(['acceptedOn VALIDATION']);
    expect((await record(officer, { category: 'because' })).faults).toEqual(['category VALIDATION']);
    expect((await record(officer, { caseNo: 'X' })).faults).toEqual(['caseNo VALIDATION']);
    expect((await record(officer, { legalBasis: ' ' })).faults).toEqual(['legalBasis REQUIRED']);
    expect((await record(officer, { occurredSubdistrict: '310101' })).faults).toEqual([
      'occurredSubdistrict VALIDATION',
    ]);
    expect((await record(bureau)).faults).toEqual(['station REQUIRED']);
  });
});

describe('persons in a case', () => {
  const add = (viewer: Viewer, mutation: string, policeCase: string, more: Record<string, unknown>) =>
    act(graph, viewer, mutation, { policeCase, ...more });
  const partiesOf = async (id: string) =>
    (
      await graph.ask(
        bureau,
        'query($id: ID!) { node(id: $id) { ... on PoliceCase { parties { role minor } victims { minor } } } }',
        { id },
      )
    ).data.node;

  it('are of full age, or sealed with the youth officer', async () => {
    const { id } = (await record(officer)).record;
    const subject = { person: persons.adult, role: 'SUBJECT' };
    expect((await add(officer, 'addPoliceCaseParty', id, subject)).committed).toBe(true);
    expect((await add(officer, 'addPoliceCaseParty', id, { role: 'WITNESS' })).committed).toBe(true);
    expect((await add(officer, 'addPoliceCaseVictim', id, { person: persons.adult })).committed).toBe(true);
    expect((await add(officer, 'addPoliceCaseParty', id, { ...subject, role: 'VICTIM' })).faults).toEqual([
      'role VALIDATION',
    ]);
    expect(
      (await add(officer, 'addPoliceCaseParty', id, { ...subject, person: persons.minor })).faults,
    ).toEqual(['person VALIDATION']);
    expect((await add(officer, 'addPoliceCaseVictim', id, { person: persons.minor })).faults).toEqual([
      'person VALIDATION',
    ]);
    const refused = [
      await add(elsewhere, 'addPoliceCaseParty', id, { role: 'WITNESS' }),
      await add(officer, 'addPoliceCaseParty', id, { ...subject, person: persons.minor, event: 'ADD_MINOR' }),
    ];
    expect(refused.map(({ committed, code, faults }) => code ?? `${committed} ${faults.join()}`)).toEqual([
      'false policeCase NOT_FOUND',
      'NOT_YOURS',
    ]);
    const before = await partiesOf(id);
    expect(before).toEqual({
      parties: expect.arrayContaining([
        { role: 'SUBJECT', minor: false },
        { role: 'WITNESS', minor: false },
      ]),
      victims: [{ minor: false }],
    });
    expect(
      (await add(youth, 'addPoliceCaseParty', id, { ...subject, person: persons.minor, event: 'ADD_MINOR' }))
        .committed,
    ).toBe(true);
    expect(
      (await add(youth, 'addPoliceCaseVictim', id, { person: persons.minor, event: 'ADD_MINOR_VICTIM' }))
        .committed,
    ).toBe(true);
    // Their files are the youth officer's: the graph shows none.
    expect(await partiesOf(id)).toEqual(before);
  });
});
