import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  closeSurroundings,
  lintSurroundings,
  openSurroundings,
} from '../../../src/database/wall/surroundings.ts';
import { connectTo } from '../../../src/store/connect.ts';
import { createTestDatabase } from '../../support/database.ts';
import { createTestGraph, type TestGraph, testDay } from '../../support/graph.ts';

// What PostgreSQL tells every role by itself; the table that must not be counted is that of adoptions.

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

const table = 'civil_affairs.adoption_registrations';

test.each([
  `select n_live_tup from pg_stat_user_tables where relname = 'adoption_registrations'`,
  `select n_live_tup from pg_stat_all_tables`,
  `select heap_blks_read from pg_statio_user_tables`,
  `select pg_stat_get_live_tuples('${table}'::regclass)`,
  `select pg_stat_get_tuples_inserted('${table}'::regclass)`,
  `select * from pg_stats`,
  `select * from pg_stat_activity`,
  `select * from pg_locks`,
  `select pg_relation_size('${table}'::regclass)`,
  `select pg_total_relation_size('${table}'::regclass)`,
  `select pg_table_size('${table}'::regclass)`,
  `select pg_indexes_size('${table}'::regclass)`,
  `select pg_database_size(current_database())`,
  `select reltuples from pg_class`,
  `select relpages from pg_class`,
  `select relallvisible from pg_class`,
  `select relallfrozen from pg_class`,
  `select * from pg_prepared_xacts`,
  `select pg_lock_status()`,
  `select pg_prepared_xact()`,
  `select pg_blocking_pids(1)`,
  `select pg_safe_snapshot_blocking_pids(1)`,
  `select pg_tablespace_size('pg_default')`,
  `select pg_sequence_last_value('${table}'::regclass)`,
  `select pg_get_sequence_data('${table}'::regclass)`,
  `select pg_relation_filenode('${table}'::regclass)`,
  `select pg_relation_filepath('${table}'::regclass)`,
  `select currtid2('pg_type', '(0,1)')`,
  `select lo_create(0)`,
  `select lo_from_bytea(0, 'x')`,
  `select loread(0, 1)`,
  `select lowrite(0, 'x')`,
  `create temporary table kept (id int)`,
  `select pg_advisory_lock(1)`,
  `select pg_try_advisory_xact_lock(1)`,
  `select pg_notify('a', 'b')`,
  `select pg_sleep(0)`,
  `select pg_export_snapshot()`,
  `select pg_cancel_backend(0)`,
  `select pg_terminate_backend(0)`,
  `select pg_ls_dir('.')`,
  `select pg_read_file('PG_VERSION')`,
  `copy (select 1) to program 'true'`,
])('a viewer is refused: %s', async (text) => {
  const pool = await graph.pools.acquire('civil_affairs', {
    ...{
      viewer: 'HOUSING',
      unit: 'PT-HLR',
      subdistrict: '',
      station: '',
      holder: 'PT-HLR',
      person: '',
      posts: '',
    },
    today: testDay,
  });
  try {
    await expect(pool.sql.unsafe(text)).rejects.toMatchObject({ code: '42501' });
  } finally {
    graph.pools.release(pool);
  }
});

test('temporary tables are closed to everybody in a database that is made anew', async () => {
  const copy = await createTestDatabase('nothing');
  const sql = connectTo(copy.url, { max: 1, onnotice: () => {} });
  const may = async () => {
    const [row] =
      await sql`select has_database_privilege('laihu_housing', current_database(), 'TEMPORARY') as may`;
    return row?.may;
  };
  try {
    expect(await may()).toBe(true);
    expect(await lintSurroundings(sql)).not.toEqual([]);
    await closeSurroundings(sql);
    expect([await may(), await lintSurroundings(sql)]).toEqual([false, []]);
  } finally {
    await sql.end();
    await copy.drop();
  }
});

test('an owner that is no superuser is told what stays open, until a superuser has closed it', async () => {
  const copy = await createTestDatabase('district');
  const sql = connectTo(copy.url, { max: 1, onnotice: () => {} });
  const asOwner = async <T>(ask: () => Promise<T>): Promise<T> => {
    await sql`set role surroundings_owner`;
    return ask().finally(() => sql`reset role`);
  };
  try {
    await sql.unsafe('create role surroundings_owner bypassrls createrole');
    await sql.unsafe('grant select on pg_catalog.pg_stat_user_tables to public');
    expect(await lintSurroundings(sql)).toHaveLength(1);
    expect(await openSurroundings(sql)).toEqual([]);
    expect(await asOwner(() => openSurroundings(sql))).toEqual([
      'revoke all on pg_catalog.pg_stat_user_tables from public',
    ]);
    expect(await asOwner(() => lintSurroundings(sql))).toEqual([]);
    await asOwner(() => closeSurroundings(sql));
    expect(await asOwner(() => openSurroundings(sql))).toHaveLength(1);
    await closeSurroundings(sql);
    expect(await asOwner(() => openSurroundings(sql))).toEqual([]);
  } finally {
    await sql.unsafe('drop role if exists surroundings_owner');
    await sql.end();
    await copy.drop();
  }
});
