import { type CarriedTable, type PartTable, placeColumns, type Register, shieldColumn } from './carried.ts';
import {
  carryOthersStatement,
  carryStatement,
  partStatement,
  personsOfRow,
  settleStatement,
  wholeRegister,
} from './carry-sql.ts';
import type { CopyTrigger } from './definer.ts';

// Territory and shield in the transaction that changes them: of the register, or of a row about a person.

/** Notes subjects for other servers (`carry.ts`). @param ids SQL of a list */
export const noteChange = (ids: string): string =>
  `insert into access.copy_changes (subject_id) select distinct i.id from unnest(${ids}) i(id) where i.id is not null;`;

const listOf = (columns: readonly string[]) => columns.map((column) => `"${column}"`).join(', ');
const rowOf = (alias: string, columns: readonly string[]) =>
  `row(${columns.map((column) => `${alias}."${column}"`).join(', ')})`;
const differ = (columns: readonly string[]) =>
  `${rowOf('old', columns)} is distinct from ${rowOf('new', columns)}`;
const block = (declared: string, ...steps: string[]) =>
  `${declared ? `declare ${declared} ` : ''}begin\n${steps.join('\n')}\nend`;

/**
 * What is done when the register changes a person: every row about the person follows.
 * @param tables those on the register's server
 * @param hasOthers whether some stores are on other servers
 */
export function registerTriggers(
  register: Register,
  tables: readonly CarriedTable[],
  hasOthers: boolean,
): CopyTrigger[] {
  const { name, stays } = register;
  const columns = [...placeColumns, shieldColumn];
  const carry = [
    ...tables.map((table) => `${carryStatement(table, wholeRegister(register), { ids: 'array[new.id]' })};`),
    ...(hasOthers ? [noteChange('array[new.id]')] : []),
    'return null;',
  ];
  const staysOf = (...rows: string[]) => {
    const ids = `array[${rows.map((row) => `${row}."${stays.person}"`).join(', ')}]`;
    return block(
      '',
      // Two who write stays of one person decide one after the other.
      `perform from ${name} m where m.id = any(${ids}) order by m.id for no key update;`,
      `${settleStatement(register, ids)};`,
      'return null;',
    );
  };
  const compared = [stays.person, ...stays.state, ...placeColumns, ...stays.order];
  return [
    { table: name, name: 'copies_added', when: 'after', events: 'insert', body: block('', ...carry) },
    {
      table: name,
      name: 'copies_carry',
      when: 'after',
      events: 'update',
      condition: differ(columns),
      body: block('', ...carry),
    },
    {
      table: name,
      name: 'copies_current',
      when: 'before',
      events: `update of "${stays.current}"`,
      condition: `new."${stays.current}" is distinct from old."${stays.current}"`,
      body: block(
        'stay record;',
        `select ${listOf(placeColumns)} into stay from ${stays.name} r where r."${stays.id}" = new."${stays.current}";`,
        // A stay that is not written yet says where it is when it is.
        `if found or new."${stays.current}" is null then`,
        ...placeColumns.map((column) => `new."${column}" := stay."${column}";`),
        'end if;',
        'return new;',
      ),
    },
    { table: stays.name, name: 'copies_begun', when: 'after', events: 'insert', body: staysOf('new') },
    {
      table: stays.name,
      name: 'copies_moved',
      when: 'after',
      events: 'update',
      condition: differ(compared),
      body: staysOf('old', 'new'),
    },
    { table: stays.name, name: 'copies_undone', when: 'after', events: 'delete', body: staysOf('old') },
  ];
}

/** What is done when a row about a person is written: it takes territory and shield from the register. */
export function carriedTriggers(table: CarriedTable, register: Register, isNear: boolean): CopyTrigger[] {
  const watched = [...table.persons, ...(table.others ? [table.others.own] : [])];
  const events = `insert or update of ${listOf(watched)}`;
  const own: CopyTrigger = {
    table: table.name,
    name: 'copies_place',
    when: 'before',
    events,
    body: isNear ? placeNear(table, register) : placeFar(table),
  };
  return [
    own,
    ...(table.others ? othersTriggers(table, register, isNear) : []),
    ...(table.former ? [leavingTrigger(table.name, table.former)] : []),
  ];
}

/**
 * A row that leaves its sub-district with its person keeps from where and when, until it comes back. What is written
 * afterwards is not for the old sub-district: with the next event of the row this is forgotten.
 */
function leavingTrigger(name: string, former: NonNullable<CarriedTable['former']>): CopyTrigger {
  const [subdistrict] = placeColumns;
  const [from, on] = [`"${former.subdistrict}"`, `"${former.leftOn}"`];
  const forget = [`new.${from} := null;`, `new.${on} := null;`];
  return {
    table: name,
    name: 'copies_left',
    when: 'before',
    events: 'update',
    condition: `old."${subdistrict}" is distinct from new."${subdistrict}" or old.${on} is not null and old.as_of is distinct from new.as_of`,
    body: block(
      '',
      `if old.as_of is distinct from new.as_of or new."${subdistrict}" = old.${from} then`,
      ...forget,
      `elsif old.${from} is null and old."${subdistrict}" is not null then`,
      `new.${from} := old."${subdistrict}";`,
      `new.${on} := coalesce(nullif(current_setting('laihu.today', true), '')::date, (now() at time zone 'Asia/Shanghai')::date);`,
      'end if;',
      'return new;',
    ),
  };
}

function placeNear(table: CarriedTable, register: Register): string {
  const { persons, place, keepsPlace, others } = table;
  const first = `new."${persons[0]}"`;
  const isKnown = keepsPlace ? `whose."${placeColumns[0]}" is not null` : 'whose.id is not null';
  const take = place.length
    ? [
        `if ${isKnown} then`,
        ...place.map((column) => `new."${column}" := whose."${column}";`),
        ...(keepsPlace
          ? []
          : [
              // Who was let go of leaves no trace of where he lives.
              `elsif tg_op = 'UPDATE' and ${first} is null then`,
              `if old."${persons[0]}" is not null then`,
              ...place.map((column) => `new."${column}" := null;`),
              'end if;',
            ]),
        'end if;',
      ]
    : [];
  const several = persons.length > 1 || others;
  const all = personsOfRow(table, 'new');
  return block(
    'whose record; hidden boolean;',
    // Until this row is written, the persons stay where they are: a move waits, and then finds it.
    ...(several
      ? [`perform from ${register.name} s where s.id in (${all}) order by s.id for share of s;`]
      : []),
    `select m.id, ${listOf(placeColumns)}, ${shieldColumn} into whose from ${register.name} m where m.id = ${first} for share;`,
    ...take,
    several
      ? `select bool_or(s.${shieldColumn}) into hidden from (${all}) p join ${register.name} s on s.id = p.id;`
      : `hidden := whose.${shieldColumn};`,
    `new.${shieldColumn} := coalesce(hidden, new.${shieldColumn});`,
    'return new;',
  );
}

/** The register is on another server: the row is hidden and belongs nowhere until it has said (`carry.ts`). */
function placeFar({ persons, place, keepsPlace }: CarriedTable): string {
  const all = `array[${persons.map((column) => `new."${column}"`).join(', ')}]::uuid[]`;
  return block(
    '',
    `if num_nonnulls(${persons.map((column) => `new."${column}"`).join(', ')}) > 0 then`,
    ...(keepsPlace ? [] : place.map((column) => `new."${column}" := null;`)),
    `new.${shieldColumn} := true;`,
    noteChange(all),
    'end if;',
    'return new;',
  );
}

/** A change of the other rows whose persons count: the members of a household. */
function othersTriggers(table: CarriedTable, register: Register, isNear: boolean): CopyTrigger[] {
  const others = table.others!;
  const body = (...rows: string[]) => {
    const keys = `array[${rows.map((row) => `${row}."${others.its}"`).join(', ')}]`;
    const persons = `array[${rows.map((row) => `${row}."${others.person}"`).join(', ')}]::uuid[]`;
    return block(
      '',
      isNear ? `${carryOthersStatement(table, wholeRegister(register), keys)};` : noteChange(persons),
      'return null;',
    );
  };
  const on = { table: others.name, when: 'after' } as const;
  const compared = [...new Set([others.its, others.person, ...others.state])];
  return [
    { ...on, name: 'copies_with', events: 'insert', body: body('new') },
    { ...on, name: 'copies_rewith', events: 'update', condition: differ(compared), body: body('old', 'new') },
    { ...on, name: 'copies_without', events: 'delete', body: body('old') },
  ];
}

/** A part takes from its whole what it carries of it, and follows it. */
export function partTriggers(part: PartTable): CopyTrigger[] {
  const { name, whole, by, id, columns } = part;
  const its = columns.map(([, theirs]) => theirs);
  return [
    {
      table: name,
      name: 'copies_part',
      when: 'before',
      events: `insert or update of ${listOf([by, ...columns.map(([own]) => own)])}`,
      body: block(
        'whole record;',
        `select ${listOf(its)} into whole from ${whole} w where w."${id}" = new."${by}" for share;`,
        'if found then',
        ...columns.map(([own, theirs]) => `new."${own}" := whole."${theirs}";`),
        'end if;',
        'return new;',
      ),
    },
    {
      table: whole,
      name: 'copies_parts',
      when: 'after',
      events: 'update',
      condition: differ(its),
      body: block('', `${partStatement(part, `array[new."${id}"]`)};`, 'return null;'),
    },
  ];
}
