import { rootTypes } from '../graph/sdl/root-types.ts';
import type { ViewerName } from '../identity/viewers.ts';
import { getOrMake } from '../store/get-or-make.ts';
import { type Denial, reasonOf } from './denial.ts';
import type { FieldGroup } from './matrix.ts';
import type { MeasureRules } from './measures.ts';
import type { RuledField, RuledRecord, RuledRecords } from './ruled-record.ts';
import type { FieldRule } from './rules.ts';
import { presenceOf, type Sight, sightOf, sightOfPart } from './sight.ts';

/** What a viewer meets at an output coordinate. */
export interface Verdict {
  readonly denial: Denial | null;
  /** Some of the value is masked. */
  readonly masked: { readonly coordinate: string; readonly group: FieldGroup; readonly mask: string } | null;
  /** Null outside the viewer's own rows. */
  readonly own: { readonly coordinate: string; readonly group: FieldGroup } | null;
}

const nothing: Verdict = { denial: null, masked: null, own: null };

/**
 * The matrix applied to the output coordinates of the schema: record fields and root fields. Types that only
 * carry records (connections, edges, value objects, payloads) have no rule of their own.
 */
export class Policy {
  readonly model: RuledRecords;
  /** What statistics are of, by the value of the argument `measure`. */
  readonly measures: MeasureRules;
  readonly #roots = new Map<string, RuledRecord>();
  readonly #ownRoots: ReadonlyMap<string, FieldRule>;
  readonly #payloads: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly #verdicts = new Map<string, Verdict>();

  /**
   * @param roots rules of the root fields that departments wrote themselves, by coordinate.
   * @param payloads for each payload type its fields that hold records, and of which type.
   * @param measures rules of the measures.
   */
  constructor(
    model: RuledRecords,
    roots: ReadonlyMap<string, FieldRule> = new Map(),
    payloads: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map(),
    measures: MeasureRules = new Map(),
  ) {
    this.model = model;
    this.measures = measures;
    this.#ownRoots = roots;
    this.#payloads = payloads;
    for (const record of model.values())
      for (const root of [record.one, record.many]) if (root) this.#roots.set(root, record);
  }

  /** The record type that a derived root field of Query reads. */
  rootRecord(field: string): RuledRecord | undefined {
    return this.#roots.get(field);
  }

  /** The record type that a payload's field holds. */
  payloadRecord(type: string, field: string): RuledRecord | undefined {
    return this.model.get(this.#payloads.get(type)?.get(field) ?? '');
  }

  /** The rule of an output coordinate; undefined for derived root fields and for what carries no rule. */
  ruleOf(type: string, field: string): FieldRule | undefined {
    return rootTypes.has(type)
      ? this.#ownRoots.get(`${type}.${field}`)
      : this.model.get(type)?.fields.get(field)?.rule;
  }

  /** An output coordinate for a viewer; what carries no rule is open. */
  verdict(type: string, field: string, viewer: ViewerName): Verdict {
    const key = `${viewer} ${type}.${field}`;
    return getOrMake(this.#verdicts, key, () => this.#judge(type, field, viewer));
  }

  #judge(type: string, name: string, viewer: ViewerName): Verdict {
    const coordinate = `${type}.${name}`;
    if (rootTypes.has(type)) {
      const own = this.#ownRoots.get(coordinate);
      if (own && sightOf(own, viewer).outcome !== 'CLEAR')
        return { ...nothing, denial: refusal(own, viewer) };
      const record = type === 'Query' ? this.#roots.get(name) : undefined;
      return record ? { ...nothing, denial: absence(record, viewer, coordinate) } : nothing;
    }
    const carried = this.payloadRecord(type, name);
    if (carried) return { ...nothing, denial: absence(carried, viewer, coordinate) };
    const record = this.model.get(type);
    const field = record?.fields.get(name);
    if (!record || !field || field.kind === 'id') return nothing;
    const { rule } = field;
    const sight = sightOf(rule, viewer);
    if (sight.outcome === 'HIDDEN') return { ...nothing, denial: refusal(rule, viewer) };
    if (field.kind === 'link' || field.kind === 'many') {
      const target = this.model.get(field.type);
      const denial = target ? absence(target, viewer, rule.coordinate) : null;
      if (denial) return { ...nothing, denial };
    }
    const mask = maskOf(field, sight, viewer);
    const ownRows = sight.own && presenceOf(record.rules, viewer) !== 'OWN';
    return {
      denial: null,
      masked: mask ? { coordinate: rule.coordinate, group: rule.group, mask } : null,
      own: ownRows ? { coordinate: rule.coordinate, group: rule.group } : null,
    };
  }
}

/** Rows of a type do not exist for the viewer. Secret types answer with nothing instead of a denial. */
export function absence(record: RuledRecord, viewer: ViewerName, coordinate: string): Denial | null {
  const { group } = record.rules;
  if (!group || group.secret || presenceOf(record.rules, viewer) !== 'NONE') return null;
  return { coordinate, group, reason: reasonOf(group, viewer), silent: false };
}

function refusal({ coordinate, group }: FieldRule, viewer: ViewerName): Denial {
  return { coordinate, group, reason: reasonOf(group, viewer), silent: group.secret };
}

/** Of a value object some parts can be masked, each in its own way: PARTS; or nothing of it is shown: NULL. */
function maskOf(field: RuledField, sight: Sight, viewer: ViewerName): string | null {
  if (!field.parts) return sight.outcome === 'MASKED' ? (sight.mask ?? null) : null;
  const parts = field.parts.map((part) => sightOfPart(field.rule, part, viewer));
  if (parts.every((part) => part.outcome === 'CLEAR')) return null;
  return parts.every((part) => part.mask === 'NULL') ? 'NULL' : 'PARTS';
}
