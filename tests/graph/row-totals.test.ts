import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { viewerLogin } from '../../src/database/wall/login.ts';
import type { ViewerCode } from '../../src/identity/viewers.ts';
import { viewers } from '../../src/identity/viewers.ts';
import { connectTo } from '../../src/store/connect.ts';
import { createTestDatabase } from '../support/database.ts';
import { createTestGraph, type TestGraph, viewerOf } from '../support/graph.ts';

// The register keeps how many persons there are, by territory and shield. What it says is compared with its rows.

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let graph: TestGraph;

beforeAll(async () => {
  database = await createTestDatabase('district');
  graph = createTestGraph(database.url);
});
afterAll(async () => {
  await graph.close();
  await database.drop();
});

const owner = () => graph.pools.ownerOf('public_security');

/** Kept and counted, side by side. */
async function groups() {
  const kept =
    await owner()`select subdistrict_code as place, station_code as station, shielded, total::int as persons
    from public_security.migrants_totals where total <> 0 order by 1, 2, 3`;
  const counted =
    await owner()`select subdistrict_code as place, station_code as station, shielded, count(*)::int as persons
    from public_security.migrants group by 1, 2, 3 order by 1, 2, 3`;
  return { kept: [...kept], counted: [...counted] };
}

const countOf = async (code: ViewerCode, filter = '') => {
  const { data, errors } = await graph.ask(viewerOf(code), `{ migrants(first: 1 ${filter}) { totalCount } }`);
  expect(errors).toEqual([]);
  return data.migrants.totalCount as number;
};

describe('totals are those of the rows', () => {
  test('after the district was loaded by COPY', async () => {
    const { kept, counted } = await groups();
    expect(counted.length).toBeGreaterThan(10);
    expect(kept).toEqual(counted);
  });

  test.each([
    [
      'persons move',
      `update public_security.migrants set subdistrict_code = '310107015', station_code = null where id in (select id from public_security.migrants order by id limit 40)`,
    ],
    [
      'persons leave the district',
      `update public_security.migrants set subdistrict_code = null, station_code = null, neighbourhood_code = null where id in (select id from public_security.migrants order by id desc limit 25)`,
    ],
    [
      'persons are shielded',
      `update public_security.migrants set shielded = not shielded where id in (select id from public_security.migrants order by name limit 30)`,
    ],
    ['nothing changes that is counted', `update public_security.migrants set updated_at = now()`],
    [
      'persons come',
      `insert into public_security.migrants (id, name, sex, birth_date, hukou_division, subdistrict_code) select gen_random_uuid(), '新来', 'MALE', '1980-01-01', '320100', case when n % 2 = 0 then '310107015' end from generate_series(1, 9) n`,
    ],
    [
      'a person comes who is there',
      `insert into public_security.migrants (id, name, sex, birth_date, hukou_division) select id, name, sex, birth_date, hukou_division from public_security.migrants order by id limit 7 on conflict (id) do update set subdistrict_code = '310107005'`,
    ],
    ['persons go', `delete from public_security.migrants where name = '新来'`],
    [
      'a session replays a log',
      `set session_replication_role = replica; update public_security.migrants set shielded = true where name like '王%'; reset session_replication_role`,
    ],
  ])('after %s', async (_title, change) => {
    await owner().unsafe(change);
    const { kept, counted } = await groups();
    expect(kept).toEqual(counted);
  });

  test('when a transaction is given up', async () => {
    const before = await groups();
    await owner()
      .begin(async (tx) => {
        await tx`delete from public_security.migrants where subdistrict_code = '310107015' and id not in
          (select person_id from public_security.residence_registrations)`;
        await tx`insert into public_security.migrants (id, name, sex, birth_date, hukou_division, subdistrict_code)
          values (gen_random_uuid(), '未到', 'MALE', '1980-01-01', '320100', '310107015')`;
        throw new Error('given up');
      })
      .catch((error: Error) => expect(error.message).toBe('given up'));
    expect(await groups()).toEqual(before);
  });
});

describe('who counts without a filter gets the number of rows in scope', () => {
  test.each<[ViewerCode, string]>([
    ['SUB', `subdistrict_code = '310107015' and not shielded`],
    ['PSB', 'true'],
  ])('%s', async (code, rows) => {
    const [row] = await owner().unsafe(
      `select count(*)::int as n from public_security.migrants where ${rows}`,
    );
    expect(row?.n).toBeGreaterThan(50);
    expect(await countOf(code)).toBe(row?.n);
    // The same, from the rows: the filter is true of every one.
    expect(await countOf(code, 'filter: { not: { name: { eq: "无此人" } } }')).toBe(row?.n);
    // An empty filter is none.
    expect(await countOf(code, 'filter: {}')).toBe(row?.n);
  });
});

test('no role reads more from the totals than it could count', async () => {
  const seen: string[] = [];
  for (const { name, code } of viewers) {
    const viewer = viewerOf(code);
    const settings = {
      'laihu.unit': viewer.unit,
      'laihu.subdistrict': viewer.subdistrict ?? '',
      'laihu.station': viewer.station ?? '',
      'laihu.holder': viewer.unit,
      'laihu.person': viewer.person,
      'laihu.posts': '',
      'laihu.today': '2007-03-01',
    };
    const sql = connectTo(viewerLogin(database.url, { viewer: name }), { max: 1, connection: settings });
    try {
      const kept =
        await sql`select coalesce(sum(total), 0)::int as n from public_security.migrants_totals`.catch(
          (error: Error & { code?: string }) => error.code,
        );
      if (!Array.isArray(kept)) {
        expect(kept).toBe('42501');
        continue;
      }
      const [counted] = await sql`select count(*)::int as n from public_security.migrants`;
      expect([name, kept[0]?.n]).toEqual([name, counted?.n]);
      if (counted?.n > 0) seen.push(name);
    } finally {
      await sql.end();
    }
  }
  expect(seen).toContain('SUBDISTRICT');
  expect(seen.length).toBeGreaterThan(2);
});
