import type { Sql } from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { personColumns } from '../../src/departments/public-security/doing/merge/person-columns.ts';
import { formsOf } from '../../src/departments/public-security/duplicates.ts';
import { decodeNodeId, encodeNodeId } from '../../src/graph/node-id.ts';
import { connectTo } from '../../src/store/connect.ts';
import { act, actor, readFor } from '../support/acting.ts';
import { createTestDatabase } from '../support/database.ts';
import { createTestGraph, type TestGraph, viewerOf } from '../support/graph.ts';

const registrar = actor('PSB', 'PT-PSB', 'REGISTRAR');
const psb = actor('PSB', 'PT-PSB');
let database: Awaited<ReturnType<typeof createTestDatabase>>;
let owner: Sql;
let graph: TestGraph;
/** The person with the most rows in all stores, and the next: local ids. */
let merged: string;
let survivor: string;

const places = () => personColumns(graph.graph.model);
const names = ({ column, isList }: ReturnType<typeof places>[number]) =>
  isList ? `array(select unnest("${column}"))` : `array["${column}"]`;

beforeAll(async () => {
  database = await createTestDatabase('district');
  owner = connectTo(database.url, { max: 1 });
  graph = createTestGraph(database.url);
  const each = places().map((place) => `select unnest(${names(place)}) as id from ${place.table}`);
  const most = await owner.unsafe(
    `select p.id from (${each.join(' union all ')}) p join public_security.migrants m on m.id = p.id
      where m.status = 'ACTIVE' and not m.shielded group by p.id order by count(*) desc, p.id limit 2`,
  );
  [merged, survivor] = most.map(({ id }) => String(id)) as [string, string];
});
afterAll(async () => {
  await graph.close();
  await owner.end();
  await database.drop();
});

/** Every row of every store that names one of the two, and the two themselves, without what counts changes. */
async function snapshot(): Promise<Map<string, string>> {
  const rows = new Map<string, string>();
  const both = `array['${merged}', '${survivor}']::uuid[]`;
  const read = async (table: string, where: string) => {
    for (const row of await owner.unsafe(
      `select t.id::text as id, (select jsonb_object_agg(key, value) from jsonb_each(to_jsonb(t)) where key !~ '^(record_version|updated_at|as_of)')::text as held from ${table} t where ${where}`,
    ))
      rows.set(`${table} ${row.id}`, String(row.held));
  };
  for (const place of places()) await read(place.table, `${names(place)} && ${both}`);
  await read('public_security.migrants', `id = any(${both})`);
  return rows;
}

const naming = async (id: string): Promise<number> => {
  let count = 0;
  for (const place of places()) {
    const [row] = await owner.unsafe(
      `select count(*)::int as n from ${place.table} where '${id}'::uuid = any(${names(place)})`,
    );
    count += Number(row?.n);
  }
  return count;
};

const merge = async (viewer = registrar, into = survivor) =>
  act(
    graph,
    viewer,
    'mergeMigrants',
    { ...(await readFor(graph, registrar, 'Migrant', merged)), mergedInto: encodeNodeId('Migrant', into) },
    'migrant { id status mergedInto { id } }',
  );
const unmerge = async () =>
  act(
    graph,
    registrar,
    'unmergeMigrants',
    await readFor(graph, registrar, 'Migrant', merged),
    'migrant { status mergedInto { id } }',
  );

/** Rows that are made about the person that stays after the merging. @returns their keys in a snapshot */
async function makeLater(count: number): Promise<string[]> {
  const made: string[] = [];
  for (let i = 0; i < count; i++) {
    const kind = (i * 7) % 3;
    if (kind === 0) {
      const done = await act(
        graph,
        psb,
        'recordMigrantDocument',
        { person: encodeNodeId('Migrant', survivor), kind: 'PASSPORT', number: `E${i}0000` },
        'migrantDocument { id }',
      );
      made.push(`"public_security"."migrant_documents" ${decodeNodeId(done.record.id, 'MigrantDocument')}`);
      continue;
    }
    const [row] =
      kind === 1
        ? await owner`insert into informatisation.migrant_crosswalks (id, store, store_unit_id, local_key_hash, person_id, method, confidence)
            values (gen_random_uuid(), 'labour', 'PT-LSS', ${String(i).padStart(64, '0')}, ${survivor}, 'EXACT_ID', 1) returning id`
        : await owner`insert into public_security.police_case_parties (id, police_case_id, person_id, role, minor)
            select gen_random_uuid(), id, ${survivor}, 'WITNESS', false from public_security.police_cases limit 1 returning id`;
    made.push(
      `"${kind === 1 ? 'informatisation"."migrant_crosswalks' : 'public_security"."police_case_parties'}" ${row?.id}`,
    );
  }
  return made;
}

describe('two rows of one person', () => {
  it('become one, and after a hundred later rows two again, as they were', async () => {
    const before = await snapshot();
    const owned = await naming(merged);
    expect(owned).toBeGreaterThan(5);
    expect((await merge(psb)).code).toBe('NOT_YOURS');
    const done = await merge();
    expect(done).toMatchObject({
      committed: true,
      faults: [],
      record: { status: 'MERGED', mergedInto: { id: encodeNodeId('Migrant', survivor) } },
      effects: [{ effect: 'repointRows', state: 'DONE' }],
    });
    // What stays is what the other row has too, and the table takes once: one active permit, one seat at a training.
    for (const place of places())
      for (const { id } of await owner.unsafe(
        `select id from ${place.table} where '${merged}'::uuid = any(${names(place)})`,
      ))
        await expect(
          owner.unsafe(`update ${place.table} set "${place.column}" = '${survivor}' where id = '${id}'`),
        ).rejects.toMatchObject({ code: '23505' });
    expect(owned - (await naming(merged))).toBeGreaterThan(10);
    const crosswalk =
      await owner`select count(*)::int as n from informatisation.migrant_crosswalks where person_id = ${merged}`;
    expect(crosswalk[0]?.n).toBe(0);
    // What is merged is no goal of another merging.
    const other =
      await owner`select id from public_security.migrants where status = 'ACTIVE' and id not in (${merged}, ${survivor}) limit 1`;
    const third = await act(graph, registrar, 'mergeMigrants', {
      ...(await readFor(graph, registrar, 'Migrant', String(other[0]?.id))),
      mergedInto: encodeNodeId('Migrant', merged),
    });
    expect(third.faults).toEqual(['mergedInto VALIDATION']);

    const later = await makeLater(100);
    const journal = await graph.ask(
      registrar,
      'query($of: ID!) { mergeJournal(of: $of) { survivor undoneAt records { record repointed madeLater } } }',
      { of: encodeNodeId('Migrant', merged) },
    );
    const records = new Map(
      journal.data.mergeJournal.records.map((entry: { record: string }) => [entry.record, entry]),
    );
    expect(records.get('MigrantDocument')).toMatchObject({
      madeLater: { length: later.filter((key) => key.includes('documents')).length },
    });
    expect(records.get('ResidenceRegistration')).toMatchObject({ repointed: expect.any(Number) });

    expect(await unmerge()).toMatchObject({
      committed: true,
      record: { status: 'ACTIVE', mergedInto: null },
      effects: [{ effect: 'restoreRows', state: 'DONE' }],
    });
    const after = await snapshot();
    for (const key of later) {
      expect(after.get(key)).toContain(survivor);
      after.delete(key);
    }
    const differing = [...before].filter(([key, held]) => after.get(key) !== held);
    expect(differing.map(([key, held]) => [key, held, after.get(key)])).toEqual([]);
    expect([...after.keys()].sort()).toEqual([...before.keys()].sort());
    expect((await unmerge()).code).toBe('BAD_TRANSITION');
  });
});

describe('candidates for one person', () => {
  const ask = (viewer = registrar) =>
    graph.ask(
      viewer,
      'query($of: ID!) { findDuplicates(of: $of) { token matchedBy isSealed side { migrant { id name } } } }',
      { of: encodeNodeId('Migrant', survivor) },
    );

  it('are found by number in either form, and by name, birth date and county', async () => {
    const copy = async (changes: string) => {
      const [row] =
        await owner.unsafe(`insert into public_security.migrants (id, name, sex, birth_date, hukou_division, citizen_id_number, document_kind, document_number)
        select gen_random_uuid(), ${changes} from public_security.migrants where id = '${survivor}' returning id`);
      return encodeNodeId('Migrant', String(row?.id));
    };
    const [of] =
      await owner`select citizen_id_number as number from public_security.migrants where id = ${survivor}`;
    const number = String(of?.number);
    const short = number.slice(0, 6) + number.slice(8, 17);
    const wrongCheck = number.slice(0, 17) + (number.endsWith('5') ? '6' : '5');
    const expected = new Map([
      [await copy(`'别名', sex, '1950-01-01', '340100', '${wrongCheck}', null, null`), ['NUMBER']],
      [
        await copy(`'别名', sex, '1950-01-01', '340100', null, 'OTHER', '${short}'`),
        number.slice(6, 8) === '19' ? ['DOCUMENT'] : [],
      ],
      [await copy(`name, sex, birth_date, hukou_division, null, null, null`), ['NAME_BIRTH_COUNTY']],
      [await copy(`name, sex, birth_date, '110101', null, null, null`), []],
    ]);
    const { data, errors } = await ask();
    expect(errors).toEqual([]);
    const found = new Map(
      data.findDuplicates.map((entry: { side: { migrant: { id: string } }; matchedBy: string[] }) => [
        entry.side.migrant.id,
        entry.matchedBy,
      ]),
    );
    for (const [id, matched] of expected) expect(found.get(id) ?? []).toEqual(matched);
    expect(new Set(data.findDuplicates.map(({ token }: { token: string }) => token)).size).toBe(found.size);
  });

  it('are the registrar’s to see', async () => {
    expect((await ask(psb)).errors[0]?.extensions.code).toBe('NOT_YOURS');
    expect((await ask(viewerOf('CAC'))).data?.findDuplicates ?? null).toBeNull();
  });

  it('a number of fifteen digits and that of eighteen made from it are one', () => {
    const short = '349999850612003';
    expect(formsOf(short)).toContain('349999198506120039');
    expect(formsOf('349999198506120039')).toContain(short);
    expect(formsOf('329999200109090223')).not.toContain('329999010909022');
  });
});
