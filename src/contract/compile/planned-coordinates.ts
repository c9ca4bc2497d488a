import type { ObjectTypeDefinitionNode } from 'graphql';
import type { ViewerName } from '../../identity/viewers.ts';
import { type ArgumentUse, filterUses, orderUses } from '../policy/arguments.ts';
import { type FieldRefusal, refusalOf } from '../policy/field-access.ts';
import { measureDenial } from '../policy/measures.ts';
import type { RowAccess } from '../policy/row-access.ts';
import type { RuledField, RuledRecord } from '../policy/ruled-record.ts';
import { orderValue } from '../sdl/derived.ts';
import { directiveArgument, fieldsWith } from '../sdl/directives.ts';
import type { FieldGroup } from '../tables/matrix.ts';
import type { AccessPlan } from './access-plan.ts';

/** What a viewer gets at a coordinate. */
export interface Answer {
  /**
   * `OPEN`: in clear, or usable; `MASKED`; `ROWS`: a record type of which there are rows. Of the others nothing is seen:
   * `NO_ROWS` of a type of which there are none for the viewer, `COUNTS` in statistics only, `REFUSED`, and `SILENT` as if
   * there were nothing.
   */
  readonly kind: 'OPEN' | 'MASKED' | 'ROWS' | 'NO_ROWS' | 'COUNTS' | 'REFUSED' | 'SILENT';
  /** For `MASKED`: the mask, `NULL` for nothing, `PARTS` for some of a value object. */
  readonly mask?: string;
  /** In own rows only. */
  readonly own?: boolean;
  /** For `ROWS`: the published ones only. */
  readonly published?: boolean;
}

/** One coordinate of the contract. */
export interface PlannedCoordinate {
  readonly surface: 'output' | 'root' | 'filter' | 'order' | 'measure';
  readonly coordinate: string;
  readonly groups: readonly FieldGroup[];
  readonly answerOf: (viewer: ViewerName) => Answer;
}

/**
 * Every coordinate of a contract with one answer for each viewer, from SDL and matrix alone: what plan.lock prints and
 * `policy:diff` compares.
 * @param types the record types of the SDL, whose directives name filters and orders
 */
export function plannedCoordinates(
  plan: AccessPlan,
  types: ReadonlyMap<string, ObjectTypeDefinitionNode>,
): readonly PlannedCoordinate[] {
  return [
    ...[...plan.model.values()].flatMap((record) => [
      ...rootsOf(record),
      ...outputsOf(record, plan),
      ...argumentsOf(record, types.get(record.name), plan),
    ]),
    ...ownRoots(plan),
    ...measures(plan),
  ];
}

const open: Answer = { kind: 'OPEN' };

const refused = ({ silentlyRefused, reason }: FieldRefusal): Answer => ({
  kind: silentlyRefused ? 'SILENT' : reason === 'AGGREGATES_ONLY' ? 'COUNTS' : 'REFUSED',
});

const shown = (mask: string | null, own: boolean): Answer => ({
  ...(mask === null ? open : { kind: 'MASKED', mask }),
  ...(own ? { own } : {}),
});

const rowsBy: Readonly<Record<Exclude<RowAccess['rows'], 'NONE'>, Answer>> = {
  ALL: { kind: 'ROWS' },
  OWN: { kind: 'ROWS', own: true },
  PUBLISHED: { kind: 'ROWS', published: true },
};

/** The answer at every coordinate of a type of which there are no rows for a viewer. */
function withoutRows({ rules, access }: RuledRecord, viewer: ViewerName): Answer | null {
  if (access[viewer].rows !== 'NONE') return null;
  return { kind: rules.group?.secret ? 'SILENT' : 'NO_ROWS' };
}

/** A record type, and the fields of Query that read it. */
function rootsOf({ name, rules, access, one, many }: RuledRecord): PlannedCoordinate[] {
  const { group } = rules;
  const answerOf = (viewer: ViewerName): Answer => {
    const { rows } = access[viewer];
    if (rows !== 'NONE') return rowsBy[rows];
    return group ? refused(refusalOf(group, viewer)) : { kind: 'REFUSED' };
  };
  const fields = [one, many].flatMap((field) => (field ? [`Query.${field}`] : []));
  return [name, ...fields].map((coordinate) => ({
    surface: 'root',
    coordinate,
    groups: group ? [group] : [],
    answerOf,
  }));
}

function outputsOf(record: RuledRecord, plan: AccessPlan): PlannedCoordinate[] {
  const ifRows = (answerOf: (viewer: ViewerName) => Answer) => (viewer: ViewerName) =>
    withoutRows(record, viewer) ?? answerOf(viewer);
  const found: PlannedCoordinate[] = [];
  for (const field of record.fields.values()) {
    if (field.kind === 'id') continue;
    const { coordinate, group } = field.rule;
    const put = (at: string, answerOf: (viewer: ViewerName) => Answer) =>
      found.push({ surface: 'output', coordinate: at, groups: [group], answerOf: ifRows(answerOf) });
    put(coordinate, (viewer) => {
      const { denial, masked, own } = plan.decision(record.name, field.name, viewer);
      return denial ? refused(denial) : shown(masked?.mask ?? null, own !== null);
    });
    for (const part of field.parts ?? [])
      put(`${coordinate}.${part.name}`, (viewer) => partAnswer(record, part, viewer));
  }
  return found;
}

function partAnswer(
  record: RuledRecord,
  part: NonNullable<RuledField['parts']>[number],
  viewer: ViewerName,
): Answer {
  const { refusal, mask, own } = part.access[viewer];
  return refusal ? refused(refusal) : shown(mask, own && record.access[viewer].rows !== 'OWN');
}

/** What each filter field and each order value uses, and who may. */
function argumentsOf(
  record: RuledRecord,
  type: ObjectTypeDefinitionNode | undefined,
  plan: AccessPlan,
): PlannedCoordinate[] {
  if (!type) return [];
  const found: PlannedCoordinate[] = [];
  const put = (
    surface: 'filter' | 'order',
    coordinate: string,
    field: RuledField | undefined,
    usesOf: (viewer: ViewerName) => readonly ArgumentUse[],
  ) =>
    found.push({
      surface,
      coordinate,
      groups: field ? [field.rule.group] : [],
      answerOf: (viewer) => {
        const absent = withoutRows(record, viewer);
        if (absent) return absent;
        const denial = usesOf(viewer).find((use) => use.denial)?.denial;
        return denial ? refused(denial) : open;
      },
    });
  for (const { name } of fieldsWith(type, 'filter')) {
    const field = record.fields.get(name.value);
    const coordinate = `${record.name}Filter.${name.value}`;
    const uses = (input: object) => (viewer: ViewerName) =>
      filterUses(plan, record, { [name.value]: input }, viewer);
    if (!field?.parts) put('filter', coordinate, field, uses({}));
    for (const part of field?.parts ?? [])
      put('filter', `${coordinate}.${part.name}`, field, uses({ [part.name]: {} }));
  }
  for (const { name, ...field } of fieldsWith(type, 'order')) {
    const value = orderValue(name.value, directiveArgument(field, 'order', 'of'));
    const uses = (viewer: ViewerName) => orderUses(plan, record, { field: value }, viewer);
    put('order', `${record.name}OrderField.${value}`, record.fields.get(name.value), uses);
  }
  return found;
}

/** The root fields that departments wrote themselves. */
const ownRoots = (plan: AccessPlan): PlannedCoordinate[] =>
  [...plan.ownRoots].map(({ coordinate, group }) => ({
    surface: 'root',
    coordinate,
    groups: [group],
    answerOf: (viewer) => {
      const [type = '', field = ''] = coordinate.split('.');
      const { denial, masked, own } = plan.decision(type, field, viewer);
      return denial ? refused(denial) : shown(masked?.mask ?? null, own !== null);
    },
  }));

const measures = (plan: AccessPlan): PlannedCoordinate[] =>
  [...plan.measures.values()].map((rule) => ({
    surface: 'measure',
    coordinate: rule.coordinate,
    groups: rule.groups,
    answerOf: (viewer) => {
      const denial = measureDenial(rule, viewer);
      return denial ? refused(denial) : open;
    },
  }));
