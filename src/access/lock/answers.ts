import type { ObjectTypeDefinitionNode } from 'graphql';
import type { Model } from '../../graph/model/record.ts';
import { orderValue } from '../../graph/sdl/derived.ts';
import { directiveArgument, fieldsWith } from '../../graph/sdl/directives.ts';
import type { ViewerName } from '../../identity/viewers.ts';
import { type ArgumentUse, filterUses, orderUses } from '../arguments.ts';
import { type Denial, reasonOf } from '../denial.ts';
import { measureDenial } from '../measures.ts';
import type { Policy } from '../policy.ts';
import type { RuledRecord } from '../ruled-record.ts';
import { presenceOf, sightOfPart } from '../sight.ts';
import type { ColumnPlan } from '../wall/column-plan.ts';

/** What every viewer gets at a coordinate, in a word or two. */
export interface Answers {
  readonly surface: 'output' | 'filter' | 'order' | 'measure' | 'root';
  readonly coordinate: string;
  readonly group: string;
  readonly answerOf: (viewer: ViewerName) => string;
}

const refused = ({ silent, reason }: Denial): string =>
  silent ? 'silent' : reason === 'AGGREGATES_ONLY' ? 'counts' : 'refused';

/** Of a group without a right: as if there were nothing, or refused. */
const denied = (coordinate: string, group: Denial['group'], viewer: ViewerName): string =>
  refused({ coordinate, group, reason: reasonOf(group, viewer), silent: group.secret });

/** `clear`, `NAME`, `null`; with `own`: in own rows only; with `sealed`: by a function of the database. */
function shown(mask: string | null, own: boolean, sealed: boolean): string {
  const what = mask === null ? 'clear' : mask === 'NULL' ? 'null' : mask;
  return [what, own && 'own', sealed && 'sealed'].filter(Boolean).join('-');
}

/** The fields of record types, and the parts of value objects. */
export function outputAnswers(policy: Policy, plan: ColumnPlan, model: Model): Answers[] {
  const found: Answers[] = [];
  for (const record of model.values())
    for (const field of record.fields.values()) {
      if (field.kind === 'id') continue;
      const { coordinate, group } = field.rule;
      const sealed = (at: string, viewer: ViewerName) => plan.sealedFor(at, viewer) !== undefined;
      found.push({
        surface: 'output',
        coordinate,
        group: group.code,
        answerOf: (viewer) => {
          const { denial, masked, own } = policy.verdict(record.name, field.name, viewer);
          return denial
            ? refused(denial)
            : shown(masked?.mask ?? null, own !== null, sealed(coordinate, viewer));
        },
      });
      if (field.kind !== 'embed') continue;
      for (const part of field.parts) {
        const at = `${coordinate}.${part.name}`;
        found.push({
          surface: 'output',
          coordinate: at,
          group: group.code,
          answerOf: (viewer) => {
            const sight = sightOfPart(field.rule, part, viewer);
            if (sight.outcome === 'HIDDEN') return denied(at, group, viewer);
            const own = sight.own && presenceOf(record.rules, viewer) !== 'OWN';
            return shown(sight.mask, own, sealed(at, viewer));
          },
        });
      }
    }
  return found;
}

/** Which rows of a type there are for a viewer. */
function presence({ name, rules }: RuledRecord, viewer: ViewerName): string {
  const which = presenceOf(rules, viewer);
  if (which === 'NONE') return rules.group ? denied(name, rules.group, viewer) : 'refused';
  return which === 'ALL' ? 'rows' : which === 'OWN' ? 'rows-own' : 'rows-published';
}

/** Root fields: records, what departments wrote themselves, and measures. */
export function rootAnswers(policy: Policy): Answers[] {
  const found: Answers[] = [];
  for (const record of policy.model.values())
    for (const coordinate of [
      record.name,
      ...[record.one, record.many].flatMap((root) => (root ? [`Query.${root}`] : [])),
    ])
      found.push({
        surface: 'root',
        coordinate,
        group: record.rules.group?.code ?? '-',
        answerOf: (viewer) => presence(record, viewer),
      });
  for (const { coordinate, group } of policy.ownRoots)
    found.push({
      surface: 'root',
      coordinate,
      group: group.code,
      answerOf: (viewer) => {
        const [type = '', field = ''] = coordinate.split('.');
        const { denial } = policy.verdict(type, field, viewer);
        return denial ? refused(denial) : 'open';
      },
    });
  for (const rule of policy.measures.values())
    found.push({
      surface: 'measure',
      coordinate: rule.coordinate,
      group: rule.groups.map(({ code }) => code).join(' '),
      answerOf: (viewer) => {
        const denial = measureDenial(rule, viewer);
        return denial ? refused(denial) : 'open';
      },
    });
  return found;
}

/** What each filter field and each order value uses, and who may. */
export function argumentAnswers(
  policy: Policy,
  types: ReadonlyMap<string, ObjectTypeDefinitionNode>,
): Answers[] {
  const found: Answers[] = [];
  for (const record of policy.model.values()) {
    const type = types.get(record.name);
    if (!type) continue;
    const put = (
      surface: 'filter' | 'order',
      coordinate: string,
      group: string | undefined,
      usesOf: (viewer: ViewerName) => readonly ArgumentUse[],
    ) =>
      found.push({
        surface,
        coordinate,
        group: group ?? '-',
        answerOf: (viewer) => {
          const denial = usesOf(viewer).find((use) => use.denial)?.denial;
          return denial ? refused(denial) : 'open';
        },
      });
    for (const { name: node } of fieldsWith(type, 'filter')) {
      const field = record.fields.get(node.value);
      const coordinate = `${record.name}Filter.${node.value}`;
      const uses = (input: object) => (viewer: ViewerName) =>
        filterUses(policy, record, { [node.value]: input }, viewer);
      const code = field?.rule.group.code;
      if (!field?.parts) put('filter', coordinate, code, uses({}));
      for (const part of field?.parts ?? [])
        put('filter', `${coordinate}.${part.name}`, code, uses({ [part.name]: {} }));
    }
    for (const field of fieldsWith(type, 'order')) {
      const value = orderValue(field.name.value, directiveArgument(field, 'order', 'of'));
      put(
        'order',
        `${record.name}OrderField.${value}`,
        record.fields.get(field.name.value)?.rule.group.code,
        (viewer) => orderUses(policy, record, { field: value }, viewer),
      );
    }
  }
  return found;
}
