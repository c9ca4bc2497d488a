import {
  type AnyPgColumn,
  bigint,
  boolean,
  date,
  integer,
  jsonb,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core';

/** A calendar instant column, read and written as an ISO-8601 string in UTC. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'string' });

/** A calendar date column, read and written as YYYY-MM-DD. */
export const day = (name: string) => date(name, { mode: 'string' });

/** An amount of money in fen. */
export const money = (name: string) => bigint(name, { mode: 'number' });

/** The record of the same department that a row cannot be without. */
export const belongsTo = (name: string, record: () => AnyPgColumn) => uuid(name).notNull().references(record);

/** What every stored row says of itself (dossier §3): version, authorship, source and freshness. */
export const provenance = () => ({
  recordVersion: integer('record_version').notNull().default(1),
  createdAt: instant('created_at').notNull().defaultNow(),
  createdBy: text('created_by').notNull().default('system'),
  updatedAt: instant('updated_at').notNull().defaultNow(),
  sourceSystem: text('source_system').notNull().default('laihu'),
  asOf: instant('as_of').notNull().defaultNow(),
});

/**
 * Which report of a monthly file a row stands at, so that an earlier one never undoes it (docs/operations.md): the
 * number of the newest report, and where that left something out, by field, an earlier report that says it.
 */
export const reported = () => ({
  reportNo: bigint('report_no', { mode: 'number' }).notNull().default(0),
  earlierReports: jsonb('earlier_reports'),
});

/** Cells of the newest report that could not be read, or only in part: a list of column and text, as `WrittenCell`. */
export const writtenCells = () => ({ asWritten: jsonb('as_written').$type<readonly WrittenCell[]>() });

export interface WrittenCell {
  readonly column: string;
  readonly text: string;
}

/**
 * Where a row belongs (dossier §6.3): nine-digit sub-district, police station, twelve-digit neighbourhood.
 * For a place these are its own; for a row about a person, those of the person's open registration,
 * carried in the row so that no read needs another department's table. Null: visible to the owner only.
 */
export const territory = () => ({
  subdistrictCode: text('subdistrict_code'),
  stationCode: text('station_code'),
  neighbourhoodCode: text('neighbourhood_code'),
});

/** The territory of a row about a person, and whether that person's whereabouts are shielded (dossier §6.3). */
export const personTerritory = () => ({ ...territory(), ...shield() });

/** Whether the whereabouts of the person that a row without a territory is about are shielded. */
export const shield = () => ({ shielded: boolean('shielded').notNull().default(false) });
