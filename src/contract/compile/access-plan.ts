import { getOrMake } from '../../common/get-or-make.ts';
import type { ViewerName } from '../../identity/viewers.ts';
import type { Denial } from '../policy/denial.ts';
import { fieldAccess, refusalOf } from '../policy/field-access.ts';
import type { MeasureRules } from '../policy/measures.ts';
import {
  isWithheldWhenAsked,
  type RuledField,
  type RuledRecord,
  type RuledRecords,
} from '../policy/ruled-record.ts';
import type { FieldRule } from '../policy/rules.ts';
import { rootTypes } from '../sdl/root-types.ts';
import type { FieldGroup } from '../tables/matrix.ts';

/** The decision for a viewer at an output coordinate. */
export interface Decision {
  readonly denial: Denial | null;
  /** Some of the value is masked. */
  readonly masked: { readonly coordinate: string; readonly group: FieldGroup; readonly mask: string } | null;
  /**
   * Null outside the own rows. `butAsked`: besides its own rows the viewer sees only rows about which it is
   * asked, so a comparison reveals nothing.
   */
  readonly own: {
    readonly coordinate: string;
    readonly group: FieldGroup;
    readonly butAsked: boolean;
  } | null;
}

/** Type and name of the fields by which a record itself has a held value, beginning at the record. */
export type HeldPath = readonly (readonly [type: string, field: string])[];

/** The rules of what is no field of a record. */
export interface PlanParts {
  /** Rules of the root fields that departments wrote themselves, by coordinate. */
  readonly roots?: ReadonlyMap<string, FieldRule>;
  /** For each payload type: its fields that hold records, and the type of the records. */
  readonly payloads?: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly measures?: MeasureRules;
  /** Who may use each mutation, and of which group are the records that it acts on. */
  readonly mutations?: ReadonlyMap<string, MutationRule>;
  /**
   * For each value of a provenance type, by coordinate: the fields by which the record itself has the value.
   */
  readonly held?: ReadonlyMap<string, HeldPath>;
}

/** Who may use a mutation, by the do-matrix. */
export interface MutationRule {
  readonly viewers: ReadonlySet<ViewerName>;
  /** The record types on which it acts. */
  readonly records: readonly string[];
  /** Of its input and event types, by their names: the fields or values that a viewer's rows use. */
  readonly shown: ReadonlyMap<string, (viewer: ViewerName) => ReadonlySet<string>>;
  readonly group: FieldGroup;
}

const open: Decision = { denial: null, masked: null, own: null };

/**
 * Who may see what, compiled from SDL and tables: one answer for each viewer at each coordinate. Document
 * check, log, projection, second wall, viewers' schemas, explanations and `policy.lock` read the plan and
 * decide nothing themselves. The records hold row access and field access; this class makes the decisions at
 * output coordinates. Types that only carry records (connections, edges, value objects, payloads) have no
 * rule of their own.
 */
export class AccessPlan {
  readonly model: RuledRecords;
  /** The groups of each measure, by the value of the argument `measure`. */
  readonly measures: MeasureRules;
  readonly #roots = new Map<string, RuledRecord>();
  readonly #ownRoots: ReadonlyMap<string, FieldRule>;
  readonly #payloads: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly #held: ReadonlyMap<string, HeldPath>;
  readonly #mutations: ReadonlyMap<string, MutationRule>;
  readonly #decisions = new Map<string, Decision>();

  constructor(model: RuledRecords, parts: PlanParts = {}) {
    const {
      roots = new Map(),
      payloads = new Map(),
      measures = new Map(),
      held = new Map(),
      mutations = new Map(),
    } = parts;
    this.model = model;
    this.measures = measures;
    this.#ownRoots = roots;
    this.#payloads = payloads;
    this.#held = held;
    this.#mutations = mutations;
    for (const record of model.values())
      for (const root of [record.one, record.many]) if (root) this.#roots.set(root, record);
  }

  /** Who may use each mutation, by its name. */
  get mutations(): ReadonlyMap<string, MutationRule> {
    return this.#mutations;
  }

  /** The rules of the root fields that departments wrote themselves. */
  get ownRoots(): Iterable<FieldRule> {
    return this.#ownRoots.values();
  }

  /** The record type that a derived root field of Query reads. */
  rootRecord(field: string): RuledRecord | undefined {
    return this.#roots.get(field);
  }

  /** The record type that a payload's field holds. */
  payloadRecord(type: string, field: string): RuledRecord | undefined {
    return this.model.get(this.#payloads.get(type)?.get(field) ?? '');
  }

  /** Whether the values of a type have the rules of the fields by which the record itself has them. */
  isHeld(type: string, field: string): boolean {
    return this.#held.has(`${type}.${field}`);
  }

  /** The rule of an output coordinate; undefined for derived root fields and for what carries no rule. */
  ruleOf(type: string, field: string): FieldRule | undefined {
    if (rootTypes.has(type)) return this.#ownRoots.get(`${type}.${field}`);
    const [holder, name] = this.#held.get(`${type}.${field}`)?.at(-1) ?? [type, field];
    return this.model.get(holder)?.fields.get(name)?.rule;
  }

  /** The decision for a viewer at an output coordinate; what carries no rule is open. */
  decision(type: string, field: string, viewer: ViewerName): Decision {
    const key = `${viewer} ${type}.${field}`;
    return getOrMake(this.#decisions, key, () => this.#decide(type, field, viewer));
  }

  #decide(type: string, name: string, viewer: ViewerName): Decision {
    const coordinate = `${type}.${name}`;
    const mutation = type === 'Mutation' ? this.#mutations.get(name) : undefined;
    if (mutation)
      return mutation.viewers.has(viewer) ? open : { ...open, denial: notYours(coordinate, mutation) };
    if (rootTypes.has(type)) {
      const own = this.#ownRoots.get(coordinate);
      if (own && fieldAccess(own, viewer).decision !== 'CLEAR')
        return { ...open, denial: { coordinate, ...refusalOf(own.group, viewer) } };
      const record = type === 'Query' ? this.#roots.get(name) : undefined;
      return record ? { ...open, denial: absence(record, viewer, coordinate) } : open;
    }
    const carried = this.payloadRecord(type, name);
    if (carried) return { ...open, denial: absence(carried, viewer, coordinate) };
    const held = this.#held.get(coordinate);
    if (held) return this.#decideHeld(coordinate, held, viewer);
    const record = this.model.get(type);
    const field = record?.fields.get(name);
    if (!record || !field || field.kind === 'id') return open;
    const { rule } = field;
    const access = field.access[viewer];
    if (access.refusal) return { ...open, denial: { coordinate: rule.coordinate, ...access.refusal } };
    // In rows about which the viewer is asked, the fields marked `@asked` are shown and no others.
    const { rows, isAsked } = record.access[viewer];
    const mask = isAsked && rule.asked ? null : maskOf(field, viewer);
    const butAsked =
      isAsked && (rule.asked ? access.decision !== 'CLEAR' : isWithheldWhenAsked(field, viewer));
    const ownRows = butAsked || (access.own && rows !== 'OWN');
    return {
      denial: null,
      masked: mask ? { coordinate: rule.coordinate, group: rule.group, mask } : null,
      own: ownRows ? { coordinate: rule.coordinate, group: rule.group, butAsked } : null,
    };
  }

  /** The fields on the way to a held value rule the value. */
  #decideHeld(coordinate: string, path: HeldPath, viewer: ViewerName): Decision {
    const decisions = path.map(([type, field]) => this.decision(type, field, viewer));
    const denial = decisions.find((d) => d.denial)?.denial;
    if (denial) return { ...open, denial: { ...denial, coordinate } };
    const masked = decisions.at(-1)?.masked;
    const own = decisions.find((d) => d.own)?.own;
    return {
      denial: null,
      masked: masked ? { ...masked, coordinate } : null,
      own: own ? { ...own, coordinate } : null,
    };
  }
}

/** The denial of a mutation that is another's. */
const notYours = (coordinate: string, { group }: MutationRule): Denial => ({
  coordinate,
  group,
  reason: 'NOT_YOURS',
  silentlyRefused: false,
});

/**
 * The denial of a type whose rows do not exist for the viewer. A secret type has none: it answers with
 * nothing.
 */
export function absence(record: RuledRecord, viewer: ViewerName, coordinate: string): Denial | null {
  const { group } = record.rules;
  if (!group || group.secret || record.access[viewer].rows !== 'NONE') return null;
  return { coordinate, ...refusalOf(group, viewer) };
}

/**
 * The mask of a field. For a value object: PARTS when its parts are masked differently, NULL when it shows
 * nothing.
 */
function maskOf(field: RuledField, viewer: ViewerName): string | null {
  if (!field.parts) return field.access[viewer].mask;
  const parts = field.parts.map((part) => part.access[viewer]);
  if (parts.every((part) => part.decision === 'CLEAR')) return null;
  return parts.every((part) => part.mask === 'NULL') ? 'NULL' : 'PARTS';
}
