import { type ExecutionResult, execute, type GraphQLError, type GraphQLSchema } from 'graphql';
import type { Purposes } from '../contract/tables/purposes.ts';
import type { ViewerSchemas } from '../contract/viewer-schema/viewer-schemas.ts';
import { withDeniedPlaces } from './check/denied-places.ts';
import type { DocumentAccess } from './check/document-access.ts';
import type { DocumentCheck } from './check/document-check.ts';
import { purposeRefusal } from './check/purpose-check.ts';
import { RefusedPlaces } from './check/refused-places.ts';
import type { Context } from './context.ts';
import { executableOf } from './executable.ts';
import type { FusedDocuments } from './fused/fused-documents.ts';
import { executeWithIntrospection, introspectionOf } from './introspection.ts';
import { type RequestReading, readRequest, type SentRequest } from './request-reading.ts';

/** One request for the executor: read once, in the name of a viewer. */
export interface Execution {
  readonly reading: RequestReading;
  readonly context: Context;
}

/**
 * Runs documents. Each is checked for the viewer first. It runs on the bare schema when everything is
 * allowed, so that policy costs nothing there, else on the shielded one. A document that is asked again, and
 * of which nothing is refused, may be answered by one statement.
 */
export class Executor {
  readonly #bare: GraphQLSchema;
  readonly #shielded: GraphQLSchema;
  readonly #check: DocumentCheck;
  readonly #viewerSchemas: ViewerSchemas;
  readonly #purposes: Purposes;
  readonly #fused: FusedDocuments;

  constructor(
    bare: GraphQLSchema,
    shielded: GraphQLSchema,
    check: DocumentCheck,
    viewerSchemas: ViewerSchemas,
    purposes: Purposes,
    fused: FusedDocuments,
  ) {
    this.#bare = bare;
    this.#shielded = shielded;
    this.#check = check;
    this.#viewerSchemas = viewerSchemas;
    this.#purposes = purposes;
    this.#fused = fused;
  }

  /** Reads a request for `execute`. @throws GraphQLError OPERATION_RESOLUTION_FAILURE, BAD_USER_INPUT, BAD_VALUE */
  read(request: SentRequest): RequestReading {
    return readRequest(this.#bare, request);
  }

  async execute({ reading, context }: Execution): Promise<ExecutionResult> {
    const parts = introspectionOf(reading);
    if (!parts) return this.#run(reading, context);
    const schema = this.#viewerSchemas.of(context.viewer.department);
    return executeWithIntrospection(parts, schema, reading.variables, (data) => this.#run(data, context));
  }

  async #run(reading: RequestReading, context: Context): Promise<ExecutionResult> {
    const viewer = context.viewer.department;
    const access = this.#check.check(reading, viewer);
    context.access = access;
    const refused = new RefusedPlaces();
    context.refused = refused;
    const refusal = access.readsPersons ? this.#purposeRefusal(context) : null;
    if (refusal) return { data: null, errors: [refusal] };
    const schema = access.allowed ? this.#bare : this.#shielded;
    const result = access.allowed
      ? await this.#runAllowed(reading, context, access)
      : await this.#interpret(schema, reading, context);
    const tooCostly = context.reads.objects.refusal;
    if (tooCostly) return { data: null, errors: [tooCostly] };
    return withDeniedPlaces(result, access, refused, viewer);
  }

  /** One statement answers what it can; loaders answer the rest. */
  async #runAllowed(
    reading: RequestReading,
    context: Context,
    access: DocumentAccess,
  ): Promise<ExecutionResult> {
    const { silentlyRefused, usesSecret } = access;
    const isQuery = reading.operation.operation === 'query';
    const isFusible = isQuery && silentlyRefused.size === 0 && !usesSecret;
    const fused = isFusible ? await this.#fused.answer(reading, context) : undefined;
    if (!fused) return this.#interpret(this.#bare, reading, context);
    const { rest } = fused;
    const others = rest && (await this.#interpret(this.#bare, { ...reading, ...rest }, context));
    if (others && others.data == null) return others;
    const data: Record<string, unknown> = Object.create(null);
    for (const name of fused.names) data[name] = fused.data.get(name) ?? others?.data?.[name];
    return { data, ...(others?.errors && { errors: others.errors }) };
  }

  async #interpret(
    schema: GraphQLSchema,
    reading: RequestReading,
    contextValue: Context,
  ): Promise<ExecutionResult> {
    const document = executableOf(reading);
    const variableValues = reading.variables;
    return (await execute({ schema, document, variableValues, contextValue })) as ExecutionResult;
  }

  #purposeRefusal({ viewer, purpose, purposeIsUnknown = false }: Context): GraphQLError | null {
    return purposeRefusal(this.#purposes, { purpose, isUnknown: purposeIsUnknown }, viewer.department);
  }
}
