import { type DefinitionNode, type DocumentNode, Kind, type OperationDefinitionNode } from 'graphql';
import { getOrMake } from '../common/get-or-make.ts';
import type { RequestReading } from './request-reading.ts';

const cache = new WeakMap<OperationDefinitionNode, DocumentNode>();

/**
 * The document as it is handed to an executor: the one operation, with variables of a type that takes any value as it
 * is. Executors coerce what they are given; what was coerced once must not be coerced again, and no second reading can
 * differ from the first. The fields are the same nodes.
 */
export function executableOf({ document, operation }: RequestReading): DocumentNode {
  return getOrMake(cache, operation, () => ({
    ...document,
    definitions: document.definitions.flatMap((definition): readonly DefinitionNode[] => {
      if (definition.kind !== Kind.OPERATION_DEFINITION) return [definition];
      return definition === operation ? [withAnyVariables(operation)] : [];
    }),
  }));
}

/** The scalar of the contract that takes any value as it is. */
const any = { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: 'JSON' } } as const;

function withAnyVariables(operation: OperationDefinitionNode): OperationDefinitionNode {
  const variableDefinitions = operation.variableDefinitions?.map(({ kind, variable }) => ({
    kind,
    variable,
    type: any,
  }));
  return { ...operation, ...(variableDefinitions && { variableDefinitions }) };
}
