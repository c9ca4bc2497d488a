import {
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  parse,
  validate,
} from 'graphql';
import type { AccessPlan } from '../../contract/compile/access-plan.ts';
import type { Purposes } from '../../contract/tables/purposes.ts';
import type { ViewerName } from '../../identity/viewers.ts';
import type { DocumentCheck } from '../check/document-check.ts';
import { maxTokens, staticLimits } from '../limits/shape.ts';
import { withoutValues } from '../messages.ts';
import { type RequestReading, readRequest } from '../request-reading.ts';
import { CoordinateWalk } from './coordinates.ts';

/** What an explanation is made from; no store among it. */
export interface ExplainParts {
  readonly schema: GraphQLSchema;
  readonly accessPlan: AccessPlan;
  readonly check: DocumentCheck;
  readonly purposes: Purposes;
}

export interface ExplainRequest {
  readonly document: string;
  readonly operationName?: string | null;
  readonly variables?: unknown;
  readonly purpose?: string | null;
}

const invalid = (message: string) => new GraphQLError(message, { extensions: { code: 'DOCUMENT_INVALID' } });

/**
 * What a document would show a viewer, coordinate by coordinate, and whether it may run for a purpose. Made from
 * the same policy as an execution, from the document and the matrix alone.
 * @throws GraphQLError DOCUMENT_INVALID
 */
export function explainAccess(
  { schema, accessPlan, check, purposes }: ExplainParts,
  { document: source, operationName, variables: given, purpose = null }: ExplainRequest,
  viewer: ViewerName,
) {
  const document = readDocument(schema, source);
  const reading = readAsked(schema, document, operationName, readVariables(given));
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const d of document.definitions)
    if (d.kind === Kind.FRAGMENT_DEFINITION) fragments.set(d.name.value, d);
  const { allowed, readsPersons } = check.check(reading, viewer);
  return {
    viewer,
    allowed,
    purpose: explainPurpose(purposes, readsPersons, purpose, viewer),
    coordinates: new CoordinateWalk(schema, accessPlan, viewer, fragments, reading.variables).operation(
      reading.operation,
    ),
  };
}

function readDocument(schema: GraphQLSchema, source: string): DocumentNode {
  let document: DocumentNode;
  try {
    document = parse(source, { maxTokens });
  } catch {
    throw invalid('The document to explain is not well-formed GraphQL, or has too many tokens.');
  }
  // The limits first: the other rules are dear on a document that is beyond them.
  const [fault] = validate(schema, document, [staticLimits]);
  const [first] = fault ? [fault] : validate(schema, document, undefined, { maxErrors: 1 });
  if (first) throw invalid(`The document to explain is not valid: ${withoutValues(first.message)}`);
  return document;
}

function readAsked(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null | undefined,
  variables: Record<string, unknown>,
): RequestReading {
  try {
    return readRequest(schema, { document, operationName, variables });
  } catch (error) {
    const unresolved =
      error instanceof GraphQLError && error.extensions.code === 'OPERATION_RESOLUTION_FAILURE';
    throw invalid(
      unresolved
        ? 'The document to explain has no such operation.'
        : 'The variables do not fit those that the document to explain declares.',
    );
  }
}

function readVariables(given: unknown): Record<string, unknown> {
  let value = given ?? {};
  if (typeof value === 'string')
    try {
      value = JSON.parse(value);
    } catch {
      throw invalid('The variables of the document to explain are no JSON.');
    }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw invalid('The variables of the document to explain must be one JSON object.');
  return value as Record<string, unknown>;
}

function explainPurpose(
  purposes: Purposes,
  readsPersons: boolean,
  purpose: string | null,
  viewer: ViewerName,
) {
  const open = purposes.openTo(viewer);
  const clause = (purpose && purposes.clause(purpose, viewer)) ?? null;
  const verdict = !readsPersons ? 'NOT_NEEDED' : purpose === null ? 'REQUIRED' : clause ? 'OPEN' : 'DENIED';
  const needed =
    verdict === 'REQUIRED' || verdict === 'DENIED'
      ? `The document reads persons: send one of the purposes that are open to ${viewer}.`
      : null;
  return { verdict, purpose, clause, open, needed };
}
