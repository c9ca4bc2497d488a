import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  type GraphQLError,
  type GraphQLSchema,
} from 'graphql';
import { type CompiledQuery, compileQuery, isCompiledQuery } from 'graphql-jit';
import { purposeRefusal } from '../access/purpose-check.ts';
import type { Purposes } from '../access/purposes.ts';
import { RefusedPlaces } from '../access/refused-places.ts';
import type { StaticCheck } from '../access/static-check.ts';
import type { ViewerSchemas } from '../access/viewer-schema/viewer-schemas.ts';
import { getOrMake } from '../store/get-or-make.ts';
import { withProperErrors } from './compiled-errors.ts';
import type { Context } from './context.ts';
import { withDeniedPlaces } from './denied-places.ts';
import { executeWithIntrospection, introspectionOf } from './introspection.ts';

/** One request as the executor takes it. */
export interface Execution {
  readonly document: DocumentNode;
  readonly operationName?: string | null;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly context: Context;
}

/** A document is compiled when it has been executed so often on one schema. */
const hotAfter = 3;

/** Executions of a document on one schema; `compiled` is null where compiling is not possible. */
interface Heat {
  count: number;
  compiled: CompiledQuery | null | undefined;
}

/**
 * Runs documents: checked for the viewer first; on the bare schema when everything is allowed, so that policy
 * costs nothing there, and on the shielded one otherwise; compiled when seen often.
 */
export class Executor {
  readonly #bare: GraphQLSchema;
  readonly #shielded: GraphQLSchema;
  readonly #check: StaticCheck;
  readonly #viewerSchemas: ViewerSchemas;
  readonly #purposes: Purposes;
  // Lives as long as the document does in the server's bounded document store.
  readonly #heat = new WeakMap<DocumentNode, Map<string, Heat>>();

  constructor(
    bare: GraphQLSchema,
    shielded: GraphQLSchema,
    check: StaticCheck,
    viewerSchemas: ViewerSchemas,
    purposes: Purposes,
  ) {
    this.#bare = bare;
    this.#shielded = shielded;
    this.#check = check;
    this.#viewerSchemas = viewerSchemas;
    this.#purposes = purposes;
  }

  async execute(execution: Execution): Promise<ExecutionResult> {
    const { document, operationName, variables = {}, context } = execution;
    const parts = introspectionOf(document, operationName);
    if (!parts) return this.#run(execution);
    const schema = this.#viewerSchemas.of(context.viewer.viewer);
    return executeWithIntrospection(parts, schema, variables, (data) =>
      this.#run({ ...execution, document: data }),
    );
  }

  async #run({ document, operationName, variables = {}, context }: Execution): Promise<ExecutionResult> {
    const viewer = context.viewer.viewer;
    const access = this.#check.check(document, operationName, viewer, variables);
    context.access = access;
    const refused = new RefusedPlaces();
    context.refused = refused;
    // Whatever the check could not read must not run: others may coerce it differently.
    if (access.faultyVariables) return { errors: [access.faultyVariables] };
    const refusal = access.readsPersons ? this.#purposeRefusal(context) : null;
    if (refusal) return { data: null, errors: [refusal] };
    const schema = access.allowed ? this.#bare : this.#shielded;
    const compiled = this.#compiled(document, operationName, schema, access.allowed);
    let result =
      compiled &&
      withProperErrors(
        (await compiled.query({}, context, variables as Record<string, unknown>)) as ExecutionResult,
      );
    // Faulty variables stop the compiled document without the codes that graphql-js gives: it says them instead.
    if (!result || result.data === undefined)
      result = (await execute({
        schema,
        document,
        operationName: operationName ?? undefined,
        variableValues: variables,
        contextValue: context,
      })) as ExecutionResult;
    return withDeniedPlaces(result, access, refused, viewer);
  }

  #purposeRefusal({ viewer, purpose, purposeIsUnknown = false }: Context): GraphQLError | null {
    return purposeRefusal(this.#purposes, { purpose, isUnknown: purposeIsUnknown }, viewer.viewer);
  }

  #compiled(
    document: DocumentNode,
    operationName: string | null | undefined,
    schema: GraphQLSchema,
    bare: boolean,
  ): CompiledQuery | null {
    const known = getOrMake(this.#heat, document, () => new Map<string, Heat>());
    const heat = getOrMake(known, `${bare} ${operationName ?? ''}`, () => ({
      count: 0,
      compiled: undefined,
    }));
    if (heat.compiled !== undefined) return heat.compiled;
    heat.count += 1;
    if (heat.count < hotAfter) return null;
    heat.compiled = compile(schema, document, operationName);
    return heat.compiled;
  }
}

function compile(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null | undefined,
): CompiledQuery | null {
  // The compiler treats @skip and @include on fragments differently from graphql-js.
  if (usesConditions(document)) return null;
  const compiled = compileQuery(schema, document, operationName ?? undefined, {
    disablingCapturingStackErrors: true,
    customJSONSerializer: false,
  });
  return isCompiledQuery(compiled) ? (compiled as CompiledQuery) : null;
}

function usesConditions(node: unknown): boolean {
  if (Array.isArray(node)) return node.some(usesConditions);
  if (typeof node !== 'object' || node === null) return false;
  const { kind, name, loc: _, ...rest } = node as { kind?: string; name?: { value?: string }; loc?: unknown };
  if (kind === 'Directive' && (name?.value === 'skip' || name?.value === 'include')) return true;
  return Object.values(rest).some(usesConditions);
}
