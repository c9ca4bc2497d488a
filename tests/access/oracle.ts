import type { ViewerCode } from '../../src/identity/viewers.ts';
import { isShownWhenAsked, mayBeAsked } from './reading/asked.ts';
import {
  type Coordinate,
  type Part,
  type RecordType,
  readContract,
  readRoots,
  readValues,
} from './reading/contract.ts';
import { type MatrixRow, readMatrixTable } from './reading/matrix-table.ts';

/** What a viewer is to see at a coordinate, by the matrix and the SDL alone. */
export type Sight =
  | { readonly kind: 'CLEAR'; readonly own: boolean }
  | { readonly kind: 'MASK'; readonly mask: string; readonly own: boolean }
  /** Masked, and nothing of it is shown. */
  | { readonly kind: 'NULL'; readonly own: boolean }
  | { readonly kind: 'DENIED'; readonly group: string; readonly owner: string; readonly reason: string }
  /** Of a secret group: as if there were nothing. */
  | { readonly kind: 'SILENT'; readonly group: string };

/** Which rows of a type there are for a viewer, before its place is looked at. */
export type Presence = 'ALL' | 'OWN' | 'PUBLISHED' | 'NONE';

/**
 * An independent reading of the policy (dossier §6.1, §6.4; docs/access.md): it parses schema/visibility.tsv and
 * the SDL itself and shares no code with the product, so that a mistake there is not repeated here.
 */
export class Oracle {
  readonly types: ReadonlyMap<string, RecordType> = readContract();
  /** Root fields with a rule of their own, by coordinate. */
  readonly roots: ReadonlyMap<string, Coordinate> = readRoots();
  readonly values: ReadonlyMap<string, readonly Part[]> = readValues();
  readonly #matrix = readMatrixTable();

  type(name: string): RecordType {
    const type = this.types.get(name);
    if (!type) throw new Error(`The SDL has no record type ${name}.`);
    return type;
  }

  get groups(): readonly string[] {
    return [...this.#matrix.keys()];
  }

  row(group: string): MatrixRow {
    const row = this.#matrix.get(group);
    if (!row) throw new Error(`The matrix has no group ${group}.`);
    return row;
  }

  presence(viewer: ViewerCode, name: string): Presence {
    const type = this.type(name);
    const cell = this.row(type.group).cells.get(viewer);
    if (cell && cell.letter !== 'A') return cell.own ? 'OWN' : 'ALL';
    return [...type.fields.values()].some((f) => f.sensitivity === 'PUBLIC') ? 'PUBLISHED' : 'NONE';
  }

  isSecret(name: string): boolean {
    return this.row(this.type(name).group).secret;
  }

  /** A refusal because of a group's cell; silent in secret groups. */
  refusal(viewer: ViewerCode, group: string): Sight {
    const row = this.row(group);
    if (row.secret) return { kind: 'SILENT', group };
    const reason = row.cells.get(viewer)?.letter === 'A' ? 'AGGREGATES_ONLY' : 'NOT_GRANTED';
    return { kind: 'DENIED', group, owner: row.owner, reason };
  }

  /** What is seen at a field of a record type. */
  sight(viewer: ViewerCode, field: Coordinate): Sight {
    const sight = this.#byGroup(viewer, field.group, field);
    const isReference = field.kind === 'link' || field.kind === 'many';
    if (!isReference || sight.kind === 'DENIED' || sight.kind === 'SILENT') return sight;
    // A way to records that do not exist for the viewer is closed; a secret record is just not there.
    return this.presence(viewer, field.target) === 'NONE' && !this.isSecret(field.target)
      ? this.refusal(viewer, this.type(field.target).group)
      : sight;
  }

  /**
   * What is seen of a part of a value object: the holder's group, the part's own class and mask, but for holders
   * that are published, secret or shown as a whole.
   */
  partSight(viewer: ViewerCode, holder: Coordinate, part: Part): Sight {
    const whole = ['PUBLIC', 'SECRET'].includes(holder.sensitivity) ? holder.sensitivity : part.sensitivity;
    const mask = holder.mask === 'SHOWN' ? 'SHOWN' : part.mask;
    return this.#byGroup(viewer, holder.group, { sensitivity: whole, mask, kind: 'value' });
  }

  #byGroup(
    viewer: ViewerCode,
    group: string,
    field: Pick<Coordinate, 'sensitivity' | 'mask' | 'kind'>,
  ): Sight {
    if (field.sensitivity === 'PUBLIC') return { kind: 'CLEAR', own: false };
    const row = this.row(group);
    const cell = row.cells.get(viewer);
    if (!cell || cell.letter === 'A') return this.refusal(viewer, group);
    const { own } = cell;
    if (cell.letter === 'F') return { kind: 'CLEAR', own };
    if (field.sensitivity === 'SECRET') return { kind: 'NULL', own };
    if (field.mask === 'SHOWN') return { kind: 'CLEAR', own };
    if (row.companions) return { kind: 'NULL', own };
    if (field.mask) return { kind: 'MASK', mask: field.mask, own };
    const isReference = field.kind === 'link' || field.kind === 'many';
    const shown = field.sensitivity === 'INTERNAL' || (isReference && field.sensitivity === 'PERSONAL');
    return shown ? { kind: 'CLEAR', own } : { kind: 'NULL', own };
  }

  /**
   * The one word for a coordinate: its mask, `NULL` when nothing is shown, `PARTS` when some of a value object is
   * shown; null in clear.
   */
  maskWord(viewer: ViewerCode, field: Coordinate): string | null {
    if (mayBeAsked(viewer, field.type) && isShownWhenAsked(field)) return null;
    if (field.kind !== 'embed') {
      const sight = this.sight(viewer, field);
      return sight.kind === 'MASK' ? sight.mask : sight.kind === 'NULL' ? 'NULL' : null;
    }
    const kinds = field.parts.map((part) => this.partSight(viewer, field, part).kind);
    if (kinds.every((kind) => kind === 'NULL')) return 'NULL';
    return kinds.some((kind) => kind !== 'CLEAR') ? 'PARTS' : null;
  }

  /** Whether some rows that the viewer sees do not have the value for it, and others have. */
  isOfSomeRows(viewer: ViewerCode, field: Coordinate): boolean {
    const sight = this.sight(viewer, field);
    if (!('own' in sight)) return false;
    if (!mayBeAsked(viewer, field.type)) return sight.own && this.presence(viewer, field.type) !== 'OWN';
    if (isShownWhenAsked(field)) return sight.kind !== 'CLEAR';
    return field.kind !== 'many' || sight.own;
  }

  /** Values that are compared or ordered by must be in clear in every row of the type that the viewer sees. */
  argumentRefusal(
    viewer: ViewerCode,
    field: Coordinate,
    sight: Sight = this.sight(viewer, field),
  ): {
    readonly group: string;
    readonly owner: string;
    readonly reason: string;
    readonly silent: boolean;
  } | null {
    const row = this.row('group' in sight ? sight.group : field.group);
    const refused = (reason: string) => ({ group: row.group, owner: row.owner, reason, silent: row.secret });
    if (sight.kind === 'DENIED') return refused(sight.reason);
    if (sight.kind === 'SILENT') return refused('NOT_GRANTED');
    if (sight.kind !== 'CLEAR') return refused('NOT_IN_CLEAR');
    return sight.own && this.presence(viewer, field.type) !== 'OWN' ? refused('OWN_ROWS_ONLY') : null;
  }
}
