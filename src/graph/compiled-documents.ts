import type { ExecutionResult, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { type CompiledQuery, compileQuery, isCompiledQuery } from 'graphql-jit';
import { getOrMake } from '../store/get-or-make.ts';
import { isCompilable } from './compilable.ts';
import type { Context } from './context.ts';
import { executableOf } from './executable.ts';
import type { RequestReading } from './request-reading.ts';

/** An operation is compiled when it has been executed so often. */
const hotAfter = 3;
/** So often it is interpreted after its compiled form met an error: what fails once often fails again. */
const coolFor = 20;

/** Executions of an operation; `query` is null where it is not compiled. */
interface Heat {
  count: number;
  query: CompiledQuery['query'] | null | undefined;
}

/**
 * Operations that are asked often, compiled. Only an answer without any error counts: the compiler gives errors, and
 * what stands beside them, another form than graphql-js. Whoever asks runs the operation anew by graphql-js then.
 */
export class CompiledDocuments {
  readonly #schema: GraphQLSchema;
  // Lives as long as the document does in the server's bounded document store.
  readonly #heat = new WeakMap<OperationDefinitionNode, Heat>();

  constructor(schema: GraphQLSchema) {
    this.#schema = schema;
  }

  /** The answer, or null where the operation has to be interpreted. What the run has read is in its context. */
  async answer(reading: RequestReading, run: () => Context): Promise<ExecutionResult | null> {
    const heat = getOrMake(this.#heat, reading.operation, (): Heat => ({ count: 0, query: undefined }));
    heat.count += 1;
    if (heat.count < hotAfter) return null;
    if (heat.query === undefined) heat.query = this.#compile(reading);
    if (heat.query === null) return null;
    const { variables } = reading;
    const result = await heat.query({}, run(), variables as Record<string, unknown>);
    if (result.errors === undefined && result.data != null) return result as ExecutionResult;
    heat.count = hotAfter - 1 - coolFor;
    return null;
  }

  #compile(reading: RequestReading): CompiledQuery['query'] | null {
    if (!isCompilable(reading)) return null;
    const compiled = compileQuery(this.#schema, executableOf(reading), undefined, {
      disablingCapturingStackErrors: true,
      customJSONSerializer: false,
    });
    return isCompiledQuery(compiled) ? compiled.query : null;
  }
}
