import { getTableName, type SQL, sql } from 'drizzle-orm';
import { type AnyPgColumn, check, type ExtraConfigColumn, index, text, uuid } from 'drizzle-orm/pg-core';
import { allOf, oneOf } from './code-check.ts';
import { day, territory } from './columns.ts';

// Columns that tables of several departments hold alike, most of them value objects of schema/base.graphql, with
// their checks and indexes.

/** An `Address` beside a territory, which holds its other two parts: `@embed(prefix: "")`. */
export const address = () => ({
  road: text('road'),
  lane: text('lane'),
  building: text('building'),
  room: text('room'),
});

/** A `Party`, such as `founderName` for the prefix `founder`. */
export function party<const P extends string>(prefix: P) {
  const part = (name: string) => text(`${prefix}_${name}`);
  return {
    [`${prefix}Kind`]: part('kind'),
    [`${prefix}Name`]: part('name'),
    [`${prefix}IdentityNumber`]: part('identity_number'),
    [`${prefix}Phone`]: part('phone'),
  } as Record<`${P}${'Kind' | 'Name' | 'IdentityNumber' | 'Phone'}`, ReturnType<typeof part>>;
}

/** Kind and name of a party are given together, or neither. */
export const partyCheck = (name: string, kind: AnyPgColumn, partyName: AnyPgColumn) =>
  check(
    name,
    sql`(${kind} is null) = (${partyName} is null) and ${oneOf(kind, ['PERSON', 'ORGANISATION'])} is not false`,
  );

/** An `AdverseDecision` with the prefix `decision`. */
export const decision = () => ({
  decisionLegalBasis: text('decision_legal_basis'),
  decisionReasons: text('decision_reasons'),
  decisionDecidedBy: text('decision_decided_by'),
  decisionDecidedOn: day('decision_decided_on'),
  decisionRemedyNotice: text('decision_remedy_notice'),
});

type Decision = Readonly<Record<keyof ReturnType<typeof decision>, AnyPgColumn>>;

/**
 * Clause LAO-a: a decision states its basis, reasons, author, day and remedy, all or none of them.
 * @param required rows for which it must be there
 */
export const decisionCheck = (name: string, t: Decision, required: SQL) =>
  check(
    name,
    sql`num_nonnulls(${t.decisionLegalBasis}, ${t.decisionReasons}, ${t.decisionDecidedBy}, ${t.decisionDecidedOn}, ${t.decisionRemedyNotice}) in (0, 5) and (not (${required}) or ${t.decisionDecidedOn} is not null)`,
  );

/** Kinds of `Place`, each with the column that links to its record; a dormitory is a dwelling. */
const linkOfKind = {
  CONSTRUCTION_SITE: 'siteId',
  EMPLOYER: 'employerId',
  DORMITORY: 'dwellingId',
  DWELLING: 'dwellingId',
  MARKET: 'marketId',
  SCHOOL: 'schoolId',
  SMALL_PREMISES: 'premisesId',
  OTHER: null,
} as const;

/**
 * A place of any department (dossier §8.1 PlaceRef): a `Place` with the prefix `place`, the territory it lies in,
 * and the id of its record where it has one.
 */
export const place = () => ({
  placeKind: text('place_kind').notNull(),
  placeName: text('place_name').notNull(),
  siteId: uuid('site_id'),
  employerId: uuid('employer_id'),
  dwellingId: uuid('dwelling_id'),
  marketId: uuid('market_id'),
  schoolId: uuid('school_id'),
  premisesId: uuid('premises_id'),
  ...territory(),
});

type Place = Readonly<Record<keyof ReturnType<typeof place>, AnyPgColumn>>;

/** At most one record is linked, and one of the place's kind. */
export function placeCheck(name: string, t: Place) {
  const kinds = Object.keys(linkOfKind) as (keyof typeof linkOfKind)[];
  const links = [...new Set(Object.values(linkOfKind))].filter((link) => link !== null);
  const fits = links.map((link) => {
    const own = kinds.filter((kind) => linkOfKind[kind] === link);
    return sql`(${t[link]} is null or ${oneOf(t.placeKind, own)})`;
  });
  return check(name, sql`${oneOf(t.placeKind, kinds)} and ${sql.join(fits, sql` and `)}`);
}

/** What an inspection wants put right, by when, and when it was. */
export const rectification = () => ({ rectifyBy: day('rectify_by'), rectifiedOn: day('rectified_on') });

/** Nothing is put right before the inspection on the day `on`. */
export const rectificationCheck = (
  name: string,
  on: AnyPgColumn,
  t: Readonly<Record<keyof ReturnType<typeof rectification>, AnyPgColumn>>,
) => check(name, sql`${t.rectifyBy} >= ${on} and ${t.rectifiedOn} >= ${on}`);

/** An inspection found something, or `NONE` and nothing beside it. */
export const findingsCheck = (name: string, findings: AnyPgColumn, codes: readonly string[]) =>
  check(
    name,
    sql`${allOf(findings, codes)} and cardinality(${findings}) >= 1 and (cardinality(${findings}) = 1 or not 'NONE' = any(${findings}))`,
  );

const levels = {
  subdistrict: 'subdistrictCode',
  station: 'stationCode',
  neighbourhood: 'neighbourhoodCode',
} as const;
type Level = keyof typeof levels;
export const everyLevel = Object.keys(levels) as readonly Level[];

/** The rows of a place of each level in their usual order, for tables with `territory()`; without one, that of the id. */
export const placeIndexes = <Of extends Level = 'subdistrict' | 'station'>(
  t: Readonly<Record<(typeof levels)[Of] | 'id', ExtraConfigColumn>>,
  order?: ExtraConfigColumn,
  of: readonly Of[] = ['subdistrict', 'station'] as Of[],
) =>
  of.map((level) =>
    index(`${getTableName(t.id.table)}_${level}`).on(t[levels[level]], ...(order ? [order] : []), t.id),
  );
