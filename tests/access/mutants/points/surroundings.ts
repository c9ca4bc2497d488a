import { pointsOf } from './point.ts';

const surroundings = pointsOf('src/database/wall/surroundings.ts', 'database');
const test = 'access/wall/surroundings';

/** What PostgreSQL itself tells everybody, each kind left open in turn. */
export const around = [
  pointsOf('src/database/wall/apply.ts', 'database')('what PostgreSQL tells everybody', test, [
    'await closeSurroundings(tx);',
    '',
  ]),
  surroundings('views of statistics', test, ["(relname ~ '^pg_stat' or relname in", '(relname in']),
  // The functions below a view are closed as well: who may read the view alone reads nothing.
  surroundings(
    'the view of locks',
    test,
    ["relname in ('pg_locks', ", 'relname in ('],
    ["'pg_lock_status', ", ''],
  ),
  surroundings(
    'the view of prepared transactions',
    test,
    ["'pg_prepared_xacts', ", ''],
    ["'pg_prepared_xact', ", ''],
  ),
  surroundings('functions of statistics', test, [
    "(proname ~ '^pg_stat_(get|have|clear|reset)' or proname ~",
    '(proname ~',
  ]),
  surroundings('large objects', test, ["'^(lo_|pg_advisory|", "'^(pg_advisory|"]),
  surroundings('locks by number', test, ['|pg_advisory|pg_try_advisory|', '|']),
  surroundings('waiting', test, ['|pg_sleep)', ')']),
  ...(
    [
      ['the size of a relation', "'pg_relation_size', "],
      ['the size of a relation with its indexes', "'pg_total_relation_size', "],
      ['the size of a table', "'pg_table_size', "],
      ['the size of indexes', "'pg_indexes_size',"],
      ['the size of the database', "'pg_database_size', "],
      ['notices', "'pg_notify', "],
      ['large objects that are read', "'loread', "],
      ['large objects that are written', "'lowrite', "],
      ['the size of a tablespace', "'pg_tablespace_size', "],
      ['the state of locks', "'pg_lock_status', "],
      ['prepared transactions', "'pg_prepared_xact', "],
      ['who waits for whom', "'pg_blocking_pids',"],
      ['who waits for whose snapshot', "'pg_safe_snapshot_blocking_pids', "],
      ['statements of others that are ended', "'pg_cancel_backend', "],
      ['connections of others that are ended', "'pg_terminate_backend', "],
      ['the last value of a sequence', "'pg_sequence_last_value',"],
      ['the data of a sequence', "'pg_get_sequence_data', "],
      ['the node of a file', "'pg_relation_filenode', "],
      ['the path of a file', "'pg_relation_filepath', "],
      ['snapshots that are handed on', "'pg_export_snapshot', "],
    ] as const
  ).map(([name, find]) => surroundings(name, test, [find, ''])),
  surroundings('the newest version of a row', test, [", 'currtid2'))", '))']),
  surroundings('temporary tables', test, [
    'where datname = current_database() and exists',
    'where datname = current_user and exists',
  ]),
  ...['relpages', 'reltuples', 'relallvisible', 'relallfrozen'].map((column) =>
    surroundings(`estimates: ${column}`, test, [`'${column}'`, `'no_${column}'`]),
  ),
  surroundings('what is found open at the start', test, [
    'return (await openings(sql)).map(',
    'return (await openings(sql)).slice(1).map(',
  ]),
  surroundings('what an owner without rights is told', test, [
    'return (await isSuperuser(sql)) ? [] : openings(sql);',
    'return (await isSuperuser(sql)) ? [] : [];',
  ]),
  pointsOf('src/database/wall/lint-catalogue.ts', 'database')(
    'the look at it at the start',
    'access/wall/lint',
    ['...(await lintSurroundings(owner)),', ''],
  ),
];
