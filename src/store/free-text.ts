import { type SQL, sql } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';

/**
 * Condition of a check on a text about a matter or a place: a longest length, no identity number and no
 * mobile telephone number, in digits of either width. References to persons are refused where they are
 * written (dossier §3.12, §6.6).
 */
export function impersonal(column: AnyPgColumn, longest = 200): SQL {
  return sql`char_length(btrim(${column})) between 1 and ${sql.raw(String(longest))} and ${column} !~ '[0-9０-９]{11}'`;
}

/** Words of health and of cases, which a note beside a person may not carry (dossier §6.6, 10). */
export const unfitWords = [
  '艾滋|HIV|梅毒|性病|肝炎|乙肝|丙肝|结核|传染病|精神病|精神障碍|癌症|怀孕|妊娠|流产|病历|病史|患有',
  '吸毒|戒毒|案件|涉案|犯罪|前科|刑事|刑拘|拘留|逮捕|判刑|服刑|嫌疑|通缉|劳教',
].join('|');

/** Condition of a check on a note that has none of these words. */
export const withoutUnfitWords = (column: AnyPgColumn): SQL =>
  sql`${column} !~* ${sql.raw(`'(${unfitWords})'`)}`;
