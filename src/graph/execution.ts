import { type ExecutionResult, execute, type GraphQLError, type GraphQLSchema } from 'graphql';
import type { ViewerSchemas } from '../contract/viewer-schema/viewer-schemas.ts';
import { withDeniedPlaces } from './check/denied-places.ts';
import type { DocumentAccess } from './check/document-access.ts';
import type { DocumentCheck } from './check/document-check.ts';
import { purposeRefusal } from './check/purpose-check.ts';
import { RefusedPlaces } from './check/refused-places.ts';
import type { Context } from './context.ts';
import { executableOf } from './executable.ts';
import type { FusedDocuments } from './fused/fused-documents.ts';
import { AskedIds } from './grants/asked-ids.ts';
import { type OfferParts, offersFor } from './grants/offer.ts';
import { RequestGrants } from './grants/request-grants.ts';
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
  readonly #offers: OfferParts;
  readonly #askedIds: AskedIds;
  readonly #fused: FusedDocuments;

  constructor(
    bare: GraphQLSchema,
    shielded: GraphQLSchema,
    check: DocumentCheck,
    viewerSchemas: ViewerSchemas,
    offers: OfferParts,
    fused: FusedDocuments,
  ) {
    this.#bare = bare;
    this.#shielded = shielded;
    this.#check = check;
    this.#viewerSchemas = viewerSchemas;
    this.#offers = offers;
    this.#askedIds = new AskedIds(bare, offers.plan);
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
    context.ask ??= (request, purpose) => this.askFor(request, context, purpose);
    const refused = new RefusedPlaces();
    context.refused = refused;
    const refusal = access.readsPersons ? this.#purposeRefusal(context) : null;
    if (refusal) return { data: null, errors: [refusal] };
    const grants = await this.#grantsFor(reading, context);
    context.grants = grants;
    const schema = access.allowed ? this.#bare : this.#shielded;
    const result =
      access.allowed && !grants
        ? await this.#runAllowed(reading, context, access)
        : await this.#interpret(grants ? this.#shielded : schema, reading, context);
    const tooCostly = context.reads.objects.refusal;
    if (tooCostly) return { data: null, errors: [tooCostly] };
    if (grants) context.access = grants.lift(access);
    const offers = offersFor(this.#offers, viewer, context.purpose, () => this.#askedIds.of(reading));
    return withDeniedPlaces(result, context.access, refused, viewer, offers);
  }

  /**
   * Answers a document that something else needs, a field of another document or a route, with an entry of its own in the
   * log. The check of the outer document stays in its context; no grant opens what is read here.
   */
  async askFor(request: SentRequest, outer: Context, purpose?: string): Promise<ExecutionResult> {
    const stated = purpose === undefined ? {} : { purpose, purposeIsUnknown: false };
    const context = { ...outer, grantBook: undefined, ...stated };
    const execution = { reading: this.read(request), context };
    const { audit } = outer;
    const refused = audit?.refusal(execution);
    if (refused) return refused;
    const result = await this.execute(execution);
    const answer = audit ? await audit.recorded(execution, result) : result;
    // Whoever asks looks into it: members of an answer by one statement are texts.
    return { ...answer, ...(answer.data && { data: JSON.parse(JSON.stringify(answer.data)) }) };
  }

  /** The grants that open a record which the document asks for by its id. */
  async #grantsFor(reading: RequestReading, context: Context): Promise<RequestGrants | undefined> {
    const { purpose, grantBook, viewer, reads } = context;
    if (purpose === null || !grantBook) return undefined;
    const asked = this.#askedIds.of(reading);
    if (asked.length === 0) return undefined;
    const held = await grantBook.of(viewer, purpose, reads.session.scope.today);
    const { limits } = this.#offers;
    const open = held.filter(
      ({ record, id, group }) =>
        limits.mayBeGranted(group, viewer.department) && asked.some((a) => a.type === record && a.id === id),
    );
    return open.length > 0 ? new RequestGrants(open, purpose) : undefined;
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
    return purposeRefusal(this.#offers.purposes, { purpose, isUnknown: purposeIsUnknown }, viewer.department);
  }
}
