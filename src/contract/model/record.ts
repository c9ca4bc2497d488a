import type { SQL } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { ByViewer } from '../compile/compile.ts';
import type { FieldAccess } from '../policy/field-access.ts';
import type { RowAccess } from '../policy/row-access.ts';
import type { FieldRule, TypeRules } from '../policy/rules.ts';
import type { ComputedArguments, ScopedSource } from './record-source.ts';
import type { TextReading } from './text-reading.ts';

/** A field of a record type and where its value comes from. */
export type RecordField = {
  readonly name: string;
  readonly rule: FieldRule;
  /** What each viewer gets of the field. */
  readonly access: ByViewer<FieldAccess>;
  readonly type: string;
} & (
  | {
      readonly kind: 'column';
      readonly column: PgColumn;
      readonly list: boolean;
      readonly reading: TextReading | null;
    }
  | {
      readonly kind: 'computed';
      readonly sql: (args: ComputedArguments) => SQL;
      readonly hasArguments: boolean;
      readonly reading: TextReading | null;
    }
  | { readonly kind: 'embed'; readonly parts: readonly EmbeddedPart[] }
  /** Of one record, or of a `list`: the column holds the ids of `atMost` records, or the list is not answered. */
  | { readonly kind: 'link'; readonly column: PgColumn; readonly list: boolean; readonly atMost: number }
  /** Without pages it holds `atMost` records of a parent, or is not answered. */
  | { readonly kind: 'many'; readonly by: string; readonly paged: boolean; readonly atMost: number }
  /**
   * Nothing is stored: `provenance` is read through the fields that hold the values, `availableActions` and `events` are
   * made of the do-matrix (`@doing`).
   */
  | { readonly kind: 'held' }
  | { readonly kind: 'id' }
);

/** A field of a value object, and the column of the holding record that stores it. */
export interface EmbeddedPart {
  readonly name: string;
  /** Scalar or enum. */
  readonly type: string;
  readonly reading: TextReading | null;
  /** Name in the row: `landlordName`. */
  readonly property: string;
  readonly column: PgColumn;
  readonly sensitivity: FieldRule['sensitivity'];
  readonly mask: FieldRule['mask'];
  readonly access: ByViewer<FieldAccess>;
}

/** A record type: its rules, its table and its fields. */
export interface RecordModel {
  readonly name: string;
  readonly store: string;
  readonly source: ScopedSource;
  readonly rules: TypeRules;
  /** Which of its rows exist for each viewer. */
  readonly access: ByViewer<RowAccess>;
  readonly fields: ReadonlyMap<string, RecordField>;
  readonly columns: Readonly<Record<string, PgColumn>>;
  /** Root fields, where the SDL names them. */
  readonly one: string | undefined;
  readonly many: string | undefined;
  /** SQL type of the primary key. */
  readonly keyType: 'uuid' | 'text';
}

export type Model = ReadonlyMap<string, RecordModel>;

/** A row as it comes from the store: by property name, only values that were asked for and may be seen. */
export type Row = Readonly<Record<string, unknown>> & { readonly id: string };

/** A record type that must exist. @throws Error naming it: a fault of the program. */
export function getRecord(model: Model, name: string): RecordModel {
  const record = model.get(name);
  if (!record) throw new Error(`No record type ${name} in the model.`);
  return record;
}
