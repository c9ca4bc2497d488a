import type { Sql } from 'postgres';
import { publicSecurityFile } from '../kinds/public-security.ts';
import { personValues, stayOrigin, stayValues } from './registration-values.ts';

/** Whom and which stays the register knew before the file: table expressions. */
export interface Register {
  readonly people: string;
  readonly serials: string;
}

/** The register itself, with its indexes. */
export const register: Register = {
  people: `(select citizen_id_number from public_security.migrants
    where citizen_id_number is not null and status <> 'MERGED')`,
  serials: '(select serial_no from public_security.residence_registrations)',
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
  return { people: 'import_register_people', serials: 'import_register_serials' };
}

/**
 * Writes the rows of `import_rows` whose person and serial are both new, which on a first load are nearly all:
 * plain inserts, nothing to compare with. The others are added to `import_known`.
 */
export async function loadNew(tx: Sql, known: Register): Promise<void> {
  await tx.unsafe('drop table if exists pg_temp.import_sorted');
  await tx.unsafe(sortOut(known));
  await tx.unsafe(keepKnown);
  await tx.unsafe(insertMigrants);
  await tx.unsafe(insertRegistrations);
}

/**
 * The register is asked row by row through an index: a join would read all of it for each slice. The rows lie in
 * the file's order, and so do their ids: indexes that end with the id are built faster.
 */
const sortOut = ({ people, serials }: Register) => `
create temp table import_sorted on commit drop as
select r.*, pg_temp.new_id() as migrant_id, pg_temp.new_id() as registration_id, r.again
  or (select true from ${people} k where k.citizen_id_number = r.citizen_id_number limit 1) is not null
  or (select true from ${serials} k where k.serial_no = r.serial_no limit 1) is not null as is_known
from import_rows r`;

const columns = ['line', 'again', ...publicSecurityFile.staging].join(', ');

const keepKnown = `
insert into import_known (${columns}) select ${columns} from import_sorted where is_known`;

const insertMigrants = `
insert into public_security.migrants (id, current_registration_id, ${Object.keys(personValues).join(', ')})
select r.migrant_id, r.registration_id, ${Object.values(personValues).join(', ')}
from import_sorted r where not r.is_known`;

const insertRegistrations = `
insert into public_security.residence_registrations (id, serial_no, migrant_id,
  ${Object.keys({ ...stayValues, ...stayOrigin }).join(', ')})
select r.registration_id, r.serial_no, r.migrant_id, ${Object.values({ ...stayValues, ...stayOrigin }).join(', ')}
from import_sorted r where not r.is_known`;
