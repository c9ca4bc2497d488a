import { type ExecutionResult, GraphQLError } from 'graphql';

/**
 * Gives the errors of a compiled document the form that graphql-js gives its own. Those of graphql-jit 0.8.9 have no
 * `extensions` where a resolver threw anything else than a GraphQLError, and Apollo Server, which reads a code
 * there, would answer "Internal server error" for a store that is down.
 */
export function withProperErrors(result: ExecutionResult): ExecutionResult {
  if (!result.errors) return result;
  return { ...result, errors: result.errors.map((error) => (error.extensions ? error : proper(error))) };
}

function proper({ message, locations, path, originalError }: GraphQLError): GraphQLError {
  const error = new GraphQLError(message, { path, originalError });
  return locations ? Object.assign(error, { locations }) : error;
}
