import { type SQL, sql } from 'drizzle-orm';
import type { FieldAccess } from '../../contract/policy/field-access.ts';

/** Surnames of two characters, which stay whole in a masked name (dossier §6.4). */
const compoundSurnames = [
  '欧阳',
  '司马',
  '上官',
  '诸葛',
  '东方',
  '皇甫',
  '尉迟',
  '公孙',
  '慕容',
  '夏侯',
  '司徒',
  '令狐',
];

/**
 * A value as a viewer may see it, as SQL, so that a clear value which is only to be seen masked never leaves
 * the database (dossier §6.4). `null` stays null: "not recorded" is not a mask.
 */
export function maskSql(value: SQL, mask: FieldAccess['mask']): SQL {
  switch (mask) {
    case null:
      return value;
    case 'NULL':
      return sql`null`;
    case 'NAME':
      return sql`left(${value}, ${surnameLength(value)}) || repeat('*', char_length(${value}) - ${surnameLength(value)})`;
    case 'LAST_FOUR':
      return sql`case when char_length(${value}) > 4 then repeat('*', char_length(${value}) - 4) || right(${value}, 4) else repeat('*', char_length(${value})) end`;
    case 'PHONE':
      return sql`case when char_length(${value}) = 11 then left(${value}, 3) || '****' || right(${value}, 4) else repeat('*', char_length(${value})) end`;
    case 'COUNTY':
      return sql`left(${value}, 6)`;
  }
}

function surnameLength(value: SQL): SQL {
  const list = sql.raw(compoundSurnames.map((s) => `'${s}'`).join(', '));
  return sql`(case when char_length(${value}) > 2 and left(${value}, 2) in (${list}) then 2 else 1 end)`;
}
