import { type CarriedTable, type PartTable, placeColumns, type Register, shieldColumn } from './carried.ts';

// Statements that make rows carry what the register says of their persons. The triggers and the refresh run the
// same ones, for some persons or for all. Versions stay: nothing that the department wrote has changed.

/** The whole register as a source of persons: `id`, territory and shield. */
export const wholeRegister = ({ name }: Register): string => name;

/** An id, or several in SQL, or everything. */
export type Which = { readonly ids: string } | 'ALL';

/**
 * Makes the rows of a table carry what the register says of their persons. What is about nobody, or about somebody
 * whom the register does not know, stays as it is.
 * @param register a table or temporary table with the persons
 * @param which those whose rows are looked at, as SQL of a list of ids
 */
export function carryStatement(table: CarriedTable, register: string, which: Which): string {
  return carry(table, register, which === 'ALL' ? 'true' : isAbout(table, which.ids));
}

/** The same for the rows that belong to some rows of the other table. @param its SQL of their keys */
export function carryOthersStatement(table: CarriedTable, register: string, its: string): string {
  return carry(table, register, `t."${table.others?.own}" = any(${its})`);
}

function carry(table: CarriedTable, register: string, rows: string): string {
  const { name, place, keepsPlace, persons } = table;
  const columns = [...place, shieldColumn];
  const isKnown = keepsPlace ? `m."${placeColumns[0]}" is not null` : 'm.id is not null';
  const values = [
    ...place.map((column) => `case when ${isKnown} then m."${column}" else t."${column}" end as "${column}"`),
    `coalesce(${shieldOf(table, register)}, t.${shieldColumn}) as ${shieldColumn}`,
  ];
  const list = (alias: string) => columns.map((column) => `${alias}."${column}"`).join(', ');
  return `update ${name} t set ${columns.map((column) => `"${column}" = n."${column}"`).join(', ')}
    from (select t.id, ${values.join(', ')} from ${name} t left join ${register} m on m.id = t."${persons[0]}" where ${rows}) n
    where n.id = t.id and (${list('t')}) is distinct from (${list('n')})`;
}

/** Whether one of a row's persons is shielded; null when none is known. `m` is the first of them. */
function shieldOf(table: CarriedTable, register: string): string {
  if (table.persons.length === 1 && !table.others) return `m.${shieldColumn}`;
  return `(select bool_or(s.${shieldColumn}) from (${personsOfRow(table, 't')}) p join ${register} s on s.id = p.id)`;
}

/** The ids of a row's persons, as a query. @param row its alias, or `new` of a trigger */
export function personsOfRow({ persons, others }: CarriedTable, row: string): string {
  const own = persons.map((column) => `select ${row}."${column}" as id`);
  const further = others
    ? [
        `select o."${others.person}" from ${others.name} o where o."${others.its}" = ${row}."${others.own}" and ${others.where}`,
      ]
    : [];
  return [...own, ...further].join(' union all ');
}

/** Whether a row is about one of some persons: each way by an index. */
export function isAbout({ name, persons, others }: CarriedTable, ids: string): string {
  if (persons.length === 1 && !others) return `t."${persons[0]}" = any(${ids})`;
  const ways = persons.map((column) => `select x.id from ${name} x where x."${column}" = any(${ids})`);
  if (others)
    ways.push(
      `select x.id from ${name} x join ${others.name} o on o."${others.its}" = x."${others.own}" where o."${others.person}" = any(${ids})`,
    );
  return `t.id in (${ways.join(' union ')})`;
}

/** Makes parts carry what the whole says. @param wholes SQL of the ids of some wholes; all of them without it */
export function partStatement({ name, whole, by, id, columns }: PartTable, wholes?: string): string {
  const list = (alias: string, side: 0 | 1) => columns.map((pair) => `${alias}."${pair[side]}"`).join(', ');
  return `update ${name} t set ${columns.map(([own, its]) => `"${own}" = w."${its}"`).join(', ')}
    from ${whole} w where w."${id}" = t."${by}" and (${list('t', 0)}) is distinct from (${list('w', 1)})${
      wholes ? ` and w."${id}" = any(${wholes})` : ''
    }`;
}

/** Gives the persons of the register the territory of their current stays. @param ids SQL of some; all without it */
export function settleStatement({ name, stays }: Register, ids?: string): string {
  const order = stays.order.map((column) => `r."${column}" desc`).join(', ');
  const list = (alias: string) => placeColumns.map((column) => `${alias}."${column}"`).join(', ');
  return `update ${name} t set "${stays.current}" = n.stay, ${placeColumns.map((column) => `"${column}" = n."${column}"`).join(', ')}
    from (select m.id, c."${stays.id}" as stay, ${list('c')} from ${name} m left join lateral (
        select r.* from ${stays.name} r where r."${stays.person}" = m.id and ${stays.open} order by ${order} limit 1
      ) c on true where ${ids ? `m.id = any(${ids})` : 'true'}) n
    where n.id = t.id and (t."${stays.current}", ${list('t')}) is distinct from (n.stay, ${list('n')})`;
}
