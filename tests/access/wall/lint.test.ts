import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Wall, WallServer } from '../../../src/database/wall/apply.ts';
import { lintCatalogue } from '../../../src/database/wall/lint-catalogue.ts';
import { raiseWall } from '../../../src/database/wall/raise.ts';
import { createTestDatabase } from '../../support/database.ts';
import { createTestGraph, type TestGraph } from '../../support/graph.ts';
import { afterwards, serverOf } from './server.ts';

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let graph: TestGraph;
let wall: Wall;
let server: WallServer;

beforeAll(async () => {
  database = await createTestDatabase('district');
  graph = createTestGraph(database.url);
  wall = graph.graph.wall;
  server = serverOf(graph.pools, database.url);
});
afterAll(async () => {
  await graph.close();
  await database.drop();
});

/** The sentence with which a start is refused; empty when it goes on. */
const refusalOf = (at: WallServer): Promise<string> =>
  raiseWall(wall, [at], () => {}).then(
    () => '',
    (error: Error) => error.message,
  );

const definer = (name: string, rest: string) =>
  `create function ${name}() returns bigint language sql security definer ${rest};`;

test('as it was applied nothing is found, and the server starts', async () => {
  expect(await lintCatalogue(wall, server)).toEqual([]);
  expect(await refusalOf(server)).toBe('');
});

describe('by its name is found, and the server does not start after,', () => {
  test.each([
    [
      'a column granted by hand',
      'grant select (monthly_rent) on housing.leases to laihu_education',
      'laihu_education may SELECT housing.leases.monthly_rent, which no policy says',
    ],
    [
      'a table granted by hand',
      'grant select on housing.leases to laihu_education',
      'laihu_education may SELECT housing.leases, which no policy says',
    ],
    [
      'a right to write',
      'grant update (monthly_rent) on housing.leases to laihu_education',
      'laihu_education may UPDATE housing.leases.monthly_rent, which no policy says',
    ],
    [
      'a column granted to everybody',
      'grant select (monthly_rent) on housing.leases to public',
      'everybody may SELECT housing.leases.monthly_rent, which no policy says',
    ],
    [
      'a table granted to everybody',
      'grant select on housing.leases to public',
      'housing.leases: is granted to everybody',
    ],
    [
      "PostgreSQL's own counters of rows opened again",
      'grant select on pg_catalog.pg_stat_user_tables to public',
      'everybody may do what this would end: revoke all on pg_catalog.pg_stat_user_tables from public',
    ],
    [
      'the size of a table opened again',
      'grant execute on function pg_catalog.pg_table_size(regclass) to public',
      'everybody may do what this would end: revoke execute on function pg_table_size(regclass) from public',
    ],
    [
      'temporary tables allowed again',
      'do $$ begin execute format($g$grant temporary on database %I to public$g$, current_database()); end $$',
      'everybody may do what this would end: revoke temporary on database',
    ],
    [
      'a right to create',
      'grant create on schema housing to laihu_housing',
      'laihu_housing may CREATE the schema housing, which no policy says',
    ],
    [
      'a copy in a schema of its own',
      'create schema copies; create table copies.leases as table housing.leases; grant select on copies.leases to laihu_labour',
      'laihu_labour may SELECT copies.leases, which no policy says',
    ],
    [
      'a grant taken away',
      'revoke select (id) on housing.leases from laihu_housing',
      'laihu_housing may SELECT housing.leases.id by the policy, but is not granted it',
    ],
    [
      'row-level security that is not forced',
      'alter table housing.leases no force row level security',
      'housing.leases: row-level security is not forced',
    ],
    [
      'row-level security that is off',
      'alter table housing.leases disable row level security',
      'housing.leases: row-level security is not forced',
    ],
    [
      'a policy dropped',
      'drop policy "rows 1" on housing.leases',
      'housing.leases: policy "rows 1" is missing',
    ],
    [
      'a policy added',
      'create policy "more" on housing.leases for select to laihu_housing using (true)',
      `housing.leases: policy "more" is none of the wall's`,
    ],
    [
      'a policy for others',
      'alter policy "rows 1" on housing.leases to public',
      'housing.leases: policy "rows 1" is for other roles than the policy says',
    ],
    [
      'a view that does not ask as who asks',
      'create view housing.all_leases as select * from housing.leases',
      'housing.all_leases: is a view without security_invoker',
    ],
    [
      'a materialised view',
      'create materialized view housing.old_leases as select * from housing.leases',
      'housing.old_leases: has no row-level security, being no table',
    ],
    [
      'a function that runs as the owner',
      definer('housing.leak', 'begin atomic select count(*) from housing.leases; end'),
      'housing.leak(): runs as its owner, but is none of the wall’s functions',
    ],
    [
      'one in the wall’s schema, for everybody',
      definer('sealed.leak', 'begin atomic select count(*) from housing.leases; end'),
      'sealed.leak(): runs as its owner for everybody',
    ],
    [
      'one whose names a search path can bend',
      `${definer('sealed.leak', `as 'select count(*) from housing.leases'`)} revoke all on function sealed.leak from public`,
      'sealed.leak(): runs as its owner with names that a search path can bend',
    ],
    ['membership', 'grant laihu_housing to laihu_labour', 'laihu_labour: is a member of laihu_housing'],
    [
      'membership of those who read all tables',
      'grant pg_read_all_data to laihu_labour',
      'laihu_labour: is a member of pg_read_all_data',
    ],
    ['BYPASSRLS', 'alter role laihu_labour bypassrls', 'laihu_labour: has rights of its own'],
    ['SUPERUSER', 'alter role laihu_labour superuser', 'laihu_labour: has rights of its own'],
    ['CREATEROLE', 'alter role laihu_labour createrole', 'laihu_labour: has rights of its own'],
    ['ownership', 'alter table housing.leases owner to laihu_housing', 'laihu_housing: owns something'],
    [
      'a place without an index',
      'drop index housing.lease_filings_subdistrict',
      'housing.lease_filings.subdistrict_code: is compared by a policy, but no index begins with it',
    ],
  ])('%s', async (_what, byHand, sentence) => {
    const found = await afterwards(server, byHand, async (at) => ({
      faults: await lintCatalogue(wall, at),
      refusal: await refusalOf(at),
    }));
    const ours = sentence.replace('’', "'");
    expect(found.faults.filter((fault) => fault.startsWith(ours))).toHaveLength(1);
    expect(found.refusal).toContain(ours);
    // Nothing of it is left for the next.
    expect(await lintCatalogue(wall, server)).toEqual([]);
  });
});
