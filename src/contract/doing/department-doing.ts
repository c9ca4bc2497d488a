import type { SQL } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { PaperContent } from '../../papers/paper-content.ts';
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
  /** The field of the input that it judges: where that is given, the fault stands there. */
  readonly field?: string;
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
  /** Reads a document that is to be taken out as a file, in the actor's own name; absent where nothing is read. */
  readonly exporting?:
    | ((document: string, purpose: string, format: string) => Promise<ExportReading | FillFault>)
    | undefined;
}

/** What a document that is to be taken out as a file reads, by the rules of every read. */
export interface ExportReading {
  /** The document without the values that could name a person. */
  readonly document: string;
  readonly recordType: string;
  readonly isAboutPersons: boolean;
  readonly coordinates: readonly string[];
  readonly fieldGroups: readonly string[];
  readonly maskedFields: readonly string[];
  /** Codes of the viewers that answer for the groups. */
  readonly owners: readonly string[];
  /** Records that there are for the actor now. */
  readonly rows: number;
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
  /**
   * The properties that its condition compares, of the input or else of the stored row. Where an event gives none of them,
   * the condition is told with what can be done, before anything is given. Left out: it has no condition, or one of what
   * is given alone.
   */
  readonly compares?: readonly string[];
  readonly fill: (filling: Filling, system: Pick<System, 'row' | 'rows'>) => Promise<Values | FillFault>;
}

/** Kinds of printed document; the enum PaperKind. */
export type PaperKind = 'RECEIPT' | 'SUPPLEMENT_LIST' | 'DECISION' | 'FILING_CERTIFICATE' | 'PERMIT_SLIP';

/** A record as the viewer reads it, for a printed document. */
export interface PaperRecord {
  /** Its local id. */
  readonly id: string;
  /** What `reads` asked for: masked where it is masked, null where it is withheld. */
  readonly read: Readonly<Record<string, unknown>>;
}

/** A document that an event of the do-matrix prints. */
export interface Paper {
  readonly kind: PaperKind;
  /** What it needs of the record: a selection of GraphQL, read in the name of whoever prints. */
  readonly reads: string;
  /** @returns null where something that must stand on it cannot be read */
  readonly write: (record: PaperRecord) => PaperContent | null;
}

/** What a department says of its events that no table can say. */
export interface DepartmentDoing {
  /** By record type, then by the name in the column `guard`. */
  readonly guards?: Readonly<Record<string, Readonly<Record<string, Guard>>>>;
  /** By the name in the column `effects`: columns of the row itself, filled before it is written. */
  readonly fills?: Readonly<Record<string, Fill>>;
  /** By the name in the column `effects`. */
  readonly effects?: Readonly<Record<string, EffectFunction>>;
  /** By record type, then by the event that prints: each event of the mutation `issueDocument` has one. */
  readonly papers?: Readonly<Record<string, Readonly<Record<string, Paper>>>>;
}
