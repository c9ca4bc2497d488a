import type { Sql } from 'postgres';
import { personValues, stayOrigin, stayValues } from './registration-values.ts';

/** Whom and which stays the register knew before the file: table expressions. */
export interface Register {
  readonly people: string;
  readonly serials: string;
  /** Whether it holds so little that reading all of it is cheaper than a look into an index for each row. */
  readonly few: boolean;
}

/** As many rows are read in the time in which this many are asked for through an index. */
const fewRows = 20_000;

/** The register itself, with its indexes. */
export const register: Register = {
  people: `(select citizen_id_number from public_security.migrants
    where citizen_id_number is not null and status <> 'MERGED')`,
  serials: '(select serial_no from public_security.residence_registrations)',
  few: false,
};

/** Copies the keys of the register, for a load that takes its indexes away. */
export async function copyRegister(tx: Sql): Promise<Register> {
  await tx.unsafe(`
    create temp table import_register_people on commit drop as select * from ${register.people} k;
    create temp table import_register_serials on commit drop as select * from ${register.serials} k;
    create index on import_register_people (citizen_id_number);
    create index on import_register_serials (serial_no);
    analyze import_register_people;
    analyze import_register_serials`);
  const [size] = await tx`
    select (select count(*) from import_register_people) + (select count(*) from import_register_serials) as rows`;
  return {
    people: 'import_register_people',
    serials: 'import_register_serials',
    few: Number(size?.rows) < fewRows,
  };
}

/**
 * Writes the rows of `import_rows` whose person and serial are both new, which on a first load are nearly all:
 * plain inserts, nothing to compare with. The others are added to `import_known`.
 */
export async function loadNew(tx: Sql, known: Register): Promise<void> {
  const sort = `drop table if exists pg_temp.import_known_lines; ${findKnown(known)}; ${keepKnown}`;
  // Few turns: between statements the database waits until a row is checked.
  await tx.unsafe(`${sort}; ${insertMigrants}`);
  await tx.unsafe(insertRegistrations);
}

const findKnown = ({ people, serials, few }: Register) => `
create temp table import_known_lines on commit drop as
select r.line from import_rows r
where r.again or r.citizen_id_number is null or ${isIn(people, 'citizen_id_number', few)} or ${isIn(serials, 'serial_no', few)}`;

/** A large register is asked row by row through an index: a join would read all of it for each slice. */
const isIn = (table: string, key: string, few: boolean) =>
  few
    ? `r.${key} in (select k.${key} from ${table} k)`
    : `(select true from ${table} k where k.${key} = r.${key} limit 1) is not null`;

const keepKnown = `
insert into import_known select r.* from import_rows r join import_known_lines using (line)`;

/** The rows lie in the file's order, and so do their ids: indexes that end with the id are built faster. */
const newRows = `import_rows r
where not exists (select from import_known_lines k where k.line = r.line)`;

const insertMigrants = `
insert into public_security.migrants (id, current_registration_id, ${Object.keys(personValues).join(', ')})
select r.migrant_id, r.registration_id, ${Object.values(personValues).join(', ')}
from ${newRows}`;

const stay = { ...stayValues, ...stayOrigin };
const insertRegistrations = `
insert into public_security.residence_registrations (id, serial_no, migrant_id, ${Object.keys(stay).join(', ')})
select r.registration_id, r.serial_no, r.migrant_id, ${Object.values(stay).join(', ')}
from ${newRows}`;
