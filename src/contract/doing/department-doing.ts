import type { SQL } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Model } from '../model/record.ts';

/** A column of the row that something happens to. */
export type RowColumn = (column: PgColumn) => SQL;

/**
 * A condition that must hold before an event, about the stored row and its neighbours in the same store. Both walls use
 * this one condition: the program to say what is missing, the database to refuse.
 */
export interface Guard {
  readonly holds: (row: RowColumn) => SQL;
  /** It looks at the row as it becomes: the database looks when the row is written. */
  readonly after?: true;
  /** What is missing where it does not hold. */
  readonly en: string;
  readonly zh: string;
}

/** Something that happened to a record, as the outbox tells an effect of it. */
export interface Happened {
  readonly record: string;
  readonly id: string;
  readonly event: string;
  readonly version: number;
  /** The acting unit and person; `system` for what happened by itself. */
  readonly unit: string;
  readonly person: string;
  /** The sub-district of the acting unit, nine digits; null for a unit of the whole district. */
  readonly subdistrict: string | null;
  /** The district's calendar day on which it happened. */
  readonly today: string;
  /** Of the row of the outbox: a key for what must be made once. */
  readonly outboxId: string;
}

/** Values of a row by property of its table. */
export type Values = Readonly<Record<string, unknown>>;

/** What an effect may do. Everything is done in the name of the system, along rows of the do-matrix that are its own. */
export interface System {
  /** The record types, for what is derived of them: which columns name persons. */
  readonly model: Model;
  /** The row as it is stored, by property; null where there is none. */
  row(record: string, id: string): Promise<Values | null>;
  /** Rows of a store, read as its owner. */
  rows<T extends Values>(store: string, query: SQL): Promise<readonly T[]>;
  /** Makes a record; the same key makes it once. @returns its id */
  make(record: string, event: string, values: Values, key?: string): Promise<string>;
  /** Makes several records by one event, all or none; the same key makes them once. Each gives the same properties. */
  makeAll(record: string, event: string, rows: readonly Values[], key: string): Promise<void>;
  /**
   * Lets an event happen to a record; nothing where its state does not allow it (any more).
   * @param known the row as it was read just now: it is read anew only where somebody else has changed it meanwhile
   */
  change(record: string, id: string, event: string, values?: Values, known?: Values): Promise<boolean>;
}

/** An effect beyond the row itself. It may be run again after a fault, so what it does must not be doubled. */
export type EffectFunction = (happened: Happened, system: System) => Promise<void>;

/** What a new or changed row is made from, before it is written. */
export interface Filling {
  readonly record: string;
  /** The row as it is stored; null for a new one. */
  readonly row: Values | null;
  /** What the input gives, by property. */
  readonly given: Values;
  /** What it gives of the other rows of the same call, by record type: of the first stay, beside the person. */
  readonly beside: Readonly<Record<string, Values>>;
  readonly unit: string;
  readonly person: string;
  readonly subdistrict: string | null;
  readonly today: string;
}

/** Something that stands in the way of the input: where, and what to do. */
export interface FillFault {
  readonly path: readonly string[];
  readonly en: string;
  readonly zh: string;
}

/** Fills columns of the row itself that the actor does not give: a number, a place, a copy of a linked record. */
export interface Fill {
  /** The properties that it may set: the role's right to write follows them. */
  readonly sets: readonly string[];
  readonly fill: (filling: Filling, system: Pick<System, 'row' | 'rows'>) => Promise<Values | FillFault>;
}

/** What a department says of its events that no table can say. */
export interface DepartmentDoing {
  /** By record type, then by the name in the column `guard`. */
  readonly guards?: Readonly<Record<string, Readonly<Record<string, Guard>>>>;
  /** By the name in the column `effects`: columns of the row itself, filled before it is written. */
  readonly fills?: Readonly<Record<string, Fill>>;
  /** By the name in the column `effects`. */
  readonly effects?: Readonly<Record<string, EffectFunction>>;
}
