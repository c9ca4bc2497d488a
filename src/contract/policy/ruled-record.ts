import type { ViewerName } from '../../identity/viewers.ts';
import type { ByViewer } from '../compile/compile.ts';
import type { FieldAccess } from './field-access.ts';
import type { RowAccess } from './row-access.ts';
import type { FieldRule, MaskName, Sensitivity, TypeRules } from './rules.ts';

/** What the policy looks at in a record type. The model of the running graph has it, and so has the SDL alone. */
export interface RuledRecord {
  readonly name: string;
  readonly rules: TypeRules;
  /** Which of its rows there are for each viewer. */
  readonly access: ByViewer<RowAccess>;
  readonly fields: ReadonlyMap<string, RuledField>;
  /** Root fields, where the SDL names them. */
  readonly one: string | undefined;
  readonly many: string | undefined;
  /** SQL type of the primary key; the SDL alone does not say it. */
  readonly keyType?: 'uuid' | 'text';
}

/** A field of a record type: its rule, and where it leads. */
export interface RuledField {
  readonly name: string;
  readonly rule: FieldRule;
  /** What each viewer gets of it; of a link or a relation nothing where there are no records for the viewer. */
  readonly access: ByViewer<FieldAccess>;
  /** Scalar, enum, value object, or the record type that a link or relation leads to. */
  readonly type: string;
  readonly kind: 'id' | 'column' | 'computed' | 'embed' | 'link' | 'many' | 'held';
  /** For `embed`: the fields of the value object. */
  readonly parts?: readonly {
    readonly name: string;
    readonly sensitivity: Sensitivity;
    readonly mask: MaskName | null;
    readonly access: ByViewer<FieldAccess>;
  }[];
}

export type RuledRecords = ReadonlyMap<string, RuledRecord>;

/**
 * Whether a field is null in rows that a viewer is only asked about. A way to records that it sees by itself, such as
 * those of its own store, stays.
 */
export const isWithheldWhenAsked = (
  { rule, kind, access }: Pick<RuledField, 'rule' | 'kind' | 'access'>,
  viewer: ViewerName,
): boolean => rule.asked === undefined && kind !== 'held' && (kind !== 'many' || access[viewer].own);
