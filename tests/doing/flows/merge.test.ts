import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseNodeId } from '../../../src/graph/node-id.ts';
import { Flow } from './flow.ts';
import { official } from './officials.ts';

// Flow (f) of dossier 7.3: somebody was registered twice. The registrar merges the rows; every store follows.

const registrar = official('PSB', undefined, 'REGISTRAR');
const stores = [
  'employments employee_id labour',
  'leases tenant_migrant_id housing',
  'residence_permits holder_id permits',
  'migrant_crosswalks person_id informatisation',
].map((text) => text.split(' ') as [table: string, column: string, store: string]);

/** How many rows of each store name a person. */
async function rowsOf(flow: Flow, person: string): Promise<number[]> {
  return Promise.all(
    stores.map(async ([table, column, store]) => {
      const [row] = await flow
        .ownerOf(store)
        .unsafe(
          `select count(*)::int as n from ${store}.${table} where ${column} = '${parseNodeId(person).key}'`,
        );
      return Number(row?.n);
    }),
  );
}

/** @param outage the labour bureau's store answers nobody while the rows are merged */
async function merged(flow: Flow, { outage = false } = {}) {
  const [labour, housing, permits, crosswalk] = await Promise.all(
    stores.map(([table, column, store]) =>
      flow
        .ownerOf(store)
        .unsafe(`select distinct ${column}::text as id from ${store}.${table} where ${column} is not null`),
    ),
  );
  const others = [housing!, permits!, crosswalk!].map((rows) => new Set(rows.map(({ id }) => String(id))));
  const everywhere = labour!
    .map(({ id }) => String(id))
    .filter((id) => others.every((there) => there.has(id)));
  const first = await flow.find(
    'Migrant',
    `select id from public_security.migrants where id in ('${everywhere.join("','")}') and status = 'ACTIVE' and not shielded
      and citizen_id_number is not null order by id limit 1`,
  );
  const before = await rowsOf(flow, first);
  expect(Math.min(...before)).toBeGreaterThan(0);
  const known = await flow.row(first);
  const { neighbourhood_code: neighbourhoodCode } = known;
  const cac = official('CAC', `PT-CAC-${String(known.subdistrict_code).slice(6)}`);
  // The card was lost, and nobody noticed that the person is registered.
  const again = await flow.make(cac, 'registerMigrant', 'Migrant', {
    name: known.name,
    sex: known.sex,
    birthDate: known.birth_date,
    hukouDivision: known.hukou_division,
    residenceRegistration: {
      address: { road: '示例路', lane: '7', building: '3', room: '201', neighbourhoodCode },
      arrivedHereOn: '2007-02-20',
      stayReason: 'WORK',
      dwellingRelation: 'TENANT',
    },
  });
  const second =
    again.id ||
    (await flow.find(
      'Migrant',
      'select id from public_security.migrants order by created_at desc, id desc limit 1',
    ));
  const found = await flow.ask(
    registrar,
    'query($of: ID!) { findDuplicates(of: $of) { matchedBy side { migrant { id } } } }',
    { of: second },
  );
  expect(found.data.findDuplicates).toContainEqual({
    matchedBy: ['NAME_BIRTH_COUNTY'],
    side: { migrant: { id: first } },
  });

  if (outage) await flow.goDown();
  const done = await flow.change(registrar, 'mergeMigrants', first, { mergedInto: second });
  expect(done.state).toBe('MERGED');
  expect(done.effects).toEqual(
    outage
      ? ['carryCopies labour QUEUED', 'repointRows public_security QUEUED']
      : ['repointRows public_security DONE'],
  );
  if (outage) {
    // What the bureau's store holds is about the merged row still, and is not lost.
    expect([(await rowsOf(flow, first))[0], (await rowsOf(flow, second))[0]]).toEqual([before[0], 0]);
    await flow.comeBack();
    await flow.doneAgain('repointRows', 'public_security');
  }
  expect(await rowsOf(flow, first)).toEqual(before.map(() => 0));
  expect(await rowsOf(flow, second)).toEqual(before);
  // The log of what was re-pointed names each row of each store once.
  const log = await flow.ownerOf('public_security')`
    select r.store, count(*)::int as n, count(distinct (r."table", r."column", r.row_id))::int as once from public_security.repointings r
      join public_security.merges m on m.id = r.merge_id where m.merged_id = ${parseNodeId(first).key} group by 1`;
  expect(log.filter(({ n, once }) => n !== once)).toEqual([]);
  for (const [n, [, , store]] of stores.entries())
    expect(log.find((row) => row.store === store)?.n).toBeGreaterThanOrEqual(before[n]!);
  // The history of both rows stays, and the journal says what was re-pointed.
  expect(await flow.events(first)).toContain('merge PUBLIC_SECURITY');
  expect((await flow.events(second))[0]).toBe('register RECEPTION_CENTRE');
  const journal = await flow.ask(
    registrar,
    'query($of: ID!) { mergeJournal(of: $of) { survivor undoneAt records { record repointed } } }',
    { of: first },
  );
  const repointed = new Map(
    journal.data.mergeJournal.records.map((each: { record: string; repointed: number }) => [
      each.record,
      each.repointed,
    ]),
  );
  // The register's keeper needs no employer: what the labour bureau re-pointed is not told.
  expect([repointed.get('Employment'), repointed.get('ResidencePermit')]).toEqual([undefined, before[2]]);
  return { first, second, before };
}

describe('a person who was registered twice', () => {
  let flow: Flow;
  beforeAll(async () => {
    flow = await Flow.open();
  });
  afterAll(() => flow?.close());

  it('is one in every store, and two again when it was a mistake', async () => {
    const { first, second, before } = await merged(flow);
    // The labour bureau goes on working for the person that stays.
    const { data } = await flow.ask(
      official('LSS'),
      'query($id: ID!) { migrant(id: $id) { name employments(first: 20) { totalCount } } }',
      { id: second },
    );
    expect(data.migrant.employments.totalCount).toBe(before[0]);
    expect((await flow.change(registrar, 'unmergeMigrants', first)).state).toBe('ACTIVE');
    expect(await rowsOf(flow, first)).toEqual(before);
    expect(await rowsOf(flow, second)).toEqual(before.map(() => 0));
  });
});

describe('with the labour bureau’s store down while the rows are merged', () => {
  let flow: Flow;
  beforeAll(async () => {
    flow = await Flow.open('labour');
  });
  afterAll(() => flow?.close());

  it('its rows follow by themselves when it is back', async () => {
    await merged(flow, { outage: true });
  });
});
