import type { ViewerName } from '../../identity/viewers.ts';
import type { ByViewer } from '../compile/compile.ts';
import type { FieldAccess } from './field-access.ts';
import type { RowAccess } from './row-access.ts';
import type { FieldRule, MaskName, Sensitivity, TypeRules } from './rules.ts';

/**
 * What the policy reads of a record type. The model of the running graph has it, and so has the SDL alone.
 */
export interface RuledRecord {
  readonly name: string;
  readonly rules: TypeRules;
  /** Which of its rows exist for each viewer. */
  readonly access: ByViewer<RowAccess>;
  readonly fields: ReadonlyMap<string, RuledField>;
  /** Root fields, where the SDL names them. */
  readonly one: string | undefined;
  readonly many: string | undefined;
  /** SQL type of the primary key; unknown where only the SDL is at hand. */
  readonly keyType?: 'uuid' | 'text';
}

/** A field of a record type: its rule, and where it leads. */
export interface RuledField {
  readonly name: string;
  readonly rule: FieldRule;
  /**
   * What each viewer gets of the field. A link or relation gives nothing where no records exist for the
   * viewer.
   */
  readonly access: ByViewer<FieldAccess>;
  /** Scalar, enum, value object, or the record type that a link or relation leads to. */
  readonly type: string;
  readonly kind: 'id' | 'column' | 'computed' | 'embed' | 'link' | 'many' | 'held';
  /** Several values in one column; for a link: the ids of several records. */
  readonly list?: boolean;
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
 * Whether a field is null in rows about which a viewer is only asked. A link or relation stays when the
 * viewer sees the records at its end by itself, such as those of its own store.
 */
export const isWithheldWhenAsked = (
  { rule, kind, access }: Pick<RuledField, 'rule' | 'kind' | 'access'>,
  viewer: ViewerName,
): boolean => rule.asked === undefined && kind !== 'held' && (kind !== 'many' || access[viewer].own);
