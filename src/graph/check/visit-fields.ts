import {
  type DocumentNode,
  type FieldNode,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  type OperationDefinitionNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import type { AccessPlan } from '../../contract/compile/access-plan.ts';
import type { RuledRecord } from '../../contract/policy/ruled-record.ts';
import { reachable } from './operation.ts';

/** A field of a document: as it is written, as the contract defines it, and the type that has it. */
export interface FieldPlace {
  readonly node: FieldNode;
  readonly definition: GraphQLField<unknown, unknown>;
  readonly type: string;
}

/** Every field of an operation and the fragments that it reaches; a fragment that is not used reads nothing. */
export function visitFields(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  enter: (place: FieldPlace) => void,
): void {
  const typeInfo = new TypeInfo(schema);
  const enterField = (node: FieldNode) => {
    const type = typeInfo.getParentType();
    const definition = typeInfo.getFieldDef();
    if (type && definition) enter({ node, definition, type: type.name });
  };
  for (const used of reachable(document, operation))
    visit(used, visitWithTypeInfo(typeInfo, { Field: enterField }));
}

/** The records that a field lists by pages; undefined for every other field. */
export function listRecord(
  accessPlan: AccessPlan,
  definition: GraphQLField<unknown, unknown>,
): RuledRecord | undefined {
  const name = getNamedType(definition.type).name;
  return name.endsWith('Connection') ? accessPlan.model.get(name.slice(0, -'Connection'.length)) : undefined;
}
