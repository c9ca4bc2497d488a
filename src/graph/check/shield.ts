import { type GraphQLResolveInfo, type GraphQLSchema, isObjectType } from 'graphql';
import { getOrMake } from '../../common/get-or-make.ts';
import type { AccessPlan } from '../../contract/compile/access-plan.ts';
import { isMeasured } from '../../contract/policy/measures.ts';
import { rootTypes } from '../../contract/sdl/root-types.ts';
import type { ViewerName } from '../../identity/viewers.ts';
import type { DocumentAccess } from './document-access.ts';
import type { RefusedPlaces } from './refused-places.ts';
import { allow, and, applyMiddleware, deny, rule, shield } from './shield-library.ts';

/** What the rules read. It is part of the context of every request. */
export interface ShieldContext {
  readonly viewer: { readonly department: ViewerName };
  readonly access?: DocumentAccess;
  /** Called at each refused place. */
  readonly refused?: RefusedPlaces;
}

type Rule = ReturnType<ReturnType<typeof rule>>;

/**
 * The schema with a rule on every field of every object type, made from the SDL and the matrix. Documents
 * with a denied coordinate run on it. Coordinates with the same demands share one rule, which is asked once a
 * request; a field whose filter or order can be refused has a second rule. A field without a rule is denied.
 */
export function shieldSchema(schema: GraphQLSchema, accessPlan: AccessPlan): GraphQLSchema {
  const byGroup = new Map<string, Rule>();
  const tree: Record<string, Record<string, Rule>> = {};
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    const rules: Record<string, Rule> = {};
    for (const field of Object.values(type.getFields())) {
      const ruleName = groupsOf(accessPlan, type.name, field.name);
      const made = getOrMake(byGroup, ruleName, () => groupRule(accessPlan, ruleName, type.name, field.name));
      const filtered =
        isMeasured(field) || field.args.some((a) => a.name === 'filter' || a.name === 'orderBy');
      rules[field.name] = filtered ? (and(made, argumentRule) as unknown as Rule) : made;
    }
    tree[type.name] = rules;
  }
  const rules = shield(tree, {
    fallbackRule: deny,
    allowExternalErrors: true,
    fallbackError: refuse,
  });
  return applyMiddleware(schema, rules);
}

/** A refused place becomes null and is noted. An error of the rule itself is passed on. */
function refuse(
  thrown: unknown,
  _parent: unknown,
  _args: unknown,
  context: object,
  info: GraphQLResolveInfo,
): Error {
  if (thrown instanceof Error) return thrown;
  (context as Partial<ShieldContext>).refused?.add(info);
  // Shield passes on whatever it gets as the field's value; its types know errors only.
  return null as unknown as Error;
}

/** Names what a coordinate demands of a viewer, so that equal demands share a rule. */
function groupsOf(accessPlan: AccessPlan, type: string, name: string): string {
  if (rootTypes.has(type)) {
    if (type === 'Mutation') return `root ${type}.${name}`;
    // Each root field that a department wrote has a rule of its own.
    if (accessPlan.ruleOf(type, name)) return `root ${type}.${name}`;
    const record = type === 'Query' ? accessPlan.rootRecord(name) : undefined;
    return record ? `rows of ${record.name}` : 'open';
  }
  const carried = accessPlan.payloadRecord(type, name);
  if (carried) return `rows of ${carried.name}`;
  if (accessPlan.isHeld(type, name)) return `held ${type}.${name}`;
  const field = accessPlan.model.get(type)?.fields.get(name);
  if (!field || field.kind === 'id') return 'open';
  const target = field.kind === 'link' || field.kind === 'many' ? ` rows of ${field.type}` : '';
  // A derived field also demands what its inputs demand.
  if (field.rule.inputs) return field.rule.coordinate;
  return `${field.rule.group.name} ${field.rule.sensitivity === 'PUBLIC'}${target}`;
}

function groupRule(accessPlan: AccessPlan, name: string, type: string, field: string): Rule {
  if (name === 'open') return allow as unknown as Rule;
  // Asynchronous: shield takes a synchronous refusal for "not asked yet" and asks again for each row.
  return rule(name, { cache: 'contextual' })(
    async (_parent: unknown, _args: unknown, context: ShieldContext) =>
      accessPlan.decision(type, field, context.viewer.department).denial === null,
  );
}

// Never cached: two uses of a field in one document can have different filters.
const argumentRule = rule('filter and order', { cache: 'no_cache' })(
  async (_parent: unknown, _args: unknown, context: ShieldContext, info: GraphQLResolveInfo) =>
    !info.fieldNodes.some((node) => context.access?.denied.has(node) ?? true),
);
