import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  getVariableValues,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
} from 'graphql';
import { checkNullPlaces } from './check/null-places.ts';
import { findOperation } from './check/operation.ts';
import { areMisreadsTold, leniently } from './misread.ts';
import { numberPlaces } from './reads/computed-places.ts';

/**
 * A request as everything reads it: cost, budget, document check, log and execution. Its operation is chosen
 * and its variables are coerced here and nowhere else.
 */
export interface RequestReading {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** Coerced, defaults included. A null that was sent replaces the default, as in graphql-js. */
  readonly variables: Readonly<Record<string, unknown>>;
}

/** A request as it was sent; the document is valid. */
export interface SentRequest {
  readonly document: DocumentNode;
  readonly operationName?: string | null | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
}

/**
 * Reads a request once, before anything runs.
 * @throws GraphQLError OPERATION_RESOLUTION_FAILURE, BAD_USER_INPUT, BAD_VALUE: faults of the client (400)
 */
export function readRequest(
  schema: GraphQLSchema,
  { document, operationName, variables: sent = {} }: SentRequest,
): RequestReading {
  const operation = findOperation(document, operationName);
  if (!operation) throw unresolved(document, operationName);
  const coerced = coerce(schema, document, operation, sent);
  const reading = { document, operation, variables: coerced };
  checkNullPlaces(schema, reading);
  numberPlaces(document);
  return reading;
}

function coerce(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  sent: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  // The first fault is enough: describing each one costs as much as the whole value.
  const read = () => getVariableValues(schema, operation.variableDefinitions ?? [], sent, { maxErrors: 1 });
  const { coerced, errors } = read();
  if (coerced) return coerced;
  if (operation.operation === OperationTypeNode.MUTATION && errors?.[0]?.extensions.code === 'BAD_VALUE') {
    const told = leniently(read).coerced;
    if (told && areMisreadsTold(schema, document, operation, told)) return told;
  }
  throw faulty(errors?.[0]);
}

function unresolved(document: DocumentNode, name: string | null | undefined): GraphQLError {
  const several = document.definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION).length > 1;
  const message =
    name == null && several
      ? 'The document has several operations; name one of them in operationName.'
      : 'The document has no such operation; name one that it has in operationName.';
  return new GraphQLError(message, {
    extensions: { code: 'OPERATION_RESOLUTION_FAILURE', http: { status: 400 } },
  });
}

/** The fault as graphql-js words it; a scalar's own code stays. */
function faulty(error: GraphQLError | undefined): GraphQLError {
  const code = error?.extensions?.code ?? 'BAD_USER_INPUT';
  return new GraphQLError(error?.message ?? 'The variables do not fit the operation.', {
    nodes: error?.nodes ?? null,
    originalError: error ?? null,
    extensions: { code, http: { status: 400 } },
  });
}
