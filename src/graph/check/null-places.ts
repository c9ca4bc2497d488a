import {
  type ASTNode,
  GraphQLError,
  type GraphQLSchema,
  isNonNullType,
  Kind,
  type SelectionNode,
  TypeInfo,
  type VariableNode,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { getOrMake } from '../../common/get-or-make.ts';
import { isIncluded } from '../conditions.ts';
import { fragmentsOf } from '../limits/fragments.ts';
import type { RequestReading } from '../request-reading.ts';

/** Nullable variables of an operation that stand where null may not; most operations have none. */
const risky = new WeakMap<RequestReading['operation'], ReadonlySet<string>>();

/**
 * A nullable variable with a default may stand where null may not: null sent for it overrides the default. graphql-js
 * finds that in the midst of the execution, as a fault of the field; it is found here instead, wherever the variable
 * stands: in arguments of fields and directives, in lists and in input objects. What is left out by @skip and
 * @include is not looked at.
 * @throws GraphQLError BAD_USER_INPUT naming the first such variable
 */
export function checkNullPlaces(schema: GraphQLSchema, reading: RequestReading): void {
  const { operation, variables } = reading;
  const names = getOrMake(risky, operation, () => riskyVariables(schema, reading));
  const missing = new Set([...names].filter((name) => variables[name] == null));
  if (missing.size === 0) return;
  const isMissing = ({ name }: VariableNode) => missing.has(name.value);
  visitNonNull(schema, reading, {
    // A condition that is null is a fault itself: its own directive says so.
    follows: (node) =>
      node.directives?.some((d) =>
        d.arguments?.some(({ value }) => value.kind === Kind.VARIABLE && isMissing(value)),
      ) || isIncluded(node, variables),
    found: (node, typeInfo) => {
      if (!isMissing(node)) return;
      // Left out altogether, the default of the place stands in for it.
      if (!(node.name.value in variables) && typeInfo.getDefaultValue() !== undefined) return;
      throw nullAt(node, typeInfo);
    },
  });
}

function riskyVariables(schema: GraphQLSchema, reading: RequestReading): ReadonlySet<string> {
  const nullable = new Set(
    reading.operation.variableDefinitions?.flatMap(({ type, variable }) =>
      type.kind === Kind.NON_NULL_TYPE ? [] : [variable.name.value],
    ),
  );
  const names = new Set<string>();
  if (nullable.size > 0)
    visitNonNull(schema, reading, {
      follows: () => true,
      found: ({ name }) => void (nullable.has(name.value) && names.add(name.value)),
    });
  return names;
}

interface Visitor {
  /** Whether a selection is looked at, with what is below it. */
  readonly follows: (node: SelectionNode) => boolean;
  readonly found: (node: VariableNode, typeInfo: TypeInfo) => void;
}

/** Every variable of an operation, and of the fragments it reaches, that stands where null may not. */
function visitNonNull(
  schema: GraphQLSchema,
  { document, operation }: RequestReading,
  { follows, found }: Visitor,
): void {
  const fragments = fragmentsOf(document);
  const typeInfo = new TypeInfo(schema);
  const open: ASTNode[] = [operation];
  const spread = new Set<string>();
  const enter = (node: ASTNode): false | undefined => {
    switch (node.kind) {
      case Kind.VARIABLE_DEFINITION:
        return false;
      case Kind.VARIABLE:
        if (isNonNullType(typeInfo.getInputType())) found(node, typeInfo);
        return undefined;
      case Kind.FIELD:
      case Kind.INLINE_FRAGMENT:
        return follows(node) ? undefined : false;
      case Kind.FRAGMENT_SPREAD: {
        if (!follows(node)) return false;
        const fragment = spread.has(node.name.value) ? undefined : fragments.get(node.name.value);
        spread.add(node.name.value);
        if (fragment) open.push(fragment);
        return undefined;
      }
      default:
        return undefined;
    }
  };
  for (let node = open.pop(); node; node = open.pop()) visit(node, visitWithTypeInfo(typeInfo, { enter }));
}

/** The variable's name is the client's own word; nothing of a value is repeated. */
function nullAt(node: VariableNode, typeInfo: TypeInfo): GraphQLError {
  const directive = typeInfo.getDirective();
  const holder = directive ? `@${directive.name}` : typeInfo.getFieldDef()?.name;
  return new GraphQLError(
    `The variable "$${node.name.value}" is null where the argument ${typeInfo.getArgument()?.name} of ${holder} takes no null. Send a value, or leave the variable out to use its default.`,
    { nodes: node, extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } } },
  );
}
