import type { ApolloServerPlugin } from '@apollo/server';
import type { GraphQLFormattedError } from 'graphql';
import { namesOf } from '../contract/viewer-schema/viewer-schemas.ts';
import type { Context } from '../graph/context.ts';
import type { Graph } from '../schema.ts';

/** Errors that graphql-js words itself, from the whole schema. */
const worded: ReadonlySet<unknown> = new Set([
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'BAD_VALUE',
  'DOCUMENT_INVALID',
]);

/**
 * Documents are validated against the whole contract, so that a hidden field is refused with its reason. The
 * messages of that validation name types and fields: those that the viewer cannot see and did not write itself are
 * replaced.
 */
export function visibleNames({ bare, viewerSchemas }: Graph): ApolloServerPlugin<Context> {
  const all = namesOf(bare);
  return {
    requestDidStart: async () => ({
      willSendResponse: async ({ response, contextValue, request }) => {
        if (response.body.kind !== 'single' || !response.body.singleResult.errors) return;
        const { singleResult } = response.body;
        const visible = viewerSchemas.names(contextValue.viewer.department);
        // What is asked for is the client's own words, the document inside a variable too.
        const written = new Set(JSON.stringify([request.query, request.variables ?? null]).match(/\w+/g));
        const isHidden = (name: string) => all.has(name) && !visible.has(name) && !written.has(name);
        singleResult.errors = singleResult.errors?.map((error) => withoutNames(error, isHidden));
      },
    }),
  };
}

function withoutNames(
  error: GraphQLFormattedError,
  isHidden: (name: string) => boolean,
): GraphQLFormattedError {
  if (!worded.has(error.extensions?.code)) return error;
  const message = error.message.replace(/"[^"]*"/g, (quoted) =>
    (quoted.match(/\w+/g) ?? []).some(isHidden) ? '"…"' : quoted,
  );
  return { ...error, message };
}
