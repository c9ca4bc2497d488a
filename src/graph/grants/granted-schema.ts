import { defaultFieldResolver, type GraphQLFieldResolver, type GraphQLSchema, isObjectType } from 'graphql';
import type { AccessPlan } from '../../contract/compile/access-plan.ts';
import { DenialError } from '../../contract/policy/denial.ts';
import { isOpenable } from '../../contract/policy/grants.ts';
import type { RuledField, RuledRecord } from '../../contract/policy/ruled-record.ts';
import type { Context } from '../context.ts';
import { parseNodeId } from '../node-id.ts';
import { type Opening, openingKey } from './request-grants.ts';

type Resolver = GraphQLFieldResolver<unknown, Context>;

/**
 * Teaches the shielded schema about grants. Where a grant has opened a row, the fields of its group answer as
 * on the bare schema. Of a row that the viewer sees by the grant alone, all others are refused. Requests
 * without a grant, and all other rows, are answered as before.
 */
export function openByGrants(shielded: GraphQLSchema, bare: GraphQLSchema, plan: AccessPlan): void {
  const plainOf = (type: string, field: string): Resolver => {
    const found = bare.getType(type);
    return (isObjectType(found) && found.getFields()[field]?.resolve) || defaultFieldResolver;
  };
  const query = shielded.getQueryType()?.getFields() ?? {};
  for (const record of plan.model.values()) {
    const root = record.one === undefined ? undefined : query[record.one];
    if (root) root.resolve = openRoot(record, root.resolve as Resolver, plainOf('Query', root.name));
    const type = shielded.getType(record.name);
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const ruled = record.fields.get(field.name);
      const guarded = field.resolve as Resolver | undefined;
      if (!ruled || !guarded || ruled.kind === 'id') continue;
      field.resolve = openField(record, ruled, plan, guarded, plainOf(record.name, field.name));
    }
  }
}

/** A type without rows for the viewer: the root field answers where a grant opens the record. */
function openRoot({ name, one }: RuledRecord, guarded: Resolver, plain: Resolver): Resolver {
  return (source, args, context, info) => {
    const { grants } = context;
    if (!grants) return guarded(source, args, context, info);
    const { type, key } = parseNodeId(args.id as string);
    const isGranted = type === name && grants.groupsOf(name, key).length > 0;
    if (isGranted) grants.opened(`Query.${one}`);
    else grants.ruled(`Query.${one}`);
    return (isGranted ? plain : guarded)(source, args, context, info);
  };
}

function openField(
  record: RuledRecord,
  field: RuledField,
  plan: AccessPlan,
  guarded: Resolver,
  plain: Resolver,
): Resolver {
  const { coordinate, group } = field.rule;
  const openable = isOpenable(record, field);
  return (row, args, context, info) => {
    const { grants } = context;
    if (!grants) return guarded(row, args, context, info);
    const opening = (row as { readonly [openingKey]?: Opening })[openingKey];
    if (openable && opening?.groups.has(group.name)) {
      grants.opened(coordinate);
      return plain(row, args, context, info);
    }
    grants.ruled(coordinate);
    const { department } = context.viewer;
    if (!opening || opening.isSeen || plan.decision(record.name, field.name, department).denial)
      return guarded(row, args, context, info);
    // The viewer may read the field of its own rows, and this row is none of them.
    if (group.secret) return null;
    throw new DenialError({ coordinate, group, reason: 'OUT_OF_SCOPE', silentlyRefused: false }, department);
  };
}
