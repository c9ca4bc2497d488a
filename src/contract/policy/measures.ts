import {
  type DocumentNode,
  type EnumValueDefinitionNode,
  type GraphQLField,
  getNamedType,
  Kind,
} from 'graphql';
import { getViewer, type ViewerKind, type ViewerName } from '../../identity/viewers.ts';
import { directive, directiveArgument } from '../sdl/directives.ts';
import type { FieldGroup, Matrix } from '../tables/matrix.ts';
import type { ArgumentUse } from './arguments.ts';
import type { Denial } from './denial.ts';

/** The enum whose values are measures; each has a group, as fields have. */
export const measureEnum = 'StatisticMeasure';

/** What rules a measure: a value of the enum StatisticMeasure. */
export interface MeasureRule {
  readonly name: string;
  /** `StatisticMeasure.FILING_RATE`. */
  readonly coordinate: string;
  /** Its own group; for a rate those of its two parts too: who sees it could work the one out from the other. */
  readonly groups: readonly FieldGroup[];
  /** For a rate: what is divided by what. */
  readonly of?: readonly [string, string];
}

export type MeasureRules = ReadonlyMap<string, MeasureRule>;

/** Viewers whose rows are of a station, a window or an area: statistics are of a sub-district at least. */
const narrow: ReadonlySet<ViewerKind> = new Set(['POLICE_STATION', 'RECEPTION_CENTRE', 'COORDINATOR']);

/**
 * Reads `@group` and `@computed` of the measures.
 * @throws Error that lists each measure without a group, and each rate that is not of two counted measures
 */
export function readMeasures(sdl: readonly DocumentNode[], matrix: Matrix): MeasureRules {
  const values = new Map(
    sdl
      .flatMap(({ definitions }) => definitions)
      .flatMap((d) =>
        d.kind === Kind.ENUM_TYPE_DEFINITION && d.name.value === measureEnum ? (d.values ?? []) : [],
      )
      .map((value) => [value.name.value, value]),
  );
  const faults: string[] = [];
  const rules = new Map<string, MeasureRule>();
  for (const [name, value] of values) {
    const coordinate = `${measureEnum}.${name}`;
    const of = partsOf(value);
    if (of && (of.length !== 2 || of.some((part) => !values.has(part) || partsOf(values.get(part)!))))
      faults.push(`${coordinate}: is computed from two measures that are counted`);
    const groups = new Set<FieldGroup>();
    for (const holder of [value, ...(of ?? []).flatMap((part) => values.get(part) ?? [])]) {
      const group = matrix.get(directiveArgument(holder, 'group', 'is') ?? '');
      if (group) groups.add(group);
      else
        faults.push(`${coordinate}: ${holder.name.value} has no @group with a row in schema/visibility.tsv`);
    }
    rules.set(name, {
      name,
      coordinate,
      groups: [...groups],
      ...(of ? { of: [of[0] ?? '', of[1] ?? ''] as const } : {}),
    });
  }
  if (faults.length > 0) throw new Error(`The measures have faults:\n${faults.join('\n')}`);
  return rules;
}

function partsOf(value: EnumValueDefinitionNode): readonly string[] | undefined {
  const from = directive(value, 'computed')?.from;
  return Array.isArray(from) ? from : undefined;
}

/**
 * Why a viewer may not ask for a measure; null when it may. A, M and F open it for the viewer's territory; own rows
 * only do not. It is said also for secret groups: the answer depends on nothing that is stored.
 */
export function measureDenial({ coordinate, groups }: MeasureRule, viewer: ViewerName): Denial | null {
  for (const group of groups) {
    const cell = group.cells.get(viewer);
    if (!cell) return { coordinate, group, reason: 'NOT_GRANTED', silentlyRefused: false };
    if (cell.own || narrow.has(getViewer(viewer).kind))
      return { coordinate, group, reason: 'OWN_ROWS_ONLY', silentlyRefused: false };
  }
  return null;
}

/** What an argument that names a measure uses. */
export function measureUses(rules: MeasureRules, measure: unknown, viewer: ViewerName): ArgumentUse[] {
  const rule = rules.get(String(measure));
  if (!rule) return [];
  const denial = measureDenial(rule, viewer);
  return rule.groups.map((group) => ({
    coordinate: rule.coordinate,
    group,
    denial: denial?.group === group ? denial : null,
    into: null,
  }));
}

/** Whether a field has an argument that names a measure. */
export const isMeasured = ({ args }: GraphQLField<unknown, unknown>): boolean =>
  args.some((arg) => getNamedType(arg.type).name === measureEnum);
