import type { Change } from '../syntax/find.ts';
import { pointsOf } from './point.ts';

const surroundings = pointsOf('surroundings.ts', 'database');
const test = 'access/wall/surroundings';

/** Something of PostgreSQL's that is named in a statement, as if it were not. */
const named = (of: string, name: string): Change => [of, `\`…'${name}'…\``, `\`…'no_${name}'…\``];

/** What PostgreSQL itself tells everybody, each kind left open in turn. */
export const around = [
  pointsOf('apply.ts', 'database')('what PostgreSQL tells everybody', test, [
    'applyPolicy',
    'await $closeSurroundings($tx);',
    '',
  ]),
  surroundings('views of statistics', test, [
    'views',
    "`…(relname ~ '^pg_stat' or relname in…`",
    '`…(relname in…`',
  ]),
  // The functions below a view are closed as well: who may read the view alone reads nothing.
  surroundings('the view of locks', test, named('views', 'pg_locks'), named('functions', 'pg_lock_status')),
  surroundings(
    'the view of prepared transactions',
    test,
    named('views', 'pg_prepared_xacts'),
    named('functions', 'pg_prepared_xact'),
  ),
  surroundings('functions of statistics', test, [
    'functions',
    "`(proname ~ '^pg_stat_(get|have|clear|reset)' or proname ~…`",
    '`(proname ~…`',
  ]),
  surroundings('large objects', test, ['functions', "`…'^(lo_|pg_advisory|…`", "`…'^(pg_advisory|…`"]),
  surroundings('locks by number', test, ['functions', '`…|pg_advisory|pg_try_advisory|…`', '`…|…`']),
  surroundings('waiting', test, ['functions', '`…|pg_sleep)…`', '`…)…`']),
  ...(
    [
      ['the size of a relation', 'pg_relation_size'],
      ['the size of a relation with its indexes', 'pg_total_relation_size'],
      ['the size of a table', 'pg_table_size'],
      ['the size of indexes', 'pg_indexes_size'],
      ['the size of the database', 'pg_database_size'],
      ['notices', 'pg_notify'],
      ['large objects that are read', 'loread'],
      ['large objects that are written', 'lowrite'],
      ['the size of a tablespace', 'pg_tablespace_size'],
      ['the state of locks', 'pg_lock_status'],
      ['prepared transactions', 'pg_prepared_xact'],
      ['who waits for whom', 'pg_blocking_pids'],
      ['who waits for whose snapshot', 'pg_safe_snapshot_blocking_pids'],
      ['statements of others that are ended', 'pg_cancel_backend'],
      ['connections of others that are ended', 'pg_terminate_backend'],
      ['the last value of a sequence', 'pg_sequence_last_value'],
      ['the data of a sequence', 'pg_get_sequence_data'],
      ['the node of a file', 'pg_relation_filenode'],
      ['the path of a file', 'pg_relation_filepath'],
      ['snapshots that are handed on', 'pg_export_snapshot'],
    ] as const
  ).map(([name, callable]) => surroundings(name, test, named('functions', callable))),
  surroundings('the newest version of a row', test, named('functions', 'currtid2')),
  surroundings('temporary tables', test, [
    'closing',
    '`…where datname = current_database() and exists…`',
    '`…where datname = current_user and exists…`',
  ]),
  ...['relpages', 'reltuples', 'relallvisible', 'relallfrozen'].map((column) =>
    surroundings(`estimates: ${column}`, test, ['estimates', `'${column}'`, `'no_${column}'`]),
  ),
  surroundings('what is found open at the start', test, [
    'lintSurroundings',
    '(await $openings($sql)).map($$told)',
    '(await $openings($sql)).slice(1).map($$told)',
  ]),
  surroundings('what an owner without rights is told', test, [
    'openSurroundings',
    '(await $isSuperuser($sql)) ? [] : $openings($sql)',
    '(await $isSuperuser($sql)) ? [] : []',
  ]),
  pointsOf('lint-catalogue.ts', 'database')('the look at it at the start', 'access/wall/lint', [
    'lintCatalogue',
    '[$$$before, ...(await $lintRoles($owner)), ...(await $lintSurroundings($owner)), ...(await $lintPolicies($owner, $wall, $stores)), $$$after]',
    '[$$$before, ...(await $lintRoles($owner)), ...(await $lintPolicies($owner, $wall, $stores)), $$$after]',
  ]),
];
