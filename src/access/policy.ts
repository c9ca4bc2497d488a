import { rootTypes } from '../graph/sdl/root-types.ts';
import type { ViewerName } from '../identity/viewers.ts';
import { getOrMake } from '../store/get-or-make.ts';
import { type Denial, reasonOf } from './denial.ts';
import type { FieldGroup } from './matrix.ts';
import type { MeasureRules } from './measures.ts';
import type { RuledField, RuledRecord, RuledRecords } from './ruled-record.ts';
import type { FieldRule } from './rules.ts';
import { isAskedAbout, isWithheldWhenAsked, presenceOf, type Sight, sightOf, sightOfPart } from './sight.ts';

/** What a viewer meets at an output coordinate. */
export interface Verdict {
  readonly denial: Denial | null;
  /** Some of the value is masked. */
  readonly masked: { readonly coordinate: string; readonly group: FieldGroup; readonly mask: string } | null;
  /**
   * Null outside the own rows. `butAsked`: all that the viewer sees is its own but for what it is asked about, so that
   * nothing is told by a comparison.
   */
  readonly own: {
    readonly coordinate: string;
    readonly group: FieldGroup;
    readonly butAsked: boolean;
  } | null;
}

/** Type and name of the fields by which a record itself has a held value, from the record on. */
export type HeldPath = readonly (readonly [type: string, field: string])[];

/** What has rules beside the fields of records. */
export interface PolicyParts {
  /** Rules of the root fields that departments wrote themselves, by coordinate. */
  readonly roots?: ReadonlyMap<string, FieldRule>;
  /** For each payload type its fields that hold records, and of which type. */
  readonly payloads?: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly measures?: MeasureRules;
  /** For each value of a provenance type, by coordinate, the fields by which the record itself has it. */
  readonly held?: ReadonlyMap<string, HeldPath>;
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
  readonly #held: ReadonlyMap<string, HeldPath>;
  readonly #verdicts = new Map<string, Verdict>();

  constructor(model: RuledRecords, parts: PolicyParts = {}) {
    const { roots = new Map(), payloads = new Map(), measures = new Map(), held = new Map() } = parts;
    this.model = model;
    this.measures = measures;
    this.#ownRoots = roots;
    this.#payloads = payloads;
    this.#held = held;
    for (const record of model.values())
      for (const root of [record.one, record.many]) if (root) this.#roots.set(root, record);
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

  /** Whether the values of a type have the rules of the fields by which a record has them. */
  isHeld(type: string, field: string): boolean {
    return this.#held.has(`${type}.${field}`);
  }

  /** The rule of an output coordinate; undefined for derived root fields and for what carries no rule. */
  ruleOf(type: string, field: string): FieldRule | undefined {
    if (rootTypes.has(type)) return this.#ownRoots.get(`${type}.${field}`);
    const [holder, name] = this.#held.get(`${type}.${field}`)?.at(-1) ?? [type, field];
    return this.model.get(holder)?.fields.get(name)?.rule;
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
    const held = this.#held.get(coordinate);
    if (held) return this.#judgeHeld(coordinate, held, viewer);
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
    // In rows that the viewer is asked about some fields are shown that are not otherwise, and no others.
    const asked = isAskedAbout(record.rules, viewer);
    const mask = asked && rule.asked ? null : maskOf(field, sight, viewer);
    const butAsked = asked && (rule.asked ? sight.outcome !== 'CLEAR' : isWithheldWhenAsked(field, sight));
    const ownRows = butAsked || (sight.own && presenceOf(record.rules, viewer) !== 'OWN');
    return {
      denial: null,
      masked: mask ? { coordinate: rule.coordinate, group: rule.group, mask } : null,
      own: ownRows ? { coordinate: rule.coordinate, group: rule.group, butAsked } : null,
    };
  }

  /** Whatever rules the fields on the way to a held value rules the value. */
  #judgeHeld(coordinate: string, path: HeldPath, viewer: ViewerName): Verdict {
    const verdicts = path.map(([type, field]) => this.verdict(type, field, viewer));
    const denial = verdicts.find((v) => v.denial)?.denial;
    if (denial) return { ...nothing, denial: { ...denial, coordinate } };
    const masked = verdicts.at(-1)?.masked;
    const own = verdicts.find((v) => v.own)?.own;
    return {
      denial: null,
      masked: masked ? { ...masked, coordinate } : null,
      own: own ? { ...own, coordinate } : null,
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
