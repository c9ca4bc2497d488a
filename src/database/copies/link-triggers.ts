import type { SQL } from 'drizzle-orm';
import { PgDialect } from 'drizzle-orm/pg-core';
import { viewerOfHolderSql } from '../../identity/holders.ts';
import { quotedTableOf } from '../../store/table-name.ts';
import { areasOf } from '../links/areas.ts';
import { type LinkWay, linkWays } from '../links/ways.ts';
import type { CopyingStore } from './carried.ts';
import { type CopyTrigger, triggerFunction } from './definer.ts';
import { noteChange } from './person-triggers.ts';

// Links and areas appear, end and go with the rows that make them. No day is looked at: a link whose end is past
// opens nothing, and the next refresh takes it away.

const dialect = new PgDialect();
const text = (query: SQL): string => dialect.sqlToQuery(query).sql;

/** What the functions of a server know of it. */
export interface LinkedServer {
  /** The stores of the server. */
  readonly stores: readonly CopyingStore[];
  /** Viewers whose links are kept here, by code; undefined where all are. */
  readonly readers: ReadonlySet<string> | undefined;
}

/**
 * `sealed.link` adds what a new row makes; `sealed.relink` looks at all rows again that make one of some links. Both
 * lock the links in one order first, so that two writers about one person do not miss each other's rows.
 */
export function linkFunctions({ stores, readers }: LinkedServer): string[] {
  const ways = stores.flatMap(linkWays);
  const kept = readers ? ` and ${text(viewerOfHolderSql)} = any('{${[...readers].join(',')}}'::text[])` : '';
  const pairs = `select distinct holder, subject from unnest(holders, subjects) p(holder, subject)
    where holder is not null and subject is not null${kept}`;
  const merged = 'case when bool_or("until" is null) then null else max("until") end';
  return [
    ...triggerFunction(
      'sealed.link(holders text[], subjects uuid[], ends date[])',
      'void',
      `begin
insert into access.links as l (holder, subject_id, until)
select holder, subject, ${merged} from unnest(holders, subjects, ends) p(holder, subject, "until")
where holder is not null and subject is not null${kept} group by 1, 2 order by 1, 2
on conflict (holder, subject_id) do update set until = excluded.until
where l.until is not null and (excluded.until is null or excluded.until > l.until);
end`,
    ),
    ...triggerFunction(
      'sealed.relink(holders text[], subjects uuid[])',
      'void',
      `begin
perform from access.links l join (${pairs}) p on l.holder = p.holder and l.subject_id = p.subject
order by l.holder, l.subject_id for update of l;
with pair as materialized (${pairs}),
made as materialized (
${madeBy(ways).join('\nunion all\n')}
union all
select p.holder, p.subject, e.until from pair p join access.links_elsewhere e on e.holder = p.holder and e.subject_id = p.subject
),
wanted as (select holder, subject, ${merged} as until from made group by 1, 2),
gone as (delete from access.links l using pair p where l.holder = p.holder and l.subject_id = p.subject
  and not exists (select from wanted w where w.holder = p.holder and w.subject = p.subject))
insert into access.links as l (holder, subject_id, until) select holder, subject, until from wanted order by 1, 2
on conflict (holder, subject_id) do update set until = excluded.until where l.until is distinct from excluded.until;
end`,
      ' set plan_cache_mode = force_generic_plan',
    ),
  ];
}

/** What makes the links of `pair`: for a department's own, a look into each of its tables until one is found. */
function madeBy(ways: readonly LinkWay[]): string[] {
  const lasting = Map.groupBy(ways.filter(isLasting), ({ unit }) => unit!);
  const found = [...lasting].map(([unit, own]) => {
    const looks = new Set(
      own.map(
        ({ table, subject }) =>
          `exists (select from ${quotedTableOf(table)} t where t."${subject.name}" = p.subject)`,
      ),
    );
    return `when '${unit}' then ${[...looks].join(' or ')}`;
  });
  const ending = new Set(
    ways
      .filter((way) => !isLasting(way))
      .map(
        ({ table, holder, subject, until }) =>
          `select p.holder, p.subject, ${text(until('t'))} from pair p join ${quotedTableOf(table)} t on t."${subject.name}" = p.subject and ${text(holder('t'))} = p.holder`,
      ),
  );
  return [
    `select p.holder, p.subject, null::date as until from pair p where ${found.length ? `case p.holder ${found.join(' ')} else false end` : 'false'}`,
    ...ending,
  ];
}

const isLasting = ({ unit, until }: LinkWay): boolean =>
  unit !== undefined && text(until('t')) === 'null::date';

/** The triggers of the tables whose rows make links. @param hasOthers whether some stores are on other servers */
export function linkTriggers(stores: readonly CopyingStore[], hasOthers: boolean): CopyTrigger[] {
  const tables = Map.groupBy(stores.flatMap(linkWays), ({ table }) => quotedTableOf(table));
  return [...tables].flatMap(([table, ways]) => {
    const lists = (...rows: string[]) => {
      const lines = rows.flatMap((row) =>
        ways.map((way) => ({
          holder: text(way.holder(row)),
          subject: `"${row}"."${way.subject.name}"`,
          end: text(way.until(row)),
        })),
      );
      const unique = [...new Map(lines.map((line) => [Object.values(line).join(), line])).values()];
      const array = (part: 'holder' | 'subject' | 'end', type: string) =>
        `array[${unique.map((line) => line[part]).join(', ')}]::${type}[]`;
      return {
        holders: array('holder', 'text'),
        subjects: array('subject', 'uuid'),
        ends: array('end', 'date'),
      };
    };
    const added = lists('new');
    const relink = (...rows: string[]) => {
      const { holders, subjects } = lists(...rows);
      return [
        `perform sealed.relink(${holders}, ${subjects});`,
        ...(hasOthers ? [noteChange(subjects)] : []),
      ];
    };
    const columns = [...new Set(ways.flatMap((way) => way.columns.map(({ name }) => name)))];
    const row = (alias: string) => `row(${columns.map((column) => `${alias}."${column}"`).join(', ')})`;
    const body = (steps: readonly string[]) => ['begin', ...steps, 'return null;', 'end'].join('\n');
    const on = { table, when: 'after' } as const;
    return [
      {
        ...on,
        name: 'copies_link',
        events: 'insert',
        body: body([
          `perform sealed.link(${added.holders}, ${added.subjects}, ${added.ends});`,
          ...(hasOthers ? [noteChange(added.subjects)] : []),
        ]),
      },
      {
        ...on,
        name: 'copies_relink',
        events: 'update',
        condition: `${row('old')} is distinct from ${row('new')}`,
        body: body(relink('old', 'new')),
      },
      { ...on, name: 'copies_unlink', events: 'delete', body: body(relink('old')) },
    ];
  });
}

/** The triggers of the tables whose rows open neighbourhoods to coordinators. */
export function areaTriggers(stores: readonly CopyingStore[], hasOthers: boolean): CopyTrigger[] {
  return areasOf(stores).flatMap((source) => {
    const { name, holder, columns } = source;
    const body = (...rows: string[]) => {
      const holders = `array[${rows.map((row) => `${row}."${holder}"::text`).join(', ')}]`;
      const ids = `array[${rows.map((row) => `${row}."${holder}"`).join(', ')}]::uuid[]`;
      return [
        'begin',
        // Two who write assignments of one coordinator look one after the other.
        `perform pg_advisory_xact_lock(hashtextextended('access.areas ' || h, 0)) from (select distinct h from unnest(${holders}) h order by h) o;`,
        `with wanted as materialized (${source.select(currentDay)} and "t"."${holder}"::text = any(${holders}) group by 1, 2),
        gone as (delete from access.areas a where a.holder = any(${holders})
          and not exists (select from wanted w where w.holder = a.holder and w.code = a.neighbourhood_code))
        insert into access.areas as a (holder, neighbourhood_code, until) select holder, code, "until" from wanted
        on conflict (holder, neighbourhood_code) do update set until = excluded.until where a.until is distinct from excluded.until;`,
        ...(hasOthers ? [noteChange(ids)] : []),
        'return null;',
        'end',
      ].join('\n');
    };
    const on = { table: name, when: 'after' } as const;
    const row = (alias: string) => `row(${columns.map((column) => `${alias}."${column}"`).join(', ')})`;
    return [
      { ...on, name: 'copies_area', events: 'insert', body: body('new') },
      {
        ...on,
        name: 'copies_rearea',
        events: 'update',
        condition: `${row('old')} is distinct from ${row('new')}`,
        body: body('old', 'new'),
      },
      { ...on, name: 'copies_unarea', events: 'delete', body: body('old') },
    ];
  });
}

/** The day that the connection stands at, else that of the clock in Shanghai. */
const currentDay = `coalesce(nullif(current_setting('laihu.today', true), '')::date, (now() at time zone 'Asia/Shanghai')::date)`;

/** Where records are asked about that stand on other servers, these hear of it (`carry.ts`). */
export function askedTriggers(
  stores: readonly CopyingStore[],
  isElsewhere: (record: string) => boolean,
): CopyTrigger[] {
  return stores.flatMap(({ records }) =>
    Object.values(records).flatMap(({ table, scope }) => {
      const far = Object.entries(scope.asked?.opens ?? {}).filter(([record]) => isElsewhere(record));
      if (!scope.asked || far.length === 0) return [];
      const body = (...rows: string[]) => {
        const ids = rows.flatMap((row) => far.map(([, column]) => `${row}."${column.name}"`));
        return `begin\n${noteChange(`array[${ids.join(', ')}]::uuid[]`)}\nreturn null;\nend`;
      };
      const on = { table: quotedTableOf(table), when: 'after' } as const;
      return [
        { ...on, name: 'copies_ask', events: 'insert', body: body('new') },
        { ...on, name: 'copies_reask', events: 'update', body: body('old', 'new') },
        { ...on, name: 'copies_unask', events: 'delete', body: body('old') },
      ];
    }),
  );
}
