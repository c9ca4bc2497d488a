import { afterAll, beforeAll, expect, it } from 'vitest';
import { createPools, type Pools } from '../../src/store/pools.ts';
import { createRunner, type Runner } from '../../src/store/statements.ts';
import { createTestDatabase } from '../support/database.ts';

const nobody = {
  viewer: 'TST',
  unit: '',
  subdistrict: '',
  station: '',
  holder: '',
  posts: '',
  today: '2007-03-01',
  person: '',
};
let database: Awaited<ReturnType<typeof createTestDatabase>>;
let pools: Pools;
let runner: Runner;

beforeAll(async () => {
  database = await createTestDatabase('nothing');
  pools = createPools({ urls: () => database.url, statementTimeoutMs: 2000 });
  runner = createRunner(pools);
});

afterAll(async () => {
  await pools.close();
  await database.drop();
});

/** The first value of a statement, prepared and not: both must give the same. */
async function value(text: string, params: readonly unknown[] = []): Promise<unknown> {
  const [first] = await runner.run('any', nobody, text, params, { prepare: true });
  const [again] = await runner.run('any', nobody, text, params, { prepare: true });
  const [plain] = await runner.run('any', nobody, text, params, { prepare: false });
  const [owners] = await pools.ownerOf('any').unsafe(text, params as never[]);
  expect(again).toEqual(first);
  expect(plain).toEqual(first);
  expect({ ...owners }).toEqual(first);
  return Object.values(first ?? {})[0];
}

const id = '01890a5d-ac96-774b-bcce-b302099a8057';

it.each([
  ['a date as a calendar day', `date '2007-02-01'`, '2007-02-01'],
  ['an instant as ISO-8601 in UTC', `timestamptz '2007-02-01 08:00:00+08'`, '2007-02-01T00:00:00.000Z'],
  [
    'an instant with its microseconds',
    `timestamptz '2007-02-01 00:00:00.123456+00'`,
    '2007-02-01T00:00:00.123456Z',
  ],
  ['a timestamp without zone as UTC', `timestamp '2007-02-01 08:00:00.5'`, '2007-02-01T08:00:00.500Z'],
  ['an eight-byte integer as a number', `9007199254740991::int8`, 9007199254740991],
  ['a numeric as text, every digit kept', `12345678901234567890.10::numeric`, '12345678901234567890.10'],
  ['json as a value', `'{"a":[1,"二"]}'::jsonb`, { a: [1, '二'] }],
  ['null as null', `null::date`, null],
  [
    'text[]',
    `array['a','b,c','d"e\\','', 'null', null, '沪']`,
    ['a', 'b,c', 'd"e\\', '', 'null', null, '沪'],
  ],
  ['an empty array', `'{}'::text[]`, []],
  ['uuid[]', `array['${id}'::uuid]`, [id]],
  ['date[]', `array[date '2007-02-01', null]`, ['2007-02-01', null]],
  ['timestamptz[]', `array[timestamptz '2007-02-01 08:00:00+08']`, ['2007-02-01T00:00:00.000Z']],
  ['int[]', `array[1,2]`, [1, 2]],
  ['bool[]', `array[true,false]`, [true, false]],
])('reads %s', async (_what, expression, expected) => {
  expect(await value(`select ${expression}`)).toEqual(expected);
});

it('does not read a whole number that a number cannot hold', async () => {
  await expect(
    runner.run('any', nobody, 'select 9007199254740993::int8', [], { prepare: true }),
  ).rejects.toThrow(/refused a statement/);
});

it.each([
  ['uuid[]', `select count(*) from (values ('${id}'::uuid)) v(x) where x = any($1::uuid[])`, [id], 1],
  [
    'text[]',
    `select count(*) from (values ('a,"b'), ('c')) v(x) where x = any($1::text[])`,
    ['a,"b', 'z'],
    1,
  ],
  [
    'date[]',
    `select count(*) from (values (date '2007-02-01')) v(x) where x = any($1::date[])`,
    ['2007-02-01'],
    1,
  ],
  ['an empty list', `select count(*) from (values ('a')) v(x) where x = any($1::text[])`, [], 0],
])('takes %s for = any($1)', async (_what, text, list, expected) => {
  expect(await value(text, [list])).toBe(expected);
});

it('takes an array literal for = any($1) too', async () => {
  expect(await value(`select 'b' = any($1::text[])`, ['{a,b}'])).toBe(true);
});

it('takes back a day and an instant as it gave them', async () => {
  expect(await value('select $1::date = $2::date + 1', ['2007-03-01', '2007-02-28'])).toBe(true);
  const instant = '2007-02-01T00:00:00.123456Z';
  expect(await value('select $1::timestamptz', [instant])).toBe(instant);
});
