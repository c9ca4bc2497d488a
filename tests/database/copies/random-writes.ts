import { getTableColumns } from 'drizzle-orm';
import { getTableConfig, type PgColumn, type PgTable } from 'drizzle-orm/pg-core';
import type { Sql } from 'postgres';
import { departments } from '../../../src/departments/index.ts';
import { quotedTableOf } from '../../../src/store/table-name.ts';
import { readRowScopes } from '../../access/reading/row-scopes.ts';

/** A table with the columns by which its rows belong to persons, whoever carries what of them. */
interface Personal {
  readonly name: string;
  readonly table: PgTable;
  readonly persons: readonly string[];
}

/** A generator whose numbers depend on nothing but the seed (mulberry32). */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

/** The store of the first table that is named. */
const storeOf = (statement: string): string => /"(\w+)"\."/.exec(statement)![1]!;

/** Every table with rows about persons; the register itself is left out. */
function personalTables(): Personal[] {
  const scopes = readRowScopes();
  const found = new Map<string, Personal>();
  for (const { records } of departments)
    for (const [type, { table }] of Object.entries(records)) {
      const { about, serves, concerns, task } = scopes.get(type)!;
      const columns = getTableColumns(table) as Record<string, PgColumn>;
      const properties = [...about, ...serves, ...concerns, ...(task ? [task.subject] : [])];
      const persons = properties.map((property) => columns[property]!.name).filter((name) => name !== 'id');
      const name = quotedTableOf(table);
      if (persons.length > 0) found.set(name, { name, table, persons });
    }
  return [...found.values()];
}

/**
 * Writes of every kind that changes what rows carry, one statement each. Some of them are refused by a check or a key
 * of a table, as those of careless people are.
 */
export class RandomWrites {
  readonly #pick: (below: number) => number;
  readonly #sqlOf: (store: string) => Sql;
  readonly #ids = new Map<string, string[]>();
  readonly #tables = personalTables();
  #serial = 0;

  /** @param sqlOf a connection of the owner to the database of a store, the same for stores of one database */
  constructor(sqlOf: (store: string) => Sql, seed: number) {
    this.#sqlOf = sqlOf;
    this.#pick = generator(seed);
  }

  /** @returns how many of the writes were done, by kind */
  async write(count: number): Promise<Map<string, number>> {
    await this.#begin();
    const done = new Map<string, number>();
    for (let n = 0; n < count; ) {
      const size = Math.min(1 + this.#pick(30), count - n);
      n += size;
      // Some transactions are given up.
      const end = this.#pick(12) === 0 ? 'rollback' : 'commit';
      const writes = Array.from({ length: size }, () => this.#next());
      const bySql = Map.groupBy(writes, ([, statement]) => this.#sqlOf(storeOf(statement)));
      for (const [sql, own] of bySql) {
        const attempts = own.map(
          ([, statement]) => `select pg_temp.attempt($write$${statement}$write$) as rows`,
        );
        const results = (await sql.unsafe(['begin', ...attempts, end].join(';'))) as unknown as {
          rows?: number;
        }[][];
        for (const [i, [kind]] of own.entries())
          if (Number(results[i + 1]?.[0]?.rows) > 0) done.set(kind, (done.get(kind) ?? 0) + 1);
      }
    }
    return done;
  }

  async #begin(): Promise<void> {
    for (const sql of new Set(departments.map(({ store }) => this.#sqlOf(store))))
      await sql.unsafe(`create function pg_temp.attempt(statement text) returns int language plpgsql as $$
      declare n int;
      begin
        execute statement;
        get diagnostics n = row_count;
        return n;
      exception when integrity_constraint_violation or data_exception then return -1;
      end $$`);
    const names = [
      ...this.#tables.map(({ name }) => name),
      '"public_security"."migrants"',
      '"coordinators"."coordinators"',
      '"coordinators"."coordinator_assignments"',
      '"permits"."permit_applications"',
    ];
    for (const name of new Set(names)) {
      const rows = await this.#sqlOf(storeOf(name)).unsafe(`select id::text as id from ${name} order by id`);
      this.#ids.set(
        name,
        rows.map(({ id }) => String(id)),
      );
    }
  }

  #one<T>(list: readonly T[]): T {
    return list[this.#pick(list.length)]!;
  }

  #id(name: string): string {
    return `'${this.#one(this.#ids.get(name)!)}'`;
  }

  #newId(name: string): string {
    const tail = String(++this.#serial).padStart(12, '0');
    const id = `f0000000-0000-4000-8000-${tail}`;
    this.#ids.get(name)?.push(id);
    return `'${id}'`;
  }

  /** Of few, so that rows about one person meet. */
  #person(): string {
    return `'${this.#ids.get('"public_security"."migrants"')![this.#pick(150)]}'`;
  }

  #place(): string {
    const place = this.#one(['310107005', '310107014', '310107015', '310107101']);
    return `'${place}', 'PT-STN-${place.slice(6)}-${1 + this.#pick(2)}', '${place}00${1 + this.#pick(5)}'`;
  }

  #day(): string {
    return `'2007-0${1 + this.#pick(3)}-${String(1 + this.#pick(28)).padStart(2, '0')}'`;
  }

  #next(): [kind: string, statement: string] {
    const register = '"public_security"."migrants"';
    const stays = '"public_security"."residence_registrations"';
    const tasks = '"coordinators"."coordinator_tasks"';
    const assignments = '"coordinators"."coordinator_assignments"';
    const person = this.#person();
    const closing = `update ${stays} set status = 'CLOSED', departed_on = greatest(arrived_here_on, ${this.#day()})`;
    switch (this.#pick(19)) {
      case 0:
      case 1:
        return ['arrives', this.#arrives(person)];
      case 2:
        return ['leaves', `${closing} where person_id = ${person} and status <> 'CLOSED'`];
      case 3:
        return [
          'comes back',
          `update ${stays} set status = 'OPEN', departed_on = null
          where id = (select id from ${stays} where person_id = ${person} order by id limit 1)`,
        ];
      case 4:
        return [
          'stay corrected',
          `update ${stays} set (subdistrict_code, station_code, neighbourhood_code) = (${this.#place()})
          where id = (select id from ${stays} where person_id = ${person} order by id desc limit 1)`,
        ];
      case 5:
        return [
          'stay of another',
          `update ${stays} set person_id = ${person}
          where id = (select id from ${stays} where person_id = ${this.#person()} order by id desc limit 1)`,
        ];
      case 6:
        return ['shield', `update ${register} set shielded = not shielded where id = ${person}`];
      case 7:
        return [
          'place by hand',
          `update ${register} set current_registration_id =
          (select id from ${stays} where person_id = ${person} and status <> 'CLOSED'
            order by arrived_here_on desc, captured_at desc, serial_no desc limit 1) where id = ${person}`,
        ];
      case 8:
      case 9:
        return [
          'task',
          `insert into ${tasks} (id, kind, issued_by_id, assignee_id, target_migrant_id, subdistrict_code, due_on, status)
          select ${this.#newId(tasks)}, kind, issued_by_id, ${this.#id('"coordinators"."coordinators"')}, ${person}, '310107015', ${this.#day()}, 'ASSIGNED'
          from ${tasks} where target_migrant_id is not null order by id limit 1`,
        ];
      case 10:
        return [
          'task closed',
          `update ${tasks} set status = 'CANCELLED', result = null, closed_on = ${this.#day()} where id = ${this.#id(tasks)}`,
        ];
      case 11:
        return [
          'task handed on',
          `update ${tasks} set assignee_id = ${this.#id('"coordinators"."coordinators"')}, target_migrant_id =
          case when target_migrant_id is null then null else ${person}::uuid end where id = ${this.#id(tasks)}`,
        ];
      case 12:
        return [
          'application closed',
          `update "permits"."permit_applications" set
          status = case when closed_on is null then 'WITHDRAWN' else 'SUBMITTED' end,
          closed_on = case when closed_on is null then greatest(submitted_on, accepted_on, decided_on, ${this.#day()}) end
          where id = ${this.#id('"permits"."permit_applications"')}`,
        ];
      case 13:
        return [
          'assignment',
          this.#pick(3) === 0
            ? `delete from ${assignments} where id = ${this.#id(assignments)}`
            : `update ${assignments} set ends_on = ${this.#one(['null', "'2007-03-20'", "'2007-02-20'"])},
            neighbourhood_codes = neighbourhood_codes[1:${1 + this.#pick(2)}] || (subdistrict_code || '00${1 + this.#pick(9)}')
            where id = ${this.#id(assignments)}`,
        ];
      case 18:
        return [
          'member leaves',
          `update "public_security"."household_members" set ends_on = case when ends_on is null then greatest(starts_on, ${this.#day()}) end
            where person_id = ${person}`,
        ];
      case 14:
        return this.#removed();
      case 15:
        return this.#changed(person);
      default:
        return this.#cloned(person);
    }
  }

  #arrives(person: string): string {
    const stays = '"public_security"."residence_registrations"';
    return `insert into ${stays} (id, serial_no, person_id, road, lane, building, room, subdistrict_code, station_code, neighbourhood_code,
        arrived_here_on, stay_reason, dwelling_relation, status, source, captured_by, captured_by_unit, captured_at)
      select ${this.#newId(stays)}, 'ZZ${String(this.#serial).padStart(12, '0')}', ${person}, road, lane, building, room, ${this.#place()},
        ${this.#day()}, stay_reason, dwelling_relation, 'OPEN', source, captured_by, captured_by_unit, captured_at
      from ${stays} order by id limit 1`;
  }

  #removed(): [string, string] {
    const { name } = this.#one(this.#tables);
    return [`removed ${name}`, `delete from ${name} where id = ${this.#id(name)}`];
  }

  #changed(person: string): [string, string] {
    const { name, persons } = this.#one(this.#tables);
    const column = this.#one(persons);
    const value = this.#pick(8) === 0 ? 'null' : person;
    return [`changed ${name}`, `update ${name} set "${column}" = ${value} where id = ${this.#id(name)}`];
  }

  /** Another row like one that there is, about somebody else, with a number of its own. */
  #cloned(person: string): [string, string] {
    const { name, table, persons } = this.#one(this.#tables);
    const column = this.#one(persons);
    const id = this.#id(name);
    const own = this.#newId(name);
    const { uniqueConstraints } = getTableConfig(table);
    const columns = Object.values(getTableColumns(table) as Record<string, PgColumn>).filter(
      ({ generated }) => generated === undefined,
    );
    const values = columns.map((c) => {
      const quoted = `"${c.name}"`;
      if (c.name === 'id') return own;
      if (c.name === column) return person;
      // Carried from nowhere: what is there must come from the register.
      if (c.name === 'shielded') return 'false';
      if (/^(subdistrict|station|neighbourhood)_code$/.test(c.name) && !c.notNull) return 'null';
      const isKey = c.isUnique || uniqueConstraints.some((u) => u.columns.includes(c));
      if (isKey && c.getSQLType() === 'text')
        return `regexp_replace(${quoted}, '[0-9]{3}$', '${String(this.#pick(1000)).padStart(3, '0')}')`;
      return quoted;
    });
    return [
      `new in ${name}`,
      `insert into ${name} (${columns.map((c) => `"${c.name}"`).join(', ')})
        select ${values.join(', ')} from ${name} where id = ${id} on conflict do nothing`,
    ];
  }
}
